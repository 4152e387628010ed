"""Fields: what their instructions ask Word to show (ISO/IEC 29500-1, 17.16)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from lxml import etree

from exporter.extractors.docx.content import Anchor

PAGES: Final = frozenset(("PAGE", "NUMPAGES", "SECTIONPAGES"))
"""Those that are read in headers and footers."""

RUNNING: Final = frozenset((*PAGES, "STYLEREF"))
"""Those that are read in headers and footers of a document that has titles for them."""

FIELDS: Final = frozenset(("NOTEREF", "HYPERLINK", "SEQ", "TOC", "PAGEREF"))
"""Those that are read in a text; the last two where contents stand."""

NOTE_REFERENCE: Final = re.compile(r"\s*NOTEREF\s+(\S+)")
PAGE_REFERENCE: Final = re.compile(r"\s*PAGEREF\s+(\S+)")
_TITLE: Final = re.compile(r'\s*STYLEREF\s+"?([1-9])"?(?:\s+\\\*\s+MERGEFORMAT)?\s*')
_HYPERLINK: Final = re.compile(r'\s*HYPERLINK\s+(\\l\s+)?"([^"]*)"')
_PLACE: Final = re.compile(r'\\l\s+"([^"]*)"')
_ASIDE: Final = re.compile(r'\\[ot]\s+"[^"]*"')


@dataclass(slots=True)
class Field:
    """A field whose end has not come: its instruction, whether its result has begun, that result so far."""

    instruction: str = ""
    result: bool = False
    text: str = ""
    properties: etree._Element | None = None

    @property
    def name(self) -> str:
        """What kind of field it is, in capitals."""
        return next(iter(self.instruction.split()), "").upper()


def titled(instruction: str) -> int | None:
    """The level of headings a STYLEREF field shows the nearest of, from 1; None of other styles and other fields."""
    match = _TITLE.fullmatch(instruction)
    return int(match[1]) if match else None


def linked(instruction: str) -> str | Anchor | None:
    """Where a HYPERLINK field leads; None of another field."""
    match = _HYPERLINK.match(instruction)
    if match is None:
        return None
    return Anchor(match[2]) if match[1] else f"{match[2]}{_switched(instruction[match.end() :])}"


def _switched(switches: str) -> str:
    """What the switches of a HYPERLINK field add to its address: the place ``\\l`` names, not tips and frames."""
    place = _PLACE.search(switches)
    rest = _PLACE.sub("", _ASIDE.sub("", switches)).strip()
    return f"{f'#{place[1]}' if place else ''}{rest}"
