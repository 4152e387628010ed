"""The programs a round trip goes through. One that is missing fails the run: it would prove nothing."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

PACKAGES = {
    "soffice": "libreoffice-writer",
    "ebook-convert": "calibre",
    "ebook-polish": "calibre",
    "chromium": "chromium",
}

Run = Callable[..., None]


@pytest.fixture(scope="session", autouse=True)
def programs() -> None:
    """Each program is there; fails with the command that brings it."""
    missing = sorted({PACKAGES[name] for name in PACKAGES if not shutil.which(name)} | _missing_modules())
    if missing:
        pytest.fail(f"make roundtrip needs more programs: apt-get install --no-install-recommends {' '.join(missing)}")


def _missing_modules() -> set[str]:
    """The package by which the system's Python edits in LibreOffice, where it is missing."""
    done = subprocess.run(["/usr/bin/python3", "-c", "import uno"], capture_output=True, check=False)
    return {"python3-uno"} if done.returncode else set()


@pytest.fixture(scope="session")
def libreoffice(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Converts files: ``libreoffice("docx", folder, *files)``."""
    profile = tmp_path_factory.mktemp("profile").as_uri()

    def convert(target: str, folder: Path, *files: Path) -> None:
        command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", target]
        subprocess.run([*command, "--outdir", folder, *files], check=True, capture_output=True, timeout=1800)

    return convert


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., str]:
    """Opens a page, with more options; what it prints."""
    quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync", "--disable-background-networking"]

    def browse(page: Path, *options: str) -> str:
        profile = tmp_path_factory.mktemp("browser")
        command = ["chromium", "--headless", "--no-sandbox", *quiet, "--disable-component-update"]
        command += [f"--user-data-dir={profile}", *options, page.as_uri()]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=180).stdout

    return browse
