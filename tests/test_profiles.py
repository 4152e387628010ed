"""``--profile``: editions for a partner, in the partner's own styles, verified and apart from the house's."""

from __future__ import annotations

import json
import re
import shutil
import zipfile
from pathlib import Path

import docx
import pikepdf
import pytest
from click.testing import CliRunner, Result
from docx.enum.style import WD_STYLE_TYPE
from PIL import Image as Pillow

from exporter.cli import main
from tests.extractors.forgeries import repacked, replaced

ARTICLE = """---
title: A title
subtitle: A standfirst
language: en
authors: [Ana Pérez, Bo Li]
published: 2026-11-30
---

Some **words** and `code`, and a note[^1].

## One

### Two

* one
  * two
    * three

      goes on

1. first
   1. inner
2. second

> A quotation
>
> > within

| a | b |
|---|---|
| c | d |

![A dot](dot.png "The caption")

Term
: its definition

- [ ] a task

***

End.

[^1]: The note.
"""

ROOT = Path(__file__).parent.parent
STYLES = {
    "Title": "Headline",
    "Subtitle": "Deck",
    "Byline": "Signature",
    "Dateline": "Signature",
    "Body Text": "Running Text",
    "Heading 1": "Crosshead",
    "Heading 2": "Crosshead",
    "List Bullet": "Bullets",
    "Quote": "Pull",
    "Caption": "Below Picture",
    "Table Text": "Cells",
    "Table Heading": "Cells",
    "Footnote Text": "Small",
    "Strong": "Fat",
}
EDITION = Path("dist/gazette/a/a.docx")


@pytest.fixture(autouse=True)
def partner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An article, a partner's document with styles of its own and no lists, and a profile that names them."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    Path("a.md").write_text(ARTICLE, encoding="utf-8")
    Pillow.new("RGB", (60, 40), (200, 20, 20)).save("dot.png")
    document = docx.Document()
    for name in sorted(set(STYLES.values()) - {"Fat"}):
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = document.styles["Normal"]
    document.styles.add_style("Fat", WD_STYLE_TYPE.CHARACTER).font.bold = True
    document.sections[0].header.paragraphs[0].text = "The Gazette"
    document.save("gazette.docx")
    profile()


def profile(more: str = "", styles: dict[str, str] = STYLES) -> None:
    """Settings with a profile of these styles, ``more`` among its keys."""
    mapped = "".join(f'"{ours}" = "{theirs}"\n' for ours, theirs in styles.items())
    table = f'[profile.gazette]\nreference = "gazette.docx"\n{more}\n[profile.gazette.styles]\n{mapped}'
    Path("exporter.toml").write_text(table, encoding="utf-8")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def build(*arguments: str, to: str = "docx") -> Result:
    return run("build", "a.md", "--profile", "gazette", "--to", to, *arguments)


def part(name: str) -> str:
    with zipfile.ZipFile(EDITION) as archive:
        return archive.read(f"word/{name}.xml").decode()


def styles_in_use() -> set[str]:
    """The names of the paragraph styles in the text."""
    names = dict(re.findall(r'w:styleId="([^"]+)"[^>]*><w:name w:val="([^"]+)"', part("styles")))
    return {names[used] for used in re.findall(r'<w:pStyle w:val="([^"]+)"', part("document"))}


# --- What is made -----------------------------------------------------------------------------


def test_an_edition_for_a_partner_is_verified() -> None:
    result = build()
    assert result.exit_code == 0, result.stderr
    assert "docx in dist/gazette/a, verified." in result.stderr


def test_it_is_set_in_the_partners_styles() -> None:
    build()
    assert styles_in_use() >= set(STYLES.values()) - {"Fat", "Small"}
    assert not styles_in_use() & {*STYLES} - {"Quote"}
    assert re.search(r'<w:rStyle w:val="Fat"', part("document"))
    assert re.search(r'<w:pStyle w:val="Small"', part("footnotes"))


def test_the_houses_own_editions_stay_as_they_are() -> None:
    assert run("build", "a.md", "--to", "docx").exit_code == 0
    before = Path("dist/a/a.docx").read_bytes()
    assert build().exit_code == 0
    assert Path("dist/a/a.docx").read_bytes() == before
    assert EDITION.read_bytes() != before


@pytest.mark.parametrize(
    ("more", "arguments", "folder"),
    [
        ("", (), "dist/gazette"),
        ("", ("--out", "elsewhere"), "elsewhere/gazette"),
        ('out = "for-them"', (), "for-them"),
        ('out = "for-them"', ("--out", "elsewhere"), "elsewhere/gazette"),
    ],
)
def test_a_partners_editions_have_a_folder_of_their_own(more: str, arguments: tuple[str, ...], folder: str) -> None:
    profile(more)
    assert build(*arguments).exit_code == 0
    assert Path(folder, "a/a.docx").is_file()


def test_a_profile_has_formats_and_a_page_of_its_own() -> None:
    profile('to = ["pdf"]\npage = "Letter"\n')
    assert run("build", "a.md", "--profile", "gazette").exit_code == 0
    assert sorted(path.name for path in Path("dist/gazette/a").iterdir()) == ["a.pdf", "manifest.json"]
    with pikepdf.open("dist/gazette/a/a.pdf") as pdf:
        assert round(float(pdf.pages[0].MediaBox[2])) == 612


def test_headings_that_share_a_style_keep_their_levels_in_the_outline() -> None:
    build()
    assert re.findall(r'<w:pStyle w:val="Crosshead"/><w:outlineLvl w:val="(.)"/>', part("document")) == ["0", "1"]


def test_the_manifest_says_which_styles_stood_for_which() -> None:
    build()
    options = json.loads(Path("dist/gazette/a/manifest.json").read_text(encoding="utf-8"))["options"]
    assert "Title = Headline" in options["styles"]


