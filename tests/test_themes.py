"""Themes: looks as values, in every edition, proved like any."""

from __future__ import annotations

import re
import shutil
import zipfile
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from PIL import Image as Pillow

from exporter import templating, themes
from exporter.cli import main
from exporter.errors import SettingsError
from exporter.fonts.faces import faces
from exporter.themes import PAGES, Page
from exporter.themes.checking import TYPEFACES

ROOT = Path(__file__).parent.parent
FOLDERS = templating.search_path()
NAMES = themes.names(FOLDERS)
SHEETS = (*("print.css", "print-columns.css", "article.css", "epub.css", "epub-publication.css"),)


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


def word_styles() -> str:
    with zipfile.ZipFile("dist/a/a.docx") as archive:
        return archive.read("word/styles.xml").decode() + archive.read("word/theme/theme1.xml").decode()


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize("name", ["house", "default"])
def test_word_documents_follow_a_houses_theme(name: str) -> None:
    house("[colour]\nhead = '#7a1f1f'\n[word]\nhead = 'Gill Sans MT'\n", name)
    result = build("--to", "docx")
    assert result.exit_code == 0, result.stderr
    assert 'w:val="7A1F1F"' in word_styles()
    assert '<a:latin typeface="Gill Sans MT"/>' in word_styles()


@pytest.mark.usefixtures("article")
def test_a_houses_own_document_goes_before_one_that_is_made_of_its_theme() -> None:
    house("[colour]\nhead = '#7a1f1f'\n")
    shutil.copy(templating.builtin_templates() / "reference.docx", "looks/reference.docx")
    assert build("--to", "docx").exit_code == 0
    assert 'w:val="7A1F1F"' not in word_styles()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('[colour]\nhaed = "#000"\n', r":2: no theme has 'haed' in \[colour\]\. Did you mean 'head'\?"),
        ('[colour]\nxyz = "#000"\n', r":2: no theme has 'xyz' in \[colour\]\. There are: ink, soft, detail, quiet, "),
        ('\n[colours]\nink = "#000"\n', r":2: no theme has a table \[colours\]\. Did you mean 'colour'\?"),
        ("[size]\ntitle = 30\n", r":2: 'title' is a text"),
        ('[size]\ntitle = "30pt } p { display: none"\n', r":2: 'title' is a text without braces"),
        ('[light]\nink = "red</style>"\n', r":2: 'ink' is a text without"),
        ('[paragraph]\ngap = "0; color: red"\n', r":2: 'gap' is a text without braces, angles, backslashes and semi"),
        ("[size\n", r":1: "),
        ('[size]\ntitle = "2em"\n', r":2: \[size\] title: a size in points, like '10\.5pt'\."),
        ('[size]\ntitle = "200pt"\n', r":2: \[size\] title: a size from 5pt to 96pt\."),
        ('[leading]\ntext = "9"\n', r":2: \[leading\] text: how high a line is, .* from 1 to 3: '1\.5'\."),
        ('[page]\nA4 = "30mm 4cm"\n', r":2: \[page\] A4: three lengths, above, beside and below the text"),
        ('[page]\nA4 = "30mm 90mm 20mm"\n', r":2: \[page\] A4: it leaves 30 mm of text across; 60 are the least\."),
        ('[page]\nsize = "A3"\n', r":2: \[page\] size: 'A4' or 'Letter'\."),
        ('[colour]\nink = "red"\n', r":2: \[colour\] ink: 'red' is no colour in hexadecimal digits, like '#1d3557'\."),
        ('[link]\ndecoration = "blink"\n', r":2: \[link\] decoration: 'none' or 'underline'\."),
        (
            '[face]\nhead = "Noto Serfi, var(--text)"\n',
            r":2: \[face\] head: no typeface 'Noto Serfi' in the font library"
            r"\. Did you mean 'Noto Serif'\?",
        ),
        (
            '[face]\nhead = "Futura, var(--text)"\n',
            r":2: \[face\] head: no typeface 'Futura' in the font library\. There are: Noto Sans, N",
        ),
        (
            '[face]\nhead = "Noto Serif"\n',
            r":2: \[face\] head: the last of the list is var\(--text\), var\(--sans\) or",
        ),
        (
            '[colour]\nlink = "#9fc5e8"\n',
            r":2: \[colour\] link: '#9fc5e8' on white paper has a contrast of 1\.8 to 1; "
            r"WCAG 2\.2 \(AA\) asks for 4\.5\. '#[0-9a-f]{6}' has it\.",
        ),
        (
            '[dark]\nground = "#777777"\n',
            r":2: \[dark\] ground: .* on '#777777' \(\[dark\] ground\) has a contrast of ",
        ),
        ('[tones]\nground-3 = "#ffcc00"\n', r":2: \[tones\] ground-3: '#ffffff' on '#ffcc00'"),
        ('[table]\nhead = "#333333"\n', r":2: \[table\] head: '#111111' on '#333333'"),
        ('[logo]\nfile = "none.svg"\n', r":2: \[logo\] file: no picture 'none\.svg' in .*\. Put it there\."),
        ('[logo]\nfile = "../a.svg"\n', r":2: \[logo\] file: no picture '\.\./a\.svg' in "),
        (
            '[cover]\nink = "#555555"\n',
            r":2: \[cover\] ink: '#555555' on '#1d3557' \(\[cover\] ground\) has a contrast",
        ),
        ('[issue]\narticle = "left"\n', r":2: \[issue\] article: 'page' for a new one, or 'auto' for right below"),
        ('[logo]\nwidth = "3em"\n', r":2: \[logo\] width: a length in millimetres, like '34mm'\."),
    ],
)
def test_a_slip_in_a_theme_is_refused_by_its_place(content: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "themes").mkdir()
    (tmp_path / "themes" / "house.toml").write_text(content, encoding="utf-8")
    with pytest.raises(SettingsError, match=rf"themes/house\.toml{message}"):
        themes.load("house", "A4", (tmp_path, *FOLDERS))


