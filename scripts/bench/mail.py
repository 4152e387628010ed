"""``python -m scripts.bench.mail``: how fast messages go out, and in how much memory, to Postfix's smtp-sink.

An issue is built, planned, approved and delivered by the command, its ledger on disk at every step. Memory is taken of
messages with 10 MiB attached, which no issue here has, from one connection to eight. Prints a table; needs Postfix
(scripts/postfix.sh install), and Linux.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from PIL import Image

from exporter.mail.delivery import deliver
from exporter.mail.job import Job
from exporter.mail.ledger import Frozen, Ledger, Planned, freeze, locked
from exporter.mail.outgoing import Outgoing
from exporter.mail.pacing import Limits
from exporter.mail.server import Server

_SINK: Final = "/usr/sbin/smtp-sink"
_READERS: Final = 2000
_ATTACHED: Final = 200_000
_ROUNDS: Final = 3
_TO: Final = ("7", "--to", "readers.csv")
_LARGE: Final = 10 << 20
_CONNECTIONS: Final = (1, 4, 8)
_SECRET: Final = "0123456789abcdef0123456789abcdef"

_SETTINGS: Final = """\
[mail]
host = "127.0.0.1"
port = {port}
security = "none"
sender = "The Weekly <news@example.org>"
unsubscribe = ["https://news.example.org/leave/{{recipient}}"]
"""
_ISSUE: Final = """\
id = "7"
title = "The Weekly"
date = 2026-11-30
language = "en"
publisher = "The Weekly"
formats = ["epub"]

[[section]]
articles = ["../river.md"]

[email]
subject = "The Weekly, No. 7"
"""
_RIVER: Final = "---\ntitle: The river\nlanguage: en\n---\n\nThe river rose.\n\n![The river](river.jpg)\n"


def main() -> int:
    """0 where all was measured, 69 without smtp-sink."""
    arguments = _arguments()
    if arguments.child:
        print(json.dumps(_measured(**json.loads(arguments.child))))
        return 0
    if not Path(_SINK).exists():
        print("The sink is Postfix's. Run: scripts/postfix.sh install", file=sys.stderr)
        return 69
    with _sink() as port:
        print("| messages | attached | connections | a second | CPU a message | memory |\n|---|---|---|---|---|---|")
        with tempfile.TemporaryDirectory() as folder:
            issue = _newsroom(Path(folder), port)
            for connections in _CONNECTIONS:
                runs = [_delivered(issue, connections) for _ in range(_ROUNDS)]
                print(_line("an issue's", _ATTACHED, connections, runs))
        for connections in _CONNECTIONS:
            runs = [_child(port, _LARGE, 60, connections) for _ in range(_ROUNDS)]
            print(_line("made up", _LARGE, connections, runs))
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m scripts.bench.mail", description=__doc__)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    return parser.parse_args()


def _line(what: str, attached: int, connections: int, runs: list[dict[str, Any]]) -> str:
    rates = sorted(run["rate"] for run in runs)
    middle = statistics.median(rates)
    cpu = statistics.median(run["cpu"] for run in runs)
    memory = max(run["memory"] for run in runs)
    return (
        f"| {what} | {attached / 1000:.0f} KB | {connections} | {middle:.0f} ({rates[0]:.0f}–{rates[-1]:.0f}) "
        f"| {cpu:.2f} ms | {memory:.0f} MiB |"
    )


@contextmanager
def _sink() -> Iterator[int]:
    """The port of a smtp-sink, which takes everything and keeps nothing."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = int(found.getsockname()[1])
    as_nobody = ["-u", "nobody"] if os.geteuid() == 0 else []
    with subprocess.Popen([_SINK, *as_nobody, f"127.0.0.1:{port}", "200"], stderr=subprocess.DEVNULL) as sink:
        time.sleep(0.5)
        try:
            yield port
        finally:
            sink.terminate()


