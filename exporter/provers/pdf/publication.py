"""What a PDF shows of an article made of several: which sections it has, and on which pages each stands.

Sections with metadata are told from other headings by their path in ``said``, as the article's tree has them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from exporter.pdfstructure import Block
from exporter.provers.pdf.alignment import Pair
from exporter.text import Said


@dataclass(frozen=True, slots=True)
class Section:
    """A section's title, the number of its heading among all (from 1), and the block drawn for it, if there is one."""

    said: Said
    ordinal: int
    block: Block | None

    @property
    def page(self) -> int:
        """The page its title begins on, from 1; 0 where it is on none."""
        return self.block.page if self.block else 0


def is_section(said: Said) -> bool:
    """Whether ``said`` is the title of a section with metadata."""
    return said.kind == "heading" and said.path.rpartition("/")[2].startswith("section[")


def sections(expected: Sequence[Said], pairs: Sequence[Pair]) -> tuple[Section, ...]:
    """The sections that contents list: all with metadata, where there are two or more of them in the text."""
    drawn = {id(said): block for said, block in pairs if said is not None}
    headings = [said for said in expected if said.kind == "heading"]
    found = tuple(
        Section(said, ordinal, drawn.get(id(said)))
        for ordinal, said in enumerate(headings, 1)
        if is_section(said) and "note" not in said.attributes
    )
    return found if len(found) > 1 else ()


def on_pages(pairs: Sequence[Pair]) -> Mapping[int, frozenset[str]]:
    """The paths of the sections of which something stands on each page (from 1) that has more than notes."""
    found: dict[int, set[str]] = {}
    for said, block in pairs:
        if said is not None and "note" not in said.attributes:
            around = frozenset(_around(said.path))
            for page in {piece.page + 1 for piece in block.pieces}:
                found.setdefault(page, set()).update(around)
    return {page: frozenset(paths) for page, paths in found.items()}


def _around(path: str) -> Iterator[str]:
    """The paths of the sections around ``path``, its own among them."""
    parts = path.split("/")
    for end, part in enumerate(parts, 1):
        if part.startswith("section["):
            yield "/".join(parts[:end])
