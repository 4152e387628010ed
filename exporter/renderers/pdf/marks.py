"""The marked content of one page: which number each laid-out box was drawn under, and what is an artifact."""

from __future__ import annotations

from typing import Any, TypeAlias

import pydyf

from exporter.errors import RenderError

Stream: TypeAlias = Any  # weasyprint.pdf.stream.Stream: WeasyPrint ships no types.


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
        self.count = len(self._places)

    def take(self, box: object) -> int | None:
        """The number ``box`` was drawn under; None where nothing was drawn for it."""
        tag = self._tags.pop(box, None)
        return None if tag is None else int(tag["mcid"])

    def set_apart(self, mcid: int) -> None:
        """Make sequence ``mcid`` an artifact: drawn, not part of the text."""
        place = self._places[mcid]
        self._operations[place - 1] = "/Artifact"
        self._operations[place] = pydyf.Dictionary({"Type": "/Pagination"})

    def say(self, mcid: int, text: str) -> None:
        """Put beside sequence ``mcid`` the text it stands for."""
        self._operations[self._places[mcid]]["ActualText"] = pydyf.String(text)

    def require_all_taken(self) -> None:
        """Raise RenderError where something was drawn that no box in the structure stands for."""
        if self._tags:
            raise RenderError("The page layout drew text outside the document's structure. Simplify print.css.")
