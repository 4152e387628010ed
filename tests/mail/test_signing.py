"""DKIM: what a signature covers, and that nothing it covers can be changed."""

from __future__ import annotations

import subprocess
from functools import cache

import dkim
import pytest

from exporter.mail.errors import SecretError
from exporter.mail.letters import compose
from exporter.mail.outgoing import Outgoing
from exporter.mail.signing import signer
from tests.mail.letters import addressee, letter


@cache
def key() -> str:
    """A key of 2048 bits."""
    return subprocess.run(["openssl", "genrsa", "2048"], capture_output=True, text=True, check=True).stdout


def record() -> bytes:
    """Its public half, as the DNS has it."""
    pem = subprocess.run(
        ["openssl", "rsa", "-pubout"], input=key(), capture_output=True, text=True, check=True
    ).stdout.split("\n")
    return f"v=DKIM1; k=rsa; p={''.join(pem[1:-2])}".encode()


def signed() -> Outgoing:
    """A signed message."""
    return signer("example.com", "news", key()).signed(compose(letter()).addressed(addressee()))


def verifies(message: bytes) -> bool:
    """Whether a receiver with the DNS record takes the signature for good."""
    return bool(dkim.verify(message, dnsfunc=lambda name, timeout=5: record()))


def test_a_signature_verifies() -> None:
    assert verifies(b"".join(signed().parts))


def test_a_signature_covers_both_fields_on_leaving_the_list() -> None:
    field = signed().parts[0].replace(b"\r\n ", b"").replace(b" ", b"").lower()
    names = field.partition(b"h=")[2].partition(b";")[0].split(b":")
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"from", b"to", b"subject", b"list-id"} <= set(names)
    assert b"l=" not in field.partition(b";b=")[0]


def test_a_changed_attachment_fails() -> None:
    message = b"".join(signed().parts)
    at = message.index(b"AAECAwQF")
    assert not verifies(message[:at] + b"B" + message[at + 1 :])


@pytest.mark.parametrize(
    "added", [b"Subject: Another\r\n", b"From: eve@example.org\r\n", b"List-Unsubscribe: <https://x>\r\n"]
)
def test_a_field_that_is_put_beside_fails(added: bytes) -> None:
    signature, *rest = signed().parts
    assert not verifies(signature + added + b"".join(rest))


def test_the_parts_of_a_signed_message_are_the_objects_of_the_unsigned() -> None:
    outgoing = compose(letter()).addressed(addressee())
    parts = signer("example.com", "news", key()).signed(outgoing).parts[1:]
    assert all(one is other for one, other in zip(parts, outgoing.parts, strict=True))


def test_a_key_that_is_none_is_refused() -> None:
    with pytest.raises(SecretError, match="openssl genrsa 2048"):
        signer("example.com", "news", "-----BEGIN nothing")
