"""An article as HTML: the body that the PDF, EPUB and HTML editions share, and the HTML edition.

The markup is both HTML and well-formed XML. Roles an extractor needs are class names:
``title subtitle byline author dateline caption credit note`` for what is said, ``furniture`` for
what is not. Note calls are ``noteref``. Looks are in the templates' style sheets.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Literal, assert_never

from markupsafe import Markup

from exporter import dates, templating
from exporter.article import (
    Alignment,
    Article,
    Block,
    BlockQuote,
    BulletList,
    Cell,
    Code,
    CodeBlock,
    DefinitionItem,
    DefinitionList,
    Emphasis,
    Figure,
    HardBreak,
    Heading,
    Image,
    Inline,
    Link,
    ListItem,
    Metadata,
    Note,
    OrderedList,
    Paragraph,
    Row,
    Ruby,
    Section,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)
from exporter.edition import RenderContext
from exporter.errors import RenderError
from exporter.labels import Labels
from exporter.text import note_numbers, notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """How the body differs between those who call for it.

    ``notes`` at the "foot" are set where they are called, at the "end" after the body;
    ``picture`` gives the URL of an image by its source; ``epub`` adds ``epub:type``.
    """

    labels: Labels
    picture: Callable[[str], str]
    notes: Literal["foot", "end"] = "end"
    epub: bool = False


class HtmlRenderer:
    """A page of its own, pictures inside."""

    suffix = "html"
    media_type = "text/html"

    def render(self, article: Article, context: RenderContext) -> bytes:
        """The article as one HTML file, UTF-8."""
        dialect = Dialect(labels=context.labels, picture=lambda source: _data_url(source, context))
        page = document("article.html.j2", article, body(article, dialect), context)
        return page.encode("utf-8")


def document(template: str, article: Article, content: str, context: RenderContext, **more: object) -> str:
    """``content`` set in a page template, which also gets the metadata, labels and ``more`` by name."""
    page = templating.environment(context.templates or templating.search_path()).get_template(template)
    return page.render(metadata=article.metadata, labels=context.labels, body=Markup(content), **more)


def body(article: Article, dialect: Dialect) -> str:
    """The article's header, blocks and, at the "end", notes."""
    writer = _Writer(note_numbers(article), dialect)
    parts = [writer.header(article.metadata, 1), writer.blocks(article.blocks)]
    if dialect.notes == "end":
        parts.append(writer.endnotes(notes(article)))
    return "".join(parts)


def _data_url(source: str, context: RenderContext) -> str:
    resource = context.resources.get(source)
    if resource is None:
        raise RenderError(f"No picture '{source}' was loaded.")
    return f"data:{resource.media_type};base64,{base64.b64encode(resource.content).decode('ascii')}"


