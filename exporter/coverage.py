"""Shows that a reader dropped nothing of a source: every line is in a node, every character is testified to.

Works for any reader: it looks at the article, at the source, and at a witness's testimony.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final, assert_never

from exporter.article import (
    Article,
    Block,
    BlockQuote,
    BulletList,
    CodeBlock,
    DefinitionList,
    Figure,
    Heading,
    ListItem,
    OrderedList,
    Paragraph,
    Position,
    Section,
    Table,
    ThematicBreak,
)
from exporter.edition import Discrepancy, Source
from exporter.readers.decoding import decode
from exporter.readers.front_matter import FrontMatter, front_matter
from exporter.text import Said, said
from exporter.walk import OBJECT, blocks, parts

_CONTEXT: Final = 20
_WHITESPACE: Final = f" \t\n\r\f\v{OBJECT}"
_PAGES: Final = (".html", ".htm", ".xhtml")
_HEAD: Final = frozenset({"title", "subtitle", "byline", "dateline"})

_COMMENT: Final = re.compile(r"<!--.*?-->", re.DOTALL)
_DEFINITION: Final = re.compile(
    r"""^[ >]*\[(?!\^)(?:[^\[\]\\]|\\.)++\]:[ \t]*\n?[ \t>]*(?:<[^<>\n]*>|[^\s<]\S*+)"""
    r"""(?:[ \t]*\n?[ \t>]*(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|\((?:\\.|[^()\\])*\)))?[ \t]*$""",
    re.MULTILINE,
)
_TAG: Final = re.compile(r"""</?[A-Za-z](?:"[^"]*"|'[^']*'|[^<>"'])*+>|<[!?][^>]*>""")
_EMPTY_LINK: Final = re.compile(r"(?<!!)\[\]\([^()\s]*\)")
_NOTE_LABEL: Final = re.compile(r"^[ >]*\[\^[^\s\]]+\]:", re.MULTILINE)
_MARKER: Final = re.compile(r"[ >]*(?P<marker>[:~])[ \t]")
_SYNTAX_ONLY: Final = re.compile(r"[\s!-/:-@\[-`{-~]*")


def coverage(article: Article, source: Source, testimony: str | None) -> tuple[Discrepancy, ...]:
    """What ``source`` says and ``article`` does not (S001), or the other way round; nothing means all is there.

    ``testimony`` is the witness's, None where the format has no witness: then lines alone are looked at. Of
    a page of HTML a part is read, and a line may be all of it: there the testimony alone counts.
    """
    if source.name.lower().endswith(_PAGES):
        return tuple(_contradicted(article, testimony or "", FrontMatter(), {}))
    text = decode(source)
    front = front_matter(text, file=source.name) if source.name.lower().endswith(".md") else FrontMatter()
    found = tuple(_uncovered(article, text, front))
    if testimony is None:
        return found
    return (*found, *_contradicted(article, testimony, front, _markers(article, text)))


# --- Lines ------------------------------------------------------------------------------------


def _uncovered(article: Article, text: str, front: FrontMatter) -> Iterator[Discrepancy]:
    """Lines with characters that are not syntax and that no leaf of the article spans."""
    covered = bytearray(len(text) + 1)
    for position in _leaves(article):
        covered[position.start : position.end] = b"\1" * (position.end - position.start)
    start = front.offset
    for number, line in enumerate(_without_syntax(text[front.offset :]).split("\n"), front.before + 1):
        if not _SYNTAX_ONLY.fullmatch(line) and not any(covered[start : start + len(line)]):
            shown = text[start : start + len(line)].strip()
            message = f"Line {number}: the article lacks what stands here: '{shown[:60]}'."
            yield Discrepancy("S001", message, number, expected=shown)
        start += len(line) + 1


