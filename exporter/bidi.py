"""The order in which text is drawn: embedding levels (UAX #9) by FriBidi, the library Pango itself asks."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import TypeVar

from exporter.libraries import load

_RIGHT_TO_LEFT = 0x111
_LEFT_TO_RIGHT = 0x110
_RIGHT_TO_LEFT_BIT = 1
"""Set in FriBidi's types R, AL, RLE, RLO and RLI alone."""

Item = TypeVar("Item")


def may_turn(text: str) -> bool:
    """Whether anything in ``text`` runs right to left, or could make it do so."""
    return not text.isascii() and any(map(_turns, set(text)))


@lru_cache(maxsize=65536)
def _turns(character: str) -> bool:
    """The same for one; FriBidi knows fewer characters than Python does, and has the others run as their blocks do."""
    if unicodedata.bidirectional(character) in _STRONG_OR_CONTROL:
        return True
    kind = ctypes.c_uint32()
    _fribidi().fribidi_get_bidi_types((ctypes.c_uint32 * 1)(ord(character)), 1, ctypes.byref(kind))
    return bool(kind.value & _RIGHT_TO_LEFT_BIT)


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
    codes, levels_found = ctypes.POINTER(ctypes.c_uint32), ctypes.POINTER(ctypes.c_int8)
    signatures = {
        "fribidi_get_bidi_types": (None, (codes, ctypes.c_int, codes)),
        "fribidi_get_bracket_types": (None, (codes, ctypes.c_int, codes, codes)),
        "fribidi_get_par_embedding_levels_ex": (
            ctypes.c_int8,
            (codes, codes, ctypes.c_int, codes, levels_found),
        ),
    }
    return load("fribidi", 0, signatures)
