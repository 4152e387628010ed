"""Characters no edition can carry honestly, by the Unicode Standard; ``docs/source-format.md`` lists them.

What is assigned is judged by the Unicode tables of Python and of fontTools, whichever are newer.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

REPLACEMENT: Final = "\ufffd"
"""Stands, on request, for each of them (the Unicode Standard, 23.8: "used to replace an unknown character")."""

IGNORABLE: Final = (
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
)
"""Default_Ignorable_Code_Point of Unicode 16 but for unassigned ones, as a set in a pattern: they leave no ink."""

INKLESS: Final = re.compile(f"[{IGNORABLE}]")
"""One of them."""

SELECTORS: Final = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
"""Variation selectors, as a set in a pattern."""

INKLESS_MARKS: Final = "\u034f\u17b4\u17b5\u180b-\u180d\u180f"
"""The other marks (M) that leave no ink, as a set in a pattern."""

INKLESS_SIGNS: Final = re.compile(f"[{SELECTORS}]+|[{INKLESS_MARKS}]+|\u00ad+|\u200c+")
"""Signs without ink that are drawn in some places all the same, each kind by itself."""

IDLE: Final = f"\u200c{SELECTORS}{INKLESS_MARKS}"
"""What does something only to the letter before it, and nothing where a line begins, as a set in a pattern."""

TAB_SIZE: Final = 4
"""In characters, from one tab stop of code to the next, where an edition has spaces for tabs (CSS, ``tab-size``)."""

_MARKS_OF_DIRECTION: Final = "\u061c\u200f"


def has_right_to_left(text: str) -> bool:
    """Whether letters or numbers of ``text`` run right to left (UAX #9: R, AL, AN); marks nobody sees do not count."""
    return not text.isascii() and any(map(_runs_right_to_left, set(text)))


@lru_cache(maxsize=65536)
def _runs_right_to_left(character: str) -> bool:
    return character not in _MARKS_OF_DIRECTION and unicodedata.bidirectional(character) in ("R", "AL", "AN")


def is_mark(character: str) -> bool:
    """Whether ``character`` is a mark (General_Category M), which stands on the one before it."""
    return unicodedata.category(character)[0] == "M"


def is_selector(character: str) -> bool:
    """Whether ``character`` selects a variant of the one before it."""
    return "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"


@dataclass(frozen=True, slots=True)
class Unfit:
    """A character that cannot stand, at the offset ``at`` of its text, and what to do about it."""

    at: int
    character: str
    advice: str

    @property
    def sentence(self) -> str:
        """What is wrong, and what to do."""
        return f"{name(self.character)} cannot stand. {self.advice}"


def unfit(text: str) -> Iterator[Unfit]:
    """The characters of ``text`` that cannot stand, in order; directions left open are ``left_open``'s.

    They are controls other than tab and LF, what Unicode has not assigned, noncharacters, what has a
    meaning by private agreement only, lone surrogates, marks of a broken conversion, separators of
    lines and paragraphs, interlinear annotations, deprecated format characters, and tags outside an
    emoji. Whatever else Unicode holds is kept: spaces, joiners, soft hyphens, bidi marks, selectors,
    decomposed letters.
    """
    if _is_plain(text):
        return
    advices = {character: advice for character in set(text) if (advice := _objection(character))}
    if not advices:
        return
    tagged = {at for found in _TAGGED.finditer(text) if _bears_tags(text, found.start()) for at in range(*found.span())}
    for at, character in enumerate(text):
        if character in advices and at not in tagged:
            yield Unfit(at, character, advices[character])


def _is_plain(text: str) -> bool:
    """Whether ``text`` is nothing but ink, spaces and line ends, as most texts are; what is lost leaves ink, too."""
    shown = text.replace("\n", " ")
    return shown.isprintable() and "\ufffc" not in shown and "\ufffd" not in shown


def name(character: str) -> str:
    """``U+0041 LATIN CAPITAL LETTER A``; for nameless ones the label of the Unicode Standard, section 4.8."""
    label = _label(character)
    shown = f"<{label}-{ord(character):04X}>" if label else unicodedata.name(character, "newer than Python's names")
    return f"U+{ord(character):04X} {shown}"


def _label(character: str) -> str | None:
    point = ord(character)
    match unicodedata.category(character):
        case "Cn" if point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF:
            return "noncharacter"
        case "Cn":
            return "reserved" if _is_unassigned(character) else None
        case category:
            return {"Cc": "control", "Cs": "surrogate", "Co": "private-use"}.get(category)


def _is_unassigned(character: str) -> bool:
    """Whether Unicode has no such character; fontTools knows newer ones than Python does."""
    from fontTools.unicodedata import script

    return bool(script(character) == "Zzzz")


def replace(text: str, found: Iterable[Unfit]) -> str:
    """``text`` with ``REPLACEMENT``, one for one, in the place of what was ``found`` in it."""
    written = list(text)
    for each in found:
        written[each.at] = REPLACEMENT
    return "".join(written)


def place(text: str, at: int) -> tuple[int, int]:
    """The line and the column, both from 1, of the offset ``at``; columns count characters."""
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)


