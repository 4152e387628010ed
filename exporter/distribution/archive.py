"""What was sent, kept: any message can be made again byte for byte, and any file that comes back be recognised.

sent/objects/SHA256             editions, bodies, pictures, each once whatever has it
sent/ISSUE/rREVISION/plan.json  who got what, by keyed hash
sent/ISSUE/rREVISION/approval   what was approved, as it was
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exporter import durable
from exporter.distribution import objects, planfile
from exporter.distribution.objects import Objects
from exporter.distribution.records import Plan
from exporter.mail.errors import MailError

_REVISION: Final = re.compile(r"r([1-9][0-9]*)")


@dataclass(frozen=True, slots=True)
class Archive:
    """The archive in ``folder``; reading raises MailError for what is missing or damaged, writing OSError."""

    folder: Path

    def keep(self, plan: Plan, contents: Objects, approval: bytes = b"") -> None:
        """Keep ``plan``, all it consists of, by SHA-256, and what was approved; the plan comes last: all is there then.

        What was kept of this revision before must be the same, but for recipients that were added.
        """
        place = self._place(plan.issue, plan.revision)
        if (before := planfile.load(place / "plan.json")) and not _agree(before, plan):
            raise MailError(
                f"{place}: another plan of revision {plan.revision} was sent. Raise 'revision' in the issue."
            )
        for digest in sorted(plan.digests):
            objects.write(self._objects, digest, contents(digest))
        place.mkdir(parents=True, exist_ok=True)
        if approval:
            durable.write(place / "approval", approval, mode=0o600)
        planfile.save(plan, place / "plan.json")

    def plan(self, issue: str, revision: int) -> Plan | None:
        """What was sent of a revision; None where nothing was."""
        return planfile.load(self._place(issue, revision) / "plan.json")

    def revisions(self, issue: str) -> tuple[int, ...]:
        """The revisions of ``issue`` that something was sent of."""
        there = (_REVISION.fullmatch(path.parent.name) for path in (self.folder / issue).glob("r*/plan.json"))
        return tuple(sorted(int(found[1]) for found in there if found))

    def plans(self) -> Iterator[Plan]:
        """All that were sent, by issue and revision."""
        for issue in sorted(path.name for path in self.folder.glob("*") if path.is_dir() and path.name != "objects"):
            for revision in self.revisions(issue):
                if plan := self.plan(issue, revision):
                    yield plan

    def object(self, digest: str) -> bytes:
        """The bytes with the SHA-256 ``digest``."""
        return objects.read(self._objects, digest)

    @property
    def _objects(self) -> Path:
        return self.folder / "objects"

    def _place(self, issue: str, revision: int) -> Path:
        return self.folder / issue / f"r{revision}"


def _agree(before: Plan, after: Plan) -> bool:
    """Whether both say the same to those that have it: recipients, and letters to them, may be added."""
    known = {each.key: each for each in before.letters}
    same = all(known.get(each.key, each) == each for each in after.letters)
    return same and (before.date, before.secret, before.artefacts) == (after.date, after.secret, after.artefacts)


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where a file was seen: in which revision of which issue, and what it is there."""

    issue: str
    revision: int
    name: str
    role: str


def sightings(archive: Archive, digest: str) -> Iterator[Sighting]:
    """Everything that was sent with the SHA-256 ``digest``."""
    for plan in archive.plans():
        for role, name in sorted(set(_roles(plan, digest))):
            yield Sighting(plan.issue, plan.revision, name, role)


def _roles(plan: Plan, digest: str) -> Iterator[tuple[str, str]]:
    for name, known in plan.artefacts:
        if known == digest:
            yield "edition", name
    for letter in plan.letters:
        for file in (*letter.pictures, *letter.attachments):
            if file.sha256 == digest:
                yield ("picture" if file.content_id else "attachment"), file.name
