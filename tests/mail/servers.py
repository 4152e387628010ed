"""Mail servers in a thread, whose replies a test writes, and that keep what they accepted.

The keys in ``certificates/`` guard nothing: they are the tests' own, for localhost and for a server that is elsewhere.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

CERTIFICATES = Path(__file__).parent / "certificates"

Answer = Callable[[str, str, int], str | None]
"""What a server answers in a phase ("mail", "rcpt", "data", "dot", "rset") to an address, the how manieth time.

None is its usual answer, "drop" a connection that ends, "hang" none at all, "after N" the usual one after N seconds.
"""


@dataclass(frozen=True, slots=True)
class Received:
    """A message a server accepted."""

    sender: str
    recipient: str
    content: bytes
    options: tuple[str, ...]


@dataclass
class Desk:
    """What happens at a server: the handler of aiosmtpd."""

    answer: Answer
    received: list[Received] = field(default_factory=list)
    asked: Counter[tuple[str, str]] = field(default_factory=Counter)
    connections: int = 0
    passwords: list[tuple[bytes, bytes]] = field(default_factory=list)
    port: int = 0
    resets: int = 0

    def said(self, phase: str, address: str) -> str | None:
        """What the server answers this time."""
        self.asked[phase, address] += 1
        return self.answer(phase, address, self.asked[phase, address])

    async def say(self, server: SMTP, phase: str, address: str) -> str | None:
        """The answer, after what has to happen first."""
        return await carried_out(server, self.said(phase, address))

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := await self.say(server, "mail", address):
            return refusal
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 Ok"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if refusal := await self.say(server, "rcpt", address):
            return refusal
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 Ok"

    async def handle_RSET(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        self.resets += 1
        return "250 2.0.0 Ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        recipient = envelope.rcpt_tos[0]
        options = tuple(envelope.mail_options)
        message = Received(envelope.mail_from or "", recipient, bytes(envelope.original_content or b""), options)
        said = self.said("dot", recipient)
        if accepts(said):
            self.received.append(message)
        return await carried_out(server, said) or f"250 2.0.0 Ok: queued as Q{len(self.received)}"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        """Take the right password."""
        self.passwords.append((data.login, data.password))
        return AuthResult(success=data.password == b"correct", handled=False)


async def carried_out(server: SMTP, said: str | None) -> str | None:
    """``said``, once the connection was dropped, or the time has passed, that it asks for."""
    match (said or "").split():
        case ["drop"]:
            server.transport.abort()
            await asyncio.sleep(3600)
        case ["hang"]:
            await asyncio.sleep(3600)
        case ["after", seconds]:
            await asyncio.sleep(float(seconds))
            return None
    return said


def accepts(said: str | None) -> bool:
    """Whether a server keeps a message it answers so: a lost answer does not undo it."""
    return said is None or said[:1] == "2" or said in ("drop", "hang") or said.startswith("after ")


class _Protocol(SMTP):
    """Counts connections, and can lose one between DATA and the dot."""

    async def smtp_EHLO(self, hostname: str) -> None:
        self.event_handler.connections += self.session.host_name is None
        await super().smtp_EHLO(hostname)

    async def smtp_DATA(self, arg: str) -> None:
        recipient = self.envelope.rcpt_tos[0]
        said = self.event_handler.said("data", recipient)
        if said is None:
            await super().smtp_DATA(arg)
        elif said == "drop":
            await self.push("354 go on")
            await self._reader.readuntil(b"\r\n")
            self.transport.abort()
        else:
            await self.push(await carried_out(self, said) or "")


class _Server(Controller):
    def factory(self) -> SMTP:
        return _Protocol(self.handler, **self.SMTP_kwargs)


@contextmanager
def serving(answer: Answer = lambda phase, address, time: None, **options: Any) -> Iterator[Desk]:
    """A server on loopback that answers as ``answer`` says; ``options`` are aiosmtpd's."""
    desk = Desk(answer, port=free_port())
    if options.pop("authenticates", False):
        options |= {"authenticator": desk.authenticate, "auth_required": True}
    server = _Server(desk, hostname="127.0.0.1", port=desk.port, **options)
    server.start()
    try:
        yield desk
    finally:
        server.stop()


def certificate(name: str) -> Path:
    """The certificate and key of a server of that name."""
    return CERTIFICATES / f"{name}.pem"


def trusted(name: str) -> ssl.SSLContext:
    """How a server of that name shows who it is."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate(name))
    return context


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def greeting(line: bytes) -> Iterator[int]:
    """The port of a server that greets with ``line`` and hangs up."""
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    connection.sendall(line)

        thread = threading.Thread(target=serve, daemon=True)
        thread.start()
        yield int(listening.getsockname()[1])
        listening.shutdown(socket.SHUT_RDWR)
    thread.join()
