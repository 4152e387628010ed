"""Measures issues by how many articles they hold: seconds, processor seconds, memory, each edition verified.

    python -m scripts.issues [50 250 1000]

The articles are those of the benchmark, some 400 words each. An issue of forty is built a second time after one of its
articles was changed. Nothing else should be at work meanwhile.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from scripts.bench.articles import write
from scripts.bench.measuring import Run, run

EXPORTER = Path(sys.executable).parent / "exporter"
FORMATS = ("txt", "epub", "docx", "pdf", "email.html", "email.txt")
HEAD = 'id = "7"\ntitle = "Many"\nnumber = 7\ndate = 2026-11-30\nlanguage = "en"\n'
BODY = '[[section]]\ntitle = "All"\narticles = ["../articles/*.md"]\n[email]\nsubject = "Many"\ncontent = "summaries"\n'


def main() -> None:
    """Print a line for each number of articles."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("numbers", nargs="*", type=int, default=[50, 250, 1000])
    wanted = parser.parse_args()
    print("articles  text, MB  seconds  processor  memory, MB  editions")
    for number in wanted.numbers:
        with TemporaryDirectory() as folder:
            issue(Path(folder), number)
            told(number, Path(folder), build(Path(folder)))
    with TemporaryDirectory() as folder:
        changed(Path(folder))


def issue(folder: Path, number: int) -> None:
    """An issue of ``number`` articles."""
    write(folder / "articles", number)
    (folder / "issues").mkdir()
    (folder / "issues" / "7.toml").write_text(HEAD + BODY, encoding="utf-8")


def build(folder: Path) -> Run:
    """Build it in one process."""
    path, out = folder / "issues" / "7.toml", folder / "dist"
    return run([EXPORTER, "build", path, "--out", out, "--jobs", "0"])


def told(number: int, folder: Path, taken: Run) -> None:
    """Print what an issue took."""
    text = sum(path.stat().st_size for path in (folder / "articles").iterdir()) / 1e6
    made = len(list((folder / "dist" / "issue-7").iterdir())) - 1
    print(f"{number:8}  {text:8.2f}  {taken.wall:7.1f}  {taken.processor:9.1f}  {taken.memory / 1e6:10.0f}  {made:8}")


def changed(folder: Path) -> None:
    """Print what forty articles take a second time, one of them changed."""
    issue(folder, 40)
    build(folder)
    path = next((folder / "articles").iterdir())
    path.write_text(path.read_text(encoding="utf-8") + "\nOne sentence more.\n", encoding="utf-8")
    taken = build(folder)
    print(f"one article of forty changed: {taken.wall:.1f} s, {taken.processor:.1f} s of processor")


if __name__ == "__main__":
    main()
