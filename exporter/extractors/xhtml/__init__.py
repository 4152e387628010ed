"""What documents of XHTML or HTML say: the walk the EPUB and the HTML extractor share, blind to who wrote them."""

from exporter.extractors.xhtml.decorations import decorations
from exporter.extractors.xhtml.entries import Entries
from exporter.extractors.xhtml.flow import CARRIES, Walk
from exporter.extractors.xhtml.node import Node, tree
from exporter.extractors.xhtml.styles import declared

__all__ = ["CARRIES", "Entries", "Node", "Walk", "declared", "decorations", "tree"]
