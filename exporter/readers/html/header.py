"""The head of an article as a page shows it: its title, its standfirst, who wrote it and when."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from exporter.errors import SourceError
from exporter.readers.html.facts import Told
from exporter.readers.html.names import has_class, roles
from exporter.readers.tree import CALL, Element, Node, blank, elements
from exporter.walk import normalise

_STANDFIRST: Final = ("subtitle", "standfirst", "deck", "dek", "MsoSubtitle")
_GROUPS: Final = frozenset({"article", "main", "section", "div", "header", "hgroup", "body"})
_LABEL: Final = "furniture"
"""The class of words this project's own HTML editions add: "By", "Published"."""


@dataclass(frozen=True, slots=True)
class Header:
    """What was found and taken out of the tree: the elements of title and standfirst, and the lines of names and dates.

    ``authors`` are those the page's head does not name.
    """

    title: Element | None = None
    standfirst: Element | None = None
    authors: tuple[str, ...] = ()
    lines: tuple[Element, ...] = ()


def take_header(root: Element, told: Told, given: str | None, file: str) -> Header:
    """Take the head out of ``root``; ``told`` is what the page's own head says, ``given`` the title said elsewhere.

    The title is the first ``h1``, where the text begins with it or it stands in a ``header`` or ``hgroup``,
    or where it is the only one and the page's own title has its words. Raises SourceError (S003) for a
    title that holds a picture or a note.
    """
    path = _path_to_title(root, told.titles)
    title = path[-1] if path else None
    if not title or (given and given != text_of(title)):
        return Header()
    _refuse_in_title(title, file)
    around, within = path[-2], _header(path)
    following = around.children[around.children.index(title) + 1 :]
    around.children.remove(title)
    standfirst = _standfirst(around, following, within)
    return Header(title, standfirst, *_signed(within, told))


def text_of(element: Element) -> str:
    """What ``element`` says as one line: a line break in it is a space."""
    return normalise("".join(_texts(element)))


def _texts(element: Element) -> Iterator[str]:
    for child in element.children:
        if not isinstance(child, Element):
            yield child.text
        else:
            yield " " if child.name == "br" or child.block else ""
            yield from _texts(child)


# --- The title --------------------------------------------------------------------------------


def _path_to_title(root: Element, titles: Sequence[str]) -> list[Element]:
    """The title and the elements around it, outermost first; [] without one."""
    found = list(_paths([root]))
    if not found:
        return []
    first = found[0]
    inside = any(each.name in ("header", "hgroup") for each in first)
    named = len(found) == 1 and any(text_of(first[-1]) in normalise(title) for title in titles)
    return first if inside or named or _begins_with(root, first[-1]) else []


def _paths(path: list[Element]) -> Iterator[list[Element]]:
    """The path to each ``h1`` (or what Word calls the title) with text that stands in groups only."""
    for child in path[-1].children:
        if isinstance(child, Element) and _is_title(child) and text_of(child):
            yield [*path, child]
        elif isinstance(child, Element) and child.name in _GROUPS:
            yield from _paths([*path, child])


def _is_title(element: Element) -> bool:
    return element.name == "h1" or has_class(element, ("MsoTitle",))


def _begins_with(root: Element, title: Element) -> bool:
    first = next((child for child in root.children if not blank(child)), None)
    if isinstance(first, Element) and first.name in _GROUPS:
        return _begins_with(first, title)
    return first is title


def _refuse_in_title(title: Element, file: str) -> None:
    for element in elements(title.children):
        if element.name == CALL or (element.name == "img" and element.attributes.get("alt", "x")):
            message = "A title cannot hold pictures or notes. Give it in the sidecar, as text."
            raise SourceError(message, file=file, line=title.first, code="S003")


def _header(path: Sequence[Element]) -> Element | None:
    return next((element for element in path if element.name == "header"), None)


# --- What stands below it ---------------------------------------------------------------------


def _standfirst(around: Element, following: Sequence[Node], within: Element | None) -> Element | None:
    """The standfirst, taken out: the line below the title in an ``hgroup``, or what says it is one."""
    for child in following:
        if isinstance(child, Element) and (around.name == "hgroup" or _is_standfirst(child)) and _is_plain(child):
            around.children.remove(child)
            return child
    for element in elements([within] if within else []):
        found = next((n for n in element.children if isinstance(n, Element) and _is_standfirst(n)), None)
        if found and _is_plain(found):
            element.children.remove(found)
            return found
    return None


def _is_standfirst(element: Element) -> bool:
    return has_class(element, _STANDFIRST) or "subtitle" in roles(element)


def _is_plain(element: Element) -> bool:
    """Whether it is words alone, in one block."""
    inside = list(elements(element.children))
    others = any(each.name in ("img", "a", CALL, "input", "ul", "ol", "table") for each in inside)
    return bool(text_of(element)) and not others and sum(each.block for each in inside) < 2


# --- Who and when -----------------------------------------------------------------------------


def _signed(within: Element | None, told: Told) -> tuple[tuple[str, ...], tuple[Element, ...]]:
    """Authors the page's head does not name, and the lines of authors and dates alone, taken out."""
    found: list[str] = []
    gone: list[Element] = []
    known = told.facts.get("authors", [])
    dates = [str(told.facts[key])[:10] for key in ("date", "updated") if key in told.facts]
    for element in elements([within] if within else []):
        for line in _lines(element):
            names, days = _names(line), _days(line)
            if names and (not known or set(names) <= set(known)):
                found += [] if known else names
                gone.append(line)
            elif days and set(days) <= set(dates):
                gone.append(line)
        element.children = [node for node in element.children if node not in gone]
    return tuple(found), tuple(gone)


def _lines(element: Element) -> list[Element]:
    """The blocks of ``element``, where it holds nothing else, that say nothing but names and dates."""
    solid = [node for node in element.children if not blank(node)]
    found = [node for node in solid if isinstance(node, Element) and node.block]
    return [line for line in found if not _besides(line)] if len(found) == len(solid) else []


def _names(line: Element) -> list[str]:
    signed = has_class(line, ("byline", "author"))
    return [text_of(each) for each in elements([line]) if signed and has_class(each, ("author",))]


def _days(line: Element) -> list[str]:
    times = [each for each in elements([line]) if each.name == "time" and has_class(line, ("dateline",))]
    return [each.attributes.get("datetime", "")[:10] for each in times]


def _besides(element: Element) -> bool:
    """Whether ``element`` says anything beside names, dates and the labels of an edition."""
    if any(each.name in (CALL, "img", "input") for each in elements([element])):
        return True
    if element.name == "time" or has_class(element, ("author", _LABEL)):
        return False
    return any(
        _besides(child) if isinstance(child, Element) else any(map(str.isalnum, child.text))
        for child in element.children
    )
