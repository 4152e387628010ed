"""Messages as they lie in a Maildir, in an mbox file, or in a file each. They are read and left where they are."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from exporter.errors import DeliveryError


@dataclass(frozen=True, slots=True)
class Found:
    """A message: where it lies, and its bytes as they are there."""

    place: str
    content: bytes


def messages(path: Path) -> Iterator[Found]:
    """The messages of ``path``, by name; raises DeliveryError for a folder that is no Maildir, and OSError."""
    if not path.is_dir():
        yield from _in_file(path)
    elif (path / "new").is_dir() and (path / "cur").is_dir():
        for file in sorted((*(path / "new").iterdir(), *(path / "cur").iterdir())):
            if file.is_file() and not file.name.startswith("."):
                yield Found(str(file), file.read_bytes())
    else:
        raise DeliveryError(f"{path}: a folder, and no Maildir ('new' and 'cur' are not in it). Name the Maildir.")


def _in_file(path: Path) -> Iterator[Found]:
    content = path.read_bytes()
    if not content.startswith(b"From "):
        yield Found(str(path), content)
        return
    box = mailbox.mbox(path, create=False)
    for key in box.iterkeys():
        yield Found(f"{path}, message {int(key) + 1}", box.get_bytes(key))
