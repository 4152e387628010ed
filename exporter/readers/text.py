"""Plain text (``.txt``): the first line is the title, a standfirst may follow, then paragraphs and sub-headings.

What form does not settle the author does: with marks in the file (``## ``, ``\\ ``) or with the keys
``headings`` and ``standfirst`` beside it (``docs/source-format.md``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from exporter.article import Article, Block, HardBreak, Heading, Inline, Metadata, Paragraph, Position, Text
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers.decoding import decode
from exporter.readers.metadata import metadata_from
from exporter.readers.outline import outline_depths, slug, unique
from exporter.readers.paragraphs import Passage, glue, passages
from exporter.readers.standfirst import Opening, is_standfirst
from exporter.readers.subheadings import subheadings
from exporter.walk import normalise


class TextReader:
    """Reads ``.txt``."""

    def read(self, source: Source) -> Article:
        """The article of a plain text; its language is "und" where the sidecar does not say.

        Raises SourceError: S002 and S006 of ``decode``; S004 where there is no text, or two titles;
        S009 where ``headings`` or ``standfirst`` of the sidecar do not fit the file.
        """
        found = passages(decode(source))
        if not found:
            raise SourceError("The file has no text. Write the title on its first line.", file=source.name, code="S004")
        title, *rest = found
        ruling = _ruling(source)
        facts = _facts(source, title)
        lead = _lead(found, ruling, facts, source.name)
        metadata = metadata_from(facts, file=source.name, title=title.text, title_position=_position(title))
        body = rest[1:] if lead else _without_lead(rest, ruling, metadata)
        return Article(_with_standfirst(metadata, lead), _blocks(body, ruling, source.name), source.name)


# --- The author's ruling ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the sidecar says about the text: ``headings`` are lines, ``standfirst`` a line, or whether there is one."""

    headings: tuple[int, ...] | None = None
    standfirst: int | bool | None = None


def _ruling(source: Source) -> Ruling:
    match source.sidecar.get("headings"):
        case None:
            lines = None
        case list() as written if all(type(line) is int for line in written):
            lines = tuple(written)
        case other:
            raise _refusal(
                f"headings: a list of line numbers like [24, 37] is wanted here, not {other!r}.", source.name
            )
    match source.sidecar.get("standfirst"):
        case None | str():  # a text is the standfirst itself, and metadata
            return Ruling(lines)
        case bool() | int() as standfirst:
            return Ruling(lines, standfirst)
        case other:
            raise _refusal(f"standfirst: true, false or a line number is wanted here, not {other!r}.", source.name)


def _refusal(message: str, file: str, line: int = 0) -> SourceError:
    return SourceError(message, file=file, line=line, code="S009")


def _facts(source: Source, title: Passage) -> Mapping[str, Any]:
    """The sidecar less what rules the text; a title in it must be the file's."""
    facts = {key: value for key, value in source.sidecar.items() if key != "headings"}
    if not isinstance(facts.get("standfirst"), str):
        facts.pop("standfirst", None)
    written = facts.pop("title", None)
    if written is not None and normalise(str(written)) != normalise(title.text):
        raise SourceError(
            f"The sidecar's title '{written}' is not the first line. Delete one of the two.",
            file=source.name,
            line=title.line,
            code="S004",
        )
    return facts


# --- The standfirst ---------------------------------------------------------------------------


def _lead(found: Sequence[Passage], ruling: Ruling, facts: Mapping[str, Any], file: str) -> tuple[Passage, ...]:
    """The standfirst, or nothing."""
    title, *rest = found
    given = next((facts[key] for key in ("subtitle", "standfirst", "deck") if key in facts), None)
    match ruling.standfirst:
        case False:
            return ()
        case True:
            return _below_title(rest, None, file)
        case int() as line:
            return _below_title(rest, line, file)
        case None if given is not None:
            return tuple(rest[:1]) if rest and normalise(str(given)) == normalise(rest[0].text) else ()
        case None:
            return tuple(rest[:1]) if _looks_like_standfirst(title, rest, ruling) else ()


