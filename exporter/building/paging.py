"""On which page each entry of a Word document's contents begins: laid out by LibreOffice, where it is installed."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final, TypeAlias

from exporter import fonts
from exporter.judges.judge import Tools

Paginate: TypeAlias = Callable[[bytes], Mapping[str, int]]
"""Page numbers, from 1, of the bookmarks of a document's contents; none where it cannot be laid out."""

_PATIENCE: Final = 900
"""Seconds after which LibreOffice has broken down; a thousand articles take it minutes where much else is done."""

_TARGET: Final = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"},'
    '"ExportBookmarks":{"type":"boolean","value":"false"}}'
)
_ENTRY: Final = re.compile(r"Toc[0-9]{9}$")
"""Bookmarks around listed titles; LibreOffice writes the low line before them in a way of its own."""


def office(tools: Tools) -> Path | None:
    """LibreOffice on this machine."""
    return tools.program("soffice")


def version(program: Path) -> Path:
    """The file that tells which LibreOffice ``program`` starts: its layout is another with each release."""
    told = program.resolve().parent / "versionrc"
    return told if told.is_file() else program


def paginate(tools: Tools, library: Path | None) -> Paginate | None:
    """How to number pages with the LibreOffice among ``tools``; None without it.

    With the fonts of the ``library`` alone, our own unless told, so that pages end where they do on another machine.
    """
    program = office(tools)
    if program is None:
        return None
    configuration = (library or fonts.library()) / "fonts.conf"
    environment = {**tools.environment, "FONTCONFIG_FILE": str(configuration), "SAL_USE_VCLPLUGIN": "svp"}
    return partial(_numbered, program, environment)


def _numbered(program: Path, environment: Mapping[str, str], document: bytes) -> Mapping[str, int]:
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "edition.docx").write_bytes(document)
        profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        command = [str(program), profile, "--headless", "--convert-to", _TARGET, "--outdir", name, "edition.docx"]
        try:
            subprocess.run(command, env=dict(environment), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True,
                           timeout=_PATIENCE, check=False)  # fmt: skip
            return dict(_places((folder / "edition.pdf").read_bytes()))
        except (OSError, subprocess.TimeoutExpired):
            return {}


def _places(content: bytes) -> Iterator[tuple[str, int]]:
    """The pages of named destinations (ISO 32000-1, 12.3.2.3) that stand for entries."""
    import pikepdf  # a build that makes nothing again is spared it

    try:
        pdf = pikepdf.open(BytesIO(content))
    except pikepdf.PdfError:
        return
    with pdf:
        pages: dict[object, int] = {page.objgen: number for number, page in enumerate(pdf.pages, 1)}
        named: Any = pdf.Root.get("/Dests", {})
        for name in named:
            if match := _ENTRY.search(name):
                place = named[name]
                target = place if isinstance(place, pikepdf.Array) else place["/D"]
                yield f"_{match[0]}", pages[target[0].objgen]
