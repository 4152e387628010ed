"""Finding the articles that files and folders hold."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter import registry
from exporter.stores import Place


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that was passed over, and why."""

    path: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles found: ``named`` on purpose, or ``walked`` upon in a folder, each file once."""

    named: tuple[Path, ...]
    walked: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def find(paths: Iterable[Path], out: Place) -> Sources:
    """The articles ``paths`` hold: files as named, folders walked in order of names. ``out`` is never walked."""
    given = list(paths)
    named = _once(path for path in given if not path.is_dir())
    written = _real(out) if isinstance(out, Path) else None
    found = [each for path in given if path.is_dir() for each in _walk(path, written)]
    known = {_real(path) for path in named}
    walked = _once(each for each in found if isinstance(each, Path) and _real(each) not in known)
    return Sources(named, walked, tuple(each for each in found if isinstance(each, Skipped)))


def _once(paths: Iterable[Path]) -> tuple[Path, ...]:
    """``paths`` without those that lead to a file named before."""
    first: dict[str, Path] = {}
    for path in paths:
        first.setdefault(_real(path), path)
    return tuple(first.values())


def _real(path: Path) -> str:
    """Where ``path`` leads; unlike ``Path.resolve`` also where links lead in circles."""
    return os.path.realpath(path)


def _walk(top: Path, out: str | None) -> Iterator[Path | Skipped]:
    """Articles and skipped paths below ``top``; links to folders are not followed, they may lead in circles."""
    suffixes = {point.name for point in registry.installed("readers")}
    for name, folders, files in os.walk(top, onerror=_refuse):
        folder = Path(name)
        passed = {each: reason for each in sorted(folders) if (reason := _why_not_enter(folder / each, out))}
        folders[:] = sorted(set(folders) - set(passed))
        yield from (Skipped(folder / each, reason) for each, reason in passed.items())
        for each in sorted(files):
            if Path(each).suffix[1:].lower() in suffixes:
                reason = why_not_read(each)
                yield Skipped(folder / each, reason) if reason else folder / each


def folders(top: Path, out: Place) -> Iterator[Path]:
    """``top`` and the folders below it in which articles are looked for, those that can be read; ``out`` is none."""
    written = _real(out) if isinstance(out, Path) else None
    for name, inner, _ in os.walk(top):
        folder = Path(name)
        inner[:] = [each for each in inner if not _why_not_enter(folder / each, written)]
        yield folder


def _refuse(error: OSError) -> None:
    """A folder that cannot be read may hold articles: it is not passed over."""
    raise error


def _why_not_enter(folder: Path, out: str | None) -> str | None:
    if _real(folder) == out:
        return "editions are written here"
    if _holds_editions(folder):
        return "it holds editions"
    return "an issue is built by its file" if folder.name == "issues" else _why_not(folder.name)


def _holds_editions(folder: Path) -> bool:
    """Whether the manifest of a set lies in ``folder``: its plain text is no source."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(manifest, dict) and {"schema", "source", "editions", "versions"} <= manifest.keys()


def why_not_read(name: str) -> str | None:
    """Why a file called ``name`` is no article, though it could be read; None where it is one."""
    return "a README" if Path(name).stem.casefold() == "readme" else _why_not(name)


def _why_not(name: str) -> str | None:
    if name.startswith("."):
        return "hidden"
    return "its name begins with _" if name.startswith("_") else None
