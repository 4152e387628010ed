"""``[profile.NAME]``: how editions for a partner differ from the house's own. ``docs/settings.md`` lists every key."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from exporter import toml
from exporter.errors import SettingsError
from exporter.nearness import meant
from exporter.stores import Place, place
from exporter.themes import Page

_NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]*")
_KINDS: Final[Mapping[str, str]] = {
    "reference": 'a path as a text: "…"',
    "out": 'a path or a URL as a text: "…"',
    "to": 'a list of texts: ["…", "…"]',
    "theme": 'a text: "…"',
    "page": '"A4" or "Letter"',
    "styles": "a table of texts: our style = theirs",
}
"""The keys of a profile, and what each is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """What a partner's editions have otherwise; None for what is as in the house's own.

    ``reference`` is the partner's Word document, ``styles`` which style of it stands for which of ours; ``out`` is the
    folder the editions are written to, one of the profile's name within the house's unless told.
    """

    name: str
    reference: Path | None = None
    to: tuple[str, ...] | None = None
    out: Place | None = None
    theme: str | None = None
    page: Page | None = None
    styles: tuple[tuple[str, str], ...] = ()


def read(path: Path, content: bytes, tables: object) -> tuple[Profile, ...]:
    """The profiles in ``tables``, what the settings file ``path`` has under "profile"; raises SettingsError by line."""
    if not isinstance(tables, dict):
        line = toml.line_of(content, "", "profile")
        raise SettingsError(f"{path}:{line}: write [profile.NAME] above a profile's keys.")
    return tuple(_Reading(path, content, name).profile(table) for name, table in tables.items())


def named(name: str, known: tuple[Profile, ...], file: Path | None) -> Profile:
    """The profile ``name`` of those ``known``; raises SettingsError."""
    found = next((each for each in known if each.name == name), None)
    if found is None:
        names = ", ".join(each.name for each in known) or "none"
        hint = meant(name, [each.name for each in known])
        raise SettingsError(f"{file or 'exporter.toml'}: no profile '{name}'.{hint} There are: {names}.")
    return found


@dataclass(frozen=True, slots=True)
class _Reading:
    """One profile being read."""

    path: Path
    content: bytes
    name: str

    def profile(self, table: object) -> Profile:
        if not isinstance(table, dict):
            raise self._error("", f"write [profile.{self.name}] above its keys", table="profile", key=self.name)
        if not _NAME.fullmatch(self.name):
            raise self._error("", "its name has small letters, digits and hyphens: a folder is named so")
        return Profile(name=self.name, **dict(self._values(table)))

    def _values(self, table: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for key, value in table.items():
            if key not in _KINDS:
                hint = meant(key, _KINDS) or f" Known: {', '.join(_KINDS)}."
                raise self._error(key, f"no key '{key}' in [profile.{self.name}].{hint}".rstrip("."))
            yield key, self._value(key, value)

    def _value(self, key: str, value: object) -> object:
        match key, value:
            case "reference", str() if value:
                return self.path.parent / value
            case "out", str() if value:
                found = place(value)
                return self.path.parent / found if isinstance(found, Path) else found
            case "to", list() if value and all(isinstance(each, str) for each in value):
                return tuple(value)
            case ("theme", str()) | ("page", "A4" | "Letter"):
                return value
            case "styles", dict() if all(isinstance(each, str) for each in value.values()):
                return tuple(value.items())
            case _:
                raise self._error(key, f"'{key}' is {_KINDS[key]}")

    def _error(self, place: str, message: str, *, table: str = "", key: str = "") -> SettingsError:
        line = toml.line_of(self.content, table or f"profile.{self.name}", key or place or None)
        return SettingsError(f"{self.path}:{line}: {message}.")
