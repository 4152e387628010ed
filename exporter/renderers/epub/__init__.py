"""An article as EPUB 3.3. ``docs/epub.md`` says what is inside; ``package`` alone knows EbookLib."""

from exporter.renderers.epub.renderer import EpubRenderer

__all__ = ["EpubRenderer"]
