"""The command ``exporter``: one module a command, each imported when it is called.

A command parses its arguments, calls what lies below, prints, and takes its exit status from the
result. ``docs/cli.md`` is the contract scripts rely on.
"""

from exporter.cli.group import main

__all__ = ["main"]
