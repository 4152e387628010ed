"""Preloaded by a worker: an article named ``deadly`` ends the worker's process, as one that takes all memory would."""

from __future__ import annotations

import os
import signal

from exporter.building import production
from exporter.building.production import Outcome, Plan
from exporter.loading.loaded import Loaded

_make = production.make


def make(loaded: Loaded, format_: str, slug: str, plan: Plan) -> Outcome:
    """The edition, unless it is deadly."""
    if slug == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    return _make(loaded, format_, slug, plan)


production.make = make
