"""The way to a mail server: one connection, its commands one by one (RFC 5321), messages without a copy.

smtplib's ``sendmail`` cannot tell a connection lost before the final dot from one lost after it, so the commands are
driven here: what is raised says in which phase it happened.
"""

from __future__ import annotations

import smtplib
import socket
import ssl
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import Final

from exporter.errors import DeliveryError
from exporter.mail.outgoing import Outgoing
from exporter.mail.replies import Phase, Reply, meaning, reply
from exporter.mail.server import Server

_BLOCK: Final = 1 << 18
"""Octets written at once: each block has its time limit."""
_FAREWELL: Final = 5.0
"""Seconds for the answer to QUIT, which changes nothing."""


class Lost(Exception):
    """The connection is lost, or nothing came in time; ``phase`` says when. In ``dot`` the message may be accepted."""

    def __init__(self, phase: Phase, reason: str) -> None:
        self.phase: Phase = phase
        self.reason = reason
        super().__init__(f"{reason} ({phase})")


class Refused(Exception):
    """The server answered ``reply`` in ``phase``, and it is not what goes on with the conversation."""

    def __init__(self, phase: Phase, answer: Reply) -> None:
        self.phase: Phase = phase
        self.reply = answer
        super().__init__(f"{answer.code} {answer.enhanced} ({phase})")


class Unfit(Exception):
    """This server cannot take the message, whatever is tried; nothing was said to it."""


