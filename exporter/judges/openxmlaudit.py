"""Office Open XML by openxml-audit, a checker in Python."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from exporter.judges.judge import Finding, Findings, Tools, Waiver, lacking

WAIVERS: Final = (
    Waiver(
        "schema",
        "Unexpected element 'div' found",
        "The element divs of webSettings.xml holds any number of div (ISO/IEC 29500-1, CT_Divs); Word writes "
        "several itself, and the Open XML SDK accepts them.",
    ),
)


class OpenXmlAudit:
    """openxml-audit: schema, references between parts, and what Word would say on opening."""

    name = "openxml-audit"
    standard = "ISO/IEC 29500"
    formats = ("docx",)
    get = "pip install 'article-exporter[judges]'"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        return lacking(["openxml_audit"])

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """Its errors and warnings."""
        return {file: tuple(_audited(file)) for file in files}


def _audited(file: Path) -> Iterator[Finding]:
    from openxml_audit import FileFormat, OpenXmlValidator

    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365, max_errors=0)
    for error in validator.validate(str(file)).errors:
        severity, code = error.severity.value, error.id or error.error_type.value
        if severity != "info" and not any(each.covers(code, error.description) for each in WAIVERS):
            yield Finding(
                judge=OpenXmlAudit.name,
                code=code,
                message=error.description,
                place=" ".join(filter(None, [error.part_uri, error.path])),
                severity=severity,
                mend="Word may offer to repair the file. Mend it in the program that wrote it.",
            )
