"""The judges that need no program of their own, on sound and on broken editions."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from exporter import registry
from exporter.cli import main
from exporter.judges import openxmlaudit, pagevalidation, panel
from exporter.judges.judge import Tools
from tests.weekly import covered, picture

SAMPLE = Path(__file__).parents[2] / "source" / "the-last-proof.md"


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the sample article's editions."""
    out = tmp_path_factory.mktemp("dist")
    built = CliRunner().invoke(main, ["build", str(SAMPLE), "--out", str(out), "--no-verify"])
    assert built.exit_code == 0, built.output
    return out / SAMPLE.stem


def codes(file: Path, judge: str) -> list[str]:
    (asked,) = panel.named(registry.judges(), [judge])
    judgement = panel.judge({file: file.suffix[1:]}, [asked], Tools())
    assert judgement.missing == ()
    return [finding.code for finding in judgement.opinions[file].findings]


@pytest.mark.parametrize(
    ("judge", "suffix"),
    [
        ("page-validation", "pdf"),
        ("qpdf", "pdf"),
        ("tagging", "pdf"),
        ("openxml-audit", "docx"),
        ("ooxml-integrity", "docx"),
        ("plain-text", "txt"),
    ],
)
def test_nobody_objects_to_the_sample_article(judge: str, suffix: str, editions: Path) -> None:
    assert codes(editions / f"{SAMPLE.stem}.{suffix}", judge) == []


@pytest.mark.parametrize(("judge", "suffix"), [("page-validation", "pdf"), ("qpdf", "pdf"), ("tagging", "pdf")])
def test_nobody_objects_to_an_article_made_of_several(judge: str, suffix: str, tmp_path: Path) -> None:
    file = tmp_path / f"issue.{suffix}"
    file.write_bytes(covered(picture()))
    assert codes(file, judge) == []


def altered(source: Path, target: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """A copy of the zip file ``source`` with one part changed."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w") as new:
        for name in old.namelist():
            new.writestr(name, change(old.read(name)) if name == part else old.read(name))
    return target


def test_a_paragraph_with_properties_out_of_order_is_told_with_its_place(editions: Path, tmp_path: Path) -> None:
    wrong = b'<w:jc w:val="center"/><w:pStyle'
    source = editions / f"{SAMPLE.stem}.docx"
    broken = altered(source, tmp_path / "a.docx", "word/document.xml", lambda xml: xml.replace(b"<w:pStyle", wrong, 1))
    result = CliRunner().invoke(main, ["check", str(broken), "--judges", "openxml-audit"])
    assert result.exit_code == 1
    assert "a.docx: /word/document.xml /document[1]/body[1]/p[1]/pPr[1]: Unexpected element 'pStyle'" in result.stdout
    assert "[openxml-audit " in result.stdout


def test_a_part_that_nobody_declares_is_told(editions: Path, tmp_path: Path) -> None:
    source = editions / f"{SAMPLE.stem}.docx"
    broken = altered(
        source, tmp_path / "a.docx", "word/_rels/document.xml.rels", lambda xml: xml.replace(b"styles.xml", b"gone.xml")
    )
    assert codes(broken, "ooxml-integrity") != []


def test_a_pdf_without_its_language_is_told(editions: Path, tmp_path: Path) -> None:
    import pikepdf

    broken = tmp_path / "a.pdf"
    with pikepdf.open(editions / f"{SAMPLE.stem}.pdf") as pdf:
        del pdf.Root.Lang
        pdf.save(broken)
    assert codes(broken, "page-validation") != []


def redrawn(source: Path, target: Path, change: Callable[[bytes], bytes]) -> Path:
    """A copy of a PDF with the content of its first page changed."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        page = pdf.pages[0]
        page.Contents = pdf.make_stream(change(page.Contents.read_bytes()))
        pdf.save(target)
    return target


def test_text_that_no_tag_holds_is_told_with_its_page(editions: Path, tmp_path: Path) -> None:
    source = editions / f"{SAMPLE.stem}.pdf"
    broken = redrawn(source, tmp_path / "a.pdf", lambda drawn: drawn + b" BT /F1 12 Tf (Unheard) Tj ET")
    assert codes(broken, "tagging") == ["untagged"]


def test_a_mark_no_element_refers_to_is_told(editions: Path, tmp_path: Path) -> None:
    source = editions / f"{SAMPLE.stem}.pdf"
    broken = redrawn(source, tmp_path / "a.pdf", lambda drawn: drawn + b" /P <</MCID 999>> BDC BT (Unheard) Tj ET EMC")
    assert codes(broken, "tagging") == ["orphaned"]


@pytest.mark.parametrize("kept", [0.5, 0.01])
def test_a_truncated_pdf_is_told(kept: float, editions: Path, tmp_path: Path) -> None:
    content = (editions / f"{SAMPLE.stem}.pdf").read_bytes()
    broken = tmp_path / "a.pdf"
    broken.write_bytes(content[: int(len(content) * kept)])
    assert codes(broken, "qpdf") != []
    assert codes(broken, "page-validation") != []


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"caf\xe9\n", "encoding"),
        (b"no end", "end"),
        (b"a bell\x07\n", "control"),
        (b"x" * 999 + b"\n", "octets"),
        ("\u65e5".encode() * 333 + b"\n", "octets"),
    ],
)
def test_plain_text_that_terminals_or_mail_would_spoil_is_told(content: bytes, code: str, tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(content)
    assert codes(file, "plain-text") == [code]


def test_each_waiver_says_why() -> None:
    assert all(len(waiver.why) > 60 for waiver in (*pagevalidation.WAIVERS, *openxmlaudit.WAIVERS))
