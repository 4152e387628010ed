"""Notes as the web writes them: a mark that leads to a text which leads back.

The patterns of DPUB-ARIA (``doc-noteref``), EPUB (``epub:type="noteref"``), Pandoc, GitHub, WordPress,
Drupal, MediaWiki, Sphinx and Word are one: a link whose text is a mark, to an element that stands
further down and holds a link back to it; or a link that says it is a note's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final, TypeGuard
from urllib.parse import unquote

from exporter.errors import SourceError
from exporter.readers.html.names import has_class, roles
from exporter.readers.tree import CALL, NOTE, Element, Node, blank, words
from exporter.walk import normalise

_CALL_CLASSES: Final = ("footnote-ref", "noteref", "footnoteref")
_BACK_CLASSES: Final = ("footnote-back", "footnote-backref", "footnote-backlink")
_LIST_CLASSES: Final = ("footnotes", "endnotes", "footnote-list")
_LIST_ROLES: Final = frozenset({"endnotes", "footnotes", "rearnotes"})
_NUMBER: Final = r"\d{1,4}[a-z]?|(?:nb|note|fn|n)[. ]{0,2}\d{1,4}|\w|(?=[ivx])x{0,3}(?:ix|iv|v?i{0,3})"
_MARK: Final = re.compile(rf"[\[(]?(?:{_NUMBER}|[*†‡§¶#‖]{{1,4}})[\])]?[.:]?")
_SIGNS: Final = re.compile("[][(),;.:^↑↩\ufe0e\ufe0f \t\n\f\r\u00a0]*")
_HOLDERS: Final = frozenset({"li", "aside", "dd", "div", "section", "p", "blockquote"})
_NEVER: Final = frozenset({"td", "th", "caption", "figcaption", "h1", "h2", "h3", "h4", "h5", "h6", "dt", "body"})
_RULES: Final = frozenset({"hr", "br"})
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})


def take_notes(root: Element, file: str) -> dict[str, Element]:
    """Take the notes out of ``root``, calls in the place of their marks; the notes by label.

    What a page puts around notes goes with them: numbers, ways back, a rule above them, the heading
    of a part that holds notes only. Raises SourceError (S005) where a link says it is a note's and
    leads to none.
    """
    return _Notes(root, file).taken()


class _Notes:
    """The notes of one tree."""

    def __init__(self, root: Element, file: str) -> None:
        self._file = file
        self._root = root
        self._parents: dict[Element, Element] = {}
        self._order: dict[Element, int] = {root: 0}
        self._ids: dict[str, Element] = {}
        self._index(root)

    def _index(self, element: Element) -> None:
        for child in element.children:
            if isinstance(child, Element):
                self._parents[child] = element
                self._order[child] = len(self._order)
                for name in _names(child):
                    self._ids.setdefault(name, child)
                self._index(child)

    def taken(self) -> dict[str, Element]:
        links = [(link, _fragment(link)) for link in self._order if link.name == "a" and _fragment(link)]
        targets = [self._ids.get(name) for link, name in links if _is_marked(link) or _is_mark(link)]
        found = {target for target in targets if target}
        self._targets_in = Counter(around for target in found for around in self._upward(target))
        bodies = {link: body for link, name in links if (body := self._body(link, name))}
        self._forget_ways_back(bodies)
        labels = {body: f"{number}" for number, body in enumerate(dict.fromkeys(bodies.values()), 1)}
        for link, body in bodies.items():
            self._call(link, labels[body])
        notes = {
            label: Element(NOTE, {"label": label}, [body], body.first, body.last) for body, label in labels.items()
        }
        for body in labels:
            self._take(body)
        return {label: _unwrapped(note) for label, note in notes.items()}

    # Which link calls which note

    def _body(self, link: Element, name: str) -> Element | None:
        """What ``link`` calls, where it is the call of a note."""
        target = self._ids.get(name)
        body = self._holder(target) if target else None
        if _is_marked(link):
            if not body:
                message = f"The note '#{name}' called here is not in what is read. Select its part of the page, too."
                raise SourceError(message, file=self._file, line=link.first, code="S005")
            return body
        return body if body and _is_mark(link) and self._leads_back(body, link) else None

    def _holder(self, target: Element) -> Element | None:
        """The element that holds the note which begins at ``target``."""
        holder = next((each for each in self._upward(target) if each.name in _HOLDERS | _NEVER), None)
        if holder is None or holder.name in _NEVER or holder is self._root:
            return None
        above = self._parents[holder]
        while above.name in ("li", "dd", "aside", "div") and self._is_all_of(above, holder):
            holder, above = above, self._parents[above]
        return holder if self._targets_in[holder] == 1 else None

    def _is_all_of(self, above: Element, holder: Element) -> bool:
        """Whether what begins with ``holder`` fills ``above``, which holds no other note."""
        first = next((child for child in above.children if not blank(child)), None)
        return above is not self._root and first is holder and self._targets_in[above] == 1

    def _upward(self, element: Element) -> Iterator[Element]:
        """``element`` and what is around it, innermost first."""
        yield element
        while element in self._parents:
            element = self._parents[element]
            yield element

    def _leads_back(self, body: Element, link: Element) -> bool:
        below = self._order[body] > self._order[link]
        owned = self._owned(link)
        return below and any(_fragment(back) in owned for back in _links(body))

    def _owned(self, link: Element) -> set[str]:
        """The identifiers of ``link``, of what it holds, and of the inlines around it."""
        around: list[Element] = []
        for element in self._upward(link):
            if element.block:
                break
            around.append(element)
        return {name for element in (*around, *_below(link)) for name in _names(element)}

    # What goes

    def _forget_ways_back(self, bodies: dict[Element, Element]) -> None:
        owned: dict[Element, set[str]] = {}
        for link, body in bodies.items():
            owned.setdefault(body, set()).update(self._owned(link))
        for body, names in owned.items():
            for back in [link for link in _links(body) if _fragment(link) in names or _is_way_back(link)]:
                self._remove_with_wrappers(back)

    def _remove_with_wrappers(self, element: Element) -> None:
        """Remove ``element``, and the inlines around it that say nothing without it."""
        above = self._parents[element]
        above.children.remove(element)
        if not above.block and not _says_anything(above):
            self._remove_with_wrappers(above)

    def _call(self, link: Element, label: str) -> None:
        """Put a call in the place of ``link``; a ``sup`` around it that holds marks only goes."""
        above = self._parents[link]
        call = Element(CALL, {"label": label}, [], link.first, link.last)
        above.children[above.children.index(link)] = call
        self._parents[call] = above
        while _surrounds_marks(above):
            calls: list[Element] = [each for each in _below(above) if each.name == CALL]
            outer = self._parents[above]
            at = outer.children.index(above)
            outer.children[at : at + 1] = calls
            self._parents.update(dict.fromkeys(calls, outer))
            above = outer

    def _take(self, body: Element) -> None:
        above = self._parents[body]
        if above.name == "ol":
            _number(above)
        above.children.remove(body)
        while above is not self._root and _is_left_over(above):
            outer = self._parents[above]
            outer.children.remove(above)
            above = outer


def _unwrapped(note: Element) -> Element:
    """``note`` without the elements that did nothing but hold it."""
    solid = [child for child in note.children if not blank(child)]
    while len(solid) == 1 and _is_only_a_holder(solid[0]):
        note.children = solid[0].children
        solid = [child for child in note.children if not blank(child)]
    return note


def _is_only_a_holder(node: Node) -> TypeGuard[Element]:
    holds = isinstance(node, Element) and node.name in _HOLDERS - {"p", "blockquote"}
    return holds and isinstance(node, Element) and not {"lang", "dir"} & node.attributes.keys()


def _names(element: Element) -> Iterator[str]:
    if identifier := element.attributes.get("id"):
        yield identifier
    if element.name == "a" and (name := element.attributes.get("name")):
        yield name


def _fragment(link: Element) -> str:
    target = link.attributes.get("href", "")
    return unquote(target[1:]) if target.startswith("#") else ""


def _links(element: Element) -> list[Element]:
    return [each for each in _below(element) if each.name == "a" and _fragment(each)]


def _below(element: Element) -> Iterator[Element]:
    for child in element.children:
        if isinstance(child, Element):
            yield child
            yield from _below(child)


def _is_marked(link: Element) -> bool:
    return "noteref" in roles(link) or "data-footnote-ref" in link.attributes or has_class(link, _CALL_CLASSES)


def _is_way_back(link: Element) -> bool:
    return "backlink" in roles(link) or "data-footnote-backref" in link.attributes or has_class(link, _BACK_CLASSES)


def _is_mark(link: Element) -> bool:
    return _MARK.fullmatch(normalise(words(link.children))) is not None


def _surrounds_marks(element: Element) -> bool:
    plain = element.name in ("sup", "span") and not {"lang", "dir"} & element.attributes.keys()
    return plain and not _says_anything(element)


def _says_anything(element: Element) -> bool:
    """Whether anything is left in ``element`` but the signs that stand around marks of notes."""
    return not _SIGNS.fullmatch(words(element.children)) or any(each.name == "img" for each in _below(element))


def _number(numbered: Element) -> None:
    """Write down the number of each item of a list some of whose items go: the others keep theirs."""
    start = numbered.attributes.get("start", "")
    number = int(start) if re.fullmatch("[+-]?[0-9]{1,9}", start) else 1
    for item in (child for child in numbered.children if isinstance(child, Element) and child.name == "li"):
        written = item.attributes.get("value", "")
        number = int(written) if re.fullmatch("[+-]?[0-9]{1,9}", written) else number
        item.attributes = {**item.attributes, "value": str(number)}
        number += 1


def _is_left_over(element: Element) -> bool:
    """Whether what notes were taken from has nothing left but what stood around them."""
    left = [child for child in element.children if not blank(child)]
    names = {child.name if isinstance(child, Element) else "" for child in left}
    return names <= (_RULES | _HEADINGS if _is_of_notes(element) else _RULES)


def _is_of_notes(element: Element) -> bool:
    marked = "data-footnotes" in element.attributes or has_class(element, _LIST_CLASSES)
    return marked or not roles(element).isdisjoint(_LIST_ROLES)
