"""What a format cannot carry by its nature: recorded for each edition, never silent.

What it carries its extractor says. Whatever an article says beside that is lost, a new attribute and a
new field of metadata too, until a format carries it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final, assert_never

from exporter import dates
from exporter.article import (
    Article,
    Code,
    Emphasis,
    Figure,
    HardBreak,
    Image,
    Inline,
    Link,
    Metadata,
    Note,
    Ruby,
    Span,
    Strikethrough,
    Strong,
    Subscript,
    Superscript,
    Text,
)
from exporter.comparison import CONTENTS, COVER
from exporter.edition import Extraction, Loss
from exporter.readers.languages import direction_of
from exporter.text import Said, said, said_metadata
from exporter.walk import all_inlines, blocks, parts, pictures, plain

_WHITE_SPACE: Final = re.compile(r"\t|\n[ \n]|  |^ | $")
"""White space in code that would not survive if runs of it were one space."""

_SHOWN: Final = 40
"""How many characters of a text a sentence quotes."""


def losses(article: Article, extraction: Extraction) -> tuple[Loss, ...]:
    """What ``article`` says and the edition ``extraction`` was read from cannot carry, by source line."""
    carries = extraction.carries
    entries = said(article)
    found = (
        *extraction.losses,
        *_metadata(article.metadata, extraction),
        *_language(article.metadata, entries, carries),
        *(loss for entry in entries for loss in _attributes(entry, carries)),
        *(() if "date" in carries else _dates(entries, extraction)),
        *(() if "picture" in carries else map(_picture, pictures(article))),
        *(() if "looks" in carries else _looks(article)),
        *(() if "titles" in carries else _titles(article)),
        *(_pages(extraction) if "pages" in carries else ()),
    )
    return tuple(sorted(found, key=lambda loss: loss.line))


# --- The whole article ------------------------------------------------------------------------


def _metadata(metadata: Metadata, extraction: Extraction) -> Iterator[Loss]:
    """Fields that are set, that no text of the article shows and the format has no place for (L020)."""
    shown = {"title", "subtitle", "authors", "language", "direction", *(day.role for day in dates.datelines(metadata))}
    derived = {"identifier"} if metadata.identifier is None else set()
    if any(entry.kind == COVER for entry in extraction.entries):
        shown |= {"cover"}
    for name, value in said_metadata(metadata).items():
        if value and name not in shown | derived | set(extraction.metadata):
            yield Loss("L020", f"The metadata's '{name}' ({_quoted(value)}) has no place in this format.")


def _language(metadata: Metadata, entries: Iterable[Said], carries: frozenset[str]) -> Iterator[Loss]:
    """Languages and directions that are not marked (L011): the article's once, then where others begin."""
    own, way = metadata.language, metadata.direction
    if "language" not in carries and own != "und":
        yield Loss("L011", f"This format does not mark the article's language, {own}.")
    if "direction" not in carries and way != _natural(own, "ltr", carries):
        yield Loss("L011", f"This format does not mark the article's direction, {way}.")
    for entry in entries:
        language, direction = entry.attributes["language"], entry.attributes["direction"]
        if "language" not in carries and language != own:
            yield _loss("L011", entry.line, f"this format does not mark that '{_quoted(entry.text)}' is in {language}")
        if "direction" not in carries and direction != _natural(language, way, carries):
            yield _loss("L011", entry.line, f"this format does not mark that '{_quoted(entry.text)}' runs {direction}")


def _natural(language: str, otherwise: str, carries: frozenset[str]) -> str:
    """The direction a reader takes a text to have: that of its language's script, where the language is marked."""
    return direction_of(language) if "language" in carries else otherwise


def _dates(entries: Iterable[Said], extraction: Extraction) -> Iterator[Loss]:
    """Dates in words that neither the text nor the metadata tell in figures (L013)."""
    held = {extraction.metadata.get("published"), extraction.metadata.get("updated")}
    for entry in entries:
        day = entry.attributes.get("date")
        if day and day not in held:
            yield _loss("L013", entry.line, f"the date {day} is shown in words alone, not to machines")


