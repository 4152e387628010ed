"""What became of a build: one report an article, and what was passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from exporter.building.manifest import EditionRecord
from exporter.edition import Discrepancy, Loss
from exporter.loading.fetching import Origins
from exporter.loading.sources import Skipped
from exporter.stores import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure:
    """Why an edition (``format``), or with "" every edition of an article, was not made.

    ``code`` is one of ``docs/verification.md``, "" where there is none. ``tool`` tells that this
    machine lacks something, not the article.
    """

    message: str
    code: str = ""
    format: str = ""
    line: int = 0
    expected: str = ""
    found: str = ""
    tool: bool = False

    @classmethod
    def of(cls, finding: Discrepancy, format_: str = "") -> Failure:
        """The failure ``finding`` is the reason of."""
        return cls(
            message=finding.message,
            code=finding.code,
            format=format_,
            line=finding.line,
            expected=finding.expected,
            found=finding.found,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleReport:
    """The outcome for one article: its set of editions in ``folder``, or what stood against them.

    ``slug`` and ``folder`` are None where the source does not tell. ``notices`` are sentences. ``unchanged`` tells that
    nothing had to be made. ``pictures`` are the names of those the article calls.
    """

    path: Place
    slug: str | None = None
    folder: Place | None = None
    editions: tuple[EditionRecord, ...] = ()
    failures: tuple[Failure, ...] = ()
    notices: tuple[str, ...] = ()
    unchanged: bool = False
    pictures: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every edition asked for was made."""
        return not self.failures

    def of_originals(self, origins: Origins) -> ArticleReport:
        """The report as it is meant where the article was read from a copy."""
        if not origins.urls:
            return self
        failures = tuple(replace(failure, message=origins.told(failure.message)) for failure in self.failures)
        notices = tuple(map(origins.told, self.notices))
        return replace(self, path=origins.place(self.path), failures=failures, notices=notices)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """The outcome of a build, articles in the order they were named or found.

    ``left`` are the sources it did not come to, being stopped; ``notices`` are sentences on the build itself.
    """

    articles: tuple[ArticleReport, ...]
    skipped: tuple[Skipped, ...]
    left: tuple[Place, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every edition of every article was made."""
        return not self.left and all(article.ok for article in self.articles)

    @property
    def lacks_tool(self) -> bool:
        """Whether an edition failed for want of something on this machine."""
        return any(failure.tool for article in self.articles for failure in article.failures)


def summary(kind: Sequence[Loss]) -> str:
    """The first of several losses of a kind, and how many are like it."""
    more = f" {len(kind) - 1} more of its kind." if len(kind) > 1 else ""
    return f"{kind[0].message}{more}"
