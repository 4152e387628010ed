"""Finding the articles that files and folders hold."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter import registry


@dataclass(frozen=True, slots=True)
class Skipped:
    """A path that was passed over, and why."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles found: ``named`` on purpose, or ``walked`` upon in a folder, each file once."""

    named: tuple[Path, ...]
    walked: tuple[Path, ...]
    skipped: tuple[Skipped, ...]


def find(paths: Iterable[Path], out: Path) -> Sources:
    """The articles ``paths`` hold: files as named, folders walked in order of names. ``out`` is never walked."""
    given = list(paths)
    named = _once(path for path in given if not path.is_dir())
    found = [each for path in given if path.is_dir() for each in _walk(path, out.resolve())]
    known = {path.resolve() for path in named}
    walked = _once(each for each in found if isinstance(each, Path) and each.resolve() not in known)
    return Sources(named, walked, tuple(each for each in found if isinstance(each, Skipped)))


def _once(paths: Iterable[Path]) -> tuple[Path, ...]:
    """``paths`` without those that lead to a file named before."""
    first: dict[Path, Path] = {}
    for path in paths:
        first.setdefault(path.resolve(), path)
    return tuple(first.values())


def _walk(top: Path, out: Path) -> Iterator[Path | Skipped]:
    """Articles and skipped paths below ``top``; links to folders are not followed, they may lead in circles."""
    suffixes = {point.name for point in registry.installed("readers")}
    for name, folders, files in os.walk(top):
        folder = Path(name)
        passed = {each: reason for each in sorted(folders) if (reason := _why_not_enter(folder / each, out))}
        folders[:] = sorted(set(folders) - set(passed))
        yield from (Skipped(folder / each, reason) for each, reason in passed.items())
        for each in sorted(files):
            if Path(each).suffix[1:].lower() in suffixes:
                reason = _why_not_read(each)
                yield Skipped(folder / each, reason) if reason else folder / each


def _why_not_enter(folder: Path, out: Path) -> str | None:
    if folder.resolve() == out:
        return "editions are written here"
    return "issues are not articles" if folder.name == "issues" else _why_not(folder.name)


def _why_not_read(name: str) -> str | None:
    return "a README" if Path(name).stem.casefold() == "readme" else _why_not(name)


def _why_not(name: str) -> str | None:
    if name.startswith("."):
        return "hidden"
    return "its name begins with _" if name.startswith("_") else None
