"""A tree of elements that Markdown and raw HTML are both read into, by HTML's rules of nesting.

Markdown's constructs and an author's tags open and close elements of one tree, so that a tag may
span any number of Markdown's. As in HTML, an end tag nothing opened is ignored, what is left open
ends with what is around it, and some elements end where others begin ("HTML Living Standard",
13.2.6). Markdown's own elements end where Markdown says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from exporter.article import Position
from exporter.errors import SourceError

NOTE: Final = "#note"
"""Name of the definition of a note (attribute ``label``)."""
CALL: Final = "#call"
"""Name of a call of a note (attribute ``label``)."""
CODE_BLOCK: Final = "#code"
"""Name of a Markdown code block (attribute ``syntax``)."""

_BLOCK_NAMES: Final = (
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl dt fieldset"
    " figcaption figure footer h1 h2 h3 h4 h5 h6 head header hgroup hr html legend li main menu nav ol p pre"
    " search section summary table tbody td tfoot th thead tr ul"
)
BLOCKS: Final = frozenset({*_BLOCK_NAMES.split(), NOTE, CODE_BLOCK})
"""Elements that begin a line of their own."""

_VOID_NAMES: Final = "area base br col embed hr img input link meta param source track wbr"
VOID: Final = frozenset(_VOID_NAMES.split())
"""Elements that hold nothing and have no end tag."""

_ROWS = frozenset({"tr", "td", "th"})
_PARTS = frozenset({"thead", "tbody", "tfoot"})
_ENDS: Final[Mapping[str, frozenset[str]]] = {
    "li": frozenset({"li"}),
    "dt": frozenset({"dt", "dd"}),
    "dd": frozenset({"dt", "dd"}),
    "td": frozenset({"td", "th"}),
    "th": frozenset({"td", "th"}),
    "tr": _ROWS,
    "rt": frozenset({"rt", "rp", "rb"}),
    "rp": frozenset({"rt", "rp", "rb"}),
    "rb": frozenset({"rt", "rp", "rb"}),
    **dict.fromkeys(_PARTS, _ROWS | _PARTS | {"caption"}),
}
"""What the start of an element ends."""

_WALLS: Final = frozenset({"ul", "ol", "menu", "dir", "dl", "table", "ruby", "blockquote", "aside", "div", "section"})
"""What an element that begins does not reach beyond to end another."""

DEEPEST: Final = 100
"""How deep elements may nest."""


@dataclass(eq=False, slots=True)
class Element:
    """An element: lines ``first`` to ``last`` of the file, from 1.

    ``markdown`` tells Markdown's from HTML's, ``hidden`` the paragraph of a tight list item;
    ``ended`` is False where nothing in the source ended it.
    """

    name: str
    attributes: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | Words] = field(default_factory=list)
    first: int = 0
    last: int = 0
    markdown: bool = False
    hidden: bool = False
    ended: bool = True

    @property
    def block(self) -> bool:
        """Whether it begins a line of its own."""
        return self.name in BLOCKS


@dataclass(eq=False, slots=True)
class Words:
    """Characters between tags, on lines ``first`` to ``last`` of the file."""

    text: str
    first: int = 0
    last: int = 0


Node: TypeAlias = Element | Words


def elements(nodes: Iterable[Node]) -> Iterator[Element]:
    """All elements below ``nodes`` in document order, parents first."""
    for node in nodes:
        if isinstance(node, Element):
            yield node
            yield from elements(node.children)


def words(nodes: Iterable[Node]) -> str:
    """The characters below ``nodes``."""
    return "".join(node.text if isinstance(node, Words) else words(node.children) for node in nodes)


def blank(node: Node) -> bool:
    """Whether ``node`` is white space between elements."""
    return isinstance(node, Words) and not node.text.strip(" \t\n\f\r")


class Lines:
    """Where the lines of a text begin; the text's line ends are ``\\n``."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        for number, line in enumerate(text.split("\n")):
            self._starts.append(self._starts[number] + len(line) + 1)

    def span(self, first: int, last: int) -> Position:
        """The position of lines ``first`` to ``last``, from 1, without the last one's line end."""
        highest = len(self._starts) - 2
        return Position(first, self._starts[min(first - 1, highest)], self._starts[min(last, highest + 1)] - 1)


