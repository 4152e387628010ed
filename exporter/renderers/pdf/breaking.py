"""Where a line ends: between words while there is a place between words, inside a word only where there is none.

A seam of WeasyPrint's (70.0): it takes every text in a box of its own (a link, a passage) at the head of a
paragraph for the first of its line, so that words are torn in the middle of lines; and where a long word stands right
behind other letters, it tears none and runs off the page. It leaves no room for the hyphen that a soft one becomes.
Where it asks whether a line may end between two boxes, it takes marks that open or close a direction for zero-width
spaces, and a mark, a joiner or a soft hyphen that ends a box for a letter, but puts no hyphen there; where it looks for
a place inside a passage, it looks into its texts, and not between them. In code, it looks for soft hyphens in the lines
that follow. And Pango puts a hyphen instead of a hyphenation point that ends a text (UAX #14, BA), and HarfBuzz a
dotted circle under a mark without ink or a non-joiner that begins a line: there the page says what the article does.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from typing import Any, TypeAlias

from weasyprint.formatting_structure import boxes
from weasyprint.layout import inline as weasyprint_inline
from weasyprint.text import line_break

from exporter.characters import IDLE, is_mark
from exporter.renderers.pdf.inkless import BASE

# WeasyPrint's own objects: it ships no types.
Context: TypeAlias = Any
Box: TypeAlias = Any
Outcome: TypeAlias = Any
Layout: TypeAlias = Any

_PRECISION = 0.01
"""CSS pixels by which a line may be too long."""
_HYPHEN = 0.6
"""In em, as wide as a hyphen may be."""
_DIRECTIONS = str.maketrans(dict.fromkeys("\u202a\u202b\u202c\u202d\u202e", "\u2069"))
"""Marks of direction by one that WeasyPrint leaves alone; all are of one class (UAX #14, CM)."""
_SOFT_HYPHEN = "\u00ad"
_HYPHENATION_POINT = "\u2027"
_IDLE = re.compile(f"[{IDLE}]+")
_LETTER = "a"
"""Instead of a mark's base that leaves no ink, before which a line may end as before a letter; and of a line's text."""
_APART = "\u200b\u2060\ufeff"
"""What leaves no ink and says for itself whether a line may end there."""
_PASSED = "exporter_passed"
"""An attribute of a text: what is idle before it on its line."""
_split_box, _split_level = weasyprint_inline.split_inline_box, weasyprint_inline.split_inline_level
_set_text = line_break.Layout.set_text
_split_first_line = weasyprint_inline.split_first_line
_find_places, _can_break_inside = line_break.get_log_attrs, weasyprint_inline.can_break_inside


@contextmanager
def between_words() -> Iterator[None]:
    """Let lines end between words wherever they can: stands in for WeasyPrint's own breaking."""
    lines = _Lines()
    weasyprint_inline.split_inline_box, weasyprint_inline.split_inline_level = lines.split_box, lines.split_level
    line_break.get_log_attrs, weasyprint_inline.can_break_inside = _places, lines.may_end_inside
    weasyprint_inline.split_first_line, line_break.Layout.set_text = _first_line, _set_line
    try:
        yield
    finally:
        weasyprint_inline.split_first_line, line_break.Layout.set_text = _split_first_line, _set_text
        weasyprint_inline.can_break_inside = _can_break_inside
        weasyprint_inline.split_inline_box, weasyprint_inline.split_inline_level = _split_box, _split_level
        line_break.get_log_attrs = _find_places


def _places(text: str, language: str | None) -> Any:
    """Stands in for ``get_log_attrs``: where a line of ``text`` may end."""
    return _find_places(text.translate(_DIRECTIONS), language)


def _set_line(layout: Layout, text: str, justify: bool = False) -> None:
    """Stands in for ``Layout.set_text``: a hyphenation point ends no text."""
    _set_text(layout, text + BASE if text.endswith(_HYPHENATION_POINT) else text, justify)
    layout.text = text


def _first_line(text: str, style: Any, context: Context, width: float | None, *how: Any, **named: Any) -> Any:
    """Stands in for ``split_first_line``: a line ends at a soft hyphen of its own, and only where that has room.

    It takes those behind the end of the line for places to end it at, and of several without room the first.
    """
    end = text.find("\n") + 1
    line = text[:end] + _LETTER if 0 < end < len(text) else text
    found = _split_first_line(line, style, context, width, *how, **named)
    _, _, rest, drawn, *_ = found
    shown = line.encode()[:rest].decode()
    if width is None or drawn <= width or not shown.endswith(_SOFT_HYPHEN):
        return found
    for room in (width, width - _HYPHEN * style["font_size"]):
        shorter = _first_line(shown[:-1], style, context, room, *how, **named)
        _, _, rest, drawn, *_ = shorter
        if rest is not None and drawn <= room:
            return shorter
    return found


def text_of(box: Box) -> str:
    """What a laid-out text says: with what is idle where its line begins, and is not set."""
    return f"{getattr(box, _PASSED, '')}{box.text}"


def _idle(text: str, skip_stack: dict[int, None] | None) -> str:
    """What is idle where a line goes on in ``text``, at a place in bytes; nothing where it begins."""
    skip = next(iter(skip_stack or ()), None)
    if not skip:
        return ""
    left = text.encode()[skip:].decode()
    idle = _IDLE.match(left)
    return left[: idle.end()] if idle else ""


class _Lines:
    """The lines being set, one inside another: whether words of the innermost may be torn."""

    def __init__(self) -> None:
        self._torn: list[bool] = []
        self._letter = self._passed = ""

    def split_box(self, context: Context, box: Box, position_x: float, max_x: float, *more: Any) -> Outcome:
        """As ``split_inline_box``; a line that turns out too long is set shorter, at last with its words torn.

        It may be too long by the hyphen alone that a soft one became, for which no room was left.
        """
        if not isinstance(box, boxes.LineBox):
            return _split_box(context, box, position_x, max_x, *more)
        lists = [(each, list(each)) for each in more if isinstance(each, list)]
        for end in (max_x, max_x - _HYPHEN * box.style["font_size"]):
            outcome = self._set(False, context, box, position_x, end, *more)
            if not _is_too_long(context, outcome[0], max_x):
                return outcome
            for each, before in lists:
                each[:] = before
        return self._set(True, context, box, position_x, max_x, *more)

    def _set(self, torn: bool, *arguments: Any) -> Outcome:
        self._torn.append(torn)
        self._letter = self._passed = ""
        try:
            return _split_box(*arguments)
        finally:
            self._torn.pop()

    def split_level(self, context: Context, box: Box, *more: Any) -> Outcome:
        """As ``split_inline_level``, which tears words of a text that has nothing ``before`` it on its line.

        A line that goes on in a text begins behind what is idle there.
        """
        if not isinstance(box, boxes.TextBox):
            return _split_level(context, box, *more)
        start, end, space, skip_stack, *others, before, first_letter, first_line = more
        if idle := _idle(box.text, skip_stack):
            skip_stack = {next(iter(skip_stack)) + len(idle.encode()): None}
        before = ([] if self._torn[-1] else [box]) if self._torn else before
        outcome = _split_level(context, box, start, end, space, skip_stack, *others, before, first_letter, first_line)
        self._passed += idle
        if self._passed and outcome[0]:
            setattr(outcome[0], _PASSED, self._passed)
            self._passed = ""
        return self._with_letters(outcome)

    def may_end_inside(self, box: Box) -> bool:
        """Stands in for ``can_break_inside``: whether a line may end inside ``box``, or between two of those in it."""
        if _can_break_inside(box):
            return True
        if box.style["white_space"] not in ("normal", "pre-wrap", "pre-line"):
            return False
        if isinstance(box, boxes.TextBox):
            return bool(self._torn and self._torn[-1] and len(box.text) > 1)
        return isinstance(box, boxes.InlineBox) and _may_end_between(box)

    def _with_letters(self, outcome: Outcome) -> Outcome:
        """``outcome`` of a text, with the letters between which a line may end or not: not what clings to them."""
        new_box, resume_at, preserved, first, last, floats = outcome
        if new_box is None:
            return outcome
        first = _LETTER if _stands_on_base(new_box.text) else first
        last = self._last_letter(new_box.text, last) if isinstance(last, str) else last
        return new_box, resume_at, preserved, first, last, floats

    def _last_letter(self, text: str, last: str) -> str:
        """The letter before what clings to it at the end of ``text``, in this one or one before; else ``last``."""
        letters = reversed(text.removeprefix(BASE))
        self._letter = next((each for each in letters if not _clings(each)), self._letter)
        return self._letter if _clings(last) and self._letter not in ("", " ") else last


def _may_end_between(box: Box) -> bool:
    """Whether a line may end between two of the texts in ``box``."""
    texts = [each for each in box.descendants() if isinstance(each, boxes.TextBox) and each.text]
    return any(
        line_break.can_break_text(one.text[-1] + other.text[0], box.style["lang"]) for one, other in pairwise(texts)
    )


def _stands_on_base(text: str) -> bool:
    """Whether ``text`` are marks without ink set apart on a base of their own."""
    return text.startswith(BASE) and is_mark(text[1:2] or BASE)


def _clings(character: str) -> bool:
    """Whether a line may end behind ``character`` if behind its letter: a mark, or what leaves no ink (UAX #14, CM)."""
    return is_mark(character) or (unicodedata.category(character) == "Cf" and character not in _APART)


def _is_too_long(context: Context, line: Box, max_x: float) -> bool:
    beyond = line.position_x + line.width - max_x
    return beyond > _PRECISION and bool(beyond - weasyprint_inline.trailing_whitespace_size(context, line) > _PRECISION)
