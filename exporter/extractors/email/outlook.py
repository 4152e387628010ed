"""Comments that Outlook reads as markup: such a one may hold the column, and say nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any, Final

_CONDITIONAL: Final = re.compile(r"^\s*\[\s*if\b|\[endif\]", re.IGNORECASE)
_ATTRIBUTE: Final = r' (?:role|width|align|cellpadding|cellspacing|border)="[a-z0-9%]*"'
_COLUMN: Final = re.compile(rf"\[if mso\]>(?:</?(?:table|tr|td)(?:{_ATTRIBUTE})*>)+<!\[endif\]")
"""A table around the column, begun or ended."""


def shown(root: Any) -> Iterator[str]:
    """What comments of the document ``root`` show in Outlook beyond a table around the column, a phrase each."""
    for element in root.iter():
        words = element.text or ""
        if not isinstance(element.tag, str) and _CONDITIONAL.search(words) and not _COLUMN.fullmatch(words):
            yield f"a comment that Outlook reads shows something else: '{words[:60]}'"
