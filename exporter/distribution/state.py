"""Where the state of an issue lies: beside its file, never under OUT, which anybody may delete."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporter.mail.ledger import SUFFIX


@dataclass(frozen=True, slots=True)
class State:
    """The files beside the issue's ``file``."""

    file: Path

    @property
    def plan(self) -> Path:
        """The plan that was made last."""
        return self.file.with_name(f"{self.file.stem}.plan.json")

    @property
    def stock(self) -> Path:
        """What its messages are made from and OUT has not, a folder."""
        return self.file.with_name(f"{self.file.stem}.planned")

    @property
    def ledger(self) -> Path:
        """What became of every message."""
        return self.file.with_name(f"{self.file.stem}{SUFFIX}")

    @property
    def archive(self) -> Path:
        """What was sent, of all issues."""
        return self.file.parent / "sent"
