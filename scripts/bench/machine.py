"""What the figures were measured on: the machine, and the versions of all that ran."""

from __future__ import annotations

import os
import platform
import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from scripts.bench.contenders import HERE, pandoc


def described() -> dict[str, str]:
    """Facts by name, for the page and for the results' file."""
    return {
        "day": datetime.now(UTC).date().isoformat(),
        "processor": f"{_processor()}, {len(os.sched_getaffinity(0))} cores",
        "memory": f"{_memory() / 2**30:.0f} GB",
        "system": f"{_system()}, Linux {platform.release()}",
        "load before": f"{os.getloadavg()[0]:.1f}",
        "exporter": f"{version('article-exporter')}, WeasyPrint {version('weasyprint')}",
        "Python": platform.python_version(),
        **dict(_peers()),
    }


def _peers() -> Iterator[tuple[str, str]]:
    yield "pandoc", _said(pandoc(), "--version").split()[1]
    for package in ("typst", "weasyprint"):
        for found in (HERE / "venv").glob(f"lib/python*/site-packages/{package}-*.dist-info"):
            yield f"peers' {package}", found.name.removesuffix(".dist-info").partition("-")[2]
    yield "LibreOffice", _said("soffice", "--version").split()[1] if shutil.which("soffice") else "not here"


def _said(*command: str | Path) -> str:
    return subprocess.run([str(part) for part in command], check=True, capture_output=True, text=True).stdout


def _processor() -> str:
    return _line(Path("/proc/cpuinfo"), "model name") or platform.machine()


def _memory() -> int:
    return int(_line(Path("/proc/meminfo"), "MemTotal").split()[0]) * 1024


def _system() -> str:
    return platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")


def _line(file: Path, key: str) -> str:
    """The value of the first line of ``file`` that begins with ``key``; "" without one."""
    found = (line.partition(":")[2].strip() for line in file.read_text().splitlines() if line.startswith(key))
    return next(found, "")
