"""PDF/UA-1 (ISO 14289-1) and PDF/A-3a (ISO 19005-3) by page-validation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Final

from exporter.judges.judge import Finding, Findings, Tools, Waiver, lacking

PROFILES: Final = ("ua1", "3a")


WAIVERS: Final = (
    Waiver(
        "STREAM-LENGTH-001",
        "",
        "A deflated stream that ends with a carriage return is taken for one of a wrong length. veraPDF agrees with "
        "the length, and so does qpdf, whose check this package makes beside it.",
    ),
    Waiver(
        "UNICODE-MAPPING-001",
        "malformed ToUnicode CMap",
        "A glyph that stands for no character of its own is mapped to an empty string (<>). ISO 32000-1, 9.10.3, does "
        "not forbid it, and veraPDF accepts it.",
    ),
    Waiver(
        "3A-METADATA-FILTER-001",
        "",
        "Only PDF/A-1 forbids that metadata are compressed (ISO 19005-1, 6.7.2); in PDF/A-3 veraPDF accepts it.",
    ),
    Waiver(
        "GLYPH-WIDTH-001",
        "Type3",
        "Widths of a Type 3 font are in the font's own space (ISO 32000-1, 9.6.5), not in thousandths.",
    ),
)


class PageValidation:
    """page-validation: 106 rules of PDF/UA-1 and those of PDF/A-3a, one objection a rule."""

    name = "page-validation"
    standard = "PDF/UA-1, PDF/A-3a"
    formats = ("pdf",)
    get = "pip install 'article-exporter[judges]'"

    def lacks(self, tools: Tools) -> str:
        """What is not installed."""
        return lacking(["page"])

    def examine(self, files: Sequence[Path], tools: Tools) -> Findings:
        """The objections no waiver covers."""
        return {file: tuple(_objections(file)) for file in files}


def _objections(file: Path) -> Iterator[Finding]:
    import page

    for profile in PROFILES:
        try:
            failures = page.validate_pdf(str(file), profile=profile).failures
        except page.PageError as error:
            yield _finding("PARSE", f"This is no PDF that can be read: {error}", "")
            return
        for failure in failures:
            if not any(waiver.covers(failure.rule_id, failure.message) for waiver in WAIVERS):
                yield _finding(failure.rule_id, failure.message, _place(failure.object_id))


def _finding(code: str, message: str, place: str) -> Finding:
    return Finding(judge=PageValidation.name, code=code, message=message, place=place, mend=_MEND)


_MEND: Final = "Mend it in the program that made the file; a screen reader or an archive may fail on it."


def _place(object_id: Any) -> str:
    return f"object {object_id.object_number}" if object_id else ""
