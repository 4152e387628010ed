"""Numbers of list items, counted as Word counts them."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from exporter.extractors.docx.archive import W, on, value
from exporter.extractors.docx.styles import Styles


@dataclass(frozen=True, slots=True)
class Item:
    """A paragraph's place in a list: how deep, from 1, and its marker: "bullet", a number, "" for none."""

    depth: int
    marker: str


class Counter:
    """Counts the list items of one document; ask it in the document's order, once a paragraph."""

    def __init__(self, root: etree._Element | None, styles: Styles) -> None:
        self._styles = styles
        nums = [] if root is None else root.findall(f"{W}num")
        abstracts = [] if root is None else root.findall(f"{W}abstractNum")
        self._nums = {num.get(f"{W}numId", ""): num for num in nums}
        self._abstracts = {each.get(f"{W}abstractNumId", ""): each for each in abstracts}
        self._linked = {link: each for each in abstracts if (link := value(each, "styleLink"))}
        self._counts: dict[tuple[str, int], int] = {}
        self._started: set[tuple[str, int]] = set()

    def item(self, properties: etree._Element | None) -> Item | None:
        """Where the paragraph with these ``w:pPr`` stands; None outside lists."""
        number = value(properties, "numPr/numId") or self._styles.chain(properties).said("pPr/numPr/numId")
        num = self._nums.get(number or "0")
        if number is None or num is None:
            return None
        level = int(self._level(properties, num))
        definition = self._definition(num, level)
        ordinal = self._next(number, num, level, definition)
        return Item(level + 1, _marker(definition, level, ordinal))

    def _level(self, properties: etree._Element | None, num: etree._Element) -> str:
        """Said, or that of the level tied to the paragraph's style."""
        said = value(properties, "numPr/ilvl")
        if said is None and value(properties, "numPr/numId") is None:
            said = self._styles.chain(properties).said("pPr/numPr/ilvl")
        names = {style.get(f"{W}styleId") for style in self._styles.chain(properties).styles}
        levels = self._abstract(num).findall(f"{W}lvl")
        tied = (lvl.get(f"{W}ilvl", "0") for lvl in levels if value(lvl, "pStyle") in names)
        return said or next(tied, "0")

    def _abstract(self, num: etree._Element) -> etree._Element:
        found = self._abstracts.get(value(num, "abstractNumId") or "")
        if found is None:
            return num
        return self._linked.get(value(found, "numStyleLink") or "", found)

    def _definition(self, num: etree._Element, level: int) -> etree._Element | None:
        step = f"{W}lvl[@{W}ilvl='{level}']"
        override = num.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}lvl")
        return self._abstract(num).find(step) if override is None else override

    def _next(self, number: str, num: etree._Element, level: int, definition: etree._Element | None) -> int:
        """A list's first item starts over where its ``w:num`` says so; others share their definition's count."""
        shared = value(num, "abstractNumId") or ""
        override = num.find(f"{W}lvlOverride[@{W}ilvl='{level}']/{W}startOverride")
        if override is not None and (number, level) not in self._started:
            ordinal = int(override.get(f"{W}val", "1"))
        elif (shared, level) in self._counts:
            ordinal = self._counts[shared, level] + 1
        else:
            ordinal = int(value(definition, "start") or "1")
        self._started.add((number, level))
        self._counts[shared, level] = ordinal
        for deeper in [key for key in self._counts if key[0] == shared and key[1] > level]:
            del self._counts[deeper]
        return ordinal


def _marker(definition: etree._Element | None, level: int, ordinal: int) -> str:
    """What is drawn before an item: where it is neither a bullet nor the number alone, in words."""
    form, shown = value(definition, "numFmt") or "decimal", value(definition, "lvlText")
    shown = {"decimal": f"%{level + 1}", "bullet": "\u2022"}.get(form, "") if shown is None else shown
    if definition is None:
        return f"{ordinal} in no list"
    if on(definition, "rPr/vanish"):
        return "hidden"
    match form:
        case "none" if not _says(shown):
            return ""
        case "bullet" if len(shown) == 1 and not shown.isdigit():
            return "bullet"
        case "decimal" if f"%{level + 1}" in shown and not _says(shown.replace(f"%{level + 1}", "", 1)):
            return str(ordinal)
        case _:
            return f"{ordinal} as {form} '{shown}'"


def _says(text: str) -> bool:
    """Whether there is more in ``text`` than punctuation."""
    return any(character.isalnum() or character == "%" for character in text)