def element(name: str, content: str = "", **attributes: str | None) -> str:
    """``<name …>content</name>``; attributes that are None are left out, ``_`` in names is ``-``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    return f"<{name}{written}>{content}</{name}>"


def furniture(text: str, more: str = "") -> str:
    """``text`` as something the edition adds."""
    return element("span", escape(text, quote=False), class_=f"furniture {more}".strip())


class _Writer:
    """Writes the blocks of one article."""

    def __init__(self, numbers: Mapping[str, int], dialect: Dialect) -> None:
        self._numbers = numbers
        self._dialect = dialect
        self._called: set[str] = set()

    # Header

    def header(self, metadata: Metadata, level: int) -> str:
        parts = [element(f"h{level}", escape(metadata.title, quote=False), class_="title")]
        if metadata.subtitle:
            parts.append(element("p", escape(metadata.subtitle, quote=False), class_="subtitle"))
        if metadata.authors:
            parts.append(self._byline(metadata.authors))
        parts += [self._dateline(shown) for shown in dates.datelines(metadata)]
        return element("header", "\n".join(parts)) + "\n"

    def _byline(self, authors: tuple[str, ...]) -> str:
        names = [element("span", escape(author, quote=False), class_="author") for author in authors]
        return element("p", furniture(f"{self._dialect.labels.by} ") + furniture(", ").join(names), class_="byline")

    def _dateline(self, shown: dates.Dateline) -> str:
        words = _date_label(self._dialect.labels, shown.role)
        time = element("time", escape(shown.text, quote=False), datetime=shown.date.isoformat())
        return element("p", furniture(f"{words} ") + time, class_="dateline")

    # Blocks

    def blocks(self, children: Iterable[Block]) -> str:
        return "".join(f"{self._block(child)}\n" for child in children)

    def _block(self, block: Block) -> str:
        match block:
            case Section():
                return self._section(block)
            case Heading():
                content = self.inlines(block.children)
                return element(f"h{block.level}", content, id=block.identifier, **_where(block))
            case Paragraph():
                return element("p", self.inlines(block.children), **_where(block))
            case BulletList():
                return element("ul", self._items(block.items, block.tight), **_where(block))
            case OrderedList():
                start = None if block.start == 1 else str(block.start)
                return element("ol", self._items(block.items, block.tight), start=start, **_where(block))
            case BlockQuote():
                return element("blockquote", "\n" + self.blocks(block.children), **_where(block))
            case CodeBlock():
                return self._code_block(block)
            case Table():
                return self._table(block)
            case Figure():
                return self._figure(block)
            case DefinitionList():
                return element("dl", "".join(map(self._definition_item, block.items)), **_where(block))
            case ThematicBreak():
                return "<hr/>"
            case _:
                assert_never(block)

    def _section(self, section: Section) -> str:
        header = self.header(section.metadata, 2) if section.metadata else ""
        return element("section", "\n" + header + self.blocks(section.children), **_where(section))

    def _items(self, items: Iterable[ListItem], tight: bool) -> str:
        return "\n" + "".join(f"{self._item(item, tight)}\n" for item in items)

    def _item(self, item: ListItem, tight: bool) -> str:
        match item.children:
            case (Paragraph() as first, *rest) if not _where(first):
                text = self._task(item) + self.inlines(first.children)
                return element("li", (text if tight else element("p", text)) + self._following(rest))
            case children:
                return element("li", self._task(item) + self._following(children))

    def _following(self, children: Iterable[Block]) -> str:
        rest = self.blocks(children)
        return f"\n{rest}" if rest else ""

    def _task(self, item: ListItem) -> str:
        if item.checked is None:
            return ""
        return furniture("\u2611 ", "checked") if item.checked else furniture("\u2610 ", "unchecked")

    def _code_block(self, block: CodeBlock) -> str:
        syntax = f"language-{block.syntax}" if block.syntax else None
        # HTML drops a first line end inside pre, so one is put there to be dropped.
        return element("pre", "\n" + element("code", escape(block.text, quote=False), class_=syntax), **_where(block))

    def _definition_item(self, item: DefinitionItem) -> str:
        terms = [element("dt", self.inlines(term)) for term in item.terms]
        definitions = [element("dd", self._following(each)) for each in item.definitions]
        return element("div", "\n" + "\n".join((*terms, *definitions)) + "\n") + "\n"

    def _figure(self, figure: Figure) -> str:
        caption = element("p", self.inlines(figure.caption), class_="caption") if figure.caption else ""
        credit = element("p", self.inlines(figure.credit), class_="credit") if figure.credit else ""
        below = element("figcaption", caption + credit) if caption or credit else ""
        return element("figure", self._image(figure.image) + below, **_where(figure))

    # Tables

    def _table(self, table: Table) -> str:
        caption = element("caption", self.inlines(table.caption)) + "\n" if table.caption else ""
        head = element("thead", self._rows(table.head, table.alignments, "col")) + "\n" if table.head else ""
        rows = element("tbody", self._rows(table.body, table.alignments, "row")) + "\n" if table.body else ""
        return element("table", f"\n{caption}{head}{rows}", **_where(table))

    def _rows(self, rows: Iterable[Row], alignments: tuple[Alignment | None, ...], scope: str) -> str:
        return "\n" + "".join(
            element("tr", "".join(self._cell(*pair, scope) for pair in zip(row.cells, alignments, strict=True))) + "\n"
            for row in rows
        )

    def _cell(self, cell: Cell, alignment: Alignment | None, scope: str) -> str:
        name, its_scope = ("th", scope) if cell.header else ("td", None)
        looks = f"align-{alignment}" if alignment else None
        return element(name, self.inlines(cell.children), scope=its_scope, class_=looks)

    # Inlines

    def inlines(self, children: Iterable[Inline]) -> str:
        return "".join(map(self._inline, children))

    def _inline(self, inline: Inline) -> str:
        match inline:
            case Text():
                return escape(inline.text, quote=False)
            case Emphasis():
                return element("em", self.inlines(inline.children))
            case Strong():
                return element("strong", self.inlines(inline.children))
            case Strikethrough():
                return element("s", self.inlines(inline.children))
            case Superscript():
                return element("sup", self.inlines(inline.children))
            case Subscript():
                return element("sub", self.inlines(inline.children))
            case Code():
                return element("code", escape(inline.text, quote=False))
            case Link():
                return element("a", self.inlines(inline.children), href=inline.target, title=inline.title)
            case Image():
                return self._image(inline)
            case Note():
                return self._note(inline)
            case Ruby():
                return _ruby(inline)
            case Span():
                return element("span", self.inlines(inline.children), **_where(inline))
            case HardBreak():
                return "<br/>"
            case _:
                assert_never(inline)

    def _image(self, image: Image) -> str:
        decorative = {} if image.alt else {"role": "presentation"}
        url = escape(self._dialect.picture(image.source))
        return element("img", src=url, alt=image.alt, title=image.title, **decorative).replace("></img>", "/>")

    # Notes

    def _note(self, note: Note) -> str:
        number = self._numbers[note.identifier]
        first = note.identifier not in self._called
        self._called.add(note.identifier)
        if self._dialect.notes == "foot" and first:
            return element("span", self._footnote(note), class_="note", id=f"note-{number}")
        return element("sup", self._call(number, first), class_="noteref")

    def _call(self, number: int, first: bool) -> str:
        more = {"epub:type": "noteref"} if self._dialect.epub else {}
        anchor = f"call-{number}" if first else None
        return element("a", str(number), id=anchor, href=f"#note-{number}", role="doc-noteref", **more)

    def _footnote(self, note: Note) -> str:
        """Phrasing content only, so that the paragraph around the call stays whole for an HTML parser."""
        return "".join(self._footnote_block(child) for child in note.children)

    def _footnote_block(self, block: Block) -> str:
        match block:
            case Paragraph():
                return element("span", self.inlines(block.children), class_="paragraph", **_where(block))
            case _:
                raise RenderError(
                    f"Line {block.position.line}: a note at the foot of a page holds paragraphs only; "
                    f"this one has a {type(block).__name__}. Move it into the text."
                )

    def endnotes(self, found: tuple[Note, ...]) -> str:
        if not found:
            return ""
        heading = element("h2", escape(self._dialect.labels.notes, quote=False), class_="furniture")
        listed = "".join(self._endnote(number, note) for number, note in enumerate(found, 1))
        more = {"epub:type": "endnotes"} if self._dialect.epub else {}
        return element("section", f"\n{heading}\n{listed}", class_="notes", role="doc-endnotes", **more) + "\n"

    def _endnote(self, number: int, note: Note) -> str:
        more = {"epub:type": "endnote"} if self._dialect.epub else {}
        back = element("a", f"{number}.", href=f"#call-{number}", class_="furniture back", role="doc-backlink")
        content = element("p", back, class_="number") + "\n" + self.blocks(note.children)
        return element("div", content, class_="note", id=f"note-{number}", **more) + "\n"


def _date_label(labels: Labels, role: Literal["published", "updated"]) -> str:
    return labels.published if role == "published" else labels.updated


def _ruby(ruby: Ruby) -> str:
    reading = element("rp", "(") + element("rt", escape(ruby.annotation, quote=False)) + element("rp", ")")
    return element("ruby", escape(ruby.base, quote=False) + reading)


def _where(node: Block | Span) -> dict[str, str]:
    """``lang`` and ``dir`` of a node that sets them; XML needs ``xml:lang`` beside ``lang``."""
    match node:
        case ThematicBreak():
            return {}
        case _:
            languages = {"lang": node.language, "xml:lang": node.language} if node.language else {}
            return {**languages, **({"dir": node.direction} if node.direction else {})}
