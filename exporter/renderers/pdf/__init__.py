"""The PDF edition."""

from exporter.renderers.pdf.renderer import PdfRenderer

__all__ = ["PdfRenderer"]
