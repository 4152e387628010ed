"""Hypothesis strategies for articles: any that a reader can produce, and as nasty as one can be."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from hypothesis import strategies as st

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
from exporter.walk import plain

Draw = st.DrawFn
Node = TypeVar("Node")

WORDS = (
    "word two",
    "A longer run of plain words, as most articles have",
    "Straße co-operation naïve",
    "e\u0301tude Vie\u0323\u0302t",
    "ﬁancé",
    "soft\u00adhyphen\u00adation",
    "no\u00a0break 10\u202f000 2\u2007005",
    "zero\u200bwidth\u2060joined",
    "中文的一段話，沒有空格。",
    "「引用」と（括弧）、カタカナー・ゃゅょ",
    "中文 有 空格",
    "全角\u3000空白",
    "が\u304b\u3099 ﾊﾝｶｸ",
    "한국어 문장은 띄어쓰기가 있다",
    "العربية لغة \u200fجميلة\u200e (1)",
    "فارسی می\u200cخواهم",
    "עברית שָׁלוֹם",
    "हिन्दी क्षेत्र में",
    "ภาษาไทยไม่มีช่องว่าง",
    "ភាសាខ្មែរ",
    "👩‍👩‍👧‍👦 🇫🇷 ☎\ufe0e 1️⃣",
    "𝒜𠀋",
    "https://example.org/a/very/long/address?with=a&query=that-does-not-end#anywhere-at-all-soon",
    "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
)
"""Texts of many scripts."""

LOOK_ALIKES = (
    "[1]",
    "(1)",
    "{1} <1>",
    "\u00a0[1]",
    "[Note\u00a01]",
    "\u00a0{Note\u00a01}",
    "[Image\u00a01] alt",
    "[Image] alt",
    "(Credit) name",
    "- item",
    "[x] done",
    "[ ] open",
    "1. x",
    "1) [x] x",
    "* * *",
    "-----",
    "--+--+",
    "==+",
    "+",
    "+=",
    "a | b",
    "│ ‖ |",
    "# Notes",
    "## Heading",
    "Notes",
    "By X",
    "By\u00a0X",
    "Published:\u00a0today",
    "> quoted",
    ">",
    "```",
    "``` `````",
    "~ caption",
    ": definition",
    "= equals",
    "\u00a0",
    "\u00a0\u00a0- x",
    "\u3000字",
    "<b>&amp;</b>",
    "{{ braces }} {% raw %}",
    "\\ * _ `x`",
    "From me",
    "\ufeffbom",
)
"""Texts that look like what editions are made of."""

ALPHABET = "aé .,-[]()1|#>*`:~+= \n\t中、「」한ا\u0301\u00a0\u200b\u3000"


_LANGUAGES = st.sampled_from((None, None, "fr"))
_DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
_PIECES = st.one_of(
    st.sampled_from(WORDS),
    st.sampled_from(LOOK_ALIKES),
    st.text(ALPHABET, min_size=1, max_size=12),
    st.just(" "),
)
_TARGETS = st.sampled_from(
    ("https://example.org/", "https://example.org/a_(b)?c=1&d=%20#e", "http://x.test/中文", "mailto:ana@example.org")
)


def _some(draw: Draw, one: Callable[[], Node], at_least: int = 1, at_most: int = 3) -> tuple[Node, ...]:
    return tuple(one() for _ in range(draw(st.integers(at_least, at_most))))


# --- Inline -----------------------------------------------------------------------------------


@st.composite
def texts(draw: Draw) -> str:
    """What an author may write; at least one character of it is no white space."""
    between = draw(st.sampled_from(("", " ", "\n")))
    text = between.join(_some(draw, lambda: draw(_PIECES), 1, 5))
    return text if text.strip(" \t\n") else "ink"


@st.composite
def images(draw: Draw) -> Image:
    """Pictures, some of them decorative."""
    return Image(draw(st.sampled_from(("a.png", "b.png"))), draw(texts()) if draw(st.booleans()) else "")


@st.composite
def inlines(draw: Draw, depth: int = 2, linked: bool = True, notes: bool = True) -> tuple[Inline, ...]:
    """A run of inlines that says something: ``linked`` allows links, ``notes`` calls of notes."""
    found = _some(draw, lambda: _inline(draw, depth, linked, notes), 1, 4)
    return found if plain(found) else (*found, Text("ink"))


def _inline(draw: Draw, depth: int, linked: bool, notes: bool) -> Inline:
    choice = draw(st.integers(0, 13))
    if choice < 5 or depth == 0:
        return Text(draw(texts()))
    inside = draw(inlines(depth - 1, linked and choice != 5, notes)) if choice < 9 else ()
    wrapper = draw(st.sampled_from((Emphasis, Strong, Strikethrough, Superscript, Subscript)))
    match choice:
        case 5 if linked:
            return Link(inside, draw(_TARGETS), draw(st.sampled_from((None, "Title"))))
        case 5 | 6 | 7:
            return wrapper(inside)
        case 8:
            return Span(inside, draw(st.sampled_from(("fr", "ar"))), draw(st.sampled_from((None, "rtl"))))
        case 9:
            return Code(draw(texts()))
        case 10:
            return Ruby(draw(st.sampled_from(("漢字", "振り"))), draw(st.sampled_from(("かんじ", "ふり がな"))))
        case 11:
            return HardBreak()
        case 12 if notes:
            return Note(_note_blocks(draw), draw(st.sampled_from("abc")))
        case _:
            return draw(images())


def _note_blocks(draw: Draw) -> tuple[Block, ...]:
    return _some(draw, lambda: _note_block(draw))


def _note_block(draw: Draw) -> Block:
    words = Paragraph(draw(inlines(1, notes=False)))
    items = (ListItem((words,)), ListItem(()))
    return draw(st.sampled_from((words, words, words, BulletList(items), OrderedList(items[::-1], 3))))


# --- Block ------------------------------------------------------------------------------------


@st.composite
def blocks(draw: Draw, depth: int = 3) -> Block:
    """Any block but a section, ``depth`` containers deep at most."""
    containers = (_bullets, _numbers, _quote, _definitions)
    leaves = (_paragraph, _paragraph, _paragraph, _heading, _code, _table, _figure)
    choice = draw(st.integers(0, len(leaves) + (len(containers) if depth else 0)))
    if choice < len(leaves):
        return leaves[choice](draw)
    return ThematicBreak() if choice == len(leaves) else containers[choice - len(leaves) - 1](draw, depth - 1)


def _paragraph(draw: Draw) -> Paragraph:
    return Paragraph(draw(inlines()), language=draw(_LANGUAGES))


def _heading(draw: Draw) -> Heading:
    return Heading(draw(inlines()), draw(st.integers(2, 6)))


def _code(draw: Draw) -> CodeBlock:
    line = st.one_of(st.sampled_from(LOOK_ALIKES), st.text("ab `#>|-\t ", max_size=8))
    text = "\n".join(_some(draw, lambda: draw(line), 0, 4))
    return CodeBlock(text.rstrip("\n"), draw(st.sampled_from((None, "python"))))


def _figure(draw: Draw) -> Figure:
    return Figure(draw(images()), _perhaps(draw), _perhaps(draw))


def _perhaps(draw: Draw) -> tuple[Inline, ...]:
    return draw(inlines()) if draw(st.booleans()) else ()


def _table(draw: Draw) -> Table:
    columns = draw(st.integers(1, 4))
    head = _some(draw, lambda: _row(draw, columns, True), 0, 2)
    body = _some(draw, lambda: _row(draw, columns, False), 0 if head else 1)
    alignments = tuple(draw(st.sampled_from((None, "left", "center", "right"))) for _ in range(columns))
    # A row of the body that equals one of the head would count as head.
    return Table(head, tuple(row for row in body if row not in head), alignments, _perhaps(draw))


def _row(draw: Draw, columns: int, header: bool) -> Row:
    return Row(tuple(_cell(draw, header) for _ in range(columns)))


def _cell(draw: Draw, header: bool) -> Cell:
    headed = header or draw(st.integers(0, 4)) == 0
    simple = draw(st.sampled_from(("", "12", "two words")))
    content = (Text(simple),) if simple else ()
    return Cell(draw(inlines()) if draw(st.integers(0, 3)) == 0 else content, headed)


def _items(draw: Draw, depth: int) -> tuple[ListItem, ...]:
    return _some(draw, lambda: ListItem(_inside(draw, depth, 0), draw(st.sampled_from((None, None, True, False)))))


def _inside(draw: Draw, depth: int, at_least: int = 1) -> tuple[Block, ...]:
    return _some(draw, lambda: draw(blocks(depth)), at_least, 2)


def _bullets(draw: Draw, depth: int) -> BulletList:
    return BulletList(_items(draw, depth), draw(st.booleans()))


def _numbers(draw: Draw, depth: int) -> OrderedList:
    return OrderedList(_items(draw, depth), draw(st.sampled_from((0, 1, 9, 99))), draw(st.booleans()))


def _quote(draw: Draw, depth: int) -> BlockQuote:
    return BlockQuote(_inside(draw, depth))


def _definitions(draw: Draw, depth: int) -> DefinitionList:
    return DefinitionList(_some(draw, lambda: _definition(draw, depth), 1, 2))


def _definition(draw: Draw, depth: int) -> DefinitionItem:
    terms = _some(draw, lambda: draw(inlines()), 1, 2)
    return DefinitionItem(terms, _some(draw, lambda: _inside(draw, depth), 0, 2))


# --- The whole --------------------------------------------------------------------------------


@st.composite
def metadata(draw: Draw) -> Metadata:
    """What is known about an article or a section."""
    return Metadata(
        title=draw(texts()),
        subtitle=_perhaps_text(draw),
        slug="a-slug",
        authors=_some(draw, lambda: draw(texts()), 0),
        published=draw(_DAYS),
        updated=draw(_DAYS),
        language="en",
        summary=_perhaps_text(draw),
        tags=_some(draw, lambda: draw(texts()), 0, 2),
    )


def _perhaps_text(draw: Draw) -> str | None:
    return draw(texts()) if draw(st.booleans()) else None


@st.composite
def articles(draw: Draw) -> Article:
    """Any article: levels of headings do not skip, identifiers are unique, links lead somewhere."""
    ordered = _in_order(_some(draw, lambda: _part(draw), 0, 4))
    names = [block.identifier for block in ordered if isinstance(block, Heading)]
    pointers = [Paragraph((Link((Text("see there"),), f"#{name}"),)) for name in names[: draw(st.integers(0, 2))]]
    return Article(draw(metadata()), _Sharing().visit((*ordered, *pointers)), "test.md")


def _part(draw: Draw) -> Block:
    if draw(st.integers(0, 5)):
        return draw(blocks())
    return Section(_inside(draw, 2, 0), draw(metadata()) if draw(st.booleans()) else None)


def _in_order(children: Sequence[Block]) -> list[Block]:
    level = 1
    ordered: list[Block] = []
    for number, block in enumerate(children):
        if isinstance(block, Heading):
            level = min(block.level, level + 1)
            ordered.append(replace(block, level=level, identifier=f"heading-{number}"))
        else:
            ordered.append(block)
    return ordered


class _Sharing:
    """Rewrites a tree so that calls that share an identifier share one note, the first."""

    def __init__(self) -> None:
        self._first: dict[str, Note] = {}

    def visit(self, node: Any) -> Any:
        match node:
            case tuple():
                return tuple(map(self.visit, node))
            case Note():
                return self._first.setdefault(node.identifier, node)
            case str() | int() | None | Metadata():
                return node
            case _:
                values = {name: self.visit(getattr(node, name)) for name in _names(type(node))}
                return replace(node, **values)


@lru_cache(maxsize=None)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)
