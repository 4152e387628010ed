"""``exporter doctor``."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import click

from exporter import doctor
from exporter.cli.exits import GOOD, TOOL_MISSING
from exporter.doctor import Finding

_OS_RELEASE = Path("/etc/os-release")


@click.command
@click.pass_context
def command(ctx: click.Context) -> None:
    """Examine this machine: what editions need, what is missing, and the exact command that mends it.

    The exit status is 69 where something required is missing.
    """
    release = _OS_RELEASE.read_text(encoding="utf-8") if _OS_RELEASE.is_file() else ""
    findings = list(doctor.examine(doctor.system(sys.platform, release), os.environ.get("PATH", "")))
    for finding in findings:
        for line in lines(finding):
            click.echo(line)
    ctx.exit(GOOD if all(finding.ok or not finding.required for finding in findings) else TOOL_MISSING)


def lines(finding: Finding) -> list[str]:
    """One line on what was found, and one that mends what was not."""
    verdict = "ok" if finding.ok else "MISSING" if finding.required else "missing, optional"
    first = f"{finding.name}: {verdict} ({finding.detail})"
    return [first] if finding.ok else [first, f"  Run: {finding.mend}"]
