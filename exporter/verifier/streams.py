"""Lines of pages that say nothing of what they belong to, parted where the texts of the article begin and end.

Each text of the article is looked for in the letters of the pages, the longest first; what is left between
two that are found is what a text between them became, or stands beside the article. So a paragraph that a
note, a caption or the end of a page breaks in two is found whole.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby, pairwise
from typing import Final

from exporter.comparison import drawn
from exporter.edition import UNREADABLE
from exporter.text import FURNITURE, Said
from exporter.verifier.pages import Pages, letters_of
from exporter.verifier.printing import readings, script_apart, unwrapped, variants
from exporter.verifier.sequences import matched
from exporter.verifier.words import words

LINE: Final = "line"
"""Kind of what no text of the article was found to be."""

_LONG: Final = 16
"""Letters from which on a text is looked for anywhere; a shorter one only where it is due."""

_FULL: Final = 0.85
"""The share of a text's letters after which a new line belongs to the next text."""

_LIKE: Final = 0.4
"""The share of a text's words that must stand in a place for it to have been there."""


@dataclass(slots=True)
class _Text:
    """A text of the article, what pages may show of it, and which of their letters it was found to be."""

    entry: Said
    variants: tuple[str, ...]
    letters: tuple[str, ...]
    places: list[int] = field(default_factory=list)

    def take(self, pages: Pages, found: tuple[int, list[int]]) -> None:
        """``found`` is which variant stands where."""
        variant, self.places = found
        if self.places:
            self.entry = replace(self.entry, text=self.variants[variant])
            pages.claim(self.places)


def parted(expected: Sequence[Said], lines: Sequence[Said]) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """The texts of the article as pages show them; those of the pages, and what is left over of their lines.

    Notes come last on either side: a page has them at its foot.
    """
    aside = readings(expected)
    pages = Pages([line for line in lines if line.kind != FURNITURE and letters_of(line.text) not in aside])
    texts = [_text(entry) for entry in expected]
    long = sorted((text for text in texts if len(text.letters[0]) >= _LONG), key=lambda text: -len(text.letters[0]))
    for text in long:
        text.take(pages, pages.find(text.letters))
    for text in long:
        if not text.places:
            text.take(pages, pages.find_parted(text.letters))
    for run, free in _gaps(texts, pages):
        _fill(run, free, pages)
    found = [(text.places[0], _cut(text, pages)) for text in texts if text.places]
    body = [each for each in found if each[1].kind != "note"]
    notes = [entry for _, entry in found if entry.kind == "note"]
    ordered = sorted((*body, *pages.left_over()), key=lambda each: each[0])
    return tuple(text.entry for text in texts), (*(entry for _, entry in ordered), *notes)


def united(entries: Sequence[Said]) -> list[Said]:
    """``entries`` with lines that follow each other, and were found to be no text of the article, as one."""
    made: list[Said] = []
    for entry in entries:
        if made and made[-1].kind == entry.kind == LINE:
            made[-1] = replace(made[-1], text=unwrapped([made[-1].text, entry.text], ""))
        else:
            made.append(entry)
    return made


def is_doubtful(entry: Said) -> bool:
    """Whether a text that was not found may be there all the same: short, in a script that a page does not tell."""
    return bool(script_apart(entry.text)) and len(letters_of(entry.text)) < _LONG


def _text(entry: Said) -> _Text:
    shown = variants(entry)
    return _Text(entry, shown, tuple(map(letters_of, shown)))


def _cut(text: _Text, pages: Pages) -> Said:
    """What the pages have of a text; of a script they do not tell for certain, unless they tell it exactly."""
    line, pieces = pages.cut(text.places)
    said = unwrapped(list(map(drawn, pieces)), text.entry.text)
    script = script_apart(text.entry.text)
    exact = not script or letters_of(said) == letters_of(text.entry.text)
    attributes = {} if exact else {UNREADABLE: script}
    return Said(f"page {line}", text.entry.kind, said, line, attributes)


# --- What stands between texts that are found -------------------------------------------------