class Connection:
    """A connection, opened at once: greeted, encrypted, authenticated.

    Raises Lost, Refused, and DeliveryError where it cannot be trusted. ``size`` is the most octets the server takes in
    a message (RFC 1870), 0 where it does not say.
    """

    def __init__(self, server: Server) -> None:
        self._server = server
        if server.password and server.security == "none":
            raise DeliveryError(f"{server.host}: no password is sent unencrypted. Set security to 'starttls' or 'tls'.")
        self._smtp = self._connected()
        try:
            self._introduce()
            self._authenticate()
        except BaseException:
            self.abort()
            raise
        size = self._smtp.esmtp_features.get("size", "")
        self.size = int(size) if size.isdecimal() else 0

    # Opening

    def _connected(self) -> smtplib.SMTP:
        """Greeted, over TLS where it begins so."""
        server, limits = self._server, self._server.timeouts
        try:
            with self._phase("greeting"):
                if server.security == "tls":
                    smtp: smtplib.SMTP = smtplib.SMTP_SSL(
                        server.host, server.port, server.name, timeout=limits.greeting, context=self._trust()
                    )
                else:
                    smtp = smtplib.SMTP(server.host, server.port, server.name, timeout=limits.greeting)
        except smtplib.SMTPConnectError as error:
            raise Refused("greeting", reply(error.smtp_code, _bytes(error.smtp_error))) from error
        assert smtp.sock is not None  # connected
        smtp.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # the dot follows a commit, alone
        return smtp

    def _trust(self) -> ssl.SSLContext:
        context = ssl.create_default_context(cafile=self._server.authorities)
        context.minimum_version = ssl.TLSVersion.TLSv1_2
        return context

    def _introduce(self) -> None:
        self._limit(self._server.timeouts.command)
        with self._phase("hello"):
            self._expect("hello", self._smtp.ehlo())
        if self._server.security != "starttls":
            return
        if not self._smtp.has_extn("starttls"):
            raise DeliveryError(f"{self._server.host}: offers no STARTTLS. Set security to 'tls', or ask its keeper.")
        with self._phase("tls"):
            self._expect("tls", self._smtp.starttls(context=self._trust()))
        with self._phase("hello"):
            self._expect("hello", self._smtp.ehlo())

    def _authenticate(self) -> None:
        if not self._server.user:
            return
        try:
            with self._phase("auth"):
                self._smtp.login(self._server.user, self._server.password)
        except smtplib.SMTPAuthenticationError as error:
            raise Refused("auth", reply(error.smtp_code, _bytes(error.smtp_error))) from None  # it quotes what was sent
        except (smtplib.SMTPException, UnicodeError):
            raise DeliveryError(f"{self._server.host}: offers no way to log in like this. Ask its keeper.") from None

    # One message

    def send(self, message: Outgoing, committing: Callable[[], None]) -> Reply:
        """Hand over ``message``; the reply to its final dot, before which ``committing`` is called.

        Raises Unfit, Refused, Lost, and whatever ``committing`` raises: then the dot is not written.
        """
        self._check(message)
        self._limit(self._server.timeouts.command)
        self._say("mail", f"MAIL FROM:<{message.envelope_from}>{self._parameters(message)}", message.smtputf8)
        self._say("rcpt", f"RCPT TO:<{message.envelope_to}>", message.smtputf8)
        self._limit(self._server.timeouts.data)
        self._say("data", "DATA")
        self._limit(self._server.timeouts.block)
        with self._phase("body"):
            for block in blocks(message.parts):
                self._write(block)
        committing()
        return self._finish()

    def _finish(self) -> Reply:
        with self._phase("dot"):
            self._write(b".\r\n")
            self._limit(self._server.timeouts.dot)
            answer = reply(*self._smtp.getreply())
        if answer.code // 100 not in (2, 4, 5):
            raise Lost("dot", "the answer was none")
        return answer

    def _check(self, message: Outgoing) -> None:
        addresses = (message.envelope_from, message.envelope_to)
        if any(_unspeakable(each) for each in addresses):
            raise Unfit("an address of its envelope has characters that none can have")
        needed = message.smtputf8 or not all(map(str.isascii, addresses))
        if needed and not self._smtp.has_extn("smtputf8"):
            raise Unfit("it needs SMTPUTF8 (RFC 6531), which the server does not offer")
        if needed and not message.smtputf8:
            raise Unfit("an address needs SMTPUTF8 (RFC 6531), and the message does not say so")
        if self.size and message.size > self.size:
            raise Unfit(f"it has {message.size} octets, and the server takes {self.size}")

    def _parameters(self, message: Outgoing) -> str:
        size = f" SIZE={message.size}" if self._smtp.has_extn("size") else ""
        eight = not all(part.isascii() for part in message.parts)
        if eight and not self._smtp.has_extn("8bitmime"):
            raise Unfit("it has 8-bit characters (RFC 6152), which the server does not take")
        return size + (" BODY=8BITMIME" if eight else "") + (" SMTPUTF8" if message.smtputf8 else "")

    def _say(self, phase: Phase, command: str, smtputf8: bool = False) -> None:
        with self._phase(phase):
            self._write(f"{command}\r\n".encode("utf-8" if smtputf8 else "ascii"))
            answer = reply(*self._smtp.getreply())
        if answer.code != 354 if phase == "data" else meaning(phase, answer) != "accepted":
            raise Refused(phase, answer)

    # Afterwards

    def reset(self) -> None:
        """Forget the message at hand (RSET), so that the next one finds the server as new."""
        self._limit(self._server.timeouts.command)
        self._say("reset", "RSET")

    def close(self) -> None:
        """Take leave (QUIT)."""
        with suppress(OSError, smtplib.SMTPException):
            self._limit(_FAREWELL)
            self._smtp.quit()
        self._smtp.close()

    def abort(self) -> None:
        """Hang up: a message whose dot is not written is not delivered."""
        with suppress(OSError):
            self._smtp.close()

    # The conversation

    def _write(self, block: bytes | memoryview) -> None:
        if self._smtp.sock is None:
            raise smtplib.SMTPServerDisconnected("smtplib closed it")
        self._smtp.sock.sendall(block)

    def _limit(self, seconds: float) -> None:
        if self._smtp.sock is not None:
            self._smtp.sock.settimeout(seconds)

    def _expect(self, phase: Phase, answered: tuple[int, bytes]) -> None:
        answer = reply(*answered)
        if meaning(phase, answer) != "accepted":
            raise Refused(phase, answer)

    @contextmanager
    def _phase(self, phase: Phase) -> Iterator[None]:
        """What goes wrong within as Lost; a certificate that is not to be trusted as DeliveryError."""
        try:
            yield
        except (smtplib.SMTPAuthenticationError, smtplib.SMTPConnectError):
            raise
        except ssl.SSLError as error:
            if phase in ("greeting", "tls"):
                raise self._untrusted(error) from error
            raise Lost(phase, "the connection was lost") from error
        except (smtplib.SMTPServerDisconnected, smtplib.SMTPResponseException) as error:
            raise Lost(phase, "the connection was lost") from error
        except TimeoutError as error:
            raise Lost(phase, "no answer in time") from error
        except OSError as error:
            raise Lost(phase, (error.strerror or str(error)).lower()) from error

    def _untrusted(self, error: ssl.SSLError) -> DeliveryError:
        reason = getattr(error, "verify_message", "") or error.reason or "TLS failed"
        return DeliveryError(f"{self._server.host}: not to be trusted ({reason}). Set its name and its authorities.")


def _bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()


def _unspeakable(address: str) -> bool:
    return not address or any(ord(character) <= 32 or character in "<>\x7f\u2028\u2029" for character in address)


# --- Blocks -----------------------------------------------------------------------------------


def blocks(parts: Iterable[bytes]) -> Iterator[bytes | memoryview]:
    """``parts`` in blocks, a dot put before each line that begins with one (RFC 5321, 4.5.2), a CRLF at their end.

    Blocks are views: nothing is copied, whatever the number of connections.
    """
    before = b"\r\n"
    for part in filter(None, parts):
        if part.startswith(b".") and before == b"\r\n":
            yield b"."
        yield from _stuffed(part)
        before = (before + part[-2:])[-2:]
    if before != b"\r\n":
        yield b"\r\n"


def _stuffed(part: bytes) -> Iterator[bytes | memoryview]:
    view, start = memoryview(part), 0
    while (found := part.find(b"\n.", start)) >= 0:
        yield from _cut(view[start : found + 1])
        yield b"."
        start = found + 1
    yield from _cut(view[start:])


def _cut(view: memoryview) -> Iterator[memoryview]:
    return (view[at : at + _BLOCK] for at in range(0, len(view), _BLOCK))
