"""The font library, built at its first use while the user watches."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import click

from exporter import registry


def library_for(formats: Iterable[str], *, quiet: bool = False) -> Path | None:
    """The folder of the font library where one of ``formats``, or its cover, is drawn; raises ToolError.

    Unless ``quiet``, the user is told when it is built.
    """
    if not any(registry.has("provers", format_) or format_ == "epub" for format_ in formats):
        return None
    from exporter import fonts

    return fonts.library(progress=_silence if quiet else _announce)


def _announce(done: int, total: int, _family: str) -> None:
    if done == 1:
        click.echo(f"Building the font library, once: {total} faces.", err=True)


def _silence(_done: int, _total: int, _family: str) -> None:
    """Say nothing."""
