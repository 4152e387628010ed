"""A correction after sending, its sender killed while a real Postfix takes it: the affected once, the others never."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.mail.killing import counted, kill_senders
from tests.mail.newsroom import SECRET, built, run
from tests.mail.plans import readers
from tests.mail.postfix.conftest import Postfix

READERS = 600
KILLS = 5
ISSUE = "7-correction-1"
LIST = f"source/issues/{ISSUE}.csv"
DELIVER = ("mail", "deliver", ISSUE, "--to", LIST, "--quiet")


@dataclass(frozen=True)
class Sent:
    """What is sent."""

    issue: str = ISSUE
    revision: int = 1


@pytest.fixture
def folder(tmp_path: Path, postfix: Postfix) -> Path:
    """A newsroom whose issue went out in two languages, to half of the readers each."""
    folder = built(tmp_path)
    rows = (f"{to},Reader,none,{'en' if n % 2 else 'ar'}\n" for n, to in enumerate(readers(READERS)))
    (folder / "readers.csv").write_text(f"address,name,formats,language\n{''.join(rows)}", encoding="utf-8")
    server = f'host = "127.0.0.1"\nport = {postfix.port}\nsecurity = "none"\n'
    (folder / "exporter.toml").write_text(f"[mail]\n{server}", encoding="utf-8")
    done(folder, "mail", "plan", "7", "--to", "readers.csv")
    done(folder, "approve", "7", "--by", "Ann", "--yes")
    done(folder, "mail", "deliver", "7", "--to", "readers.csv", "--quiet")
    return folder


def done(folder: Path, *arguments: str) -> None:
    """A command that ends well."""
    ended = run(folder, *arguments)
    assert ended.returncode == 0, ended.stderr


def delivering(folder: Path) -> subprocess.Popen[str]:
    """The correction on its way."""
    return subprocess.Popen(
        [sys.executable, "-m", "exporter", *DELIVER],
        cwd=folder,
        env={**os.environ, "EXPORTER_MAIL_SECRET": SECRET},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_the_affected_are_told_once_and_the_others_never(folder: Path, postfix: Postfix) -> None:
    article = folder / "source" / "river.md"
    article.write_text(article.read_text(encoding="utf-8").replace("three metres", "four metres"), encoding="utf-8")
    done(folder, "issue", "correct", "7", "river.md", "--to", "readers.csv", "--title", "Correction")
    done(folder, "build", f"source/issues/{ISSUE}.toml")
    done(folder, "mail", "plan", ISSUE, "--to", LIST)
    done(folder, "approve", ISSUE, "--by", "Ann", "--yes")
    ledger = folder / "source" / "issues" / f"{ISSUE}.deliveries.sqlite3"
    affected = READERS // 2
    kill_senders(ledger, Sent(), lambda: delivering(folder), planned=affected, kills=KILLS, chance=random.Random(7))
    run(folder, *DELIVER)
    unknown = counted(ledger, Sent(), "unknown")
    postfix.settle()
    run(folder, "mail", "reconcile", ISSUE, "--maillog", str(postfix.log), "--rest", "0.2")
    done(folder, *DELIVER)
    print(f"{KILLS} kills, {unknown} in doubt")
    assert counted(ledger, Sent(), "accepted") == affected
    assert postfix.copies(subject=b"Correction") == dict.fromkeys(readers(READERS)[1::2], 1)
    assert sum(postfix.copies().values()) == READERS + affected
