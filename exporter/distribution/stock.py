"""What the messages of a plan consist of, from planning to sending: nothing has to be read or built again for it.

Editions and bodies stay where they lie in OUT, and count only as long as they are what was planned. Everything else,
the pictures of emails foremost, is kept beside the plan.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from exporter.distribution import objects
from exporter.distribution.records import Plan
from exporter.mail.errors import MailError


@dataclass(frozen=True, slots=True)
class Stock:
    """What the messages planned last are made from: in ``folder``, beside the plan, and in OUT."""

    folder: Path
    out: Path

    def keep(self, plan: Plan, contents: Mapping[str, bytes]) -> None:
        """Keep what ``plan`` needs and OUT has not, by SHA-256, instead of what was kept before; raises OSError."""
        wanted = plan.digests - {digest for _, digest in plan.artefacts}
        for digest in sorted(wanted):
            objects.write(self.folder, digest, contents[digest])
        for path in self.folder.glob("*"):
            if path.name not in wanted:
                path.unlink()

    def of(self, plan: Plan) -> objects.Objects:
        """What ``plan`` is made from, by SHA-256."""
        places = {digest: self.out / name for name, digest in plan.artefacts}

        def content(digest: str) -> bytes:
            return _built(places[digest], digest) if digest in places else objects.read(self.folder, digest)

        return content

    def digests(self, plan: Plan) -> Iterator[tuple[str, str]]:
        """The files of OUT that ``plan`` names, as they are now, by their names there; those missing are not told."""
        for name, _ in plan.artefacts:
            path = self.out / name
            if path.is_file():
                yield name, hashlib.sha256(path.read_bytes()).hexdigest()


def _built(path: Path, digest: str) -> bytes:
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != digest:
        raise MailError(f"{path}: changed just now. Nothing is sent of it.")
    return content
