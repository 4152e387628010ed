"""Holds a finished edition to what its article says: entry by entry, character by character."""

from exporter.verifier.extraction import read_back
from exporter.verifier.letterhead import Letterhead
from exporter.verifier.passages import Passage
from exporter.verifier.results import Result, results
from exporter.verifier.verification import Beside, Verdict, Verification, compare, verify
from exporter.verifier.words import Change, changes

__all__ = [
    "Beside",
    "Change",
    "Letterhead",
    "Passage",
    "Result",
    "Verdict",
    "Verification",
    "changes",
    "compare",
    "read_back",
    "results",
    "verify",
]
