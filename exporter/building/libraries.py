"""The shared libraries an edition is made with, that no Python package brought along."""

from __future__ import annotations

import sys
from pathlib import Path


def loaded() -> tuple[str, ...]:
    """Those this process has loaded: Pango, HarfBuzz, fontconfig, libc. Packages' own are known by their versions.

    Empty where the system does not tell; Linux does.
    """
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return ()
    mapped = {line.partition("/")[2] for line in lines if " r-xp " in line and "/" in line}
    packaged = tuple(f"{folder.strip('/')}/" for folder in sys.path if folder.endswith("-packages"))
    return tuple(sorted(f"/{path}" for path in mapped if not path.startswith(packaged)))
