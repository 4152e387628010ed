"""Whether a PDF's syntax is whole, by qpdf, which is part of this package's own requirements."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf

from exporter.judges.judge import Finding, Findings, Tools


class Qpdf:
    """qpdf, through pikepdf: cross references, streams, encryption."""

    name = "qpdf"
    standard = "PDF syntax (ISO 32000-1, 7)"
    formats = ("pdf",)
    get = "pip install article-exporter"

    def lacks(self, tools: Tools) -> str:
        """Nothing: this package cannot be installed without it."""
        return ""

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Each of qpdf's remarks."""
        return {file: tuple(_remarks(file)) for file in files}


def _remarks(file: Path) -> Iterator[Finding]:
    try:
        with pikepdf.open(file) as pdf:
            if pdf.is_encrypted:
                yield _finding("encrypted", "The file is encrypted; nothing may stand between a screen reader and it.")
            for remark in (*pdf.get_warnings(), *pdf.check_pdf_syntax()):
                yield _finding("syntax", " ".join(str(remark).split()))
    except pikepdf.PdfError as error:
        yield _finding("unreadable", " ".join(str(error).split()))


def _finding(code: str, message: str) -> Finding:
    return Finding(judge=Qpdf.name, code=code, message=message, mend="Make the file anew; it may be damaged.")
