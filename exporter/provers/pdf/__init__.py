"""Proves of a PDF what reading cannot show: that what is drawn is what the article says, and can be seen."""

from exporter.provers.pdf.prover import PdfProver

__all__ = ["PdfProver"]
