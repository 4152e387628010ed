"""Checks of plain text: what terminals and mail clients need that no standard's checker looks at."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from exporter.judges.judge import Finding, Findings, Tools

_LINE_LIMIT: Final = 998
"""Octets of a line mail may carry without an encoding (RFC 5322, 2.1.1)."""


class PlainText:
    """Our own checks of plain text: UTF-8, no control characters, lines that mail carries."""

    name = "plain-text"
    standard = "UTF-8 (RFC 3629), lines of RFC 5322"
    formats = ("txt", "email.txt")
    get = "pip install article-exporter"

    def lacks(self, tools: Tools) -> str:
        """Nothing: it is part of this package."""
        return ""

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """What a terminal or a mail client would show otherwise than it is meant."""
        return {file: tuple(_objections(file.read_bytes())) for file in files}


def _objections(content: bytes) -> Iterator[Finding]:
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        yield _finding("encoding", f"Byte {error.start + 1} is no UTF-8.", "", "Save the file as UTF-8.")
        return
    if text and not text.endswith("\n"):
        yield _finding("end", "The last line has no end.", "", "End the file with a line feed.")
    for number, line in enumerate(text.split("\n"), 1):
        yield from _of_line(line.removesuffix("\r"), number)


def _of_line(line: str, number: int) -> Iterator[Finding]:
    place = f"line {number}"
    controls = [each for each in line if unicodedata.category(each) == "Cc" and each != "\t"]
    if controls:
        message = f"It holds the control character U+{ord(controls[0]):04X}."
        yield _finding("control", message, place, "Take it out; terminals obey such characters.")
    if len(line.encode()) > _LINE_LIMIT:
        yield _finding("octets", f"It is longer than {_LINE_LIMIT} octets.", place, "Break it; mail servers do.")


def _finding(code: str, message: str, place: str, mend: str) -> Finding:
    return Finding(judge=PlainText.name, code=code, message=message, place=place, mend=mend)
