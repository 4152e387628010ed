"""What somebody may have meant: the known name nearest to one that is not known."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from typing import Final

_LIKE: Final = 0.6
"""How much of two names is the same at least, from 0 to 1 (difflib's ratio)."""


def nearest(name: str, known: Iterable[str]) -> str:
    """The one of ``known`` most like ``name``, upper and lower case alike; "" where none is."""
    folded = {each.casefold(): each for each in known}
    found = get_close_matches(name.casefold(), folded, n=1, cutoff=_LIKE)
    return folded[found[0]] if found else ""


def meant(name: str, known: Iterable[str]) -> str:
    """ " Did you mean '…'?" where a known name is near, else "": to stand behind a sentence."""
    found = nearest(name, known)
    return f" Did you mean '{found}'?" if found else ""