def test_the_typefaces_a_theme_may_name_are_in_the_font_library() -> None:
    assert set(TYPEFACES.values()) <= {face.family for face in faces()}


def test_the_nearest_theme_is_offered(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"No theme 'reprot'\. Did you mean 'report'\?"):
        themes.load("reprot", "A4", FOLDERS)


def house(content: str, name: str = "house") -> None:
    """A house's own theme."""
    Path("looks/themes").mkdir(parents=True)
    Path(f"looks/themes/{name}.toml").write_text(content, encoding="utf-8")
    Path("exporter.toml").write_text(f"[theme]\nname = '{name}'\ntemplates = 'looks'\n", encoding="utf-8")


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(("arguments", "points"), [((), (612, 792)), (("--page", "A4"), (595, 842))])
def test_a_theme_has_a_size_of_page_that_the_command_line_overrules(
    arguments: tuple[str, ...], points: tuple[int, int]
) -> None:
    house('[page]\nsize = "Letter"\n')
    assert build("--to", "pdf", *arguments).exit_code == 0
    with pikepdf.open("dist/a/a.pdf") as pdf:
        assert tuple(round(float(edge)) for edge in pdf.pages[0].MediaBox[2:]) == points


@pytest.mark.usefixtures("article")
def test_a_typeface_that_is_named_sets_the_page() -> None:
    house("[face]\nhead = 'Noto Sans Mono, var(--text)'\n")
    result = build("--to", "pdf")
    assert result.exit_code == 0, result.stderr
    with pikepdf.open("dist/a/a.pdf") as pdf:
        fonts = {str(font.BaseFont) for page in pdf.pages for font in page.Resources.Font.values()}
    assert any("Ed-Mono" in name for name in fonts), fonts


@pytest.mark.usefixtures("article")
def test_a_cover_has_the_colours_of_the_theme() -> None:
    house("[tones]\nink = '#000000'\n" + "".join(f"ground-{number} = '#ffd400'\n" for number in range(6)))
    result = build("--to", "epub")
    assert result.exit_code == 0, result.stderr
    with zipfile.ZipFile("dist/a/a.epub") as archive, Pillow.open(archive.open("EPUB/cover.jpg")) as cover:
        red, green, blue = cover.convert("RGB").getpixel((20, 20))  # type: ignore[misc]
    assert (red > 240, 200 < green < 225, blue < 20) == (True, True, True)


def cover() -> bytes:
    assert build("--to", "epub").exit_code == 0
    with zipfile.ZipFile("dist/a/a.epub") as archive:
        return archive.read("EPUB/cover.jpg")


@pytest.mark.usefixtures("article")
def test_a_cover_has_the_typefaces_of_the_theme() -> None:
    plain = cover()
    house("[face]\nhead = 'Noto Sans, var(--text)'\n")
    assert cover() != plain


LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10"><rect width="40" height="10" fill="#7a1f1f"/></svg>'


