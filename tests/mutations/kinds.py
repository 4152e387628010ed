"""The ways a source is changed: each takes a text and a source of chance, and gives another text.

A kind changes one character or one word. It gives None where the text has nothing of the kind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import TypeAlias

_WORD = re.compile(r"\S+")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f"
_SPACES = " \u00a0\u202f\u2009"
_PUNCTUATION = ".,;:!?-\u2010\u2013\u2014\u2018\u2019\u201c\u201d\u00ab\u00bb\u060c\u061b\u061f\u3001\u3002\u0964\u05be"
_ALIKE = (
    "aа eе oо oο pр cс xх yу iі sѕ AА BВ CС EЕ HН KК MМ OО PР TТ XХ AΑ BΒ EΕ HΗ KΚ MΜ OΟ vν 0O 0o 1l 1I lI "
    "yγ 5S 8B -‐ -– -− –— '’ '′ ‘’ “” \"” ·• ×x …. ،, ؛; يی كک ىی هة ءٔ ٤۴ ٥۵ ٦۶ ון ור דר חה בכ םס "
    "日曰 未末 己已 土士 口囗 人入 力刀 かが はば ハバ ーｰ 一ー ロ口 二ニ 工エ ेै िी ुू बव ভভ বর "
    "ெே ணன กภ ดค ถภ ិី ุู Åå éè ñn ßβ µμ "
)
_NEIGHBOURS: dict[str, str] = {}
for _pair in _ALIKE.split():
    _one, _other = _pair
    _NEIGHBOURS[_one] = _NEIGHBOURS.get(_one, "") + _other
    _NEIGHBOURS[_other] = _NEIGHBOURS.get(_other, "") + _one


@dataclass(frozen=True, slots=True)
class Change:
    """``text[start:end]`` gives way to ``new``."""

    start: int
    end: int
    new: str

    def apply(self, text: str) -> str:
        """``text`` changed."""
        return text[: self.start] + self.new + text[self.end :]


Kind: TypeAlias = Callable[[str, Random], Change | None]


def _any(text: str, chance: Random) -> int | None:
    """The place of a character that is not white space."""
    return _among([at for at, character in enumerate(text) if not character.isspace()], chance)


def _among(places: list[int], chance: Random) -> int | None:
    return chance.choice(places) if places else None


def _where(text: str, chance: Random, matches: Callable[[str], bool]) -> int | None:
    return _among([at for at, character in enumerate(text) if matches(character)], chance)


# --- Characters -------------------------------------------------------------------------------


def deleted(text: str, chance: Random) -> Change | None:
    """A character is gone."""
    at = _any(text, chance)
    return None if at is None else Change(at, at + 1, "")


def inserted(text: str, chance: Random) -> Change | None:
    """Another character of the text stands here too."""
    at, other = _any(text, chance), _any(text, chance)
    return None if at is None or other is None else Change(at, at, text[other])


def replaced(text: str, chance: Random) -> Change | None:
    """A look-alike, or the next letter of its block, stands in its place."""
    at = _where(text, chance, lambda c: c in _NEIGHBOURS or unicodedata.category(c)[0] in "LMN")
    if at is None:
        return None
    alike = _NEIGHBOURS.get(text[at]) or _next_letter(text[at])
    return Change(at, at + 1, chance.choice(alike))


def _next_letter(character: str) -> str:
    """Assigned neighbours in the code chart, of the same kind."""
    near = [chr(ord(character) + step) for step in (-2, -1, 1, 2)]
    kind = unicodedata.category(character)
    return "".join(c for c in near if unicodedata.category(c) == kind) or character


def swapped(text: str, chance: Random) -> Change | None:
    """Two characters have changed places."""
    pairs = [at for at in range(len(text) - 1) if text[at] != text[at + 1] and not text[at : at + 2].isspace()]
    at = _among(pairs, chance)
    return None if at is None else Change(at, at + 2, text[at + 1] + text[at])


def doubled(text: str, chance: Random) -> Change | None:
    """A character stands twice."""
    at = _any(text, chance)
    return None if at is None else Change(at, at, text[at])


# --- Words ------------------------------------------------------------------------------------


def _word(text: str, chance: Random) -> re.Match[str] | None:
    words = list(_WORD.finditer(text))
    return chance.choice(words) if words else None


def word_dropped(text: str, chance: Random) -> Change | None:
    """A word is gone, with the space after it."""
    word = _word(text, chance)
    return word and Change(word.start(), min(len(text), word.end() + 1), "")


def word_doubled(text: str, chance: Random) -> Change | None:
    """A word stands twice."""
    word = _word(text, chance)
    return word and Change(word.end(), word.end(), " " + word[0])


def words_swapped(text: str, chance: Random) -> Change | None:
    """Two words have changed places."""
    words = list(_WORD.finditer(text))
    pairs = [(a, b) for a, b in pairwise(words) if a[0] != b[0]]
    if not pairs:
        return None
    first, second = chance.choice(pairs)
    between = text[first.end() : second.start()]
    return Change(first.start(), second.end(), second[0] + between + first[0])


def word_replaced(text: str, chance: Random) -> Change | None:
    """Another word of the text stands in its place."""
    one, other = _word(text, chance), _word(text, chance)
    return None if one is None or other is None else Change(one.start(), one.end(), other[0])


# --- What is easily overlooked ----------------------------------------------------------------


def accent(text: str, chance: Random) -> Change | None:
    """An accent, a vowel point or another mark is gone."""
    at = _where(text, chance, lambda c: "M" in {unicodedata.category(d)[0] for d in unicodedata.normalize("NFD", c)})
    if at is None:
        return None
    parts = unicodedata.normalize("NFD", text[at])
    gone = next(at for at, part in enumerate(parts) if unicodedata.category(part)[0] == "M")
    return Change(at, at + 1, unicodedata.normalize("NFC", parts[:gone] + parts[gone + 1 :]))


def invisible(text: str, chance: Random) -> Change | None:
    """A character without ink is there that was not, or gone that was."""
    found = _where(text, chance, lambda c: c in _INVISIBLE)
    at = _any(text, chance)
    if found is not None and chance.random() < 0.5:
        return Change(found, found + 1, "")
    return None if at is None else Change(at, at, chance.choice(_INVISIBLE))


def space(text: str, chance: Random) -> Change | None:
    """A space is there that was not, or gone that was."""
    found = _where(text, chance, lambda c: c in _SPACES)
    at = _any(text, chance)
    if found is not None and chance.random() < 0.5:
        return Change(found, found + 1, "")
    return None if at is None else Change(at, at, " ")


def digit(text: str, chance: Random) -> Change | None:
    """Another digit stands here, of the same script."""
    at = _where(text, chance, str.isdecimal)
    if at is None:
        return None
    value = unicodedata.decimal(text[at])
    return Change(at, at + 1, chr(ord(text[at]) + (value + chance.randint(1, 9)) % 10 - value))


def punctuation(text: str, chance: Random) -> Change | None:
    """Another sign stands here, or none."""
    at = _where(text, chance, lambda c: c in _PUNCTUATION)
    return None if at is None else Change(at, at + 1, chance.choice(["", *_PUNCTUATION.replace(text[at], "")]))


def case(text: str, chance: Random) -> Change | None:
    """A capital has become a small letter, or the other way round."""
    at = _where(text, chance, lambda c: c.swapcase() != c and len(c.swapcase()) == 1)
    return None if at is None else Change(at, at + 1, text[at].swapcase())


KINDS: Mapping[str, Kind] = {
    "character deleted": deleted,
    "character inserted": inserted,
    "character replaced": replaced,
    "characters swapped": swapped,
    "character doubled": doubled,
    "word dropped": word_dropped,
    "word doubled": word_doubled,
    "words swapped": words_swapped,
    "word replaced": word_replaced,
    "accent removed": accent,
    "invisible character": invisible,
    "space": space,
    "digit": digit,
    "punctuation": punctuation,
    "case": case,
}
