"""Blocks read back from lines: indentation and blank lines tell what each is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from exporter.comparison import CONTENTS
from exporter.errors import ExtractionError
from exporter.extractors.text.lines import Cursor, join, undo_indent
from exporter.extractors.text.marks import DEFINITION, Definitions
from exporter.extractors.text.tables import ROW, RULE, FoundCell, drawn, listed
from exporter.text import FURNITURE

_HEADING = re.compile(r"(#{1,6})(?: (.*))?")
_DETAIL = re.compile("([^\u00a0]*?)([:：]?)\u00a0(.*)", re.DOTALL)
_FENCE = re.compile("`{3,}")
_ITEM = re.compile(
    r"(?P<marker>-|\[(?P<box>[x ])\]|(?P<number>-?[0-9]+)\.|(?P<ticked>-?[0-9]+)\) \[(?P<tick>[x ])\])"
    r"(?: (?P<text>.*))?"
)
_LABELLED = re.compile("(?:\\[(?P<label>[^]\u00a0]+)\\]|\\((?P<credit>[^)\u00a0]+)\\))(?: (?P<text>.*))?")
_PLAIN = frozenset({"title", "subtitle", "byline", "dateline", "image", "code", "break", "furniture", CONTENTS})

SEPARATOR = re.compile(r"  ={3,}")
"""What stands between the articles of a publication, and behind its contents."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """An entry before its marks are read."""

    kind: str
    text: str
    facts: dict[str, str]

    @property
    def marked(self) -> bool:
        """Whether its text can have marks."""
        return self.kind not in _PLAIN


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a block."""

    kind: str = "paragraph"
    depth: int = 0
    quote: int = 0
    note: str = ""

    def leaf(self, kind: str, text: str, facts: dict[str, str] | None = None) -> Leaf:
        """An entry at this place."""
        counts = {"depth": str(self.depth or ""), "quote": str(self.quote or ""), "note": self.note}
        return Leaf(kind, text, {**{name: value for name, value in counts.items() if value}, **(facts or {})})


