"""Whom nothing is sent to any more: those who left the list, and those whose mailbox is no more.

One line each: the day, the keyed hash of the recipient, and why. The first line names the secret's fingerprint.
Whoever comes back is taken out of it by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeAlias, get_args

from exporter import durable
from exporter.mail.errors import MailError
from exporter.mail.identities import LENGTH, Identities

Reason: TypeAlias = Literal["unsubscribed", "bounced", "complained", "removed"]

_FIRST: Final = re.compile(r"# exporter suppression list, secret ([0-9a-f]{16})")
_LINE: Final = re.compile(rf"(\d{{4}}-\d\d-\d\d) ([0-9a-f]{{{LENGTH}}}) ({'|'.join(get_args(Reason))})")


@dataclass(frozen=True, slots=True)
class Suppression:
    """One recipient nothing is sent to: ``recipient`` is a keyed hash, ``day`` the day it was learnt."""

    recipient: str
    reason: Reason
    day: date


@dataclass(frozen=True, slots=True)
class SuppressionList:
    """The recipients nothing is sent to, by keyed hash."""

    suppressions: Mapping[str, Suppression] = field(default_factory=dict)

    def __contains__(self, recipient: str) -> bool:
        return recipient in self.suppressions

    def reason(self, recipient: str) -> Reason | None:
        """Why nothing is sent to ``recipient``; None where something is."""
        found = self.suppressions.get(recipient)
        return found.reason if found else None


def load(path: Path, identities: Identities) -> SuppressionList:
    """The list in ``path``, empty where there is none.

    Raises MailError, naming the line, for what is not understood, and SecretError for a list made with another secret.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return SuppressionList()
    return SuppressionList({each.recipient: each for each in _parsed(content, path, identities)})


def add(path: Path, suppressions: Iterable[Suppression], identities: Identities) -> tuple[Suppression, ...]:
    """Write those of ``suppressions`` that ``path`` has not yet into it, and return them; raises as ``load``.

    The file is replaced in one step, and held by a lock of the kernel's meanwhile: what two add at once is all there.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with durable.locked(path):
        known = load(path, identities)
        new = tuple({each.recipient: each for each in suppressions if each.recipient not in known}.values())
        if new:
            durable.write(path, _written((*known.suppressions.values(), *new), identities), mode=0o600)
    return new


def _written(suppressions: Iterable[Suppression], identities: Identities) -> bytes:
    lines = "".join(f"{each.day} {each.recipient} {each.reason}\n" for each in suppressions)
    return f"# exporter suppression list, secret {identities.fingerprint}\n{lines}".encode("ascii")


def _parsed(content: bytes, path: Path, identities: Identities) -> list[Suppression]:
    first, *lines = content.decode("utf-8", "replace").split("\n")
    if not (found := _FIRST.fullmatch(first)):
        raise MailError(f"{path}:1: not a suppression list of exporter. Name another file in [mail] suppression.")
    identities.check(found[1], str(path))
    return [_suppression(line, f"{path}:{number}") for number, line in enumerate(lines, 2) if line]


def _suppression(line: str, place: str) -> Suppression:
    if not (found := _LINE.fullmatch(line)):
        raise MailError(f"{place}: not 'DAY HASH REASON', with a reason of {', '.join(get_args(Reason))}. Mend it.")
    reason: Reason = found[3]  # type: ignore[assignment]
    return Suppression(found[2], reason, date.fromisoformat(found[1]))
