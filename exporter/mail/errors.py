"""What can go wrong before a message is sent, beside what ``exporter.errors`` knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from exporter.errors import ExporterError


class MailError(ExporterError):
    """A message, or what it is made from, is refused before anything is sent."""


class SecretError(MailError):
    """A secret is missing, is kept where others can read it, or is not the one that was used before."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong in a line (1-based) of a recipients' file; the sentence quotes no address."""

    line: int
    message: str


class RecipientsError(MailError):
    """A recipients' file is refused: ``problems`` are all its mistakes, in the order of its lines."""

    def __init__(self, file: str, problems: Iterable[Problem]) -> None:
        self.file = file
        self.problems = tuple(problems)
        first = self.problems[0]
        more = f" There are {len(self.problems) - 1} more mistakes." if len(self.problems) > 1 else ""
        super().__init__(f"{file}:{first.line}: {first.message}{more}")
