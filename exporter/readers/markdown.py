"""Reads Markdown: CommonMark and GFM, notes, definition lists, front matter, and the HTML authors mix in.

``docs/source-format.md`` is what an author needs to know.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from exporter.article import Article, Metadata
from exporter.edition import Source
from exporter.errors import SourceError
from exporter.readers import commonmark, markdown_tree
from exporter.readers.blocks import BlockReader
from exporter.readers.decoding import decode
from exporter.readers.front_matter import FrontMatter, front_matter
from exporter.readers.headings import places
from exporter.readers.metadata import metadata_from, overlay
from exporter.readers.outline import EXPLICIT
from exporter.readers.tree import CALL, NOTE, Element, Lines, blank, elements, sink, words
from exporter.walk import normalise


class MarkdownReader:
    """Reads ``.md`` files. The option "smart" sets typographic quotation marks and dashes, else as written."""

    def read(self, source: Source) -> Article:
        """The article ``source`` holds.

        Raises SourceError: S002 and S006 for its characters, S003 for HTML the model cannot hold,
        S004 without a title, S005 for notes, S007 for tables, S008 and S009 for its front matter.
        """
        text = decode(source)
        smart = bool(source.options.get("smart"))
        front = front_matter(text, file=source.name)
        tokens = commonmark.tokens(text[front.offset :], file=source.name, before=front.before, smart=smart)
        root = markdown_tree.tree(tokens, file=source.name, before=front.before, smart=smart)
        return _article(root, Lines(text), front, source)


def _article(root: Element, lines: Lines, front: FrontMatter, source: Source) -> Article:
    sink(root)
    facts = overlay(front.facts, source.sidecar)
    heading = _title_heading(root, facts)
    if heading:
        _refuse_in_title(heading, source.name)
        root.children.remove(heading)
    notes = _notes(root, source.name)
    reader = BlockReader(source.name, lines, places([root]), notes)
    blocks = reader.blocks(root.children)
    _refuse_uncalled(notes, reader.called, source.name)
    return Article(_metadata(heading, lines, facts, front, source.name), blocks, source.name)


def _metadata(
    heading: Element | None, lines: Lines, facts: Mapping[str, Any], front: FrontMatter, file: str
) -> Metadata:
    if not heading:
        return metadata_from(facts, file=file, lines=front.lines)
    position = lines.span(heading.first, heading.last)
    found = metadata_from(facts, file=file, title=_title(heading), title_position=position, lines=front.lines)
    return replace(found, title_position=position)


def _title_heading(root: Element, facts: Mapping[str, Any]) -> Element | None:
    """A level-1 heading the body begins with, where it is the title: nothing else gives one, or it says the same."""
    first = next((node for node in root.children if not blank(node)), None)
    match first:
        case Element(name="h1") if facts.get("title") in (None, "", _title(first)) and _title(first):
            return first
        case _:
            return None


def _title(heading: Element) -> str:
    return normalise(EXPLICIT.sub("", words(heading.children)))


def _refuse_in_title(heading: Element, file: str) -> None:
    """A title is text alone: raises SourceError where it would lose a link, a picture or a note."""
    for element in elements(heading.children):
        if element.name in ("img", "input", CALL) or "href" in element.attributes:
            message = "A title cannot hold links, pictures or notes. Give it in the front matter, as text."
            raise SourceError(message, file=file, line=heading.first, code="S003")


def _notes(root: Element, file: str) -> dict[str, Element]:
    """The definitions of notes by label; raises SourceError where a label has two."""
    found: dict[str, Element] = {}
    for element in elements([root]):
        if element.name == NOTE:
            label = element.attributes["label"]
            if label in found:
                message = f"Note '{label}' is defined on line {found[label].first} already. Rename one."
                raise SourceError(message, file=file, line=element.first, code="S005")
            found[label] = element
    return found


def _refuse_uncalled(notes: Mapping[str, Element], called: frozenset[str], file: str) -> None:
    for label, element in notes.items():
        if label not in called and words(element.children).strip():
            message = f"Note '{label}' is called nowhere, so no edition would show it. Call it with [^{label}]."
            raise SourceError(message, file=file, line=element.first, code="S005")
