"""What ``[mail]`` says, as what sends: the server, the limits, and the secrets, read from where they are kept."""

from __future__ import annotations

import os
from pathlib import Path

from exporter.errors import SettingsError
from exporter.mail import credentials, headers, signing
from exporter.mail.credentials import Command, Credential, Kept, Variable
from exporter.mail.identities import Identities
from exporter.mail.pacing import Limits
from exporter.mail.server import Server
from exporter.mail.signing import Signer
from exporter.mailsettings import Mail
from exporter.settings import Settings

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


def identities(settings: Settings) -> Identities:
    """Who is who, by the house's secret; raises SecretError."""
    mail = settings.mail
    return Identities(_read(settings, mail.secret_env, mail.secret_command, mail.secret_file))


def server(settings: Settings) -> Server:
    """The server messages are handed to, with the password where there is a user; raises SecretError."""
    mail = settings.mail
    secret = _read(settings, mail.password_env, mail.password_command, mail.password_file) if mail.user else ""
    return Server(
        host=mail.host,
        port=mail.port or _PORTS[mail.security],
        security=mail.security,
        user=mail.user or "",
        password=secret,
        name=mail.name or "localhost",
        authorities=mail.authorities,
    )


def limits(mail: Mail, connections: int | None, rate: int | None) -> Limits:
    """How fast messages go; what a command line says comes first."""
    return Limits(
        connections=connections or mail.connections,
        rate=float(rate or mail.rate or 0),
        domain_rate=float(mail.domain_rate or 0),
    )


def suppression(settings: Settings, issues: Path) -> Path:
    """The file of the suppression list: the one that is named, else one beside the issues."""
    return settings.mail.suppression or issues / "suppressed.txt"


def signer(settings: Settings, sender: str) -> Signer | None:
    """What signs messages of ``sender``, None where a relay does; raises SettingsError, SecretError, ToolError."""
    mail = settings.mail
    if mail.dkim_key is None:
        return None
    if not mail.dkim_selector:
        raise SettingsError("[mail] has a 'dkim_key'. Write 'dkim_selector', its name in the DNS, beside it.")
    key = credentials.read(Kept(mail.dkim_key), os.environ)
    return signing.signer(mail.dkim_domain or headers.read_mailbox(sender).address.domain, mail.dkim_selector, key)


def _read(settings: Settings, variable: str, command: tuple[str, ...], file: Path | None) -> str:
    """The first that is set: the environment variable, the command, the file."""
    return credentials.read(_kept(settings, variable, command, file), os.environ)


def _kept(settings: Settings, variable: str, command: tuple[str, ...], file: Path | None) -> Credential:
    if os.environ.get(variable):
        return Variable(variable)
    if command and settings.file:
        return Command(command, settings.file)
    return Kept(file) if file else Variable(variable)
