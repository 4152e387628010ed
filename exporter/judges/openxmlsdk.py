"""Office Open XML (ISO/IEC 29500) by Microsoft's Open XML SDK, compiled to WebAssembly."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from exporter.judges import programs
from exporter.judges.judge import Finding, Findings, Tools, lacking

_PACKAGE: Final = "@ooxml-tools/validate"
_SCRIPT: Final = Path(__file__).parent / "openxml.mjs"


class OpenXmlSdk:
    """The Open XML SDK's schema and semantic rules, as the npm package @ooxml-tools/validate has them."""

    name = "openxml-sdk"
    standard = "ISO/IEC 29500 (Open XML SDK, Microsoft 365)"
    formats = ("docx",)
    get = f"npm install {_PACKAGE}"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        needed = {"Node.js": tools.program("node"), f"the npm package {_PACKAGE}": tools.package(_PACKAGE)}
        return lacking(programs=needed)

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """The SDK's errors; raises ValueError where it breaks down, KeyError where it forgets a file."""
        command = [tools.program("node") or "node", _SCRIPT, tools.package(_PACKAGE) or "", *files]
        found = json.loads(programs.run(command, tools.environment))
        return {file: tuple(_findings(found[str(file.absolute())])) for file in files}


def _findings(found: Any) -> Iterator[Finding]:
    if isinstance(found, dict):
        yield _finding("unreadable", found["failed"], "")
        return
    for error in found:
        where = error.get("path") or {}
        place = " ".join(filter(None, [where.get("partUri"), where.get("xpath")]))
        yield _finding(error["id"], error["description"], place)


def _finding(code: str, message: str, place: str) -> Finding:
    mend = "Word may offer to repair the file. Mend it in the program that wrote it."
    return Finding(judge=OpenXmlSdk.name, code=code, message=message, place=place, mend=mend)
