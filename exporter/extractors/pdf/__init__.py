"""Reads a finished PDF back."""

from exporter.extractors.pdf.extractor import PdfExtractor

__all__ = ["PdfExtractor"]
