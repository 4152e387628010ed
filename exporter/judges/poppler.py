"""Whether a PDF's tags hold the text of its pages, by poppler, a reader that shares no line with the proof."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Final

from exporter.judges import programs
from exporter.judges.judge import Finding, Findings, Tools, lacking

TOLERANCE: Final = 0.03
"""Running heads and folios stand on the page and in no tag; drawn ligatures are counted in one and not the other."""


class Poppler:
    """poppler: what the tags say (``pdfinfo -struct-text``) against what the pages show (``pdftotext``)."""

    name = "poppler"
    standard = "Tagged PDF (ISO 32000-1, 14.8)"
    formats = ("pdf",)
    get = "apt-get install poppler-utils (Fedora: dnf install poppler-utils, macOS: brew install poppler)"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        return lacking(programs={name: tools.program(name) for name in ("pdfinfo", "pdftotext")})

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """A finding where the amounts of text differ by more than TOLERANCE."""
        return programs.each(files, partial(_untagged, tools))


def ratio(file: Path, tools: Tools) -> float:
    """Characters in the tags to characters on the pages, white space apart; 1 where there are none."""
    tagged = _tagged(programs.run([tools.program("pdfinfo") or "pdfinfo", "-struct-text", file], tools.environment))
    shown = _ink(programs.run([tools.program("pdftotext") or "pdftotext", "-nopgbrk", file, "-"], tools.environment))
    return tagged / shown if shown else float(not tagged)


def _untagged(tools: Tools, file: Path) -> Iterator[Finding]:
    found = ratio(file, tools)
    if abs(found - 1) > TOLERANCE:
        message = f"The tags hold {found:.0%} of the text on the pages."
        mend = "A screen reader would leave text out or read it twice. Tag it, or mark it as an artifact."
        yield Finding(judge=Poppler.name, code="untagged-text", message=message, mend=mend)


def _tagged(text: str) -> int:
    """Characters of the quoted lines of ``pdfinfo -struct-text``."""
    lines = (line.strip() for line in text.split("\n"))
    return sum(_ink(line[1:-1]) for line in lines if len(line) > 1 and line[0] == line[-1] == '"')


def _ink(text: str) -> int:
    """Characters that leave some: pdftotext adds directional marks to right-to-left text."""
    return sum(not character.isspace() and unicodedata.category(character) != "Cf" for character in text)
