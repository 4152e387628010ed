"""A house's own Word document: what of it is taken, what stays behind, and what no edition could be held to."""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.parser import parse_xml
from PIL import Image as Pillow

from exporter.cli import main
from exporter.templating import builtin_templates
from tests.extractors.forgeries import repacked, replaced

ARTICLE = "---\ntitle: A title\nlanguage: en\nauthors: [Ana Pérez]\n---\n\nSome words.\n\n* one\n  * two\n"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
BUILT_IN = builtin_templates() / "reference.docx"
EDITION = Path("dist/a/a.docx")


@pytest.fixture(autouse=True)
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.md").write_text(ARTICLE, encoding="utf-8")
    Path("exporter.toml").write_text('[docx]\nreference = "house.docx"\n', encoding="utf-8")


def given(change: Callable[[Any], object]) -> None:
    """The built-in document, changed by the house as python-docx can."""
    document = docx.Document(str(BUILT_IN))
    change(document)
    document.save("house.docx")


def run(*command: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, list(command))
    return result.exit_code, result.output


def build() -> tuple[int, str]:
    return run("build", "a.md", "--to", "docx")


def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(EDITION) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def running(document: Any) -> None:
    """Words at the head and foot of each page, with the number of pages."""
    section = document.sections[0]
    section.header.paragraphs[0].text = "The Daily Example, since 1850"
    foot = section.footer.paragraphs[0]._p
    foot.append(parse_xml(f'<w:r xmlns:w="{W}"><w:t xml:space="preserve"> of </w:t></w:r>'))
    foot.append(parse_xml(f'<w:fldSimple xmlns:w="{W}" w:instr="NUMPAGES"><w:r><w:t>9</w:t></w:r></w:fldSimple>'))


def test_styles_page_header_and_footer_are_the_houses() -> None:
    def change(document: Any) -> None:
        running(document)
        document.styles["Body Text"].font.name = "Courier New"
        document.sections[0].page_width = docx.shared.Mm(200)

    given(change)
    assert build()[0] == 0
    files = parts()
    assert b"Courier New" in files["word/styles.xml"]
    assert b'w:w="11339"' in files["word/document.xml"]
    assert any(b"The Daily Example" in content for name, content in files.items() if "header" in name)
    assert run("verify", "a.md", str(EDITION))[0] == 0


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("The Daily Example", "The Daily Sample"),
        ("since 1850", "since 1950"),
        ("<w:p>", '<w:p><w:r><w:t xml:space="preserve">Advertisement </w:t></w:r>'),
    ],
)
def test_another_header_than_the_houses_is_found(old: str, new: str) -> None:
    given(running)
    build()
    name = next(name for name in parts() if name.startswith("word/header"))
    forged = repacked(EDITION.read_bytes(), {name: lambda content: replaced(content, (old, new))})
    EDITION.write_bytes(forged)
    code, said = run("verify", "a.md", str(EDITION))
    assert code == 1
    assert "[V002]" in said


def test_the_houses_words_may_not_stand_in_the_text() -> None:
    given(running)
    build()
    words = '<w:r><w:rPr><w:rStyle w:val="Furniture"/></w:rPr><w:t>The Daily Example, since 1850</w:t></w:r>'
    mark = '<w:pPr><w:pStyle w:val="Byline"/></w:pPr>'
    change = {"word/document.xml": lambda content: replaced(content, (mark, mark + words))}
    EDITION.write_bytes(repacked(EDITION.read_bytes(), change))
    assert "[V002]" in run("verify", "a.md", str(EDITION))[1]


def test_a_picture_at_the_head_is_the_houses_or_found() -> None:
    def change(document: Any) -> None:
        document.sections[0].header.paragraphs[0].add_run().add_picture(io.BytesIO(_png("red")))

    given(change)
    assert build()[0] == 0
    name = next(name for name in parts() if name.startswith("word/media/"))
    EDITION.write_bytes(repacked(EDITION.read_bytes(), {name: lambda _: _png("blue")}))
    assert "[V002]" in run("verify", "a.md", str(EDITION))[1]


