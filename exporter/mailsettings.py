"""``[mail]`` of ``exporter.toml``: who sends, how large a message may be, and which server takes it.

``docs/settings.md`` lists every key. No secret stands here, only where one is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Literal, TypeAlias, get_args

Security: TypeAlias = Literal["starttls", "tls", "none"]
"""TLS asked for by STARTTLS (RFC 3207), TLS from the first byte (RFC 8314), or none."""

Rung: TypeAlias = Literal["smaller-pictures", "link", "text"]
"""What is done for a message over its limit: pictures of fewer pixels, links in the place of files, text alone."""


class MailSettingError(ValueError):
    """A key of the table is unknown, or its value is not valid."""

    def __init__(self, key: str, message: str) -> None:
        self.key = key
        super().__init__(message)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """Every key of the table. Sizes are in megabytes of 1,000,000 octets, times in hours, rates in messages a minute.

    ``sender``, ``reply_to``, ``list_id`` and ``unsubscribe`` hold where an issue says nothing. Three keys say where a
    secret is kept: an environment variable's name, a command's arguments, or a file; the first that is set holds.
    """

    sender: str | None = None
    reply_to: str | None = None
    list_id: str | None = None
    unsubscribe: tuple[str, ...] = ()
    bounces: str | None = None
    bulk: bool = True
    suppression: Path | None = None
    secret_env: str = "EXPORTER_MAIL_SECRET"
    secret_command: tuple[str, ...] = ()
    secret_file: Path | None = None
    warn: int = 5
    refuse: int = 20
    ladder: tuple[Rung, ...] = ()
    link_base: str | None = None
    max_age: int = 72
    dkim_domain: str | None = None
    dkim_selector: str | None = None
    dkim_key: Path | None = None
    host: str = "localhost"
    port: int | None = None
    security: Security = "starttls"
    authorities: Path | None = None
    name: str | None = None
    user: str | None = None
    password_env: str = "EXPORTER_MAIL_PASSWORD"
    password_command: tuple[str, ...] = ()
    password_file: Path | None = None
    connections: int = 4
    rate: int | None = None
    domain_rate: int | None = None

    @property
    def manner(self) -> str:
        """SHA-256 of all that messages depend on: not their way to a server, and no secret."""
        shown = (self.sender, self.reply_to, self.list_id, self.unsubscribe, self.bounces, self.bulk)
        return hashlib.sha256(repr((*shown, self.refuse, self.ladder, self.link_base)).encode()).hexdigest()


_Reader: TypeAlias = Callable[[object, Path], Any]


def parse(table: Mapping[str, object], folder: Path) -> Mail:
    """The settings in ``table``, paths relative to ``folder``; raises MailSettingError for the first that is none."""
    return Mail(**{key: _value(key, value, folder) for key, value in table.items()})


def _value(key: str, value: object, folder: Path) -> Any:
    if key not in _READERS:
        raise MailSettingError(key, f"no key '{key}' in [mail]. Known: {', '.join(_READERS)}")
    read, expected = _READERS[key]
    try:
        return read(value, folder)
    except ValueError as error:
        raise MailSettingError(key, f"'{key}' is {expected}") from error


def _text(value: object, _folder: Path) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError(value)
    return value


def _texts(value: object, _folder: Path) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not all(isinstance(each, str) and each for each in value):
        raise ValueError(value)
    return tuple(value)


def _path(value: object, folder: Path) -> Path:
    return folder / _text(value, folder)


def _switch(value: object, _folder: Path) -> bool:
    if not isinstance(value, bool):
        raise ValueError(value)
    return value


def _number(least: int, most: int) -> _Reader:
    def read(value: object, _folder: Path) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(value)
        return value

    return read


def _choice(*known: str) -> _Reader:
    def read(value: object, _folder: Path) -> str:
        if value not in known:
            raise ValueError(value)
        return str(value)

    return read


def _rungs(value: object, _folder: Path) -> tuple[str, ...]:
    found = _texts(value, _folder)
    if len(set(found)) < len(found) or not set(found) <= set(get_args(Rung)):
        raise ValueError(value)
    return found


_A_TEXT: Final = (_text, 'a text: "…"')
_SOME_TEXTS: Final = (_texts, 'a list of texts: ["…", "…"]')
_A_PATH: Final = (_path, 'a path as a text: "…"')

_READERS: Final[Mapping[str, tuple[_Reader, str]]] = {
    "sender": _A_TEXT,
    "reply_to": _A_TEXT,
    "list_id": _A_TEXT,
    "unsubscribe": _SOME_TEXTS,
    "bounces": _A_TEXT,
    "bulk": (_switch, "true or false"),
    "suppression": _A_PATH,
    "secret_env": _A_TEXT,
    "secret_command": _SOME_TEXTS,
    "secret_file": _A_PATH,
    "warn": (_number(1, 100), "a number of megabytes, 1 to 100"),
    "refuse": (_number(1, 100), "a number of megabytes, 1 to 100"),
    "ladder": (_rungs, f"a list of {', '.join(get_args(Rung))}, each at most once"),
    "link_base": _A_TEXT,
    "max_age": (_number(1, 8760), "a number of hours, 1 to 8760"),
    "dkim_domain": _A_TEXT,
    "dkim_selector": _A_TEXT,
    "dkim_key": _A_PATH,
    "host": _A_TEXT,
    "port": (_number(1, 65535), "a number of a port, 1 to 65535"),
    "security": (_choice(*get_args(Security)), f"one of {', '.join(get_args(Security))}"),
    "authorities": _A_PATH,
    "name": _A_TEXT,
    "user": _A_TEXT,
    "password_env": _A_TEXT,
    "password_command": _SOME_TEXTS,
    "password_file": _A_PATH,
    "connections": (_number(1, 64), "a number of connections, 1 to 64"),
    "rate": (_number(1, 1_000_000), "a number of messages a minute, 1 to 1000000"),
    "domain_rate": (_number(1, 1_000_000), "a number of messages a minute, 1 to 1000000"),
}
