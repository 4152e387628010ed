"""Articles of an issue as people name them: by path, from the issue or from here, by slug or by title."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from exporter.errors import ApprovalError, ExporterError
from exporter.issues import Entry, Issue, Selection
from exporter.issues.tables import instead
from exporter.loading import loader, lookup
from exporter.loading.selecting import normal
from exporter.settings import Settings


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles that ``issue``, whose file lies in ``folder``, names or finds, held ones too."""

    issue: Issue
    folder: Path
    settings: Settings

    def paths(self) -> tuple[str, ...]:
        """Their paths, as the issue writes them, or as its patterns find them; those that are held at the end."""
        found = [path for part in self.issue.parts for each in part.articles for path in self._of(each)]
        return tuple({normal(path): path for path in (*self.issue.hold, *found)}.values())

    def named(self, wanted: str, among: Iterable[str]) -> str:
        """The one of the paths ``among`` that ``wanted`` means; raises ApprovalError, naming what is near."""
        known = tuple(among)
        for means in (self._by_path, self._by_place, self._by_stem, self._by_head):
            if found := tuple(means(wanted, known)):
                return _only(wanted, found)
        raise ApprovalError(f"'{wanted}' is no article of this issue. {instead(wanted, self._names(known))}")

    def title(self, path: str) -> str:
        """The title of the article ``path``, "" where it cannot be read."""
        return self._head(path)[1]

    def _of(self, each: Entry | Selection) -> Iterable[str]:
        if isinstance(each, Entry):
            return (each.path,)
        try:
            return lookup.matching(self.folder, each.pattern)
        except ValueError:  # told where the issue is checked
            return ()

    def _by_path(self, wanted: str, known: Iterable[str]) -> Iterator[str]:
        return (path for path in known if normal(path) == normal(wanted))

    def _by_place(self, wanted: str, known: Iterable[str]) -> Iterator[str]:
        place = Path(wanted).resolve()
        return (path for path in known if (self.folder / path).resolve() == place)

    def _by_stem(self, wanted: str, known: Iterable[str]) -> Iterator[str]:
        return (path for path in known if wanted in (PurePosixPath(path).name, PurePosixPath(path).stem))

    def _by_head(self, wanted: str, known: Iterable[str]) -> Iterator[str]:
        return (path for path in known if wanted.casefold() in map(str.casefold, filter(None, self._head(path))))

    def _head(self, path: str) -> tuple[str, str]:
        """Slug and title of the article ``path``; "" for each where it cannot be read."""
        try:
            metadata = loader.read(self.folder / path, self.settings).article.metadata
        except ExporterError:
            return "", ""
        return metadata.slug or "", metadata.title

    def _names(self, known: Iterable[str]) -> Iterator[str]:
        """What the articles ``known`` may be called."""
        for path in known:
            yield from filter(None, (path, PurePosixPath(path).stem, self._head(path)[1]))


def _only(wanted: str, found: tuple[str, ...]) -> str:
    if len(found) > 1:
        raise ApprovalError(f"'{wanted}' may be {' or '.join(found)}. Name it by its path.")
    return found[0]
