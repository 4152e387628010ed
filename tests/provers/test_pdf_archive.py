"""PDF/A-3a: what the file has for archives, and that nothing else hides in it."""

from __future__ import annotations

import io
from pathlib import Path

import pikepdf
import pytest
from click.testing import CliRunner, Result
from pikepdf import Array, Dictionary, Name, String

from exporter.cli import main


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A PDF its source and sidecar go along in."""
    monkeypatch.chdir(tmp_path)
    body = "## Maß\n\nSiehe [oben](#maß).\n\n## Mast\n\nWort.\n\n## Mat\n\nEnde [hier](#mast), [da](#mat).\n"
    Path("a.md").write_text(f"---\nlanguage: de\n---\n\n{body}", encoding="utf-8")
    Path("a.meta.toml").write_text('title = "Ein Titel"\n', encoding="utf-8")
    built = run("build", "a.md", "--to", "pdf", "--attach-source")
    assert built.exit_code == 0, built.output
    return Path("dist/a/a.pdf")


def codes(file: Path) -> list[str]:
    import json

    document = json.loads(run("verify", "a.md", str(file), "--json").stdout)
    return [each["code"] for edition in document["editions"] for each in edition["discrepancies"]]


def test_the_source_and_its_sidecar_go_along_byte_for_byte(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        found = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
    assert found == {"a.md": Path("a.md").read_bytes(), "a.meta.toml": Path("a.meta.toml").read_bytes()}
    assert codes(file) == []


def test_without_being_asked_nothing_goes_along(file: Path) -> None:
    assert run("build", "a.md", "--to", "pdf").exit_code == 0
    with pikepdf.open(file) as pdf:
        assert list(pdf.attachments) == []


def test_a_source_that_was_changed_since_is_found(file: Path) -> None:
    Path("a.md").write_bytes(Path("a.md").read_bytes() + b"\n")
    assert codes(file) == ["V015"]


def altered(file: Path, change: object) -> Path:
    target = io.BytesIO()
    with pikepdf.open(file) as pdf:
        change(pdf)  # type: ignore[operator]
        pdf.save(target)
    file.write_bytes(target.getvalue())
    return file


def test_a_source_that_was_exchanged_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF[0].EF.F.write(b"Something else.")

    assert set(codes(altered(file, change))) == {"V015", "P006"}


def test_another_file_that_goes_along_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.attachments["other.txt"] = b"Something else."

    assert set(codes(altered(file, change))) == {"V015", "P006"}


def test_a_file_hidden_behind_the_one_that_is_named_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF[0].EF.UF = pdf.make_stream(b"Something else.")

    assert "V015" in codes(altered(file, change))


def test_a_file_that_goes_along_with_a_part_of_the_document_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        hidden = pdf.make_stream(b"Something else.")
        pdf.Root.StructTreeRoot.AF = Array([Dictionary(Type=Name.Filespec, EF=Dictionary(F=hidden))])

    assert codes(altered(file, change)) == ["P006"]


def test_the_checksum_of_another_file_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AF[0].EF.F.Params.CheckSum = String("0123456789abcdef")

    assert set(codes(altered(file, change))) == {"P006"}


@pytest.mark.parametrize(
    "labels",
    [Dictionary(Nums=Array([0, Dictionary(S=Name.r)])), Dictionary(Nums=Array([0, Dictionary(S=Name.D, St=7)]))],
    ids=["roman", "from seven"],
)
def test_pages_that_are_labelled_otherwise_are_found(labels: Dictionary, file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.PageLabels = labels

    assert codes(altered(file, change)) == ["P006"]


def test_a_hidden_link_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Annots[0].F = 2

    assert codes(altered(file, change)) == ["P006"]


def test_a_second_output_intent_is_found(file: Path) -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root.OutputIntents.append(Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, Info=String("Other")))

    assert set(codes(altered(file, change))) == {"P006"}


def test_destinations_are_found_by_readers_that_compare_bytes_and_by_those_that_compare_text(file: Path) -> None:
    with pikepdf.open(file) as pdf:
        keys = list(pdf.Root.Names.Dests.Names)[::2]
        assert pdf.check_pdf_syntax() == []
    assert len(keys) > 1
    assert [bytes(key) for key in keys] == sorted(bytes(key) for key in keys)
    assert [str(key) for key in keys] == sorted(str(key) for key in keys)
