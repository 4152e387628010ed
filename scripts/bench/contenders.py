"""Who is measured, and by which command: exporter, and its peers in ``peer.py``."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parent.parent.parent
HERE: Final = ROOT / "build" / "bench"
ANEW: Final = "--force"
"""What makes exporter build what did not change."""

FORMATS: Final = ("pdf", "docx", "epub", "txt")


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to four editions an article. ``way`` is peer.py's, "" for exporter's own; ``slow`` ones get fewer."""

    name: str
    how: str
    way: str = ""
    slow: bool = False

    def command(self, sources: Path, out: Path, jobs: int) -> list[str | Path]:
        """What makes the editions of the folder ``sources``, ``jobs`` articles at once."""
        if not self.way:
            return [exporter(), "build", sources, "--out", out, "--jobs", str(jobs)]
        python = HERE / "venv" / "bin" / "python"
        return [python, Path(__file__).with_name("peer.py"), self.way, str(jobs), pandoc(), sources, out]


EXPORTER: Final = Contender("exporter", "`exporter build SOURCES --out OUT --jobs N --force`")
TYPST_COMMAND: Final = Contender(
    "pandoc --pdf-engine=typst",
    "`pandoc --standalone` for PDF with `--pdf-engine=typst`, DOCX, EPUB and plain text, a process each, as its manual "
    "has it; the `typst` it runs is `scripts/bench/typst`",
    "typst-command",
    slow=True,
)
TYPST: Final = Contender(
    "pandoc + typst",
    "`pandoc --standalone` for typst, DOCX, EPUB and plain text, a process each; the PDF by a compiler of typst that "
    "each of the N processes keeps",
    "typst",
)
WEASYPRINT: Final = Contender(
    "pandoc + WeasyPrint",
    "`pandoc --standalone` for PDF with `--pdf-engine=weasyprint`, DOCX, EPUB and plain text, a process each",
    "weasyprint",
    slow=True,
)
CONTENDERS: Final = (
    EXPORTER,
    TYPST_COMMAND,
    TYPST,
    Contender(
        "pandoc + typst, both kept",
        "as much as can be had of them: each of the N processes has one `pandoc lua` for all its articles and formats, "
        "and one compiler of typst",
        "typst-kept",
    ),
    WEASYPRINT,
    Contender(
        "pandoc + WeasyPrint, kept",
        "`pandoc --standalone` for HTML, DOCX, EPUB and plain text, a process each; the PDF by a WeasyPrint and its "
        "fonts that each of the N processes keeps",
        "weasyprint-kept",
        slow=True,
    ),
    Contender(
        "pandoc + LibreOffice",
        "`pandoc --standalone` for DOCX, EPUB and plain text, a process each; the PDFs of the DOCX by `soffice "
        "--headless --convert-to pdf`, N processes with a profile of their own, each with all its files in one command",
        "libreoffice",
        slow=True,
    ),
)


def present(contenders: Iterable[Contender] = CONTENDERS) -> tuple[Contender, ...]:
    """Those that can run here: LibreOffice is no package of pip."""
    return tuple(each for each in contenders if each.way != "libreoffice" or shutil.which("soffice"))


def exporter() -> Path:
    """The command of this checkout."""
    return Path(sys.executable).with_name("exporter")


def pandoc() -> Path:
    """The program in ``pypandoc_binary``; raises SystemExit where it is not installed."""
    for found in (HERE / "venv").glob("lib/python*/site-packages/pypandoc/files/pandoc"):
        return found
    raise SystemExit("The peers are not installed. Run: make bench")


def editions(out: Path) -> int:
    """How many editions there are in ``out``, in the four formats."""
    return sum(path.suffix[1:] in FORMATS for path in out.rglob("*") if path.is_file())


def verified(out: Path) -> int:
    """How many editions in ``out`` a manifest vouches for."""
    manifests = (json.loads(path.read_bytes()) for path in out.glob("*/manifest.json"))
    return sum(edition["verified"] for manifest in manifests for edition in manifest["editions"])
