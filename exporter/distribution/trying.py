"""One message to look at in a mailbox of one's own: what a reader gets, to the byte, but for what marks it as a test.

The mark is a word before the subject, a field of its own, and another Message-ID: with the real one, the real message
would pass for a double of it. Nobody else's name, values or address to leave by go along.
"""

from __future__ import annotations

from dataclasses import replace

from exporter.distribution.mailing import letter, ways_back
from exporter.distribution.planning import Request, plan
from exporter.mail.addresses import Address
from exporter.mail.errors import MailError, RecipientsError
from exporter.mail.examination import examine
from exporter.mail.letters import compose
from exporter.mail.outgoing import Outgoing
from exporter.mail.recipients import Recipient, Recipients
from exporter.slots import FIELD, NAME, SAMPLES, Slot, cut


def reader(request: Request, address: Address) -> Recipient:
    """Whom ``request`` has at ``address``; else a marked sample, with one of each field the bodies have a place for."""
    for each in request.recipients.entries:
        if each.address.normalised == address.normalised:
            return each
    fields = {name.removeprefix(FIELD) for name in _slots(request) if name.startswith(FIELD)}
    samples = {key: f"\u27e6{key}\u27e7" for key in sorted(fields)}
    return Recipient(address=address, line=0, name=SAMPLES[NAME], fields=samples)


def _slots(request: Request) -> set[str]:
    bodies = [
        content.decode("utf-8")
        for material in request.materials.values()
        for format_, content in material.set.contents.items()
        if format_ not in material.set.formats
    ]
    return {each.name for body in bodies for each in cut(body) if isinstance(each, Slot)}


def trial(request: Request, recipient: Recipient) -> Outgoing:
    """The message ``recipient`` would get of ``request``, marked; raises MailError for what stands against it."""
    alone = replace(request, recipients=Recipients(request.recipients.file, (recipient,)))
    try:
        made = plan(alone).plan
    except RecipientsError as error:
        raise MailError(error.problems[0].message[:1].upper() + error.problems[0].message[1:]) from error
    record = made.letters[0]
    objects = alone.materials[record.language].objects
    composed = compose(letter(record, objects.__getitem__, made.date, trial=True))
    row = made.rows[0]
    delivery = request.identities.trial(made.issue, made.revision, row.recipient)
    to = ways_back(made.unsubscribe, made.bounces).addressee(recipient, row.recipient, delivery)
    outgoing = composed.addressed(to)
    examine(outgoing, composed.letter, to)
    return outgoing
