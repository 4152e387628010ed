"""From a source's bytes to its text: UTF-8, or UTF-16 with a byte order mark, and nothing guessed.

All positions (``Position``) count characters of what ``decode`` returns: without the byte order
mark, every line end (CR LF, CR) as one LF.
"""

from __future__ import annotations

import codecs
import dataclasses
import re

from exporter import characters
from exporter.characters import REPLACEMENT, Unfit
from exporter.edition import Source
from exporter.errors import SourceError

_UTF_32 = (codecs.BOM_UTF32_LE, b"\x00\x00\xfe\xff")
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(source: Source) -> str:
    """The text of ``source``, line ends as LF, every character one that an edition can carry.

    Raises SourceError: S006 where the bytes are not UTF-8 (or UTF-16 behind a byte order mark),
    S002 for a character no edition can carry honestly (``characters.unfit``), but for U+FFFD in a
    source whose unfit characters it stands for (``replaced``).
    """
    text = _text(source)
    refuse_characters(text.replace(REPLACEMENT, "") if source.options.get(_REPLACED) else text, source.name)
    return text


def replaced(source: Source) -> tuple[Source, tuple[Unfit, ...]]:
    """``source`` in marked UTF-8 with U+FFFD, one for one, for each unfit character, and what they were.

    A source in an encoding that only its reader knows is as it was: the gate looks at its article.
    """
    options = {**source.options, _REPLACED: True}
    try:
        text = _text(source)
    except SourceError:
        return dataclasses.replace(source, options=options), ()
    found = tuple(characters.unfit(text))
    content = codecs.BOM_UTF8 + characters.replace(text, found).encode("utf-8")
    return dataclasses.replace(source, content=content, options=options), found


def as_written(source: Source) -> str:
    """The text of ``source`` to find places in: as ``decode`` gives it, nothing refused.

    In an encoding that only its reader knows each byte is a character; the lines are right all the same.
    """
    try:
        return _text(source)
    except SourceError:
        return re.sub("\r\n?", "\n", source.content.decode("latin-1"))


_REPLACED = "replaced"
"""The option of a source whose unfit characters U+FFFD stands for."""


def _text(source: Source) -> str:
    return re.sub("\r\n?", "\n", text_of(source, *byte_order_mark(source)))


def text_of(source: Source, mark: bytes, encoding: str) -> str:
    """The text of ``source`` behind ``mark``; raises SourceError (S006) for bytes that are not of ``encoding``."""
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


def byte_order_mark(source: Source) -> tuple[bytes, str]:
    """The byte order mark at the start, b"" for none, and the encoding it announces (UTF-8 without one).

    Raises SourceError (S006) for UTF-32.
    """
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
    """Raise SourceError (S002) for the first character in ``text`` that no edition can carry honestly."""
    for found in characters.unfit(text):
        raise refusal(found, *characters.place(text, found.at), file)


def refusal(found: Unfit, line: int, column: int, file: str) -> SourceError:
    """S002, by place and name; ``column`` is 0 where only the line is known."""
    where = f"Column {column}: " if column else ""
    return SourceError(f"{where}{found.sentence}", file=file, line=line, code="S002")
