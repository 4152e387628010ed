"""The sound editions, and who catches a broken one."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from exporter import fonts, registry
from exporter.building import production
from exporter.building.production import Plan
from exporter.edition import Edition
from exporter.judges import panel
from exporter.judges.judge import Tools
from exporter.loading import loader
from exporter.loading.loaded import Loaded
from exporter.settings import Settings

SAMPLE = Path(__file__).parents[2] / "source" / "the-last-proof.md"


@lru_cache(maxsize=1)
def article() -> Loaded:
    return loader.load(SAMPLE, Settings())


@lru_cache(maxsize=1)
def plan() -> Plan:
    return Plan(base=SAMPLE.parent, fonts=fonts.library())


@lru_cache(maxsize=None)
def sound(format_: str) -> bytes:
    """The edition as it has to be."""
    made = production.make(article(), format_, "edition", plan())
    assert isinstance(made, production.Made), made
    return made.content


def caught(content: bytes, format_: str, folder: Path, tools: Tools | None = None) -> tuple[str, ...]:
    """Who objects to the edition ``content``: codes of ``exporter verify``, then ``judge code`` of each judge."""
    file = folder / f"edition.{format_}"
    file.write_bytes(content)
    told = production.inspect(article(), Edition(format_, "edition", content), plan()).discrepancies
    judgement = panel.judge({file: format_}, registry.judges(), tools or Tools())
    objections = (f"{each.judge} {each.code}" for each in judgement.opinions[file].findings)
    return (*dict.fromkeys(each.code for each in told), *dict.fromkeys(objections))
