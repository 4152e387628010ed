"""The folder where builds keep what they remember: small files with checksums, each replaced in one step.

What is torn, damaged, foreign or of another schema is as none. Nothing here is worth a failed build: where the folder
cannot be read or written, it is said once, and the build goes on.
"""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

SCHEMA: Final = 1
"""The number of the schema of all files; it grows when one of them changes its shape."""

_TAG: Final = b"Signature: 8a477f597d28d172789f06886806bc55\n# What builds remember: https://bford.info/cachedir/\n"
_CLOCK: Final = ".clock"


class CacheFolder:
    """Documents by name in ``folder``, none where that is None.

    ``trouble`` is why one could not be read or written, "" where all could.
    """

    def __init__(self, folder: Path | None) -> None:
        self.trouble = ""
        self._none = folder is None
        self._folder = str(folder)

    def read(self, name: str) -> Any:
        """The document ``name``; None where there is none that can be trusted."""
        if self._none:
            return None
        try:
            with open(f"{self._folder}/{name}", "rb") as file:  # noqa: PTH123 - thousands of times
                return unsealed(file.read())
        except (FileNotFoundError, ValueError):
            return None
        except OSError as error:
            self._note(error)
            return None

    def write(self, name: str, document: object) -> None:
        """Put ``document`` in the place of ``name``."""
        if self._none:
            return
        temporary = f"{self._folder}/.new-{name}"
        try:
            self._make()
            with open(temporary, "wb") as file:  # noqa: PTH123
                file.write(sealed(document))
            os.replace(temporary, f"{self._folder}/{name}")  # noqa: PTH105
        except OSError as error:
            self._note(error)
            with suppress(OSError):
                Path(temporary).unlink()

    def now(self) -> int:
        """The time by the file system's own clock, in nanoseconds; 0, which is before anything, where it is unknown."""
        if self._none:
            return 0
        try:
            self._make()
            clock = Path(self._folder, _CLOCK)
            clock.touch()
            return clock.stat().st_mtime_ns
        except OSError as error:
            self._note(error)
            return 0

    def _make(self) -> None:
        """The folder, with a tag that lets backups pass it over."""
        tag = Path(self._folder, "CACHEDIR.TAG")
        if not os.path.lexists(tag):
            tag.parent.mkdir(parents=True, exist_ok=True)
            tag.write_bytes(_TAG)

    def _note(self, error: OSError) -> None:
        reason = f"{error.filename or self._folder}: {error.strerror or error}"
        self.trouble = self.trouble or f"{reason}. What is not remembered is made again next time."


def sealed(document: object) -> bytes:
    """``document`` as JSON below a line with the schema and a checksum."""
    body = json.dumps(document, separators=(",", ":")).encode("ascii")
    return b"%s\n%s" % (_head(body), body)


def unsealed(content: bytes) -> Any:
    """The document in ``content``; raises ValueError where it is not whole, or of another schema."""
    head, _, body = content.partition(b"\n")
    if head != _head(body):
        raise ValueError("torn, damaged or of another kind")
    return json.loads(body)


def _head(body: bytes) -> bytes:
    return b"exporter cache %d %s" % (SCHEMA, hashlib.sha256(body).hexdigest().encode("ascii"))
