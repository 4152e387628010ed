"""The same sources give the same bytes in every format, whatever process, machine or folder they are built in."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FORMATS = ("pdf", "docx", "epub", "txt", "html")
HERE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "LANGUAGE": "en"}
ELSEWHERE = {"PYTHONHASHSEED": "4711", "TZ": "Pacific/Apia", "LC_ALL": "C", "LANGUAGE": "ja"}


def built(target: Path, folder: Path, surroundings: dict[str, str]) -> dict[str, str]:
    """The digest of every file that a build of ``source/`` writes, by its path in ``target``."""
    command = [sys.executable, "-m", "exporter", "build", str(ROOT / "source"), "--to", ",".join(FORMATS)]
    inherited = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    environment = {**inherited, **surroundings, "PYTHONPATH": str(ROOT)}
    subprocess.run([*command, "--out", str(target)], cwd=folder, env=environment, check=True, capture_output=True)
    return {
        str(path.relative_to(target)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(target.glob("[!.]*/*"))
    }


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, str], dict[str, str]]:
    """Two builds of the sample articles, made in different surroundings."""
    return (
        built(tmp_path_factory.mktemp("here"), ROOT, HERE),
        built(tmp_path_factory.mktemp("elsewhere"), tmp_path_factory.mktemp("folder"), ELSEWHERE),
    )


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_build_elsewhere_gives_the_same_editions(suffix: str, builds: tuple[dict[str, str], dict[str, str]]) -> None:
    here, elsewhere = ({name: sha for name, sha in build.items() if name.endswith(f".{suffix}")} for build in builds)
    assert len(here) == len(list((ROOT / "source").rglob("*.md")))
    assert here == elsewhere


def test_a_build_elsewhere_writes_the_same_files(builds: tuple[dict[str, str], dict[str, str]]) -> None:
    here, elsewhere = builds
    assert here.keys() == elsewhere.keys()
