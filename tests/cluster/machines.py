"""What stands for other machines: processes that listen on loopback, each with a working directory of its own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

_PATIENCE = 60

ELSEWHERE = {"TZ": "Pacific/Apia", "PYTHONHASHSEED": "4711", "LC_ALL": "C", "PYTHONPATH": str(Path.cwd())}
"""What is another there than here. The tests' own modules are found."""


@contextmanager
def running(
    command: Sequence[str], folder: Path, environment: Mapping[str, str] = {}
) -> Iterator[subprocess.Popen[bytes]]:
    """``command``, a module with arguments, run by this Python in ``folder``, until the context ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=folder,
            env={**os.environ, **environment},
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def kill(process: subprocess.Popen[bytes]) -> None:
    """End ``process`` as the kernel ends what takes too much memory."""
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


@dataclass
class DaskCluster:
    """A scheduler and its workers."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    stack: ExitStack
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        """One more worker, whose death nobody mends."""
        folder = self.folder / f"worker-{len(self.workers)}"
        command = ["distributed.cli.dask_worker", self.address, "--nthreads", "1", "--no-nanny", "--no-dashboard"]
        worker = self.stack.enter_context(running([*command, *options], folder, {**ELSEWHERE, **environment}))
        self.workers.append(worker)
        return worker


@contextmanager
def dask(folder: Path, **environment: str) -> Iterator[DaskCluster]:
    """A cluster without workers yet."""
    file = folder / "scheduler" / "scheduler.json"
    command = ["distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    with ExitStack() as stack:
        process = stack.enter_context(
            running([*command, "--scheduler-file", str(file)], file.parent, {**ELSEWHERE, **environment})
        )
        yield DaskCluster(folder, process, _address(file, process), stack)


def _address(file: Path, process: subprocess.Popen[bytes]) -> str:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, (file.parent / "log").read_text()
        try:
            return str(json.loads(file.read_text())["address"])
        except (OSError, ValueError):
            time.sleep(0.05)
    raise AssertionError("the scheduler did not start")


def free_port() -> int:
    """A port nobody listens at."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def s3(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """The endpoint of an S3 server, empty, and its process."""
    port = free_port()
    with running(["moto.server", "-H", "127.0.0.1", "-p", str(port)], folder) as server:
        end = time.monotonic() + _PATIENCE
        while time.monotonic() < end:
            assert server.poll() is None, (folder / "log").read_text()
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", port)) == 0:
                    yield f"http://127.0.0.1:{port}", server
                    return
            time.sleep(0.05)
        raise AssertionError("the S3 server did not start")
