"""Articles on their way to editions: a source as it was read, and an article ready to be rendered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from exporter.article import Article
from exporter.edition import Discrepancy, Loss, Resource, Source
from exporter.loading.origins import ONE, Origins


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A source in ``format`` as read: ``article`` says what its reader understood, its metadata completed.

    ``files`` are the bytes of it and its sidecar, by name. ``written`` is the article before typography and metadata
    from elsewhere: what the source itself says. ``losses`` are what the reader left out of the source (L003, L004), and
    characters that U+FFFD stands for (L005). ``notices`` are sentences on what was assumed, and what was passed over.
    """

    path: Path
    format: str
    source: Source
    sha256: str
    files: Mapping[str, bytes]
    article: Article
    written: Article
    losses: tuple[Loss, ...] = ()
    notices: tuple[str, ...] = ()


Waived: TypeAlias = tuple[str, str, int]
"""The code of a finding, the article it is about, and the line there."""

MAIL: Final = "email."
"""What the formats of the bodies of emails begin with."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """An article ready to be rendered, unless there are ``findings`` (S0xx).

    ``losses`` (L001 to L006) are what no edition will carry; ``sha256`` is of the source's bytes,
    ``written`` its text, ``files`` what it was read from, by name: the source and its sidecar. Of an issue, ``mail`` is
    what its email says, with ``options`` for its renderers; ``origins`` tell whose the lines are, ``waived``
    which findings may pass.
    """

    path: Path
    article: Article
    resources: Mapping[str, Resource]
    sha256: str
    written: str = ""
    files: Mapping[str, bytes] = field(default_factory=dict)
    findings: tuple[Discrepancy, ...] = ()
    losses: tuple[Loss, ...] = ()
    notices: tuple[str, ...] = ()
    mail: Article | None = None
    options: Mapping[str, object] = field(default_factory=dict)
    origins: Origins = ONE
    waived: frozenset[Waived] = frozenset()

    def of(self, format_: str) -> Loaded:
        """What an edition in ``format_`` is made of."""
        return replace(self, article=self.mail) if self.mail and format_.startswith(MAIL) else self

    @property
    def digests(self) -> dict[str, str]:
        """The digest of each picture's pixels, by ``Image.source``."""
        return {source: resource.digest for source, resource in self.resources.items()}
