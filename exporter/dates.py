"""Dates as readers of a language expect them (Unicode CLDR, by Babel)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal, TypeAlias

from exporter.article import Metadata

Role: TypeAlias = Literal["published", "updated"]


@dataclass(frozen=True, slots=True)
class Dateline:
    """A date an edition shows: ``role`` says which, ``text`` how."""

    role: Role
    date: date
    text: str


def datelines(metadata: Metadata) -> tuple[Dateline, ...]:
    """The dates shown under a title: the publication, and the update where it is another day."""
    found: list[Dateline] = []
    if metadata.published:
        found.append(Dateline("published", metadata.published, long_date(metadata.published, metadata.language)))
    if metadata.updated:
        text = long_date(metadata.updated, metadata.language)
        if not found or text != found[0].text:
            found.append(Dateline("updated", metadata.updated, text))
    return tuple(found)


def long_date(day: date, language: str) -> str:
    """``day`` in CLDR's long form for ``language`` (BCP 47); ISO 8601 where CLDR has no such language."""
    # Two moments may be one and yet, each in its own zone, of two days: a cache must not take one for the other.
    return _long_date(date(day.year, day.month, day.day), language)


@lru_cache(maxsize=1024)
def _long_date(day: date, language: str) -> str:
    from babel import Locale, UnknownLocaleError
    from babel.dates import format_date

    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        return day.isoformat()
    return format_date(day, format="long", locale=locale)
