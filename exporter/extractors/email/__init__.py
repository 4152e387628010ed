"""Emails read back: both bodies of a message, by what mail clients would show of them."""

from exporter.extractors.email.html import EmailExtractor
from exporter.extractors.email.text import EmailTextExtractor

__all__ = ["EmailExtractor", "EmailTextExtractor"]
