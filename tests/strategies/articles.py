"""Articles: every construct of the model nested as the model allows, in any language and direction."""

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
    Direction,
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
from exporter.characters import INKLESS
from exporter.readers.languages import direction_of
from exporter.walk import plain
from tests.strategies.writing import LANGUAGES, LOOK_ALIKES, as_written, long_passages, passages, texts

Draw = st.DrawFn
Node = TypeVar("Node")

_LANGUAGES = st.sampled_from(LANGUAGES)
_DIRECTIONS: st.SearchStrategy[Direction] = st.sampled_from(("ltr", "rtl"))
_DAYS = st.one_of(st.none(), st.dates(date(1990, 1, 1), date(2030, 1, 1)))
_TARGETS = st.sampled_from(
    (
        "https://example.org/",
        "https://example.org/a_(b)?c=1&d=%20#e",
        "http://x.test/中文",
        "https://مثال.test/",
        "mailto:ana@example.org",
    )
)
_RUBIES = st.sampled_from(
    (("漢字", "かんじ"), ("振り", "ふり がな"), ("東", "dōng"), ("word", "gloss"), ("שלום", "a b"))
)


def _some(draw: Draw, one: Callable[[], Node], at_least: int = 1, at_most: int = 3) -> tuple[Node, ...]:
    return tuple(one() for _ in range(draw(st.integers(at_least, at_most))))


def _rarely(draw: Draw, value: st.SearchStrategy[Node]) -> Node | None:
    return draw(value) if draw(st.integers(0, 5)) == 0 else None


def _where(draw: Draw) -> dict[str, Any]:
    """Most often nothing; else a language with its direction, a direction alone, or the two at odds."""
    match draw(st.integers(0, 9)):
        case 0 | 1:
            language = draw(_LANGUAGES)
            return {"language": language, "direction": direction_of(language)}
        case 2:
            return {"language": draw(st.none() | _LANGUAGES), "direction": draw(_DIRECTIONS)}
        case _:
            return {}


# --- Inline -----------------------------------------------------------------------------------


@st.composite
def images(draw: Draw) -> Image:
    """Pictures, some of them decorative."""
    alt = draw(texts()) if draw(st.booleans()) else ""
    return Image(draw(st.sampled_from(("a.png", "b.png"))), alt, _rarely(draw, passages()))


@st.composite
def inlines(draw: Draw, depth: int = 2, linked: bool = True, notes: int = 2) -> tuple[Inline, ...]:
    """A run of inlines that says something: ``linked`` allows links, ``notes`` is how deep notes may call notes."""
    found = _some(draw, lambda: _inline(draw, depth, linked, notes), 1, 4)
    return found if plain(found) else (*found, Text("ink"))


def _inline(draw: Draw, depth: int, linked: bool, notes: int) -> Inline:
    choice = draw(st.integers(0, 13))
    if choice < 5 or depth == 0:
        return Text(draw(texts()))
    inside = draw(inlines(depth - 1, linked and choice != 5, notes)) if choice < 9 else ()
    wrapper = draw(st.sampled_from((Emphasis, Strong, Strikethrough, Superscript, Subscript)))
    match choice:
        case 5 if linked:
            return Link(inside, draw(_TARGETS), _rarely(draw, texts()))
        case 5 | 6 | 7:
            return wrapper(inside)
        case 8:
            return Span(inside, **(_where(draw) or {"language": "fr"}))
        case 9:
            return Code(draw(texts()))
        case 10:
            return Ruby(*draw(_RUBIES))
        case 11:
            return HardBreak()
        case 12 if notes:
            return Note(_note_blocks(draw, notes - 1), draw(st.sampled_from("abcdef")))
        case _:
            return draw(images())


def _note_blocks(draw: Draw, notes: int) -> tuple[Block, ...]:
    return _some(draw, lambda: _note_block(draw, notes))


