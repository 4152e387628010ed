"""The marked content of one page: which number each laid-out box was drawn under, and what is an artifact."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

import pydyf

from exporter.errors import RenderError
from exporter.renderers.pdf.voices import voiced

Stream: TypeAlias = Any  # weasyprint.pdf.stream.Stream: WeasyPrint ships no types.

_SHOWN = re.compile(rb"<[0-9a-fA-F]")
"""The code of a glyph in an operation that shows some."""


class Marks:
    """The marked-content sequences of one page's content stream, taken one by one."""

    def __init__(self, stream: Stream) -> None:
        self._tags = stream._tags
        self._operations: list[Any] = stream.stream
        self._places = {
            operation["MCID"]: place
            for place, operation in enumerate(self._operations)
            if isinstance(operation, pydyf.Dictionary) and "MCID" in operation
        }
        self._texts: dict[int, str] = {}
        self.count = len(self._places)

    def take(self, box: object) -> int | None:
        """The number ``box`` was drawn under; None where nothing was drawn for it."""
        tag = self._tags.pop(box, None)
        if tag is not None and tag["mcid"] not in self._places:
            raise RenderError("The page layout drew text in a group of its own. Take opacity out of print.css.")
        return None if tag is None else int(tag["mcid"])

    def set_apart(self, mcid: int) -> None:
        """Make sequence ``mcid`` an artifact: drawn, not part of the text."""
        place = self._places[mcid]
        self._operations[place - 1] = "/Artifact"
        self._operations[place] = pydyf.Dictionary({"Type": "/Pagination"})

    def shows(self, mcid: int) -> bool:
        """Whether sequence ``mcid`` draws a glyph."""
        start = self._places[mcid]
        shown = self._operations[start : self._operations.index(b"EMC", start)]
        return any(isinstance(operation, bytes) and _SHOWN.search(operation) for operation in shown)

    def say(self, mcid: int, text: str) -> None:
        """Put beside sequence ``mcid`` the text it stands for."""
        self._operations[self._places[mcid]]["ActualText"] = pydyf.String(text)

    def text_of(self, mcid: int, text: str) -> None:
        """Remember that sequence ``mcid`` draws ``text``."""
        self._texts[mcid] = text

    def voice(self, fonts: Mapping[bytes, Mapping[int, str]]) -> None:
        """Put the words ``fonts`` misread beside their glyphs, in every sequence whose text is known.

        The last of all: the places of the sequences change.
        """
        for mcid, text in sorted(self._texts.items(), reverse=True):
            start = self._places[mcid] + 2
            end = self._operations.index(b"EMC", start)
            self._operations[start:end] = voiced(self._operations[start:end], text, fonts)

    def require_all_taken(self) -> None:
        """Raise RenderError where something was drawn that no box in the structure stands for."""
        if self._tags:
            raise RenderError("The page layout drew text outside the document's structure. Simplify print.css.")
