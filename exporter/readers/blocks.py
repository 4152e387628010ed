"""From a tree of elements to the model's blocks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypedDict

from markdown_it.common.normalize_url import normalizeLink

from exporter.article import (
    Block,
    BlockQuote,
    BulletList,
    Code,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Direction,
    Figure,
    HardBreak,
    Heading,
    Image,
    Inline,
    ListItem,
    Note,
    OrderedList,
    Paragraph,
    Position,
    Section,
    Table,
    Text,
    ThematicBreak,
)
from exporter.errors import SourceError
from exporter.readers import lists
from exporter.readers.headings import HEADINGS, Place
from exporter.readers.inlines import InlineReader
from exporter.readers.tables import TableReader
from exporter.readers.tree import CALL, CODE_BLOCK, NOTE, Element, Lines, Node, Words, blank, elements, words
from exporter.walk import inlines, plain

_CREDIT = re.compile(r"(?<!\S)(?:\S*[-_])?(?:credits?|copyright)(?!\S)", re.IGNORECASE)
_BREAKING = frozenset({"ul", "ol", "menu", "dir", "dl", "blockquote", "aside", "table", "hr"})
"""Blocks that a single run of text (a cell, a heading) cannot hold."""


_NOT_CODE = frozenset({"a", "img", "input", CALL})
"""Inlines a code block cannot hold without losing what they say."""


class BlockReader:
    """Reads the blocks of one file.

    ``places`` are the headings' in the outline, ``notes`` the definitions by label; ``address`` is what
    becomes of the address of a link, by default what CommonMark has.
    """

    def __init__(
        self,
        file: str,
        lines: Lines,
        places: dict[Element, Place],
        notes: dict[str, Element],
        address: Callable[[str], str] = normalizeLink,
    ) -> None:
        self._file = file
        self._places = places
        self._notes = notes
        self._read: dict[str, Note] = {}
        self._reading: list[str] = []
        self._inlines = InlineReader(file, lines, self._note, address)
        self._tables = TableReader(self._inlines, self.run, self.blocks)

    def blocks(self, nodes: Iterable[Node]) -> tuple[Block, ...]:
        """The blocks ``nodes`` are; text between blocks is a paragraph."""
        found: list[Block] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and node.block:
                found += [*self._paragraph(run), *self._block(node)]
                run = []
            else:
                run.append(node)
        return (*found, *self._paragraph(run))

    def run(self, nodes: Iterable[Node]) -> tuple[Inline, ...]:
        """One run of inlines; paragraphs in it turn into lines. Raises SourceError (S003) for other blocks."""
        lines: list[tuple[Inline, ...]] = []
        run: list[Node] = []
        for node in nodes:
            if isinstance(node, Element) and node.block:
                if node.name in _BREAKING:
                    raise self._inlines.refusal(node, f"'{node.name}' stands where one line of text can. Move it.")
                lines += [self._inlines.read(run), *self._lines(node)]
                run = []
            else:
                run.append(node)
        return _with_breaks([*lines, self._inlines.read(run)])

    def _lines(self, element: Element) -> Iterator[tuple[Inline, ...]]:
        if element.name in ("pre", CODE_BLOCK):
            code = self._code(element)
            yield from ((Code(line, position=code.position),) for line in code.text.split("\n"))
        else:
            yield self.run(element.children)

    def _block(self, element: Element) -> Iterator[Block]:
        position = self._place(element)
        where = self._where(element)
        match element.name:
            case "p":
                yield from self._paragraph(element.children, element)
            case "ul" | "menu" | "dir" | "ol":
                yield from self._list(element)
            case "blockquote" | "aside":
                if children := self.blocks(element.children):
                    yield BlockQuote(children, **where, position=position)
            case "hr":
                yield ThematicBreak(position=position)
            case "table":
                yield from self._tables.read(element)
            case "figure":
                yield from self._figure(element)
            case "dl":
                yield from self._definitions(element)
            case name if name in ("pre", CODE_BLOCK):
                yield self._code(element)
            case name if name in HEADINGS:
                yield from self._heading(element)
            case name if name not in (NOTE, "col", "colgroup"):
                yield from self._transparent(element)
            case _:
                return

    def _where(self, element: Element) -> _Where:
        language, direction = self._inlines.where(element)
        return {"language": language, "direction": direction}

    # Text

    def _paragraph(self, nodes: Sequence[Node], element: Element | None = None) -> Iterator[Block]:
        if all(map(blank, nodes)):
            return
        where: _Where = self._where(element) if element else {"language": None, "direction": None}
        solid = [node for node in nodes if not blank(node)]
        if all(isinstance(node, Element) and node.name == "img" for node in solid):
            yield from (self._picture(node, where) for node in elements(solid))
            return
        children = self._inlines.read(nodes)
        if _says(children):
            yield Paragraph(children, **where, position=self._around(element, solid))

    def _around(self, element: Element | None, nodes: Sequence[Node]) -> Position:
        first = min(node.first for node in ((element,) if element else nodes))
        last = max(node.last for node in ((element, *nodes) if element else nodes))
        return self._inlines.position(Words("", first, last))

    def _heading(self, element: Element) -> Iterator[Block]:
        place = self._places[element]
        children = self.run(element.children)
        if _says(children):
            position = self._place(element)
            yield Heading(children, place.depth, place.identifier, **self._where(element), position=position)

    def _code(self, element: Element) -> CodeBlock:
        text = _verbatim(element.children)
        if element.name == "pre":
            if found := [e for e in elements(element.children) if _is_no_code(e)]:
                raise self._inlines.refusal(found[0], f"Code cannot hold the element '{found[0].name}'. Move it out.")
            text = text.removeprefix("\n").removesuffix("\n")
        return CodeBlock(text, _syntax(element), **self._where(element), position=self._place(element))

    def _transparent(self, element: Element) -> Iterator[Block]:
        """An element that groups others: its content, in a section where it sets a language or direction.

        Behind a box to tick, it is a task.
        """
        checked, content = lists.task(element)
        children = self.blocks(content)
        where = self._where(element)
        if checked is not None:
            item = ListItem(children, checked, position=self._place(element))
            yield BulletList((item,), **where, position=self._place(element))
        elif children and any(where.values()):
            yield Section(children, **where, position=self._place(element))
        else:
            yield from children

    # Pictures

    def _picture(self, element: Element, where: _Where) -> Figure:
        """A picture alone in its paragraph: its title is its caption."""
        image = self._inlines.image(element)
        caption = (Text(image.title, position=image.position),) if image.title else ()
        return Figure(replace(image, title=None), caption, **where, position=image.position)

    def _figure(self, element: Element) -> Iterator[Block]:
        """One picture and its caption; a figure of anything else is its content."""
        captions = [n for n in element.children if isinstance(n, Element) and n.name == "figcaption"]
        rest = [node for node in element.children if node not in captions and not blank(node)]
        match self.blocks(rest), captions:
            case (Figure() as figure,), [caption]:
                image = replace(figure.image, title=plain(figure.caption) or None)
                words, credit = _credited(caption)
                facts = self._where(element)
                yield Figure(image, self.run(words), self.run(credit), **facts, position=self._place(element))
            case (Table(caption=()) as table,), [caption]:
                yield replace(table, caption=self.run(caption.children))
            case (Figure() as figure,), []:
                yield Figure(figure.image, figure.caption, **self._where(element), position=self._place(element))
            case _:
                yield from self._transparent(element)

    # Lists

    def _list(self, element: Element) -> Iterator[Block]:
        parts = lists.items(element)
        if not parts:
            return
        facts: _Facts = {**self._where(element), "position": self._place(element)}
        if element.name != "ol":
            yield BulletList(tuple(map(self._item, parts)), lists.tight(parts), **facts)
            return
        if "reversed" in element.attributes:
            raise self._inlines.refusal(element, "A list that counts down cannot be set. Write its numbers as text.")
        try:
            stretches = tuple(lists.stretches(element, parts))
        except ValueError as error:
            raise self._inlines.refusal(element, str(error)) from error
        for start, numbered in stretches:
            yield OrderedList(tuple(map(self._item, numbered)), start, lists.tight(parts), **facts)

    def _item(self, part: Element) -> ListItem:
        checked, children = lists.task(part)
        return ListItem(self.blocks(children), checked, position=self._place(part))

    def _definitions(self, element: Element) -> Iterator[Block]:
        groups = lists.definitions(element)
        if stray := [node for group in groups for node in group.stray]:
            raise self._inlines.refusal(element, f"'{words(stray)[:30].strip()}' is neither term nor definition here.")
        if groups:
            items = tuple(map(self._definition, groups))
            yield DefinitionList(items, **self._where(element), position=self._place(element))

    def _definition(self, group: lists.Group) -> DefinitionItem:
        terms = tuple(self.run(term.children) for term in group.terms)
        definitions = tuple(self.blocks(definition.children) for definition in group.definitions)
        return DefinitionItem(terms, definitions, position=self._around(None, group.terms or group.definitions))

    # Notes

    def _note(self, call: Element) -> Note:
        label = call.attributes["label"]
        if label in self._reading:
            message = f"Note '{label}' calls itself. Take the call out of the note."
            raise SourceError(message, file=self._file, line=call.first, code="S005")
        if label not in self._read:
            self._reading.append(label)
            self._read[label] = Note(self.blocks(self._notes[label].children), label)
            self._reading.pop()
        return self._read[label]

    @property
    def called(self) -> frozenset[str]:
        """Labels of the notes that what was read so far calls."""
        return frozenset(self._read)

    def _place(self, node: Node) -> Position:
        return self._inlines.position(node)


class _Where(TypedDict):
    language: str | None
    direction: Direction | None


class _Facts(_Where):
    position: Position


def _says(children: tuple[Inline, ...]) -> bool:
    """Whether anything shows: text, a picture (even a decorative one) or the call of a note."""
    return bool(plain(children)) or any(isinstance(inline, Image) for inline in inlines(children))


def _with_breaks(lines: Sequence[tuple[Inline, ...]]) -> tuple[Inline, ...]:
    joined: list[Inline] = []
    for line in filter(_says, lines):
        joined += [HardBreak(), *line] if joined else line
    return tuple(joined)


def _verbatim(nodes: Iterable[Node]) -> str:
    """What stands in preformatted text; ``br`` ends a line, a blank line that Markdown saw is put back."""
    parts: list[str] = []
    for node in nodes:
        match node:
            case Words():
                parts.append(node.text)
            case Element(name="br"):
                parts.append("\n")
            case Element(name="p"):
                parts += ["\n", _verbatim(node.children), "\n"]
            case Element():
                parts.append(_verbatim(node.children))
    return "".join(parts)


def _is_no_code(element: Element) -> bool:
    """Whether a code block would lose what ``element`` says; a link without words, as numbered lines have, is none."""
    if element.name == "a" and not words(element.children).strip():
        return False
    return element.name in _NOT_CODE or (element.block and element.name != "p")


def _syntax(element: Element) -> str | None:
    """The language of a code block: the info string's, or HTML's class ``language-…``."""
    inner = [e.attributes.get("class", "") for e in elements(element.children)]
    classes = " ".join((element.attributes.get("class", ""), *inner)).split()
    named = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
    return element.attributes.get("syntax") or (named[0] if named else None)


def _credited(caption: Element) -> tuple[Sequence[Node], Sequence[Node]]:
    """What a ``figcaption`` says, and at its end, in ``small`` or of a class like ``credit``, who made the picture."""
    solid = [node for node in caption.children if not blank(node)]
    match solid:
        case [*_, Element() as last] if last.name == "small" or _CREDIT.search(last.attributes.get("class", "")):
            return caption.children[: caption.children.index(last)], last.children
        case _:
            return caption.children, ()
