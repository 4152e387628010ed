"""What a paragraph's and a run's style say, through all they are based on."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from lxml import etree

from exporter.extractors.contrast import LEAST, contrast
from exporter.extractors.docx.archive import W, on, value

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
}
"""Kinds of entries by the names of paragraph styles, in lower case."""

_HEADING = re.compile(r"heading ([1-9])")
_QUOTE = re.compile(r"(?:intense )?quote(?: ([2-9]))?")


class Styles:
    """The styles part; an absent one has no styles."""

    def __init__(self, root: etree._Element | None) -> None:
        self._root = root
        found = [] if root is None else root.findall(f"{W}style")
        self._styles = {(style.get(f"{W}type", ""), style.get(f"{W}styleId", "")): style for style in found}
        self._defaults = {
            style.get(f"{W}type", ""): style.get(f"{W}styleId", "")
            for style in found
            if style.get(f"{W}default") == "1"
        }

    def kind(self, properties: etree._Element | None) -> tuple[str, int]:
        """The kind of a paragraph with these ``w:pPr``, and for a heading its level in the outline, from 2."""
        for name in self.names(properties):
            if name in KINDS:
                return KINDS[name], 0
            if match := _HEADING.fullmatch(name):
                return "heading", int(match[1]) + 1
        level = self.said(properties, "outlineLvl")
        return ("heading", int(level) + 2) if level and int(level) < 9 else ("paragraph", 0)

    def quote(self, properties: etree._Element | None) -> int:
        """How many quotations a paragraph's style stands for."""
        matches = (_QUOTE.fullmatch(name) for name in self.names(properties))
        return next((int(match[1] or 1) for match in matches if match), 0)

    def is_named(self, properties: etree._Element | None, name: str) -> bool:
        """Whether a paragraph or run is in the style ``name``, or one based on it."""
        return name in self.names(properties)

    def names(self, properties: etree._Element | None) -> Iterator[str]:
        """Names, in lower case, of the style and of all it is based on."""
        for style in self.chain(properties):
            yield (value(style, "name") or "").lower()

    def chain(self, properties: etree._Element | None) -> Iterator[etree._Element]:
        """The style of a ``w:pPr`` or ``w:rPr``, then what it is based on."""
        character = properties is not None and properties.tag == f"{W}rPr"
        tag, default = ("rStyle", "character") if character else ("pStyle", "paragraph")
        name = value(properties, tag) or self._defaults.get(default)
        seen: set[str] = set()
        while name and (default, name) in self._styles and name not in seen:
            seen.add(name)
            yield self._styles[default, name]
            name = value(self._styles[default, name], "basedOn")

    def said(self, properties: etree._Element | None, name: str) -> str | None:
        """What a ``w:pPr`` says, itself or by its style."""
        direct = value(properties, name)
        return direct or next((v for style in self.chain(properties) if (v := value(style, f"pPr/{name}"))), None)

    def from_right(self, properties: etree._Element | None) -> bool:
        """Whether a paragraph runs from the right."""
        ways = (on(properties, "bidi"), *(on(style, "pPr/bidi") for style in self.chain(properties)))
        return next((way for way in ways if way is not None), bool(on(self._root, "docDefaults/pPrDefault/pPr/bidi")))

    def hidden(self, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Whether a run is not shown: by ``w:vanish``, or by having the colour of its ground."""
        ways = (on(each, "vanish") for each in self._runs(run, paragraph))
        return next((way for way in ways if way is not None), False) or self._is_pale(run, paragraph)

    def _is_pale(self, run: etree._Element | None, paragraph: etree._Element | None) -> bool:
        """Whether a run's ink can hardly be told from its ground."""
        every = list(self._runs(run, paragraph))
        inks = [each.find(f"{W}color") for each in every]
        ink = next((each for each in inks if each is not None), None)
        if ink is None:
            return False
        if ink.get(f"{W}themeColor") in ("background1", "light1") and not ink.get(f"{W}themeShade"):
            return True
        properties = [paragraph, *(style.find(f"{W}pPr") for style in self.chain(paragraph))]
        grounds = [value(each, "shd", "fill") for each in (*every, *properties)]
        ground = next((each for each in grounds if each and each != "auto"), "FFFFFF")
        return contrast(ink.get(f"{W}val", "auto"), ground) < LEAST

    def _runs(self, run: etree._Element | None, paragraph: etree._Element | None) -> Iterator[etree._Element]:
        """Each ``w:rPr`` that counts for a run, the nearest first."""
        styles = (*(self.chain(run) if value(run, "rStyle") else ()), *self.chain(paragraph))
        found = (run, *(style.find(f"{W}rPr") for style in styles), self._defaults_of_runs())
        yield from (each for each in found if each is not None)

    def _defaults_of_runs(self) -> etree._Element | None:
        return None if self._root is None else self._root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")

    def language(self, run: etree._Element | None, paragraph: etree._Element | None, text: str) -> str:
        """The language Word takes ``text`` for: it keeps three, and picks by script and direction."""
        slot = "bidi" if on(run, "rtl") else "eastAsia" if _is_east_asian(text) else "val"
        found = [value(run, "lang", slot)]
        if value(run, "rStyle"):
            found += [value(style, "rPr/lang", slot) for style in self.chain(run)]
        found += [value(style, "rPr/lang", slot) for style in self.chain(paragraph)]
        found.append(value(self._root, "docDefaults/rPrDefault/rPr/lang", slot))
        return next((language for language in found if language), "und")


def _is_east_asian(text: str) -> bool:
    letter = next((character for character in text if character.isalpha()), "")
    return bool(letter) and unicodedata.east_asian_width(letter) in "WF"
