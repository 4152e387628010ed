"""Which articles an issue names: by their paths, by patterns, by what they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path, PurePosixPath
from typing import assert_never

from exporter import registry
from exporter.errors import ExporterError, SourceError
from exporter.issues import Entry, Issue, Problem, Selection
from exporter.issues.tables import instead
from exporter.loading import loader, lookup
from exporter.loading.loaded import Reading
from exporter.loading.sources import why_not_read
from exporter.settings import Settings


@dataclass(frozen=True, slots=True)
class Chosen:
    """An article of an issue, read, and the number of its part."""

    entry: Entry
    reading: Reading
    part: int


@dataclass(slots=True)
class Choice:
    """What an issue's file in ``folder`` leads to: its articles in order, and what is wrong.

    ``looked_at`` has every article that was read to choose, by the name from the folder; ``patterns`` were searched by,
    and ``matched`` is what they find, held or not.
    """

    issue: Issue
    folder: Path
    settings: Settings
    chosen: list[Chosen] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    patterns: list[str] = field(default_factory=list)
    looked_at: dict[str, Reading] = field(default_factory=dict)
    matched: set[str] = field(default_factory=set)

    def choose(self) -> Choice:
        """Itself, chosen: named articles first claim their places, patterns find the others."""
        named = self._named()
        for number, part in enumerate(self.issue.parts):
            for each in part.articles:
                match each:
                    case Entry():
                        self._take(each, number)
                    case Selection():
                        self._select(each, number, named)
                    case _:
                        assert_never(each)
        self._check_held()
        return self

    # Named

    def _named(self) -> frozenset[str]:
        """The articles named by their paths; one named twice is a problem."""
        first: dict[str, int] = {}
        for part in self.issue.parts:
            for each in part.articles:
                if not isinstance(each, Entry) or self._is_held(each.path):
                    continue
                if (name := normal(each.path)) in first:
                    self._note(each.line, "I004", f"'{each.path}' is named already on line {first[name]}. Delete one.")
                else:
                    first[name] = each.line
        return frozenset(first)

    def _take(self, entry: Entry, part: int) -> None:
        path = self.folder / entry.path
        if self._is_held(entry.path):
            return
        if objection := _objection(entry.path, path):
            self._note(entry.line, *objection)
        elif (found := self._read(entry, path)) and path.resolve() not in self._taken():
            self.chosen.append(Chosen(entry, found, part))

    def _taken(self) -> set[Path]:
        return {each.reading.path.resolve() for each in self.chosen}

    def _read(self, entry: Entry, path: Path) -> Reading | None:
        """The article of ``entry``; None where it cannot be read, which is a problem."""
        name = normal(entry.path)
        if name in self.looked_at:
            return self.looked_at[name]
        try:
            self.looked_at[name] = loader.read(path, self.settings)
        except ExporterError as error:
            code = error.code if isinstance(error, SourceError) else "I003"
            self._note(entry.line, code, str(error).removesuffix(f" [{code}]"))
            return None
        return self.looked_at[name]

    # Selected

    def _select(self, selection: Selection, part: int, named: frozenset[str]) -> None:
        """Take what ``selection`` finds that is neither named by its path nor taken before; drafts wait."""
        try:
            names = lookup.matching(self.folder, selection.pattern)
        except ValueError as error:
            self._note(selection.line, "I005", f"'{selection.pattern}' is no pattern: {error}.")
            return
        self.patterns.append(selection.pattern)
        fit = [each for each in self._found(names, selection, part) if _is_of(each.reading, selection)]
        if not fit and not any(map(self._is_held, names)):
            self._note(selection.line, "I005", f"{_what(selection)} finds no article.")
        known = {*named, *(normal(each.entry.path) for each in self.chosen)}
        self.chosen += [each for each in _ordered(fit, selection) if normal(each.entry.path) not in known]

    def _found(self, names: Iterable[str], selection: Selection, part: int) -> Iterator[Chosen]:
        """The articles among the files ``names`` that are not held and can be read."""
        articles = [name for name in names if _is_article(self.folder / name)]
        self.matched.update(map(normal, articles))
        for name in (each for each in articles if not self._is_held(each)):
            entry = Entry(path=name, line=selection.line)
            if found := self._read(entry, self.folder / name):
                yield Chosen(entry, found, part)

    # Held

    def _is_held(self, path: str) -> bool:
        return normal(path) in map(normal, self.issue.hold)

    def _check_held(self) -> None:
        """Note each article that is held and not of this issue."""
        named = {normal(e.path) for part in self.issue.parts for e in part.articles if isinstance(e, Entry)}
        known = {*named, *self.matched}
        for number, path in enumerate(self.issue.hold):
            if normal(path) not in known:
                line = self.issue.lines.get(("hold", number), 1)
                self._note(line, "I007", f"'{path}' is held, and is no article of this issue. {instead(path, known)}")

    def _note(self, line: int, code: str, message: str) -> None:
        self.problems.append(Problem(line, code, message))


def _objection(name: str, path: Path) -> tuple[str, str] | None:
    """Why the file called ``name`` is no article: a code and a sentence; None where it is one."""
    if path.suffix.lower() == ".toml":
        return "I006", f"'{name}' is the file of an issue, or settings: an issue holds articles. Name those."
    if not path.is_file():
        near = instead(path.name, (each.name for each in _listed(path.parent)))
        return "I003", f"there is no article '{name}'. {near}"
    if not registry.has("readers", loader.suffix(path)):
        readable = ", ".join(f".{point.name}" for point in registry.installed("readers"))
        return "I003", f"nothing reads articles like '{name}'. Name one that ends in: {readable}."
    return None


def normal(path: str) -> str:
    """``path`` without detours: the same for the same file."""
    parts: list[str] = []
    for part in PurePosixPath(path).parts:
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)


def _listed(folder: Path) -> Iterable[Path]:
    return (each for each in folder.iterdir() if _is_article(each)) if folder.is_dir() else ()


def _is_article(path: Path) -> bool:
    suffix = path.suffix[1:].lower()
    return path.is_file() and registry.has("readers", suffix) and not why_not_read(path.name)


def _is_of(reading: Reading, selection: Selection) -> bool:
    """Whether the article is what ``selection`` asks for; drafts are found by their paths alone."""
    metadata = reading.article.metadata
    tagged = not selection.tags or {tag.casefold() for tag in selection.tags} & {t.casefold() for t in metadata.tags}
    return bool(tagged) and not metadata.draft and _is_between(metadata.published, selection)


def _is_between(published: date | None, selection: Selection) -> bool:
    if selection.since is None and selection.until is None:
        return True
    if published is None:
        return False
    since, until = (each.isoformat()[:10] if each else "" for each in (selection.since, selection.until))
    return since <= published.isoformat()[:10] <= (until or "9999")


def _ordered(chosen: Sequence[Chosen], selection: Selection) -> Iterator[Chosen]:
    def day(each: Chosen) -> str:
        published = each.reading.article.metadata.published
        return published.isoformat() if published else ""

    match selection.order:
        case "written":
            yield from chosen
        case "date":
            yield from sorted(chosen, key=day)
        case "-date":
            yield from sorted(chosen, key=day, reverse=True)
        case "title":
            yield from sorted(chosen, key=lambda each: each.reading.article.metadata.title.casefold())
        case _:
            assert_never(selection.order)


def _what(selection: Selection) -> str:
    """``selection`` in words."""
    tags = f" with a tag of {', '.join(selection.tags)}" if selection.tags else ""
    since = f" since {selection.since.isoformat()[:10]}" if selection.since else ""
    until = f" until {selection.until.isoformat()[:10]}" if selection.until else ""
    return f"'{selection.pattern}'{tags}{since}{until}"
