"""Exit statuses, the same in every release; ``docs/cli.md`` lists them."""

from __future__ import annotations

from typing import Final

from exporter.errors import ExporterError, FormatError, LockedError, SettingsError, ToolError

GOOD: Final = 0
FAILED: Final = 1
"""Something failed or is not verified."""
USAGE: Final = 2
"""The command, an option or a setting is wrong; nothing was done."""
TOOL_MISSING: Final = 69
"""This machine lacks something required (EX_UNAVAILABLE of sysexits.h)."""
LOCKED: Final = 75
"""Another build is at work in the same folder; try again (EX_TEMPFAIL)."""
INTERRUPTED: Final = 130
"""Ended by Ctrl-C (128 + SIGINT)."""


def status_of(error: ExporterError) -> int:
    """The exit status that ``error`` ends a command with."""
    match error:
        case ToolError():
            return TOOL_MISSING
        case LockedError():
            return LOCKED
        case SettingsError() | FormatError():
            return USAGE
        case _:
            return FAILED
