"""The list of contents, and the separators that stand behind it and between what it lists."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from exporter.comparison import CONTENTS
from exporter.errors import ExtractionError
from exporter.extractors.text.blocks import SEPARATOR, Leaf
from exporter.extractors.text.lines import Cursor, join

ENTRY: Final = re.compile(r"(?P<indent> +)(?P<number>[0-9]+(?:\.[0-9]+)*)\.(?: (?P<title>.*))?")
"""The first line of an entry: two spaces for each part of its number."""


def contents(cursor: Cursor) -> Iterator[Leaf]:
    """The entries at ``cursor``, up to and with the separator behind them; raises ExtractionError."""
    while not cursor.done and cursor.line:
        yield _entry(cursor)
    if cursor.skip_blank() != 1 or cursor.done or not SEPARATOR.fullmatch(cursor.take()):
        raise ExtractionError("No separator stands behind the contents. Render it again.")


def _entry(cursor: Cursor) -> Leaf:
    line = cursor.take()
    match = ENTRY.fullmatch(line)
    if not match or len(match["indent"]) != 2 * (match["number"].count(".") + 1):
        raise ExtractionError(f"No entry of the contents begins like '{line}'. Render it again.")
    hanging = len(match["indent"]) + len(match["number"]) + 2
    return Leaf(CONTENTS, join([match["title"] or "", *cursor.indented(hanging)]), {"list": match["number"]})