def _pages(extraction: Extraction) -> Iterator[Loss]:
    """Entries of the contents without the page they lead to (L017)."""
    if any(entry.kind == CONTENTS and "page" not in entry.attributes for entry in extraction.entries):
        yield Loss(
            "L017",
            "The contents show no page numbers until Word updates them: LibreOffice, which lays pages out, is missing "
            "or did not. Run exporter doctor.",
        )


# --- One entry --------------------------------------------------------------------------------


_ELSEWHERE: Final = frozenset({"language", "direction", "picture", "date"})
"""Attributes whose loss is told of the article, or of what a picture or a date is."""


def _attributes(entry: Said, carries: frozenset[str]) -> Iterator[Loss]:
    """What else is known of ``entry`` and not carried."""
    for name, value in entry.attributes.items():
        if name not in carries and name not in _ELSEWHERE:
            yield from _attribute(entry, name, value)
    if entry.kind == "code" and "whitespace" not in carries and _WHITE_SPACE.search(entry.text):
        yield _loss("L012", entry.line, "the white space of this code is shown, and not held in the file")


def _attribute(entry: Said, name: str, value: str) -> Iterator[Loss]:
    match name:
        case "foreign":
            for language, _, text in (passage.partition(" ") for passage in value.split("\n")):
                yield _loss("L011", entry.line, f"this format does not mark that '{_quoted(text)}' is in {language}")
        case "syntax":
            yield _loss("L012", entry.line, f"this format does not mark that this code is {value}")
        case _:
            yield _loss(
                "L019", entry.line, f"this format does not mark the {name} of this {entry.kind}, '{_quoted(value)}'"
            )


def _picture(image: Image) -> Loss:
    instead = "its alternative text stands for it" if image.alt else "it is decorative and left out"
    return _loss("L010", image.position.line, f"this format shows no pictures; '{image.source}': {instead}")


# --- Looks ------------------------------------------------------------------------------------


def _looks(article: Article) -> Iterator[Loss]:
    """Text that is set apart from its neighbours, and here is not (L014)."""
    for part in parts(article):
        for inline in all_inlines(part):
            if look := _look(inline):
                shown = inline.text if isinstance(inline, Code) else plain((inline,))
                yield _loss("L014", inline.position.line, f"'{_quoted(shown)}' is not set apart as {look}")


def _look(inline: Inline) -> str | None:
    match inline:
        case Emphasis():
            return "emphasis"
        case Strong():
            return "strong"
        case Strikethrough():
            return "struck out"
        case Superscript():
            return "raised"
        case Subscript():
            return "lowered"
        case Code():
            return "code"
        case Text() | Link() | Image() | Note() | Ruby() | Span() | HardBreak():
            return None
        case _:
            assert_never(inline)


def _titles(article: Article) -> Iterator[Loss]:
    """Titles of links and of pictures (L015); one that stands as caption is shown."""
    captions = {plain(b.caption) for part in parts(article) for b in blocks(part) if isinstance(b, Figure)}
    for part in parts(article):
        for inline in all_inlines(part):
            if isinstance(inline, Link | Image) and inline.title and inline.title not in captions:
                what = "link" if isinstance(inline, Link) else "picture"
                title = _quoted(inline.title)
                yield _loss(
                    "L015", inline.position.line, f"the title of a {what}, '{title}', has no place in this format"
                )


# --- Sentences --------------------------------------------------------------------------------


def _loss(code: str, line: int, sentence: str) -> Loss:
    place = f"Line {line}: {sentence}" if line else sentence[:1].upper() + sentence[1:]
    return Loss(code, f"{place}.", line)


def _quoted(text: str) -> str:
    """The beginning of ``text``, on one line."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _SHOWN else f"{flat[: _SHOWN - 1]}…"
