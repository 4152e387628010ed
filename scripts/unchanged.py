"""Measures a build that finds nothing to do: seconds, processor seconds, modules imported, by number of articles.

    python scripts/unchanged.py [--to txt,html] [1 100 1000]

Articles are made, built once, and built again until the least time is known. The time of the processor is what to
compare: other programs do not change it much.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

PROGRAM = """import atexit, sys
atexit.register(lambda: print(len(sys.modules), *sorted({"weasyprint", "docx"} & set(sys.modules)), file=sys.stderr))
from exporter.cli import main
main(prog_name="exporter")
"""
BODY = "Some words of an article, and a few more of them, that nobody has to read.\n\n" * 6


def main() -> None:
    """Print a line for each number of articles."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("numbers", nargs="*", type=int, default=[1, 100, 1000])
    parser.add_argument("--to", default="txt,html")
    parser.add_argument("--times", type=int, default=7)
    wanted = parser.parse_args()
    print("articles  seconds  processor  modules")
    for number in wanted.numbers:
        with TemporaryDirectory() as folder:
            measured = measure(Path(folder), number, wanted.to, wanted.times)
            print(f"{number:8}  {measured[0]:7.3f}  {measured[1]:9.3f}  {measured[2]}", flush=True)


def measure(folder: Path, number: int, formats: str, times: int) -> tuple[float, float, str]:
    """The least seconds and processor seconds of an unchanged build, and what it imported."""
    (folder / "source").mkdir()
    for each in range(number):
        head = f"---\ntitle: Article {each}\nlanguage: en\nauthor: Ana Pérez\n---\n\n"
        (folder / "source" / f"article-{each:04}.md").write_text(head + BODY, encoding="utf-8")
    build(folder, formats)
    measured = [build(folder, formats) for _ in range(times)]
    return min(each[0] for each in measured), min(each[1] for each in measured), measured[-1][2]


def build(folder: Path, formats: str) -> tuple[float, float, str]:
    """Seconds and processor seconds of one build, and its last line on stderr."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    command = [sys.executable, "-c", PROGRAM, "build", "source", "--to", formats]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, used, done.stderr.splitlines()[-1]


if __name__ == "__main__":
    main()