def _without_syntax(text: str) -> str:
    """``text``, as long as it was, with spaces for comments, definitions of links, tags and links without text."""
    for pattern, end in ((_COMMENT, "-->"), (_DEFINITION, ""), (_TAG, ">"), (_NOTE_LABEL, ""), (_EMPTY_LINK, "")):
        # Behind the last end nothing can match, and looking for it from each beginning could take hours.
        last = text.rfind(end) + len(end)
        text = pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text[:last]) + text[last:]
    return text


def _leaves(article: Article) -> Iterator[Position]:
    yield from (article.metadata.title_position, article.metadata.subtitle_position)
    for part in parts(article):
        yield from _spans(part)


def _spans(children: Iterable[Block]) -> Iterator[Position]:
    """Where the blocks stand that hold text themselves; of tables the rows, of items without text the items."""
    for block in blocks(children):
        match block:
            case Heading() | Paragraph() | CodeBlock() | Figure() | ThematicBreak():
                yield block.position
            case Table():
                yield from (row.position for row in (*block.head, *block.body))
                yield from (inline.position for inline in block.caption)
            case BulletList() | OrderedList():
                yield from (item.position for item in block.items if _is_bare(item))
            case DefinitionList():
                yield from (item.position for item in block.items)
            case Section() | BlockQuote():
                if isinstance(block, Section) and block.metadata:
                    yield from (block.metadata.title_position, block.metadata.subtitle_position)
            case _:
                assert_never(block)


def _is_bare(item: ListItem) -> bool:
    return not item.children


# --- Characters -------------------------------------------------------------------------------


def _contradicted(
    article: Article, testimony: str, front: FrontMatter, markers: dict[int, str]
) -> Iterator[Discrepancy]:
    """The first place where the article and the witness differ."""
    entries = [_marked(entry, markers) for entry in said(article) if _is_of_body(entry, article, front)]
    read = "".join(_squeezed(entry.text) for entry in entries)
    witnessed = _squeezed(testimony)
    if read == witnessed:
        return
    at = next(
        (i for i, (a, b) in enumerate(zip(read, witnessed, strict=False)) if a != b), min(len(read), len(witnessed))
    )
    line = _line_at(entries, at)
    expected, found = _around(witnessed, at), _around(read, at)
    message = f"Line {line}: a second reading of the source says '{expected}', the article '{found}'."
    yield Discrepancy("S001", message, line, expected=expected, found=found)


def _markers(article: Article, text: str) -> dict[int, str]:
    """What marks the definitions of a definition list in the source, by line: to a witness it is text."""
    lines = text.split("\n")
    starts = (
        definition[0].position.line
        for part in parts(article)
        for block in blocks(part)
        if isinstance(block, DefinitionList)
        for item in block.items
        for definition in item.definitions
        if definition
    )
    found = ((line, _MARKER.match(lines[line - 1])) for line in starts)
    return {line: marker["marker"] for line, marker in found if marker}


def _marked(entry: Said, markers: dict[int, str]) -> Said:
    """``entry`` behind the marker that its line begins with; takes the marker out of ``markers``."""
    if entry.kind in _HEAD or entry.line not in markers:
        return entry
    return replace(entry, text=markers.pop(entry.line) + entry.text)


def _is_of_body(entry: Said, article: Article, front: FrontMatter) -> bool:
    """Whether the entry was read from the body; of the header, what has a position there."""
    if entry.path not in ("title", "subtitle"):
        return "/" in entry.path or entry.kind not in _HEAD
    metadata = article.metadata
    position = metadata.title_position if entry.kind == "title" else metadata.subtitle_position
    return position.line > front.before


def _line_at(entries: Iterable[Said], at: int) -> int:
    line = 0
    for entry in entries:
        line = entry.line or line
        at -= len(_squeezed(entry.text))
        if at < 0:
            break
    return line


def _squeezed(text: str) -> str:
    for character in _WHITESPACE:
        text = text.replace(character, "")
    return text


def _around(text: str, at: int) -> str:
    before = text[max(0, at - _CONTEXT) : at]
    return f"{before}\N{WHITE RIGHT-POINTING TRIANGLE}{text[at : at + _CONTEXT]}"
