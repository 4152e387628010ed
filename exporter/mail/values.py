"""Which values of others may stand in a message: none that could end a header, begin one or hide what follows.

Python's ``email`` turns ``=?UTF-8?Q?=0A?=`` inside a header into a line end (CVE-2024-6923 and its kin), so values
are judged before it sees them.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import Final

from exporter.characters import left_open, name, unfit

LONGEST: Final = 400
"""How many characters a value may have."""

_LINE_ENDS: Final = re.compile("[\r\n\v\f\x1c-\x1e\x85\u2028\u2029\t]")
_ENCODED_WORD: Final = re.compile(r"=\?[^?]*\?[^?]*\?")


def objection(value: str) -> str | None:
    """Why ``value`` cannot stand in a message, as an end of a sentence; None where it can.

    Refused are ends of lines, controls and all that ``exporter.characters`` refuses, encoded-words (RFC 2047),
    and what is longer than ``LONGEST``.
    """
    if found := _LINE_ENDS.search(value):
        return f"has {name(found[0])}, which no header can hold. Delete it"
    if unwanted := next(chain(unfit(value), left_open(value)), None):
        return f"has {name(unwanted.character)}. {unwanted.advice.rstrip('.')}"
    if _ENCODED_WORD.search(value):
        return "has an encoded-word (RFC 2047). Write the characters it stands for"
    if len(value) > LONGEST:
        return f"has {len(value)} characters, more than {LONGEST}. Shorten it"
    return None
