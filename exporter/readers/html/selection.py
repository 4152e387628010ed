"""Which part of a page is the article: what a CSS selector matches (Selectors Level 4), else what HTML says it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree

import cssselect2
import tinycss2.ast

from exporter.errors import SourceError
from exporter.readers.tree import Element, blank, elements

_OFFERED: Final = frozenset({"article", "main", "section", "div", "td", "body"})
_PROSE: Final = frozenset({"p", "h2", "h3", "ul", "ol", "blockquote", "figure", "table"})


@dataclass(frozen=True, slots=True)
class Selected:
    """An element that is read, with the language and direction it is in; "" where the page sets none."""

    element: Element
    language: str = ""
    direction: str = ""


@dataclass(frozen=True, slots=True)
class Selection:
    """What is read of a page, in document order, and a sentence where the choice is worth one."""

    parts: tuple[Selected, ...]
    notice: str = ""


def compiled(selector: str) -> list[cssselect2.compiler.CompiledSelector]:
    """``selector`` ready to match; raises ValueError where it is no list of CSS selectors for elements."""
    try:
        found = cssselect2.compile_selector_list(selector)
    except cssselect2.SelectorError as error:
        raise ValueError(f"'{selector}' is no CSS selector ({_reason(error)})") from error
    except (SyntaxError, RecursionError, MemoryError) as error:  # the library turns selectors into Python
        raise ValueError(f"'{selector[:40]}…' is too intricate a CSS selector") from error
    if not found or any(each.pseudo_element for each in found):
        raise ValueError(f"'{selector}' selects no elements")
    return list(found)


def _reason(error: Exception) -> str:
    """What is wrong, without the tokens it is wrong at."""
    words = (str(part) for part in error.args if part and not isinstance(part, tinycss2.ast.Node))
    return " ".join(words) or "it is empty or unfinished"


def select(page: Element, selector: str, file: str) -> Selection:
    """What ``selector`` matches in ``page``; without one, the one ``article``, else ``main``, else ``body``.

    An element inside one that is read is not read twice. Raises SourceError (S009) where nothing matches.
    """
    if not selector:
        return _by_default(page)
    try:
        matched = _matched(page, compiled(selector))
    except ValueError as error:
        raise SourceError(f"{error}. Correct it.", file=file, code="S009") from error
    parts = tuple(_outermost(page, matched))
    if not parts:
        raise SourceError(f"Nothing matches --select '{selector}'. {_offer(page)}", file=file, code="S009")
    return Selection(parts)


def _by_default(page: Element) -> Selection:
    notice = ""
    for name in ("article", "main", "body"):
        found = tuple(_outermost(page, {each for each in elements([page]) if each.name == name}))
        if len(found) == 1:
            return Selection(found, notice)
        if len(found) > 1 and not notice:
            notice = f"The page has {len(found)} '{name}' elements, so more than one is read. Choose with --select."
    return Selection((Selected(page),), notice)


def _outermost(page: Element, wanted: set[Element], language: str = "", direction: str = "") -> Iterator[Selected]:
    """The elements of ``wanted`` that stand in no other of them, with what is set for them."""
    language = page.attributes.get("lang") or page.attributes.get("xml:lang") or language
    direction = page.attributes.get("dir", "").lower() or direction
    if page in wanted:
        yield Selected(page, language, direction)
        return
    for child in page.children:
        if isinstance(child, Element):
            yield from _outermost(child, wanted, language, direction)


def _matched(page: Element, selectors: Sequence[cssselect2.compiler.CompiledSelector]) -> set[Element]:
    """The elements of ``page`` that one of ``selectors`` matches; they are matched on a copy of its tree."""
    originals: dict[ElementTree.Element, Element] = {}
    root = cssselect2.ElementWrapper.from_html_root(_copy(page, originals))
    tests = [selector.test for selector in selectors if not selector.never_matches]
    return {originals[each.etree_element] for each in root.iter_subtree() if any(test(each) for test in tests)}


def _copy(page: Element, originals: dict[ElementTree.Element, Element]) -> ElementTree.Element:
    """``page`` as the selectors' library wants it: an element has a text where it is not empty."""
    made = {page: ElementTree.Element(page.name, dict(page.attributes))}
    order = [page]
    for element in order:
        originals[made[element]] = element
        if not all(isinstance(child, Element) for child in element.children):
            made[element].text = " "
        for child in element.children:
            if isinstance(child, Element) and not child.name.startswith("#"):
                made[child] = ElementTree.SubElement(made[element], child.name, dict(child.attributes))
                order.append(child)
    return made[page]


def _offer(page: Element) -> str:
    """What could be selected instead: the elements that hold most paragraphs, as selectors."""
    held = Counter({each: _prose(each.children) for each in elements([page]) if each.name in _OFFERED})
    best = [_described(each) for each, count in held.most_common(4) if count]
    return f"Elements with text in them: {', '.join(dict.fromkeys(best))}." if best else "Leave the option out."


def _prose(children: Iterable[object]) -> int:
    return sum(
        isinstance(child, Element) and child.name in _PROSE and not all(map(blank, child.children))
        for child in children
    )


def _described(element: Element) -> str:
    if identifier := element.attributes.get("id"):
        return f"{element.name}#{identifier}"
    return ".".join((element.name, *element.attributes.get("class", "").split()[:1]))
