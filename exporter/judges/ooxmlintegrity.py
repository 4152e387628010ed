"""The package of a DOCX file by ooxml-integrity, a checker in Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from exporter.judges.judge import Finding, Findings, Tools, lacking


class OoxmlIntegrity:
    """ooxml-integrity: whether the parts of a package fit together."""

    name = "ooxml-integrity"
    standard = "Open Packaging Conventions (ISO/IEC 29500-2)"
    formats = ("docx",)
    get = "pip install 'article-exporter[judges]'"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        return lacking(["ooxml_integrity"])

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Its errors and warnings; its remarks ("info") are no objections."""
        return {file: tuple(_inspected(file)) for file in files}


def _inspected(file: Path) -> Iterator[Finding]:
    from ooxml_integrity import check

    for found in check(str(file)):
        if found.severity != "info":
            yield Finding(
                judge=OoxmlIntegrity.name,
                code=found.code,
                message=found.message,
                place=" ".join(filter(None, [found.part, found.where])),
                severity="error" if found.severity == "error" else "warning",
                mend="Save the file anew in the program that wrote it.",
            )
