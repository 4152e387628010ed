"""When two texts say the same: the normal forms of ``docs/verification.md``, as code.

exact   codepoint for codepoint, ASCII white space collapsed (code blocks: not even that, where the
        format carries the attribute ``whitespace``)
lines   for formats that keep only drawn lines: the end of a line may stand for a space, for nothing,
        or for a hyphen hyphenation put there; code points without ink are not seen; Latin ligature
        characters are their letters, since one glyph draws both; compared in NFC
text    for lines of pages nobody tagged: as "lines", but no white space is seen at all, and any hyphen at
        the end of a line may be one that hyphenation put there
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from exporter.characters import INKLESS
from exporter.edition import Form
from exporter.walk import normalise

__all__ = ["ALTERED", "CONTENTS", "COVER", "OPEN", "Form", "agree", "drawn", "signature", "spelt", "turned"]

ALTERED: Final = "alteration"
"""Kind of what an extractor finds that can make an edition show other than it holds: text hidden, generated or
turned round. Its ``text`` says so in words; the verifier reports it (C001)."""

OPEN: Final = "open"
"""Kind of what an extractor finds that is not settled in an edition: comments, changes that are tracked. The text is
read as if every change were accepted; the verifier reports what there is (C002)."""

CONTENTS: Final = "contents"
"""Kind of an entry in an edition's own list of what is in it: its ``text`` is the title, its attributes ``links`` the
heading it leads to, ``level`` that heading's, ``list`` its number. A format that has such lists says so with this name
among what it ``carries``; the verifier then holds each list to the article's (``walk.contents``)."""

COVER: Final = "cover"
"""Kind of a cover an extractor finds: its ``text`` is its alternative text, its attribute ``file`` the SHA-256 of its
picture in ``Extraction.covers``, missing where there is none. The verifier holds it to the cover that was planned."""

_HYPHENS = "\u2010\u00ad-"
_BLANK = " \t\n\r\f\v\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"


def _runs_of(blanks: str) -> re.Pattern[str]:
    """Runs of ``blanks``, of which a plain space is the first, but for such a space alone: most are, and may stay."""
    return re.compile(f" [{blanks}]+|[{blanks[1:]}][{blanks}]*")


_BLANKS = _runs_of(_BLANK)
_BLANKS_OF_A_LINE = _runs_of(_BLANK.replace("\n", ""))
_LINE_ENDS = re.compile(r" ?\n[ \n]*")
_UNSIGNED = re.compile(f"[{_BLANK}{_HYPHENS}]+")
_BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")

_TURNS = re.compile("[\u061c\u200f\u202b\u202e\u2067\u2068]")
"""Makes what has no direction of its own run right to left, and so be drawn mirrored."""

_LIGATURES: Final = {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"} | {
    "\ufb05": "st",
    "\ufb06": "st",
}
_LIGATURE = re.compile(f"[{''.join(_LIGATURES)}]")

_ONE_HYPHEN = str.maketrans({"\u2010": "-", "\u2011": "-"})


def agree(expected: str, found: str, form: Form) -> bool:
    """Whether ``found`` says what ``expected`` says, in the normal form ``form``."""
    if form == "exact":
        return normalise(expected) == normalise(found)
    if form == "text":
        return _printed_agree(_unspaced(_drawn(expected)), _drawn(found, keep_ends=True))
    if _TURNS.search(expected):
        expected, found = _unmirrored(expected), _unmirrored(found)
    return _lines_agree(_drawn(expected), _drawn(found, keep_ends=True))


def signature(text: str, form: Form) -> str:
    """A key equal for texts that agree (and, in "lines", for some that do not quite)."""
    if form == "exact":
        return normalise(text)
    return _UNSIGNED.sub("", _inked(text))


def turned(expected: str, found: str) -> bool:
    """Whether ``expected`` has marks that turn what follows, and ``found`` the same signs in some order.

    In which one they are drawn, only a proof can judge: nothing on a page shows such a mark.
    """
    both = (sorted(_UNSIGNED.sub("", _unmirrored(_inked(text)))) for text in (expected, found))
    return bool(_TURNS.search(expected)) and next(both) == next(both)


def spelt(text: str) -> str:
    """What ``signature`` keeps of lines, letter by letter: decomposed, marks in the order in which they are written."""
    return _UNSIGNED.sub("", _BEYOND_ASCII.sub(lambda one: unicodedata.normalize("NFD", one[0]), _visible(text)))


def drawn(text: str) -> str:
    """``text`` as a page can show it: no more than this can be read back from lines; hyphens look alike."""
    return _drawn(text).translate(_ONE_HYPHEN)


def _drawn(text: str, *, keep_ends: bool = False) -> str:
    """``text`` as ink, every kind of space a plain one."""
    if keep_ends:
        return _LINE_ENDS.sub("\n", _BLANKS_OF_A_LINE.sub(" ", _inked(text))).strip(" \n")
    return _BLANKS.sub(" ", _inked(text)).strip(" ")


def _inked(text: str) -> str:
    """``text`` in NFC, nothing invisible in it."""
    return unicodedata.normalize("NFC", _visible(text))


def _visible(text: str) -> str:
    """``text`` less what leaves no ink, ligatures as their letters; in ASCII there is neither."""
    return text if text.isascii() else _LIGATURE.sub(lambda one: _LIGATURES[one[0]], INKLESS.sub("", text))


def _unmirrored(text: str) -> str:
    """``text`` with one bracket for all: which way one is drawn, only a proof can judge."""
    return "".join("(" if unicodedata.mirrored(character) else character for character in text)


def _lines_agree(expected: str, found: str) -> bool:
    """Two pointers: at the end of a line in ``found``, an added hyphen and a lost space are forgiven."""
    at = 0
    lines = found.split("\n")
    for number, line in enumerate(lines):
        last = number == len(lines) - 1
        if expected.startswith(line, at):
            at += len(line)
        elif not last and line[-1:] == "\u2010" and expected.startswith(line[:-1], at):
            at += len(line) - 1
        else:
            return False
        if not last and expected[at : at + 1] == " ":
            at += 1
    return at == len(expected)


def _printed_agree(expected: str, found: str) -> bool:
    """The same without white space: at the end of a line in ``found``, an added hyphen of any kind is forgiven."""
    at = 0
    lines = [_unspaced(line) for line in found.split("\n")]
    for line, last in zip(lines, [*[False] * (len(lines) - 1), True], strict=True):
        if expected.startswith(line, at):
            at += len(line)
        elif not last and line[-1:] in _HYPHENS and expected.startswith(line[:-1], at):
            at += len(line) - 1
        else:
            return False
    return at == len(expected)


def _unspaced(text: str) -> str:
    return text.replace(" ", "").replace("\n", "")
