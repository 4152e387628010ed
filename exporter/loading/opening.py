"""Sources opened, of whichever kind: the file of an article, or that of an issue."""

from __future__ import annotations

from pathlib import Path
from typing import TypeAlias, assert_never

from exporter.loading import composing, issues, loader, lookup
from exporter.loading.issues import IssueReading
from exporter.loading.loaded import Loaded, Reading
from exporter.loading.pictures import Taken
from exporter.settings import Settings

AnyReading: TypeAlias = Reading | IssueReading


def load(path: Path, settings: Settings) -> Loaded:
    """The article, or the issue as one, in the file ``path``; raises SourceError and FormatError."""
    return prepare(read(path, settings), settings)


def read(path: Path, settings: Settings) -> AnyReading:
    """What the file ``path`` says, and every file it names; raises SourceError and FormatError."""
    return issues.read_issue(path, settings) if lookup.is_issue(path) else loader.read(path, settings)


def take(reading: AnyReading) -> Taken:
    """The files of the pictures of ``reading``."""
    match reading:
        case Reading():
            return loader.take(reading)
        case IssueReading():
            return composing.take(reading)
        case _:
            assert_never(reading)


def prepare(reading: AnyReading, settings: Settings, taken: Taken | None = None) -> Loaded:
    """``reading`` held to its source and ready to be rendered; ``taken`` are pictures' files, where they are not here.

    Raises SourceError.
    """
    match reading:
        case Reading():
            return loader.prepare(reading, settings, taken)
        case IssueReading():
            return composing.prepare(reading, settings, taken)
        case _:
            assert_never(reading)
