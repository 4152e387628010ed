"""The command line at hand, to be given again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click
from click.core import ParameterSource


def again(ctx: click.Context, *arguments: str) -> tuple[str, ...]:
    """The words of the command of ``ctx`` with ``arguments`` in place of its own, and every option it was given."""
    named = ctx.command_path.split(" ")
    options = (param for param in ctx.command.params if isinstance(param, click.Option))
    given = (param for param in options if _is_given(param, ctx))
    return (*("exporter", *named[1:]), *arguments, *(word for param in given for word in _words(param, ctx)))


def _is_given(option: click.Option, ctx: click.Context) -> bool:
    return option.name is not None and ctx.get_parameter_source(option.name) is ParameterSource.COMMANDLINE


def _words(option: click.Option, ctx: click.Context) -> Iterator[str]:
    """``option`` as it may be written."""
    value = ctx.params.get(option.name or "")
    if option.is_flag:
        yield (option.opts if value or not option.secondary_opts else option.secondary_opts)[0]
        return
    for each in value if isinstance(value, Iterable) and not isinstance(value, str) else (value,):
        yield from (option.opts[0], str(each))
