"""Keyed hashes that stand for recipients and deliveries, so that no record but the recipients' file holds an address.

HMAC-SHA-256 (RFC 2104) with the house's secret: a bare hash of an address can be guessed. Another secret would make
strangers of all recipients, and send them everything again: its fingerprint stands in every file that holds hashes.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass, field
from typing import Final

from exporter.mail.addresses import Address
from exporter.mail.errors import SecretError

LENGTH: Final = 40
"""Hexadecimal digits of an identity: 160 bits, short enough for a local part (RFC 5321: 64 octets) with a prefix."""

_SHORTEST: Final = 16


@dataclass(frozen=True, slots=True)
class Identities:
    """Who is who, by a secret of at least 16 characters; raises SecretError for a shorter one."""

    secret: str = field(repr=False)

    def __post_init__(self) -> None:
        if len(self.secret) < _SHORTEST:
            raise SecretError(
                f"The secret of the mail has fewer than {_SHORTEST} characters: it could be guessed. "
                "Make one with: openssl rand -hex 32"
            )

    @property
    def fingerprint(self) -> str:
        """What tells this secret from another one and gives neither away."""
        return self._keyed("fingerprint")[:16]

    def recipient(self, address: Address) -> str:
        """The identity of whoever reads the mail at ``address``, whichever way it is spelt."""
        return self._keyed("recipient", address.normalised)

    def delivery(self, issue: str, revision: int, recipient: str) -> str:
        """The identity of one message: the local part of its Message-ID, and what its return path bears (VERP)."""
        return self._keyed("delivery", issue, str(revision), recipient)

    def trial(self, issue: str, revision: int, recipient: str) -> str:
        """The identity of a test message: another one, or the real one that comes later would pass for its double."""
        return self._keyed("trial", issue, str(revision), recipient)

    def check(self, fingerprint: str, file: str) -> None:
        """See that ``file``, with this ``fingerprint``, was written with the same secret; raises SecretError."""
        if not hmac.compare_digest(fingerprint, self.fingerprint):
            raise SecretError(
                f"{file}: written with another secret than the one that is set now, so nobody in it would be known. "
                "Set the former secret again."
            )

    def _keyed(self, *parts: str) -> str:
        """A part ends where the next one's length begins, so that no two lists of parts are one text."""
        message = b"".join(b"%d:%s" % (len(part.encode()), part.encode()) for part in parts)
        return hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()[:LENGTH]
