"""The states of a delivery, and which may follow which.

    planned ──▶ sending ──▶ committing ──▶ accepted | deferred | failed | unknown
                   └──────▶ planned | deferred | failed
    deferred ─▶ sending                    planned | deferred ─▶ skipped | cancelled

``committing`` is written before the final dot of a message (RFC 5321, 4.1.1.4). What a crash finds in ``sending`` was
certainly not accepted; what it finds in ``committing`` may have been: the gap of RFC 1047.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, Literal, TypeAlias, get_args

State: TypeAlias = Literal[
    "planned", "sending", "committing", "accepted", "deferred", "failed", "unknown", "skipped", "cancelled"
]
"""
``planned``     frozen, to be sent
``sending``     claimed by a run, its final dot not written
``committing``  its final dot may be written
``accepted``    the server answered 250: it answers for the message
``deferred``    refused for now, or the connection was lost before the dot; ``not_before`` says when it is due
``failed``      refused for good, or out of attempts
``unknown``     the dot was written and no answer seen
``skipped``     not to be sent: suppressed, or an earlier revision was received
``cancelled``   called off: by a later revision, or since the recipient is not on the list any more
"""

STATES: Final[tuple[State, ...]] = get_args(State)

OPEN: Final[tuple[State, ...]] = ("planned", "deferred")
"""States from which a delivery may be sent."""

RECEIVED: Final[tuple[State, ...]] = ("accepted", "unknown", "committing")
"""States of which the recipient has the message, or may have it."""

NEXT: Final[Mapping[State, tuple[State, ...]]] = {
    "planned": ("sending", "skipped", "cancelled"),
    "sending": ("planned", "committing", "deferred", "failed"),
    "committing": ("accepted", "deferred", "failed", "unknown", "planned"),
    "accepted": (),
    "deferred": ("sending", "planned", "failed", "skipped", "cancelled"),
    "failed": ("planned",),
    "unknown": ("planned", "accepted", "failed"),
    "skipped": ("planned", "cancelled"),
    "cancelled": ("planned",),
}
"""What may follow. ``committing`` goes back to ``planned`` where somebody asked for at-least-once, and nowhere else."""

Promise: TypeAlias = Literal["at-most-once", "at-least-once"]
"""What is made of deliveries in doubt: nobody gets a message twice, or nobody goes without."""
