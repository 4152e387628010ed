"""Whether the cover of an edition is the one that was planned for it."""

from __future__ import annotations

from collections.abc import Iterator

from exporter.article import Metadata
from exporter.comparison import COVER
from exporter.edition import Discrepancy, Extraction
from exporter.likeness import alike, likeness
from exporter.text import Said
from exporter.walk import normalise

_OPEN = "a cover is shown, a picture that is not compared"


def misdrawn(planned: bytes | None, metadata: Metadata, extraction: Extraction) -> Iterator[Discrepancy]:
    """Every cover that shows or says something else than the picture ``planned`` (b"" where there is to be none).

    Of a cover nobody planned, and of one in a file that another program saved, is told that it is not settled.
    """
    found = [entry for entry in extraction.entries if entry.kind == COVER]
    if planned and not found:
        yield Discrepancy("V001", "The edition lacks its cover.", path=COVER, level="form")
    for entry in found:
        shown = extraction.covers.get(entry.attributes.get("file", ""), b"")
        fault = _OPEN if planned is None else _fault(planned, shown, metadata, entry)
        if fault == _OPEN or (fault and extraction.producer):
            yield Discrepancy("C002", f"{entry.path}: {fault}.", path=entry.path, level="form")
        elif fault:
            yield Discrepancy("V009", f"{entry.path}: {fault}.", path=entry.path)


def _fault(planned: bytes, shown: bytes, metadata: Metadata, entry: Said) -> str:
    """What is wrong with one cover, "" where nothing is."""
    if not planned:
        return "a cover is shown, and none is planned"
    if shown != planned and not _alike(planned, shown):
        return "the cover is another picture than the one that is planned"
    if entry.text not in ("", normalise(metadata.title)):
        return f"the cover is called '{entry.text}', which is not the title"
    return ""


def _alike(planned: bytes, shown: bytes) -> bool:
    """Whether two files show the same: decoding them takes longer than all else an edition is asked."""
    try:
        return alike(likeness(planned), likeness(shown))
    except ValueError:
        return False
