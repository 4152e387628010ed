"""Changes of a text as a person sees them: characters that cannot be seen called by their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from exporter.verifier import Change

_UNSEEN: Final = frozenset({"Cc", "Cf", "Zl", "Zp"})
_CONTEXT: Final = 40
"""How many characters are shown on either side of a change."""

_SIGNS: Final = {"removed": ("[-", "-]"), "added": ("{+", "+}"), "same": ("", "")}
"""Those of wdiff."""


def in_line(changes: Sequence[Change]) -> str:
    """``changes`` in one line, as wdiff marks them: ``the [-quick-]{+slow+} fox``; what stays the same is cut short."""
    return "".join(_marked(change, at, len(changes)) for at, change in enumerate(changes))


def _marked(change: Change, at: int, count: int) -> str:
    opening, closing = _SIGNS[change.operation]
    if change.operation == "same":
        return _shortened(change.text, first=at == 0, last=at == count - 1)
    return f"{opening}{''.join(named(change.text))}{closing}"


def _shortened(text: str, *, first: bool, last: bool) -> str:
    """``text`` less its middle, or less the end that no change touches."""
    head, tail = (0 if first else _CONTEXT), (0 if last else _CONTEXT)
    if len(text) <= head + tail + 10:
        return text
    before, after = text[:head], text[len(text) - tail :]
    return f"{before.rpartition(' ')[0] or before}\u2026{after.partition(' ')[2] or after}"


def named(text: str) -> Iterator[str]:
    """``text`` in parts; what cannot be seen in it is a part of its own, as ``<NO-BREAK SPACE>``."""
    for unseen, signs in parts(text):
        yield "".join(f"<{sign_name(sign)}>" for sign in signs) if unseen else signs


def parts(text: str) -> Iterator[tuple[bool, str]]:
    """``text`` in parts; whether each consists of characters that cannot be seen, or hardly told apart."""
    for unseen, signs in groupby(text, _is_unseen):
        yield unseen, "".join(signs)


def sign_name(sign: str) -> str:
    """The name of a character (Unicode Character Database), else its code point."""
    return unicodedata.name(sign, f"U+{ord(sign):04X}")


def _is_unseen(sign: str) -> bool:
    return sign != "\n" and (unicodedata.category(sign) in _UNSEEN or (sign.isspace() and sign != " "))


def counted(number: int, thing: str) -> str:
    """``number`` and the thing, in the plural where it is due: "1 change", "2 changes"."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"
