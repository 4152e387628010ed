"""Every sample article in every format before every judge there is. Run by ``make conformance``, which installs them.

With CORPORA, also every article of that folder of sample texts. Nothing is sampled: each edition goes before each
judge of its format, and a judge that is missing fails the test.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from exporter import registry
from exporter.judges import panel
from exporter.judges.judge import Judge, Tools
from exporter.recognition import format_of

ROOT = Path(__file__).parents[2]
CORPORA = os.environ.get("CORPORA")
FOLDERS = ("news-ntrex", "posts-18f", "guides-opensource", "long")
SOURCES = [
    ROOT / "source",
    ROOT / "tests" / "cases" / "hard" / "hard.md",
    *(Path(CORPORA) / folder for folder in FOLDERS if CORPORA),
]
JUDGES = {judge.name: judge for judge in registry.judges()}


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, str]:
    """Every article exported: files to formats. One that the gate refuses by name has none."""
    target = tmp_path_factory.mktemp("dist")
    options = (
        "--to",
        "pdf,docx,epub,txt,html,email.html,email.txt",
        "--missing-images",
        "placeholder",
        "--out",
        str(target),
    )
    command = [sys.executable, "-m", "exporter", "build", *map(str, SOURCES), *options]
    built = subprocess.run(command, capture_output=True, text=True, check=False)
    formats = {point.name for point in registry.installed("renderers")}
    made = (file for file in sorted(target.rglob("*")) if file.suffix[1:] in formats)
    found = {file: format_of(file, b"") for file in made}
    assert len(found) >= 5 * 4, built.stderr
    return found


@pytest.fixture(scope="module")
def tools() -> Tools:
    """The programs of this machine, and the npm packages that were installed for this."""
    return Tools(dict(os.environ), (Path(os.environ["EXPORTER_NODE_MODULES"]),))


@pytest.mark.parametrize("judge", JUDGES.values(), ids=list(JUDGES))
def test_no_judge_objects_to_any_edition(judge: Judge, editions: dict[Path, str], tools: Tools) -> None:
    concerned = {file: format_ for file, format_ in editions.items() if format_ in judge.formats}
    judgement = panel.judge(concerned, [judge], tools)
    assert judgement.missing == ()
    assert all(opinion.judges == (judge.name,) for opinion in judgement.opinions.values())
    objections = [
        (file.name, finding.code, finding.place, finding.message)
        for file, opinion in judgement.opinions.items()
        for finding in opinion.findings
    ]
    print(f"{judge.name}: {len(concerned)} editions, {len(objections)} objections")
    assert objections == []
