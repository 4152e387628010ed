"""What flow content says: the walk over the blocks of one or more documents, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from exporter.comparison import CONTENTS
from exporter.extractors.xhtml.around import Around
from exporter.extractors.xhtml.entries import Entries, Facts
from exporter.extractors.xhtml.node import Content, Node
from exporter.extractors.xhtml.parts import Run, cut, integer, is_blank, parts, task
from exporter.extractors.xhtml.phrasing import Place, is_block, read
from exporter.extractors.xhtml.tables import Row, rows
from exporter.text import Said
from exporter.walk import OBJECT, normalise

_ATTRIBUTES = """
level list task depth quote note calls links foreign row column header syntax picture date language direction whitespace
looks titles
"""
CARRIES: Final = frozenset((*_ATTRIBUTES.split(), CONTENTS))
"""What XHTML and HTML can hold: all of ``docs/verification.md``."""

_NOTES = frozenset({"note", "endnote", "footnote", "rearnote", "doc-endnote", "doc-footnote"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})

_IN_CONTENTS: Final[Facts] = MappingProxyType({"place": "contents"})
"""Of furniture that is the label of no text behind the contents."""


class Walk:
    """Reads documents one after the other into ``entries``."""

    def __init__(self, entries: Entries) -> None:
        self._entries = entries
        self._titled = False

    def read(self, document: str, root: Node, language: str = "", direction: str = "ltr") -> None:
        """Read the document of which ``root`` is the root element."""
        self._flow(root.children, Around(document, document, language, direction).inside(root))

    # Flow: ``facts`` are for the first entry to come, and are returned while there was none.

    def _flow(self, contents: Iterable[Content], around: Around, facts: Facts | None = None) -> Facts | None:
        for part, place in parts(contents):
            match part:
                case tuple():
                    facts = self._run(part, around, facts)
                case Node():
                    facts = self._block(part, around.inside(part, place), facts, around)
        return facts

    def _run(self, run: Run, around: Around, facts: Facts | None) -> Facts | None:
        """Phrasing content that stands without an element of its own."""
        bare = all(is_blank(content) for content in run)
        place: Place = "task" if facts and "task" in facts else "text"
        self._leaf(around.kind, run, around, {} if bare else facts, place)
        return facts if bare else None

    def _block(self, node: Node, around: Around, facts: Facts | None, outside: Around) -> Facts | None:
        match node.name:
            case _ if node.hidden:
                return facts
            case "nav":
                self._contents(node, around, own="contents" in node.words)
                return facts
            case _ if node.furniture:
                self._beside(node, around)
                return facts
            case _ if node.name in _HEADINGS or node.words & {"subtitle", "byline", "dateline"}:
                self._before_set_off(outside, facts)
                self._heading_or_head(node, around)
            case "p" | "summary" | "address":
                self._leaf(around.kind, node.children, around, facts)
            case "a":
                self._leaf(around.kind, (node,), around, facts)
            case "ul" | "menu" | "ol" | "blockquote" | "pre" | "hr" | "table" | "figure" | "dl":
                self._before_set_off(outside, facts)
                self._set_off(node, around)
            case "dt":
                self._leaf("term", node.children, around)
            case "dd":
                self._flow(node.children, replace(around, kind="definition"))
            case _ if node.words & _NOTES:
                self._note(node, around, self._entries.addresses.note_count + 1)
            case _:
                return self._flow(node.children, around, facts)
        return None

    def _before_set_off(self, around: Around, facts: Facts | None) -> None:
        """An item that begins with what is no paragraph begins with an empty one, as ``around`` is outside of that."""
        if facts:
            self._leaf(around.kind, (), around, facts)

    def _set_off(self, node: Node, around: Around) -> None:
        match node.name:
            case "ul" | "menu":
                self._list(node, around, None)
            case "ol":
                self._list(node, around, integer(node.get("start"), 1))
            case "blockquote":
                self._flow(node.children, replace(around, quote=around.quote + 1))
            case "pre":
                self._code(node, around)
            case "table":
                self._table(node, around)
            case "figure":
                self._figure(node, around)
            case "dl":
                self._flow(node.children, around)
            case _:
                self._entries.add(Said(around.path, "break", "", 0, around.attributes()), around)

    # Header and headings

    def _heading_or_head(self, node: Node, around: Around) -> None:
        match node.name:
            case "h1" if not self._titled:
                self._titled = True
                self._leaf("title", node.children, around)
            case name if name in _HEADINGS:
                if self._leaf("heading", node.children, around, {"level": name[1:]}):
                    self._entries.addresses.add_heading(around.document, node)
            case _:
                self._head_line(node, around)

    def _head_line(self, node: Node, around: Around) -> None:
        """A line of the header: an entry for each author or date in it, and for whatever else it says."""
        if "subtitle" in node.words:
            self._leaf("subtitle", node.children, around)
            return
        for part, place in cut(node.children, lambda each: each.name == "time" or "author" in each.words):
            match part:
                case tuple():
                    self._between(part, around)
                case Node(name="time"):
                    self._leaf("dateline", part.children, around.inside(part, place), {"date": part.get("datetime")})
                case Node():
                    self._leaf("byline", part.children, around.inside(part, place))

    def _between(self, run: Run, around: Around) -> None:
        """What stands beside authors and dates in an element of its own is furniture, though classes were lost."""
        phrase = read(run, "head")
        apart = all(is_blank(each) or (isinstance(each, Node) and each.name == "span") for each in run)
        if any(map(str.isdigit, "".join(phrase.furniture))):
            self._leaf("paragraph", run, around)
            return
        if not apart or phrase.calls or phrase.links or phrase.pictures or any(map(str.isdigit, phrase.text)):
            self._leaf("paragraph", run, around, place="head")
            return
        for words in (*phrase.furniture, phrase.text):
            self._entries.add_furniture(words, around)

    # Lists and notes

    def _list(self, node: Node, around: Around, start: int | None) -> None:
        number = start
        inside = replace(around, depth=around.depth + 1)
        for part, place in parts(node.children):
            match part:
                case Node(name="li") if part.words & _NOTES:
                    number = integer(part.get("value"), number or 1)
                    self._note(part, around.inside(part, place), number)
                    number += 1
                case Node(name="li") if number is not None:
                    number = integer(part.get("value"), number)
                    self._item(part, inside.inside(part, place), str(number))
                    number += 1
                case Node(name="li"):
                    self._item(part, inside.inside(part, place), "bullet")
                case Node():
                    self._block(part, inside.inside(part, place), None, inside)
                case _:
                    self._leaf(around.kind, part, inside)

    def _item(self, item: Node, around: Around, marker: str) -> None:
        if item.hidden:
            return
        left = self._flow(item.children, around, {"list": marker, **task(item)})
        self._before_set_off(around, left)

    def _note(self, node: Node, around: Around, number: int) -> None:
        if node.hidden:
            return
        self._entries.addresses.add_note(around.document, node, number)
        self._flow(node.children, replace(around, kind="note", note=number))

    # Code, tables, figures

    def _code(self, node: Node, around: Around) -> None:
        classes = " ".join(each.get("class") for each in (node, *node.below("code"))).split()
        syntax = next((name.removeprefix("language-") for name in classes if name.startswith("language-")), "")
        facts = {**around.attributes(), **({"syntax": syntax} if syntax else {})}
        self._entries.add(Said(around.path, "code", node.text(), 0, facts), around)

    def _table(self, table: Node, around: Around) -> None:
        for row in rows(table, around):
            match row:
                case Row():
                    for cell in row.cells:
                        self._leaf("cell", cell.node.children, cell.around, cell.facts)
                case (kind, contents, inside):
                    self._leaf(kind, contents, inside)

    def _figure(self, figure: Node, around: Around) -> None:
        """A picture alone is no text; what stands around it is."""
        for part, place in cut(figure.children, lambda each: each.name == "figcaption" or is_block(each)):
            match part:
                case tuple() if read(part).text.replace(OBJECT, "").strip():
                    self._leaf(around.kind, part, around)
                case tuple():
                    self._entries.add_pictures(read(part), around)
                case Node(name="figcaption"):
                    self._caption(part, around.inside(part, place))
                case Node():
                    self._block(part, around.inside(part, place), None, around)

    def _caption(self, node: Node, around: Around) -> None:
        for part, place in parts(() if node.hidden else node.children):
            match part:
                case Node() if not part.hidden and not part.furniture:
                    kind = "credit" if "credit" in part.words else "caption"
                    self._leaf(kind, part.children, around.inside(part, place))
                case Node():
                    self._block(part, around.inside(part, place), None, around)
                case _:
                    self._leaf("caption", part, around)

    # Entries

    def _leaf(
        self, kind: str, contents: Iterable[Content], around: Around, facts: Facts | None = None, place: Place = "text"
    ) -> bool:
        """Add what ``contents`` say as one entry, with its pictures and furniture; whether there was an entry."""
        phrase = read(contents, "task" if facts and "task" in facts else place)
        for words in phrase.furniture:
            self._entries.add_furniture(words, around)
        spoken = bool(phrase.text or kind == "cell" or (facts and "list" in facts))
        if spoken:
            attributes = {**around.attributes(), **(facts or {})}
            self._entries.add(Said(around.path, kind, phrase.text, 0, attributes), around, phrase)
        self._entries.add_pictures(phrase, around)
        return spoken

    def _beside(self, node: Node, around: Around) -> None:
        """Furniture on lines of its own; numbers there are nobody's labels, and a text."""
        words = normalise(node.text())
        if any(character.isdigit() for character in words):
            self._leaf(around.kind, node.children, around)
        else:
            self._entries.add_furniture(words, around)

    def _contents(self, nav: Node, around: Around, *, own: bool) -> None:
        """A list of what is where: what it leads to must be called what it is called.

        ``own`` where it is the list of parts that every edition has of an article made of several.
        """
        for part, place in parts(nav.children):
            match part:
                case tuple():
                    self._entries.add_furniture(read(part, "head").text, around, _IN_CONTENTS)
                    for node in part:
                        if isinstance(node, Node):
                            self._lead(node, around, own=own)
                case Node() if not part.hidden:
                    self._contents(part, around.inside(part, place), own=own)

    def _lead(self, node: Node, around: Around, *, own: bool) -> None:
        """The entries in ``node``, a link or what holds links."""
        if "href" in node.attributes:
            self._entries.lists.add_link(node, around, own=own)
        else:
            for child in node.elements:
                self._lead(child, around.inside(node), own=own)