def _newsroom(folder: Path, port: int) -> Path:
    """An issue of some 200 KB that is built, planned to many, and approved."""
    (folder / "source" / "issues").mkdir(parents=True)
    (folder / "exporter.toml").write_text(_SETTINGS.format(port=port), encoding="utf-8")
    (folder / "source" / "issues" / "7.toml").write_text(_ISSUE, encoding="utf-8")
    (folder / "source" / "river.md").write_text(_RIVER, encoding="utf-8")
    noise = random.Random(7).randbytes(520 * 360 * 3)
    Image.frombytes("RGB", (520, 360), noise).save(folder / "source" / "river.jpg", quality=70)
    rows = "".join(f"reader-{number:05}@example.com,epub\n" for number in range(_READERS))
    (folder / "readers.csv").write_text(f"address,formats\n{rows}", encoding="utf-8")
    for command in (
        ("build", "source/issues/7.toml"),
        ("approve", "7", "--by", "Ann", "--yes"),
        ("mail", "plan", *_TO),
    ):
        subprocess.run(_exporter(*command), cwd=folder, env=_environment(), check=True, capture_output=True)
    return folder


def _delivered(folder: Path, connections: int) -> dict[str, Any]:
    """One run of the command on the issue, which nobody has yet."""
    for path in (folder / "source" / "issues").glob("7.deliveries*"):
        path.unlink()
    shutil.rmtree(folder / "source" / "issues" / "sent", ignore_errors=True)
    command = _exporter("mail", "deliver", *_TO, "--json", "--connections", str(connections))
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(command, cwd=folder, env=_environment(), stdout=told)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        run = json.load(told)["run"]
    assert (process.returncode, run["accepted"]) == (0, _READERS)
    used = usage.ru_utime + usage.ru_stime
    return {"rate": _READERS / run["seconds"], "cpu": used * 1000 / _READERS, "memory": usage.ru_maxrss / 1024}


def _exporter(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "exporter", *arguments]


def _environment() -> dict[str, str]:
    return {**os.environ, "EXPORTER_MAIL_SECRET": _SECRET}


def _child(port: int, attached: int, readers: int, connections: int) -> dict[str, Any]:
    """One run in a process of its own, so that its memory is its own."""
    told = {"port": port, "attached": attached, "readers": readers, "connections": connections}
    command = [sys.executable, "-m", "scripts.bench.mail", "--child", json.dumps(told)]
    return dict(json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout))


def _measured(port: int, attached: int, readers: int, connections: int) -> dict[str, Any]:
    """Messages a second, CPU milliseconds a message, and MiB of memory at most."""
    shared = _attachment(attached)
    folder = Path(tempfile.mkdtemp())
    try:
        with locked(folder / "7.sqlite3"), Ledger(folder / "7.sqlite3", create=True) as ledger:
            freeze(ledger, _plan(readers), time.time())
            began, before = time.monotonic(), time.process_time()
            job = Job(
                ledger=ledger,
                issue="7",
                revision=1,
                messages=lambda recipient: _message(recipient, shared),
                server=Server(host="127.0.0.1", port=port, security="none"),
                limits=Limits(connections=connections),
                clock=time.time,
            )
            accepted = deliver(job).tally.counts["accepted"]
            took, used = time.monotonic() - began, time.process_time() - before
    finally:
        shutil.rmtree(folder)
    assert accepted == readers
    assert "weasyprint" not in sys.modules
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"rate": readers / took, "cpu": used * 1000 / readers, "memory": memory}


def _attachment(size: int) -> bytes:
    """So many octets as base64, a line at a time, so that making it takes no more memory than having it."""
    line = base64.b64encode(bytes(range(57))) + b"\r\n"
    return line * (size // 57)


def _plan(readers: int) -> Frozen:
    recipients = tuple(
        Planned(recipient=f"{number:040x}", message_id=f"<{number:040x}@example.org>") for number in range(readers)
    )
    return Frozen(issue="7", revision=1, date="", secret="0" * 16, artefacts={}, recipients=recipients)


def _message(recipient: str, attachment: bytes) -> Outgoing:
    head = (
        f"From: <news@example.org>\r\nTo: <{recipient}@example.com>\r\nMessage-ID: <{recipient}@example.org>\r\n"
        "MIME-Version: 1.0\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
    )
    return Outgoing(
        recipient=recipient,
        message_id=f"<{recipient}@example.org>",
        envelope_from=f"bounces+{recipient}@example.org",
        envelope_to=f"{recipient}@example.com",
        parts=(head.encode(), attachment),
    )


if __name__ == "__main__":
    sys.exit(main())
