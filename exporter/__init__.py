"""One canonical article in; PDF, DOCX, EPUB and plain text out, each proved to say what it says.

The public API. Names are imported when first used, so that ``import exporter`` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.approval import Approval, Standing, Subject, approve, hold, release, standing, subject, waive
    from exporter.article import Article, Metadata
    from exporter.building import BuildReport, Plan, build
    from exporter.edition import Discrepancy, Edition, Extraction, Loss, RenderContext
    from exporter.errors import ExporterError
    from exporter.fonts import library
    from exporter.issues import Issue, Waiver, compose_mail
    from exporter.issues.compose import compose
    from exporter.loading import Loaded
    from exporter.loading.issues import IssueReading, read_issue
    from exporter.loading.opening import load
    from exporter.settings import Settings
    from exporter.text import Said, said
    from exporter.verifier import Verification, verify

__all__ = [
    "Approval",
    "Article",
    "BuildReport",
    "Discrepancy",
    "Edition",
    "ExporterError",
    "Extraction",
    "Issue",
    "IssueReading",
    "Loaded",
    "Loss",
    "Metadata",
    "Plan",
    "RenderContext",
    "Said",
    "Settings",
    "Standing",
    "Subject",
    "Verification",
    "Waiver",
    "approve",
    "build",
    "compose",
    "compose_mail",
    "hold",
    "library",
    "load",
    "read_issue",
    "release",
    "said",
    "standing",
    "subject",
    "verify",
    "waive",
]

_ROOMS = {
    "exporter.approval": (
        "Approval",
        "Standing",
        "Subject",
        "approve",
        "hold",
        "release",
        "standing",
        "subject",
        "waive",
    ),
    "exporter.article": ("Article", "Metadata"),
    "exporter.building": ("BuildReport", "Plan", "build"),
    "exporter.edition": ("Discrepancy", "Edition", "Extraction", "Loss", "RenderContext"),
    "exporter.errors": ("ExporterError",),
    "exporter.fonts": ("library",),
    "exporter.issues": ("Issue", "Waiver", "compose_mail"),
    "exporter.issues.compose": ("compose",),
    "exporter.loading": ("Loaded",),
    "exporter.loading.issues": ("IssueReading", "read_issue"),
    "exporter.loading.opening": ("load",),
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
