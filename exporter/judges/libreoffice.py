"""Whether LibreOffice opens a DOCX file and shows its words."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from lxml import etree

from exporter.judges import programs
from exporter.judges.judge import Finding, Findings, Tools, lacking

_W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True)


class LibreOffice:
    """LibreOffice Writer: opens the file and saves it as text; every text of the body has to be there."""

    name = "libreoffice"
    standard = "opens in LibreOffice with its text"
    formats = ("docx",)
    get = "apt-get install libreoffice-writer-nogui (macOS: brew install --cask libreoffice)"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        return lacking(programs={"LibreOffice": tools.program("soffice")})

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Files it does not open, and texts it does not show."""
        return {file: tuple(_objections(tools, file)) for file in files}


def _objections(tools: Tools, file: Path) -> Iterator[Finding]:
    """LibreOffice ends with 0 always: only what it wrote tells."""
    with TemporaryDirectory() as folder:
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        target = ("--convert-to", "txt:Text (encoded):UTF8", "--outdir", folder)
        command = [tools.program("soffice") or "soffice", profile, "--headless", *target, file]
        programs.run(command, tools.environment)
        written = Path(folder) / f"{file.stem}.txt"
        if not written.is_file():
            yield _finding("unopened", "LibreOffice does not open it.")
            return
        read = _squeezed(written.read_text(encoding="utf-8-sig"))
    if lost := [text for text in _texts(file) if _squeezed(text) not in read]:
        yield _finding("lost-text", f"LibreOffice shows no '{lost[0]}', which it holds; {len(lost)} such texts in all.")


def _texts(file: Path) -> Iterator[str]:
    """The texts of the runs of the body; LibreOffice saves no ruby as text."""
    with zipfile.ZipFile(file) as archive:
        body = etree.fromstring(archive.read("word/document.xml"), _PARSER)
    ruby = {element for text in body.iter(f"{_W}rt") for element in text.iter(f"{_W}t")}
    return (element.text or "" for element in body.iter(f"{_W}t") if element not in ruby)


def _squeezed(text: str) -> str:
    """``text`` without white space: a table becomes lines, and a line's end may stand anywhere."""
    return "".join(text.split())


def _finding(code: str, message: str) -> Finding:
    mend = "Open it in LibreOffice and see. Readers without Word will not see more."
    return Finding(judge=LibreOffice.name, code=code, message=message, mend=mend)
