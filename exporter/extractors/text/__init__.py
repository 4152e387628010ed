"""Reads a plain text edition back, by the grammar of ``docs/plain-text.md`` alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from exporter.comparison import CONTENTS
from exporter.edition import Extraction
from exporter.errors import ExtractionError
from exporter.extractors.text.blocks import Around, BlockParser, Leaf
from exporter.extractors.text.contents import ENTRY, contents
from exporter.extractors.text.flowing import fixed
from exporter.extractors.text.lines import Cursor, join
from exporter.extractors.text.marks import DEFINITION, Definitions
from exporter.text import FURNITURE, Said
from exporter.walk import OBJECT

_CARRIES = frozenset(
    (
        *("level", "list", "task", "depth", "quote", "note", "calls", "links", "row", "column", "header"),
        *("whitespace", CONTENTS),
    )
)
_INTERNAL = re.compile("#([0-9]+)(?: (.*))?")
_HEADER = {"title", "subtitle", "byline", "dateline", FURNITURE}
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
"""What moves a terminal's cursor, hides text or ends a line where the grammar does not; no text has it."""


class TextExtractor:
    """Finds everything a text edition says but languages and directions, which it cannot carry."""

    def extract(self, content: bytes) -> Extraction:
        """The entries in reading order; raises ExtractionError where ``content`` does not follow the grammar."""
        parser = BlockParser()
        cursor = Cursor(_lines(content))
        body = [_top_heading(cursor, "title"), *parser.blocks(cursor, Around())]
        while not cursor.done:
            body += _below_heading(cursor, parser, body)
        entries = tuple(_entries(_resolved(body, parser.definitions), parser.definitions))
        return Extraction(entries, _CARRIES, _metadata(entries))


def _lines(content: bytes) -> list[str]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ExtractionError(f"The text is not UTF-8 ({error}). Render it again.") from error
    if match := _CONTROLS.search(text):
        name = f"U+{ord(match[0]):04X}"
        raise ExtractionError(f"The text has the control character {name} at offset {match.start()}. Render it again.")
    *lines, rest = text.split("\n")
    if rest or not lines:
        raise ExtractionError("The text does not end with a line end: it is cut off. Render it again.")
    return fixed(lines)


def _top_heading(cursor: Cursor, kind: str) -> Leaf:
    """A heading of level 1: the title, or the label over notes or links."""
    line = cursor.take()
    if not re.match("#(?: |$)", line):
        raise ExtractionError(f"No heading of level 1 begins like '{line}'. Render it again.")
    return Leaf(kind, join([line[2:], *cursor.indented(2)]), {})


def _below_heading(cursor: Cursor, parser: BlockParser, before: Sequence[Leaf]) -> Iterator[Leaf]:
    """What stands below a heading of level 1: the contents and the text after them, or a part at the end."""
    yield _top_heading(cursor, FURNITURE)
    cursor.skip_blank()
    if cursor.done:
        raise ExtractionError("Nothing stands under the last heading of level 1. Render it again.")
    if ENTRY.fullmatch(cursor.line):
        if any(leaf.kind not in _HEADER for leaf in before):
            raise ExtractionError(f"Contents begin behind the text, with '{cursor.line}'. Render it again.")
        yield from contents(cursor)
        yield from parser.blocks(cursor, Around())
    else:
        yield from _apparatus(cursor, parser)


# --- What stands at the end -------------------------------------------------------------------


def _apparatus(cursor: Cursor, parser: BlockParser) -> Iterator[Leaf]:
    """One part at the end, notes or links."""
    while not cursor.done and (match := DEFINITION.fullmatch(cursor.line[2:])) and cursor.line.startswith("  "):
        cursor.take()
        if match["label"]:
            yield from _note(cursor, match, parser)
        else:
            _link(cursor, match, parser.definitions)
        if cursor.skip_blank() == 2:
            return
    if not cursor.done:
        raise ExtractionError(f"No note and no link begins like '{cursor.line}'.")


def _note(cursor: Cursor, match: re.Match[str], parser: BlockParser) -> Iterator[Leaf]:
    parser.definitions.notes[match["mark"]] = match["number"]
    yield Leaf(FURNITURE, match["label"], {})
    lines = [match["text"] or "", *cursor.container(6)]
    yield from parser.contained(lines, Around(kind="note", note=match["number"]))


def _link(cursor: Cursor, match: re.Match[str], definitions: Definitions) -> None:
    if match["mark"] in definitions.links:
        raise ExtractionError(f"{match['mark']} is listed twice. Render it again.")
    definitions.links[match["mark"]] = join([match["text"] or "", *cursor.indented(4)])


# --- Entries ----------------------------------------------------------------------------------


def _resolved(leaves: list[Leaf], definitions: Definitions) -> list[Leaf]:
    """``leaves``, once links to headings are known by the heading's place; its title must be right."""
    titles = [_title_of(definitions.read(leaf.text).text) for leaf in leaves if leaf.kind == "heading"]
    for mark, target in definitions.links.items():
        match = _INTERNAL.fullmatch(target)
        if match and (match[2] or "") == dict(enumerate(titles, 1)).get(int(match[1])):
            definitions.links[mark] = f"#{match[1]}"
    return leaves


def _title_of(heading: str) -> str:
    """A heading as the list of links writes it, without the notes and pictures in it."""
    return re.sub(" +", " ", heading.replace(OBJECT, "")).strip(" ")


def _entries(leaves: Iterable[Leaf], definitions: Definitions) -> Iterator[Said]:
    for number, leaf in enumerate(leaves, 1):
        path = f"{leaf.kind}[{number}]"
        if not leaf.marked:
            yield Said(path, leaf.kind, leaf.text, 0, leaf.facts)
            continue
        reading = definitions.read(leaf.text)
        entry = Said(path, leaf.kind, reading.text, 0, {**leaf.facts, **reading.attributes})
        yield entry
        yield from (_image(entry, alt, leaf) for alt in reading.images)
    definitions.check()


def _image(entry: Said, alt: str, leaf: Leaf) -> Said:
    """A picture's entry has what stands around the text it is set in."""
    around = {name: value for name, value in leaf.facts.items() if name in ("depth", "quote", "note")}
    return replace(entry, path=f"{entry.path}/image", kind="image", text=alt, attributes=around)


def _metadata(entries: tuple[Said, ...]) -> dict[str, str]:
    header: list[Said] = []
    for entry in entries:
        if entry.kind not in _HEADER:
            break
        header.append(entry)
    return {
        "title": entries[0].text,
        "subtitle": "".join(entry.text for entry in header if entry.kind == "subtitle"),
        "authors": "; ".join(entry.text for entry in header if entry.kind == "byline"),
    }
