"""From an issue's file, a built OUT and a recipients' file to what is to be planned. Builds nothing, sends nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from exporter.building import production, sketches
from exporter.building.plan import Plan as BuildPlan
from exporter.distribution import sets
from exporter.distribution.house import House
from exporter.distribution.material import Head, Material
from exporter.distribution.planning import Request
from exporter.distribution.records import Held
from exporter.distribution.sets import HTML, TEXT, EditionSet
from exporter.distribution.texts import dump
from exporter.edition import Edition
from exporter.issues import Issue
from exporter.issues.translations import languages, translated
from exporter.loading import composing
from exporter.loading.issues import IssueReading, read_issue
from exporter.loading.loaded import Loaded
from exporter.mail import recipients
from exporter.mail.errors import MailError
from exporter.mail.recipients import Recipients
from exporter.renderers.email import pictures
from exporter.settings import Settings


def request(issue: Path, readers: Path | None, house: House, date: datetime) -> Request:
    """What is to be planned of the issue in the file ``issue`` to those in ``readers``; ``date`` is of all messages.

    Raises SourceError for an issue, RecipientsError for recipients and MailError for sets of editions that are not as
    they must be.
    """
    reading = read_issue(issue, house.settings)
    whole = reading.issue
    sources = {language: _source(issue, language, house) for language in languages(whole) or (whole.language,)}
    materials = {language: _material(source, house) for language, source in sources.items()}
    content = readers.read_bytes() if readers else b""
    known = {name for each in materials.values() for name in each.set.formats}
    return Request(
        issue=whole,
        materials=materials,
        recipients=recipients.read(content, str(readers), known) if readers else Recipients("nobody", ()),
        recipients_sha256=hashlib.sha256(content).hexdigest(),
        identities=house.identities,
        suppressed=house.suppressed,
        mail=house.settings.mail,
        unsubscribe=_unsubscribe(whole, house.settings),
        bounces=house.settings.mail.bounces or _sender(whole, house.settings),
        date=date,
        sources={name: digest for each in sources.values() for name, digest in each.files.items()},
        held=tuple(dict.fromkeys(held for each in sources.values() for held in each.held)),
    )


@dataclass(frozen=True, slots=True)
class _Source:
    """The issue in one language, as its sources are now, ``files`` by digest: what its editions are held to."""

    issue: Issue
    files: Mapping[str, str]
    texts: Mapping[str, bytes]
    loaded: Loaded
    held: tuple[Held, ...]
    plan: BuildPlan


def _source(path: Path, language: str, house: House) -> _Source:
    settings = house.settings.with_defaults(language=language)
    reading = read_issue(path, settings)
    issue = reading.issue if reading.issue.language == language else translated(reading.issue, language)
    articles = ((piece.entry.path, piece.article.metadata) for piece in reading.pieces)
    held = tuple(
        Held(path=name, draft=each.draft, embargo=each.embargo) for name, each in articles if each.draft or each.embargo
    )
    plan = BuildPlan(base=path.parent, settings=settings)
    texts = {piece.entry.path: dump(piece.article) for piece in reading.pieces}
    return _Source(issue, _files(reading), texts, composing.prepare(reading, settings), held, plan)


def _files(reading: IssueReading) -> dict[str, str]:
    """The digests of what an issue is made of, as far as it is there, by the names from its folder."""
    folder = reading.path.parent
    there = (name for name in sketches.sources(reading) if (folder / name).is_file())
    digests = ((name, hashlib.sha256((folder / name).read_bytes()).hexdigest()) for name in there)
    return {reading.path.name: reading.sha256, **dict(digests)}


def _material(source: _Source, house: House) -> Material:
    issue, settings = source.issue, house.settings
    if issue.email is None:
        raise MailError(f"{source.loaded.path}: it has no [email]. Write one, with a subject: exporter issue check")
    found = sets.load(house.out / issue.slug, issue.language)
    _hold_to_issue(found, source)
    head = Head(
        sender=_sender(issue, settings),
        subject=issue.email.subject,
        reply_to=issue.email.reply_to or settings.mail.reply_to or "",
        list_id=issue.email.list_id or settings.mail.list_id or "",
    )
    shown = production.shown(source.loaded, source.plan, HTML)
    inside = pictures(found.contents.get(HTML, b""), shown.values())
    return Material(found, head, inside, settings.mail, source.texts)


def _hold_to_issue(found: EditionSet, source: _Source) -> None:
    """Bodies that do not say what the sources say now were built of others; raises MailError."""
    for format_ in (TEXT, HTML):
        body = found.contents.get(format_)
        if body is not None and (wrong := _differences(source, format_, body)):
            raise MailError(
                f"{found.slug}.{format_}: does not say what the issue says now ({wrong[0]}). Build the issue again."
            )


def _differences(source: _Source, format_: str, body: bytes) -> Sequence[str]:
    """What ``body`` says otherwise than the issue, but for what was waived."""
    edition = Edition(format_, source.issue.slug, body)
    found = production.inspect(source.loaded, edition, source.plan).discrepancies
    _, objections = production.parted(found, source.loaded)
    return [each.message for each in objections]


def _sender(issue: Issue, settings: Settings) -> str:
    sender = (issue.email.sender if issue.email else None) or settings.mail.sender
    if not sender:
        raise MailError(
            f"Issue {issue.id} has no sender. Write 'sender' into its [email], or into [mail] of exporter.toml."
        )
    return sender


def _unsubscribe(issue: Issue, settings: Settings) -> tuple[str, ...]:
    found = (issue.email.unsubscribe if issue.email else ()) or settings.mail.unsubscribe
    if not found:
        raise MailError(
            f"Issue {issue.id} has no address to leave the list by. Write 'unsubscribe' into its [email], "
            "or into [mail] of exporter.toml."
        )
    return found
