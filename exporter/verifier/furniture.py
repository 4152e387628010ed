"""What an edition shows beside the article: nothing but known words.

Furniture is not compared, so it would be the way to say what the article does not. It may hold
labels, words of the article and of its metadata, numbers, punctuation and symbols.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple

from exporter import dates
from exporter.article import Article, Section
from exporter.characters import INKLESS
from exporter.comparison import drawn
from exporter.labels import Labels, date_label
from exporter.text import FURNITURE, Said
from exporter.walk import OBJECT, blocks, normalise

_SELECTORS = "\ufe0e\ufe0f"
"""They choose between a symbol's drawn and its coloured form."""


def vocabulary(
    labels: Labels, expected: Sequence[Said], metadata: Mapping[str, str], others: Iterable[Labels] = ()
) -> frozenset[str]:
    """Everything the furniture of an edition may say; ``others`` are labels of sections in other languages."""
    spoken = (word for each in (labels, *others) for word in astuple(each))
    texts = (*spoken, *(entry.text.replace(OBJECT, "") for entry in expected), *metadata.values())
    # A page has no soft hyphen of a publisher's name, and one kind of space.
    shown = (each for text in texts for each in (INKLESS.sub("", text), drawn(text)))
    return frozenset(map(_core, {*texts, *shown})) | {""}


def strangers(
    entries: Iterable[Said],
    words: frozenset[str],
    house: Collection[str] = (),
    places: Mapping[str, str] | None = None,
) -> Iterator[Said]:
    """The furniture that says something else.

    ``house`` is what its own may say at the head and foot of pages; ``places`` has what alone may stand at some.
    """
    for entry in entries:
        place = entry.attributes.get("place", "")
        allowed = _core(entry.text) in words or (place == "running" and entry.text in house)
        if places and place in places:
            allowed = normalise(entry.text) == normalise(places[place])
        if entry.kind == FURNITURE and not allowed:
            yield entry


def is_beside(text: str, words: frozenset[str], numbers: frozenset[str]) -> bool:
    """Whether a line may stand beside the texts of an article: a label, a marker, one of its ``numbers``."""
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", text)
    return _core(text) in words and (_squeezed(bare) in numbers or bare in words)


def numbers_of(expected: Sequence[Said], labels: Labels) -> frozenset[str]:
    """The numbers of items and of notes, and those of captions with their labels; without white space."""
    captions = sum(entry.kind == "caption" for entry in expected)
    counted = (
        label.replace("#", str(number)) for label in (labels.figure, labels.table) for number in range(1, captions + 1)
    )
    numbers = (entry.attributes.get(name, "") for entry in expected for name in ("list", "note"))
    return frozenset(map(_squeezed, (*numbers, *counted)))


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def misnamed(
    entries: Iterable[Said], expected: Sequence[Said], labels: Labels, article: Article, others: Sequence[Labels] = ()
) -> Iterator[tuple[Said, Said]]:
    """Each author, date and caption that stands behind another label than its own, and the label.

    Sections in other languages may have labels of theirs, which are ``others``. Furniture that says which place it has
    is the label of nothing that follows.
    """
    owners = _Owners((labels, *others), _roles(article), (said for said in expected if said.kind == "caption"))
    before: list[Said] = []
    for entry in entries:
        if entry.kind == FURNITURE:
            before += () if "place" in entry.attributes else (entry,)
            continue
        owned = owners.of(entry)
        yield from ((entry, label) for label in before if owned and _core(label.text) not in owned)
        before = []


def _roles(article: Article) -> Iterator[dates.Role]:
    """What each date shown is, in reading order: those of the article, then those of its sections."""
    sections = (block.metadata for block in blocks(article.blocks) if isinstance(block, Section) and block.metadata)
    for metadata in (article.metadata, *sections):
        yield from (day.role for day in dates.datelines(metadata))


class _Owners:
    """What may stand before an author, a date, a caption: dates and captions are told apart by their order."""

    def __init__(self, labels: Sequence[Labels], roles: Iterator[dates.Role], captions: Iterator[Said]) -> None:
        self._labels = labels
        self._roles = roles
        self._captions = captions

    def of(self, entry: Said) -> frozenset[str]:
        """The words that may stand before ``entry``; nothing where any may."""
        match entry.kind:
            case "byline":
                own = [each.by for each in self._labels]
            case "dateline":
                role = next(self._roles, None)
                roles: tuple[dates.Role, ...] = (role,) if role else ("published", "updated")
                own = [date_label(each, role) for each in self._labels for role in roles]
            case "caption":
                own = self._of_caption(next(self._captions, None))
            case _:
                return frozenset()
        return frozenset(map(_core, own)) | {""}

    def _of_caption(self, caption: Said | None) -> list[str]:
        """By what it is the caption of, which its path tells."""
        if caption is None:
            return [word for each in self._labels for word in (each.figure, each.table)]
        above = caption.path.removesuffix("/caption").rpartition("/")[2]
        return [each.table if above.startswith("table[") else each.figure for each in self._labels]


def _core(text: str) -> str:
    """``text`` from its first letter to its last; numbers, punctuation and symbols around them do not count.

    A glyph that is drawn for й is drawn for it decomposed, too, and a page's map has one of the two.
    """
    characters = unicodedata.normalize("NFC", normalise(text))
    start, end = 0, len(characters)
    while start < end and _is_plain(characters[start]):
        start += 1
    while start < end and _is_plain(characters[end - 1]):
        end -= 1
    return characters[start:end]


def _is_plain(character: str) -> bool:
    return unicodedata.category(character)[0] in "NPSZ" or character in _SELECTORS
