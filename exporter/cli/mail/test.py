"""``exporter mail test``."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from exporter.cli import options
from exporter.cli.mail import house, plans
from exporter.cli.mail.addresses import AddressType
from exporter.cli.mail.plans import Desk
from exporter.cli.terminal import tame
from exporter.distribution import planfile, trying
from exporter.distribution.planning import Request
from exporter.errors import DeliveryError
from exporter.mail.addresses import Address
from exporter.mail.outgoing import Outgoing
from exporter.mail.recipients import Recipient
from exporter.mail.replies import Reply, meaning
from exporter.mail.transport import Connection, Lost, Refused, Unfit


@click.command
@plans.issue
@click.argument("address", type=AddressType())
@click.option(
    "--to",
    "readers",
    type=options.LocalFile(),
    metavar="FILE",
    help="Recipients; who is among them gets his own message.",
)
@click.option("--formats", metavar="NAME,…", help="Files to attach, or none; as for everybody by default.")
@click.option("--segment", metavar="NAME", help="The segment of a reader in whose place this one is.")
@click.option("--edition", type=options.LanguageTag(), help="Language of the set; the issue's own by default.")
@plans.out
@options.settings_options
def command(
    issue: str,
    address: Address,
    readers: Path | None,
    formats: str | None,
    segment: str | None,
    edition: str | None,
    out: Path | None,
    config: Path | None,
    **wanted: Any,
) -> None:
    """Send one real message of ISSUE to ADDRESS, marked as a test. Nothing is written down of it.

    Whoever is not among the recipients gets a marked sample in the places of his values.
    """
    desk = plans.desk(issue, config, out, **wanted)
    request = _request(desk, readers)
    listed = trying.reader(request, address)
    outgoing = trying.trial(request, _as_asked(listed, formats, segment, edition))
    answer = _sent(desk, outgoing, next(iter(request.materials.values())).head.sender)
    said = f"{answer.code} {answer.enhanced}".strip()
    click.echo(tame(f"accepted ({said}): {outgoing.size} octets, {outgoing.message_id}"))


def _request(desk: Desk, readers: Path | None) -> Request:
    """What a plan would be made of, dated as the plan there is."""
    former = planfile.load(desk.state.plan)
    request = desk.request(readers)
    if former and (former.issue, former.revision) == (request.issue.id, request.issue.revision):
        return replace(request, date=former.date)
    return request


def _as_asked(found: Recipient, formats: str | None, segment: str | None, edition: str | None) -> Recipient:
    names = None if formats is None else tuple(each for each in options.split(formats) if each != "none")
    return replace(
        found,
        formats=found.formats if names is None else names,
        segment=segment or found.segment,
        language=edition or found.language,
    )


def _sent(desk: Desk, outgoing: Outgoing, sender: str) -> Reply:
    """The reply to ``outgoing``, signed where messages are; raises DeliveryError where the server does not take it."""
    signer = house.signer(desk.settings, sender)
    try:
        connection = Connection(house.server(desk.settings))
        try:
            answer = connection.send(signer.signed(outgoing) if signer else outgoing, lambda: None)
        finally:
            with suppress(Exception):
                connection.close()
    except Refused as error:
        raise DeliveryError(_refusal(error.phase, error.reply)) from None
    except Lost as error:
        raise DeliveryError(f"{desk.settings.mail.host}: {error.reason} ({error.phase}). Try again.") from None
    except Unfit as error:
        raise DeliveryError(f"The message cannot be sent: {error}.") from None
    if meaning("dot", answer) != "accepted":
        raise DeliveryError(_refusal("dot", answer))
    return answer


def _refusal(phase: str, answer: Reply) -> str:
    """What the server said, without its words: they may hold the address."""
    code = f"{answer.code} {answer.enhanced}".strip()
    return f"The server refuses it ({code}, at '{phase}'). Look that up in its log."
