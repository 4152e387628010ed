"""A provider's record of messages, as CSV: one event a line, with the Message-ID and what happened."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from typing import Final

from exporter.errors import DeliveryError
from exporter.mail.reconciliation import Fate

_IDENTIFIERS: Final = ("message-id", "messageid", "smtp-id", "smtp-message-id", "internet-message-id")
_EVENTS: Final = ("event", "event-type", "eventtype", "status", "delivery-status", "state", "message-event")

_TAKEN: Final = """accepted processed queued sent send delivered delivery deferred open opened click clicked
bounce bounced hardbounce softbounce transient complaint complained spamreport unsubscribe unsubscribed"""
_REFUSED: Final = "rejected reject dropped failed blocked invalid"

_FATES: Final[Mapping[str, Fate]] = {
    **dict.fromkeys(_TAKEN.split(), "accepted"),
    **dict.fromkeys(_REFUSED.split(), "failed"),
}
"""A bounce is an acceptance too: the provider had the message."""


def fates(lines: Iterable[str], file: str) -> Mapping[str, Fate]:
    """What became of each message, by Message-ID with its angle brackets; acceptance outweighs a refusal.

    Raises DeliveryError, naming the line, for an event that is not known and for columns that are not there.
    """
    rows = csv.DictReader(lines)
    identifier = _column(rows.fieldnames, _IDENTIFIERS, "the Message-ID", file)
    event = _column(rows.fieldnames, _EVENTS, "the event", file)
    found: dict[str, Fate] = {}
    for row in rows:
        message_id = (row[identifier] or "").strip()
        fate = _fate(row[event] or "", f"{file}:{rows.line_num}")
        if message_id and found.get(_bracketed(message_id)) != "accepted":
            found[_bracketed(message_id)] = fate
    return found


def _column(names: Iterable[str] | None, known: tuple[str, ...], what: str, file: str) -> str:
    given = list(names or ())
    for name in given:
        if name.strip().lower().replace("_", "-").replace(" ", "-") in known:
            return name
    raise DeliveryError(f"{file}:1: no column has {what}. Name one '{known[0]}'.")


def _fate(event: str, place: str) -> Fate:
    word = "".join(character for character in event.lower() if character.isalpha())
    if word not in _FATES:
        raise DeliveryError(f"{place}: '{event[:40]}' is no event that is known. Known: {', '.join(sorted(_FATES))}.")
    return _FATES[word]


def _bracketed(message_id: str) -> str:
    return message_id if message_id.startswith("<") else f"<{message_id}>"
