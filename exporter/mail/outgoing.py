"""One message as it goes out."""

from __future__ import annotations

from dataclasses import dataclass


class Withheld(Exception):
    """Nothing is sent to a recipient any more; ``str()`` is why, without an address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Outgoing:
    """One message to one recipient: ``parts`` joined are its bytes, lines ended by CRLF (RFC 5322).

    ``recipient`` is a keyed hash in hex, never an address. ``message_id`` has its angle brackets. ``envelope_from`` is
    the return path (VERP), ``envelope_to`` the one forward path; both have domains of A-labels. Big parts are objects
    shared by all messages that have them. ``smtputf8`` says that an address or a header needs RFC 6531.
    """

    recipient: str
    message_id: str
    envelope_from: str
    envelope_to: str
    parts: tuple[bytes, ...]
    smtputf8: bool = False

    @property
    def size(self) -> int:
        """Octets of the message (RFC 1870)."""
        return sum(map(len, self.parts))
