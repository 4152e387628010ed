"""The head of an article: title and standfirst, and lines of authors and dates, which editions write themselves."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Final

from exporter.witnesses.html.elements import (
    SPACE,
    Element,
    above,
    all_above,
    classes,
    division,
    every,
    kinds,
    says_anything,
    squeezed,
)
from exporter.witnesses.html.notes import CALL
from exporter.witnesses.listening import BLOCKS

_GROUPS: Final = frozenset({"article", "main", "section", "div", "header", "hgroup", "body"})
_TITLES: Final = ("og:title", "twitter:title", "dcterms.title", "dc.title")
_AUTHOR: Final = re.compile(r'(?im)^(?:author|dc(?:terms)?\.creator|article:author|parsely-author)=|"author"')
_NO_LEAD: Final = ("img", "a", "input", "ul", "ol", "table")


def take_head(article: Element, page: Element, given: object) -> list[Element]:
    """The title and the standfirst, taken out; the lines that repeat author and date go.

    ``given`` is the title the sidecar says; where the text says another one, it is no title there.
    """
    title = _title(article, page)
    if title is None or (given and squeezed(str(given)) != squeezed(title.text_content())):
        return []
    around, following = above(title), list(title.itersiblings())
    header = next((each for each in reversed(all_above(title)) if each.tag == "header"), None)
    _detach(title)
    lead = _lead(around, following, header)
    if header is not None:
        _drop_signatures(header, _told(page))
    return [title, *lead]


# --- Title and standfirst ---------------------------------------------------------------------


def _title(article: Element, page: Element) -> Element | None:
    written = [each for each in every(article) if each.tag == "h1" or "MsoTitle" in classes(each)]
    found = [each for each in written if each.text_content().strip(SPACE) and _in_groups(each, article)]
    if not found:
        return None
    title = found[0]
    headed = any(each.tag in ("header", "hgroup") for each in all_above(title))
    titles = [each.text_content() for each in every(page, "title")]
    titles += [meta.get("content") or "" for meta in every(page, "meta") if _named(meta) in _TITLES]
    named = len(found) == 1 and any(squeezed(title.text_content()) in squeezed(each) for each in titles)
    return title if headed or named or _is_first(title, article) else None


def _in_groups(h1: Element, article: Element) -> bool:
    around = all_above(h1)
    return all(each.tag in _GROUPS for each in around[: around.index(article)])


def _is_first(title: Element, article: Element) -> bool:
    element = title
    while element is not article:
        around = above(element)
        if (around.text or "").strip(SPACE) or around[0] is not element:
            return False
        element = around
    return True


def _detach(element: Element) -> None:
    """Take ``element`` out, the text behind it kept in place."""
    holder = division()
    tail, element.tail = element.tail, None
    element.addprevious(holder)
    holder.tail = tail
    above(element).remove(element)
    holder.drop_tree()


def _lead(around: Element, following: Sequence[Element], header: Element | None) -> list[Element]:
    candidates = [each for each in following if around.tag == "hgroup" or _is_lead(each)]
    candidates += [each for each in every(header) if _is_lead(each)] if header is not None else []
    for each in candidates:
        calls = any(inner.get("class") == CALL for inner in every(each, "span"))
        blocks = sum(inner.tag in BLOCKS for inner in every(each)) - (each.tag in BLOCKS)
        others = calls or blocks > 1 or next(every(each, *_NO_LEAD), None) is not None
        if each.text_content().strip(SPACE) and not others:
            _detach(each)
            return [each]
    return []


def _is_lead(element: Element) -> bool:
    return bool({"subtitle", "standfirst", "deck", "dek", "MsoSubtitle"} & classes(element)) or "subtitle" in kinds(
        element
    )


# --- Who and when -----------------------------------------------------------------------------


def _drop_signatures(header: Element, told: str) -> None:
    for line in list(every(header)):
        if header in all_above(line) and _is_line(line) and _is_signature(line, told):
            line.drop_tree()


def _is_line(element: Element) -> bool:
    """Whether it is a block among blocks."""
    around = above(element)
    texts = (around.text or "") + "".join(child.tail or "" for child in around)
    return not texts.strip(SPACE) and all(child.tag in BLOCKS for child in around)


def _told(page: Element) -> str:
    """What the head of the page says, as text to look names and dates up in."""
    metas = [f"{_named(meta)}={squeezed(meta.get('content') or '')}" for meta in every(page, "meta")]
    data = [_unescaped(each.text or "") for each in every(page, "script") if "ld+json" in (each.get("type") or "")]
    return "\n".join((*metas, *data))


def _named(meta: Element) -> str:
    return (meta.get("property") or meta.get("name") or "").lower()


def _unescaped(data: str) -> str:
    try:
        return json.dumps(json.loads(data, strict=False), ensure_ascii=False)
    except (ValueError, RecursionError):
        return ""


def _is_signature(line: Element, told: str) -> bool:
    """Whether ``line`` is a byline of names or a dateline of dates that the head knows, too, and nothing else."""
    shown = any(each.tag in ("img", "input") or each.get("class") == CALL for each in every(line))
    if shown or says_anything(_beside(line)):
        return False
    signed = {"byline", "author"} & classes(line)
    names = [squeezed(each.text_content()) for each in every(line) if "author" in classes(each)]
    if signed and names and (all(name in told for name in names) or not _AUTHOR.search(told)):
        return True
    days = [(each.get("datetime") or "")[:10] for each in every(line, "time")]
    return "dateline" in classes(line) and bool(days) and all(day in told for day in days)


def _beside(element: Element) -> str:
    if element.tag == "time" or {"author", "furniture"} & classes(element):
        return ""
    return (element.text or "") + "".join(_beside(child) + (child.tail or "") for child in element)
