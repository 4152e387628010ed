"""What a paragraph's and a run's style say, through all they are based on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from exporter.extractors.contrast import LEAST, contrast
from exporter.extractors.docx.archive import W, on, value
from exporter.extractors.docx.inks import Inks

KINDS = {
    "title": "title",
    "subtitle": "subtitle",
    "byline": "byline",
    "dateline": "dateline",
    "caption": "caption",
    "credit": "credit",
    "source code": "code",
    "html preformatted": "code",
    "definition term": "term",
    "definition": "definition",
    "thematic break": "break",
    "figure": "figure",
    "cover picture": "cover",
    "publisher": "publisher",
    "toc heading": "contents heading",
}
"""Kinds of entries by the names of paragraph styles, in lower case."""

_STYLE = re.compile(r"_style\d+_(\w+)")
"""Bookmarks of this name say which style of ours stands behind a partner's: ``_style12_Heading_2``."""
_HEADING = re.compile(r"heading ([1-9])")
_CONTENTS = re.compile(r"toc ([1-9])")
_QUOTE = re.compile(r"(?:intense )?quote(?: ([2-9]))?")


class Chain:
    """A style and all it is based on, the nearest first. Texts share few styles: each is asked once."""

    def __init__(self, styles: Iterable[etree._Element]) -> None:
        self.styles = tuple(styles)
        self.names = tuple((value(style, "name") or "").lower() for style in self.styles)
        self.runs = tuple(each for style in self.styles if (each := style.find(f"{W}rPr")) is not None)
        self.paragraphs = tuple(each for style in self.styles if (each := style.find(f"{W}pPr")) is not None)
        self._said: dict[tuple[str, str], str | None] = {}
        self._on: dict[str, bool | None] = {}

    def said(self, path: str, name: str = "val") -> str | None:
        """The first value that one of the styles gives to ``w:name`` at ``path``; None where none gives any."""
        if (path, name) not in self._said:
            values = (value(style, path, name) for style in self.styles)
            self._said[path, name] = next(filter(None, values), None)
        return self._said[path, name]

    def on(self, path: str) -> bool | None:
        """Whether the toggle at ``path`` is on; None where no style says."""
        if path not in self._on:
            self._on[path] = _first_said(on(style, path) for style in self.styles)
        return self._on[path]


_NOTHING: Final = Chain(())


@dataclass(frozen=True, slots=True)
class _Look:
    """How a run looks that says nothing itself: whether it is hidden, its ink (``w:color``) and its ground."""

    hidden: bool | None
    ink: etree._Element | None
    ground: str | None


