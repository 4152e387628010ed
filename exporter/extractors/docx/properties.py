"""What the file's own metadata say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from lxml import etree

from exporter.extractors.docx.archive import Archive, Part, W, on
from exporter.walk import normalise

_CORE = {
    "title": "title",
    "creator": "authors",
    "keywords": "tags",
    "description": "summary",
    "language": "language",
    "identifier": "identifier",
}
_DAYS = {"created": "published", "modified": "updated"}
"""Days of the core properties, and the custom ones that say what they are of."""

_CUSTOM = ("subtitle", "published", "updated", "publisher", "rights", "section", "canonical_url", "translation_of")


def metadata(archive: Archive, main: Part) -> dict[str, str]:
    """By the names of ``text.said_metadata``; "" where the file does not say."""
    core, custom = archive.properties("core-properties"), archive.properties("custom-properties")
    found = _joined((etree.QName(each).localname, each.text or "") for each in _elements(core))
    named = _joined((each.get("name", ""), "".join(map(str, each.itertext()))) for each in _elements(custom))
    # A program that saves a file sets these days itself.
    days = {} if producer(archive) else dict(_days(found, named))
    first = next(main.root.iter(f"{W}sectPr"), None)
    return {
        **{name: normalise(found.get(key, "")) for key, name in _CORE.items()},
        **{name: normalise(named.get(name, "")) for name in _CUSTOM},
        **days,
        # Later sections may run as what is in them does.
        "direction": "rtl" if on(first, "bidi") else "ltr",
    }


def producer(archive: Archive) -> str:
    """The program the file says it was saved by; "" where it names none."""
    extended = archive.properties("extended-properties")
    found = {etree.QName(each).localname: normalise(each.text or "") for each in _elements(extended)}
    return found.get("Application", "").partition("$")[0].replace("/", " ")


def _days(core: Mapping[str, str], custom: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """The days of the article whose core property is no day, or another one."""
    for key, name in _DAYS.items():
        shown, said = core.get(key, ""), normalise(custom.get(name, ""))
        if _moment(shown) is None or (said and _moment(shown) != _moment(said)):
            yield name, f"{said}; {key} '{shown}'".removeprefix("; ")


def _moment(text: str) -> datetime | None:
    """A day or a moment (ISO 8601), UTC where it has no zone; None where it is none."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _joined(values: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Values by name; of a name that stands more than once, all of them."""
    found: dict[str, str] = {}
    for name, text in values:
        found[name] = f"{found[name]}; {text}" if name in found else text
    return found


def _elements(part: Part | None) -> tuple[etree._Element, ...]:
    return tuple(part.root.iterchildren("{*}*")) if part else ()
