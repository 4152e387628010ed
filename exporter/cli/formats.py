"""``exporter formats``."""

from __future__ import annotations

import click

from exporter import registry
from exporter.registry import Installed


@click.command
def command() -> None:
    """List the readers and renderers that are installed, with their versions. Imports none of them."""
    click.echo("Reads")
    for point in registry.installed("readers"):
        click.echo(_line(f".{point.name}", point, "with a witness" if registry.has("witnesses", point.name) else ""))
    click.echo("Writes")
    for point in registry.installed("renderers"):
        click.echo(_line(point.name, point, _judged(point.name)))


def _line(name: str, point: Installed, remark: str) -> str:
    return f"  {name:<12}{point.distribution} {point.version}  {remark}".rstrip()


def _judged(format_: str) -> str:
    if not registry.has("extractors", format_):
        return "cannot be verified: no extractor"
    return "read back and proved" if registry.has("provers", format_) else "read back"
