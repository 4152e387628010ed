"""Where a line may end without a space and without a hyphen: between two letters of one word only in an emergency.

A page keeps neither the space at the end of a line nor its absence. Scripts that part words by spaces tell all the
same: their lines end between words, at a hyphen, or inside a word that has the whole line to itself and is too long
for it (UAX #14; CSS Text 3, ``overflow-wrap``).
"""

from __future__ import annotations

import ctypes
import re
import unicodedata
from collections.abc import Sequence, Set
from functools import lru_cache
from typing import Final

from exporter.characters import IGNORABLE, INKLESS, is_mark
from exporter.libraries import load
from exporter.provers.pdf.shaping import script_of
from exporter.walk import OBJECT

_SPACED: Final = frozenset(
    {"Latn", "Grek", "Cyrl", "Armn", "Geor", "Hebr", "Arab", "Syrc", "Thaa", "Ethi"}
    | {"Deva", "Beng", "Guru", "Gujr", "Orya", "Taml", "Telu", "Knda", "Mlym", "Sinh"}
)
_WIDE = re.compile(
    r"[ \t\n\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000"
    r"\u1100-\u11ff\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
)
"""Spaces that a line may end at (no-break ones are part of their word), and what it may end at anywhere."""
_EDGES = re.compile(rf"\A[\s{IGNORABLE}]+|\s+\Z")
"""What no line ends behind, since nothing would be seen on it, and the spaces at its own end."""
_LONGEST: Final = 200
"""So many characters are looked at on either side."""
_JOINTS = re.compile(r"\w[@/\\_#%&=?~+]+\w|[a-z0-9]\.[a-z0-9]")
"""What joins the parts of an address."""
_CLINGING: Final = frozenset(".,'\"\u2018\u2019\u201c\u201d\u060c")
"""What a letter right after it stays with (classes IS and QU of UAX #14)."""
_HOLDING: Final = "\u034f\u035c\u035d\u035e\u035f\u0360\u0361\u0362"
"""Marks that no line ends behind (class GL of UAX #14)."""
_SOFT_HYPHEN: Final = "\u00ad"
_OPPORTUNITY: Final = "\u200b"
"""Where a line may end though nothing is seen."""
_NO_OPPORTUNITY: Final = "\u2060"
"""Instead of an object: a line may end beside it (UAX #14, CB), but not beside the number of a note."""


def may_end(text: str, line: int, at: int, right_to_left: bool = False, ornaments: Set[int] = frozenset()) -> bool:
    """Whether the line of ``text`` that begins at ``line`` may end at ``at``, where neither space nor hyphen is.

    It may beside a picture, ``ornaments`` being the places of decorative ones. One that runs ``right_to_left`` ends at
    no soft hyphen.
    """
    alike = _seen_alike(text, line, at)
    if not ornaments.isdisjoint(alike):
        return True
    before, opportunity = _letter_before(text, line, at)
    after = next((c for c in text[at : at + 4] if not _is_inkless(c)), " ")
    clings = _holds_together(before) or (before in _CLINGING and not after.isdigit())
    if opportunity or _is_address(text, line, at) or not (clings and _holds_together(after)):
        return True
    text = text.replace(OBJECT, _NO_OPPORTUNITY)
    whole = _EDGES.sub("", text[line:at])
    whole = whole.replace(_SOFT_HYPHEN, "") if right_to_left else whole
    if not (_WIDE.search(whole) and could_end(whole)):
        return True
    return any(_ends(text, start, alike) for start in (line, max(line, alike.start - 1)))


def could_end(line: str) -> bool:
    """Whether Pango would let ``line`` end anywhere before its last character.

    Asked for a text as a whole it names places between a mark that holds together and a word of Thai, where it ends no
    line when it sets them, the one in a run of its own (UAX #14, LB12).
    """
    places = zip(line, _attributes(line)[1:-1], strict=False)
    return any(attributes & _LINE_BREAK and before not in _HOLDING for before, attributes in places)


def _attributes(line: str) -> Sequence[int]:
    """What Pango says of each place in ``line``, its two ends included (``PangoLogAttr``)."""
    encoded, places = line.encode(), len(line) + 1
    found = (ctypes.c_uint32 * places)()
    library = _pango()
    language = library.pango_language_from_string(b"en")
    library.pango_get_log_attrs(encoded, len(encoded), -1, language, found, places)
    return tuple(found)


_LINE_BREAK: Final = 1
"""The first bit of ``PangoLogAttr``: a line may end before this character."""


@lru_cache(maxsize=1)
def _pango() -> ctypes.CDLL:
    attributes = ctypes.POINTER(ctypes.c_uint32)
    arguments = (ctypes.c_char_p, ctypes.c_int, ctypes.c_int, ctypes.c_void_p, attributes, ctypes.c_int)
    signatures = {
        "pango_language_from_string": (ctypes.c_void_p, (ctypes.c_char_p,)),
        "pango_get_log_attrs": (None, arguments),
    }
    return load("pango-1.0", 0, signatures)


def _is_address(text: str, line: int, at: int) -> bool:
    """Whether ``at`` is inside an address or a name of a program, which a line may end in anywhere."""
    before = text[max(line, at - _LONGEST) : at].rsplit(maxsplit=1)
    after = text[at : at + _LONGEST].split(maxsplit=1)
    return bool(_JOINTS.search((before[-1] if before else "") + (after[0] if after else "")))


def _letter_before(text: str, line: int, at: int) -> tuple[str, bool]:
    """The last character with ink before ``at``, and whether a line may end between it and ``at``."""
    opportunity = text[at : at + 1] == _OPPORTUNITY
    while at > line and _is_inkless(text[at - 1]):
        at -= 1
        opportunity = opportunity or text[at] == _OPPORTUNITY
    while at > line + 1 and unicodedata.category(text[at - 1])[0] == "M":
        at -= 1
        if _WIDE.fullmatch(text[at - 1]):
            return " ", opportunity
    return (text[at - 1] if at > line else " "), opportunity


def _ends(text: str, start: int, places: range) -> bool:
    """Whether Pango would let a line end at one of ``places``, in a passage of ``text`` that begins at ``start``.

    The line may be of several; each is set for itself, and a sign that lets no line end behind a letter of Hebrew does
    so behind another passage (UAX #14, LB21a).
    """
    attributes = _attributes(text[start : places.stop + _LONGEST])
    return any(attributes[place - start] & _LINE_BREAK for place in places)


def _seen_alike(text: str, line: int, at: int) -> range:
    """``at``, and the places beside it that nothing on the page tells from it: what leaves no ink parts them."""
    start = end = at
    while start > line and _is_inkless(text[start - 1]):
        start -= 1
    while end < len(text) and _is_inkless(text[end]):
        end += 1
    return range(start, end + 1)


def _is_inkless(character: str) -> bool:
    return unicodedata.category(character) == "Cf" or (is_mark(character) and bool(INKLESS.match(character)))


@lru_cache(maxsize=4096)
def _holds_together(character: str) -> bool:
    """Whether ``character`` is part of a word in a script that has spaces between words."""
    kind = unicodedata.category(character)
    return kind in ("Nd", "Mn") or (kind[0] in "LM" and script_of(character) in _SPACED)
