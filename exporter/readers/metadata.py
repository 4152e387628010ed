"""From the facts of a front matter or sidecar to an article's metadata, whatever blog engine named them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, TypeVar

from exporter.article import NOWHERE, Direction, Metadata, Position
from exporter.characters import INKLESS
from exporter.errors import SourceError
from exporter.readers.languages import direction_of, language_tag

__all__ = ["day", "direction_of", "language_tag", "metadata_from", "overlay", "parsed_date", "unknown_keys"]

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "title": ("title",),
    "subtitle": ("subtitle", "standfirst", "deck"),
    "slug": ("slug",),
    "authors": ("authors", "author", "byline"),
    "published": ("date", "published", "publishDate", "publish_date", "pubdate", "pubDate"),
    "updated": ("updated", "lastmod", "modified", "last_modified_at", "last_updated"),
    "embargo": ("embargo",),
    "language": ("language", "lang", "locale"),
    "direction": ("direction", "dir"),
    "summary": ("summary", "description", "excerpt", "abstract"),
    "section": ("section", "category"),
    "tags": ("tags", "keywords", "categories"),
    "rights": ("rights", "license", "licence", "copyright"),
    "publisher": ("publisher",),
    "canonical_url": ("canonical_url", "canonical", "canonicalURL", "permalink", "url"),
    "identifier": ("identifier", "id"),
    "cover": ("cover", "image", "cover_image", "featured_image"),
    "translation_of": ("translation_of",),
    "draft": ("draft", "status"),
}
"""The keys each field of ``Metadata`` is read from, the one that counts first."""

_FIELDS: Final = {key.lower(): name for name, keys in KEYS.items() for key in keys}


def unknown_keys(facts: Mapping[str, Any]) -> tuple[str, ...]:
    """The keys of ``facts`` nothing is read from, as written."""
    return tuple(key for key in facts if key.lower() not in _FIELDS)


def overlay(facts: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    """``facts`` with those of ``over`` in place of whatever names the same field."""
    taken = {_FIELDS.get(key.lower(), key) for key in over}
    return {**{key: value for key, value in facts.items() if _FIELDS.get(key.lower(), key) not in taken}, **over}


def metadata_from(
    facts: Mapping[str, Any],
    *,
    file: str,
    title: str | None = None,
    title_position: Position = NOWHERE,
    lines: Mapping[str, int] | None = None,
) -> Metadata:
    """The metadata ``facts`` state; ``title`` is the body's own, for facts without one.

    ``lines`` gives the line of a key, for messages. Raises SourceError: S004 where there is no title,
    S009 naming the key of a value that has the wrong type or is no date, language or direction.
    """
    read = _Facts(facts, file, lines or {})
    found = read.first("title", _text)
    language = read.first("language", _language) or "und"
    return Metadata(
        title=_one_of(found, title, file),
        subtitle=read.first("subtitle", _text),
        slug=read.first("slug", _text),
        authors=read.first("authors", _names) or (),
        published=read.first("published", _date_unless_switch),
        updated=read.first("updated", day),
        embargo=read.first("embargo", day),
        language=language,
        direction=read.first("direction", _direction) or direction_of(language),
        summary=read.first("summary", _text),
        section=read.first("section", _text),
        tags=_distinct(read.every("tags", _tags)),
        rights=read.first("rights", _text),
        publisher=read.first("publisher", _text),
        canonical_url=read.first("canonical_url", _address),
        identifier=read.first("identifier", _text),
        cover=read.first("cover", _picture),
        translation_of=read.first("translation_of", _text),
        draft=any(read.every("draft", _draft)) or facts.get("published") in (False, "false", "no"),
        title_position=read.position("title") if found else title_position,
        subtitle_position=read.position("subtitle"),
    )


def _one_of(stated: str | None, own: str | None, file: str) -> str:
    """The title that is ``stated``, else the body's ``own``; raises SourceError where nothing of either can be seen."""
    title = stated or own or ""
    if INKLESS.sub("", title).strip():
        return title
    message = "There is no title. Give one in the front matter, or begin with '# Title'."
    raise SourceError(message, file=file, code="S004")