def _note_block(draw: Draw, notes: int) -> Block:
    words = Paragraph(draw(inlines(1, notes=notes)), **_where(draw))
    items = (ListItem((words,)), ListItem(()))
    others = (BulletList(items), OrderedList(items[::-1], 3), BlockQuote((words,)), CodeBlock("code in\n  a note"))
    return words if draw(st.integers(0, 2)) else draw(st.sampled_from(others))


# --- Block ------------------------------------------------------------------------------------


@st.composite
def blocks(draw: Draw, depth: int = 3) -> Block:
    """Any block but a section, ``depth`` containers deep at most."""
    containers = (_bullets, _numbers, _quote, _definitions)
    leaves = (_paragraph, _paragraph, _paragraph, _long_paragraph, _heading, _code, _table, _figure)
    choice = draw(st.integers(0, len(leaves) + (len(containers) if depth else 0)))
    if choice < len(leaves):
        return leaves[choice](draw)
    return ThematicBreak() if choice == len(leaves) else containers[choice - len(leaves) - 1](draw, depth - 1)


def _paragraph(draw: Draw) -> Paragraph:
    return Paragraph(draw(inlines()), **_where(draw))


def _long_paragraph(draw: Draw) -> Paragraph:
    """Lines to break, in its own language as often as not."""
    if draw(st.booleans()):
        return Paragraph((Text(draw(long_passages())), *draw(inlines()), Text(draw(long_passages()))), **_where(draw))
    language = draw(_LANGUAGES)
    text = " ".join([draw(passages(language)), draw(passages(language))] * draw(st.sampled_from((3, 9))))
    return Paragraph((Text(text),), language=language, direction=direction_of(language))


def _heading(draw: Draw) -> Heading:
    return Heading(draw(inlines()), draw(st.integers(2, 6)), **_where(draw))


def _code(draw: Draw) -> CodeBlock:
    line = st.one_of(st.sampled_from(LOOK_ALIKES), st.text("ab `#>|-\t ", max_size=8), passages(), texts())
    text = "\n".join(_some(draw, lambda: draw(line), 0, 4))
    return CodeBlock(text.rstrip("\n"), draw(st.sampled_from((None, "python"))), **_where(draw))


def _figure(draw: Draw) -> Figure:
    return Figure(draw(images()), _perhaps(draw), _perhaps(draw), **_where(draw))


def _perhaps(draw: Draw) -> tuple[Inline, ...]:
    return draw(inlines()) if draw(st.booleans()) else ()


def _table(draw: Draw) -> Table:
    columns = draw(st.integers(1, 5))
    head = _some(draw, lambda: _row(draw, columns, True), 0, 2)
    body = _some(draw, lambda: _row(draw, columns, False), 0 if head else 1)
    alignments = tuple(draw(st.sampled_from((None, "left", "center", "right"))) for _ in range(columns))
    # A row of the body that equals one of the head would count as head.
    rows = tuple(row for row in body if row not in head) * draw(st.sampled_from((1, 1, 1, 1, 25)))
    return Table(head, rows, alignments, _perhaps(draw), **_where(draw))


def _row(draw: Draw, columns: int, header: bool) -> Row:
    return Row(tuple(_cell(draw, header) for _ in range(columns)))


def _cell(draw: Draw, header: bool) -> Cell:
    headed = header or draw(st.integers(0, 4)) == 0
    match draw(st.integers(0, 4)):
        case 0:
            return Cell(draw(inlines()), headed)
        case 1:
            return Cell((Text(draw(passages())),), headed)
        case _:
            simple = draw(st.sampled_from(("", "12", "two words", "−3,5 %")))
            return Cell((Text(simple),) if simple else (), headed)


def _items(draw: Draw, depth: int) -> tuple[ListItem, ...]:
    return _some(draw, lambda: ListItem(_inside(draw, depth, 0), draw(st.sampled_from((None, None, True, False)))))


def _inside(draw: Draw, depth: int, at_least: int = 1) -> tuple[Block, ...]:
    return _some(draw, lambda: draw(blocks(depth)), at_least, 2)


