"""Themes: looks as values, in every edition, proved like any."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result

from exporter import templating, themes
from exporter.cli import main
from exporter.errors import SettingsError
from exporter.themes import PAGES, Page

FOLDERS = templating.search_path()
NAMES = themes.names(FOLDERS)
SHEETS = ("print.css", "print-columns.css", "article.css", "epub.css")


@pytest.fixture
def article(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    body = "## A heading\n\nWords [linked](https://example.org/).\n\n| a | b |\n|---|---|\n| c | d |\n"
    Path("a.md").write_text(f"---\ntitle: A title\nlanguage: en\n---\n\n{body}", encoding="utf-8")
    return Path("a.md")


def build(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["build", "a.md", *arguments])


def test_there_are_three() -> None:
    assert NAMES == ("default", "plain", "report")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("sheet", SHEETS)
def test_a_theme_has_a_value_for_every_name_a_style_sheet_uses(sheet: str, name: str, page: Page) -> None:
    style = themes.load(name, page, FOLDERS).style(templating.find(sheet, FOLDERS).read_text(encoding="utf-8"))
    own = {"text", "sans", "mono"} | set(re.findall(r"--([a-z]+):", style))
    assert set(re.findall(r"var\(--([A-Za-z0-9-]+)\)", style)) <= own


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("name", NAMES)
def test_every_edition_of_every_theme_is_verified(name: str) -> None:
    result = build("--theme", name, "--to", "pdf,docx,epub,html,txt")
    assert result.exit_code == 0, result.stderr
    assert result.stderr.endswith("docx, epub, html, pdf, txt in dist/a, verified.\n")


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(("page", "points"), [("A4", (595, 842)), ("Letter", (612, 792))])
def test_a_page_is_as_large_as_asked_for(page: str, points: tuple[int, int]) -> None:
    assert build("--page", page, "--to", "pdf,docx").exit_code == 0
    with pikepdf.open("dist/a/a.pdf") as pdf:
        assert tuple(round(float(edge)) for edge in pdf.pages[0].MediaBox[2:]) == points
    with zipfile.ZipFile("dist/a/a.docx") as archive:
        found = re.search(rb'w:pgSz w:w="(\d+)" w:h="(\d+)"', archive.read("word/document.xml"))
    assert found is not None
    assert tuple(round(int(edge) / 20) for edge in found.groups()) == points


@pytest.mark.usefixtures("article")
def test_a_house_says_only_what_is_otherwise() -> None:
    Path("looks/themes").mkdir(parents=True)
    Path("looks/themes/house.toml").write_text('[light]\nink = "#123456"\n', encoding="utf-8")
    Path("exporter.toml").write_text("[theme]\nname = 'house'\ntemplates = 'looks'\n", encoding="utf-8")
    result = build("--to", "html,pdf,epub,txt")
    assert result.exit_code == 0, result.stderr
    page = Path("dist/a/a.html").read_text(encoding="utf-8")
    assert "--ink: #123456;" in page
    assert "--ground: #fffdfa;" in page


@pytest.mark.usefixtures("article")
def test_a_house_without_a_reference_document_for_its_theme_is_told_so() -> None:
    Path("looks/themes").mkdir(parents=True)
    Path("looks/themes/house.toml").write_text("", encoding="utf-8")
    Path("exporter.toml").write_text("[theme]\nname = 'house'\ntemplates = 'looks'\n", encoding="utf-8")
    result = build("--to", "docx")
    assert result.exit_code == 1
    assert "No template 'reference-house-A4.docx' in " in result.stderr


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[colour]\nhaed = "#000"\n', r"themes/house\.toml: no theme has colour-haed\. The default theme lists"),
        ("[size]\ntitle = 30\n", r"themes/house\.toml:2: 'title' is a text"),
        ('[size]\ntitle = "30pt } p { display: none"\n', r"themes/house\.toml:2: 'title' is a text without braces"),
        ('[light]\nink = "red</style>"\n', r"themes/house\.toml:2: 'ink' is a text without"),
        ("[size\n", r"themes/house\.toml:1: "),
        ('[size]\ntitle = "2em"\n', r"themes/house\.toml: size\.title is in points, like '10\.5pt'\."),
        ('[page]\nA4 = "30mm 4cm"\n', r"themes/house\.toml: page\.A4 is three lengths: above, beside and below"),
    ],
)
def test_a_slip_in_a_theme_is_refused_by_its_place(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "house.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=message):
        themes.load("house", "A4", (tmp_path, *FOLDERS))


@pytest.mark.parametrize("name", ["gothic", "../default", "default.toml", ""])
def test_a_theme_that_is_not_there_is_refused_and_those_that_are_are_named(name: str) -> None:
    with pytest.raises(SettingsError, match=r"There are: default, plain, report\."):
        themes.load(name, "A4", FOLDERS)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_wide_table_reaches_beyond_the_measure_on_both_sides_alike(name: str, page: Page) -> None:
    theme = themes.load(name, page, FOLDERS)
    width = {"A4": 210.0, "Letter": 215.9}[page]
    beside = float(theme.value("page-margin").split()[1].removesuffix("mm"))
    wide, outdent = (float(theme.value(key).removesuffix("mm")) for key in ("page-wide", "page-outdent"))
    assert wide == 170
    assert beside + outdent == pytest.approx((width - wide) / 2, abs=0.01)


@pytest.mark.parametrize("name", NAMES)
def test_type_in_two_columns_is_a_little_smaller_than_in_one(name: str) -> None:
    theme = themes.load(name, "A4", FOLDERS)
    for key in ("text", "h2", "detail"):
        one, two = (float(theme.value(f"{table}-{key}").removesuffix("pt")) for table in ("size", "columns"))
        assert 0.9 < two / one < 0.96
