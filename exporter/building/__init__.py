"""From articles to verified editions in ``dist/``: each set changes as one, with its manifest.

Names are imported when first used: to read a manifest takes little, to build much.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.building.builder import build
    from exporter.building.plan import Plan
    from exporter.building.reports import ArticleReport, BuildReport, Failure

__all__ = ["ArticleReport", "BuildReport", "Failure", "Plan", "build"]


def __getattr__(name: str) -> Any:
    """The public name ``name`` (PEP 562)."""
    if name not in __all__:
        raise AttributeError(f"module 'exporter.building' has no attribute '{name}'")
    from exporter.building import builder, plan, reports

    rooms = {"build": builder, "Plan": plan}
    return getattr(rooms.get(name, reports), name)
