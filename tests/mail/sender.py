"""A process that sends a plan, to be killed: ``python -m tests.mail.sender '{"ledger": …, "port": …, …}'``."""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from pathlib import Path

from exporter.mail.delivery import deliver
from exporter.mail.job import Job
from exporter.mail.ledger import Ledger, locked
from exporter.mail.pacing import Limits, Schedule
from exporter.mail.server import Server
from tests.mail.plans import Post


def main(
    ledger: str,
    port: int,
    addresses: list[str],
    *,
    revision: int = 1,
    attached: int = 0,
    promise: str = "at-most-once",
    connections: int = 4,
) -> int:
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    post = Post(addresses, revision=revision, attached=attached)
    path = Path(ledger)
    with locked(path), Ledger(path) as opened:
        outcome = deliver(
            Job(
                ledger=opened,
                issue=post.issue,
                revision=revision,
                messages=post.message,
                server=Server(host="127.0.0.1", port=port, security="none"),
                limits=Limits(connections=connections, reconnect=0.1, schedule=Schedule(first=0.1, lost=0.1)),
                clock=time.time,
                promise=promise,
                stop=stop.is_set,
            )
        )
    print(outcome)
    return 0


if __name__ == "__main__":
    sys.exit(main(**json.loads(sys.argv[1])))
