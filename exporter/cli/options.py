"""Options several commands share, and the settings they add up to.

Command line over ``EXPORTER_*`` over ``exporter.toml`` over default: click gives the first two,
None where neither speaks.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from exporter import settingsfile, toml
from exporter.cli.group import keep_debug
from exporter.errors import SettingsError
from exporter.settings import MISSING_IMAGES, UNFIT_CHARACTERS, Settings
from exporter.stores import Place, Url, place
from exporter.themes import PAGES

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

_EXISTING_FILE: Final = click.Path(exists=True, dir_okay=False, path_type=Path)


class LanguageTag(click.ParamType[str]):
    """A language tag, BCP 47."""

    name = "tag"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The tag as RFC 5646 writes it."""
        from exporter.readers.languages import language_tag

        try:
            return language_tag(value)
        except ValueError as error:
            self.fail(f"{error}.", param, ctx)


class Selectors(click.ParamType[str]):
    """A list of CSS selectors."""

    name = "css"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The selectors as written, found to be some."""
        from exporter.readers.html.selection import compiled

        try:
            compiled(value)
        except ValueError as error:
            self.fail(f"{error}. Write one like 'article' or '.entry-content'.", param, ctx)
        return value


class PlaceType(click.ParamType[Place]):
    """A path, judged by ``paths``, or an address in a store."""

    name = "place"

    def __init__(self, **paths: Any) -> None:
        self._path: click.Path = click.Path(path_type=Path, **paths)

    def convert(self, value: str | Place, param: click.Parameter | None, ctx: click.Context | None) -> Place:
        """The place; an empty name, which a script's unset variable leaves, is not the working directory."""
        if not str(value):
            self.fail("It is empty. Name a folder.", param, ctx)
        named = place(value) if isinstance(value, str) else value
        return Path(os.fsdecode(self._path.convert(named, param, ctx))) if isinstance(named, Path) else named


class LocalFile(click.Path):
    """A file on this machine."""

    def __init__(self) -> None:
        super().__init__(exists=True, dir_okay=False, path_type=Path)

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """The file; what lies in a store is refused for what it is, not for want of a file of that name."""
        if isinstance(value, str) and isinstance(place(value), Url):
            self.fail(f"'{value}' lies in a store. Copy it here: build alone reads from stores.", param, ctx)
        return super().convert(value, param, ctx)


def settings_options(command: Decorated) -> Decorated:
    """The options of every command that reads an article, ``--config`` to ``--debug``."""
    for decorate in (debug, _unfit_characters, _missing_images, _select, _smart, _language, _profile, config):
        command = decorate(command)
    return command


config = click.option(
    "--config",
    type=_EXISTING_FILE,
    envvar="EXPORTER_CONFIG",
    help="Settings file, in place of the nearest exporter.toml.",
)
_profile = click.option(
    "--profile",
    envvar="EXPORTER_PROFILE",
    metavar="NAME",
    help="Partner the editions are for: [profile.NAME] in exporter.toml says what they have otherwise.",
)
_language = click.option(
    "--language", type=LanguageTag(), envvar="EXPORTER_LANGUAGE", help="Language of articles that name none (BCP 47)."
)
_smart = click.option(
    "--smart/--no-smart",
    default=None,
    envvar="EXPORTER_SMART",
    help="Set typographic quotation marks and dashes in Markdown; else they stand as written.",
)
_select = click.option(
    "--select",
    type=Selectors(),
    envvar="EXPORTER_SELECT",
    help="What of a page of HTML is the article, as CSS selectors; by default its one article, else main, else body.",
)
_missing_images = click.option(
    "--missing-images",
    type=click.Choice(MISSING_IMAGES),
    envvar="EXPORTER_MISSING_IMAGES",
    help="What becomes of pictures that cannot be loaded: the article is refused (error, the default), "
    "or their words stand instead (placeholder).",
)
_unfit_characters = click.option(
    "--unfit-characters",
    type=click.Choice(UNFIT_CHARACTERS),
    envvar="EXPORTER_UNFIT_CHARACTERS",
    help="What becomes of characters no edition can carry: the article is refused (error, the default), "
    "or U+FFFD stands for each, recorded (replace).",
)
theme = click.option(
    "--theme",
    envvar="EXPORTER_THEME",
    metavar="NAME",
    help="How editions look: default, report, plain or your own.",
)
page = click.option(
    "--page", type=click.Choice(PAGES), envvar="EXPORTER_PAGE", help="Size of pages; the theme's own by default."
)
editions = click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    envvar="EXPORTER_OUT",
    metavar="FOLDER",
    help="Folder the editions were built into; dist by default.",
)
debug = click.option("--debug", is_flag=True, callback=keep_debug, expose_value=False, help="Show tracebacks.")

