"""What a page says of its article in its head: ``meta``, ``link``, OpenGraph, Dublin Core and JSON-LD.

JSON-LD is parsed as JSON and looked at; nothing in it, or in any script, is run or fetched.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urljoin

from exporter.readers.languages import language_tag
from exporter.readers.metadata import parsed_date
from exporter.readers.tree import Element, elements, words
from exporter.walk import normalise

_META: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("@headline", "og:title", "dcterms.title", "dc.title", "twitter:title", "@name", "<title>"),
    "authors": ("author", "@author", "dcterms.creator", "dc.creator", "article:author", "parsely-author"),
    "date": ("article:published_time", "@datePublished", "dcterms.issued", "dc.date.issued", "dcterms.date", "dc.date",
             "date", "pubdate"),
    "updated": ("article:modified_time", "@dateModified", "dcterms.modified", "og:updated_time", "last-modified"),
    "language": ("<html>", "@inLanguage", "og:locale", "dcterms.language", "dc.language", "content-language"),
    "summary": ("description", "og:description", "@description", "dcterms.description", "dc.description"),
    "section": ("article:section", "@articleSection"),
    "tags": ("article:tag", "@keywords", "news_keywords", "keywords", "dcterms.subject", "dc.subject"),
    "rights": ("dcterms.rights", "dc.rights", "copyright", "@copyrightNotice", "<license>", "@license"),
    "publisher": ("dcterms.publisher", "dc.publisher", "@publisher", "og:site_name"),
    "canonical_url": ("<canonical>", "og:url", "@url", "@mainEntityOfPage"),
    "identifier": ("dcterms.identifier", "dc.identifier"),
}  # fmt: skip
"""The names each fact is told by, the one that counts first: ``meta``'s, ``@`` JSON-LD's, ``<>`` elements'."""

_TITLES: Final = tuple(name for name in _META["title"] if not name.startswith("@"))
_SEVERAL: Final = frozenset({"authors", "tags"})
_ARTICLES: Final = ("Article", "BlogPosting", "Report", "WebPage")
_ADDRESS: Final = re.compile(r"[a-z]+://\S+")
_ADDRESSED: Final = ("article:author", "@author")
"""What names authors by addresses of theirs, too."""
_DEEPEST: Final = 20


@dataclass(slots=True)
class Told:
    """Facts by the keys of a front matter, the lines they stand on, the page's titles, and what was passed over."""

    facts: dict[str, Any] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    titles: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Value:
    text: str
    line: int


_Values = dict[str, list[_Value]]


def told(page: Element) -> Told:
    """What ``page`` says of its article; a date or language that is none is passed over with a notice."""
    notices: list[str] = []
    values = _values(page, notices)
    result = Told(titles=tuple(value.text for name in _TITLES for value in values.get(name, ())))
    for fact, names in _META.items():
        for name in (name for name in names if name in values):
            if fitting := _fitting(fact, name, values[name], notices):
                several = list(dict.fromkeys(value.text for value in fitting))
                result.facts[fact] = several if fact in _SEVERAL else several[0]
                result.lines[fact] = fitting[0].line
                break
    result.lines.pop("title", None)  # a line would say that it stands in the text
    result.notices = tuple(notices)
    return result


def _fitting(fact: str, name: str, found: Iterable[_Value], notices: list[str]) -> list[_Value]:
    match fact:
        case "date" | "updated":
            return _checked(found, parsed_date, notices)
        case "language":
            return _checked(found, lambda text: language_tag(text.replace("_", "-")), notices)
        case "authors" if name in _ADDRESSED:
            return [value for value in found if not _ADDRESS.fullmatch(value.text)]
        case "canonical_url":
            return [value for value in found if "://" in value.text]
        case "tags":
            return [_Value(tag, v.line) for v in found for tag in map(normalise, v.text.split(",")) if tag]
        case _:
            return list(found)


def _checked(found: Iterable[_Value], check: Callable[[str], object], notices: list[str]) -> list[_Value]:
    good: list[_Value] = []
    for value in found:
        try:
            check(value.text)
            good.append(value)
        except ValueError as error:
            notices.append(f"Line {value.line}: {error}; passed over. Set it in the sidecar.")
    return good


# --- Elements ---------------------------------------------------------------------------------


def _values(page: Element, notices: list[str]) -> _Values:
    values: _Values = {}
    base = base_of(page)
    for name, text, line in _named(page, base, notices):
        if said := normalise(text):
            values.setdefault(name, []).append(_Value(said, line))
    return values


def _named(page: Element, base: str, notices: list[str]) -> Iterator[tuple[str, str, int]]:
    yield "<html>", page.attributes.get("lang") or page.attributes.get("xml:lang") or "", page.first
    yield from _linked_data(page, notices)
    in_svg = {inner for each in elements([page]) if each.name == "svg" for inner in elements(each.children)}
    for element in elements([page]):
        facts = element.attributes
        match element.name:
            case "title" if element not in in_svg:
                yield "<title>", words(element.children), element.first
            case "meta":
                names = f"{facts.get('name', '')} {facts.get('property', '')} {facts.get('http-equiv', '')}".split()
                yield from ((name.lower(), facts.get("content", ""), element.first) for name in dict.fromkeys(names))
            case "link":
                relations = facts.get("rel", "").lower().split()
                for relation in {"canonical", "license"}.intersection(relations):
                    yield f"<{relation}>", urljoin(base, facts.get("href", "")), element.first


def base_of(page: Element) -> str:
    """The address that relative ones are relative to (``<base href>``), "" without one."""
    found = (each.attributes.get("href", "") for each in elements([page]) if each.name == "base")
    return next((address for address in found if address), "")


# --- JSON-LD ----------------------------------------------------------------------------------


def _linked_data(page: Element, notices: list[str]) -> Iterator[tuple[str, str, int]]:
    """The facts of what is most an article in the page's JSON-LD (https://schema.org/Article), keys behind ``@``."""
    found = [(thing, line) for data, line in _data(page, notices) for thing in _things(data) if _rank(thing) >= 0]
    for thing, line in sorted(found, key=lambda each: _rank(each[0]))[:1]:
        for key, value in thing.items():
            yield from ((f"@{key}", text, line) for text in _said(value))


def _data(page: Element, notices: list[str]) -> Iterator[tuple[Any, int]]:
    for element in elements([page]):
        if element.name == "script" and element.attributes.get("type", "").strip().lower() == "application/ld+json":
            try:
                yield json.loads(words(element.children), strict=False), element.first
            except (ValueError, RecursionError):
                notices.append(f"Line {element.first}: this JSON-LD is not JSON; passed over.")


def _things(data: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    match data:
        case dict() if depth < _DEEPEST:
            yield data
            yield from _things(data.get("@graph"), depth + 1)
        case list() if depth < _DEEPEST:
            for each in data:
                yield from _things(each, depth + 1)


def _rank(thing: Mapping[str, Any]) -> int:
    """How much of an article it is: 0 most, -1 nothing of the kind."""
    kinds = thing.get("@type")
    names = [kinds] if isinstance(kinds, str) else [kind for kind in kinds or () if isinstance(kind, str)]
    ranks = [rank for rank, kind in enumerate(_ARTICLES) if any(name.endswith(kind) for name in names)]
    return min(ranks, default=-1)


def _said(value: Any, depth: int = 0) -> Iterator[str]:
    match value:
        case str():
            yield value
        case {"name": name} if depth < _DEEPEST:
            yield from _said(name, depth + 1)
        case {"@id": str() as address}:
            yield address
        case list() if depth < _DEEPEST:
            for each in value:
                yield from _said(each, depth + 1)
