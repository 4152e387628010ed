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

    @property
    def sources(self) -> Mapping[str, str]:
        """What the issue was made of when it was approved: SHA-256 in hex by name from its folder."""
        known = self.approval.matter.files if self.approval else ()
        return {each.name: each.sha256 for each in known if each.kind in ("issue", "source")}

    def approved(self, files: Mapping[str, str], recipients: str = "") -> tuple[str, ...]:
        """What of ``files``, SHA-256 in hex by name in OUT, or of the issue is not what was approved.

        Each is a sentence; () where all is approved. ``recipients`` is the SHA-256 of the file of those who get it: it
        has to be the one that was approved, where one was.
        """
        if self.approval is None:
            return (NEVER,)
        known = self.approval.matter.files
        made = {each.name: each.sha256 for each in known if each.format}
        readers = [each.sha256 for each in known if each.kind == "recipients"]
        others = [f"{name} is not what was approved." for name, digest in files.items() if made.get(name) != digest]
        if recipients and readers and recipients not in readers:
            others.append("The recipients' file is not the one that was approved.")
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
