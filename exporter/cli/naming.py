"""Issues as people name them: by their files, or by the names of these."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from exporter.loading import lookup
from exporter.nearness import meant

FOLDER: Final = Path("source", "issues")
"""Where issues are looked for."""


def file_of(name: str) -> Path | None:
    """The file of the issue of that ``name``, where issues are looked for; None where there is none."""
    places = (FOLDER / name, FOLDER / f"{name}.toml", Path("issues", f"{name}.toml"))
    return next((place for place in places if place.is_file()), None)


def issue(name: str) -> Path:
    """The file of the issue ``name``; raises ClickException where there is none."""
    given = Path(name)
    if given.is_file() and not lookup.is_issue(given):
        raise click.ClickException(f"{name} is no issue: an issue is a file that ends in .toml. Name one.")
    found = given if given.is_file() else file_of(name)
    if found is None:
        known = sorted(each.stem for each in FOLDER.glob("*.toml"))
        others = meant(name, known) or (f" There are: {', '.join(known)}." if known else "")
        raise click.ClickException(
            f"No issue '{name}', as a file or in {FOLDER}.{others} Begin one: exporter issue new"
        )
    return found
