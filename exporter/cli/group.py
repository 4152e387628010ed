"""The command group: finds a command's module by its name, and turns errors into one line and a status."""

from __future__ import annotations

import importlib
import io
import sys
from collections.abc import Mapping
from typing import Any, Final, cast

import click

from exporter.cli import interruption
from exporter.cli.exits import FAILED, INTERRUPTED, status_of
from exporter.cli.terminal import tame
from exporter.errors import ExporterError

COMMANDS: Final[Mapping[str, str]] = {
    "build": "Make editions of articles, verified.",
    "verify": "Hold finished editions to their article.",
    "check": "Hold finished editions to the standards of their formats.",
    "show": "Show an article as it was understood.",
    "formats": "List the formats that are installed.",
    "doctor": "Examine this machine and say what mends it.",
    "new": "Write a commented sample article.",
    "issue": "Begin a newsletter issue, look one over, leave an article out.",
    "waive": "Let a finding pass in an issue.",
    "approve": "Approve an issue as it is built, byte for byte.",
    "status": "Tell how an issue stands, and what changed since it was approved.",
    "mail": "Send a built issue to its recipients, and see what became of it.",
    "templates": "List the templates that shape editions, and copy one to change it.",
}
"""The commands, in the order help lists them. The module of each bears its name."""

DEBUG: Final = "exporter.debug"
"""Where the root context keeps whether tracebacks are wanted."""


class LazyGroup(click.Group):
    """Imports a command when it is called, so that the quick ones stay quick.

    ``modules`` are what commands do by their names, in the order help lists them; the module of each bears its name in
    ``package``.
    """

    def __init__(self, *args: Any, modules: Mapping[str, str], package: str, **extra: Any) -> None:
        super().__init__(*args, **extra)
        self._modules = modules
        self._package = package

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names of all commands."""
        return list(self._modules)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """The command of that name, None where there is none."""
        if cmd_name not in self._modules:
            return None
        module = importlib.import_module(f"{self._package}.{cmd_name}")
        return cast(click.Command, module.command)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl(list(self._modules.items()))


class RootGroup(LazyGroup):
    """Ends every command: an error is one line on stderr."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context; wrong usage of the options before the command is one line."""
        try:
            return super().make_context(info_name, args, parent, **extra)
        except click.UsageError as error:
            _tell(error)
            raise click.exceptions.Exit(error.exit_code) from error

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; an error is one line on stderr, a traceback only with --debug."""
        _speak_any_script()
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            click.echo(interruption.sentence(), err=True)
            ctx.exit(INTERRUPTED)
        except ExporterError as error:
            _raise_for_debugging(ctx, error)
            click.echo(tame(f"exporter: {error}"), err=True)
            ctx.exit(status_of(error))
        except click.ClickException as error:
            _tell(error)
            ctx.exit(error.exit_code)
        except (click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except OSError as error:
            _raise_for_debugging(ctx, error)
            where = f"{error.filename}: " if error.filename else ""
            click.echo(tame(f"exporter: {where}{error.strerror or error}. Mend that and run again."), err=True)
            ctx.exit(FAILED)
        except Exception as error:
            _raise_for_debugging(ctx, error)
            reason = " ".join(str(error).split())
            click.echo(f"exporter: {type(error).__name__}: {reason}. Run again with --debug and report it.", err=True)
            ctx.exit(FAILED)


def _tell(error: click.ClickException) -> None:
    """What was wrong in one line, and where to read on; the command alone shows the help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return
    context = error.ctx if isinstance(error, click.UsageError) else None
    further = f" See: {context.command_path} --help" if context else ""
    message = " ".join(error.format_message().split()).rstrip(".")
    click.echo(tame(f"exporter: {message}{'' if message.endswith('?') else '.'}{further}"), err=True)


def _speak_any_script() -> None:
    """Where the terminal's encoding lacks a character, write its escape rather than fail."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _raise_for_debugging(ctx: click.Context, error: Exception) -> None:
    if ctx.meta.get(DEBUG):
        raise error


def keep_debug(ctx: click.Context, _parameter: click.Parameter, wanted: bool) -> bool:
    """Remember in ``ctx`` that tracebacks are wanted."""
    ctx.meta[DEBUG] = wanted or ctx.meta.get(DEBUG, False)
    return wanted


@click.group(
    cls=RootGroup, modules=COMMANDS, package="exporter.cli", context_settings={"help_option_names": ["-h", "--help"]}
)
@click.version_option(package_name="article-exporter", prog_name="exporter")
@click.option(
    "--debug", is_flag=True, envvar="EXPORTER_DEBUG", callback=keep_debug, expose_value=False, help="Show tracebacks."
)
def main() -> None:
    """One article in; PDF, DOCX, EPUB and plain text out, each proved to say what the source says."""
