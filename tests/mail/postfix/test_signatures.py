"""DKIM after a real Postfix delivered a message: the signature holds, and no longer than the message does."""

from __future__ import annotations

import re

import dkim
import pytest

from exporter.mail.letters import compose
from exporter.mail.server import Server
from exporter.mail.signing import signer
from exporter.mail.transport import Connection
from tests.mail.letters import addressee, letter
from tests.mail.postfix.conftest import Postfix
from tests.mail.test_signing import key, record


@pytest.fixture
def delivered(postfix: Postfix) -> bytes:
    """A signed message as it lies in the Maildir, without what Postfix put before it."""
    connection = Connection(Server(host="127.0.0.1", port=postfix.port, security="none"))
    connection.send(signer("example.com", "news", key()).signed(compose(letter()).addressed(addressee())), lambda: None)
    connection.close()
    (message,) = postfix.messages()
    return message[message.index(b"DKIM-Signature:") :]


def verifies(message: bytes) -> bool:
    """Whether a receiver takes the signature for good."""
    return bool(dkim.verify(message, dnsfunc=lambda name, timeout=5: record()))


def test_a_signature_holds_after_delivery(delivered: bytes) -> None:
    assert verifies(delivered)


def test_a_changed_attachment_breaks_it(delivered: bytes) -> None:
    at = delivered.index(b"AAECAwQF")
    assert not verifies(delivered[:at] + b"B" + delivered[at + 1 :])


def test_an_address_to_leave_by_is_on_one_line_after_delivery(delivered: bytes) -> None:
    (found,) = re.findall(rb"^List-Unsubscribe: (<[^\n]+>),\n", delivered, re.MULTILINE)
    assert found == b"<%s>" % addressee().unsubscribe[0].encode()
