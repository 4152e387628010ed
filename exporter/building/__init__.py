"""From articles to verified editions in ``dist/``: each set changes as one, with its manifest."""

from exporter.building.builder import build
from exporter.building.plan import Plan
from exporter.building.reports import ArticleReport, BuildReport, Failure

__all__ = ["ArticleReport", "BuildReport", "Failure", "Plan", "build"]
