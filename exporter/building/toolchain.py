"""Everything editions depend on beside their article, as one key: where it differs, nothing made before stands.

It is made of contents and versions, not of times and places: a moved checkout or another machine with the same tools
has the same key. What cannot be looked at counts as absent, and absence counts too.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from exporter import registry, templating
from exporter.building import paging
from exporter.building.plan import Plan
from exporter.building.stamps import Stamps, combined
from exporter.fonts import debian
from exporter.judges.judge import Judge, Tools
from exporter.settings import Settings

_APART: Final[Mapping[str, frozenset[str]]] = {"defaults": frozenset({"out", "to"})}
"""Settings that change no edition: where they go, and which of them are made."""

_NO_TABLES: Final = ("file", "profile", "profiles")
"""Where settings are written, and whom they are for: what that comes to stands in the others."""


def key(plan: Plan, stamps: Stamps) -> str:
    """One digest of all that editions made by ``plan`` have in common; files are looked at through ``stamps``."""
    return combined(
        [
            sys.version,
            f"verified {plan.verified}",
            f"date {plan.date.isoformat() if plan.date else ''}",
            *_settings(plan.settings, stamps),
            f"templates {stamps.tree(str(templating.builtin_templates()))}",
            *(f"code {stamps.tree(folder)}" for folder in _packages()),
            *(f"distribution {name}" for name in _distributions(sys.path)),
            *_fonts(plan.fonts, stamps),
            *_judges(plan.judges, plan.tools, stamps),
            *_office(plan.tools, stamps),
        ]
    )


def _settings(settings: Settings, stamps: Stamps) -> Iterator[str]:
    """Every setting, in place of files and folders what they hold; where the settings are written counts not."""
    for table, values in asdict(settings).items():
        if table not in _NO_TABLES:
            for name, value in values.items():
                if name not in _APART.get(table, ()):
                    yield f"{table}.{name} {_content(value, stamps)!r}"


def _content(value: Any, stamps: Stamps) -> Any:
    if not isinstance(value, Path):
        return value
    return stamps.tree(str(value)) if value.is_dir() else stamps.digest(str(value))


def _packages() -> list[str]:
    """The folders of the packages that formats come from, this one's among them."""
    specs = map(find_spec, registry.packages())
    return [folder for spec in specs if spec for folder in spec.submodule_search_locations or ()]


def _distributions(path: Iterable[str]) -> list[str]:
    """The distributions installed in the folders of ``path``, as their metadata's folders are named: with versions."""
    names = (name for folder in dict.fromkeys(path) for name in _listed(folder or "."))
    return sorted({name for name in names if name.endswith((".dist-info", ".egg-info"))})


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names are all that is wanted
    except OSError:  # a zip file, or gone
        return []


def _fonts(library: Path | None, stamps: Stamps) -> Iterator[str]:
    """What the font library is made of beside Python packages, and the library itself where one is named."""
    yield from (f"font {font.sha256}" for font in debian.pinned().values() if font.installed)
    if library:
        yield f"fonts {stamps.digest(str(library / 'manifest.json'))}"


def _office(tools: Tools, stamps: Stamps) -> Iterator[str]:
    """The LibreOffice that numbers the pages of contents."""
    if program := paging.office(tools):
        yield f"office {stamps.digest(str(paging.version(program)))}"


# --- Judges -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Recorded(Tools):
    """Tools that note what of them is asked for."""

    asked: list[Path] = field(default_factory=list)

    def program(self, *names: str) -> Path | None:
        found = Tools.program(self, *names)
        self.asked.extend([found] if found else [])
        return found

    def package(self, name: str) -> Path | None:
        found = Tools.package(self, name)
        self.asked.extend([found / "package.json"] if found else [])
        return found


def _judges(judges: Iterable[Judge], tools: Tools, stamps: Stamps) -> Iterator[str]:
    """Who is asked, what they lack, and the programs they run, which they look for to say what they lack."""
    for judge in judges:
        recorded = _Recorded(tools.environment, tools.node_modules)
        yield f"judge {judge.name} {judge.lacks(recorded)}"
        yield from (f"program {stamps.digest(str(path))}" for path in recorded.asked)
