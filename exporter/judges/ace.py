"""EPUB Accessibility 1.1 and WCAG 2 by Ace by DAISY, in a headless Chromium."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from exporter.judges import programs
from exporter.judges.judge import Finding, Findings, Severity, Tools, lacking

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_RUNNER: Final = ("@daisy/ace", "ace-puppeteer")
"""The package, and the program of it that runs without Electron."""


class Ace:
    """Ace by DAISY: what a machine can see of an EPUB's accessibility."""

    name = "ace"
    standard = "EPUB Accessibility 1.1, WCAG 2"
    formats = ("epub",)
    get = (
        "PUPPETEER_SKIP_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 npm install @daisy/ace, "
        "and Chromium (Debian: apt-get install chromium)"
    )

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        needed = {"Node.js": tools.program("node"), "the npm package @daisy/ace": _runner(tools)}
        return lacking(programs={**needed, "Chromium": tools.program(*_BROWSERS)})

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Every assertion that failed."""
        return programs.each(files, partial(_violations, tools))


def _runner(tools: Tools) -> Path | None:
    package = tools.package(_RUNNER[0])
    found = package.parent.parent / ".bin" / _RUNNER[1] if package else None
    return found if found and found.exists() else tools.program(_RUNNER[1])


def _violations(tools: Tools, file: Path) -> Iterator[Finding]:
    """The report's violations: Ace ends with 0 whatever it finds, and writes no report where it breaks down."""
    with TemporaryDirectory() as folder:
        command = [_runner(tools) or _RUNNER[1], "--silent", "--force", "--outdir", Path(folder), file]
        browser = str(tools.program(*_BROWSERS) or "")
        programs.run(command, {**tools.environment, "PUPPETEER_EXECUTABLE_PATH": browser})
        written = programs.report(Path(folder) / "report.json")
    for document in written["assertions"]:
        for assertion in document["assertions"]:
            if assertion["earl:result"]["earl:outcome"] == "fail":
                yield _finding(document["earl:testSubject"]["url"], assertion)


_LESS: Final = frozenset({"minor", "moderate"})
"""axe's impacts below "serious"."""


def _finding(document: str, assertion: Mapping[str, Any]) -> Finding:
    test, result = assertion["earl:test"], assertion["earl:result"]
    severity: Severity = "warning" if test.get("earl:impact") in _LESS else "error"
    spots = result.get("earl:pointer", {}).get("css", [])
    help_ = test.get("help", {})
    return Finding(
        judge=Ace.name,
        code=test["dct:title"],
        message=" ".join(result["dct:description"].split()),
        place=" ".join([document, *spots[:1]]),
        severity=severity,
        mend=": ".join(filter(None, [help_.get("dct:description", ""), help_.get("url", "")])),
    )