@dataclass(frozen=True, slots=True)
class BlockParser:
    """Reads blocks; what it finds of definitions of pictures goes to ``definitions``."""

    definitions: Definitions = field(default_factory=Definitions)

    def contained(self, lines: list[str], around: Around) -> Iterator[Leaf]:
        """The entries of all blocks in ``lines``."""
        cursor = Cursor(lines)
        yield from self.blocks(cursor, around)
        if not cursor.done:
            raise ExtractionError(f"No block begins like '{cursor.line}'.")

    def blocks(self, cursor: Cursor, around: Around) -> Iterator[Leaf]:
        """The entries of the blocks at ``cursor``, up to the end or to a heading of level 1."""
        blank = cursor.skip_blank()
        while not cursor.done and not (blank == 2 and re.match("#(?: |$)", cursor.line)):
            yield from self._heading(cursor, around) if blank == 2 else self._block(cursor, around)
            blank = cursor.skip_blank()

    def _heading(self, cursor: Cursor, around: Around) -> Iterator[Leaf]:
        match = _HEADING.fullmatch(cursor.line)
        if not match:
            raise ExtractionError(f"No heading begins like '{cursor.line}'.")
        level = len(match[1])
        cursor.take()
        text = join([match[2] or "", *cursor.indented(level + 1)])
        yield around.leaf("heading", text, {"level": str(level)})

    def _block(self, cursor: Cursor, around: Around) -> Iterator[Leaf]:
        match len(cursor.line) - len(cursor.line.lstrip(" ")):
            case 0:
                yield around.leaf(around.kind, self.paragraph(cursor))
            case 1:
                yield around.leaf("term", join([cursor.take()[1:], *cursor.indented(3)]))
            case 2:
                yield from self._marked(cursor, around)
            case 3:
                yield around.leaf("subtitle", join(cursor.indented(3)))
            case 5:
                yield from _detail(join([cursor.take()[5:], *cursor.indented(7)]), around)
            case width:
                raise ExtractionError(f"No block is indented by {width} spaces: '{cursor.line.strip(' ')}'.")

    def paragraph(self, cursor: Cursor) -> str:
        """The text of the paragraph at ``cursor``: its lines follow one another at the margin."""
        return join([cursor.take(), *cursor.indented(0)])

    def _marked(self, cursor: Cursor, around: Around) -> Iterator[Leaf]:
        """A block behind a marker at the second column."""
        line = cursor.line[2:]
        if SEPARATOR.fullmatch(cursor.line):
            yield from self._behind_separator(cursor, around)
        elif _FENCE.fullmatch(line):
            yield around.leaf("code", _code(cursor))
        elif line == "* * *":
            cursor.take()
            yield around.leaf("break", "")
        elif RULE.fullmatch(line):
            yield from _cells(drawn(cursor), around)
        elif ROW.fullmatch(line):
            yield from _cells(listed(cursor), around)
        elif line == ">" or line.startswith("> "):
            yield from self.contained(cursor.prefixed("  > "), replace(around, quote=around.quote + 1))
        elif item := _ITEM.fullmatch(line):
            yield from self._item(cursor, item, around)
        elif line == ":" or line.startswith(": "):
            yield from self.contained(_behind(cursor, line[2:], 4), replace(around, kind="definition"))
        else:
            yield from self._labelled(cursor, line, around)

    def _behind_separator(self, cursor: Cursor, around: Around) -> Iterator[Leaf]:
        """The heading that alone can follow."""
        cursor.take()
        if cursor.skip_blank() != 2 or cursor.done:
            raise ExtractionError("A separator stands where no heading follows. Render it again.")
        yield from self._heading(cursor, around)

    def _item(self, cursor: Cursor, item: re.Match[str], around: Around) -> Iterator[Leaf]:
        """An item's first paragraph, empty where it begins with something else; then the rest."""
        around = replace(around, depth=around.depth + 1)
        facts = {"list": item["number"] or item["ticked"] or "bullet"}
        if box := item["box"] or item["tick"]:
            facts["task"] = "checked" if box == "x" else "unchecked"
        narrow = 4 if item["marker"] == "-" else len(item["marker"]) + 3
        inside = Cursor(_behind(cursor, item["text"] or "", narrow))
        text = self.paragraph(inside) if inside.line else ""
        yield around.leaf(around.kind, text, facts)
        yield from self.contained(inside.rest(), around)

    def _labelled(self, cursor: Cursor, line: str, around: Around) -> Iterator[Leaf]:
        """A caption, a credit or what a picture shows."""
        cursor.take()
        more = cursor.indented(4)
        if line.startswith("~ "):
            yield around.leaf("caption", join([line[2:], *more]))
        elif (defined := DEFINITION.fullmatch(line)) and defined["label"]:
            self.definitions.define_image(defined["mark"], join([defined["text"] or "", *more]))
            yield Leaf(FURNITURE, defined["label"], {"place": "mark"})
        elif labelled := _LABELLED.fullmatch(line):
            kind = "credit" if labelled["credit"] else "image"
            yield Leaf(FURNITURE, labelled["label"] or labelled["credit"], {})
            yield around.leaf(kind, join([labelled["text"] or "", *more]))
        else:
            raise ExtractionError(f"No block is marked like '{line}'.")


def _detail(text: str, around: Around) -> Iterator[Leaf]:
    """A label, and an author or a date: a colon parts a date from its label, a no-break space both."""
    match = _DETAIL.fullmatch(text)
    if not match:
        raise ExtractionError(f"'{text}' under a title is neither author nor date.")
    yield Leaf(FURNITURE, match[1], {})
    yield around.leaf("dateline" if match[2] else "byline", match[3].strip(" "))


def _code(cursor: Cursor) -> str:
    fence = cursor.take()
    lines: list[str] = []
    while (line := cursor.take()) != fence:
        code = undo_indent(line, 2)
        if code is None:
            raise ExtractionError(f"A line of code lacks its indentation: '{line}'.")
        lines.append(code)
    return "\n".join(lines)


def _behind(cursor: Cursor, first: str, width: int) -> list[str]:
    """The lines of the container whose marker is at ``cursor``; ``first`` is what stands beside it."""
    cursor.take()
    return [first, *cursor.container(width)]


def _cells(cells: Iterable[FoundCell], around: Around) -> Iterator[Leaf]:
    return (around.leaf("cell", cell.text, cell.facts) for cell in cells)
