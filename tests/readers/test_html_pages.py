"""Pages in the manner of the systems that write them, each beside what is to be read from it (``NAME.said``)."""

from __future__ import annotations

from pathlib import Path

import pytest

from exporter.cli.show import lines
from exporter.coverage import coverage
from exporter.edition import Source
from exporter.readers.html.reader import HtmlReader
from exporter.witnesses.html.witness import HtmlWitness

HERE = Path(__file__).parent / "pages"
PAGES = sorted(path for path in HERE.iterdir() if path.suffix != ".said")


def source(path: Path) -> Source:
    return Source(path.name, path.read_bytes())


def told(path: Path) -> str:
    """The article as ``exporter show`` has it, then what was lost and noticed."""
    reader, page = HtmlReader(), source(path)
    account = reader.account(page)
    losses = [f"{loss.code} {loss.message}" for loss in account.losses]
    return "\n".join((*lines(reader.read(page)), "", *losses, *account.notices)).rstrip("\n") + "\n"


def test_there_is_a_page_of_every_manner() -> None:
    assert {path.stem for path in PAGES} >= {"drupal", "ghost", "mediawiki", "newspaper", "pandoc", "word", "wordpress"}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_page_is_read_as_meant(path: Path) -> None:
    assert told(path) == path.with_suffix(".said").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_a_second_reading_of_a_page_agrees(path: Path) -> None:
    page = source(path)
    assert coverage(HtmlReader().read(page), page, HtmlWitness().testify(page)) == ()
