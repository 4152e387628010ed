"""The shorter ways through WeasyPrint lead to the same pages, byte for byte, in every script."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
import weasyprint.draw.text
from weasyprint.text import line_break
from weasyprint.text.ffi import ffi

from exporter import fonts, templating
from exporter.article import Article, Emphasis, Link, Paragraph, Strong, Text
from exporter.building import production
from exporter.building.production import Plan
from exporter.edition import RenderContext
from exporter.loading import loader
from exporter.renderers.pdf import PdfRenderer, shortcuts, writing
from exporter.renderers.pdf.shortcuts.arrays import Arrays
from exporter.settings import Pdf, Settings
from tests.articles import EVERYTHING, article, paragraph
from tests.renderers.test_pdf import CONTEXT

SOURCES = sorted((Path(__file__).parents[2] / "source").glob("*.md"))
SCRIPTS = {
    "ar": "الفقرة: «بَيْت» (ثبت) 123 و Latin 45%",
    "bo": "བོད་ཡིག་གི་དཔེ་ཆ།",
    "de": "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz, \u201eAuffällig\u201c fiel ihm nicht auf",
    "hi": "क्षेत्र, ज्ञान और श्रम: र्कि, द्ध्य",
    "ja": "「校正」という、仕事。漢字かな交じり文（ABC）",
    "my": "မြန်မာစာ၊ ကြိုးစားသည်။",
    "th": "ภาษาไทย น้ำ ที่ ปู่ กู้",
    "vi": "Tiếng Việt: những chữ có dấu nặng ở dưới và dấu mũ ở trên",
}


@contextmanager
def at_length() -> Iterator[None]:
    """Stands in for ``shortcuts.taken`` and ``writing.once``: WeasyPrint as it is."""
    yield


def set_alike(made: Article, context: RenderContext, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether ``made`` has the same bytes with the shortcuts and without."""
    short = PdfRenderer().render(made, context)
    with monkeypatch.context() as patch:
        patch.setattr(shortcuts, "taken", at_length)
        patch.setattr(writing, "once", at_length)
        return short == PdfRenderer().render(made, context)


@pytest.mark.parametrize(("language", "text"), SCRIPTS.items(), ids=SCRIPTS)
def test_every_script_is_set_alike(language: str, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    direction = "rtl" if language == "ar" else "ltr"
    words = Text(f"{text} ")
    styled = Paragraph((Strong((words,)), Emphasis((words,)), Link((words,), "https://example.org/"), words))
    made = article(paragraph(f"{text}, " * 12), styled, title=text, language=language, direction=direction)
    assert set_alike(made, CONTEXT, monkeypatch)


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.stem)
def test_the_sample_articles_are_set_alike(path: Path, columns: int, monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = loader.load(path, Settings())
    plan = Plan(base=path.parent, settings=Settings(pdf=Pdf(columns=columns)), fonts=fonts.library())
    assert set_alike(loaded.article, production.context(loaded, plan, "pdf"), monkeypatch)


def test_every_construct_is_set_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    assert set_alike(EVERYTHING, CONTEXT, monkeypatch)


def with_print_css(folder: Path, more: str) -> RenderContext:
    """The context of a house whose style sheet, in ``folder``, has ``more``."""
    builtin = templating.builtin_templates()
    (folder / "print.css").write_text((builtin / "print.css").read_text(encoding="utf-8") + more, encoding="utf-8")
    return replace(CONTEXT, templates=(folder, builtin))


def test_what_a_house_asks_of_its_fonts_is_set_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = "h1 { font-variant-numeric: oldstyle-nums } p { text-decoration: underline; letter-spacing: 0.4pt }"
    context = with_print_css(tmp_path, more)
    made = article(paragraph("Of 1,234 words, some. " * 20), title="In 1789")
    assert set_alike(made, context, monkeypatch)


def test_weasyprint_is_left_as_it_was() -> None:
    before = line_break.Layout.setup, weasyprint.draw.text.draw_first_line
    with shortcuts.taken():
        assert line_break.Layout.setup is not before[0]
    assert (line_break.Layout.setup, weasyprint.draw.text.draw_first_line) == before


def test_words_that_were_divided_are_forgotten_where_they_are_many() -> None:
    PdfRenderer().render(article(paragraph("Hyphenation, establishment, " * 40)), CONTEXT)
    dictionary = line_break.pyphen.Pyphen(lang="en").hd
    dictionary.cache.update({f"word{number}": [] for number in range(5000)})
    PdfRenderer().render(article(paragraph("Hyphenation, establishment, " * 40)), CONTEXT)
    assert len(dictionary.cache) < 5000


def test_arrays_of_every_length_are_of_one_type() -> None:
    few, more = Arrays().new("hb_codepoint_t[2]", (3, 5)), Arrays().new("hb_codepoint_t[3]", (3, 5, 8))
    assert (list(few), list(more)) == ([3, 5], [3, 5, 8])
    assert ffi.typeof(few) is ffi.typeof(more)


def test_a_table_is_set_alike_when_its_words_are_known(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house = with_print_css(tmp_path, "td { font-size: 14pt; letter-spacing: 0.3pt; overflow-wrap: normal }")
    for context in (CONTEXT, house, CONTEXT):
        assert set_alike(EVERYTHING, context, monkeypatch)


def test_a_house_s_own_variables_and_pages_are_set_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    builtin = templating.builtin_templates()
    page = (builtin / "print.html.j2").read_text(encoding="utf-8")
    own = "<style>:root { --text: 'Ed Sans' } @page { margin: 4cm 3% } p { margin: 1% 5% }</style></head>"
    (tmp_path / "print.html.j2").write_text(page.replace("</head>", own), encoding="utf-8")
    for context in (CONTEXT, replace(CONTEXT, templates=(tmp_path, builtin))):
        assert set_alike(EVERYTHING, context, monkeypatch)


def test_first_lines_and_letters_of_their_own_are_set_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = "p::first-line { font-size: 15pt; margin: 2pt } p::first-letter { font-size: 40pt; line-height: 0.7 }"
    assert set_alike(EVERYTHING, with_print_css(tmp_path, more), monkeypatch)


def test_whatever_a_house_asks_of_cells_is_set_alike(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    more = """td, td * {
      font-feature-settings: "smcp" 1, "tnum"; font-variation-settings: "wght" 400; font-language-override: "SRB ";
      font-variant: small-caps slashed-zero discretionary-ligatures super; font-kerning: none; font-stretch: condensed;
      hyphenate-character: "~"; hyphenate-limit-chars: 5 2 2; hyphenate-limit-zone: 8%; tab-size: 4; direction: rtl;
      letter-spacing: 0.1em; word-spacing: 0.2em; word-break: break-all; white-space: pre-wrap; font-size: 1.2em;
      text-decoration: underline overline wavy red 2px; font-style: oblique }
    th { font-variant-east-asian: jis78 full-width ruby; font-variant-numeric: oldstyle-nums; tab-size: 3em }"""
    assert set_alike(EVERYTHING, with_print_css(tmp_path, more), monkeypatch)
