"""What documents say, entry by entry: the text, its furniture, and what else can be seen of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final, TypeAlias

from exporter.comparison import ALTERED, COVER, OPEN
from exporter.extractors.xhtml.addresses import Addresses
from exporter.extractors.xhtml.alterations import Sheet, alterations, names, previews
from exporter.extractors.xhtml.around import Around
from exporter.extractors.xhtml.contents import Lists
from exporter.extractors.xhtml.node import Node
from exporter.extractors.xhtml.phrasing import Phrase
from exporter.text import FURNITURE, Said
from exporter.walk import normalise

Facts: TypeAlias = Mapping[str, str]
"""Attributes of an entry."""
_NONE: Final[Facts] = MappingProxyType({})
_OF_DOCUMENT: Final[Facts] = MappingProxyType({"place": "document"})
"""Of furniture that is the label of no text behind it."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry whose links and calls are still as written in ``document``."""

    said: Said
    document: str
    phrase: Phrase


class Entries:
    """The entries of documents that are read one after the other; links and calls are resolved when all have been.

    ``picture`` gives the digest of the picture at an address, as written in the document named
    first; "" where there is none. ``addresses`` are where headings and notes stand, ``lists`` those of contents.
    """

    def __init__(self, picture: Callable[[str, str], str]) -> None:
        self.addresses = Addresses()
        self.lists = Lists()
        self._picture = picture
        self._entries: list[_Entry] = []

    def add(self, said: Said, around: Around, phrase: Phrase | None = None) -> None:
        """Add an entry, which says ``phrase`` where it has links and calls."""
        self._entries.append(_Entry(said, around.document, phrase or Phrase()))

    def add_furniture(self, words: str, around: Around, facts: Facts = _NONE) -> None:
        """Add words that stand beside the text, if any."""
        if words:
            self.add(Said(around.path, FURNITURE, words, 0, facts), around)

    def add_pictures(self, phrase: Phrase, around: Around) -> None:
        """Add the pictures in ``phrase``."""
        for image in phrase.pictures:
            digest = self._picture(around.document, image.get("src"))
            facts = {**around.attributes(), **({"picture": digest} if digest else {})}
            self.add(Said(f"{around.path}/img", "image", normalise(image.get("alt")), 0, facts), around)

    def said(self) -> tuple[Said, ...]:
        """Everything the documents say, furniture included."""
        entries = [self._resolved(entry) for entry in self._entries]
        headings = [entry for entry in entries if entry.kind == "heading"]
        return (*entries, *self.lists.said(self.addresses, headings))

    def inspect(self, document: str, root: Node, sheet: Sheet) -> None:
        """Add what can make ``document`` show other than its text; ``sheet`` reads its style sheets."""
        for fault in alterations(root, sheet):
            self.alter(document, fault)
        titles = (normalise(title.text()) for head in root.below("head") for title in head.below("title"))
        for words in (*titles, *names(root), *previews(root)):
            self.label(document, words)

    def alter(self, document: str, fault: str) -> None:
        """Add one more thing that can make the publication show other than its text."""
        self.add(Said(document, ALTERED, fault), Around(document, document, "", ""))

    def leave_open(self, document: str, matter: str) -> None:
        """Add what the publication shows beside the article that is not compared."""
        self.add(Said(document, OPEN, matter), Around(document, document, "", ""))

    def cover(self, document: str, words: str, digest: str) -> None:
        """Add the cover: its alternative text and the digest of its picture's file, "" where there is none."""
        facts = {"file": digest} if digest else {}
        self.add(Said(document, COVER, words, 0, facts), Around(document, document, "", ""))

    def list(self, document: str, words: str, address: str) -> None:
        """Add an entry of a list of contents: what it calls the place it leads to."""
        self.lists.add(document, words, address)

    def label(self, document: str, words: str) -> None:
        """Add words ``document`` shows beside its text."""
        self.add_furniture(words, Around(document, document, "", ""), _OF_DOCUMENT)

    def _resolved(self, entry: _Entry) -> Said:
        phrase, document = entry.phrase, entry.document
        every = {
            "links": [self.addresses.link(document, address) for address in phrase.links],
            "calls": [self.addresses.call(document, *call) for call in phrase.calls],
            "foreign": phrase.foreign,
        }
        told = {name: "\n".join(values) for name, values in every.items() if values}
        if not told:
            return entry.said
        return replace(entry.said, attributes={**entry.said.attributes, **told})
