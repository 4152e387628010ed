"""How to build."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from exporter.judges.judge import Judge, Tools
from exporter.loading.fetching import Origins
from exporter.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to build. ``base`` is the folder manifests name sources from.

    ``date`` overrules every article's own (SOURCE_DATE_EPOCH); ``fonts`` is the folder of the font
    library. ``judges`` are asked about each edition, with ``tools``, before it is let out. With ``debug`` a fault in
    a renderer is raised rather than reported. ``origins`` are the places articles were copied from to
    be read here. With ``force`` all is made again, also what is up to date.
    """

    base: Path
    settings: Settings = field(default_factory=Settings)
    verified: bool = True
    date: datetime | None = None
    fonts: Path | None = None
    judges: tuple[Judge, ...] = ()
    tools: Tools = field(default_factory=Tools)
    debug: bool = False
    origins: Origins = field(default_factory=Origins)
    force: bool = False

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats to make, each once."""
        return tuple(dict.fromkeys(self.settings.defaults.to))