as_json = click.option("--json", "as_json", is_flag=True, help="Print one JSON document and nothing else.")


def resolve(
    paths: Iterable[Place],
    config: Path | None,
    *,
    profile: str | None = None,
    to: str | None = None,
    accept_losses: str | None = None,
    **said: Any,
) -> Settings:
    """The settings for ``paths``: ``config``, or the nearest file from the first path upward, then from here.

    A store is not searched for them.
    Over them goes what ``profile`` has otherwise, and over that what the command line and the environment have
    ``said``, by the names of ``Settings.with_defaults``; lists have commas there.
    """
    first = next((each for each in paths if isinstance(each, Path)), Path())
    folders = (first if first.is_dir() else first.parent, Path())
    file = config or settingsfile.find(folders)
    found = _with_selectors(_with_language_tag(settingsfile.load(file))) if file else Settings()
    partners = found.for_partner(profile) if profile else found
    chosen = partners.with_defaults(to=_split(to), accept_losses=_split(accept_losses), **said)
    return _apart(chosen, named=bool(said.get("out")))


def folder(chosen: Settings) -> Path:
    """Where editions lie, on this machine; raises SettingsError where that is a store."""
    if isinstance(chosen.defaults.out, Path):
        return chosen.defaults.out
    raise SettingsError(f"{chosen.defaults.out}: nothing is approved in a store. Copy it, and name that with --out.")


def _apart(chosen: Settings, *, named: bool) -> Settings:
    """``chosen``; a partner's editions in a folder of their own, so that they replace none of the house's."""
    profile = chosen.profile
    if profile is None or (profile.out and not named):
        return chosen
    return chosen.with_defaults(out=chosen.defaults.out / profile.name)


def _with_language_tag(found: Settings) -> Settings:
    """``found`` with its language as RFC 5646 writes it; raises SettingsError where it is no tag."""
    written = found.defaults.language
    if written is None:
        return found
    from exporter.readers.languages import language_tag

    try:
        return found.with_defaults(language=language_tag(written))
    except ValueError as error:
        line = toml.line_of(found.file.read_bytes(), "defaults", "language") if found.file else 0
        raise SettingsError(f"{found.file}:{line}: language: {error}.") from error


def _with_selectors(found: Settings) -> Settings:
    """``found``; raises SettingsError where what it selects is no CSS."""
    if not found.defaults.select:
        return found
    from exporter.readers.html.selection import compiled

    try:
        compiled(found.defaults.select)
    except ValueError as error:
        line = toml.line_of(found.file.read_bytes(), "defaults", "select") if found.file else 0
        raise SettingsError(f"{found.file}:{line}: select: {error}.") from error
    return found


def _split(names: str | None) -> tuple[str, ...] | None:
    return None if names is None else split(names)


def split(names: str) -> tuple[str, ...]:
    """The names in a list with commas."""
    return tuple(name for each in names.split(",") if (name := each.strip()))


def source_date() -> datetime | None:
    """SOURCE_DATE_EPOCH, where it is set (https://reproducible-builds.org/specs/source-date-epoch/).

    Raises SettingsError where it is no number of seconds a zip file can date itself by.
    """
    written = os.environ.get("SOURCE_DATE_EPOCH")
    if not written:
        return None
    if not written.isascii() or not written.isdigit() or not _FIRST <= int(written) <= _LAST:
        raise SettingsError(
            f"SOURCE_DATE_EPOCH is '{written}', not a number of seconds between {_FIRST} (1980) and {_LAST} (2107)."
        )
    return datetime.fromtimestamp(int(written), UTC)


_FIRST: Final = 315532800
_LAST: Final = 4354819199
