"""Builds killed at any moment leave files and manifest in agreement.

KILLS=50 asks for so many, with PDF among the formats; without it a few are made, of the quick formats.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from exporter.building import manifest, production, publishing
from exporter.building.production import Plan
from exporter.edition import Edition
from exporter.loading import loader
from exporter.settings import Settings

KILLS = int(os.environ.get("KILLS", "8"))
FORMATS = "docx,epub,pdf,txt" if "KILLS" in os.environ else "html,txt"

BUILD_FOR_EVER = f"""
from itertools import cycle
from pathlib import Path
from exporter.cli import main
for turn, source in enumerate(cycle(("one", "two"))):
    main(["build", source, "--to", "{FORMATS}"], standalone_mode=False)
    if turn == 0:
        Path("ready").touch()
"""


def write_sources(folder: Path) -> None:
    """Three articles twice: the same slugs, other words."""
    for version in ("one", "two"):
        (folder / version).mkdir()
        for slug in ("a", "b", "c"):
            text = f"---\ntitle: {version} {slug}\nlanguage: en\n---\n\n" + f"Words of {version}.\n\n" * 20
            (folder / version / f"{slug}.md").write_text(text, encoding="utf-8")


def kill_a_build(folder: Path, after: float) -> None:
    """Let builds follow one another in ``folder`` and kill them ``after`` seconds."""
    ready = folder / "ready"
    ready.unlink(missing_ok=True)
    command = [sys.executable, "-c", BUILD_FOR_EVER]
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
        while not ready.exists():
            assert build.poll() is None
            time.sleep(0.01)
        time.sleep(after)
        build.send_signal(signal.SIGKILL)
    assert build.returncode == -signal.SIGKILL


def disagreements(out: Path) -> list[str]:
    """Files a manifest names that are missing, altered, or do not say what their source says."""
    return [
        f"{set_.name}/{record.file}"
        for set_ in sorted(out.iterdir())
        if set_.is_dir() and (current := publishing.current(set_))
        for record in current.editions
        if not vouched_for(set_, current, record)
    ]


def vouched_for(folder: Path, current: manifest.Manifest, record: manifest.EditionRecord) -> bool:
    """Whether ``record`` is true of its file, and the file of its source."""
    content = publishing.intact(folder, record)
    if content is None:
        return False
    loaded = loader.load(Path(current.source_path), Settings())
    assert loaded.sha256 == current.source_sha256
    return production.inspect(loaded, Edition(record.format, "", content), Plan(base=Path())).ok


def test_killed_builds_leave_files_and_manifests_in_agreement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_sources(tmp_path)
    monkeypatch.chdir(tmp_path)
    delays = random.Random(2026)
    found = []
    for _ in range(KILLS):
        kill_a_build(tmp_path, delays.uniform(0.0, 0.3))
        found += disagreements(tmp_path / "dist")
    assert found == []


def test_a_build_after_a_killed_one_is_whole_and_leaves_no_leftovers(tmp_path: Path) -> None:
    write_sources(tmp_path)
    kill_a_build(tmp_path, 0.05)
    command = [sys.executable, "-m", "exporter", "build", "one", "--to", FORMATS]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    assert done.returncode == 0
    made = sorted(path.name for path in (tmp_path / "dist" / "a").iterdir())
    assert made == [*(f"a.{name}" for name in FORMATS.split(",")), "manifest.json"]


def test_an_interrupted_build_says_so_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    for number in range(300):
        text = f"---\ntitle: Number {number}\nlanguage: en\n---\n\nWords.\n"
        (tmp_path / "source" / f"{number}.md").write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "exporter", "build", "source", "--to", "html,txt"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as build:
        while not list(tmp_path.glob("dist/*/manifest.json")):
            time.sleep(0.01)
        build.send_signal(signal.SIGINT)
        _, messages = build.communicate()
    assert build.returncode == 130
    assert re.fullmatch(
        r"exporter: interrupted: \d+ done, \d+ left\. dist/build-report.json lists them\. "
        r"What is written is whole; run the command again for the rest\.",
        messages.splitlines()[-1],
    )
    assert "Traceback" not in messages
    assert list(tmp_path.glob("dist/*/.new-*")) == []
