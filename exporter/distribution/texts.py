"""What an article said when it was sent, kept so that a correction can tell what changed."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from exporter.article import Article
from exporter.text import said


@dataclass(frozen=True, slots=True)
class Difference:
    """A text that changed: what it ``was``, "" for one that was added, and ``is``, "" for one that was taken out."""

    was: str
    is_: str


def dump(article: Article) -> bytes:
    """The texts of ``article`` as a list of JSON, in reading order."""
    return json.dumps([each.text for each in said(article) if each.text], ensure_ascii=False).encode("utf-8")


def differences(before: bytes, after: bytes) -> tuple[Difference, ...]:
    """What changed between two lists of texts, in order."""
    old, new = json.loads(before), json.loads(after)
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    found = (
        each
        for kind, i, j, k, end in matcher.get_opcodes()
        if kind != "equal"
        for each in _paired(old[i:j], new[k:end])
    )
    return tuple(found)


def _paired(old: Sequence[str], new: Sequence[str]) -> Iterator[Difference]:
    """One beside the other, as far as both go."""
    for place in range(max(len(old), len(new))):
        yield Difference("".join(old[place : place + 1]), "".join(new[place : place + 1]))
