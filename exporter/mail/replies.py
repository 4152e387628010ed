"""What a mail server answers (RFC 5321, 4.2; RFC 3463), and what it means for the message and for the run."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Phase: TypeAlias = Literal["greeting", "hello", "tls", "auth", "mail", "rcpt", "data", "body", "dot", "reset"]
"""Where in the conversation: each has a time limit of its own (RFC 5321, 4.5.3.2)."""

Meaning: TypeAlias = Literal["accepted", "deferred", "failed", "pause", "stop"]
"""
``accepted``  the server answers for the message
``deferred``  not now: try again
``failed``    not this recipient, or not this message
``pause``     nothing this sender sends is wanted: it would fail everybody
``stop``      the server does not let us in
"""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply: its three digits, its enhanced status code ("5.1.1", "" where there is none), and its text."""

    code: int
    enhanced: str
    text: str


_ENHANCED: Final = re.compile(r"([245]\.\d{1,3}\.\d{1,3})(?:\s+|$)")


def reply(code: int, text: bytes) -> Reply:
    """The reply as smtplib gives it: lines joined by LF. Bytes that are not UTF-8 are kept as escapes."""
    lines = text.decode("utf-8", "backslashreplace").split("\n")
    found = [_ENHANCED.match(line) for line in lines]
    bare = [line[match.end() :] if match else line for line, match in zip(lines, found, strict=True)]
    enhanced = next((match[1] for match in found if match), "")
    return Reply(code, enhanced if enhanced[:1] == str(code)[:1] else "", " ".join(" ".join(bare).split()))


# --- Meaning ----------------------------------------------------------------------------------

_POLICY: Final = re.compile(
    r"block\s?list|black\s?list|deny\s?list|spamhaus|spamcop|barracuda|\brbl\b|\bdnsbl\b|reputation|\bspam\b|unsolicited"
    r"|\bdmarc\b|\bspf\b|\bdkim\b|sender policy|rate limit|too many|throttl|quota of messages|suspicious",
    re.IGNORECASE,
)
"""Words of refusals that concern whoever sends, not who receives."""

_REFUSED_US: Final = frozenset({530, 534, 535, 538})
"""Authentication is required, too weak, wrong, or wants encryption (RFC 4954)."""


def meaning(phase: Phase, answer: Reply) -> Meaning:
    """What ``answer`` means where it was given."""
    match phase, answer.code // 100:
        case _, 2:
            return "accepted"
        case (("greeting" | "hello"), 4):
            return "deferred"
        case (("greeting" | "hello" | "tls" | "auth"), _):
            return "stop"
        case _, _ if answer.code in _REFUSED_US:
            return "stop"
        case _, 4:
            return "deferred"
        case "rcpt", 5 if answer.code == 552:
            return "deferred"  # RFC 5321, 4.5.3.1.10: too many recipients, once upon a time
        case _, 5:
            return _refusal(phase, answer)
        case _:
            return "stop"  # no reply that this protocol has


def _refusal(phase: Phase, answer: Reply) -> Meaning:
    """A 5yz: of the message, of the recipient, or of everything this sender sends."""
    if answer.enhanced.startswith("5.7.") or _POLICY.search(answer.text):
        return "pause"
    if phase == "mail" and not is_about_size(answer):
        return "pause"  # the return path is refused, which all messages have in common
    return "failed"


def is_about_size(answer: Reply) -> bool:
    """Whether the message is too large for the server, or for the mailbox."""
    return answer.code == 552 or answer.enhanced in ("5.3.4", "5.2.3")


def closes(answer: Reply) -> bool:
    """Whether the server closes the connection with this reply."""
    return answer.code == 421


def is_throttling(answer: Reply) -> bool:
    """Whether too much comes too fast: 421, or a 4yz for reasons of policy."""
    return closes(answer) or answer.enhanced.startswith("4.7.")


_SPANS: Final = {"s": 1, "m": 60, "h": 3600}
_LATER: Final = re.compile(
    r"(?:in|after|within|for|wait)\s+(?:about\s+|at least\s+)?(\d{1,6})\s*(s(?:ec)?|m(?:in)?|h(?:our|r)?)",
    re.IGNORECASE,
)


def wait_asked(answer: Reply) -> float | None:
    """Seconds, where a reply says "try again in N minutes" or the like."""
    found = _LATER.search(answer.text)
    return float(int(found[1]) * _SPANS[found[2][0].lower()]) if found else None


_QUEUED: Final = re.compile(r"queued as ([A-Za-z0-9._:-]+)", re.IGNORECASE)


def queue_id(answer: Reply) -> str:
    """What the server calls the message, as Postfix and others tell it; "" where it does not."""
    found = _QUEUED.search(answer.text)
    return found[1].rstrip(".") if found else ""


# --- Without addresses ------------------------------------------------------------------------

LONGEST: Final = 400
_ADDRESS: Final = re.compile(r"""(?:"[^"]*"|[^\s<>()\[\],;:"'`]+)@[^\s<>()\[\],;:"'`]+""")


def redacted(text: str, addresses: Iterable[str]) -> str:
    """``text`` without ``addresses``, their local parts, and whatever else looks like one; cut ones end in "…"."""
    for address in addresses:
        local, _, domain = address.rpartition("@")
        for secret in (address, f"{local}={domain}", local.strip('"')):
            if secret and secret.lower() in text.lower():
                text = re.sub(rf"(?<!\w){re.escape(secret)}(?!\w)", "<…>", text, flags=re.IGNORECASE)
    text = _ADDRESS.sub("<…>", text).replace("@", "(at)")
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
