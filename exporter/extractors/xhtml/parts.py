"""Content cut into parts: blocks and the runs between them; and what the first of an item's parts tell."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from exporter.extractors.xhtml.node import Content, Node
from exporter.extractors.xhtml.phrasing import BOXES, is_block, is_box
from exporter.walk import normalise

Run = tuple[Content, ...]


def parts(contents: Iterable[Content]) -> Iterator[tuple[Node | Run, int]]:
    """Blocks, and between them runs of phrasing content."""
    return cut(contents, is_block)


def cut(contents: Iterable[Content], alone: Callable[[Node], bool]) -> Iterator[tuple[Node | Run, int]]:
    """The elements that stand ``alone``, and between them runs of the rest; with the place among the elements."""
    run: list[Content] = []
    place = 0
    for content in contents:
        place += isinstance(content, Node)
        if isinstance(content, Node) and alone(content):
            yield from [(tuple(run), place)] if run else []
            run = []
            yield content, place
        else:
            run.append(content)
    if run:
        yield tuple(run), place


def is_blank(content: Content) -> bool:
    """Whether ``content`` says nothing: white space, what is hidden, furniture, a box to tick."""
    match content:
        case str():
            return not normalise(content)
        case Node():
            return content.hidden or content.furniture or (content.name == "input")


def integer(text: str, otherwise: int) -> int:
    """The whole number ``text`` is, ``otherwise`` where it is none."""
    digits = text.strip().removeprefix("-")
    return int(text) if digits.isdecimal() and digits.isascii() else otherwise


def task(item: Node) -> Mapping[str, str]:
    """The box of a task: drawn at the beginning of the item, or a form's checkbox."""
    first = next((child for child in _descent(item) if child.furniture or child.name in ("input", "span")), None)
    match first:
        case Node(name="input") if first.get("type") == "checkbox":
            return {"task": "checked" if "checked" in first.attributes else "unchecked"}
        case Node() if is_box(first):
            return {"task": BOXES[first.text().strip()]}
        case _:
            return {}


def _descent(item: Node) -> Iterator[Node]:
    """The first elements: of the item, and of the paragraph it begins with."""
    for child in item.elements[:1]:
        yield child
        if child.name == "p":
            yield from child.elements[:1]
