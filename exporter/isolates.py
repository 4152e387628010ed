"""Which passages of a text have a direction of their own, where its author ended lines and put decorative pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import accumulate
from typing import NamedTuple

from exporter.article import (
    Emphasis,
    HardBreak,
    Image,
    Inline,
    Link,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
)
from exporter.walk import inlines, normalise, plain, shown


class Isolate(NamedTuple):
    """Characters ``start`` to ``end`` of a text that have a direction of their own."""

    start: int
    end: int
    right_to_left: bool


def isolates(children: tuple[Inline, ...]) -> tuple[Isolate, ...]:
    """The spans in ``children`` that have a direction, outer ones first; places are those in ``walk.plain`` of them."""
    if not any(isinstance(each, Span) and each.direction for each in inlines(children)):
        return ()
    raw, length = "".join(map(shown, inlines(children))), len(plain(children))
    places = {at: min(max(_place(raw, at), 0), length) for each in _spans(children, 0) for at in each[:2]}
    return tuple(Isolate(places[start], places[end], turned) for start, end, turned in _spans(children, 0))


def line_ends(children: tuple[Inline, ...]) -> tuple[int, ...]:
    """The places of the spaces in ``walk.plain`` of ``children`` that stand for hard line breaks."""
    return tuple(place - 1 for place in _places_behind(children, lambda each: isinstance(each, HardBreak)))


def ornaments(children: tuple[Inline, ...]) -> tuple[int, ...]:
    """The places in ``walk.plain`` of ``children`` where pictures stand that it does not tell of."""
    length = len(plain(children))
    found = _places_behind(children, lambda each: isinstance(each, Image) and not each.alt)
    return tuple(min(max(place, 0), length) for place in found)


def _places_behind(children: tuple[Inline, ...], is_one: Callable[[Inline], bool]) -> Iterator[int]:
    found = tuple(inlines(children))
    if any(map(is_one, found)):
        ends = accumulate(len(shown(each)) for each in found)
        raw = "".join(map(shown, found))
        yield from (_place(raw, end) for each, end in zip(found, ends, strict=True) if is_one(each))


def _spans(children: Iterable[Inline], at: int) -> Iterator[Isolate]:
    """The same before white space is collapsed, in a text that begins at ``at``."""
    for child in children:
        end = at + sum(len(shown(each)) for each in inlines((child,)))
        match child:
            case Span(children=inside, direction=direction):
                yield from (Isolate(at, end, direction == "rtl"),) if direction else ()
                yield from _spans(inside, at)
            case Emphasis() | Strong() | Strikethrough() | Superscript() | Subscript() | Link():
                yield from _spans(child.children, at)
            case _:
                pass
        at = end


def _place(raw: str, at: int) -> int:
    """Where what stands at ``at`` in ``raw`` stands when white space is collapsed, of which the first counts."""
    begins_with_space = len(normalise(f"|{raw}|")) - len(normalise(f"{raw}|")) - 1
    return len(normalise(f"|{raw[:at]}|")) - 2 - begins_with_space
