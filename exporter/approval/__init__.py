"""The last hour of an issue: what is left out or let pass, what is approved, and whether that still stands.

Names are imported when first used: to ask whether an approval stands takes digests, and none of what builds an issue.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from exporter.approval.approving import approve
    from exporter.approval.deadline import Change, hold, release, waive
    from exporter.approval.evidence import Subject, subject
    from exporter.approval.records import Approval
    from exporter.approval.validity import Standing, standing

__all__ = [
    "Approval",
    "Change",
    "Standing",
    "Subject",
    "approve",
    "hold",
    "release",
    "standing",
    "subject",
    "waive",
]

_ROOMS = {
    "approving": ("approve",),
    "deadline": ("Change", "hold", "release", "waive"),
    "evidence": ("Subject", "subject"),
    "records": ("Approval",),
    "validity": ("Standing", "standing"),
}
_ROOM_OF = {name: room for room, names in _ROOMS.items() for name in names}


def __getattr__(name: str) -> Any:
    """The public name ``name`` (PEP 562)."""
    if name not in _ROOM_OF:
        raise AttributeError(f"module 'exporter.approval' has no attribute '{name}'")
    return getattr(import_module(f"exporter.approval.{_ROOM_OF[name]}"), name)
