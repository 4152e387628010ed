"""Where links and note calls lead: to which heading, to which note, or out of the publication."""

from __future__ import annotations

import posixpath
import re
from urllib.parse import unquote

from exporter.extractors.xhtml.node import Node

_ABSOLUTE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")


class Addresses:
    """The headings and notes of a publication by address, and what they are called in ``Said``."""

    def __init__(self) -> None:
        self._headings: dict[str, int] = {}
        self._notes: dict[str, int] = {}
        self._heading_count = 0

    @property
    def note_count(self) -> int:
        """How many notes there are so far."""
        return len(self._notes)

    def add_heading(self, document: str, node: Node) -> None:
        """Count ``node`` as the next heading."""
        self._heading_count += 1
        self._headings.setdefault(f"{document}#{node.get('id')}", self._heading_count)

    def add_note(self, document: str, node: Node, number: int) -> None:
        """Take ``node`` for the note ``number``."""
        self._notes.setdefault(f"{document}#{node.get('id') or len(self._notes)}", number)

    def link(self, document: str, address: str) -> str:
        """What a link in ``document`` leads to: ``#N`` for the N-th heading, else the address as written."""
        ordinal = self._headings.get(_resolved(document, address))
        return f"#{ordinal}" if ordinal else address

    def call(self, document: str, shown: str, address: str) -> str:
        """The number of the note called; where the number shown is not the one of the note, both."""
        if not address:
            return shown  # a call inside a link cannot be one itself
        number = self._notes.get(_resolved(document, address))
        return shown if str(number) == shown else f"{shown} leads to {number or 'nothing'}"


def _resolved(document: str, address: str) -> str:
    """``address`` as ``document#fragment``; an absolute URL resolves to nothing of the publication."""
    if _ABSOLUTE.match(address):
        return address
    path, _, fragment = address.partition("#")
    folder = posixpath.dirname(document)
    return f"{posixpath.normpath(posixpath.join(folder, unquote(path))) if path else document}#{unquote(fragment)}"
