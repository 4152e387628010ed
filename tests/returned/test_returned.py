"""``exporter verify`` for files that came back from other programs: what is said counts, looks are told apart."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exporter.cli import main
from tests.returned import ARTICLE, HERE, packed, replacing

DOCUMENT = "word/document.xml"
DOCX, EDITED, EPUB = "libreoffice-docx", "libreoffice-edited-docx", "calibre-epub"
LIBREOFFICE, CHROMIUM = HERE / "libreoffice.pdf", HERE / "chromium.pdf"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def verify(content: bytes, suffix: str, *options: str, article: Path = ARTICLE) -> Result:
    Path(f"back.{suffix}").write_bytes(content)
    return CliRunner().invoke(main, ["verify", str(article), f"back.{suffix}", *options])


def found(content: bytes, suffix: str, *options: str, article: Path = ARTICLE) -> dict[str, Any]:
    """What the JSON document says of the one edition."""
    edition: dict[str, Any] = json.loads(verify(content, suffix, "--json", *options, article=article).stdout)[
        "editions"
    ][0]
    return edition


def said(edition: dict[str, Any]) -> list[tuple[str, int]]:
    """Codes and source lines of what is said otherwise."""
    return [(each["code"], each["line"]) for each in edition["discrepancies"] if each["level"] == "text"]


def article(old: str, new: str) -> Path:
    """The article with one thing changed."""
    text = ARTICLE.read_text(encoding="utf-8")
    assert old in text
    Path("changed.md").write_text(text.replace(old, new), encoding="utf-8")
    return Path("changed.md")


# --- DOCX -------------------------------------------------------------------------------------


def test_a_document_saved_by_libreoffice_says_the_same() -> None:
    result = verify(packed(DOCX), "docx")
    assert result.exit_code == 0
    assert result.stdout.startswith("back.docx: says the same (29 entries, read); saved by LibreOffice 7.4.7.2, ")


def test_what_libreoffice_does_not_keep_is_reported_beside_the_text_and_once() -> None:
    lines = verify(packed(DOCX), "docx").stdout.splitlines()
    assert [line for line in lines if "[V0" in line] == [
        "back.docx: The edition's metadata say tags 'harbour tides', the source says 'harbour; tides'. [V010]",
        "back.docx: Line 2: the language differs (and in 28 more places). [V011]",
    ]


def test_strictly_what_libreoffice_does_not_keep_fails() -> None:
    assert verify(packed(DOCX), "docx", "--strict").exit_code == 1


def test_one_changed_word_is_named_with_its_line() -> None:
    content = packed(DOCX, {DOCUMENT: replacing("hour of high water", "hour of low water")})
    result = verify(content, "docx")
    assert result.exit_code == 1
    assert "back.docx: Line 18: the text of this paragraph differs. [V003]" in result.stdout
    assert "  words:   the hour of [-high-]{+low+} water;" in result.stdout


def test_a_claim_to_come_from_another_program_excuses_no_text() -> None:
    content = packed(DOCX, {DOCUMENT: replacing("<w:t>Old Quay</w:t>", "<w:t>New Quay</w:t>")})
    for options in ((), ("--returned",)):
        assert verify(content, "docx", *options).exit_code == 1


def test_a_document_of_our_own_is_held_to_everything_unless_it_is_called_returned() -> None:
    app = {
        "docProps/app.xml": lambda text: text.replace("LibreOffice/7.4.7.2$Linux_X86_64", "").replace(
            "Application", "X"
        )
    }
    content = packed(DOCX, app)
    assert (verify(content, "docx").exit_code, verify(content, "docx", "--returned").exit_code) == (1, 0)


def test_what_an_editor_did_in_libreoffice_is_named_for_what_it_is() -> None:
    edition = found(packed(EDITED), "docx")
    assert (edition["verdict"], said(edition)) == ("differs", [("V003", 12), ("V012", 14), ("V003", 42)])
    open_matters = [each["message"] for each in edition["discrepancies"] if each["code"] == "C002"]
    assert open_matters == [
        "document: comments by An editor, not compared: 1.",
        "document: tracked changes by Unknown Author, read as if accepted: 1 deleted.",
        "document: tracked changes by Unknown Author, read as if accepted: 1 inserted.",
    ]


def test_json_has_the_words_that_changed() -> None:
    (first, *_) = [each for each in found(packed(EDITED), "docx")["discrepancies"] if each["code"] == "V003"]
    changed = [each for each in first["changes"] if each["operation"] != "same"]
    assert changed == [{"operation": "removed", "text": "sense"}, {"operation": "added", "text": "meaning"}]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        # Word parts a run wherever somebody has been, and marks what it does not like
        ("<w:t>The sea keeps its own hours.</w:t>", '<w:t xml:space="preserve">The sea </w:t></w:r><w:proofErr '
         'w:type="spellStart"/><w:r w:rsidR="00A1"><w:rPr></w:rPr><w:t>keeps its own hours.</w:t>'),
        ("<w:t>The sea keeps its own hours.</w:t>", '<w:t xml:space="preserve">The sea </w:t><w:lastRenderedPageBreak/>'
         "<w:t>keeps its own hours.</w:t>"),
    ],
)  # fmt: skip
def test_how_word_cuts_a_text_into_runs_says_nothing(old: str, new: str) -> None:
    assert verify(packed(DOCX, {DOCUMENT: replacing(old, new)}), "docx").exit_code == 0


def test_hidden_text_is_lost_whoever_hid_it() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>The sea keeps its own hours.</w:t>"
    old = "<w:r><w:rPr></w:rPr><w:t>The sea keeps its own hours.</w:t>"
    assert said(found(packed(DOCX, {DOCUMENT: replacing(old, hidden)}), "docx")) == [("V001", 42)]


# --- EPUB -------------------------------------------------------------------------------------


def test_a_book_converted_by_calibre_says_the_same() -> None:
    edition = found(packed(EPUB), "epub")
    assert (edition["verdict"], edition["ok"], edition["producer"]) == ("same", True, "calibre (6.13.0)")


def test_one_word_changed_in_a_book_of_calibre_s_is_named() -> None:
    content = packed(EPUB, {"EPUB/article.xhtml": replacing("Read the names.", "Read the dates.")})
    edition = found(content, "epub")
    assert (edition["ok"], said(edition)) == (False, [("V003", 24)])


@pytest.mark.parametrize(
    ("selector", "declaration"),
    [
        (".calibre2", "display: none"),
        (".calibre2", "visibility: hidden"),
        ("@media screen { .calibre2", "display: none }"),
    ],
)
def test_a_class_of_calibre_s_hides_nothing(selector: str, declaration: str) -> None:
    content = packed(EPUB, {"stylesheet.css": lambda text: f"{text}\n{selector} {{ {declaration} }}"})
    assert "C001" in {code for code, _ in said(found(content, "epub"))}


def test_a_word_beside_an_author_is_no_furniture_where_it_is_no_label() -> None:
    content = packed(EPUB, {"EPUB/article.xhtml": replacing("<span>By </span>", "<span>Against </span>")})
    assert ("V002", 0) in said(found(content, "epub"))


# --- PDF --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pdf", "maker"), [(LIBREOFFICE, "LibreOffice 7.4"), (CHROMIUM, "Skia/PDF m156")])
def test_another_program_s_pdf_is_compared_by_its_text_and_never_verified(pdf: Path, maker: str) -> None:
    result = verify(pdf.read_bytes(), "pdf", "--returned")
    assert result.exit_code == 0
    assert result.stdout.startswith(f"back.pdf: says the same (28 entries, text); saved by {maker}, ")
    assert "its text alone is compared, as far as it can be read, and not what is drawn. [V014]" in result.stdout
    assert "verified" not in result.stdout


@pytest.mark.parametrize("options", [(), ("--strict",)])
def test_a_text_comparison_is_not_enough_unless_somebody_says_so(options: tuple[str, ...]) -> None:
    result = verify(LIBREOFFICE.read_bytes(), "pdf", *options)
    assert result.exit_code == 1
    assert "use --returned" in result.stderr


@pytest.mark.parametrize("pdf", [LIBREOFFICE, CHROMIUM])
@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("two clerks", "ten clerks", "V003", 12),
        ("the hour of high water", "the hour of low water", "V003", 18),
        ("| 3.7 |", "| 3.9 |", "V003", 30),
        ("The sea keeps its own hours.", "The sea keeps its own hours. So do the clerks, whoever asks.", "V003", 42),
        ("second clerk never", "first clerk never", "V003", 44),
    ],
)
def test_where_a_pdf_says_something_else_the_block_is_named(
    pdf: Path, old: str, new: str, code: str, line: int
) -> None:
    assert said(found(pdf.read_bytes(), "pdf", article=article(old, new))) == [(code, line)]


@pytest.mark.parametrize("pdf", [LIBREOFFICE, CHROMIUM])
def test_a_paragraph_that_a_pdf_lacks_or_adds_is_named(pdf: Path) -> None:
    lacking = article("## What is compared", "Nobody has printed this paragraph yet.\n\n## What is compared")
    assert said(found(pdf.read_bytes(), "pdf", article=lacking)) == [("V001", 16)]
    adding = article("The sea keeps its own hours.\n", "")
    assert [code for code, _ in said(found(pdf.read_bytes(), "pdf", article=adding))] == ["V002"]


def test_running_heads_are_told_from_the_text() -> None:
    running = [each for each in found(CHROMIUM.read_bytes(), "pdf")["discrepancies"] if each["code"] == "V002"]
    assert {each["level"] for each in running} == {"form"}
    assert all(each["message"].startswith("Probably a running head or foot, not compared: ") for each in running)
