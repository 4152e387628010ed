"""From elements to the model's inlines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import unquote

from exporter.article import (
    Code,
    Direction,
    Emphasis,
    HardBreak,
    Image,
    Inline,
    Link,
    Note,
    Position,
    Ruby,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.errors import SourceError
from exporter.readers.metadata import language_tag
from exporter.readers.tree import CALL, Element, Lines, Node, Words, blank, elements, words

_SILENT: Final = frozenset({"wbr", "link", "meta", "base", "basefont", "source", "track", "param", "rp"})
"""Elements that say nothing: hints to browsers."""
_UNSAFE: Final = re.compile(r"\s*(?:javascript|vbscript|data):", re.IGNORECASE)
_WHITESPACE: Final = " \t\n\r\f\v"


class InlineReader:
    """Reads the inlines of one file; ``note`` gives the note of a call, ``address`` that of a link as written."""

    def __init__(self, file: str, lines: Lines, note: Callable[[Element], Note], address: Callable[[str], str]) -> None:
        self._file = file
        self._address = address
        self._lines = lines
        self._note = note

    def read(self, nodes: Iterable[Node]) -> tuple[Inline, ...]:
        """The inlines ``nodes`` are, neighbouring texts joined, white space at both ends removed."""
        return _trimmed(self._joined(nodes))

    def image(self, element: Element) -> Image:
        """The picture of an ``img``."""
        facts = element.attributes
        return Image(
            facts.get("src", ""), facts.get("alt", ""), facts.get("title") or None, position=self.position(element)
        )

    def position(self, node: Node) -> Position:
        """Where ``node`` stands."""
        return self._lines.span(node.first, node.last)

    def where(self, element: Element) -> tuple[str | None, Direction | None]:
        """Language and direction an element sets; raises SourceError (S009) for a malformed tag."""
        written = element.attributes.get("lang") or element.attributes.get("xml:lang")
        try:
            return (language_tag(written) if written else None), _direction(element.attributes.get("dir", ""))
        except ValueError as error:
            raise SourceError(f"lang: {error}", file=self._file, line=element.first, code="S009") from error

    def refusal(self, element: Element, message: str) -> SourceError:
        """S003: the model cannot hold ``element`` where it stands."""
        return SourceError(message, file=self._file, line=element.first, code="S003")

    # One node

    def _joined(self, nodes: Iterable[Node]) -> tuple[Inline, ...]:
        joined: list[Inline] = []
        run: list[Text] = []
        for inline in (inline for node in nodes for inline in self._inline(node)):
            if isinstance(inline, Text):
                run.append(inline)
            else:
                joined += [*_one_text(run), inline]
                run = []
        return (*joined, *_one_text(run))

    def _inline(self, node: Node) -> Iterator[Inline]:
        match node:
            case Words():
                if node.text:
                    yield Text(node.text, position=self.position(node))
            case Element():
                language, direction = self.where(node)
                inside = tuple(self._element(node))
                if language or direction:
                    yield Span(inside, language, direction, position=self.position(node))
                else:
                    yield from inside

    def _element(self, element: Element) -> Iterator[Inline]:
        position = self.position(element)
        match element.name:
            case "br":
                yield HardBreak(position=position)
            case "img":
                yield self.image(element)
            case "a" if element.attributes.get("href"):
                yield self._link(element)
            case "code" | "kbd" | "samp" | "tt":
                yield from _as_code(self._joined(element.children))
            case "ruby":
                yield from self._ruby(element)
            case "input":
                raise self.refusal(element, "No edition can hold the element 'input'. Write '- [ ] text' for a task.")
            case name if name == CALL:
                yield replace(self._note(element), position=position)
            case name if name not in _SILENT:
                yield from self._styled(element, position)
            case _:
                return

    def _styled(self, element: Element, position: Position) -> Iterator[Inline]:
        children = self._joined(element.children)
        match element.name:
            case "em" | "i" | "cite" | "dfn" | "var":
                yield Emphasis(children, position=position)
            case "strong" | "b":
                yield Strong(children, position=position)
            case "del" | "s" | "strike":
                yield Strikethrough(children, position=position)
            case "sup":
                yield Superscript(children, position=position)
            case "sub":
                yield Subscript(children, position=position)
            case _:  # what HTML shows as its content, unknown elements among it
                yield from children

    def _link(self, element: Element) -> Link:
        target = element.attributes["href"]
        if _UNSAFE.match(target):
            raise self.refusal(element, f"A link cannot lead to '{target[:40]}'. Give the address of a page.")
        target = unquote(target) if target.startswith("#") else self._address(target)
        title = element.attributes.get("title") or None
        return Link(self._joined(element.children), target, title, position=self.position(element))

    def _ruby(self, element: Element) -> Iterator[Inline]:
        """Pairs of a base and its reading; raises SourceError for what a reading cannot hold."""
        if any(inner.name in ("a", "img", CALL) for inner in elements(element.children)):
            raise self.refusal(element, "A 'ruby' can hold text only. Take links, pictures and notes out of it.")
        base: list[Node] = []
        for node in element.children:
            match node:
                case Element(name="rt"):
                    yield Ruby(_plain(base), _plain([node]), position=self.position(node))
                    base = []
                case Element(name="rp"):
                    pass
                case _:
                    base.append(node)
        yield from self._joined(node for node in base if not blank(node))


def _one_text(run: Sequence[Text]) -> Iterator[Text]:
    if run:
        yield Text("".join(text.text for text in run), position=run[0].position)


def _plain(nodes: Sequence[Node]) -> str:
    return words(nodes).strip(_WHITESPACE)


def _direction(written: str) -> Direction | None:
    match written.lower():
        case "rtl":
            return "rtl"
        case "ltr":
            return "ltr"
        case _:
            return None


def _as_code(children: Iterable[Inline]) -> Iterator[Inline]:
    """``children`` as code spans: their texts turn into code, other looks but links and calls give way."""
    for child in children:
        match child:
            case Text():
                yield Code(child.text, position=child.position)
            case Link():
                yield replace(child, children=tuple(_as_code(child.children)))
            case Span():
                yield replace(child, children=tuple(_as_code(child.children)))
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript():
                yield replace(child, children=tuple(_as_code(child.children)))
            case _:
                yield child


def _trimmed(children: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """``children`` without white space and empty texts at either end."""
    match children:
        case (Text() as first, *rest) if not first.text.strip(_WHITESPACE):
            return _trimmed(tuple(rest))
        case (*rest, Text() as last) if not last.text.strip(_WHITESPACE):
            return _trimmed(tuple(rest))
    return tuple(_stripped(child, child is children[0], child is children[-1]) for child in children)


def _stripped(child: Inline, start: bool, end: bool) -> Inline:
    match child:
        case Text():
            text = child.text.lstrip(_WHITESPACE) if start else child.text
            return replace(child, text=text.rstrip(_WHITESPACE) if end else text)
        case _:
            return child
