"""Samples to look at before anything is sent: messages as files, for nobody's eyes but the editor's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from exporter import durable
from exporter.distribution.mailing import Mailing
from exporter.distribution.records import Row

NAME: Final = "outbox"
SUFFIX: Final = ".eml"


def combinations(mailing: Mailing) -> dict[tuple[str, str], Row]:
    """The first recipient of each letter and segment that is sent to."""
    found: dict[tuple[str, str], Row] = {}
    for row in mailing.plan.rows:
        if not row.withheld:
            found.setdefault((row.letter, row.segment), row)
    return found


def write(mailing: Mailing, folder: Path, *, every: bool = False) -> tuple[Path, ...]:
    """Write one message of each combination into ``folder``, or ``every`` one, in the place of those there.

    The folder is for its owner alone (mode 700), and so are the files (600): they hold addresses.
    """
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    clear(folder)
    chosen = dict(_every(mailing)) if every else {_name(*key): row for key, row in combinations(mailing).items()}
    for name, row in chosen.items():
        durable.write(folder / name, b"".join(mailing.outgoing(row.recipient).parts), mode=0o600)
    return tuple(folder / name for name in chosen)


def clear(folder: Path) -> int:
    """Remove the messages in ``folder``, and say how many there were; other files stay."""
    found = sorted(folder.glob(f"*{SUFFIX}")) if folder.is_dir() else []
    for path in found:
        path.unlink()
    return len(found)


def _every(mailing: Mailing) -> Iterator[tuple[str, Row]]:
    for row in mailing.plan.rows:
        if not row.withheld:
            yield f"{row.recipient}{SUFFIX}", row


def _name(letter: str, segment: str) -> str:
    return re.sub(r"[^\w+.-]+", "-", f"{letter} {segment}").strip("-") + SUFFIX
