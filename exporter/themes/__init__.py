"""Themes: the looks of editions as values, which style sheets name (``var(--table-key)``).

A theme is a TOML file of tables of texts. The built-in "default" has every value there is; another theme says what it
has otherwise. What no theme knows is refused by name, so that a slip of the pen is not a look lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final, Literal, TypeAlias

from exporter.errors import SettingsError
from exporter.folders import file_in
from exporter.nearness import meant
from exporter.themes import checking, source
from exporter.themes.source import ThemeFile

Page: TypeAlias = Literal["A4", "Letter"]
PAGES: Final[tuple[Page, ...]] = ("A4", "Letter")
DEFAULT: Final = "default"
_FOLDER: Final = "themes"
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_USE: Final = re.compile(r"var\(--([A-Za-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Theme:
    """The values of one theme, by ``table-key``, for one size of page.

    ``logo`` is the house's picture for a light ground, ``logo_dark`` for a dark one, None without one.
    """

    name: str
    page: Page
    values: tuple[tuple[str, str], ...]
    logo: Path | None = None
    logo_dark: Path | None = None

    def style(self, sheet: str) -> str:
        """The style sheet ``sheet`` with this theme's values in place of their names; other variables stay."""
        known = dict(self.values)
        return _USE.sub(lambda use: known.get(use[1], use[0]), sheet)

    def value(self, name: str) -> str:
        """The value ``name``, "table-key"; raises KeyError."""
        return dict(self.values)[name]


def load(name: str, page: Page | None, folders: tuple[Path, ...]) -> Theme:
    """The theme ``name`` from the first of ``folders`` that has it, on ``page``, its own unless told.

    The last of ``folders`` has the built-in themes. Raises SettingsError where no folder has it, and, naming the line,
    for what cannot be set or read.
    """
    base = source.read(folders[-1] / _FOLDER / f"{DEFAULT}.toml")
    own = source.read(_find(name, folders))
    values = _values(base, own)
    size: Page = page or ("Letter" if values["page", "size"] == "Letter" else "A4")
    logos = [_logo(own, key, values["logo", key], folders) for key in ("file", "dark")]
    return Theme(name, size, _named(base, own, size), *logos)


@lru_cache(maxsize=16)
def _values(base: ThemeFile, own: ThemeFile) -> Mapping[tuple[str, str], str]:
    """What ``own`` says, and ``base`` where it says nothing; raises SettingsError for what cannot be set or read."""
    own.hold_to(base)
    values = {**base.values, **own.values}
    checking.check(values, own)
    return MappingProxyType(values)


@lru_cache(maxsize=16)
def _named(base: ThemeFile, own: ThemeFile, size: Page) -> tuple[tuple[str, str], ...]:
    """The same as style sheets name it, and what follows from it, by name."""
    values = _values(base, own)
    named = {f"{table}-{key}": value for (table, key), value in values.items()}
    faces = {f"face-{key}": checking.families(value) for (table, key), value in values.items() if table == "face"}
    derived = {**_of_page(named, size), **_of_columns(named)}
    return tuple(sorted({**named, **faces, **derived}.items()))


def _logo(own: ThemeFile, key: str, name: str, folders: tuple[Path, ...]) -> Path | None:
    """The picture ``name`` of a house's own folder; raises SettingsError where no folder has it."""
    if not name:
        return None
    found = next(filter(None, (file_in(folder, name) for folder in folders)), None)
    if found is None:
        raise own.error("logo", key, f"no picture '{name}' in {', '.join(map(str, folders[:-1]))}. Put it there.")
    return found


_WIDTHS: Final[Mapping[Page, float]] = {"A4": 210, "Letter": 215.9}
_WIDE: Final = 170
"""Millimetres a wide table may take, beyond the measure on both sides alike."""
_NARROWER: Final = 0.93
"""Type in two columns to type in one: more words fit a short line."""


def _of_page(values: Mapping[str, str], page: Page) -> dict[str, str]:
    """What follows from the size of the page."""
    measure = _WIDTHS[page] - 2 * float(values[f"page-{page}"].split()[1].removesuffix("mm"))
    return {
        "page-size": page,
        "page-margin": values[f"page-{page}"],
        "page-margin-columns": values[f"page-{page}-columns"],
        "page-wide": f"{max(_WIDE, measure):g}mm",
        "page-outdent": f"{min(0.0, (measure - _WIDE) / 2):.5g}mm",
    }


def _of_columns(values: Mapping[str, str]) -> dict[str, str]:
    """The sizes of type in two columns, in quarters of a point."""
    sizes = {key.removeprefix("size-"): value for key, value in values.items() if key.startswith("size-")}
    points = {key: float(value.removesuffix("pt")) for key, value in sizes.items()}
    return {f"columns-{key}": f"{round(point * _NARROWER * 4) / 4:g}pt" for key, point in points.items()}


def names(folders: tuple[Path, ...]) -> tuple[str, ...]:
    """The themes in ``folders``."""
    found = {path.stem for folder in folders for path in (folder / _FOLDER).glob("*.toml")}
    return tuple(sorted(found))


def _find(name: str, folders: tuple[Path, ...]) -> Path:
    candidates = (file_in(folder, f"{_FOLDER}/{name}.toml") for folder in folders if _NAME.fullmatch(name))
    found = next(filter(None, candidates), None)
    if found is None:
        hint = meant(name, names(folders))
        there = ", ".join(names(folders))
        raise SettingsError(f"No theme '{name}'.{hint} There are: {there}. docs/themes.md tells of more.")
    return found
