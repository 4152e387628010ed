"""``exporter templates``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from exporter import durable, overrides
from exporter.cli import documents, options
from exporter.cli.terminal import tame
from exporter.errors import SettingsError
from exporter.folders import file_in
from exporter.nearness import meant
from exporter.overrides import Template
from exporter.settings import Settings

_FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group
def command() -> None:
    """The templates that shape editions: which there are, and copies to change."""


@command.command("list")
@options.config
@options.as_json
@options.debug
def listed(config: Path | None, as_json: bool) -> None:
    """List every built-in template, what it shapes, and what the house has in its place."""
    chosen = options.resolve((), config)
    folder = chosen.theme.templates
    found = overrides.templates(folder)
    more = overrides.additions(folder) if folder and folder.is_dir() else ()
    if as_json:
        documents.echo(documents.of_templates(found, folder, more))
        return
    for line in (*_head(chosen), *_lines(found), *_more(more)):
        click.echo(tame(line))


@command.command("copy")
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@click.option("--to", type=_FOLDER, metavar="FOLDER", help="Where to; the folder of [theme] templates by default.")
@click.option("--force", is_flag=True, help="Write over a file that is there.")
@options.config
@options.debug
def copied(names: tuple[str, ...], to: Path | None, force: bool, config: Path | None) -> None:
    """Copy built-in templates, to be changed. Refuses to overwrite."""
    chosen = options.resolve((), config)
    folder = to or chosen.theme.templates
    if folder is None:
        raise click.UsageError("No folder to copy to: [theme] templates names none. Name one with --to.")
    contents = {name: overrides.content(name) for name in names}
    _refuse_what_is_there(folder, () if force else names)
    for name, content in contents.items():
        known = overrides.record(folder)
        _write(folder / name, content, over=force)
        durable.write(folder / overrides.RECORD, overrides.recorded(known, name))
        click.echo(tame(f"{_shown(folder / name)} is written, as exporter {_version(folder, name)} has it."))
    click.echo(tame(_next(folder, chosen)))


@command.command("merged")
@click.argument("names", metavar="NAME…", nargs=-1, required=True)
@options.config
@options.debug
def merged(names: tuple[str, ...], config: Path | None) -> None:
    """Record that the house's copies have what is new in the built-in templates."""
    folder = options.resolve((), config).theme.templates
    if folder is None:
        raise click.UsageError("[theme] templates names no folder, so there are no copies.")
    for name in names:
        overrides.content(name)
        if file_in(folder, name) is None:
            raise click.UsageError(f"{_shown(folder)} has no {name}. Copy it: exporter templates copy {name}.")
        durable.write(folder / overrides.RECORD, overrides.recorded(overrides.record(folder), name))
        click.echo(tame(f"{_shown(folder / name)} is recorded as up to date with exporter {_version(folder, name)}."))


def _refuse_what_is_there(folder: Path, names: Iterable[str]) -> None:
    there = [_shown(folder / name) for name in names if (folder / name).exists() or (folder / name).is_symlink()]
    if there:
        verb = "exists and is" if len(there) == 1 else "exist and are"
        raise click.ClickException(f"{', '.join(there)} {verb} left as before. Use --force to write over.")


def _write(path: Path, content: bytes, *, over: bool) -> None:
    """Write a copy; raises FileExistsError where somebody was quicker."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not over:
        path.touch(exist_ok=False)
    durable.write(path, content)


def _version(folder: Path, name: str) -> str:
    return overrides.record(folder)[name].version


def _next(folder: Path, chosen: Settings) -> str:
    """What to do now."""
    own = chosen.theme.templates
    if own is not None and own.resolve() == folder.resolve():
        return "Next: change it and build; editions are verified as before. exporter templates list tells what changed."
    return f'Next: write templates = "{_shown(folder)}" under [theme] in exporter.toml, change the copy, and build.'


# --- Telling ----------------------------------------------------------------------------------


def _head(chosen: Settings) -> Iterator[str]:
    folder = chosen.theme.templates
    if folder is None:
        yield "Built-in templates; no folder of the house's own ([theme] templates) is named."
    elif not folder.is_dir():
        raise SettingsError(f"{chosen.file}: [theme] templates: no folder {folder}. Make it, or name another.")
    else:
        yield f"Built-in templates, and those of {_shown(folder)} over them:"


def _lines(found: Iterable[Template]) -> Iterator[str]:
    """A line a template; of labels, only those a house has, and how many more there are."""
    labels = 0
    for template in found:
        if template.name.startswith("labels/") and template.own is None:
            labels += 1
            continue
        yield f"  {template.name:<32}{template.shapes}"
        yield from (f"      {remark}" for remark in _remarks(template))
    yield f"  {'labels/LANGUAGE.toml':<32}the words editions add: Notes, By, Contents ({labels} languages)"


def _remarks(template: Template) -> Iterator[str]:
    """What is to be said of the house's own file in the place of ``template``."""
    own, version = _shown(template.own or Path()), template.copied.version if template.copied else ""
    match template.state:
        case "built-in":
            return
        case "same":
            yield f"{own}: the same as the built-in one, which it hides; remove it unless you mean to change it"
        case "changed":
            yield f"{own}: changed by the house, copied from exporter {version}"
        case "unknown":
            yield f"{own}: the house's own; what it was copied from is not recorded"
        case "outdated":
            yield f"{own}: the built-in one has changed since it was copied from exporter {version}."
            yield f"See what is new: exporter templates copy {template.name} --to ANOTHER-FOLDER. Put it into yours,"
            yield f"and say so: exporter templates merged {template.name}"


def _more(more: Iterable[Template]) -> Iterator[str]:
    """A line on each file of the house that stands in place of no built-in one."""
    for template in more:
        hint = meant(template.name, overrides.names())
        yield f"  {template.name:<32}{template.shapes or f'no template has this name; one may include it.{hint}'}"


def _shown(path: Path) -> str:
    """``path`` as somebody here would write it: from the working directory where it is below."""
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()
