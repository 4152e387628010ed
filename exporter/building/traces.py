"""What a build remembers of one article: of what its editions were made, and what they were (a verifying trace)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from exporter.building.manifest import EditionRecord
from exporter.building.plan import NONE, Wishes
from exporter.building.stamps import Stamp
from exporter.edition import Discrepancy, Loss


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """What was made of ``source``, as manifests name it, by everything ``key`` stands for.

    ``files`` are the source and its sidecar by name, None for one that is not there; ``pictures`` by the names the
    article calls them, an S0xx code for one that cannot be had. ``libraries`` names a list of them. ``slug`` is wanted,
    ``wishes`` are its own. ``name`` was given to the set, whose files are ``outputs``; a draft passed over has none.
    """

    source: str
    key: str
    files: Mapping[str, Stamp | None]
    pictures: Mapping[str, Stamp | str] = field(default_factory=dict)
    libraries: str = ""
    slug: str = ""
    language: str = ""
    draft: bool = False
    wishes: Wishes = NONE
    name: str = ""
    outputs: Mapping[str, Stamp] = field(default_factory=dict)
    editions: tuple[EditionRecord, ...] = ()
    notices: tuple[str, ...] = ()


def file_of(source: str) -> str:
    """The name of the file that the trace of ``source`` is kept in."""
    return f"{hashlib.sha256(source.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.trace"


def document(trace: Trace) -> dict[str, Any]:
    """``trace`` as JSON can hold it."""
    return asdict(trace)


def parse(found: Any) -> Trace | None:
    """The trace in the document ``found``; None where it holds none."""
    try:
        return _trace(found)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None


def _trace(found: Any) -> Trace:
    return Trace(
        **{
            **found,
            "files": {name: each and stamp(each) for name, each in found["files"].items()},
            "pictures": {name: _picture(each) for name, each in found["pictures"].items()},
            "outputs": {name: stamp(each) for name, each in found["outputs"].items()},
            "editions": tuple(map(_edition, found["editions"])),
            "notices": tuple(found["notices"]),
            "wishes": _wishes(found["wishes"]),
        }
    )


def _wishes(found: Any) -> Wishes:
    formats = found["formats"]
    return Wishes(
        formats=None if formats is None else tuple(formats),
        more=tuple(found["more"]),
        theme=found["theme"],
        page=found["page"],
    )


def _picture(found: Any) -> Stamp | str:
    return found if isinstance(found, str) else stamp(found)


def stamp(found: Any) -> Stamp:
    """The stamp in the document ``found``; raises KeyError, TypeError and ValueError."""
    size, modified, changed, number = found["inode"]
    return Stamp(found["digest"], (size, modified, changed, number))


def _edition(found: Any) -> EditionRecord:
    discrepancies = tuple(Discrepancy(**each) for each in found["discrepancies"])
    losses = tuple(Loss(**each) for each in found["losses"])
    return EditionRecord(**{**found, "discrepancies": discrepancies, "losses": losses})
