"""Planning: every message is composed and read again before the first one is sent; nothing is planned by halves.

The bodies of a set were held to the issue with their slots. The first message of each letter is taken apart whole: it
has just these bodies, but for its recipient's values, and just the files the manifest vouches for. All others of the
letter share those very bytes: of them the head is read, and what stands around values with unusual characters.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from exporter.distribution.mailing import Mailing, WaysBack, digest, letter, ways_back
from exporter.distribution.material import Material
from exporter.distribution.placing import is_plain, stays
from exporter.distribution.records import Held, LetterRecord, Plan, Row
from exporter.distribution.routing import RouteError, destination
from exporter.distribution.sets import HTML, TEXT
from exporter.issues import Issue
from exporter.mail.errors import MailError, Problem, RecipientsError
from exporter.mail.examination import examine, examine_head
from exporter.mail.identities import Identities
from exporter.mail.letters import Addressee, Composition, Letter, compose
from exporter.mail.outgoing import Outgoing
from exporter.mail.parts import Body
from exporter.mail.recipients import Recipient, Recipients
from exporter.mail.suppression import SuppressionList
from exporter.mailsettings import Mail, Rung
from exporter.slots import UNSUBSCRIBE

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is to be planned: ``issue`` in the sets ``materials``, by language, to ``recipients``.

    ``recipients_sha256`` is of their file. ``sources`` are the digests of what the issue is made of, by names from its
    folder, and ``held`` the articles that must not go out. ``date`` becomes that of all messages.
    """

    issue: Issue
    materials: Mapping[str, Material]
    recipients: Recipients
    recipients_sha256: str
    identities: Identities
    suppressed: SuppressionList
    mail: Mail
    unsubscribe: tuple[str, ...]
    bounces: str
    date: datetime
    sources: Mapping[str, str] = field(default_factory=dict)
    held: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, its messages, and sentences on what an editor should know of it."""

    plan: Plan
    mailing: Mailing
    notices: tuple[str, ...]


def plan(request: Request) -> Planned:
    """The plan of ``request``.

    Raises RecipientsError with everything that stands against somebody's message, by line, and MailError for what
    stands against all.
    """
    work = _Planning(request, ways_back(request.unsubscribe, request.bounces))
    rows = [row for each in request.recipients.entries if (row := work.row(each))]
    if work.problems:
        raise RecipientsError(request.recipients.file, work.problems)
    made = Plan(
        issue=request.issue.id,
        revision=request.issue.revision,
        date=request.date,
        secret=request.identities.fingerprint,
        manner=request.mail.manner,
        recipients=request.recipients.file,
        recipients_sha256=request.recipients_sha256,
        unsubscribe=work.ways.unsubscribe,
        bounces=request.bounces,
        sources=tuple(sorted(request.sources.items())),
        held=request.held,
        artefacts=tuple(_artefacts(request, _languages(rows, work.letters))),
        texts=tuple(each for name in _languages(rows, work.letters) for each in request.materials[name].said()),
        letters=tuple(work.letters[key] for key in sorted({row.letter for row in rows})),
        rows=tuple(rows),
    )
    mailing = Mailing(made, work.compositions, work.addressees, {row.recipient: row for row in rows})
    sent = {each.key: work.compositions[each.key] for each in made.letters}
    held = (each.told for each in made.held)
    told = (*request.recipients.notices, *_notices(made, request.mail), *_hidden(sent), *held)
    return Planned(made, mailing, told)


def objects(request: Request) -> dict[str, bytes]:
    """All that messages planned by ``request`` consist of, and all editions beside them, by SHA-256."""
    found: dict[str, bytes] = {}
    for material in request.materials.values():
        found |= {record.sha256: material.set.contents[name] for name, record in material.set.records.items()}
        found |= material.objects
    return found


def _languages(rows: Sequence[Row], letters: Mapping[str, LetterRecord]) -> tuple[str, ...]:
    """The sets that go to anybody."""
    return tuple(sorted({letters[row.letter].language for row in rows}))


def _artefacts(request: Request, languages: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The files of the sets in ``languages``, by their names in OUT."""
    for language in languages:
        found = request.materials[language].set
        for record in sorted(found.records.values(), key=lambda each: each.file):
            yield f"{found.slug}/{record.file}", record.sha256


def _notices(plan: Plan, mail: Mail) -> Iterator[str]:
    letters = {each.key: each for each in plan.letters}
    sizes: dict[str, int] = {}
    for row in plan.rows:
        sizes[row.letter] = max(sizes.get(row.letter, 0), row.size)
    for key, size in sorted(sizes.items()):
        if size > mail.warn * MEGABYTE:
            yield f"{key}: {size / MEGABYTE:.1f} MB a message, more than {mail.warn} MB."
        if letters[key].rungs:
            count = sum(row.letter == key for row in plan.rows)
            yield f"{key}: made smaller for {count}, {', '.join(letters[key].rungs)}."


