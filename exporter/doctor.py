"""What this machine lacks to build editions, and the exact command that mends it."""

from __future__ import annotations

import ctypes
import ctypes.util
import importlib
import re
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, requires, version
from typing import Final, Literal, TypeAlias

from exporter import fonts
from exporter.errors import ToolError

System: TypeAlias = Literal["debian", "fedora", "macos", "windows", "other"]

DISTRIBUTION: Final = "article-exporter"
_OLDEST_PYTHON: Final = (3, 11)
_REINSTALL: Final = f"{sys.executable} -m pip install --force-reinstall {DISTRIBUTION}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing examined. ``detail`` is what was found, ``mend`` the command for what is missing."""

    name: str
    ok: bool
    detail: str
    required: bool = True
    mend: str = ""


def system(platform: str, os_release: str) -> System:
    """The system of ``sys.platform`` and the text of ``/etc/os-release`` ("" without one)."""
    match platform:
        case "darwin":
            return "macos"
        case "win32" | "cygwin":
            return "windows"
        case _:
            named = set(re.findall(r'^ID(?:_LIKE)?="?([^"\n]+)', os_release, re.MULTILINE))
            families = {word for value in named for word in value.split()}
            return "debian" if families & {"debian", "ubuntu"} else "fedora" if families & _FEDORAS else "other"


_FEDORAS: Final = {"fedora", "rhel", "centos"}


def examine(on: System, search_path: str) -> Iterator[Finding]:
    """Everything editions are made and checked with; programs are looked for in ``search_path`` (PATH)."""
    yield _python()
    yield from _packages()
    yield _weasyprint(on)
    yield _harfbuzz_subset(on)
    yield _fonts()
    for program in _PROGRAMS:
        yield program.examine(on, search_path)


# --- Required ---------------------------------------------------------------------------------


def _python() -> Finding:
    found = ".".join(map(str, sys.version_info[:3]))
    oldest = ".".join(map(str, _OLDEST_PYTHON))
    return Finding(
        name="Python",
        ok=sys.version_info[:2] >= _OLDEST_PYTHON,
        detail=found,
        mend=f"Install Python {oldest} or later: https://www.python.org/downloads/",
    )


def _packages() -> Iterator[Finding]:
    """The packages this distribution requires."""
    names = [re.split(r"[^A-Za-z0-9._-]", each)[0] for each in requires(DISTRIBUTION) or () if "extra ==" not in each]
    for name in names:
        try:
            yield Finding(name=name, ok=True, detail=version(name))
        except PackageNotFoundError:
            yield Finding(name=name, ok=False, detail="not installed", mend=_REINSTALL)


_PANGO: Final[Mapping[System, str]] = {
    "debian": "sudo apt-get install -y libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
    "fedora": "sudo dnf install -y pango harfbuzz",
    "macos": "brew install pango",
    "windows": "Work in WSL (run: wsl --install), and there: " + "sudo apt-get install -y libpango-1.0-0 "
    "libpangoft2-1.0-0 libharfbuzz-subset0",
    "other": "Install Pango 1.44 or later and HarfBuzz with libharfbuzz-subset, by your system's packages.",
}


def _weasyprint(on: System) -> Finding:
    """WeasyPrint loads Pango when it is imported; that raises OSError where Pango is missing."""
    name = "Pango, for PDF"
    try:
        importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:
        return Finding(name=name, ok=False, detail=str(error).strip().split("\n")[0], mend=_PANGO[on])
    return Finding(name=name, ok=True, detail=ctypes.util.find_library("pango-1.0") or "loaded by WeasyPrint")


def _harfbuzz_subset(on: System) -> Finding:
    name = "libharfbuzz-subset, for PDF"
    for candidate in _HARFBUZZ_SUBSET:
        try:
            ctypes.CDLL(candidate)
        except OSError:
            continue
        return Finding(name=name, ok=True, detail=candidate)
    return Finding(name=name, ok=False, detail="not found", mend=_PANGO[on])


_HARFBUZZ_SUBSET: Final = (
    "libharfbuzz-subset.so.0",
    "libharfbuzz-subset.0.dylib",
    "/opt/homebrew/lib/libharfbuzz-subset.0.dylib",
    "libharfbuzz-subset-0.dll",
)


def _fonts() -> Finding:
    try:
        return Finding(name="font library", ok=True, detail=str(fonts.library()))
    except ToolError as error:
        return Finding(name="font library", ok=False, detail=str(error), mend=_REINSTALL)


# --- Optional ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Program:
    """A program some tests and checks use."""

    name: str
    command: str
    packages: Mapping[System, str] = field(default_factory=dict)

    def examine(self, on: System, search_path: str) -> Finding:
        found = shutil.which(self.command, path=search_path)
        mend = self.packages.get(on, f"Install {self.name} by your system's packages.")
        return Finding(name=self.name, ok=bool(found), detail=found or "not found", required=False, mend=mend)


def _program(name: str, command: str, debian: str, fedora: str, macos: str) -> _Program:
    packages: dict[System, str] = {
        "debian": f"sudo apt-get install -y {debian}",
        "fedora": f"sudo dnf install -y {fedora}",
        "macos": f"brew install {macos}",
        "windows": f"In WSL: sudo apt-get install -y {debian}",
    }
    return _Program(name, command, packages)


_PROGRAMS: Final = (
    _program("poppler", "pdftotext", "poppler-utils", "poppler-utils", "poppler"),
    _program("qpdf", "qpdf", "qpdf", "qpdf", "qpdf"),
    _program("LibreOffice", "soffice", "libreoffice-writer", "libreoffice-writer", "--cask libreoffice"),
    _program("Java", "java", "default-jre-headless", "java-latest-openjdk-headless", "openjdk"),
)
