"""Secrets, from where people keep them: an environment variable, a command's output, or a file nobody else may read."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias, assert_never

from exporter.mail.errors import SecretError

_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Variable:
    """The environment variable ``name``."""

    name: str


@dataclass(frozen=True, slots=True)
class Command:
    """What ``arguments`` print, run without a shell; ``file`` is the file of settings that says so."""

    arguments: tuple[str, ...]
    file: Path


@dataclass(frozen=True, slots=True)
class Kept:
    """The content of ``path``, a file that none but its owner may read (mode 600 or 400)."""

    path: Path


Credential: TypeAlias = Variable | Command | Kept


def read(credential: Credential, environment: Mapping[str, str]) -> str:
    """The secret, one end of line behind it removed; raises SecretError, which never quotes it."""
    match credential:
        case Variable(name):
            found = environment.get(name, "")
        case Command():
            found = _printed(credential, environment)
        case Kept(path):
            found = _content(path)
        case _:
            assert_never(credential)
    secret = found.removesuffix("\n").removesuffix("\r")
    if not secret:
        raise SecretError(f"{named(credential)} is empty or not set. Put the secret there.")
    return secret


def named(credential: Credential) -> str:
    """Where the secret is kept, as a person says it."""
    match credential:
        case Variable(name):
            return f"The environment variable {name}"
        case Command(arguments):
            return f"The output of '{arguments[0]}'"
        case Kept(path):
            return f"The file {path}"
        case _:
            assert_never(credential)


def _printed(command: Command, environment: Mapping[str, str]) -> str:
    """What the command prints; a folder from elsewhere gives no orders, so the file that names it is the user's own."""
    _refuse_foreign(command.file, stat.S_IWGRP | stat.S_IWOTH, "write to it", "names a command for a secret")
    try:
        done = subprocess.run(
            command.arguments, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, env=dict(environment)
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = "takes too long" if isinstance(error, subprocess.TimeoutExpired) else error.strerror
        raise SecretError(f"'{command.arguments[0]}', which {command.file} names: {reason}. Mend it there.") from error
    if done.returncode:
        raise SecretError(f"'{command.arguments[0]}' ended with status {done.returncode}. Run it by hand to see why.")
    return _decoded(done.stdout, f"'{command.arguments[0]}'")


def _content(path: Path) -> str:
    try:
        _refuse_foreign(path, stat.S_IRWXG | stat.S_IRWXO, "open it", "holds a secret")
        return _decoded(path.read_bytes(), str(path))
    except OSError as error:
        raise SecretError(f"{path}: cannot be read ({error.strerror}). Write the secret there, mode 600.") from error


def _refuse_foreign(path: Path, others: int, what: str, why: str) -> None:
    found = path.stat()
    if found.st_uid != os.geteuid():
        raise SecretError(f"{path}: it {why} and belongs to another user. Copy it to a file of your own.")
    if found.st_mode & others:
        mend = f"chmod {stat.S_IMODE(found.st_mode & ~others):o} {path}"
        raise SecretError(f"{path}: it {why} and others may {what}. Run: {mend}")


def _decoded(content: bytes, where: str) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise SecretError(f"{where}: what stands there is not UTF-8. Write it as text.") from error
