"""Which captions Word counts: none of a kind whose captions have numbers of their author's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import count

from exporter.article import Article, Figure, Inline, Table
from exporter.labels import Labels
from exporter.renderers.docx.furniture import Sequence
from exporter.walk import blocks, parts, plain

_SHORTEST = 3
"""Letters by which a label is known where a caption shortens it: "Fig. 3"."""


class CaptionNumbers:
    """Counts the captions of one article, by sequence; with ``wanted`` False none."""

    def __init__(self, article: Article, labels: Labels, *, wanted: bool) -> None:
        words: dict[Sequence, str] = {"Figure": labels.figure, "Table": labels.table} if wanted else {}
        self._next = {
            sequence: count(1)
            for sequence, word in words.items()
            if not any(_is_numbered(plain(caption), word) for caption in _captions(article, sequence))
        }

    def next(self, sequence: Sequence) -> int | None:
        """The number of the next caption of ``sequence``; None where its captions have none of Word's."""
        return next(self._next[sequence]) if sequence in self._next else None


def _captions(article: Article, sequence: Sequence) -> Iterator[Iterable[Inline]]:
    for block in (each for part in parts(article) for each in blocks(part)):
        match block:
            case Figure() if sequence == "Figure":
                yield block.caption
            case Table() if sequence == "Table":
                yield block.caption


def _is_numbered(caption: str, label: str) -> bool:
    """Whether ``caption`` begins with the word of ``label``, whole or shortened, and a number, in either order."""
    word = label.replace("#", "").strip(" .\u00a0")
    short = (word[:letters] for letters in range(len(word), min(len(word), _SHORTEST) - 1, -1))
    words = "|".join(map(re.escape, short))
    return re.match(rf"\W*(?:(?:{words})[.:]?\s*\d|\d+[.:]?\s*(?:{words}))", caption, re.IGNORECASE) is not None
