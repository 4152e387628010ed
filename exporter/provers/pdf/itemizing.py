"""Where Pango cuts a line before it is shaped: at changes of embedding level and of script (UAX #24).

Scripts are GLib's, the library Pango itself asks. What is common to many takes the script of what stands
before it, a closing bracket that of its opening one (``pango_script_iter_next``).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from exporter.bidi import levels
from exporter.libraries import load

_COMMON: Final = 0
_SHARED: Final = frozenset({0, 1})
"""GLib's numbers for Common and Inherited."""
_SPACES: Final = " \u00a0"
_PAIRS: Final = (
    "()<>[]{}\u00ab\u00bb\u0f3a\u0f3b\u0f3c\u0f3d\u169b\u169c\u2018\u2019\u201c\u201d\u2039\u203a\u2045\u2046"
    "\u207d\u207e\u208d\u208e\u27e6\u27e7\u27e8\u27e9\u27ea\u27eb\u2983\u2984\u2985\u2986\u2987\u2988\u2989\u298a"
    "\u298b\u298c\u298d\u298e\u298f\u2990\u2991\u2992\u2993\u2994\u2995\u2996\u2997\u2998\u29fc\u29fd\u3008\u3009"
    "\u300a\u300b\u300c\u300d\u300e\u300f\u3010\u3011\u3014\u3015\u3016\u3017\u3018\u3019\u301a\u301b"
)
_OPENING: Final = {closing: opening for opening, closing in zip(_PAIRS[::2], _PAIRS[1::2], strict=True)}
_OPENINGS: Final = frozenset(_OPENING.values())


class Run(NamedTuple):
    """Characters ``start`` to ``end`` of a line, of one embedding level and one script, an ISO 15924 code."""

    start: int
    end: int
    level: int
    script: str


@lru_cache(maxsize=256)
def runs(text: str, right_to_left: bool, at_spaces: bool) -> tuple[Run, ...]:
    """The runs of ``text`` as it is written; ``at_spaces`` cuts at each space, too, as justified lines are."""
    scripts, embedding = tuple(_scripts(text)), levels(text, right_to_left)
    found, start = [], 0
    for at in range(1, len(text) + 1):
        if at == len(text) or _is_cut(text, scripts, embedding, at, at_spaces):
            found.append(Run(start, at, embedding[start], scripts[start]))
            start = at
    return tuple(found)


def _is_cut(text: str, scripts: Sequence[str], embedding: Sequence[int], at: int, at_spaces: bool) -> bool:
    if scripts[at] != scripts[at - 1] or embedding[at] != embedding[at - 1]:
        return True
    return at_spaces and (text[at] in _SPACES or text[at - 1] in _SPACES)


def _scripts(text: str) -> Iterator[str]:
    """The script of each character of ``text``, those of common ones resolved."""
    start, brackets = 0, _Brackets()
    while start < len(text):
        script, end = _COMMON, start
        brackets.begin()
        while end < len(text):
            own = brackets.script(text[end], script)
            if script not in _SHARED and own not in _SHARED and own != script:
                break
            if script in _SHARED and own not in _SHARED:
                script = own
                brackets.settle(script)
            brackets.close(text[end])
            end += 1
        yield from [_name(script)] * (end - start)
        start = end


class _Brackets:
    """The open brackets, each with the script of the run it stands in, and how many were open before this run."""

    def __init__(self) -> None:
        self._open: list[tuple[str, int]] = []
        self._before = 0

    def begin(self) -> None:
        """A new run begins."""
        self._before = len(self._open)

    def script(self, character: str, current: int) -> int:
        """The script of ``character``: that of the opening bracket for a closing one."""
        own = _script(character)
        if own != _COMMON:
            return own
        if character in _OPENINGS:
            self._open.append((character, current))
        elif character in _OPENING:
            while self._open and self._open[-1][0] != _OPENING[character]:
                self._open.pop()
            self._before = min(self._before, len(self._open))
            return self._open[-1][1] if self._open else own
        return own

    def settle(self, script: int) -> None:
        """The script of this run is known now: that of the brackets opened in it, too."""
        self._open[self._before :] = [(opening, script) for opening, _ in self._open[self._before :]]
        self._before = len(self._open)

    def close(self, character: str) -> None:
        """``character`` is of this run: a closing bracket has met its opening one."""
        if character in _OPENING and self._open:
            self._open.pop()
            self._before = min(self._before, len(self._open))


@lru_cache(maxsize=65536)
def _script(character: str) -> int:
    return int(_glib().g_unichar_get_script(ord(character)))


@lru_cache(maxsize=None)
def _name(script: int) -> str:
    code: int = _glib().g_unicode_script_to_iso15924(script)
    return code.to_bytes(4, "big").decode()


@lru_cache(maxsize=1)
def _glib() -> ctypes.CDLL:
    signatures = {
        "g_unichar_get_script": (ctypes.c_int, (ctypes.c_uint32,)),
        "g_unicode_script_to_iso15924": (ctypes.c_uint32, (ctypes.c_int,)),
    }
    return load("glib-2.0", 0, signatures)
