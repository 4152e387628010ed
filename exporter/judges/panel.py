"""The judges that are installed, and what they say of files."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exporter.judges.judge import UNJUDGED, Finding, Findings, Judge, Tools


@dataclass(frozen=True, slots=True)
class Missing:
    """A judge that could not be asked: what it ``lacks``, and the command that mends that."""

    judge: str
    standard: str
    formats: tuple[str, ...]
    lacks: str
    get: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """What was found in one edition: by whom it was examined, and every objection."""

    format: str
    judges: tuple[str, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether somebody examined it and nobody objects."""
        return bool(self.judges) and not self.findings


@dataclass(frozen=True, slots=True)
class Judgement:
    """What judges say of editions, and which could not be asked."""

    opinions: Mapping[Path, Opinion] = field(default_factory=dict)
    missing: tuple[Missing, ...] = ()


def judge(editions: Mapping[Path, str], judges: Iterable[Judge], tools: Tools) -> Judgement:
    """What each of ``judges`` says of ``editions``, files to their formats."""
    concerned = _of(judges, editions.values())
    absent = missing(concerned, editions.values(), tools)
    ready = [each for each in concerned if each.name not in {each.judge for each in absent}]
    found: dict[Path, list[Finding]] = defaultdict(list)
    for each in ready:
        for file, findings in _ask(each, _its(each, editions), tools).items():
            found[file] += findings
    opinions = {
        file: Opinion(format=format_, judges=_names(ready, format_), findings=tuple(found[file]))
        for file, format_ in editions.items()
    }
    return Judgement(opinions, absent)


def missing(judges: Iterable[Judge], formats: Iterable[str], tools: Tools) -> tuple[Missing, ...]:
    """Those of ``judges`` for any of ``formats`` that lack something."""
    return tuple(filter(None, (_missing(each, tools) for each in _of(judges, formats))))


def _of(judges: Iterable[Judge], formats: Iterable[str]) -> list[Judge]:
    wanted = set(formats)
    return [each for each in judges if wanted & set(each.formats)]


def _names(judges: Iterable[Judge], format_: str) -> tuple[str, ...]:
    return tuple(each.name for each in judges if format_ in each.formats)


def _its(judge: Judge, editions: Mapping[Path, str]) -> list[Path]:
    return [file for file, format_ in editions.items() if format_ in judge.formats]


def _missing(judge: Judge, tools: Tools) -> Missing | None:
    lacks = judge.lacks(tools)
    return Missing(judge.name, judge.standard, judge.formats, lacks, judge.get) if lacks else None


def _ask(judge: Judge, files: Sequence[Path], tools: Tools) -> Findings:
    """Its findings; where it breaks down over several files, it is asked about each alone, to find the one."""
    try:
        return judge.examine(files, tools)
    except Exception as error:
        if len(files) > 1:
            return {file: found for file in files for found in _ask(judge, [file], tools).values()}
        return {file: (_unjudged(judge, error),) for file in files}


def _unjudged(judge: Judge, error: Exception) -> Finding:
    reason = " ".join(str(error).split()) or "no reason given"
    message = f"{judge.name} broke down over this file: {type(error).__name__}: {reason}"
    return Finding(judge=judge.name, code=UNJUDGED, message=message, mend=f"See that {judge.name} runs: {judge.get}")


def named(judges: Iterable[Judge], names: Collection[str]) -> tuple[Judge, ...]:
    """Those of ``judges`` with ``names``; raises KeyError for a name none has."""
    known = {each.name: each for each in judges}
    return tuple(known[name] for name in names)
