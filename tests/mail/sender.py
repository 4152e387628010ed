"""A process that sends a plan, to be killed: ``python -m tests.mail.sender '{"ledger": …, "port": …, …}'``.

The messages are made anew in each, as those of a plan are.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

from exporter.mail.delivery import deliver
from exporter.mail.job import Job
from exporter.mail.ledger import Ledger, locked
from exporter.mail.pacing import Limits, Schedule
from exporter.mail.server import Server
from tests.mail.plans import Post

ROOT = Path(__file__).parent.parent.parent


def sending(ledger: Path, port: int, post: Post, **wanted: Any) -> subprocess.Popen[str]:
    """A process that sends ``post`` to the server at ``port``."""
    told = {"ledger": str(ledger), "port": port, "post": post.arguments, **wanted}
    command = [sys.executable, "-m", "tests.mail.sender", json.dumps(told)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def send(ledger: Path, port: int, post: Post, **wanted: Any) -> None:
    """Let such a process come to its end."""
    with sending(ledger, port, post, **wanted) as process:
        _, errors = process.communicate()
    assert process.returncode == 0, errors


def main(
    ledger: str,
    port: int,
    post: dict[str, Any],
    connections: int = 4,
    promise: Any = "at-most-once",
    until: int = sys.maxsize,
) -> None:
    """Send until nothing is due, ``until`` so many are accepted, or SIGTERM comes."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    letters = Post(**post)
    with locked(Path(ledger)), Ledger(Path(ledger)) as opened:
        job = Job(
            ledger=opened,
            issue=letters.issue,
            revision=letters.revision,
            messages=letters.message,
            server=Server(host="127.0.0.1", port=port, security="none"),
            limits=Limits(connections=connections, reconnect=0.05, schedule=Schedule(first=0.0, lost=0.0)),
            clock=time.time,
            promise=promise,
            stop=lambda: stop.is_set() or opened.tally(letters.issue, letters.revision).counts["accepted"] >= until,
        )
        print(deliver(job))


if __name__ == "__main__":
    main(**json.loads(sys.argv[1]))
