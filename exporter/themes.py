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

from exporter import toml
from exporter.errors import SettingsError
from exporter.folders import file_in

Page: TypeAlias = Literal["A4", "Letter"]
PAGES: Final[tuple[Page, ...]] = ("A4", "Letter")
DEFAULT: Final = "default"
_FOLDER: Final = "themes"
_NAME: Final = re.compile(r"[a-z][a-z0-9-]*")
_USE: Final = re.compile(r"var\(--([A-Za-z0-9-]+)\)")


@dataclass(frozen=True, slots=True)
class Theme:
    """The values of one theme, by ``table-key``, for one size of page."""

    name: str
    page: Page
    values: tuple[tuple[str, str], ...]

    def style(self, sheet: str) -> str:
        """The style sheet ``sheet`` with this theme's values in place of their names; other variables stay."""
        known = dict(self.values)
        return _USE.sub(lambda use: known.get(use[1], use[0]), sheet)

    def value(self, name: str) -> str:
        """The value ``name``, "table-key"; raises KeyError."""
        return dict(self.values)[name]


def load(name: str, page: Page, folders: tuple[Path, ...]) -> Theme:
    """The theme ``name`` from the first of ``folders`` that has it; raises SettingsError where none has.

    The last of ``folders`` has the built-in themes.
    """
    base = _read(folders[-1] / _FOLDER / f"{DEFAULT}.toml")
    path = _find(name, folders)
    values = {**base, **_own(path, base)}
    try:
        derived = {**_of_page(values, page), **_of_columns(values)}
    except ValueError as error:
        raise SettingsError(f"{path}: {error}.") from error
    return Theme(name, page, tuple(sorted({**values, **derived}.items())))


_WIDTHS: Final[Mapping[Page, float]] = {"A4": 210, "Letter": 215.9}
_WIDE: Final = 170
"""Millimetres a wide table may take, beyond the measure on both sides alike."""
_NARROWER: Final = 0.93
"""Type in two columns to type in one: more words fit a short line."""


def _of_page(values: Mapping[str, str], page: Page) -> dict[str, str]:
    """What follows from the size of the page; raises ValueError for margins that are not three lengths in mm."""
    margins = values[f"page-{page}"].split()
    if len(margins) != 3 or not all(re.fullmatch(r"[0-9]+(\.[0-9]+)?mm", margin) for margin in margins):
        raise ValueError(f"page.{page} is three lengths: above, beside and below, like '30mm 44mm 29mm'")
    measure = _WIDTHS[page] - 2 * float(margins[1].removesuffix("mm"))
    return {
        "page-size": page,
        "page-margin": values[f"page-{page}"],
        "page-margin-columns": values[f"page-{page}-columns"],
        "page-wide": f"{max(_WIDE, measure):g}mm",
        "page-outdent": f"{min(0.0, (measure - _WIDE) / 2):.5g}mm",
    }


def _of_columns(values: Mapping[str, str]) -> dict[str, str]:
    """The sizes of type in two columns, in quarters of a point; raises ValueError for a size that is not in points."""
    sizes = {key.removeprefix("size-"): value for key, value in values.items() if key.startswith("size-")}
    if wrong := [key for key, value in sizes.items() if not re.fullmatch(r"[0-9]+(\.[0-9]+)?pt", value)]:
        raise ValueError(f"size.{wrong[0]} is in points, like '10.5pt'")
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
        raise SettingsError(f"No theme '{name}'. There are: {', '.join(names(folders))}. docs/themes.md tells of more.")
    return found


def _own(path: Path, base: Mapping[str, str]) -> Mapping[str, str]:
    """What the file ``path`` says, all of it known to ``base``."""
    own = _read(path)
    if unknown := sorted(set(own) - set(base)):
        raise SettingsError(f"{path}: no theme has {', '.join(unknown)}. The default theme lists what there is.")
    return own


def _read(path: Path) -> Mapping[str, str]:
    """``table-key`` to value; raises SettingsError, naming the line."""
    return _parsed(path, path.read_bytes())


@lru_cache(maxsize=16)
def _parsed(path: Path, content: bytes) -> Mapping[str, str]:
    try:
        tables = toml.parse(content)
    except toml.TomlError as error:
        raise SettingsError(f"{path}:{error.line}: {error.message}. Mend it.") from error
    values: dict[str, str] = {}
    for table, entries in tables.items():
        for key, value in entries.items() if isinstance(entries, dict) else [(table, entries)]:
            if not isinstance(value, str) or set(value) & set("{}<>\\"):
                line = toml.line_of(content, table, key)
                raise SettingsError(f"{path}:{line}: '{key}' is a text without braces, angles and backslashes.")
            values[f"{table}-{key}"] = value
    return MappingProxyType(values)
