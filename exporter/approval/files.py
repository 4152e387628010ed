"""Files as they are, and whether they are what they were."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias, assert_never

from exporter.approval.records import FileRecord, Kind
from exporter.loading import lookup

What: TypeAlias = Literal["changed", "missing", "new", "found otherwise"]
"""How a file is not as it was; a pattern finds others."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that is not as it was approved; ``kind`` is "pattern" where other files are found than then."""

    kind: Kind | Literal["pattern"]
    name: str
    what: What
    format: str = ""

    @property
    def sentence(self) -> str:
        """It in words."""
        match self.what:
            case "changed":
                return f"{self.name} was changed."
            case "missing":
                return f"{self.name} is missing."
            case "new":
                return f"{self.name} is new."
            case "found otherwise":
                return f"'{self.name}' finds other articles."
            case _:
                assert_never(self.what)


def record(kind: Kind, name: str, path: Path, format_: str = "") -> FileRecord:
    """The file ``path`` as it is now; raises OSError."""
    content = path.read_bytes()
    digest = hashlib.sha256(content).hexdigest()
    return FileRecord(kind=kind, name=name, sha256=digest, size=len(content), format=format_)


def place(known: FileRecord, issue: Path, out: Path) -> Path:
    """Where the file ``known`` lies."""
    match known.kind:
        case "manifest" | "edition" | "body":
            return out / known.name
        case "issue" | "source" | "recipients":
            return issue.parent / known.name
        case _:
            assert_never(known.kind)


def differences(files: Iterable[FileRecord], issue: Path, out: Path) -> Iterator[Difference]:
    """Those of ``files`` that are not what they were."""
    for known in files:
        try:
            path = place(known, issue, out)
            same = path.stat().st_size == known.size and record(known.kind, known.name, path).sha256 == known.sha256
        except OSError:
            yield Difference(known.kind, known.name, "missing", known.format)
        else:
            if not same:
                yield Difference(known.kind, known.name, "changed", known.format)


def found(patterns: Iterable[str], folder: Path) -> dict[str, tuple[str, ...]]:
    """What each of ``patterns`` finds from ``folder``."""
    return {pattern: lookup.matching(folder, pattern) for pattern in sorted(patterns)}
