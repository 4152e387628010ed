"""The built-in templates, and what a house has in place of them.

A house copies a template to change it. When a later version of this project changes the built-in one, the copy does not
follow: so the digest of what was copied is written into a file beside the copies, and whoever lists them is told.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from importlib.metadata import version
from pathlib import Path
from typing import Final, Literal, TypeAlias

from exporter import toml
from exporter.errors import SettingsError
from exporter.folders import file_in
from exporter.nearness import meant
from exporter.templating import builtin_templates

RECORD: Final = "copied.toml"
"""Beside the copies in a house's folder: the version and the SHA-256 of each built-in template when it was copied."""

_CATALOGUE: Final = "catalogue.toml"
_HEAD: Final = "# Written by exporter templates copy: the built-in templates as they were when they were copied.\n"

State: TypeAlias = Literal["built-in", "same", "changed", "outdated", "unknown"]
"""Who shapes editions: the built-in template; a copy of the house that is the same, or changed; one whose built-in
template has changed since; one of which nobody recorded what it was copied from."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A built-in template as it was: the project's version, and the SHA-256 of the file."""

    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """A built-in template: its name, what it shapes, and the house's own file of that name where there is one."""

    name: str
    shapes: str
    state: State = "built-in"
    own: Path | None = None
    copied: Copied | None = None


def names() -> tuple[str, ...]:
    """The names of all built-in templates, with forward slashes, in order."""
    root = builtin_templates()
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return tuple(sorted(name for name in found if name != _CATALOGUE))


def templates(folder: Path | None) -> tuple[Template, ...]:
    """Every built-in template, and what of it ``folder``, a house's own, has; raises SettingsError."""
    copies = record(folder) if folder else {}
    shapes = _catalogue()
    return tuple(_template(name, folder, copies.get(name), shapes) for name in names())


def additions(folder: Path) -> tuple[Template, ...]:
    """Files of ``folder`` that stand in place of no built-in template.

    Those that are of a kind with built-in ones shape what these do: themes, labels, reference documents. Of others
    nothing is known: a picture, what a template includes, or a name that is misspelt.
    """
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
    others = sorted(name for name in found if name not in {RECORD, *names()} and not name.startswith("."))
    return tuple(Template(name=name, shapes=_shapes(name, _catalogue()), own=folder / name) for name in others)


def content(name: str) -> bytes:
    """The built-in template ``name``; raises SettingsError where there is none, with the nearest name."""
    known = names()
    if name not in known:
        hint = meant(name, known) or " exporter templates list names them."
        raise SettingsError(f"No built-in template '{name}'.{hint}")
    return (builtin_templates() / name).read_bytes()


def record(folder: Path) -> Mapping[str, Copied]:
    """What was copied into ``folder``; raises SettingsError, naming the line."""
    path = file_in(folder, RECORD)
    if path is None:
        return {}
    written = path.read_bytes()
    try:
        tables = toml.parse(written)
        return {name: Copied(str(each["version"]), str(each["sha256"])) for name, each in tables.items()}
    except toml.TomlError as error:
        raise SettingsError(f"{path}:{error.line}: {error.message}. Mend it, or remove the file.") from error
    except (KeyError, TypeError) as error:
        raise SettingsError(f"{path}: a template has no version or no sha256. Remove the file.") from error


def recorded(known: Mapping[str, Copied], name: str) -> bytes:
    """The record ``known`` with the built-in template ``name`` as it is now, as a file."""
    new = {**known, name: Copied(version("article-exporter"), _digest(content(name)))}
    tables = (f'["{key}"]\nversion = "{new[key].version}"\nsha256 = "{new[key].sha256}"\n' for key in sorted(new))
    return "\n".join((_HEAD, *tables)).encode()


def _template(name: str, folder: Path | None, copied: Copied | None, shapes: Mapping[str, object]) -> Template:
    own = file_in(folder, name) if folder else None
    described = _shapes(name, shapes)
    if own is None:
        return Template(name=name, shapes=described)
    return Template(name=name, shapes=described, state=_state(name, own, copied), own=own, copied=copied)


def _catalogue() -> Mapping[str, object]:
    return toml.parse((builtin_templates() / _CATALOGUE).read_bytes())


def _shapes(name: str, catalogue: Mapping[str, object]) -> str:
    return next((str(text) for pattern, text in catalogue.items() if fnmatchcase(name, pattern)), "")


def _state(name: str, own: Path, copied: Copied | None) -> State:
    now = _digest(content(name))
    if _digest(own.read_bytes()) == now:
        return "same"
    if copied is None:
        return "unknown"
    return "changed" if copied.sha256 == now else "outdated"


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
