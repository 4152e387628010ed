"""Where what belongs to an article is looked for: its sidecar beside it, its pictures in its folder and below.

A picture's path, link or scheme that leads out of the folder is refused, so that building a stranger's
article shows nobody this machine's files and fetches nothing.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final
from urllib.parse import unquote

_ELSEWHERE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|[/\\]")


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a picture cannot be loaded, and what to do: two halves of a sentence."""

    code: str
    reason: str
    cure: str


ISSUE: Final = ".toml"
"""What the file of an issue ends in."""

APPROVALS: Final = ".approvals.jsonl"
"""What the name of an issue's record of approvals ends in, behind that of the issue."""

PATTERN: Final = "glob:"
"""Stands before a pattern among the names of files that a source depends on."""


def is_issue(path: Path) -> bool:
    """Whether ``path`` is named like the file of an issue."""
    return path.suffix.lower() == ISSUE


def matching(folder: Path, pattern: str) -> tuple[str, ...]:
    """The names, from ``folder``, of the files that ``pattern`` matches, in order; raises ValueError for none.

    ``pattern`` is one of ``Path.glob``, and may begin with folders above.
    """
    parts = PurePosixPath(pattern).parts
    plain = next((n for n, part in enumerate(parts) if is_pattern(part)), len(parts))
    base = Path(*parts[:plain])
    try:
        found = sorted((folder / base).glob("/".join(parts[plain:]))) if parts[plain:] else [folder / base]
    except NotImplementedError as error:
        raise ValueError(str(error)) from error
    return tuple((base / each.relative_to(folder / base)).as_posix() for each in found if each.is_file())


def is_pattern(name: str) -> bool:
    """Whether ``name`` stands for whatever files it matches."""
    return any(character in name for character in "*?[")


def sidecar_path(path: Path) -> Path:
    """Where the sidecar of the article ``path`` is looked for."""
    return path.with_name(f"{path.stem}.meta.toml")


def find(source: str, folder: Path, root: Path | None = None) -> Path | Refusal:
    """The file ``source`` names from ``folder``, as written or percent-decoded; below ``root``, else ``folder`` itself.

    Both are resolved.
    """
    outside = Refusal("S010", "is not in the article's folder", "Copy it there and name it by a relative path.")
    called = names(source)
    for name in called:
        path = Path(os.path.realpath(folder / name))
        if not path.is_relative_to(root or folder):
            return outside
        if path.is_file():
            return path
    return Refusal("S011", "does not exist", "Put it where the article says.") if called else outside


def names(source: str) -> tuple[str, ...]:
    """The names ``source`` may be: as written, and percent-decoded; none where it leads elsewhere than to a folder."""
    if _ELSEWHERE.match(source) or "\0" in unquote(source):
        return ()
    return tuple(dict.fromkeys((source, unquote(source))))
