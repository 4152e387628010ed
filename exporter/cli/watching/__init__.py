"""``exporter build --watch``: a build, and another after each change. ``watchfiles`` is imported here alone."""

from exporter.cli.watching.session import Session
from exporter.cli.watching.voice import Voice

__all__ = ["Session", "Voice"]
