"""What a judge is, what it finds, and where it looks for the programs it runs."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Final, Literal, Protocol, TypeAlias

Severity: TypeAlias = Literal["error", "warning"]

UNJUDGED: Final = "unjudged"
"""Code of the finding that a judge broke down over a file: what nobody has examined is not in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something a judge objects to: its own code, a sentence, where in the file, and what to do about it."""

    judge: str
    code: str
    message: str
    place: str = ""
    severity: Severity = "error"
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Waiver:
    """An objection that is none, by the end of its code and a part of its message; ``why`` tells who says so."""

    code: str
    message: str
    why: str

    def covers(self, code: str, message: str) -> bool:
        """Whether it speaks of this objection."""
        return code.endswith(self.code) and self.message in message


Findings: TypeAlias = Mapping[Path, tuple[Finding, ...]]


@dataclass(frozen=True, slots=True)
class Tools:
    """Where programs are and run: the ``environment`` with its PATH, and ``node_modules`` folders, nearest first."""

    environment: Mapping[str, str] = field(default_factory=dict)
    node_modules: tuple[Path, ...] = ()

    def program(self, *names: str) -> Path | None:
        """The first program of ``names`` there is."""
        found = (shutil.which(name, path=self.environment.get("PATH", "")) for name in names)
        return next((Path(each) for each in found if each), None)

    def package(self, name: str) -> Path | None:
        """The folder of the npm package ``name``."""
        return next((folder / name for folder in self.node_modules if (folder / name).is_dir()), None)


class Judge(Protocol):
    """Examines editions of ``formats`` by ``standard``.

    ``name`` is what users select it by. ``get`` is the command that installs it.
    """

    name: str
    standard: str
    formats: tuple[str, ...]
    get: str

    def lacks(self, tools: Tools) -> str:
        """What is not installed, as a phrase; "" where the judge can work."""
        ...

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """What it finds in each of ``files``, all of its formats; whatever it raises counts against all of them."""
        ...


def lacking(modules: Iterable[str] = (), programs: Mapping[str, object] | None = None) -> str:
    """The phrase on what is missing of Python ``modules`` and of ``programs``, names to what was found of them."""
    missing = [f"the Python package {name}" for name in modules if find_spec(name) is None]
    missing += [name for name, found in (programs or {}).items() if not found]
    return " and ".join(missing)