# --- Reading one field ------------------------------------------------------------------------

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class _Facts:
    facts: Mapping[str, Any]
    file: str
    lines: Mapping[str, int]

    def _named(self, name: str) -> list[str]:
        """The keys for the field ``name`` that have a value, the one that counts first."""
        order = [key.lower() for key in KEYS[name]]
        written = [key for key in self.facts if key.lower() in order and self.facts[key] not in (None, "", [])]
        return sorted(written, key=lambda key: order.index(key.lower()))

    def every(self, name: str, convert: Callable[[Any], Value | None]) -> list[Value]:
        """What every key for the field ``name`` says."""
        values = [self._converted(key, convert) for key in self._named(name)]
        return [value for value in values if value is not None]

    def first(self, name: str, convert: Callable[[Any], Value | None]) -> Value | None:
        """What the first key for the field ``name`` says."""
        return next(iter(self.every(name, convert)), None)

    def _converted(self, key: str, convert: Callable[[Any], Value | None]) -> Value | None:
        try:
            return convert(self.facts[key])
        except ValueError as error:
            raise SourceError(f"{key}: {error}.", file=self.file, line=self.lines.get(key, 0), code="S009") from error

    def position(self, name: str) -> Position:
        """The line of the field's key."""
        return next((Position(self.lines[key]) for key in self._named(name) if key in self.lines), NOWHERE)


def _text(value: Any) -> str | None:
    match value:
        case str():
            return value.strip(" \t\n\r\f\v") or None
        case bool():
            raise ValueError(f"{value} is no text; put it in quotation marks")
        case int() | float():
            return str(value)
        case _:
            raise ValueError(f"a text is wanted here, not {_kind(value)}")


def _names(value: Any) -> tuple[str, ...]:
    match value:
        case list():
            return tuple(name for part in value for name in _names(part))
        case {"name": name}:
            return _names(name)
        case _:
            name = _text(value)
            return (name,) if name else ()


def _tags(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        return _names(value.split(","))
    return _names(value)


def _distinct(groups: list[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for group in groups for tag in group))


def day(value: Any) -> date:
    """The date, or the moment, ``value`` is or writes; raises ValueError for anything else."""
    match value:
        case date():
            return value
        case str():
            return parsed_date(value.strip())
        case _:
            raise ValueError(f"a date like 2026-10-05 is wanted here, not {_kind(value)}")


def parsed_date(written: str) -> date:
    """The date ``written`` in ISO 8601, with Jekyll's space before the zone too; raises ValueError for another."""
    try:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", written):
            return date.fromisoformat(written)
        return datetime.fromisoformat(re.sub(r" +([+-]\d\d:?\d\d|Z)$", r"\1", written))
    except ValueError as error:
        raise ValueError(f"'{written}' is no date like 2026-10-05") from error


def _date_unless_switch(value: Any) -> date | None:
    """Jekyll's ``published: false`` is no date."""
    return None if isinstance(value, bool) or value in ("true", "false", "yes", "no") else day(value)


def _draft(value: Any) -> bool:
    match value:
        case bool():
            return value
        case str() if value.lower() in ("true", "yes", "on", "1", "draft"):
            return True
        case str():
            return False
        case _:
            raise ValueError(f"true or false is wanted here, not {_kind(value)}")


def _language(value: Any) -> str | None:
    written = _text(value)
    return language_tag(re.sub(r"\..*", "", written).replace("_", "-")) if written else None


def _direction(value: Any) -> Direction:
    match value:
        case "ltr":
            return "ltr"
        case "rtl":
            return "rtl"
        case _:
            raise ValueError(f"'{value}' is neither ltr nor rtl")


def _address(value: Any) -> str | None:
    """A whole address: a path alone, as ``permalink`` often is, does not say where the article is."""
    written = _text(value)
    return written if written and re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", written) else None


def _picture(value: Any) -> str | None:
    match value:
        case {"path": str() as path} | {"image": str() as path} | {"src": str() as path} | {"url": str() as path}:
            return _text(path)
        case [first, *_]:
            return _picture(first)
        case _:
            return _text(value)


def _kind(value: Any) -> str:
    match value:
        case dict():
            return "a table of keys"
        case list():
            return "a list"
        case _:
            return f"'{value}'"