def test_a_link_at_the_foot_that_is_not_the_houses_is_found() -> None:
    given(lambda document: None)
    build()
    field = '<w:fldSimple w:instr=" HYPERLINK &quot;https://example.org&quot; "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
    name = next(name for name in parts() if name.startswith("word/footer"))
    change = {name: lambda content: replaced(content, ("</w:p>", f"{field}</w:p>"))}
    EDITION.write_bytes(repacked(EDITION.read_bytes(), change))
    assert run("verify", "a.md", str(EDITION))[0] == 1


def test_nothing_of_the_houses_text_comments_and_settings_is_taken() -> None:
    def change(document: Any) -> None:
        run = document.add_paragraph("A sample text").runs[0]
        document.add_comment(run, "A remark", author="A. Editor")
        document.add_picture(io.BytesIO(_png("red")))
        document.add_section().header.is_linked_to_previous = False
        document.sections[0].header.paragraphs[0].text = "Head of a section that is not the last"
        track = parse_xml(f'<w:trackRevisions xmlns:w="{W}"/>')
        document.settings.element.insert(1, track)

    given(change)
    assert build()[0] == 0
    files = parts()
    assert not any("comments" in name or "media" in name for name in files)
    assert not any(b"sample" in content or b"not the last" in content for content in files.values())
    assert b"trackRevisions" not in files["word/settings.xml"]


def test_every_missing_style_is_named_once_for_all_articles() -> None:
    Path("b.md").write_text(ARTICLE.replace("A title", "Another"), encoding="utf-8")
    docx.Document().save("house.docx")
    code, said = run("build", "a.md", "b.md", "--to", "docx")
    assert code != 0
    assert said.count("no style") == 1
    assert all(name in said for name in ("'Byline'", "'Furniture'", "'Article Table'"))


def test_a_list_that_is_not_deep_enough_is_named() -> None:
    def change(document: Any) -> None:
        root = document.part.numbering_part.element
        for level in root.xpath("w:abstractNum/w:lvl[@w:ilvl > 0]"):
            level.getparent().remove(level)

    given(change)
    assert "the list of the style 'List Bullet' has no level 2" in build()[1]


@pytest.mark.parametrize("instruction", ["DATE", "FILENAME", "STYLEREF Title", "DOCPROPERTY x"])
def test_a_header_that_shows_what_nobody_can_know_is_refused(instruction: str) -> None:
    def change(document: Any) -> None:
        field = f'<w:fldSimple xmlns:w="{W}" w:instr="{instruction}"><w:r><w:t>x</w:t></w:r></w:fldSimple>'
        document.sections[0].header.paragraphs[0]._p.append(parse_xml(field))

    given(change)
    code, said = build()
    assert code != 0
    assert not EDITION.exists()
    assert f"house.docx: no edition could be verified with it: a field can show something else: {instruction}" in said


def test_the_manifest_has_the_digest_of_the_houses_document() -> None:
    given(running)
    build()
    options = json.loads((EDITION.parent / "manifest.json").read_text(encoding="utf-8"))["options"]
    assert options["reference"] == hashlib.sha256(Path("house.docx").read_bytes()).hexdigest()


@pytest.mark.parametrize("content", [b"", b"words", b"PK\x03\x04"])
def test_what_is_no_word_document_is_refused(content: bytes) -> None:
    Path("house.docx").write_bytes(content)
    code, said = build()
    assert code != 0
    assert "house.docx: not a Word document" in said


def test_a_document_that_is_not_there_is_refused_for_every_format() -> None:
    code, said = run("build", "a.md", "--to", "txt")
    assert code != 0
    assert "No reference document" in said


def _png(colour: str) -> bytes:
    target = io.BytesIO()
    Pillow.new("RGB", (20, 10), colour).save(target, "PNG")
    return target.getvalue()
