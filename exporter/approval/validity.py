"""Whether an approval still stands: every file digested again, none of them read otherwise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from exporter.approval import files, journal
from exporter.approval.files import Difference
from exporter.approval.records import Approval, Matter

NEVER: Final = "It was never approved."


@dataclass(frozen=True, slots=True)
class Standing:
    """How the issue in the file ``path``, built in ``out``, stands: its last ``approval``, and what changed since.

    ``notices`` are sentences on the record of approvals.
    """

    path: Path
    out: Path
    approval: Approval | None
    differences: tuple[Difference, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def stands(self) -> bool:
        """Whether all is, byte for byte, what was approved."""
        return self.approval is not None and not self.differences

    @property
    def only_unbuilt(self) -> bool:
        """Whether nothing is otherwise but that what was made is not there any more."""
        made = {"manifest", "edition", "body"}
        return bool(self.differences) and all(each.kind in made and each.what == "missing" for each in self.differences)

    def approved(self, made: Mapping[str, str]) -> tuple[str, ...]:
        """What of the files ``made``, SHA-256 in hex by name in OUT, or of the issue is not what was approved.

        Each is a sentence; () where all is approved.
        """
        if self.approval is None:
            return (NEVER,)
        known = {each.name: each.sha256 for each in self.approval.matter.files if each.format}
        others = (f"{name} is not what was approved." for name, digest in made.items() if known.get(name) != digest)
        return tuple(dict.fromkeys((*(each.sentence for each in self.differences), *others)))


def standing(path: Path, out: Path, profile: str = "") -> Standing:
    """Whether the issue in the file ``path``, built in ``out``, is approved as it lies there.

    ``profile`` names the partner it is built for, "" for the house. Raises ApprovalError where its record
    of approvals was changed.
    """
    found = journal.read(journal.path_of(path))
    given = [each for each in found.approvals if each.matter.profile == profile]
    if not given:
        return Standing(path, out, None, (), found.notices)
    last = given[-1]
    return Standing(path, out, last, tuple(_differences(last.matter, path, out)), found.notices)


def _differences(matter: Matter, path: Path, out: Path) -> Iterator[Difference]:
    yield from files.differences(matter.files, path, out)
    for name in matter.absent:
        if (path.parent / name).is_file():
            yield Difference("source", name, "new")
    for pattern, names in files.found(matter.patterns, path.parent).items():
        if names != matter.patterns[pattern]:
            yield Difference("pattern", pattern, "found otherwise")