class Styles:
    """The styles part; an absent one has no styles. ``inks`` are the document's."""

    def __init__(self, root: etree._Element | None, inks: Inks) -> None:
        self._root = root
        self._inks = inks
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {(style.get(f"{W}type", ""), style.get(f"{W}styleId", "")): style for style in found}
        self._defaults = {
            style.get(f"{W}type", ""): style.get(f"{W}styleId", "")
            for style in found
            if style.get(f"{W}default") == "1"
        }
        self._of_runs = None if root is None else root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
        self._from_right = bool(on(root, "docDefaults/pPrDefault/pPr/bidi"))
        self._chains: dict[tuple[str, str], Chain] = {}
        self._looks: dict[tuple[Chain | None, Chain], _Look] = {}

    def kind(self, properties: etree._Element | None) -> tuple[str, int]:
        """The kind of a paragraph with these ``w:pPr``, and its level in the outline, from 2.

        Headings have a level, and the lines of contents that of the heading they stand for.
        """
        for name in self.names(properties):
            if name in KINDS:
                return KINDS[name], 0
            if match := _HEADING.fullmatch(name):
                return "heading", int(match[1]) + 1
            if match := _CONTENTS.fullmatch(name):
                return "contents", int(match[1]) + 1
        if _said(properties):
            return "paragraph", 0
        level = value(properties, "outlineLvl") or self.chain(properties).said("pPr/outlineLvl")
        return ("heading", int(level) + 2) if level and int(level) < 9 else ("paragraph", 0)

    def is_words_heading(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph is in one of Word's own styles of headings, and not in one based on it."""
        return any(_HEADING.fullmatch(name) for name in self.chain(properties).names[:1])

    def quote(self, properties: etree._Element | None) -> int:
        """How many quotations a paragraph's style stands for."""
        matches = (_QUOTE.fullmatch(name) for name in self.names(properties))
        return next((int(match[1] or 1) for match in matches if match), 0)

    def is_named(self, properties: etree._Element | None, name: str) -> bool:
        """Whether a paragraph or run is in the style ``name``, or one based on it."""
        return name in self.names(properties)

    def names(self, properties: etree._Element | None) -> tuple[str, ...]:
        """What a paragraph's or a run's style is called, and all it is based on; or what a paragraph says it is."""
        said = _said(properties)
        return (said,) if said else self.chain(properties).names

    def chain(self, properties: etree._Element | None) -> Chain:
        """The style of a ``w:pPr`` or ``w:rPr``, and what it is based on."""
        character = properties is not None and properties.tag == f"{W}rPr"
        tag, kind = ("rStyle", "character") if character else ("pStyle", "paragraph")
        name = value(properties, tag) or self._defaults.get(kind, "")
        if (kind, name) not in self._styles:
            return _NOTHING
        if (kind, name) not in self._chains:
            self._chains[kind, name] = Chain(self._based(kind, name))
        return self._chains[kind, name]

    def _based(self, kind: str, name: str) -> Iterator[etree._Element]:
        seen: set[str] = set()
        while name and (kind, name) in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[kind, name]
            name = value(self._styles[kind, name], "basedOn") or ""

    def from_right(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph runs from the right."""
        said = _first_said((on(properties, "bidi"), self.chain(properties).on("pPr/bidi")))
        return self._from_right if said is None else said

    def hidden(self, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Whether a run is not shown: by ``w:vanish``, or by having the colour of its ground."""
        look = self._look(run, paragraph)
        return bool(_first_said((on(run, "vanish"), look.hidden))) or self._is_pale(run, paragraph, look)

    def _is_pale(self, run: etree._Element | None, paragraph: etree._Element | None, look: _Look) -> bool:
        """Whether a run's ink can hardly be told from its ground."""
        own = None if run is None else run.find(f"{W}color")
        ink = look.ink if own is None else own
        if ink is None:
            return value(run, "highlight") == "black"
        below = (self._inks.ground(each) for each in (paragraph, *self.chain(paragraph).paragraphs))
        ground = next(filter(None, (self._inks.ground(run), look.ground, *below)), "FFFFFF")
        return contrast(self._inks.ink(ink), ground) < LEAST

    def _look(self, run: etree._Element | None, paragraph: etree._Element | None) -> _Look:
        """How the styles let a run look, the nearest first."""
        key = (self.chain(run) if value(run, "rStyle") else None, self.chain(paragraph))
        if key not in self._looks:
            character, of_paragraph = key
            found = (*(character.runs if character else ()), *of_paragraph.runs, self._of_runs)
            self._looks[key] = _look_of([each for each in found if each is not None], self._inks)
        return self._looks[key]

    def language(self, run: etree._Element | None, paragraph: etree._Element | None, text: str) -> str:
        """The language Word takes ``text`` for: it keeps three, and picks by script and direction."""
        slot = "bidi" if on(run, "rtl") else "eastAsia" if _is_east_asian(text) else "val"
        character = self.chain(run).said("rPr/lang", slot) if value(run, "rStyle") else None
        return (
            value(run, "lang", slot)
            or character
            or self.chain(paragraph).said("rPr/lang", slot)
            or value(self._of_runs, "lang", slot)
            or "und"
        )


@lru_cache(maxsize=12)
def styles_of(
    root: etree._Element | None, theme: etree._Element | None = None, settings: etree._Element | None = None
) -> Styles:
    """The styles of one part, whose root is the same in all documents of a house (``archive``), as are the others."""
    return Styles(root, Inks(theme, settings))


def _said(properties: etree._Element | None) -> str:
    """The style of ours a paragraph says it is in, whatever its own is called, in small letters; "" where none."""
    paragraph = None if properties is None or properties.tag != f"{W}pPr" else properties.getparent()
    following = () if paragraph is None else paragraph.iterfind(f"{W}bookmarkStart")
    matches = (_STYLE.fullmatch(start.get(f"{W}name", "")) for start in following)
    return next((match[1].replace("_", " ").lower() for match in matches if match), "")


def _first_said(ways: Iterable[bool | None]) -> bool | None:
    return next((way for way in ways if way is not None), None)


def _look_of(runs: Sequence[etree._Element], inks: Inks) -> _Look:
    colours = (each.find(f"{W}color") for each in runs)
    return _Look(
        _first_said(on(each, "vanish") for each in runs),
        next((ink for ink in colours if ink is not None), None),
        next(filter(None, map(inks.ground, runs)), None),
    )


def _is_east_asian(text: str) -> bool:
    letter = next((character for character in text if character.isalpha()), "")
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF"
