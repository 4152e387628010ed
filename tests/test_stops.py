"""What must never go out stops the build, each by its own code and line: no edition, exit status 1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner
from PIL import Image as Pillow

from exporter.cli import main
from exporter.templating import builtin_templates

LONG = "A sentence that is much longer than one line of the page can be, so that it is cut where it must not be cut."


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def build(body: str, style: str = "", *options: str) -> tuple[int, list[Mapping[str, object]]]:
    """The exit status of a build whose style sheet ends with ``style``, and what stood against the article."""
    Path("a.md").write_text(f"---\ntitle: A title\nlanguage: en\n---\n\n{body}\n", encoding="utf-8")
    if style:
        Path("looks").mkdir(exist_ok=True)
        own = (builtin_templates() / "print.css").read_text(encoding="utf-8")
        Path("looks/print.css").write_text(f"{own}\n{style}\n", encoding="utf-8")
        Path("exporter.toml").write_text('[theme]\ntemplates = "looks"\n', encoding="utf-8")
    result = CliRunner().invoke(main, ["build", "a.md", "--to", "pdf", "--json", *options])
    return result.exit_code, json.loads(result.stdout)["articles"][0]["failures"]


def stopped(body: str, style: str = "") -> set[object]:
    """The codes of a build that ends with 1 and writes nothing."""
    status, failures = build(body, style)
    assert (status, Path("dist/a").exists()) == (1, False)
    return {failure["code"] for failure in failures}


def test_the_article_and_a_style_that_keeps_everything_pass() -> None:
    assert build(f"{LONG} 😀", "p { color: #111 }") == (0, [])


def test_a_missing_glyph_is_named_before_anything_is_drawn() -> None:
    status, (failure,) = build("Letters: a, \U0001cc00 and b.")
    assert (status, failure["code"], failure["line"]) == (1, "P001", 6)
    assert str(failure["message"]).startswith("Line 6, column 13: no font has '\U0001cc00' (U+1CC00 ")


def test_each_character_without_a_glyph_is_named_once() -> None:
    _, failures = build("a \U0001cc00\U0001cc00\n\nb \U0001cc01 \U0001cc00")
    assert [(f["line"], str(f["message"]).partition(":")[0]) for f in failures] == [
        (6, "Line 6, column 3"),
        (8, "Line 8, column 3"),
    ]


def test_the_package_that_would_help_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from exporter.fonts import debian

    monkeypatch.setattr(debian.Pinned, "installed", property(lambda _: False))
    monkeypatch.setattr("exporter.fonts.coverage", lambda text, folder: tuple({"\U00013000"} & set(text)))
    _, (failure,) = build("A hieroglyph: \U00013000")
    assert "Run: sudo apt-get install fonts-noto-core=20201225-1; or write it another way." in str(failure["message"])


def test_what_only_an_alternative_text_says_needs_no_glyph() -> None:
    Pillow.new("RGB", (8, 8), "red").save("a.png")
    assert build("![\U0001cc00](a.png)") == (0, [])


def test_a_private_use_character_stops_the_build() -> None:
    assert stopped("Letters: a, \ue000 and b.") == {"S002"}


def test_a_picture_of_an_emoji_off_the_page_stops_the_build() -> None:
    assert "P003" in stopped("Fine.\n\n> 😀", "blockquote p { position: relative; left: -300mm }")


def test_white_text_stops_the_build() -> None:
    assert "P004" in stopped("Fine.\n\n> Hidden.", "blockquote p { color: #fff }")


def test_an_ellipsis_that_cuts_stops_the_build() -> None:
    codes = stopped(
        f"Fine.\n\n> {LONG}", "blockquote p { white-space: nowrap; overflow: hidden; text-overflow: ellipsis }"
    )
    assert "P011" in codes


@pytest.mark.parametrize(
    "style",
    [
        "blockquote p { opacity: 0 }",
        "blockquote p { font-size: 0.1pt }",
        "blockquote p { visibility: hidden }",
        "blockquote p { display: none }",
        "blockquote { height: 1mm; overflow: hidden }",
        "blockquote p { text-transform: uppercase }",
    ],
)
def test_no_style_can_hide_or_change_a_text(style: str) -> None:
    assert stopped(f"Fine.\n\n> {LONG}", style)
