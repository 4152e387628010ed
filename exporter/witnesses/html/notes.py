"""Notes of a page, whose marks lead to them and back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final
from urllib.parse import unquote

from exporter.witnesses.html.elements import (
    SPACE,
    Element,
    above,
    all_above,
    classes,
    every,
    kinds,
    squeezed,
)

CALL: Final = "exporter-call-of-a-note"
"""The class of what stands for a call."""

_BODIES: Final = frozenset({"li", "aside", "dd", "div", "section", "p", "blockquote"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NO_BODIES: Final = _HEADINGS | {"td", "th", "caption", "figcaption", "dt"}
_LINES: Final = frozenset({"hr", "br"})
_PHRASES: Final = frozenset(
    {
        "a",
        "abbr",
        "b",
        "bdi",
        "bdo",
        "cite",
        "code",
        "del",
        "dfn",
        "em",
        "font",
        "i",
        "ins",
        "kbd",
        "label",
        "mark",
        "q",
    }
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var"}
)
_SIGNS: Final = "[](),;.:^↑↩\ufe0e\ufe0f\u00a0" + SPACE
_NUMBER: Final = r"\d{1,4}[a-z]?|(?:nb|note|fn|n)[. ]{0,2}\d{1,4}|\w|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
_MARK: Final = re.compile(rf"[\[(]?(?:{_NUMBER}|[*†‡§¶#‖]{{1,4}})[\])]?[.:]?")


def take_notes(article: Element) -> list[Element]:
    """The notes of ``article`` in the order they are called, taken out; calls stand for their marks."""
    calls = dict(_calls(article))
    for note in set(calls.values()):
        names = {name for link, its in calls.items() if its is note for name in _own(link)}
        for back in [each for each in every(note, "a") if _fragment(each) in names or _is_return(each)]:
            _drop(back)
    made = {_called(link): note for link, note in calls.items()}
    for note in set(calls.values()):
        _take(note, article)
    return list(_in_order(article, made))


# --- What calls what --------------------------------------------------------------------------


def _calls(article: Element) -> Iterator[tuple[Element, Element]]:
    """Each link that calls a note, and the note."""
    order = {element: number for number, element in enumerate(every(article))}
    ids = _ids(article)
    links = [link for link in every(article, "a") if _fragment(link) in ids]
    targets = {ids[_fragment(link)] for link in links if _claims(link) or _is_mark(link)}
    for link in links:
        note = _note(ids[_fragment(link)], targets, article)
        if note is None:
            continue
        if _claims(link) or (_is_mark(link) and order[note] > order[link] and _returns(note, link)):
            yield link, note


def _ids(article: Element) -> dict[str, Element]:
    found: dict[str, Element] = {}
    for element in every(article):
        for name in _names(element):
            found.setdefault(name, element)
    return found


def _names(element: Element) -> Iterator[str]:
    anchor = element.get("name") if element.tag == "a" else None
    yield from (name for name in (element.get("id"), anchor) if name)


def _fragment(link: Element) -> str:
    address = link.get("href") or ""
    return unquote(address[1:]) if address.startswith("#") else ""


def _claims(link: Element) -> bool:
    named = {"footnote-ref", "noteref", "footnoteref"} & classes(link)
    return bool(named) or "noteref" in kinds(link) or link.get("data-footnote-ref") is not None


def _is_return(link: Element) -> bool:
    named = {"footnote-back", "footnote-backref", "footnote-backlink"} & classes(link)
    return bool(named) or "backlink" in kinds(link) or link.get("data-footnote-backref") is not None


def _is_mark(link: Element) -> bool:
    return _MARK.fullmatch(squeezed(link.text_content())) is not None


def _note(target: Element, targets: set[Element], article: Element) -> Element | None:
    """What holds the note that begins at ``target``, and no other."""
    holders = [each for each in (target, *all_above(target)) if each.tag in _BODIES | _NO_BODIES]
    if not holders or holders[0] is article or holders[0].tag in _NO_BODIES:
        return None
    note = holders[0]
    while (around := above(note)) is not article and around.tag in ("li", "dd", "aside", "div"):
        if not _begins(around, note) or len(targets.intersection(every(around))) != 1:
            break
        note = around
    return note if len(targets.intersection(every(note))) == 1 else None


def _begins(around: Element, first: Element) -> bool:
    return not (around.text or "").strip(SPACE) and around[0] is first


def _returns(note: Element, link: Element) -> bool:
    return any(_fragment(back) in _own(link) for back in every(note, "a") if _fragment(back))


def _own(link: Element) -> set[str]:
    """The identifiers of a link, of what it holds and of the phrases around it."""
    around = []
    for each in all_above(link):
        if each.tag not in _PHRASES:
            break
        around.append(each)
    return {name for each in (*around, *every(link)) for name in _names(each)}


# --- What goes --------------------------------------------------------------------------------


def _drop(element: Element) -> None:
    """Drop ``element`` and the phrases around it that say nothing without it."""
    around = above(element)
    element.drop_tree()
    if around.tag in _PHRASES and not _shows_anything(around):
        _drop(around)


def _shows_anything(element: Element) -> bool:
    return bool(element.text_content().strip(_SIGNS)) or next(every(element, "img"), None) is not None


def _means_anything(element: Element) -> bool:
    return element.get("lang") is not None or element.get("dir") is not None or _shows_anything(element)


def _called(link: Element) -> Element:
    """What stands for the call ``link``: the link itself, its marks gone, and those of the phrases around it."""
    for child in list(link):
        link.remove(child)
    link.tag, link.text = "span", None
    link.attrib.clear()
    link.set("class", CALL)
    while (around := above(link)).tag in ("sup", "span") and not _means_anything(around):
        around.text = None
        for child in around:
            child.tail = None
        around.drop_tag()
    return link


def _take(note: Element, article: Element) -> None:
    around = above(note)
    note.drop_tree()
    while around is not article and _is_left_over(around):
        left, around = around, above(around)
        left.drop_tree()


def _is_left_over(element: Element) -> bool:
    texts = (element.text or "") + "".join(child.tail or "" for child in element)
    named = {"footnotes", "endnotes", "footnote-list"} & classes(element) or element.get("data-footnotes") is not None
    of_notes = named or {"endnotes", "footnotes", "rearnotes"} & kinds(element)
    allowed = _LINES | _HEADINGS if of_notes else _LINES
    return not texts.strip(SPACE) and {child.tag for child in element} <= allowed


def _in_order(article: Element, made: Mapping[Element, Element]) -> Iterator[Element]:
    """Notes once each, those called in notes after those called before."""
    queue, seen = [article], set[Element]()
    for part in queue:
        for call in every(part, "span"):
            note = made.get(call)
            if note is not None and note not in seen:
                seen.add(note)
                queue.append(note)
                yield note