class TreeBuilder:
    """Builds a tree from the starts and ends of elements and the text between them.

    Raises SourceError (S003) where they nest deeper than anybody means them to.
    """

    def __init__(self, file: str) -> None:
        self.root = Element("body", markdown=True)
        self._open = [self.root]
        self._file = file

    @property
    def innermost(self) -> Element:
        """The element that what comes next is put into."""
        return self._open[-1]

    # What Markdown says

    def open(self, name: str, first: int, last: int, attributes: Mapping[str, str] | None = None) -> Element:
        """An element of Markdown's begins; it ends with ``close``."""
        element = Element(name, attributes or {}, [], first, last, markdown=True)
        self._append(element)
        self._enter(element)
        return element

    def close(self, element: Element) -> None:
        """An element of Markdown's ends, and all that is open inside it."""
        if element in self._open:
            self._leave(self._open.index(element))

    def leaf(self, name: str, first: int, last: int, attributes: Mapping[str, str], text: str = "") -> None:
        """An element of Markdown's that holds text at most."""
        self._append(Element(name, attributes, [Words(text, first, last)] if text else [], first, last, markdown=True))

    def text(self, text: str, first: int, last: int) -> None:
        """Characters that stand on lines ``first`` to ``last``."""
        self._append(Words(text, first, last))
        self._reach(last if text.strip() else 0)

    # What tags say

    def start_tag(self, name: str, attributes: Mapping[str, str], first: int, last: int) -> None:
        """A start tag, with what it ends by HTML's rules."""
        self._end_before(name)
        element = Element(name, attributes, [], first, last)
        self._append(element)
        self._reach(last)
        if name not in VOID:
            element.ended = False
            self._enter(element)

    def end_tag(self, name: str, last: int) -> None:
        """An end tag; it is ignored where there is nothing for it to end."""
        for depth in range(len(self._open) - 1, 0, -1):
            element = self._open[depth]
            if element.name == name and not element.markdown:
                self._reach(last)
                element.ended = True
                self._leave(depth)
                return
            if element.markdown and not (element.name == "p" and name in BLOCKS):
                return

    def _end_before(self, name: str) -> None:
        if name in BLOCKS:
            self._end_nearest(frozenset({"p"}), frozenset({"table", "td", "th", "caption"}))
        if name in _ENDS:
            self._end_nearest(_ENDS[name], _WALLS)

    def _end_nearest(self, names: frozenset[str], walls: frozenset[str]) -> None:
        """End the outermost element of ``names`` within ``walls``; of Markdown's, paragraphs only."""
        found = 0
        for depth in range(len(self._open) - 1, 0, -1):
            element = self._open[depth]
            if element.name in walls or (element.markdown and element.name != "p"):
                break
            if element.name in names:
                found = depth
        if found:
            self._open[found].ended = True
            self._leave(found)

    def _append(self, node: Node) -> None:
        self._open[-1].children.append(node)

    def _enter(self, element: Element) -> None:
        if len(self._open) >= DEEPEST:
            message = f"This is nested deeper than {DEEPEST} levels. Make it flatter."
            raise SourceError(message, file=self._file, line=element.first, code="S003")
        self._open.append(element)

    def _leave(self, depth: int) -> None:
        del self._open[depth:]

    def _reach(self, last: int) -> None:
        for element in self._open:
            if not element.markdown:
                element.last = max(element.last, last)


def sink(element: Element) -> None:
    """Move inline elements that hold blocks into these, so that blocks hold inlines only, never the reverse.

    One that nothing ended is dropped then: it would reach to the end of the article.
    """
    sunk: list[Node] = []
    for child in element.children:
        if isinstance(child, Element):
            sink(child)
            sunk += _sunk(child)
        else:
            sunk.append(child)
    element.children = sunk


def _sunk(child: Element) -> list[Node]:
    if child.block or not any(isinstance(node, Element) and node.block for node in child.children):
        return [child]
    return _wrapped(child, child.children) if child.ended else child.children


def _wrapped(wrapper: Element, nodes: list[Node]) -> list[Node]:
    result: list[Node] = []
    run: list[Node] = []
    for node in nodes:
        if isinstance(node, Element) and node.block:
            result += _around(wrapper, run)
            run = []
            if node.name not in ("pre", CODE_BLOCK):
                node.children = _wrapped(wrapper, node.children)
            result.append(node)
        else:
            run.append(node)
    return result + _around(wrapper, run)


def _around(wrapper: Element, run: list[Node]) -> list[Node]:
    if all(map(blank, run)):
        return run
    return [Element(wrapper.name, wrapper.attributes, run, wrapper.first, wrapper.last, wrapper.markdown)]
