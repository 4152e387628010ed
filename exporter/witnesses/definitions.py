"""Definition lists for a parser that knows none: definitions of several blocks made list items."""

from __future__ import annotations

import re
from typing import Final

_MARKER: Final = re.compile(r"(?P<indent> {0,3})(?P<marker>[:~])[ \t](?=[ \t]*\S)")
_FENCE: Final = re.compile(r" {0,3}(?P<fence>`{3,}|~{3,})")
_BLOCK: Final = r"(?:#{1,6}(?:\s|$)|>|[-*+](?:\s|$)|\d{1,9}[.)](?:\s|$)|<|`{3}|~{3}|\[\^[^\s\]]+\]:)"
_NO_TERM: Final = re.compile(rf"(?: {{4}}|\t| {{0,3}}{_BLOCK})")
_BLOCK_FIRST: Final = re.compile(rf"\s*{_BLOCK}|\s{{4}}")


def as_lists(markdown: str) -> str:
    """``markdown`` with each definition that holds more than a paragraph as a list item.

    A definition stands under a paragraph of one line, its term, or under another definition. The
    ``:`` or ``~`` that marks it is text for the parser, and stays.
    """
    lines = markdown.split("\n")
    goes_on = _going_on(lines)
    fence = ""
    within = False
    for number, line in enumerate(lines):
        fence = _fence_after(fence, line)
        marker = None if fence else _MARKER.match(line)
        if marker and (within or _is_under_term(lines, number)):
            within = True
            rest = line[marker.end() :]
            if _BLOCK_FIRST.match(rest) or goes_on[number]:
                lines[number] = f"{marker['indent']}- {marker['marker']}\n{marker['indent']}  {rest}"
        elif line.strip() and not line.startswith("  ") and number and not lines[number - 1].strip():
            within = False
    return "\n".join(lines)


def _going_on(lines: list[str]) -> list[bool]:
    """For each line, whether text set in follows the next blank line: a definition there goes on with it."""
    found: list[bool] = []
    following, after_blank = "", ""
    for line in reversed(lines):
        found.append(after_blank.startswith(("  ", "\t")))
        if line.strip():
            following = line
        else:
            after_blank = following
    return found[::-1]


def _fence_after(fence: str, line: str) -> str:
    """The fence open after ``line``, "" for none."""
    found = _FENCE.match(line)
    if not found:
        return fence
    if not fence:
        return "" if found["fence"][0] == "`" and "`" in line[found.end() :] else found["fence"]
    closes = found["fence"].startswith(fence) and not line[found.end() :].strip()
    return "" if closes else fence


def _is_under_term(lines: list[str], number: int) -> bool:
    """Whether the line above, or above one blank line, is a paragraph of one line."""
    term = number - 1
    if term >= 0 and not lines[term].strip():
        term -= 1
    if term < 0 or not lines[term].strip() or _NO_TERM.match(lines[term]):
        return False
    return term == 0 or not lines[term - 1].strip() or _NO_TERM.match(lines[term - 1]) is not None
