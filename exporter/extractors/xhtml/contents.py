"""Lists of what is where: what each entry calls the place it leads to, and whether it is called so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from exporter.comparison import ALTERED, CONTENTS
from exporter.extractors.xhtml.addresses import Addresses
from exporter.extractors.xhtml.around import Around
from exporter.extractors.xhtml.node import Node
from exporter.text import Said
from exporter.walk import OBJECT, normalise


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry as written in ``document``; ``around`` where it belongs to the article's own list of its parts."""

    document: str
    words: str
    address: str
    around: Around | None


@dataclass(frozen=True, slots=True)
class Lists:
    """The entries of all lists of contents met so far; where they lead is known when all has been read."""

    _entries: list[_Entry] = field(default_factory=list)

    def add(self, document: str, words: str, address: str) -> None:
        """Add an entry: what it calls the place at ``address``."""
        self._entries.append(_Entry(document, words, address, None))

    def add_link(self, link: Node, around: Around, *, own: bool) -> None:
        """Add the entry ``link``; ``own`` where it is one of the list editions of articles made of several have."""
        inside = _innermost(link, around) if own else None
        self._entries.append(_Entry(around.document, normalise(link.text()), link.get("href"), inside))

    def said(self, addresses: Addresses, headings: Sequence[Said]) -> Iterator[Said]:
        """The article's own contents, as the verifier compares them, then entries that mislead."""
        for entry in self._entries:
            if entry.around is not None:
                yield _listed(entry, entry.around, addresses.link(entry.document, entry.address), headings)
        for entry in self._entries:
            if fault := _fault(entry, addresses.link(entry.document, entry.address), headings):
                yield Said(entry.document, ALTERED, fault)


def _innermost(node: Node, around: Around) -> Around:
    """What holds of the text of ``node``: elements that hold all of it count as it does."""
    around = around.inside(node)
    match node.elements:
        case (only,) if normalise(only.text()) == normalise(node.text()):
            return _innermost(only, around)
        case _:
            return around


def _listed(entry: _Entry, around: Around, target: str, headings: Sequence[Said]) -> Said:
    """``entry`` at the level of the heading it leads to."""
    number = target[1:]
    heading = headings[int(number) - 1] if number.isdecimal() else None
    facts = {"level": heading.attributes["level"]} if heading else {}
    return Said(around.path, CONTENTS, entry.words, 0, {**around.attributes(), **facts, "links": target})


def _fault(entry: _Entry, target: str, headings: Sequence[Said]) -> str:
    """What is wrong with an entry that leads to a heading of another wording, or to none that it names."""
    called = _bare(headings[int(target[1:]) - 1].text) if target[1:].isdecimal() else ""
    if called and called != _bare(entry.words):
        return f"the contents call '{entry.words}' what is '{called}'"
    if not called and "#" in entry.address and _bare(entry.words) in {_bare(heading.text) for heading in headings}:
        return f"'{entry.words}' of the contents leads nowhere"
    return ""


def _bare(title: str) -> str:
    """A heading without its notes and pictures."""
    return normalise(title.replace(OBJECT, ""))
