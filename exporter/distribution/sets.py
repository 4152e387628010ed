"""Sets of editions as they lie in OUT, taken only if they are what their manifest says, and verified."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exporter.building import manifest as manifests
from exporter.building.manifest import EditionRecord, ManifestError
from exporter.mail.errors import MailError

TEXT: Final = "email.txt"
HTML: Final = "email.html"
"""The formats that are bodies of messages, and no files."""


@dataclass(frozen=True, slots=True)
class EditionSet:
    """The editions of an issue in one ``language``: what their manifest says, and their bytes, by format."""

    language: str
    slug: str
    records: Mapping[str, EditionRecord]
    contents: Mapping[str, bytes]

    @property
    def formats(self) -> tuple[str, ...]:
        """What can go along as a file."""
        return tuple(sorted(self.records.keys() - {TEXT, HTML}))


def load(folder: Path, language: str) -> EditionSet:
    """The set in ``folder``; raises MailError where one of its files is missing, changed or not verified."""
    build = "Build the issue again: exporter build"
    try:
        manifest = manifests.parse((folder / manifests.FILE_NAME).read_bytes())
    except FileNotFoundError as error:
        raise MailError(f"{folder}: nothing is built here. {build}") from error
    except ManifestError as error:
        raise MailError(f"{folder / manifests.FILE_NAME}: {error}. {build}") from error
    records = {each.format: each for each in manifest.editions}
    contents = {each.format: _content(folder, each) for each in manifest.editions}
    if TEXT not in records:
        raise MailError(f"{folder}: there is no email, as text at least. {build} ISSUE --to {TEXT},{HTML},…")
    return EditionSet(language, folder.name, records, contents)


def _content(folder: Path, record: EditionRecord) -> bytes:
    path = folder / record.file
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise MailError(f"{path}: missing. Build the issue again: exporter build") from error
    if hashlib.sha256(content).hexdigest() != record.sha256:
        raise MailError(f"{path}: not what was built and verified; somebody changed it. Build the issue again.")
    if not record.verified:
        raise MailError(f"{path}: not verified. Nothing that is not goes out: build it again without --no-verify.")
    return content
