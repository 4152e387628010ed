"""Keeps the last tables in a page of the documentation, between two marks; the prose around them stays."""

from __future__ import annotations

from typing import Final

BEGIN: Final = "<!-- begin: written by make bench -->"
END: Final = "<!-- end -->"


def with_tables(text: str, tables: str) -> str:
    """``text`` with ``tables`` between its marks; raises ValueError where it has not one of each, in order."""
    before, begun, rest = text.partition(BEGIN)
    _, ended, after = rest.partition(END)
    if not (begun and ended) or BEGIN in after or END in after:
        raise ValueError(f"The page needs one line '{BEGIN}' and below it one '{END}'. Put them back.")
    return f"{before}{BEGIN}\n{tables.strip()}\n\n{END}{after}"
