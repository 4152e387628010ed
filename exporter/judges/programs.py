"""Runs the programs of other judges."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from exporter.judges.judge import Finding, Findings

Argument: TypeAlias = str | Path

_PATIENCE: Final = 300
"""Seconds after which a judge has broken down. The slowest takes some seconds a file."""


def run(command: Sequence[Argument], environment: Mapping[str, str]) -> str:
    """What ``command`` writes to standard output; its exit status says nothing, some judges end with 0 on errors.

    It runs in a folder of its own, where what it leaves behind goes with it; paths are given whole, which also makes no
    option of a file named like one. Raises OSError and subprocess.TimeoutExpired.
    """
    with TemporaryDirectory() as folder:
        return _run(command, environment, folder)


def _run(command: Sequence[Argument], environment: Mapping[str, str], folder: str) -> str:
    return subprocess.run(
        [str(part.absolute()) if isinstance(part, Path) else part for part in command],
        env=dict(environment),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        errors="replace",
        timeout=_PATIENCE,
        check=False,
    ).stdout


def report(path: Path) -> Any:
    """The JSON document a judge wrote to ``path``; raises OSError and ValueError where it did not."""
    return json.loads(path.read_text(encoding="utf-8"))


def each(files: Iterable[Path], examine: Callable[[Path], Iterable[Finding]]) -> Findings:
    """``examine`` on each of ``files``, for judges that take one at a time: as many at once as there are cores."""
    wanted = list(files)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(wanted, pool.map(lambda file: tuple(examine(file)), wanted), strict=True))
