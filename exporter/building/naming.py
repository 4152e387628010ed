"""Names for sets of editions, no two alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Protocol, TypeAlias

from exporter.building.reports import Failure

Names: TypeAlias = Mapping[Path, str | Failure]


class Named(Protocol):
    """An article that wants a name."""

    @property
    def path(self) -> Path:
        """Its source."""
        ...

    @property
    def slug(self) -> str:
        """The name it wants."""
        ...

    @property
    def language(self) -> str:
        """Its language, which is added where translations want one name."""
        ...


def name(articles: Iterable[Named]) -> Names:
    """The name of each article's set: its slug, with its language where translations share one.

    Two articles that no language tells apart get no name: neither may overwrite the other. Names
    that differ in case alone are one, as they are to some file systems.
    """
    wanting = list(articles)
    alone = _grouped(wanting, lambda article: article.slug)
    wanted = {each.path: each.slug if len(alone[each.slug.casefold()]) == 1 else _of_language(each) for each in wanting}
    taken = _grouped(wanting, lambda article: wanted[article.path])
    return {path: _only(slug, taken[slug.casefold()]) for path, slug in wanted.items()}


def _grouped(articles: Sequence[Named], key: Callable[[Named], str]) -> Mapping[str, list[Named]]:
    groups: dict[str, list[Named]] = defaultdict(list)
    for article in articles:
        groups[key(article).casefold()].append(article)
    return groups


def _of_language(article: Named) -> str:
    return f"{article.slug}.{article.language}"


def _only(slug: str, rivals: Sequence[Named]) -> str | Failure:
    if len(rivals) == 1:
        return slug
    shown = [str(rival.path) for rival in rivals[:2]]
    paths = " and ".join((*shown, *([f"{len(rivals) - 2} more"] if len(rivals) > 2 else [])))
    return Failure(message=f"{paths} would both be written as '{slug}'. Give one another slug or language.")
