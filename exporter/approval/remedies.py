"""What helps when an issue fails: which article it is, and the commands that leave it out or let a finding pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from exporter.approval.articles import Articles
from exporter.approval.deadline import is_waivable
from exporter.building.reports import Failure
from exporter.errors import ExporterError
from exporter.issues import Entry, Issue, Problem, read
from exporter.loading import issues
from exporter.loading.selecting import normal
from exporter.settings import Settings


@dataclass(frozen=True, slots=True)
class Trouble:
    """What stands against one ``article`` of an issue: ``line`` there, 0 for the whole; ``code``, and a sentence."""

    article: str
    line: int
    code: str
    sentence: str

    @property
    def waivable(self) -> bool:
        """Whether it may pass."""
        return bool(self.line) and is_waivable(self.code)


def troubles(path: Path, failures: Iterable[Failure], settings: Settings) -> tuple[Trouble, ...]:
    """What stands against articles of the issue in the file ``path``, whose build ended with ``failures``; each once.

    Failures that are of no article, as a mistake in the issue's file, are not among them. Raises SourceError.
    """
    issue, mistakes = read(path.read_bytes())
    if issue is None:
        return ()
    known = Articles(issue, path.parent, settings).paths()
    told = [tuple(_of_failure(failure, known)) for failure in failures]
    unread = () if all(told) else _of_problems(path, issue, known, mistakes, settings)
    return tuple(dict.fromkeys((*unread, *(each for some in told for each in some))))


def _of_failure(failure: Failure, known: Sequence[str]) -> Iterator[Trouble]:
    """What ``failure``, told with the article and the line, is about."""
    for article in known:
        told = re.match(rf"{re.escape(normal(article))}:(?:(\d+):)? ?", failure.message)
        if told:
            yield Trouble(article, int(told[1] or 0), failure.code, failure.message[told.end() :])


def _of_problems(
    path: Path, issue: Issue, known: Sequence[str], mistakes: Sequence[Problem], settings: Settings
) -> Iterator[Trouble]:
    """All articles that cannot be read, are missing or named twice: a build tells the first alone."""
    _, problems = issues.examine(path, settings)
    for problem in problems:
        if not problem.warning and problem not in mistakes and (article := _article(problem, issue, path, known)):
            yield _trouble(article, path, problem)


def _article(problem: Problem, issue: Issue, path: Path, known: Sequence[str]) -> str | None:
    """The one of ``known`` that ``problem`` names, or that stands alone on its line."""
    named = [each for each in known if f"'{each}'" in problem.message or f"{path.parent / each}:" in problem.message]
    entries = [each for part in issue.parts for each in part.articles if isinstance(each, Entry)]
    alone = [each.path for each in entries if each.line == problem.line]
    return named[0] if named else alone[0] if len(alone) == 1 else None


def _trouble(article: str, path: Path, problem: Problem) -> Trouble:
    """``problem`` as it is of ``article``, by the line there where it tells one."""
    told = re.match(rf"{re.escape(str(path.parent / article))}:(?:(\d+):)? ", problem.message)
    if told is None:
        return Trouble(article, 0, problem.code, problem.message)
    return Trouble(article, int(told[1] or 0), problem.code, problem.message[told.end() :])


def failed(path: Path, failures: Iterable[Failure], settings: Settings) -> tuple[Trouble, ...]:
    """``troubles``; none where the issue's file cannot be read any more."""
    try:
        return troubles(path, failures, settings)
    except (ExporterError, OSError):  # the build told it
        return ()