def _below_title(rest: Sequence[Passage], line: int | None, file: str) -> tuple[Passage, ...]:
    if rest and line in (None, rest[0].line) and rest[0].level < 2:
        return tuple(rest[:1])
    message = f"standfirst: line {line} is not the paragraph below the title." if line else "standfirst: there is none."
    raise _refusal(f"{message} Move it there, or set standfirst = false.", file, line or 0)


def _looks_like_standfirst(title: Passage, rest: Sequence[Passage], ruling: Ruling) -> bool:
    if not rest or rest[0].level or rest[0].line in (ruling.headings or ()):
        return False
    first, *others = (passage.text for passage in rest)
    wrapped = any(len(passage.lines) > 1 for passage in rest)
    return is_standfirst(Opening(title.text, first, others, wrapped))


def _without_lead(rest: Sequence[Passage], ruling: Ruling, metadata: Metadata) -> Sequence[Passage]:
    """What ruled out as a standfirst is, like a line marked so, a paragraph."""
    if rest and not rest[0].level and (ruling.standfirst is False or metadata.subtitle is not None):
        return [replace(rest[0], level=1), *rest[1:]]
    return rest


def _with_standfirst(metadata: Metadata, lead: Sequence[Passage]) -> Metadata:
    for passage in lead:
        return replace(metadata, subtitle=passage.text, subtitle_position=_position(passage))
    return metadata


# --- The body ---------------------------------------------------------------------------------


def _blocks(body: Sequence[Passage], ruling: Ruling, file: str) -> tuple[Block, ...]:
    levels = _levels(body, ruling, file)
    depths = outline_depths(list(levels.values()))
    names = unique(slug(body[at].text) for at in levels)
    heads = {at: (depth, name) for at, depth, name in zip(levels, depths, names, strict=True)}
    return tuple(_block(passage, *heads.get(at, (0, ""))) for at, passage in enumerate(body))


def _block(passage: Passage, depth: int, identifier: str) -> Block:
    children, position = tuple(_inlines(passage)), _position(passage)
    if depth:
        return Heading(children, depth, identifier, position=position)
    return Paragraph(children, position=position)


def _levels(body: Sequence[Passage], ruling: Ruling, file: str) -> dict[int, int]:
    """The level of each sub-heading by its index: where the author marks any, those and no others."""
    marked = {at: passage.level for at, passage in enumerate(body) if passage.level > 1}
    if ruling.headings is not None:
        return _listed(body, ruling.headings, marked, file)
    if marked:
        return marked
    guessed = subheadings([passage.text for passage in body], [passage.gap for passage in body])
    return {at: 2 for at in guessed if body[at].level == 0}


def _listed(body: Sequence[Passage], lines: Sequence[int], marked: Mapping[int, int], file: str) -> dict[int, int]:
    places = {passage.line: at for at, passage in enumerate(body)}
    for line in lines:
        if line not in places:
            raise _refusal(f"headings: no paragraph of the body begins on line {line}. Correct it.", file, line)
    for at in marked:
        if body[at].line not in lines:
            raise _refusal("A line marked with '##' is not in headings. Use one of the two ways.", file, body[at].line)
    return {at: marked.get(at, 2) for at in sorted(places[line] for line in set(lines))}


def _inlines(passage: Passage) -> Iterator[Inline]:
    """The lines of a paragraph: line ends that were meant stay, others become what joins words."""
    for at, line in enumerate(passage.lines):
        position = Position(line.number, line.start, line.end)
        following = passage.lines[at + 1 : at + 2]
        meant = passage.breaks[at : at + 1] == (True,)
        joint = "" if meant or not following else glue(line.text, following[0].text)
        yield Text(line.text + joint, position=position)
        if meant:
            yield HardBreak(position=Position(line.number, line.end, line.end + 1))


def _position(passage: Passage) -> Position:
    return Position(passage.line, passage.lines[0].start, passage.lines[-1].end)
