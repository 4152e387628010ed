"""P007, P009: the table of contents lists the sections, each by its title, and the page where it begins."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TypeAlias

from exporter.comparison import signature
from exporter.edition import Discrepancy
from exporter.pdfstructure import ENTRY, NUMBER, Block, Fragment
from exporter.provers.pdf.glyphproof import GlyphProof
from exporter.provers.pdf.publication import Section
from exporter.provers.pdf.texts import Outcome, judged

_Line: TypeAlias = tuple[Block, Block]
"""An entry as drawn: its title, and the number beside it."""


_EMPTY = 1.5
"""How much lower, in heights of letters, a number stands where nothing is drawn on the last line of its entry."""


def listed(sections: Sequence[Section], blocks: Sequence[Block], proof: GlyphProof | None) -> tuple[Outcome, ...]:
    """The entries as texts to be proved: each has to draw the title of its section."""
    entries = [entry for entry, _ in _lines(blocks)]
    if len(entries) != len(sections):
        return ()
    return tuple(judged(((section.said, entry) for section, entry in zip(sections, entries, strict=True)), proof))


def mislisted(sections: Sequence[Section], blocks: Sequence[Block]) -> Iterator[Discrepancy]:
    """What is wrong with the contents beside the glyphs of their titles."""
    lines = _lines(blocks)
    if len(lines) != len(sections):
        yield _miscounted(sections, lines)
        return
    for section, line in zip(sections, lines, strict=True):
        yield from _astray(section, line)
    for (above, _), (below, _) in pairwise(lines):
        if not _is_below(above, below):
            yield _finding("P008", f"'{_shown(below)}' of the contents stands elsewhere than it is read", below)


def _lines(blocks: Sequence[Block]) -> list[_Line]:
    """Entries and their numbers: a number is the block right behind its entry."""
    ends = [block.path.partition(": ")[2] for block in blocks]
    return [
        (entry, number)
        for (entry, kind), (number, other) in pairwise(zip(blocks, ends, strict=True))
        if (kind, other) == (ENTRY, NUMBER)
    ]


def _miscounted(sections: Sequence[Section], lines: Sequence[_Line]) -> Discrepancy:
    """The contents list fewer or more than there is; told by the first title that is missing or added."""
    wanted = [signature(section.said.text, "lines") for section in sections]
    found = [signature(entry.text, "lines") for entry, _ in lines]
    missing = next((s.said.text for s, title in zip(sections, wanted, strict=True) if title not in found), "")
    added = next((_shown(entry) for (entry, _), title in zip(lines, found, strict=True) if title not in wanted), "")
    what = f"'{missing}' is missing" if missing else f"'{added}' is added" if added else "one stands there twice"
    message = f"The contents list {len(lines)} of {len(sections)} sections: {what}."
    return Discrepancy("P009", message, expected="\n".join(wanted), found="\n".join(found))


def _astray(section: Section, line: _Line) -> Iterator[Discrepancy]:
    """An entry in another language, that leads elsewhere, or names another page."""
    entry, number = line
    said = section.said
    if entry.attributes.get("language") != said.attributes["language"]:
        found, wanted = entry.attributes.get("language", ""), said.attributes["language"]
        message = f"The contents have '{said.text}' in the language '{found}', not '{wanted}'."
        yield Discrepancy("V011", message, said.line, entry.path, wanted, found, "form")
    if entry.attributes.get("links") != f"#{section.ordinal}":
        yield _finding("P009", f"The entry '{said.text}' of the contents leads elsewhere", entry)
    if number.text.strip() != str(section.page):
        what = f"The contents say page '{number.text.strip()}' of '{said.text}', which begins on page {section.page}"
        yield _finding("P009", what, number)
    elif not _is_beside(entry, number):
        yield _finding("P008", f"The page's number does not stand beside '{said.text}' in the contents", number)


def _is_beside(entry: Block, number: Block) -> bool:
    """Whether a number stands at the height of the last line of its entry, which may be an empty one."""
    title, figures = _fragments(entry)[-1:], _fragments(number)[:1]
    if not title or not figures or title[0].page != figures[0].page:
        return False
    box = title[0].box
    return box.bottom - _EMPTY * (box.top - box.bottom) < figures[0].box.centre[1] < box.top


def _is_below(above: Block, below: Block) -> bool:
    first, second = _fragments(above)[-1:], _fragments(below)[:1]
    if not first or not second:
        return True
    return (second[0].page, -second[0].box.centre[1]) > (first[0].page, -first[0].box.centre[1])


def _fragments(block: Block) -> list[Fragment]:
    return [step.piece for step in block.steps if isinstance(step.piece, Fragment)]


def _shown(block: Block) -> str:
    return " ".join(block.text.split())


def _finding(code: str, what: str, block: Block) -> Discrepancy:
    return Discrepancy(code, f"{what}.", path=block.path, found=block.text)
