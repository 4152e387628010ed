"""Text that stands in a PDF and cannot be read on its page: whatever hides it, the build stops and names the code.

A house's style sheet, or the source, does what would fool a reader; text extractors would find every word.
What an edition altered afterwards gets is in ``test_pdf_attacks.py`` and ``test_pdf.py``.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter import Plan, library, load, templating
from exporter.building import production
from exporter.building.production import Made
from exporter.building.reports import Failure
from exporter.errors import SourceError
from exporter.settings import Settings, Theme

NEEDLE = "Needle text of the block that must be seen by whoever reads the page, whatever a style sheet says of it."
SOURCE = f"---\ntitle: Needles\nlanguage: en\n---\n\nBefore it.\n\n{NEEDLE} {NEEDLE}\n\nAfter it.\n"


def outcome(folder: Path, style: str = "", source: str = SOURCE) -> Made | tuple[Failure, ...]:
    """What becomes of ``source`` as PDF, ``style`` added to the built-in style sheet."""
    (folder / "needle.md").write_text(source, encoding="utf-8")
    (folder / "theme").mkdir()
    own = (templating.builtin_templates() / "print.css").read_text(encoding="utf-8") + style
    (folder / "theme" / "print.css").write_text(own, encoding="utf-8")
    settings = Settings(theme=Theme(templates=folder / "theme"))
    loaded = load(folder / "needle.md", settings)
    return production.make(loaded, "pdf", "needle", Plan(base=folder, settings=settings, fonts=library()))


def codes(folder: Path, style: str = "", source: str = SOURCE) -> set[str]:
    made = outcome(folder, style, source)
    return set() if isinstance(made, Made) else {failure.code for failure in made}


COVER = "content: ''; position: absolute; top: 0; left: 0; width: 180mm; height: 200mm; background: #fff"
CUT = "white-space: nowrap; overflow: hidden; text-overflow: ellipsis"

HIDDEN: dict[str, tuple[str, str]] = {
    "a line that runs off the page": ("p { white-space: nowrap }", "P003"),
    "placed off the page": ("p { position: absolute; left: -500mm }", "P003"),
    "placed below the page": ("p { position: relative; top: 400mm }", "P003"),
    "moved off the page": ("p { transform: translateX(300mm) }", "P003"),
    "a box too small for it": ("p { height: 3mm; overflow: hidden }", "P003"),
    "cut with an ellipsis": (f"p {{ {CUT} }}", "P011"),
    "cut after two lines": ("p { line-clamp: 1 }", "V003"),
    "cut after one line, unmarked": ("p { max-lines: 1; continue: discard }", "V003"),
    "white": ("p { color: white }", "P004"),
    "nearly white": ("p { color: #eee }", "P004"),
    "transparent": ("p { color: transparent }", "P004"),
    "hardly opaque": ("p { color: rgb(0 0 0 / 5%) }", "P004"),
    "black on black": ("p { background: #111 }", "P004"),
    "of a tenth of a point": ("p { font-size: 0.1pt }", "P004"),
    "of no size": ("p { font-size: 0 }", "V001"),
    "invisible": ("p { visibility: hidden }", "V001"),
    "not displayed": ("p { display: none }", "V001"),
    "under a box": (f"article::after {{ {COVER} }}", "P004"),
    "under the next line": ("p + p { margin-top: -1.5em; text-indent: 0 }", "P004"),
    "with all its lines in one place": ("p { line-height: 0 }", "P004"),
    "with its letters in one place": ("p { letter-spacing: -0.5em }", "P008"),
    "in capitals": ("p { text-transform: uppercase }", "V003"),
    "with words before it": ("p::before { content: 'Not: ' }", "V002"),
    "with words after it": ("p::after { content: ' Not so.' }", "V002"),
    "in small capitals": ("p { font-variant-caps: small-caps }", "P011"),
    "upside down": ("p { transform: rotate(180deg) }", "P008"),
    "in another order": ("article { display: flex; flex-direction: column-reverse }", "V004"),
}


@pytest.mark.parametrize("name", HIDDEN)
def test_a_text_is_found_that_is(name: str, tmp_path: Path) -> None:
    style, code = HIDDEN[name]
    assert code in codes(tmp_path, style)


def test_the_same_article_is_proved_in_the_house_s_own_style(tmp_path: Path) -> None:
    assert isinstance(outcome(tmp_path), Made)


REFUSED: dict[str, tuple[str, str]] = {
    "no opacity": ("p { opacity: 0 }", "in a group of its own"),
    "an override of direction": ("p { unicode-bidi: bidi-override; direction: rtl }", "`unicode-bidi: bidi-override`"),
    "what no style sheet has": ("p { hide: yes }", "`hide: yes"),
    "a font brought along": (
        "@font-face { font-family: Own; src: url('file:///usr/share/fonts/own.ttf') } p { font-family: Own }",
        "Font-face 'Own' cannot be loaded",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_the_layout_refuses(name: str, tmp_path: Path) -> None:
    style, words = REFUSED[name]
    made = outcome(tmp_path, style)
    assert not isinstance(made, Made)
    assert words in made[0].message


# --- Fonts ------------------------------------------------------------------------------------


def test_a_character_no_font_has_stops_the_build_and_is_named_with_its_line(tmp_path: Path) -> None:
    made = outcome(tmp_path, source=SOURCE.replace("After", "\U00020000 after"))
    assert not isinstance(made, Made)
    assert [(failure.code, failure.message.split(". ")[0]) for failure in made] == [
        ("P001", "Line 10, column 1: no font has '\U00020000' (U+20000 CJK UNIFIED IDEOGRAPH-20000)")
    ]


@pytest.mark.parametrize("character", ["\x01", "\x07", "\ue123", "\u0378", "\U000e0fff", "\ufdd0"])
def test_a_character_no_edition_can_carry_is_refused_before_a_page_is_set(character: str, tmp_path: Path) -> None:
    with pytest.raises(SourceError) as caught:
        outcome(tmp_path, source=SOURCE.replace("After", f"{character} after"))
    assert (caught.value.code, caught.value.line) == ("S002", 10)


def test_a_font_of_colour_emoji_named_first_draws_nothing(tmp_path: Path) -> None:
    """It draws digits and spaces off the page; no font but the library's is within the layout's reach."""
    assert isinstance(outcome(tmp_path, "p { font-family: 'Noto Color Emoji', var(--text) }"), Made)
