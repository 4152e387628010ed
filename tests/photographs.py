"""Forty photographs of twelve megapixels in one article, in every format: how large, how long. ``make photographs``."""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.test_images import photograph

COUNT = 40
LIMIT = 5_000_000
"""Bytes the PDF may have."""


def main() -> int:
    """0 where the editions are verified and the PDF is small enough."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        for number in range(COUNT):
            photograph(4000, 3000, number).save(folder / f"{number}.jpg", quality=92)
        figures = "\n\n".join(f"![Photograph {number}]({number}.jpg)\n\nWords below it." for number in range(COUNT))
        (folder / "a.md").write_text(f"---\ntitle: A\nlanguage: en\n---\n\n{figures}\n", encoding="utf-8")
        began = time.monotonic()
        command = [sys.executable, "-m", "exporter", "build", "a.md"]
        built = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
        took = time.monotonic() - began
        sizes = {file.suffix: file.stat().st_size for file in sorted((folder / "dist" / "a").glob("a.*"))}
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    print(f"{built.stderr[-200:]}{COUNT} photographs: {took:.0f} s, {memory} MB of memory, bytes: {sizes}")
    return int(built.returncode != 0 or sizes.get(".pdf", LIMIT) >= LIMIT)


if __name__ == "__main__":
    sys.exit(main())
