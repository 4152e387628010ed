"""A second reading of plain text: everything in the file that is neither white space nor a mark."""

from __future__ import annotations

import re

from exporter.edition import Source

_MARK = re.compile(r"^[ \t]*(?:#{2,6}|\\)[ \t]+(?=[^ \t\n])", re.MULTILINE)


class TextWitness:
    """Testifies for ``.txt``."""

    def testify(self, source: Source) -> str:
        """The file's characters in order, title and standfirst among them; white space and marks removed."""
        return re.sub(r"[ \t\n\r\f\v]+", "", _MARK.sub("", _text(source.content)))


def _text(content: bytes) -> str:
    """``content`` decoded as its byte order mark says: not by the reader's own code."""
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return re.sub("\r\n?", "\n", content.decode(encoding))
