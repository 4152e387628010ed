"""What the commands share that plan: the issue, its readers, the house, and the moment."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from exporter.cli import naming, options
from exporter.cli.mail import house
from exporter.distribution import planfile
from exporter.distribution.archive import Archive
from exporter.distribution.house import House
from exporter.distribution.state import State
from exporter.distribution.stock import Stock
from exporter.errors import SettingsError
from exporter.mail import suppression
from exporter.settings import Settings

if TYPE_CHECKING:
    from exporter.distribution.planning import Planned, Request

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

issue = click.argument("issue")

readers = click.option(
    "--to",
    "readers",
    required=True,
    type=options.LocalFile(),
    metavar="FILE",
    help="Who gets it: recipients, as CSV or TOML.",
)

out = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="EXPORTER_OUT",
    metavar="FOLDER",
    help="Folder the editions were built into; dist by default.",
)


@dataclass(frozen=True, slots=True)
class Desk:
    """An issue to be planned: its file's ``state``, its ``settings``, OUT, and the moment, to the second."""

    state: State
    settings: Settings
    out: Path
    now: datetime

    @property
    def archive(self) -> Archive:
        """What was sent."""
        return Archive(self.state.archive)

    @property
    def max_age(self) -> timedelta:
        """How old a plan may be."""
        return timedelta(hours=self.settings.mail.max_age)

    @property
    def house(self) -> House:
        """What does not depend on the issue; raises SecretError, and MailError for a suppression list that is none."""
        identities = house.identities(self.settings)
        left = suppression.load(house.suppression(self.settings, self.state.file.parent), identities)
        return House(settings=self.settings, identities=identities, suppressed=left, out=self.out)

    @property
    def stock(self) -> Stock:
        """What messages are made from that were planned."""
        return Stock(self.state.stock, self.out)

    def request(self, readers: Path | None) -> Request:
        """What is to be planned to ``readers``, to nobody without one."""
        from exporter.distribution import preparing  # it reads articles: who sends what is planned does not

        return preparing.request(self.state.file, readers, self.house, self.now)

    def planned(self, request: Request) -> Planned:
        """The plan, with the date it had before where it is the same."""
        from exporter.distribution.settling import settled

        sent = self.archive.plan(request.issue.id, request.issue.revision)
        return settled(request, planfile.load(self.state.plan), sent, self.max_age)


def desk(name: str, config: Path | None, out: Path | None, **wanted: Any) -> Desk:
    """The issue ``name``, as the command line, the environment and the settings say; raises SettingsError."""
    file = naming.issue(name)
    chosen = options.resolve((file,), config, out=out, **wanted)
    if not isinstance(chosen.defaults.out, Path):
        raise SettingsError(
            f"{chosen.defaults.out}: mail is sent from a folder. Copy the editions, and name it with --out."
        )
    now = options.source_date() or datetime.now(UTC).replace(microsecond=0)
    return Desk(State(file), chosen, chosen.defaults.out, now)
