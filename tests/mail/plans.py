"""Plans to be delivered: so many recipients, and messages with one attachment that all share."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection
from pathlib import Path

from exporter.mail.ledger import Frozen, Ledger, Planned, freeze, locked
from exporter.mail.outgoing import Outgoing

DATE = "Mon, 30 Nov 2026 06:00:00 +0000"


def address(number: int, domain: str = "example.com") -> str:
    """The address of the ``number``-th recipient."""
    return f"reader-{number:04}@{domain}"


def recipient(address: str) -> str:
    """The hash of an address, as long as a real one."""
    return hashlib.sha256(address.encode()).hexdigest()[:40]


def identifier(issue: str, revision: int, address: str) -> str:
    """What tells one delivery from all others."""
    return hashlib.sha256(f"{issue} {revision} {address}".encode()).hexdigest()[:40]


class Post:
    """Messages to ``addresses``, each with ``attached`` octets of attachment before encoding."""

    def __init__(
        self,
        addresses: list[str],
        *,
        issue: str = "7",
        revision: int = 1,
        attached: int = 0,
        smtputf8: Collection[str] = (),
    ) -> None:
        self.arguments = {"addresses": addresses, "issue": issue, "revision": revision, "attached": attached}
        self.issue = issue
        self.revision = revision
        self._smtputf8 = smtputf8
        self.by_recipient = {recipient(each): each for each in addresses}
        content = hashlib.sha256(b"attachment").digest() * (attached // 32)
        self._attachment = base64.encodebytes(content).replace(b"\n", b"\r\n")

    def frozen(self) -> Frozen:
        """The plan."""
        return Frozen(
            issue=self.issue,
            revision=self.revision,
            date=DATE,
            secret="0123456789abcdef",
            artefacts={"issue.pdf": hashlib.sha256(f"{self.revision}".encode()).hexdigest()},
            recipients=tuple(
                Planned(
                    recipient=key, message_id=self._message_id(each), token=identifier(self.issue, self.revision, each)
                )
                for key, each in self.by_recipient.items()
            ),
        )

    def freeze(self, path: Path, *, again: bool = False, now: float = 0.0) -> None:
        """Freeze the plan in the ledger ``path``."""
        with locked(path), Ledger(path, create=True) as ledger:
            freeze(ledger, self.frozen(), now, again=again)

    def message(self, recipient: str) -> Outgoing:
        """The message of a recipient."""
        to = self.by_recipient[recipient]
        message_id = self._message_id(to)
        head = (
            f"Date: {DATE}\r\nFrom: House <news@example.org>\r\nTo: <{to}>\r\nSubject: No. {self.issue}\r\n"
            f'Message-ID: {message_id}\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=_b"\r\n\r\n'
            f"--=_b\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nRevision {self.revision}.\r\n.\r\n..dots\r\n"
            "--=_b\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        )
        return Outgoing(
            recipient=recipient,
            message_id=message_id,
            envelope_from=f"bounces+{identifier(self.issue, self.revision, to)}@example.org",
            envelope_to=to,
            smtputf8=to in self._smtputf8,
            parts=(head.encode(), self._attachment, b"--=_b--\r\n"),
        )

    def _message_id(self, address: str) -> str:
        return f"<{identifier(self.issue, self.revision, address)}@example.org>"


def readers(count: int, domain: str = "example.com") -> list[str]:
    """The addresses of so many readers."""
    return [address(number, domain) for number in range(1, count + 1)]
