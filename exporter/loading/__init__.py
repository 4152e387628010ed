"""From a source file to an article that is complete: metadata, pictures, links, nothing dropped."""

from exporter.loading.loader import Loaded, Reading, load

__all__ = ["Loaded", "Reading", "load"]
