"""How to build."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Final

from exporter.judges.judge import Judge, Tools
from exporter.loading.fetching import Origins
from exporter.settings import Settings
from exporter.themes import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a source asks for itself, as an issue may: ``formats`` in place of the plan's, ``more`` beside them."""

    formats: tuple[str, ...] | None = None
    more: tuple[str, ...] = ()
    theme: str | None = None
    page: Page | None = None


NONE: Final = Wishes()


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to build. ``base`` is the folder manifests name sources from.

    ``date`` overrules every article's own (SOURCE_DATE_EPOCH); ``fonts`` is the folder of the font
    library. ``judges`` are asked about each edition, with ``tools``, before it is let out. With ``debug`` a fault in
    a renderer is raised rather than reported. ``origins`` are the places articles were copied from to
    be read here. With ``force`` all is made again, also what is up to date; with ``each`` the
    articles of issues are built by themselves too. ``said`` are settings that were asked for
    with this build, and count more than what a source asks.
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
    each: bool = False
    said: frozenset[str] = frozenset()

    @property
    def formats(self) -> tuple[str, ...]:
        """The formats to make, each once."""
        return tuple(dict.fromkeys(self.settings.defaults.to))

    def granted(self, wishes: Wishes) -> Plan:
        """The plan for a source with ``wishes``."""
        if wishes == NONE:
            return self
        formats = None if "to" in self.said else (*(wishes.formats or self.formats), *wishes.more)
        theme = None if "theme" in self.said else wishes.theme
        page = None if "page" in self.said else wishes.page
        return replace(self, settings=self.settings.with_defaults(to=formats, theme=theme, page=page))
