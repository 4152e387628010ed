"""Articles for tests: small ones, and one with every construct."""

from __future__ import annotations

from datetime import date

from exporter.article import (
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
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Table,
    Text,
    ThematicBreak,
)


def paragraph(text: str) -> Paragraph:
    """A paragraph of plain text."""
    return Paragraph((Text(text),))


def item(*children: Block, checked: bool | None = None) -> ListItem:
    """A list item."""
    return ListItem(children, checked)


def cells(*texts: str, header: bool = False) -> Row:
    """A row of plain cells."""
    return Row(tuple(Cell((Text(text),) if text else (), header) for text in texts))


def article(*blocks: Block, title: str = "A title", language: str = "en", **metadata: object) -> Article:
    """An article of ``blocks``; metadata by keyword."""
    facts: dict[str, object] = {"slug": "a-title", "language": language, **metadata}
    return Article(Metadata(title=title, **facts), blocks, "test.md")  # type: ignore[arg-type]


NOTE = Note((paragraph("The first note, with some words."),), "one")
LONG_NOTE = Note(
    (
        Paragraph((Text("A second note with a "), Link((Text("link"),), "https://example.org/note"), Text("."))),
        paragraph("And a second paragraph in it."),
    ),
    "two",
)
RICH_LINE: tuple[Inline, ...] = (
    Text("Lead with "),
    Strong((Text("strong"),)),
    Text(", "),
    Emphasis((Text("emphasis"),)),
    Text(", "),
    Strikethrough((Text("struck"),)),
    Text(", "),
    Code("code()  span"),
    Text(", H"),
    Subscript((Text("2"),)),
    Text("O, x"),
    Superscript((Text("2"),)),
    Text(", a "),
    Link((Text("link to "), Emphasis((Text("a page"),))), "https://example.org/a?b=1&c=2", "Its title"),
    Text(", an address "),
    Link((Text("https://example.org/x"),), "https://example.org/x"),
    Text(", "),
    Link((Text("a heading"),), "#lists"),
    Text(", a note"),
    NOTE,
    Text(" and another"),
    LONG_NOTE,
    Text(". The first again"),
    NOTE,
    Text("; "),
    Span((Text("quelques mots"),), "fr"),
    Text("; "),
    Ruby("漢字", "かんじ"),
    Text("; a line"),
    HardBreak(),
    Text("broken; no\u00a0break, soft\u00adhyphen, literal {{ braces }} & <tags> [1] (1)."),
)

EVERYTHING = article(
    Paragraph(RICH_LINE),
    Heading((Text("Lists"),), 2, "lists"),
    BulletList((item(paragraph("One bullet")), item(paragraph("Another"), BulletList((item(paragraph("nested")),))))),
    OrderedList((item(paragraph("Third")), item(paragraph("Fourth"), paragraph("with more"))), start=3, tight=False),
    OrderedList((item(paragraph("Restarted")), item(CodeBlock("code first")), item())),
    BulletList((item(paragraph("done"), checked=True), item(paragraph("open"), checked=False))),
    Heading((Text("Quotes "), Emphasis((Text("and"),)), Text(" code")), 3, "quotes-and-code"),
    BlockQuote((paragraph("Quoted."), BlockQuote((paragraph("Quoted twice."),)), paragraph("Quoted again."))),
    CodeBlock("def f(x):\n    return  x < 1 & 2\n\n\n# end", "python"),
    ThematicBreak(),
    Table(
        (cells("Country", "Capital", "People", header=True),),
        (
            cells("Peru", "Lima", "34.0"),
            cells("Chad", "", "18.3"),
            Row((Cell((Text("Laos"),), True), Cell((Link((Text("Vientiane"),), "https://example.org/v"),)), Cell(()))),
        ),
        ("left", None, "right"),
        (Text("Three countries"),),
    ),
    DefinitionList(
        (
            DefinitionItem(((Text("Term"),), (Text("Other term"),)), ((paragraph("What it means."),),)),
            DefinitionItem(((Text("Second"),),), ((paragraph("One."),), (paragraph("Two."), paragraph("More.")))),
        )
    ),
    Paragraph((Text("Une phrase entière."),), language="fr"),
    Heading((Text("The end"),), 2, "the-end"),
    paragraph("Last words."),
    title="Everything: a <rich> sample & more",
    subtitle="A standfirst that says what it is about",
    authors=("Ana Pérez", "Bo Li"),
    published=date(2026, 10, 5),
    updated=date(2026, 10, 7),
    summary="Each construct once.",
    tags=("sample", "tests"),
    publisher="The Sample",
    rights="CC BY 4.0",
    canonical_url="https://example.org/everything",
)
"""One of every construct but pictures."""


def with_picture(source: str, alt: str = "A red square") -> Article:
    """A figure with caption and credit, and a picture in the text."""
    return article(
        paragraph("Before."),
        Figure(Image(source, alt), (Text("The caption."),), (Text("Photo: Someone"),)),
        Paragraph((Text("In the text "), Image(source, alt), Text(" too."))),
        paragraph("After."),
    )
