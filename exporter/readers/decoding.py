"""From a source's bytes to its text: UTF-8, or UTF-16 with a byte order mark, and nothing guessed.

All positions (``Position``) count characters of what ``decode`` returns: without the byte order
mark, every line end (CR LF, CR) as one LF.
"""

from __future__ import annotations

import codecs
import re
import unicodedata

from fontTools.unicodedata import script

from exporter.edition import Source
from exporter.errors import SourceError

_UTF_32 = (codecs.BOM_UTF32_LE, b"\x00\x00\xfe\xff")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(source: Source) -> str:
    """The text of ``source``, line ends as LF, every character one that an edition can carry.

    Raises SourceError: S006 where the bytes are not UTF-8 (or UTF-16 behind a byte order mark),
    S002 for a character no edition can carry honestly (``refuse_characters``).
    """
    text = re.sub("\r\n?", "\n", _decoded(source))
    refuse_characters(text, source.name)
    return text


def _decoded(source: Source) -> str:
    mark, encoding = _encoding(source)
    try:
        return source.content[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        offset = len(mark) + error.start
        line = source.content[len(mark) : offset].decode(encoding, "replace").count("\n") + 1
        raise SourceError(
            f"Byte 0x{source.content[offset]:02X} at offset {offset} is not valid {encoding.upper()}. "
            "Save the file as UTF-8.",
            file=source.name,
            line=line,
            code="S006",
        ) from error


def _encoding(source: Source) -> tuple[bytes, str]:
    """The byte order mark at the start, b"" for none, and the encoding it announces."""
    if source.content.startswith(_UTF_32):
        raise SourceError(
            "The bytes at offset 0 are the mark of UTF-32. Save the file as UTF-8.",
            file=source.name,
            line=1,
            code="S006",
        )
    for mark, encoding in _MARKS:
        if source.content.startswith(mark):
            return mark, encoding
    return b"", "utf-8"


# --- Characters no edition can carry ----------------------------------------------------------


def refuse_characters(text: str, file: str) -> None:
    """Raise SourceError (S002) for the first character in ``text`` that no edition can carry honestly.

    Refused are controls other than tab and LF, what Unicode has not assigned, what has a meaning
    by private agreement only, marks of a broken conversion, and directional embeddings, overrides and
    isolates still open where their line ends. Whatever else Unicode holds is kept, spaces, joiners,
    soft hyphens, bidi marks and decomposed letters among it.
    """
    unfit = {character: reason for character in sorted(set(text)) if (reason := _objection(character))}
    if unfit:
        at = min(text.index(character) for character in unfit)
        raise _refusal(text, at, file, unfit[text[at]])
    if (left_open := _open_direction(text)) is not None:
        raise _refusal(text, left_open, file, "It is still open where the line ends; close it there, or delete it.")


def _refusal(text: str, at: int, file: str, advice: str) -> SourceError:
    line = text.count("\n", 0, at) + 1
    column = at - (text.rfind("\n", 0, at) + 1) + 1
    return SourceError(f"Column {column}: {_name(text[at])} cannot stand. {advice}", file=file, line=line, code="S002")


_TOLD = {
    "\x00": "The file may be UTF-16 without a byte order mark: save it as UTF-8.",
    "\x0b": "End the line or the paragraph instead.",
    "\x0c": "Delete it: editions make their own pages.",
    "\x85": "It is a line end of other systems: put an ordinary one. In a file from Windows, an ellipsis.",
    "\u2028": "End the line instead.",
    "\u2029": "End the paragraph instead, with a line end or a blank line.",
    "\ufffc": "It stands for an object that was lost in copying: delete it.",
    "\ufffd": "It stands for characters an earlier conversion lost: put them back.",
}


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
        case "Cn" if script(character) == "Zzzz":  # fontTools knows newer characters than Python does
            return "Unicode has no such character: delete it."
        case _:
            return None


_LABELS = {"Cc": "control", "Cs": "surrogate", "Co": "private-use", "Cn": "reserved"}


def _name(character: str) -> str:
    """``U+0041 LATIN CAPITAL LETTER A``; for nameless ones the label of the Unicode Standard, section 4.8."""
    point = ord(character)
    noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF
    label = "noncharacter" if noncharacter else _LABELS.get(unicodedata.category(character))
    return f"U+{point:04X} <{label}-{point:04X}>" if label else f"U+{point:04X} {unicodedata.name(character)}"


_EMBEDDINGS = "\u202a\u202b\u202d\u202e"
_POP_EMBEDDING = "\u202c"
_ISOLATES = "\u2066\u2067\u2068"
_POP_ISOLATE = "\u2069"
_DIRECTIONAL = re.compile(f"[\n{_EMBEDDINGS}{_POP_EMBEDDING}{_ISOLATES}{_POP_ISOLATE}]")


def _open_direction(text: str) -> int | None:
    """Where the first embedding, override or isolate stands that its line does not close (UAX #9, X1 to X8)."""
    open_at: list[int] = []
    isolates: list[int] = []
    for found in _DIRECTIONAL.finditer(f"{text}\n"):
        match found[0]:
            case "\n" if open_at:
                return open_at[0]
            case "\u202c" if open_at and text[open_at[-1]] in _EMBEDDINGS:
                open_at.pop()
            case "\u2069" if isolates:  # closes the embeddings opened inside, too
                del open_at[isolates.pop() :]
            case mark if mark in _EMBEDDINGS + _ISOLATES:
                isolates += [len(open_at)] if mark in _ISOLATES else []
                open_at.append(found.start())
            case _:  # a line end with nothing open, or a closing mark without its opening: no effect
                pass
    return None
