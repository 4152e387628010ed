"""Whether the paragraph below the title is a standfirst or already the text.

A standfirst often lacks the full stop every other paragraph has; then form alone tells. Where it is a
finished sentence, it shows by what follows: the text begins anew, with a dateline, with a byline, by
saying the same again, or by introducing in full a person the standfirst has just named. Two or three
sentences that together are shorter than the next paragraph are a standfirst, too.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from exporter.readers.bylines import begins_anew, is_beside, is_credited, is_front_matter
from exporter.readers.sentences import begins_small, ending, is_unbalanced, sentence_ends_inside, width
from exporter.readers.subheadings import is_punctuated

WIDEST: Final = 280
"""No standfirst is wider (in Latin letters)."""

_ITEM: Final = re.compile(r"[-–—•·*‣▪●○◦>+]\s*\S")
_REPEATED: Final = 0.55
_WIDEST_SUMMARY: Final = 230


def is_standfirst(first: str, rest: Sequence[str]) -> bool:
    """Whether ``first``, the paragraph below the title, introduces the text ``rest`` rather than begins it."""
    if len(rest) < 2 or _is_barred(first):
        return False
    match ending(first):
        case "none":
            return is_punctuated(rest)
        case "question" | "exclamation":
            return width(first) > 42  # a shorter one is rather the first sub-heading
        case "stop":
            return (
                begins_anew(rest[0]) or is_credited(rest[0]) or _says_again(first, rest) or _is_summary(first, rest[0])
            )
        case _:
            return False


def _is_barred(text: str) -> bool:
    return (
        width(text) > WIDEST
        or begins_anew(text)
        or is_front_matter(text)
        or begins_small(text)
        or is_unbalanced(text)
        or _ITEM.match(text) is not None
        or is_beside(text)
    )


def _is_summary(first: str, following: str) -> bool:
    """Whether ``first`` is a few sentences shorter than the one paragraph below: a lead is one, and longer."""
    return sentence_ends_inside(first) and width(first) <= min(_WIDEST_SUMMARY, width(following))


def _says_again(first: str, rest: Sequence[str]) -> bool:
    """Whether the text repeats much of ``first`` at once, or introduces again whom ``first`` has introduced."""
    known = _stems(first)
    repeated = len(known) >= 4 and len(known & _stems(rest[0])) >= _REPEATED * len(known)
    return repeated or any(name in text for name in _introductions(first) for text in rest[:8])


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words: enough to know a word again in another inflection."""
    return {word[:5].casefold() for word in re.findall(r"[^\W\d_]{4,}", text)}


def _introductions(text: str) -> list[str]:
    """Runs of three and more capitalised words, a person with their office as a rule: a text says it once."""
    words = text.split()
    runs: list[list[str]] = [[]]
    for word in words:
        if word[:1].isupper():
            runs[-1].append(word.rstrip(",.;:"))
        else:
            runs.append([])
    return [" ".join(run) for run in runs if len(run) >= 3]
