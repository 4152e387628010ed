"""What XML, and so HTML that is also XML, can hold."""

from __future__ import annotations

import re

from exporter.errors import RenderError

# What is not a Char of XML 1.0: HTML forbids it too, and browsers replace it.
_NO_CHARACTER = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def checked(text: str) -> str:
    """``text``, where XML can hold every character of it; raises RenderError naming the first it cannot."""
    if found := _NO_CHARACTER.search(text):
        beginning = text[max(0, found.start() - 20) : found.start()]
        raise RenderError(
            f"The character U+{ord(found[0]):04X} after '{beginning}' cannot stand in a DOCX, EPUB or HTML. Remove it."
        )
    return text
