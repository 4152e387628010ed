"""DKIM (RFC 6376): the sending domain's signature, where no relay makes it. Needs the extra ``dkim``.

A signature bears the time it was made at, so it is put before a message as it goes out; what is kept, and what is
sent again, is the message without it.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from exporter.errors import ToolError
from exporter.mail.errors import SecretError
from exporter.mail.outgoing import Outgoing

_SIGNED: Final = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "mime-version", "content-type"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post", "auto-submitted"),
)
"""The fields a signature covers; RFC 8058 (4) wants both on leaving the list among them, and libraries forget those."""

_ONCE_MORE: Final = ("from", "to", "subject", "date", "reply-to", "list-unsubscribe", "list-unsubscribe-post")
"""Signed one time more than they stand, so that none can be put beside them (RFC 6376, 8.15)."""


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for ``domain`` with the private ``key`` (PEM), whose public half stands in the DNS under ``selector``."""

    domain: str
    selector: str
    key: bytes = field(repr=False)

    def signed(self, outgoing: Outgoing) -> Outgoing:
        """``outgoing`` with a signature before it; its parts stay the same objects."""
        import dkim

        present = [name for name in _SIGNED if name in _fields(outgoing.parts[0])]
        covered = sorted({*present, *_ONCE_MORE}, key=_SIGNED.index) + [each for each in _ONCE_MORE if each in present]
        signature = dkim.sign(
            b"".join(outgoing.parts),
            self.selector.encode("ascii"),
            self.domain.encode("ascii"),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[name.encode("ascii") for name in covered],
        )
        return replace(outgoing, parts=(signature, *outgoing.parts))


def signer(domain: str, selector: str, key: str) -> Signer:
    """A signer by the key (PEM); raises ToolError without dkimpy, and SecretError for a key it cannot use."""
    try:
        import dkim
    except ImportError as error:
        raise ToolError("DKIM needs dkimpy. Run: pip install 'article-exporter[dkim]'") from error
    found = Signer(domain, selector, key.encode("utf-8"))
    try:
        dkim.crypto.parse_pem_private_key(found.key)
    except dkim.crypto.UnparsableKeyError as error:
        raise SecretError("The key for DKIM is no RSA key in PEM. Make one with: openssl genrsa 2048") from error
    return found


def _fields(head: bytes) -> frozenset[str]:
    """The names of the fields in ``head``, in lower case."""
    lines = head.partition(b"\r\n\r\n")[0].split(b"\r\n")
    return frozenset(line.partition(b":")[0].decode("ascii").lower() for line in lines if not line.startswith(b" "))
