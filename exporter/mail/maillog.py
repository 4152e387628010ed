"""Postfix's log: which messages it has queued. Its Message-ID alone proves nothing: cleanup logs it before the dot."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Final

_FULL: Final = r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)"
_SHORT: Final = r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d"
_LINE: Final = re.compile(rf"(?:(?P<full>{_FULL})|(?P<short>{_SHORT})) \S+ (?P<program>\S+?)\[\d+\]: (?P<said>.*)")
_MESSAGE_ID: Final = re.compile(r"([0-9A-Za-z]+): (?:resent-)?message-id=(<[^<>\s]+>)")
_ACTIVE: Final = re.compile(r"([0-9A-Za-z]+): from=<.*>, size=\d+, nrcpt=\d+ \(queue active\)")
_HELD: Final = re.compile(r"([0-9A-Za-z]+): (?:hold|milter-hold): ")


@dataclass(frozen=True, slots=True)
class MailLog:
    """What a log tells: ``queued`` are queue ids by Message-ID; ``first`` and ``last`` are when it begins and ends.

    Times are seconds since 1970; ``first`` is infinite where no line was understood.
    """

    queued: Mapping[str, str]
    first: float
    last: float

    def covers(self, begin: float, end: float) -> bool:
        """Whether a line stands before ``begin`` and one not before ``end``; most logs count in seconds."""
        return self.first + 1 <= begin and self.last >= int(end)


def read(lines: Iterable[str], *, now: float, zone: tzinfo) -> MailLog:
    """The log in ``lines``, in their order. Times without a year are the last such before ``now``, in ``zone``.

    A queue id is given to one message after another: it is that of whichever cleanup named last.
    """
    current: dict[str, str] = {}
    queued: dict[str, str] = {}
    first, last = float("inf"), float("-inf")
    for line in lines:
        if not (found := _LINE.match(line)):
            continue
        at = _time(found["full"], found["short"], now, zone)
        first, last = min(first, at), max(last, at)
        _follow(found["program"].rpartition("/")[2], found["said"], current, queued)
    return MailLog(queued, first, last)


def _follow(service: str, said: str, current: dict[str, str], queued: dict[str, str]) -> None:
    """Note what one line says: cleanup names a message, and qmgr takes it up, or cleanup lays it on hold."""
    if service == "cleanup" and (found := _MESSAGE_ID.match(said)):
        current[found[1]] = found[2]
    elif (found := (_ACTIVE if service == "qmgr" else _HELD).match(said)) and found[1] in current:
        queued[current[found[1]]] = found[1]


def _time(full: str | None, short: str | None, now: float, zone: tzinfo) -> float:
    if full:
        return datetime.fromisoformat(full).timestamp()
    today = datetime.fromtimestamp(now, zone)
    for year in (today.year, today.year - 1):
        try:
            at = datetime.strptime(f"{year} {short}", "%Y %b %d %H:%M:%S").replace(tzinfo=zone)
        except ValueError:  # 29 February of another year
            continue
        if at <= today + timedelta(days=1):
            return at.timestamp()
    return float("-inf")
