"""A theme's file: a TOML document of tables of texts, each with its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from exporter import toml
from exporter.errors import SettingsError
from exporter.nearness import meant


@dataclass(frozen=True, slots=True, eq=False)
class ThemeFile:
    """What a theme's file says: ``values`` by table and key. One content is one object, as long as it is remembered."""

    path: Path
    content: bytes
    values: Mapping[tuple[str, str], str]

    def error(self, table: str, key: str, message: str) -> SettingsError:
        """An error at the line of ``key`` in ``[table]``; of the whole file where it does not say it."""
        line = toml.line_of(self.content, table, key) if (table, key) in self.values else 0
        place = f"{self.path}:{line}" if line else str(self.path)
        return SettingsError(f"{place}: [{table}] {key}: {message}")

    def hold_to(self, base: ThemeFile) -> None:
        """Raise SettingsError, naming the line, for a table or a key that ``base`` has not."""
        tables = {table for table, _ in base.values}
        for table, key in self.values:
            if table not in tables:
                line = toml.line_of(self.content, table)
                hint = meant(table, tables) or f" There are: {', '.join(sorted(tables))}."
                raise SettingsError(f"{self.path}:{line}: no theme has a table [{table}].{hint}")
            if (table, key) not in base.values:
                known = [name for of, name in base.values if of == table]
                hint = meant(key, known) or f" There are: {', '.join(known)}."
                line = toml.line_of(self.content, table, key)
                raise SettingsError(f"{self.path}:{line}: no theme has '{key}' in [{table}].{hint}")


def read(path: Path) -> ThemeFile:
    """The file ``path``; raises SettingsError, naming the line."""
    return _parsed(path, path.read_bytes())


@lru_cache(maxsize=16)
def _parsed(path: Path, content: bytes) -> ThemeFile:
    try:
        tables = toml.parse(content)
    except toml.TomlError as error:
        raise SettingsError(f"{path}:{error.line}: {error.message}. Mend it.") from error
    values: dict[tuple[str, str], str] = {}
    for table, key, value in _entries(tables):
        if not isinstance(value, str) or set(value) & set("{}<>\\;"):
            line = toml.line_of(content, table, key)
            kind = "a text without braces, angles, backslashes and semicolons"
            raise SettingsError(f"{path}:{line}: '{key or table}' is {kind}.")
        values[table, key] = value
    return ThemeFile(path, content, MappingProxyType(values))


def _entries(tables: Mapping[str, Any]) -> Iterator[tuple[str, str, object]]:
    for table, entries in tables.items():
        if isinstance(entries, dict):
            yield from ((table, key, value) for key, value in entries.items())
        else:
            yield "", table, entries
