"""One canonical article in; PDF, DOCX, EPUB and plain text out, each proved to say what it says.

The public API. Names are imported when first used, so that ``import exporter`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.article import Article, Metadata
    from exporter.building import BuildReport, Plan, build
    from exporter.edition import Discrepancy, Edition, Extraction, Loss, RenderContext
    from exporter.errors import ExporterError
    from exporter.fonts import library
    from exporter.loading import Loaded, load
    from exporter.settings import Settings
    from exporter.text import Said, said
    from exporter.verifier import Verification, verify

__all__ = [
    "Article",
    "BuildReport",
    "Discrepancy",
    "Edition",
    "ExporterError",
    "Extraction",
    "Loaded",
    "Loss",
    "Metadata",
    "Plan",
    "RenderContext",
    "Said",
    "Settings",
    "Verification",
    "build",
    "library",
    "load",
    "said",
    "verify",
]

_ROOMS = {
    "exporter.article": ("Article", "Metadata"),
    "exporter.building": ("BuildReport", "Plan", "build"),
    "exporter.edition": ("Discrepancy", "Edition", "Extraction", "Loss", "RenderContext"),
    "exporter.errors": ("ExporterError",),
    "exporter.fonts": ("library",),
    "exporter.loading": ("Loaded", "load"),
    "exporter.settings": ("Settings",),
    "exporter.text": ("Said", "said"),
    "exporter.verifier": ("Verification", "verify"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """The public name ``name`` (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'exporter' has no attribute '{name}'")
    return getattr(import_module(_ROOM_OF[name]), name)