def logos() -> None:
    """A house's theme with a logo for light grounds and, in white, one for dark ones."""
    black = "".join(f"ground-{number} = '#000'\n" for number in range(6))
    house(f"[logo]\nfile = 'logo.svg'\ndark = 'white.svg'\n[tones]\n{black}")
    Path("looks/logo.svg").write_text(LOGO, encoding="utf-8")
    Path("looks/white.svg").write_text(LOGO.replace("#7a1f1f", "#ffffff"), encoding="utf-8")


@pytest.mark.usefixtures("article")
def test_a_logo_stands_above_the_title_as_a_decoration() -> None:
    logos()
    result = build("--to", "pdf")
    assert result.exit_code == 0, result.stderr
    with pikepdf.open("dist/a/a.pdf") as pdf:
        assert [len(page.get_images()) for page in pdf.pages] == [1]
        assert "/Figure" not in {str(each.get("/S")) for each in pdf.objects if isinstance(each, pikepdf.Dictionary)}


@pytest.mark.usefixtures("article")
def test_a_logo_that_is_not_the_houses_is_noticed() -> None:
    logos()
    build("--to", "pdf")
    Path("looks/logo.svg").write_text(LOGO.replace("#7a1f1f", "#1f7a1f"), encoding="utf-8")
    result = CliRunner().invoke(main, ["verify", "a.md", "dist/a/a.pdf"])
    assert (result.exit_code, "[V009]" in result.stdout) == (1, True), result.stdout


@pytest.mark.usefixtures("article")
def test_a_logo_stands_on_the_cover() -> None:
    logos()
    result = build("--to", "epub")
    assert result.exit_code == 0, result.stderr
    with zipfile.ZipFile("dist/a/a.epub") as archive, Pillow.open(archive.open("EPUB/cover.jpg")) as cover:
        darkest, _ = cover.convert("L").crop((160, 130, 530, 190)).getextrema()
    assert darkest > 200


@pytest.mark.usefixtures("article")
def test_a_logo_stands_on_the_cover_page_of_an_issue() -> None:
    logos()
    shutil.copytree(ROOT / "source", "source")
    result = CliRunner().invoke(main, ["build", "source/issues/1.toml", "--to", "pdf", "--config", "exporter.toml"])
    assert result.exit_code == 0, result.stderr
    with pikepdf.open("dist/issue-1/issue-1.pdf") as pdf:
        drawn = [[str(each.operator) for each in pikepdf.parse_content_stream(page)].count("Do") for page in pdf.pages]
    assert drawn[:2] == [2, 0]


def emailed(old: str = "", new: str = "") -> Result:
    """What verify says of an email with a logo, ``old`` in it changed to ``new``."""
    logos()
    Path("exporter.toml").write_text(f"{Path('exporter.toml').read_text()}[publisher]\nname = 'The Sample'\n")
    assert build("--to", "email.html").exit_code == 0
    body = Path("dist/a/a.email.html")
    text = body.read_text(encoding="utf-8")
    assert old in text
    body.write_text(text.replace(old, new, 1), encoding="utf-8")
    return CliRunner().invoke(main, ["verify", "a.md", str(body), "--strict"])


@pytest.mark.usefixtures("article")
def test_a_logo_stands_in_emails_and_the_publishers_name_for_it() -> None:
    assert emailed().exit_code == 0
    page = Path("dist/a/a.email.html").read_text(encoding="utf-8")
    assert re.search(r'<img src="cid:[0-9a-f]{64}@pictures.exporter" alt="The Sample" width="136"', page)


@pytest.mark.usefixtures("article")
@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('alt="The Sample"', 'alt="Buy our hats"', "V002"),
        ('<img src="cid:', '<img src="cid:0', "V009"),
        ('class="foot furniture"', 'class="foot furniture"><p><img alt="" src="cid:00@pictures.exporter"></p', "V009"),
    ],
)
def test_another_logo_in_an_email_is_noticed(old: str, new: str, code: str) -> None:
    result = emailed(old, new)
    assert (result.exit_code, f"[{code}]" in result.stdout) == (1, True), result.stdout


@pytest.mark.usefixtures("article")
def test_a_logo_that_is_no_picture_is_named() -> None:
    logos()
    Path("looks/logo.svg").write_text("words", encoding="utf-8")
    result = build("--to", "pdf")
    assert (result.exit_code, "looks/logo.svg" in result.stderr) == (1, True), result.stderr


@pytest.mark.usefixtures("article")
def test_a_slip_in_a_theme_ends_the_build_before_it_begins() -> None:
    house("[colour]\nlink = '#9fc5e8'\n")
    result = build("--to", "txt")
    assert (result.exit_code, "themes/house.toml:2: [colour] link: '#9fc5e8' on white paper" in result.stderr) == (
        2,
        True,
    )


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