def test_another_map_makes_the_edition_again() -> None:
    build()
    profile(styles={**STYLES, "Title": "Deck"})
    assert "unchanged: 0" in build().stdout
    assert "unchanged: 1" in build().stdout


@pytest.mark.parametrize("more", [{}, {"Cover Title": "Deck", "TOC 1": "Small", "Publisher": "Signature"}])
def test_an_issue_for_a_partner_is_verified(more: dict[str, str]) -> None:
    profile(styles={**STYLES, **more})
    shutil.copytree(ROOT / "source", "source")
    to = ("--to", "docx", "--profile", "gazette", "--config", "exporter.toml")
    result = run("build", "source/issues/1.toml", *to)
    assert result.exit_code == 0, result.stderr
    assert Path("dist/gazette/issue-1/issue-1.docx").is_file()


# --- What is verified -------------------------------------------------------------------------


def test_verify_takes_the_profile() -> None:
    build()
    assert run("verify", "a.md", str(EDITION), "--profile", "gazette").exit_code == 0


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("A standfirst", "Another one", "V003"),
        ("_Heading_2", "_Heading_3", "V007"),
        ("_Byline", "_Caption", "V00"),
        ("Ana P", "Eva P", "V003"),
        ("_Table_Heading", "_Table_Text", "V007"),
    ],
)
def test_what_is_changed_in_it_is_noticed(old: str, new: str, code: str) -> None:
    build()
    content = repacked(EDITION.read_bytes(), {"word/document.xml": lambda given: replaced(given, (old, new))})
    Path("returned.docx").write_bytes(content)
    result = run("verify", "a.md", "returned.docx", "--profile", "gazette", "--strict")
    assert (result.exit_code, f"[{code}" in result.stdout) == (1, True), result.stdout


# --- What is missing --------------------------------------------------------------------------


def test_every_style_that_nothing_stands_for_is_named() -> None:
    notice = next(line for line in build().stderr.splitlines() if "no style is named for" in line)
    assert "gazette.docx has styles of the same name for Heading 3, " in notice
    assert "List Task, Source Code, Verbatim, Definition Term, Definition, " in notice
    assert "are lent by exporter where an article needs them." in notice


def test_with_strict_a_style_that_nothing_stands_for_is_refused() -> None:
    result = build("--strict", "--accept-losses", "L010")
    assert result.exit_code == 2
    assert "no style is named for List Task, " in result.stderr
    assert "Name some under [profile.gazette.styles], or do not be strict." in result.stderr


def test_a_lent_style_rests_on_the_partners_text() -> None:
    build()
    assert re.search(r'<w:name w:val="Definition Term"/><w:basedOn w:val="RunningText"/>', part("styles"))
    assert "Georgia" not in part("styles")


def test_nothing_is_lent_that_is_not_needed() -> None:
    Path("a.md").write_text("---\ntitle: A title\nlanguage: en\n---\n\nWords.\n", encoding="utf-8")
    assert build().exit_code == 0
    assert "Definition Term" not in part("styles")


# --- Mistakes ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("styles", "message"),
    [
        ({"Titel": "Headline"}, "[profile.gazette.styles] Titel: no style of exporter's. Did you mean 'Title'?"),
        ({"Masthead": "Deck"}, "Masthead: no style of exporter's. There are: Title, Subtitle, Byline, "),
        ({"Title": "Headlin"}, "Title: gazette.docx has no style 'Headlin'. Did you mean 'Headline'?"),
        ({"Title": "Fat"}, "Title: 'Fat' is a style of the kind character, and this is one of the kind paragraph."),
        ({"Furniture": "Fat"}, "Furniture: exporter marks with it what it adds itself; it cannot be another."),
    ],
)
def test_a_style_that_cannot_stand_for_another_is_refused_by_line(styles: dict[str, str], message: str) -> None:
    profile(styles=styles)
    result = build()
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert f"exporter.toml:5: [profile.gazette.styles] {next(iter(styles))}: " in result.stderr
    assert message in result.stderr


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        (
            "[profile.gazette]\nreferenc = 'x'\n",
            ":2: no key 'referenc' in [profile.gazette]. Did you mean 'r",
        ),
        ("[profile.gazette]\npage = 'A3'\n", ':2: \'page\' is "A4" or "Letter".'),
        ("[profile.gazette]\nto = 'pdf'\n", ':2: \'to\' is a list of texts: ["…", "…"].'),
        ("[profile]\ngazette = 1\n", ":2: write [profile.gazette] above its keys."),
        ("profile = 1\n", ":1: write [profile.NAME] above a profile's keys."),
        ("[profile.'The Gazette']\n", ": its name has small letters, digits and hyphens: a folder is named so."),
        ("[profile.gazete]\n", ": no profile 'gazette'. Did you mean 'gazete'? There are: gazete."),
        ("", ": no profile 'gazette'. There are: none."),
        ("[profile.gazette]\nreference = 'gone.docx'\n", "No reference document '"),
    ],
)
def test_a_profile_that_is_not_right_is_refused(settings: str, message: str) -> None:
    Path("exporter.toml").write_text(settings, encoding="utf-8")
    result = build()
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert message in result.stderr


def test_what_is_no_word_document_is_named() -> None:
    Path("gazette.docx").write_text("words", encoding="utf-8")
    result = build()
    assert (result.exit_code, "gazette.docx: not a Word document" in result.stderr) == (2, True)


def test_without_settings_there_is_no_profile() -> None:
    Path("exporter.toml").unlink()
    result = build()
    assert (result.exit_code, result.stderr) == (2, "exporter: exporter.toml: no profile 'gazette'. There are: none.\n")
