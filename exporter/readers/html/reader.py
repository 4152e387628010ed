"""Reads HTML (``.html``, ``.htm``) and XHTML (``.xhtml``): the part of a page that is the article.

``docs/source-format.md`` is what an author needs to know. Nothing is run and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from exporter.article import Article, Metadata, Position
from exporter.edition import Account, Loss, Source
from exporter.errors import SourceError
from exporter.readers.blocks import BlockReader
from exporter.readers.headings import places
from exporter.readers.html import facts, parsing, xml
from exporter.readers.html.anchors import lead_to_headings
from exporter.readers.html.encoding import decode
from exporter.readers.html.header import Header, take_header, text_of
from exporter.readers.html.notes import take_notes
from exporter.readers.html.omissions import Omissions, omit
from exporter.readers.html.pictures import rebase, show_pictures
from exporter.readers.html.selection import Selected, Selection, select
from exporter.readers.html.tasks import show_boxes
from exporter.readers.languages import language_tag
from exporter.readers.metadata import metadata_from, overlay
from exporter.readers.tree import DEEPEST, Element, Lines, Words, elements, sink
from exporter.walk import normalise


class HtmlReader:
    """Reads pages. The option "select", a list of CSS selectors, says which elements are the article."""

    def __init__(self) -> None:
        self._last: tuple[Source, tuple[Article, Account]] | None = None

    def read(self, source: Source) -> Article:
        """The article ``source`` holds.

        Raises SourceError: S006 for its encoding, S003 for what the model cannot hold, S004
        without a title or any text, S005 for notes, S009 where nothing is selected or a value is none.
        """
        return self._outcome(source)[0]

    def account(self, source: Source) -> Account:
        """What the page has that the article has not; raises what ``read`` raises."""
        return self._outcome(source)[1]

    def _outcome(self, source: Source) -> tuple[Article, Account]:
        """Both, read once."""
        if self._last is None or self._last[0] != source:
            self._last = source, _read(source)
        return self._last[1]


@dataclass(frozen=True, slots=True)
class _Page:
    """A page as parsed, what is told in its head, and what of it is read."""

    text: str
    root: Element
    told: facts.Told
    selection: Selection


def _read(source: Source) -> tuple[Article, Account]:
    page = _page(source)
    omissions = Omissions()
    root = _body(page, source.name, omissions)
    notes = take_notes(root, source.name)
    given = source.sidecar.get("title")
    header = take_header(root, page.told, normalise(str(given)) if given else None, source.name)
    article = Article(_metadata(header, page, source), _blocks(root, notes, page, source), source.name)
    notices = (*_notice(page.selection), *page.told.notices, *omissions.sentences())
    losses = sorted((*omissions.losses, *_lost_with(header)), key=lambda loss: loss.line)
    return article, Account(tuple(losses), notices)


def _page(source: Source) -> _Page:
    text = decode(source)
    parse = xml.parse if source.name.lower().endswith(".xhtml") else parsing.parse
    root = parse(text, source.name)
    selection = select(root, str(source.options.get("select") or ""), source.name)
    return _Page(text, root, facts.told(root), selection)


def _notice(selection: Selection) -> tuple[str, ...]:
    return (selection.notice,) if selection.notice else ()


# --- The body ---------------------------------------------------------------------------------


def _body(page: _Page, file: str, omissions: Omissions) -> Element:
    """What is read as one tree, ready for what Markdown's trees are ready for."""
    chosen = page.selection.parts
    root = Element("body", {}, [_placed(part, chosen[0]) for part in chosen], chosen[0].element.first)
    _refuse_depth(root, file)
    omit(root, file, omissions)
    show_pictures(root, omissions)
    show_boxes(root)
    rebase(root, facts.base_of(page.root))
    _keep_first_lines(root)
    return root


def _keep_first_lines(root: Element) -> None:
    """Put before preformatted text the line end that is dropped there: the parser has done so already."""
    for element in elements([root]):
        if element.name == "pre":
            element.children.insert(0, Words("\n", element.first, element.first))


def _placed(part: Selected, first: Selected) -> Element:
    """The element of ``part``, saying in which language and direction it is where the article's are others."""
    element = part.element
    kept = {name: value for name, value in element.attributes.items() if name not in ("lang", "xml:lang", "dir")}
    if part.language and part.language != first.language:
        kept["lang"] = part.language
    if part.direction and part.direction != first.direction:
        kept["dir"] = part.direction
    element.attributes = kept
    return element


def _refuse_depth(root: Element, file: str) -> None:
    level = [root]
    for _ in range(DEEPEST):
        level = [child for element in level for child in element.children if isinstance(child, Element)]
    if level:
        message = f"This is nested deeper than {DEEPEST} levels. Make it flatter, or select a part of it."
        raise SourceError(message, file=file, line=level[0].first, code="S003")


def _blocks(root: Element, notes: dict[str, Element], page: _Page, source: Source) -> tuple[Any, ...]:
    for tree in (root, *notes.values()):
        lead_to_headings(tree)
        sink(tree)
        _open_paragraphs(tree)
    reader = BlockReader(source.name, Lines(page.text), places([root, *notes.values()]), notes, str.strip)
    blocks = reader.blocks(root.children)
    for note in (note for label, note in notes.items() if label not in reader.called):
        message = f"The note '{text_of(note)[:30]}' is called where no edition can: in a line of names. Move its call."
        raise SourceError(message, file=source.name, line=note.first, code="S005")
    if not blocks:
        message = "There is no text in what is read of the page. Name another part of it with --select."
        raise SourceError(message, file=source.name, line=root.first, code="S004")
    return blocks


def _open_paragraphs(root: Element) -> None:
    """Make groups of paragraphs that hold blocks, as they may in XML, and tables in pages without a document type."""
    for element in elements([root]):
        if element.name == "p" and any(isinstance(child, Element) and child.block for child in element.children):
            element.name = "div"


# --- Metadata ---------------------------------------------------------------------------------


def _metadata(header: Header, page: _Page, source: Source) -> Metadata:
    told = {**page.told.facts, **_around(page.selection.parts[0])}
    if header.authors:
        told["authors"] = list(header.authors)
    if header.standfirst:
        told["subtitle"] = text_of(header.standfirst)
    if header.title:
        told.pop("title", None)
    known = overlay(told, source.sidecar)
    lines = {key: line for key, line in page.told.lines.items() if key not in source.sidecar}
    title = text_of(header.title) if header.title else None
    found = metadata_from(known, file=source.name, title=title, lines=lines)
    spans = Lines(page.text)
    return replace(
        found,
        title_position=_position(header.title, spans),
        subtitle_position=_position(header.standfirst, spans),
    )


def _around(part: Selected) -> Mapping[str, str]:
    """Language and direction the page sets for what is read; a language that is none was told of in a notice."""
    language, direction = part.language.replace("_", "-"), part.direction
    try:
        told = {"language": language_tag(language)} if language else {}
    except ValueError:
        told = {}
    return {**told, **({"direction": direction} if direction in ("ltr", "rtl") else {})}


def _position(element: Element | None, lines: Lines) -> Position:
    return lines.span(element.first, element.last) if element else Position()


def _lost_with(header: Header) -> Iterable[Loss]:
    """Links in the title and in lines that editions write themselves: they are text."""
    for link in elements([*([header.title] if header.title else []), *header.lines]):
        if link.name == "a" and (target := link.attributes.get("href")):
            message = (
                f"Line {link.first}: the link of '{text_of(link)[:40]}' to '{target}' is left out; its text stays."
            )
            yield Loss("L003", message, link.first)
