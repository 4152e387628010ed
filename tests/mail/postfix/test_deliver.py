"""``exporter mail deliver`` killed while a real Postfix takes an issue of 200 KB: deliver, reconcile, deliver.

The issue is built, planned and approved by the commands, and settled by them.
"""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from tests.mail.killing import counted, kill_senders
from tests.mail.newsroom import SECRET, run
from tests.mail.plans import readers
from tests.mail.postfix.conftest import Postfix

READERS = 600
KILLS = 6
ATTACHED = 200_000

ISSUE = """\
id = "7"
title = "The Weekly"
date = 2026-11-30
language = "en"
publisher = "The Weekly"
formats = ["epub"]

[[section]]
title = "News"
articles = ["../river.md"]

[email]
subject = "The Weekly, No. 7"
sender = "The Weekly <news@example.com>"
unsubscribe = ["https://news.example.com/leave/{recipient}"]
"""
RIVER = "---\ntitle: The river\nlanguage: en\n---\n\nThe river rose.\n\n![The river](river.jpg)\n"
BUILD, APPROVE = ("build", "source/issues/7.toml"), ("approve", "7", "--by", "Ann", "--yes")
PLAN = ("mail", "plan", "7", "--to", "readers.csv")
DELIVER = ("mail", "deliver", "7", "--to", "readers.csv", "--quiet")


@dataclass(frozen=True)
class Sent:
    """What is sent."""

    issue: str = "7"
    revision: int = 1


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An issue that is built, planned and approved."""
    folder = tmp_path_factory.mktemp("newsroom")
    (folder / "source" / "issues").mkdir(parents=True)
    (folder / "source" / "issues" / "7.toml").write_text(ISSUE, encoding="utf-8")
    (folder / "source" / "river.md").write_text(RIVER, encoding="utf-8")
    noise = random.Random(7).randbytes(520 * 360 * 3)
    Image.frombytes("RGB", (520, 360), noise).save(folder / "source" / "river.jpg", quality=70)
    rows = "".join(f"{address},epub\n" for address in readers(READERS))
    (folder / "readers.csv").write_text(f"address,formats\n{rows}", encoding="utf-8")
    for command in (BUILD, APPROVE, PLAN):
        done = run(folder, *command)
        assert done.returncode == 0, done.stderr
    assert next(folder.glob("dist/*/*.epub")).stat().st_size >= ATTACHED
    return folder


@pytest.fixture
def folder(finished: Path, tmp_path: Path, postfix: Postfix) -> Path:
    """A copy of it, to go to ``postfix``."""
    copy = Path(shutil.copytree(finished, tmp_path / "newsroom"))
    server = f'host = "127.0.0.1"\nport = {postfix.port}\nsecurity = "none"\n'
    (copy / "exporter.toml").write_text(f"[mail]\n{server}", encoding="utf-8")
    return copy


def delivering(folder: Path) -> subprocess.Popen[str]:
    """The command at work."""
    return subprocess.Popen(
        [sys.executable, "-m", "exporter", *DELIVER],
        cwd=folder,
        env={**os.environ, "EXPORTER_MAIL_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


@pytest.mark.parametrize("trial", range(5))
def test_after_six_kills_everybody_has_the_issue_once(folder: Path, postfix: Postfix, trial: int) -> None:
    ledger = folder / "source" / "issues" / "7.deliveries.sqlite3"
    kill_senders(ledger, Sent(), lambda: delivering(folder), planned=READERS, kills=KILLS, chance=random.Random(trial))
    run(folder, *DELIVER)
    unknown = counted(ledger, Sent(), "unknown")
    postfix.settle()
    settled = run(folder, "mail", "reconcile", "7", "--maillog", str(postfix.log), "--rest", "0.2")
    last = run(folder, *DELIVER)
    print(f"trial {trial}: {KILLS} kills, {unknown} in doubt. {settled.stdout.splitlines()[0]}")
    assert last.returncode == 0, last.stderr
    assert counted(ledger, Sent(), "accepted") == READERS
    assert postfix.copies() == dict.fromkeys(readers(READERS), 1)
    assert re.search(r"0 still are\.", settled.stdout)
