"""The programs of this machine that editions are made with."""

from __future__ import annotations

import os
from typing import Final

from exporter.judges.judge import Tools

_NEEDED: Final = ("PATH", "HOME", "TMPDIR", "LANG", "LC_ALL")


def tools() -> Tools:
    """Those of PATH, with as little of the environment as a program needs: it goes along to other machines."""
    return Tools({name: os.environ[name] for name in _NEEDED if name in os.environ})