def _hidden(compositions: Mapping[str, Composition]) -> Iterator[str]:
    """Letters whose bodies show no way to leave the list, which bulk senders are asked for beside the header."""
    for key, composed in sorted(compositions.items()):
        if UNSUBSCRIBE not in composed.slots:
            yield f"{key}: the email shows no link to leave the list. Write 'unsubscribe' into the issue's [email]."


# --- One recipient after the other ------------------------------------------------------------


@dataclass(slots=True)
class _Planning:
    """What is known so far: letters by key, and what was found wrong."""

    request: Request
    ways: WaysBack
    letters: dict[str, LetterRecord] = field(default_factory=dict)
    compositions: dict[str, Composition] = field(default_factory=dict)
    addressees: dict[str, Addressee] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    examined: set[str] = field(default_factory=set)

    def row(self, recipient: Recipient) -> Row | None:
        """The message to ``recipient``; None where there is none, the reason noted."""
        try:
            return self._row(recipient)
        except (RouteError, MailError) as error:
            self.problems.append(Problem(recipient.line, str(error).rstrip(".") + "."))
            return None

    def _row(self, recipient: Recipient) -> Row:
        request = self.request
        hash_ = request.identities.recipient(recipient.address)
        delivery = request.identities.delivery(request.issue.id, request.issue.revision, hash_)
        to = self.addressees[hash_] = self.ways.addressee(recipient, hash_, delivery)
        key, size, made = self._fitting(recipient, to)
        return Row(
            recipient=hash_,
            delivery=delivery,
            letter=key,
            segment=recipient.segment or "",
            size=size,
            digest=made,
            withheld=request.suppressed.reason(hash_) or "",
        )

    def _fitting(self, recipient: Recipient, to: Addressee) -> tuple[str, int, str]:
        """The letter for ``recipient`` that is within his limit, by as few rungs as it takes: key, size and digest."""
        house = self.request.mail.refuse
        limit = min(house, recipient.limit if recipient.limit is not None else house) * MEGABYTE
        rungs: tuple[Rung, ...] = ()
        key, outgoing = self._addressed(recipient, to, rungs)
        whole = outgoing.size
        for rung in self.request.mail.ladder:
            if outgoing.size <= limit:
                break
            lower, smaller = self._addressed(recipient, to, (*rungs, rung))
            if smaller.size < outgoing.size:  # a step that changes nothing is not taken
                rungs, key, outgoing = (*rungs, rung), lower, smaller
        if outgoing.size > limit:
            raise MailError(_too_large(whole, limit, self.request.mail.ladder))
        self._examine(key, outgoing, to)
        return key, outgoing.size, digest(outgoing)

    def _addressed(self, recipient: Recipient, to: Addressee, rungs: Sequence[Rung]) -> tuple[str, Outgoing]:
        key = self._letter(recipient, rungs)
        return key, self.compositions[key].addressed(to)

    def _letter(self, recipient: Recipient, rungs: Sequence[Rung]) -> str:
        material, formats = self._destination(recipient)
        key = material.key(formats, rungs)
        if key not in self.letters:
            self.letters[key] = record = material.letter(formats, rungs)
            self.compositions[key] = compose(letter(record, material.objects.__getitem__, self.request.date))
        return key

    def _destination(self, recipient: Recipient) -> tuple[Material, tuple[str, ...]]:
        issue, materials = self.request.issue, self.request.materials
        every = tuple(sorted({name for each in materials.values() for name in each.set.formats}))
        found = destination(issue, recipient, every, tuple(materials))
        if found.language not in materials:
            raise MailError(f"no editions in '{found.language}' are built. Build the issue again: exporter build")
        material = materials[found.language]
        if missing := [each for each in found.formats if each not in material.set.formats]:
            there = ", ".join(material.set.formats) or "none"
            raise MailError(f"'{missing[0]}' is not built in '{found.language}'. There are: {there}")
        return material, found.formats

    def _examine(self, key: str, outgoing: Outgoing, to: Addressee) -> None:
        composed = self.compositions[key].letter
        first = key not in self.examined
        self.examined.add(key)
        (examine if first else examine_head)(outgoing, composed, to)
        for format_, body in _bodies(composed) if first or not is_plain(to) else ():
            if not stays(body, to):
                raise MailError(f"{format_} reads otherwise around the values of this recipient. Report this")


def _bodies(composed: Letter) -> Iterator[tuple[str, Body]]:
    yield TEXT, composed.text
    if composed.html:
        yield HTML, composed.html


def _too_large(size: int, limit: float, ladder: Sequence[Rung]) -> str:
    mend = "Even the last of [mail] ladder is" if ladder else "Set [mail] ladder, or attach fewer formats"
    tail = " too large" if ladder else ""
    return f"the message has {size / MEGABYTE:.1f} MB, over {limit / MEGABYTE:g} MB. {mend}{tail}"
