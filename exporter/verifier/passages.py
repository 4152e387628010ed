"""Article and edition side by side: what each passage of one is in the other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal, TypeAlias

from exporter.comparison import Form, signature
from exporter.edition import Discrepancy, Extraction
from exporter.text import Said
from exporter.verifier.alignment import Group, align
from exporter.verifier.judgement import differences, finding

Relation: TypeAlias = Literal[
    "same", "changed", "split", "merged", "missing", "added", "repeated", "moved away", "moved here", "untold"
]

_LISTS = ("links", "calls", "foreign")
"""Attributes that list something of a text, one a line."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One text of the article beside what the edition has of it, and what is to be said of the two.

    ``source`` and ``edition`` are empty where the other side has it alone; a split or merged text has
    several on one side. A text that moved makes two passages of the same ``move`` (from 1; 0 for none):
    "moved away" where the article has it, "moved here" where the edition has it. "untold" is what cannot be
    judged.
    """

    relation: Relation
    source: tuple[Said, ...]
    edition: tuple[Said, ...]
    findings: tuple[Discrepancy, ...] = ()
    move: int = 0


def passages(expected: Sequence[Said], found: Sequence[Said], extraction: Extraction) -> tuple[Passage, ...]:
    """Every passage of both in the order of the article; what only the edition has, behind what it follows there."""
    return tuple(_Sides(expected, found, extraction).passages())


class _Sides:
    """The two sides, and which groups their entries stand in."""

    def __init__(self, expected: Sequence[Said], found: Sequence[Said], extraction: Extraction) -> None:
        self._expected, self._found, self._extraction = expected, found, extraction
        self._groups = align(expected, found, extraction.form)
        self._moves = {group.right[0]: n for n, group in enumerate((g for g in self._groups if g.moved), 1)}
        self._strays = self._behind()

    @cached_property
    def _known(self) -> frozenset[str]:
        """The texts of the article; seldom asked for."""
        return frozenset(signature(entry.text, self._extraction.form) for entry in self._expected if entry.text)

    def passages(self) -> Iterator[Passage]:
        starts = {group.left[0]: group for group in self._groups}
        rest = {i for group in self._groups for i in group.left[1:]}
        yield from self._strays.get(-1, ())
        for i, entry in enumerate(self._expected):
            if i in starts:
                yield self._together(starts[i])
                yield from self._after(starts[i])
            elif i not in rest and _shows(entry, self._extraction.form):
                yield Passage("missing", (entry,), (), (finding("V001", entry, entry.text, "", entry.kind),))

    def _after(self, group: Group) -> Iterator[Passage]:
        for j in () if group.moved else group.right:
            yield from self._strays.get(j, ())

    def _behind(self) -> Mapping[int, list[Passage]]:
        """What has no place in the article's order, by the place in the edition of what it follows; -1 for nothing."""
        standing = {j for group in self._groups if not group.moved for j in group.right}
        strays: dict[int, list[Passage]] = defaultdict(list)
        before = -1
        for j, entry in enumerate(self._found):
            if j in standing:
                before = j
            else:
                strays[before].append(self._stray(j, entry))
        return strays

    def _stray(self, j: int, entry: Said) -> Passage:
        if j in self._moves:
            return Passage("moved here", (), (entry,), (), self._moves[j])
        if entry.text and signature(entry.text, self._extraction.form) in self._known:
            return Passage("repeated", (), (entry,), (finding("V005", entry, "", entry.text, entry.kind),))
        return Passage("added", (), (entry,), (finding("V002", entry, "", entry.text, entry.kind),))

    def _together(self, group: Group) -> Passage:
        source = tuple(self._expected[i] for i in group.left)
        edition = tuple(self._found[j] for j in group.right)
        one, other = whole(source, edition[0].text), whole(edition, source[0].text)
        found = tuple(differences(one, other, self._extraction, moved=group.moved))
        if group.moved:
            elsewhere = finding("V004", one, one.text, other.text, one.kind)
            return Passage("moved away", source, edition, (elsewhere, *found), self._moves[group.right[0]])
        if len(edition) > 1:
            parted = finding("V012", one, one.text, _listed(edition), one.kind)
            return Passage("split", source, edition, (parted, *found))
        if len(source) > 1:
            joined = finding("V013", one, _listed(source), other.text, one.kind)
            return Passage("merged", source, edition, (joined, *found))
        return Passage("changed" if found else "same", source, edition, found)


def _shows(entry: Said, form: Form) -> bool:
    """Whether ``entry`` can be found missing: on a page, a text of no-break spaces leaves nothing to find."""
    return form == "exact" or not entry.text or bool(signature(entry.text, form))


def _listed(entries: Sequence[Said]) -> str:
    return "\n".join(entry.text for entry in entries)


def whole(entries: Sequence[Said], like: str) -> Said:
    """``entries`` as one text, with a space between two or none, as it stands in ``like``."""
    if len(entries) == 1:
        return entries[0]
    text = entries[0].text
    for entry in entries[1:]:
        text += entry.text if like.startswith(text + entry.text) else f" {entry.text}"
    lists = {name: "\n".join(filter(None, (e.attributes.get(name, "") for e in entries))) for name in _LISTS}
    attributes = {**entries[0].attributes, **{name: value for name, value in lists.items() if value}}
    return replace(entries[0], text=text, attributes=attributes)
