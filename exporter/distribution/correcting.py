"""Corrections: what changed in an article since it was sent, told to exactly those who got the old text.

A correction is an issue of its own, made of a notice, with a recipients' file of its own: it is built, looked at,
approved and delivered as any other, and the ledger of the issue it corrects stays as it is.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from exporter import durable
from exporter.distribution import notice, texts
from exporter.distribution.archive import Archive
from exporter.distribution.house import House
from exporter.distribution.notice import Bringing
from exporter.distribution.records import Plan, TextRecord
from exporter.distribution.state import State
from exporter.distribution.texts import Difference
from exporter.issues import Issue, Piece
from exporter.issues.translations import languages
from exporter.loading.issues import read_issue
from exporter.mail import recipients
from exporter.mail.errors import MailError
from exporter.mail.ledger import Ledger
from exporter.mail.recipients import KNOWN, NO_FORMAT, Recipient
from exporter.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The ``files`` of a correction, which its issue's comes first; how many it goes to, and what changed.

    ``missing`` is how many got the old text and are not in the recipients' file any more.
    """

    files: tuple[Path, ...]
    recipients: int
    missing: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What a notice of ``date`` is called ("": ``Correction:`` and the article's title), and the editor's sentence."""

    date: date
    title: str = ""
    note: str = ""


def correct(state: State, article: str, readers: Path, house: House, words: Words) -> Correction:
    """Write the correction of ``article``, by its path or the name of its file, beside the issue in ``state``.

    Raises MailError where nothing was sent, nothing changed, or nobody got the old text.
    """
    issue = read_issue(state.file, house.settings).issue
    piece = _piece(_pieces(state.file, house.settings), article, state.file)
    archive = Archive(state.archive)
    now = texts.dump(piece.article)
    old = _old(archive, issue.id, piece.entry.path, now)
    found = texts.differences(archive.object(old[-1][1].sha256), now)
    with Ledger(state.ledger) as ledger:
        got = frozenset().union(*(_recipients(plan, record, ledger) for plan, record in old))
    formats = frozenset().union(*(plan.formats for plan, _ in old))
    entries = recipients.read(readers.read_bytes(), str(readers), formats).entries
    chosen = [each for each in entries if house.identities.recipient(each.address) in got]
    if not chosen:
        raise MailError(f"{article}: nobody in {readers} got the old text. There is nobody to tell.")
    files = _files(state.file, issue, piece, found, words, house)
    _write(files, _list(chosen))
    return Correction(files=files.paths, recipients=len(chosen), missing=len(got) - len(chosen), differences=found)


def _piece(pieces: Sequence[Piece], article: str, file: Path) -> Piece:
    known = {each.entry.path: each for each in pieces}
    found = [path for path in known if article in (path, Path(path).name, Path(path).stem)]
    if len(found) != 1:
        raise MailError(f"{file}: '{article}' names {len(found)} of its articles. There are: {', '.join(known)}")
    return known[found[0]]


def _pieces(file: Path, settings: Settings) -> tuple[Piece, ...]:
    """The articles of every set of the issue."""
    whole = read_issue(file, settings)
    others = (read_issue(file, settings.with_defaults(language=each)) for each in languages(whole.issue))
    return tuple(piece for reading in (whole, *others) for piece in reading.pieces)


def _old(archive: Archive, issue: str, path: str, now: bytes) -> list[tuple[Plan, TextRecord]]:
    """The revisions that were sent with another text of the article than ``now``, from the first."""
    plans = [plan for number in archive.revisions(issue) if (plan := archive.plan(issue, number))]
    sent = [(plan, each) for plan in plans for each in plan.texts if each.path == path]
    if not sent:
        raise MailError(f"{path}: it was not sent with issue {issue}. Nobody has to be told.")
    old = [(plan, each) for plan, each in sent if archive.object(each.sha256) != now]
    if not old:
        raise MailError(f"{path}: says what it said when it was sent. Correct it first.")
    return old


def _recipients(plan: Plan, record: TextRecord, ledger: Ledger) -> frozenset[str]:
    """Who has, or may have, the set of ``plan`` that the text is in."""
    letters = {each.key for each in plan.letters if each.language == record.language}
    return ledger.received(plan.issue, plan.revision) & {row.recipient for row in plan.rows if row.letter in letters}


# --- What is written --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Files:
    """The files of a correction: what is in them, but for the recipients."""

    issue: Path
    contents: Mapping[Path, bytes]

    @property
    def recipients(self) -> Path:
        return self.issue.with_suffix(".csv")

    @property
    def paths(self) -> tuple[Path, ...]:
        return (self.issue, *(path for path in self.contents if path != self.issue), self.recipients)


def _files(file: Path, issue: Issue, piece: Piece, found: Sequence[Difference], words: Words, house: House) -> _Files:
    metadata = piece.article.metadata
    title = words.title or _title(metadata.title, metadata.language)
    name = _free(file, issue.id)
    path = file.with_name(f"{name}.toml")
    leave = (issue.email.unsubscribe if issue.email else ()) or house.settings.mail.unsubscribe
    page = notice.page(title, words.note, metadata.language, metadata.direction, found)
    bringing = Bringing(id=name, subject=title, article=f"{name}.html", language=metadata.language, date=words.date)
    made = notice.issue_file(issue, bringing, leave)
    return _Files(path, {path.with_suffix(".html"): page, path: made})


def _title(title: str, language: str) -> str:
    if not f"{language}-".startswith("en-"):
        raise MailError(f"Say in '{language}' what the notice is called: --title")
    return f"Correction: {title}"


def _free(file: Path, identifier: str) -> str:
    """A name no correction has yet."""
    names = (f"{identifier}-correction-{number}" for number in range(1, 1000))
    return next(name for name in names if not file.with_name(f"{name}.toml").exists())


def _write(files: _Files, listed: bytes) -> None:
    """The recipients first, the issue last: whoever finds it finds all of it."""
    durable.write(files.recipients, listed, mode=0o600)
    for path, content in files.contents.items():
        durable.write(path, content)


def _list(chosen: Collection[Recipient]) -> bytes:
    """The recipients' file of a correction: who got the old text, each without files."""
    own = sorted({key for each in chosen for key in each.fields})
    target = io.StringIO()
    table = csv.writer(target, lineterminator="\n")
    table.writerow([*KNOWN[:3], "segment", *own])
    for each in chosen:
        values = (each.fields.get(key, "") for key in own)
        table.writerow([each.address.addr_spec, each.name, NO_FORMAT, each.segment or "", *values])
    return target.getvalue().encode("utf-8")
