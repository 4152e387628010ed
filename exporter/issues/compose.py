"""Many articles as one: the issue an editor named, which every renderer sets like any other article."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from exporter.article import Article, Block, Heading, Inline, Metadata, Note, Section, ThematicBreak
from exporter.edition import Loss
from exporter.issues.issue import Entry, Issue
from exporter.issues.translations import linked
from exporter.rewriting import rewrite
from exporter.walk import blocks, parts

DEEPEST: Final = 6
"""The deepest level of a heading: HTML has no more."""


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of an issue: the ``entry`` it was named by, ``name`` of its source, and its part's number.

    ``identifier`` is what links lead to, no two alike.
    """

    entry: Entry
    article: Article
    part: int
    identifier: str


@dataclass(frozen=True, slots=True)
class Composed:
    """An issue as one article; ``losses`` (L006) are of its form."""

    article: Article
    losses: tuple[Loss, ...] = ()


def identified(articles: Iterable[tuple[Entry, Article, int]]) -> tuple[Piece, ...]:
    """The pieces of an issue, each with an identifier made of its slug."""
    taken: dict[str, Piece] = {}
    for entry, article, part in articles:
        slug = article.metadata.slug or f"article-{len(taken) + 1}"
        names = (slug, *(f"{slug}-{number}" for number in range(2, len(taken) + 3)))
        name = next(each for each in names if each not in taken)
        taken[name] = Piece(entry, article, part, name)
    return tuple(taken.values())


def compose(
    issue: Issue, pieces: Sequence[Piece], note: Sequence[Block] = (), *, subtitle: str | None = None
) -> Composed:
    """The whole ``issue``: the editor's ``note``, then each of ``pieces`` as a section, below its part's title.

    Headings stand below their article's; notes keep apart and are numbered through; ``subtitle`` tells the number.
    """
    sections = {piece.identifier: _section(piece, pieces, issue) for piece in pieces}
    found = list(note)
    for number, part in enumerate(issue.parts):
        found += _part(part.title, [sections[piece.identifier] for piece in pieces if piece.part == number], issue)
    return Composed(Article(metadata(issue, subtitle), tuple(found), issue.slug), tuple(_clamped(pieces, issue)))


def metadata(issue: Issue, subtitle: str | None = None) -> Metadata:
    """What is known of the whole issue."""
    return Metadata(
        title=issue.title,
        subtitle=subtitle or issue.subtitle,
        slug=issue.slug,
        authors=issue.authors,
        published=issue.date,
        language=issue.language,
        direction=issue.direction,
        summary=issue.summary,
        publisher=issue.publisher,
        rights=issue.rights,
        cover=issue.cover,
    )


def _part(title: str | None, sections: Sequence[Section], issue: Issue) -> Sequence[Section]:
    """The sections of a part, in one of its own where it has a title and any of them."""
    if not (title and sections):
        return sections
    about = Metadata(title=title, language=issue.language, direction=issue.direction)
    return [Section(tuple(sections), about)]


# --- One article ------------------------------------------------------------------------------


def level(piece: Piece, issue: Issue) -> int:
    """The level of the heading of ``piece``: below the title of its part where that has one."""
    return 3 if issue.parts[piece.part].title else 2


def _section(piece: Piece, pieces: Sequence[Piece], issue: Issue) -> Section:
    """``piece`` as a section: its headings below its title, its notes its own."""
    down = level(piece, issue) - 1
    metadata = overridden(piece)

    def shifted(block: Block) -> tuple[Block, ...]:
        match block:
            case Heading() | Section():
                return (replace(block, level=min(block.level + down, DEEPEST)),)
            case _:
                return (block,)

    def apart(inline: Inline) -> tuple[Inline, ...]:
        match inline:
            case Note():
                children = inline.children if same else tuple(_spoken(block, metadata) for block in inline.children)
                return (replace(inline, children=children, identifier=f"{piece.identifier}/{inline.identifier}"),)
            case _:
                return (inline,)

    same = (metadata.language, metadata.direction) == (issue.language, issue.direction)
    article = rewrite(piece.article, block=shifted, inline=apart)
    return Section(
        (*linked(piece, pieces), *article.blocks),
        replace(metadata, cover=None),
        level=down + 1,
        identifier=piece.identifier,
        language=None if same else metadata.language,
        direction=None if same else metadata.direction,
        position=metadata.title_position,
    )


def _spoken(block: Block, metadata: Metadata) -> Block:
    """``block`` of a note, which stands outside of the section that calls it, in the language and direction of that."""
    match block:
        case ThematicBreak():
            return block
        case _:
            language, direction = block.language or metadata.language, block.direction or metadata.direction
            return replace(block, language=language, direction=direction)


def overridden(piece: Piece) -> Metadata:
    """The metadata of ``piece`` with the title and the summary that the issue gives it."""
    found = piece.article.metadata
    return replace(found, title=piece.entry.title or found.title, summary=piece.entry.summary or found.summary)


def _clamped(pieces: Sequence[Piece], issue: Issue) -> Iterator[Loss]:
    """A loss (L006) for each heading that would stand deeper than there are levels."""
    for piece in pieces:
        for block in blocks(each for group in parts(piece.article) for each in group):
            wanted = _depth(block) + level(piece, issue) - 1
            if wanted > DEEPEST:
                line = block.position.line
                message = f"Line {line}: a heading of level {wanted} stands at level {DEEPEST}, the deepest there is."
                yield Loss("L006", message, line)


def _depth(block: Block) -> int:
    """The level of the heading that ``block`` is, or has; 0 for none."""
    match block:
        case Heading(level=depth) | Section(level=depth, metadata=Metadata()):
            return depth
        case _:
            return 0
