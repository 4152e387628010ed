"""HTML (WHATWG Living Standard) by the Nu Html Checker. It needs Java."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote

from exporter.judges import programs
from exporter.judges.judge import Finding, Findings, Tools, Waiver, lacking

_PACKAGE: Final = "vnu-jar"
WAIVERS: Final = (
    Waiver(
        "error",
        "CSS: “mso-hide”",
        "Outlook shows what is hidden in any other way; to all others the property says nothing.",
    ),
    Waiver(
        "error",
        "Bad value “[[exporter:",
        "A slot: the address of one recipient stands there in the message that is sent.",
    ),
)


class Nu:
    """The Nu Html Checker, from the npm package vnu-jar: errors alone, its warnings are advice on style."""

    name = "nu"
    standard = "HTML"
    formats = ("html", "email.html")
    get = f"npm install {_PACKAGE}, and Java 11 or later (Debian: apt-get install default-jre-headless)"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        needed = {"Java": tools.program("java"), f"the npm package {_PACKAGE}": tools.package(_PACKAGE)}
        return lacking(programs=needed)

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Every error, of all files in one run; raises ValueError where the program breaks down."""
        jar = (tools.package(_PACKAGE) or Path()) / "build" / "dist" / "vnu.jar"
        by_path = {file.absolute(): file for file in files}
        options = ("-jar", jar, "--format", "json", "--stdout", "--errors-only")
        command = [tools.program("java") or "java", *options, *files]
        written = json.loads(programs.run(command, tools.environment))
        found: dict[Path, list[Finding]] = defaultdict(list)
        for message in written["messages"]:
            finding = _finding(message)
            if not any(each.covers(finding.code, finding.message) for each in WAIVERS):
                found[by_path[_path(message["url"])]].append(finding)
        return {file: tuple(found[file]) for file in files}


def _path(url: str) -> Path:
    """The file of a ``file:`` URL, which Java writes with one slash."""
    return Path("/" + unquote(url).removeprefix("file:").lstrip("/"))


def _finding(message: Mapping[str, Any]) -> Finding:
    place = ":".join(str(message[key]) for key in ("lastLine", "firstColumn") if key in message)
    return Finding(
        judge=Nu.name,
        code=message.get("subType", message["type"]),
        message=message["message"],
        place=f"line {place}" if place else "",
        mend="Browsers differ in what they make of it. Mend the template or the program that wrote it.",
    )
