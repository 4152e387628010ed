"""The last hour of an issue: what is left out or let pass, what is approved, and whether that still stands.

Names are imported when first used: to ask whether an approval stands takes digests, and none of what builds an issue.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.approval.deadline import Change, hold, release, waive

__all__ = ["Change", "hold", "release", "waive"]

_ROOM_OF = {
    "Change": "deadline",
    "hold": "deadline",
    "release": "deadline",
    "waive": "deadline",
}


def __getattr__(name: str) -> Any:
    """The public name ``name`` (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'exporter.approval' has no attribute '{name}'")
    return getattr(import_module(f"exporter.approval.{_ROOM_OF[name]}"), name)
