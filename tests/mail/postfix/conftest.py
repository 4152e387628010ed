"""A Postfix of the tests' own, on loopback. Where it cannot be started the tests fail, and say what is missing."""

from __future__ import annotations

import re
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mail.killing import wait_until
from tests.mail.sender import ROOT
from tests.mail.servers import free_port

SCRIPT = ROOT / "scripts" / "postfix.sh"


@dataclass(frozen=True)
class Postfix:
    """A running one: ``port`` takes mail for everybody into one Maildir."""

    folder: Path
    port: int

    @property
    def log(self) -> Path:
        return self.folder / "maillog"

    @property
    def maildir(self) -> Path:
        return self.folder / "mail" / "all"

    def messages(self) -> list[bytes]:
        """What was delivered, once the queue is empty."""
        self.settle()
        return [path.read_bytes() for path in sorted((self.maildir / "new").iterdir())]

    def copies(self, subject: bytes = b"", words: bytes = b"") -> Counter[str]:
        """How many messages each address got, of that subject, with these words."""
        chosen = [each for each in self.messages() if not subject or b"Subject: %s\n" % subject in each]
        found = (re.search(rb"^Delivered-To: (\S+)", each, re.M) for each in chosen if words in each)
        return Counter(each[1].decode() for each in found if each)

    def settle(self) -> None:
        """Wait until nothing is in the queue but what was deferred, and no client is served."""
        wait_until(lambda: not any(self._queued("incoming", "active", "maildrop")))
        time.sleep(0.3)
        wait_until(lambda: not any(self._queued("incoming", "active", "maildrop")))

    def _queued(self, *queues: str) -> Iterator[Path]:
        return (path for queue in queues for path in (self.folder / "queue" / queue).rglob("*") if path.is_file())


@pytest.fixture
def postfix() -> Iterator[Postfix]:
    """pytest's own folders are closed to others, and Postfix's users have to pass."""
    with tempfile.TemporaryDirectory(prefix="postfix-") as folder:
        yield from started(Path(folder))


def started(folder: Path) -> Iterator[Postfix]:
    """A Postfix in ``folder``, and its end."""
    running = Postfix(folder, free_port())
    begun = subprocess.run(["sh", SCRIPT, "up", folder, str(running.port)], capture_output=True, text=True, check=False)
    if begun.returncode:
        pytest.fail(begun.stderr)
    time.sleep(1.1)  # the log counts in seconds, and has to begin before the first message
    try:
        yield running
    finally:
        subprocess.run(["sh", SCRIPT, "down", folder], check=True)
