"""From the bytes of a page to its text, by the encodings of the web (https://encoding.spec.whatwg.org/)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import webencodings

from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.decoding import byte_order_mark, text_of

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_XML: Final = re.compile(r"""\s*<\?xml\s[^>]*?encoding\s*=\s*["']([^"'>]+)["']""")
_META: Final = re.compile(r"<meta\b[^>]*>", re.IGNORECASE)
_CHARSET: Final = re.compile(r"""\bcharset\s*=\s*["']?\s*([^\s"'/>;]+)""", re.IGNORECASE)
_HEAD: Final = 65536
"""How many bytes a declaration is looked for in; the standard asks authors for 1024, browsers look further."""


def decode(source: Source) -> str:
    """The text of the page ``source``, line ends as LF.

    The encoding is that of the byte order mark, else the one declared (``<meta charset>``, an XML
    declaration), else UTF-8: none is guessed. Raises SourceError: S006 for bytes that are not of that
    encoding or an encoding the web does not know, S002 for NUL, which parsers of HTML drop.
    """
    mark, encoding = byte_order_mark(source)
    if not mark:
        encoding = _declared(source)
    text = re.sub("\r\n?", "\n", text_of(source, mark, encoding))
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        message = (
            "U+0000 <control-0000> cannot stand. The file may be UTF-16 without a byte order mark: save it as UTF-8."
        )
        raise SourceError(message, file=source.name, line=line, code="S002")
    return text


def _declared(source: Source) -> str:
    """The codec of the encoding the page declares, "utf-8" where it declares none."""
    head = _COMMENT.sub("", source.content[:_HEAD].decode("latin-1"))
    for label in _labels(head):
        found = webencodings.lookup(label)
        if found is None:
            message = f"The page says it is in '{label[:40]}', which is no encoding of the web. Save the file as UTF-8."
            raise SourceError(message, file=source.name, line=1, code="S006")
        # A declaration that could be read as ASCII is not in UTF-16 (the standard, 13.2.3.2).
        return "utf-8" if found.name.startswith("utf-16") else _codec(found)
    return "utf-8"


def _labels(head: str) -> Iterator[str]:
    if found := _XML.match(head):
        yield found[1]
    for meta in _META.finditer(head):
        if charset := _CHARSET.search(meta[0]):
            yield charset[1]


def _codec(encoding: webencodings.Encoding) -> str:
    return "cp1252" if encoding.name in ("windows-1252", "x-user-defined") else str(encoding.codec_info.name)