_TOLD: Final = {
    "\x00": "The file may be UTF-16 without a byte order mark: save it as UTF-8.",
    "\x0b": "End the line or the paragraph instead.",
    "\x0c": "Delete it: editions make their own pages.",
    "\x85": "It is a line end of other systems: put an ordinary one. In a file from Windows, an ellipsis.",
    "\u2028": "End the line instead.",
    "\u2029": "End the paragraph instead, with a line end or a blank line.",
    "\ufffc": "It stands for an object that was lost in copying: delete it.",
    "\ufffd": "It stands for characters an earlier conversion lost: put them back.",
    **dict.fromkeys("\ufff9\ufffa\ufffb", "Programs agree on its meaning in private: write a ruby, or delete it."),
    **dict.fromkeys("\u206a\u206b\u206c\u206d\u206e\u206f\U000e0001", "Unicode has deprecated it: delete it."),
}


@lru_cache(maxsize=8192)
def _objection(character: str) -> str | None:
    """What to do about ``character`` where it cannot stand, else None."""
    if character in _TOLD:
        return _TOLD[character]
    match unicodedata.category(character):
        case "Cc" if "\x80" <= character <= "\x9f":
            return "Windows-1252 was read as something else: convert the file to UTF-8 again, or delete it."
        case "Cc" if character not in "\t\n":
            return "Control characters say nothing: delete it."
        case "Cs":
            return "Half a character was lost: put the whole one."
        case "Co":
            return "Its meaning is private to one font: put the character Unicode has for it, or a picture."
        case "Cn" if _is_unassigned(character):
            return "Unicode has no such character: delete it."
        case "Cf" if "\U000e0020" <= character <= "\U000e007f":
            return "Tags belong to the flags of emoji; elsewhere they hide words: delete it."
        case _:
            return None


# --- Tags -------------------------------------------------------------------------------------

_TAGGED: Final = re.compile("[\U000e0020-\U000e007e]+\U000e007f")
"""The tags of an emoji (UTS #51, ED-14a), to the one that ends them."""


def _bears_tags(text: str, at: int) -> bool:
    """Whether what stands before the tags at ``at`` is an emoji, with its modifier or selector."""
    return at > 0 and (text[at - 1] == "\ufe0f" or unicodedata.category(text[at - 1]) in ("So", "Sk"))


# --- Directions -------------------------------------------------------------------------------

_EMBEDDINGS: Final = "\u202a\u202b\u202d\u202e"
_ISOLATES: Final = "\u2066\u2067\u2068"
_DIRECTIONAL: Final = re.compile(f"[\n{_EMBEDDINGS}\u202c{_ISOLATES}\u2069]")
_CLOSE: Final = "It is left open and turns round what follows. Close it where its text ends, or delete it."


def left_open(text: str) -> Iterator[Unfit]:
    """The embeddings, overrides and isolates that no line of ``text`` closes (UAX #9, X1 to X8), in order.

    A line is a paragraph of the algorithm here: an article's line ends that are mere white space are
    spaces in ``text``. What is left open reaches into what an edition sets behind it ("Trojan Source").
    """
    if text.isprintable():  # marks of direction are not
        return
    open_at: list[int] = []
    isolates: list[int] = []
    for found in _DIRECTIONAL.finditer(f"{text}\n"):
        match found[0]:
            case "\n":
                yield from (Unfit(at, text[at], _CLOSE) for at in open_at)
                open_at, isolates = [], []
            case "\u202c" if open_at and text[open_at[-1]] in _EMBEDDINGS:
                open_at.pop()
            case "\u2069" if isolates:  # closes the embeddings opened inside, too
                del open_at[isolates.pop() :]
            case mark if mark in _EMBEDDINGS + _ISOLATES:
                isolates += [len(open_at)] if mark in _ISOLATES else []
                open_at.append(found.start())
            case _:  # a closing mark without its opening has no effect
                pass