def _gaps(texts: Sequence[_Text], pages: Pages) -> Iterator[tuple[list[_Text], list[int]]]:
    """Texts that were not found, with the letters that are free between those that stand around them."""
    body = [text for text in texts if text.entry.kind != "note"]
    starts = [(number, text.places[0]) for number, text in enumerate(body) if text.places]
    standing = _in_order(starts)
    edges = [(-1, -1), *((number, body[number].places[-1]) for number in standing), (len(body), pages.end)]
    for (before, ahead), (after, _) in pairwise(edges):
        until = body[after].places[0] if after < len(body) else pages.end
        yield body[before + 1 : after], pages.free_between(ahead + 1, until)
    notes = [text for text in texts if text.entry.kind == "note" and not text.places]
    yield notes, pages.free_between(0, pages.end) if notes else []


def _in_order(starts: Sequence[tuple[int, int]]) -> list[int]:
    """As many of the texts as stand in the article's order (the longest increasing run of places)."""
    tails: list[int] = []
    chain: list[int] = []
    before: dict[int, int] = {}
    for number, place in starts:
        at = bisect_left(tails, place)
        before[number] = chain[at - 1] if at else -1
        tails[at : at + 1], chain[at : at + 1] = [place], [number]
    order: list[int] = []
    number = chain[-1] if chain else -1
    while number >= 0:
        order.append(number)
        number = before[number]
    return order[::-1]


def _fill(run: Sequence[_Text], free: list[int], pages: Pages) -> None:
    """Find what is exactly there, in order; then what the rest of the texts became."""
    waiting: list[_Text] = []
    for text in (each for each in run if not each.places):
        at = pages.word_in(text.letters, free)
        if at is None:
            waiting.append(text)
            continue
        variant, start = at
        _guess(waiting, free[:start], pages)
        places = free[start : start + len(text.letters[variant])]
        text.take(pages, (variant, places))
        waiting, free = [], free[start + len(places) :]
    _guess(waiting, free, pages)


def _guess(texts: Sequence[_Text], free: Sequence[int], pages: Pages) -> None:
    """Give each text the letters that stand where its words do."""
    if not texts or not free:
        return
    if any(script_apart(text.entry.text) for text in texts):
        _by_length(texts, free, pages)
        return
    owned = list(_owned(texts))
    there = list(pages.words(free))
    pairs = sorted(matched([word for word, _ in owned], [word for word, _ in there])[0])
    for owner, (start, end) in _spans(owned, pairs, len(there)).items():
        texts[owner].take(pages, (0, [place for _, places in there[start:end] for place in places]))


def _owned(texts: Sequence[_Text]) -> Iterator[tuple[str, int]]:
    for owner, text in enumerate(texts):
        yield from ((letters, owner) for word in words(text.entry.text) if (letters := letters_of(word)))


def _spans(owned: Sequence[tuple[str, int]], pairs: Sequence[tuple[int, int]], end: int) -> dict[int, tuple[int, int]]:
    """From each text's first word there to its last, and over what stands beside them where its own are missing."""
    total = Counter(owner for _, owner in owned)
    here: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for i, j in pairs:
        here[owned[i][1]].append((i, j))
    likely = [owner for owner in sorted(here) if len(here[owner]) >= _LIKE * total[owner]]
    spans: dict[int, tuple[int, int]] = {}
    reach = 0
    for number, owner in enumerate(likely):
        (first, start), (last, stop) = here[owner][0], here[owner][-1]
        limit = here[likely[number + 1]][0][1] if number + 1 < len(likely) else end
        starts_here = first > 0 and owned[first - 1][1] == owner
        ends_here = last + 1 < len(owned) and owned[last + 1][1] == owner
        spans[owner] = (reach if starts_here else start, limit if ends_here else stop + 1)
        reach = spans[owner][1]
    return spans


def _by_length(texts: Sequence[_Text], free: Sequence[int], pages: Pages) -> None:
    """Lines in order, as many for each text as it has letters for: words of such scripts are not told from a page."""
    taken: list[list[int]] = [[] for _ in texts]
    owner = 0
    for _, line in groupby(free, pages.line_of):
        if len(taken[owner]) >= _FULL * len(texts[owner].letters[0]):
            owner += 1
        if owner == len(texts):
            break
        taken[owner] += line
    for text, places in zip(texts, taken, strict=True):
        text.take(pages, (0, places))
