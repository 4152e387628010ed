"""The order in which text is drawn: embedding levels (UAX #9) by FriBidi, the library Pango itself asks."""

from __future__ import annotations

import ctypes
import ctypes.util
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from exporter.errors import ToolError

_RIGHT_TO_LEFT = 0x111
_LEFT_TO_RIGHT = 0x110
_NAMES = ("libfribidi.so.0", "libfribidi.0.dylib", "fribidi-0.dll")

Item = TypeVar("Item")


def may_turn(text: str) -> bool:
    """Whether anything in ``text`` runs right to left, or could make it do so."""
    return not text.isascii() and any(unicodedata.bidirectional(c) in _STRONG_OR_CONTROL for c in text)


def levels(text: str, right_to_left: bool) -> Sequence[int]:
    """The embedding level of each character of ``text`` as one paragraph; odd ones run right to left."""
    if not right_to_left and not may_turn(text):
        return [0] * len(text)
    count = len(text)
    codes = (ctypes.c_uint32 * count)(*map(ord, text))
    types, brackets = (ctypes.c_uint32 * count)(), (ctypes.c_uint32 * count)()
    found = (ctypes.c_int8 * count)()
    base = ctypes.c_uint32(_RIGHT_TO_LEFT if right_to_left else _LEFT_TO_RIGHT)
    fribidi = _fribidi()
    fribidi.fribidi_get_bidi_types(codes, count, types)
    fribidi.fribidi_get_bracket_types(codes, count, types, brackets)
    fribidi.fribidi_get_par_embedding_levels_ex(types, brackets, count, ctypes.byref(base), found)
    return list(found)


_STRONG_OR_CONTROL = frozenset({"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "FSI"})


def visual(items: Sequence[Item], levels_of: Sequence[int]) -> list[Item]:
    """``items`` in the order they are drawn, by rule L2."""
    order = list(range(len(items)))
    odd = [level for level in levels_of if level % 2]
    for level in range(max(levels_of, default=0), min(odd, default=1) - 1, -1):
        at = 0
        while at < len(order):
            end = at
            while end < len(order) and levels_of[order[end]] >= level:
                end += 1
            order[at:end] = order[at:end][::-1]
            at = max(end, at + 1)
    return [items[index] for index in order]


@lru_cache(maxsize=1)
def _fribidi() -> ctypes.CDLL:
    for name in (*_NAMES, ctypes.util.find_library("fribidi")):
        try:
            library = ctypes.CDLL(name) if name else None
        except OSError:
            continue
        if library is not None:
            library.fribidi_get_par_embedding_levels_ex.restype = ctypes.c_int8
            return library
    raise ToolError("The library FriBidi is missing; WeasyPrint needs it too. Run: apt-get install libpango-1.0-0")
