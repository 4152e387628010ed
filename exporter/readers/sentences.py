"""How a line of text is built, in any script: how it ends, how long it is, whether it has capitals."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final, Literal, TypeAlias

Ending: TypeAlias = Literal["stop", "question", "exclamation", "colon", "open", "none"]

_ENDINGS: Final[dict[str, Ending]] = {
    **dict.fromkeys(".。．｡।॥։።۔៕។။།༎༔᙮‥…᠃᠉᳓꓿꘎꯫", "stop"),
    **dict.fromkeys("?？؟፧⁇⁈՞꘏⸮;", "question"),
    **dict.fromkeys("!！‼⁉՜‽", "exclamation"),
    **dict.fromkeys(":：᛬፦", "colon"),
    **dict.fromkeys(",;，、；،؛፣፤—–-", "open"),
}
"""What a line's last character says, by the scripts' own terminal marks (Unicode property STerm and kin).

U+037E, the Greek question mark, is written as a semicolon too: a Greek line ending in ";" asks."""

_CLOSERS: Final = "\"'”’»›“‘)]}）」』】》〉］\u200e\u200f \t\u00a0\u202f"
QUOTES: Final = "\"'“”„‟‘’‚«»‹›「」『』《》〈〉"
_DOUBLE_QUOTES: Final = '"“”„‟«»'
_ABBREVIATION: Final = re.compile(r"(?:^|[\s(])(?:[^\W\d_]\.){2,}$")
_INNER_STOP: Final = re.compile(r"(?<=\w\w)[.!?…]['\"”’»)]*\s+(?=\W*[^\W\d_])|[。！？।؟۔።။།។](?=\s*\S)")
_ATTRIBUTED: Final = re.compile(r"[,.!?…]\s?[\"'“”’»]\s")
_GREEK: Final = re.compile("[\u0370-\u03ff\u1f00-\u1fff]")
_WIDE: Final = 2.2


def ending(text: str) -> Ending:
    """How ``text`` ends, closing quotation marks and brackets aside; an abbreviation like "U.S." ends in nothing."""
    bare = text.rstrip(_CLOSERS)
    if _ABBREVIATION.search(bare):
        return "none"
    if bare.endswith(";") and _GREEK.search(bare):
        return "question"
    return _ENDINGS.get(bare[-1:], "none")


def is_closed(text: str) -> bool:
    """Whether ``text`` ends as a sentence does."""
    return ending(text) in ("stop", "question", "exclamation")


def is_quoted_sentence(text: str) -> bool:
    """Whether ``text`` opens or closes a quotation and a sentence within it has ended: speech, that is."""
    bare = text.strip()
    opens = bare[:1] in QUOTES or bare[:1] in "—–"
    closes = bare[-1:] in QUOTES
    if opens and (_ATTRIBUTED.search(bare) or ending(bare) not in ("none", "colon")):
        return True
    return closes and bare[-2:-1] in (*".,!…。！।",)


def width(text: str) -> float:
    """The length of ``text`` in letters of the Latin script: wide characters say more, marks nothing."""
    return float(len(text)) if text.isascii() else _summed(text)


@lru_cache(maxsize=512)
def _summed(text: str) -> float:
    return sum(map(_WIDTHS.__getitem__, text))


class _Widths(dict[str, float]):
    """The width of each character that has been asked for."""

    def __missing__(self, character: str) -> float:
        self[character] = _width(character)
        return self[character]


_WIDTHS: Final = _Widths()


def _width(character: str) -> float:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in "WF" else 1.0


def sentence_ends_inside(text: str) -> bool:
    """Whether another sentence follows one that has ended."""
    return _INNER_STOP.search(text.rstrip(_CLOSERS)) is not None


def begins_small(text: str) -> bool:
    """Whether the first letter is a small one, in scripts that have two kinds; after a number and in "iPad" it may."""
    bare = re.sub(r"^[\W_]+", "", text)
    return bare[:1].islower() and not bare[1:2].isupper()


def capitals(text: str) -> float:
    """The share of longer words (four characters and more) that begin with a capital; 0 in scripts without."""
    words = [word for word in re.split(r"[\s\W]*\s[\s\W]*", text.strip()) if len(word) > 3]
    return sum(word.lstrip(QUOTES)[:1].isupper() for word in words) / len(words) if words else 0.0


def is_unbalanced(text: str) -> bool:
    """Whether a quotation begins before ``text`` or goes on after it."""
    corners = text.count("「") + text.count("『") != text.count("」") + text.count("』")
    return corners or sum(map(text.count, _DOUBLE_QUOTES)) % 2 == 1


def opens_quotation(text: str) -> bool:
    """Whether ``text`` begins with a quotation mark."""
    return text.strip()[:1] in QUOTES
