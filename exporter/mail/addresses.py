"""Addresses of mail: RFC 5321, internationalised domains (RFC 5890) and local parts (RFC 6531)."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from exporter.errors import ToolError


class AddressError(ValueError):
    """The text is no address. The message does not quote it: addresses stand in no log."""


@dataclass(frozen=True, slots=True)
class Address:
    """One mailbox: ``local`` in NFC, ``domain`` in A-labels, lower case."""

    local: str
    domain: str

    @property
    def addr_spec(self) -> str:
        """As it stands in the envelope and in headers (RFC 5322, 3.4.1)."""
        return f"{self.local}@{self.domain}"

    @property
    def smtputf8(self) -> bool:
        """Whether it can be written with SMTPUTF8 alone (RFC 6531)."""
        return not self.local.isascii()

    @property
    def normalised(self) -> str:
        """What makes two spellings one mailbox, upper and lower case too: no provider keeps those apart."""
        return unicodedata.normalize("NFC", self.local).casefold() + "@" + self.domain


def parse(written: str) -> Address:
    """The address ``written``, its syntax checked and no network asked; raises AddressError, or ToolError."""
    try:
        from email_validator import EmailNotValidError, validate_email
    except ImportError as error:
        raise ToolError("Mail needs email-validator. Run: pip install 'article-exporter[mail]'") from error
    try:
        # ``.test`` is no mistake of a pen: RFC 6761 keeps it for trials like those of our own documents.
        found = validate_email(written, check_deliverability=False, test_environment=True)
    except EmailNotValidError as error:
        raise AddressError(" ".join(str(error).split()).rstrip(".")) from error
    return Address(found.local_part, found.ascii_domain.lower())
