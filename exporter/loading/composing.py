"""From an issue that was read to one article, ready to be rendered: every article of it held to its own source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from exporter import labels, templating
from exporter.article import Article
from exporter.edition import Discrepancy, Loss, Resource
from exporter.images import Frame
from exporter.issues import Issue, Piece, compose, compose_mail
from exporter.issues.scope import illustrated, picture, scoped
from exporter.labels import Labels
from exporter.loading import loader, pictures
from exporter.loading.issues import IssueReading
from exporter.loading.loaded import Loaded
from exporter.loading.lookup import Refusal
from exporter.loading.origins import Origins
from exporter.loading.pictures import Pictures, Taken
from exporter.loading.selecting import normal
from exporter.rewriting import moved
from exporter.settings import Settings
from exporter.walk import heading_ordinals

Told = TypeVar("Told", Discrepancy, Loss)


def take(reading: IssueReading) -> Taken:
    """The files of the pictures of ``reading``, by their names in the issue; of note and cover, by their own."""
    found: dict[str, bytes | Refusal] = {}
    for piece, each in zip(reading.pieces, reading.readings, strict=True):
        found |= {picture(piece, source): content for source, content in loader.take(each).items()}
    root = reading.path.parent.resolve().parent
    cover = pictures.take(reading.article, reading.path.parent, root)
    return {**found, **(loader.take(reading.note) if reading.note else {}), **cover}


def prepare(reading: IssueReading, settings: Settings, taken: Taken | None = None) -> Loaded:
    """``reading`` as one article, every article of it held to its own source; ``taken`` are files of pictures."""
    return _Composing(reading, settings, taken or take(reading)).loaded()


@dataclass(frozen=True, slots=True)
class _Composing:
    """An issue on its way to one article."""

    reading: IssueReading
    settings: Settings
    taken: Taken

    def loaded(self) -> Loaded:
        """The issue, composed of articles that were each prepared by themselves."""
        issue, path = self.reading.issue, self.reading.path
        note = self._note()
        parts = self._parts()
        origins = _origins(self.reading, parts)
        pieces = tuple(
            replace(piece, article=moved(illustrated(part.article, piece), start))
            for piece, part, (start, _) in zip(self.reading.pieces, parts, origins.starts, strict=True)
        )
        subtitle = self._subtitle()
        whole = compose(issue, pieces, note.article.blocks if note else (), subtitle=subtitle)
        cover = self._covered(whole.article)
        return Loaded(
            path=path,
            article=cover.article,
            resources={**(note.resources if note else {}), **dict(self._resources(parts)), **cover.resources},
            sha256=self.reading.sha256,
            written="\n".join((_text(self.reading.contents[path.name]), *(part.written for part in parts))),
            files=dict(_attached(self.reading)),
            findings=(*(note.findings if note else ()), *self._each(parts, _findings), *cover.findings),
            losses=(
                *origins.all(whole.losses),
                *(note.losses if note else ()),
                *self._each(parts, _losses),
                *cover.losses,
            ),
            notices=tuple(self._notices(parts)),
            mail=self._mail(pieces, note, subtitle),
            options=_options(issue, self.settings),
            origins=origins,
            waived=frozenset((each.code, normal(each.article), each.block) for each in issue.waivers),
        )

    def _note(self) -> Loaded | None:
        return loader.prepare(self.reading.note, self.settings, self.taken) if self.reading.note else None

    def _parts(self) -> tuple[Loaded, ...]:
        """Each article as it is by itself, but for what it names and what its links lead to."""
        by_path = {normal(piece.entry.path): piece for piece in self.reading.pieces}
        articles = [scoped(piece, by_path) for piece in self.reading.pieces]
        known = {name for article in articles for name in heading_ordinals(article)}
        beyond = known | {piece.identifier for piece in self.reading.pieces}
        return tuple(
            loader.prepare(replace(reading, article=article), self.settings, self._taken(piece, article), beyond=beyond)
            for piece, reading, article in zip(self.reading.pieces, self.reading.readings, articles, strict=True)
        )

    def _taken(self, piece: Piece, article: Article) -> Taken:
        """The files of the pictures of one article, as it names them."""
        return {each.source: self.taken[picture(piece, each.source)] for each in pictures.called(article)}

    def _resources(self, parts: Sequence[Loaded]) -> Iterator[tuple[str, Resource]]:
        for piece, part in zip(self.reading.pieces, parts, strict=True):
            yield from ((picture(piece, source), found) for source, found in part.resources.items())

    def _each(self, parts: Sequence[Loaded], of: Callable[[Loaded], Sequence[Told]]) -> Iterator[Told]:
        """What ``of`` finds in each of ``parts``, told with its file."""
        for piece, part in zip(self.reading.pieces, parts, strict=True):
            yield from Origins(((0, normal(piece.entry.path)),)).all(of(part))

    def _covered(self, article: Article) -> Pictures:
        """The issue with its cover, if any."""
        frame = Frame.of_width(self.settings.images.screen, self.settings.images.quality)
        missing = self.settings.defaults.missing_images
        cover = replace(article, blocks=())
        found = pictures.load(cover, self.taken, missing, frame)
        return replace(found, article=replace(article, metadata=found.article.metadata))

    def _mail(self, pieces: Sequence[Piece], note: Loaded | None, subtitle: str | None) -> Article | None:
        issue = self.reading.issue
        if issue.email is None:
            return None
        blocks = note.article.blocks if note else ()
        return compose_mail(
            issue, pieces, blocks, subtitle=subtitle, online=lambda tag: self._words(tag).online
        ).article

    def _words(self, language: str) -> Labels:
        return labels.load(language, templating.search_path(self.settings.theme.templates))

    def _subtitle(self) -> str | None:
        """The number of the issue as its language tells it, and its subtitle."""
        issue = self.reading.issue
        number = self._words(issue.language).issue.replace("#", issue.number) if issue.number else None
        return " · ".join(each for each in (number, issue.subtitle) if each) or None

    def _notices(self, parts: Sequence[Loaded]) -> Iterator[str]:
        yield from (f"Line {each.line}: {each.message}" for each in self.reading.problems)
        for piece, part in zip(self.reading.pieces, parts, strict=True):
            yield from (f"{piece.entry.path}: {notice}" for notice in part.notices)
            if part.article.metadata.draft:
                yield f"{piece.entry.path}: it is a draft. An issue that holds one cannot be sent."


def _findings(part: Loaded) -> Sequence[Discrepancy]:
    return part.findings


def _losses(part: Loaded) -> Sequence[Loss]:
    return part.losses


def _origins(reading: IssueReading, parts: Sequence[Loaded]) -> Origins:
    """Where the lines of each article begin, below those of the issue's file."""
    start = _text(reading.contents[reading.path.name]).count("\n") + 1
    starts: list[tuple[int, str]] = []
    for piece, part in zip(reading.pieces, parts, strict=True):
        starts.append((start, normal(piece.entry.path)))
        start += part.written.count("\n") + 1
    return Origins(tuple(starts))


def _text(content: bytes) -> str:
    return content.decode("utf-8-sig")


def _attached(reading: IssueReading) -> Iterator[tuple[str, bytes]]:
    """What the issue was read from, by names without folders."""
    yield reading.path.name, reading.contents[reading.path.name]
    for piece, each in zip(reading.pieces, reading.readings, strict=True):
        yield from ((f"{piece.identifier}-{name}", content) for name, content in each.files.items())


def _options(issue: Issue, settings: Settings) -> dict[str, object]:
    """What the email of ``issue`` asks of its renderers in place of what the house does."""
    email = issue.email
    if email is None:
        return {}
    said = {"preheader": email.preheader, "greeting": email.greeting, "picture_base": email.picture_base}
    return {
        "pictures": email.pictures,
        "unsubscribe": bool(email.unsubscribe or settings.mail.unsubscribe),
        **{name: value for name, value in said.items() if value},
    }
