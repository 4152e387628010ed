"""What may be written to a terminal."""

from __future__ import annotations

import re


def tame(line: str) -> str:
    """``line`` as one line, control characters escaped: a stranger's file gives a terminal no orders."""
    return _CONTROL.sub(lambda found: f"\\x{ord(found[0]):02x}", line)


_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