def _bullets(draw: Draw, depth: int) -> BulletList:
    return BulletList(_items(draw, depth), draw(st.booleans()), **_where(draw))


def _numbers(draw: Draw, depth: int) -> OrderedList:
    start = draw(st.sampled_from((0, 1, 9, 99)))
    return OrderedList(_items(draw, depth), start, draw(st.booleans()), **_where(draw))


def _quote(draw: Draw, depth: int) -> BlockQuote:
    return BlockQuote(_inside(draw, depth), **_where(draw))


def _definitions(draw: Draw, depth: int) -> DefinitionList:
    return DefinitionList(_some(draw, lambda: _definition(draw, depth), 1, 2), **_where(draw))


def _definition(draw: Draw, depth: int) -> DefinitionItem:
    terms = _some(draw, lambda: draw(inlines()), 1, 2)
    return DefinitionItem(terms, _some(draw, lambda: _inside(draw, depth), 0, 2))


# --- The whole --------------------------------------------------------------------------------


@st.composite
def metadata(draw: Draw) -> Metadata:
    """What is known about an article or a section."""
    language = draw(st.sampled_from(("en", *LANGUAGES)))
    return Metadata(
        title=draw(texts().filter(lambda text: INKLESS.sub("", text).strip())),
        subtitle=draw(st.none() | texts()),
        slug="a-slug",
        authors=_some(draw, lambda: draw(texts()), 0),
        published=draw(_DAYS),
        updated=draw(_DAYS),
        language=language,
        direction=_rarely(draw, _DIRECTIONS) or direction_of(language),
        summary=draw(st.none() | texts()),
        tags=_some(draw, lambda: draw(texts()), 0, 2),
        rights=_rarely(draw, texts()),
        publisher=_rarely(draw, texts()),
        canonical_url=_rarely(draw, st.just("https://example.org/a-slug")),
    )


@st.composite
def articles(draw: Draw, written: bool = False) -> Article:
    """Any article: levels of headings do not skip, identifiers are unique, links lead somewhere.

    Its texts are made of any characters, or, ``written``, of what people write.
    """
    with as_written(written):
        return _article(draw)


def _article(draw: Draw) -> Article:
    ordered = _in_order(_some(draw, lambda: _part(draw), 0, 4))
    names = [block.identifier for block in ordered if isinstance(block, Heading | Section) and block.identifier]
    pointers = [Paragraph((Link((Text("see there"),), f"#{name}"),)) for name in names[: draw(st.integers(0, 2))]]
    return Article(draw(metadata()), _Sharing().visit((*ordered, *pointers)), "test.md")


def _part(draw: Draw) -> Block:
    if draw(st.integers(0, 5)):
        return draw(blocks())
    inside = _inside(draw, 2, 0)
    nested = (*inside, Section(_inside(draw, 1))) if draw(st.integers(0, 3)) == 0 else inside
    if draw(st.booleans()):
        return Section(nested, **_where(draw))
    return Section(nested, draw(metadata()), draw(st.integers(2, 6)), **_where(draw))


def _in_order(children: Sequence[Block]) -> list[Block]:
    level = 1
    ordered: list[Block] = []
    for number, block in enumerate(children):
        if isinstance(block, Heading) or (isinstance(block, Section) and block.metadata):
            level = min(block.level, level + 1)
            ordered.append(replace(block, level=level, identifier=f"überschrift-{number}"))
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
                return self._note(node)
            case str() | int() | None | Metadata():
                return node
            case _:
                values = {name: self.visit(getattr(node, name)) for name in _names(type(node))}
                return replace(node, **values)

    def _note(self, note: Note) -> Note:
        """The first note of this name; one that a note inside it calls gets another name."""
        if note.identifier not in self._first:
            inside = self.visit(note.children)
            self._first.setdefault(note.identifier, replace(note, children=inside))
        return self._first[note.identifier]


@lru_cache(maxsize=None)
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind) if field.compare)
