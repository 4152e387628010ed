"""Holds a finished edition to what its article says: entry by entry, character by character."""

from exporter.verifier.extraction import read_back
from exporter.verifier.verification import Verification, compare, verify

__all__ = ["Verification", "compare", "read_back", "verify"]
