"""What planning takes of the house, whatever the issue."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from exporter.mail.identities import Identities
from exporter.mail.suppression import SuppressionList
from exporter.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What does not depend on the issue: ``settings``, who is who, whom nothing is sent to, and OUT."""

    settings: Settings
    identities: Identities
    suppressed: SuppressionList
    out: Path
