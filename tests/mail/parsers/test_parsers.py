"""Messages read by parsers that share nothing with Python's: what arrives is what was composed.

They are installed by ``make test-mail``; where one is missing the tests fail, and say so.
"""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any, cast

import pytest

from exporter.mail.letters import Addressee, Letter, compose
from tests.mail.letters import LINK, PDF, addressee, file, letter, mailbox, page, text
from tests.mail.newsroom import built, run

ROOT = Path(__file__).parents[3]
MODULES = ROOT / "build" / "mail" / "node_modules"
NAMES = ("Ann Lee", 'Ann "A." Lee', "Lee, Ann", "علي حسن", "李雷", "Zoë (desk) <x@y>", "A" * 200, "é" * 150)
FILES = ("weekly.pdf", "تقرير الأسبوع.pdf", "周报 第七期.pdf", "a 'b' \"c\".pdf", "50% off;x=y.pdf", "naïve.pdf")
LONG = "https://news.example.com/u/" + "0123456789abcdef" * 11 + "~%C3%A9?a=b&c=(d)"


def read(*files: Path) -> list[dict[str, Any]]:
    """What mailparser finds in messages."""
    command = ["node", str(Path(__file__).with_name("read.mjs")), str(MODULES), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return [cast(dict[str, Any], json.loads(line)) for line in done.stdout.splitlines()]


def written(folder: Path, composed: Letter, to: Addressee | None = None) -> Path:
    """A message as a file."""
    path = folder / "message.eml"
    path.write_bytes(b"".join(compose(composed).addressed(to or addressee()).parts))
    return path


@pytest.mark.parametrize("name", NAMES)
def test_a_name_arrives_as_it_is(tmp_path: Path, name: str) -> None:
    (found,) = read(written(tmp_path, letter(), addressee(mailbox=mailbox("ann@example.com", name))))
    assert found["to"] == [{"address": "ann@example.com", "name": name}]


def test_a_local_part_in_any_script_arrives_as_it_is(tmp_path: Path) -> None:
    (found,) = read(written(tmp_path, letter(), addressee(mailbox=mailbox("用户@example.com", "李雷"))))
    assert found["to"] == [{"address": "用户@example.com", "name": "李雷"}]


@pytest.mark.parametrize("name", FILES)
def test_a_file_arrives_with_its_name_and_its_bytes(tmp_path: Path, name: str) -> None:
    attached = file(name)
    (found,) = read(written(tmp_path, letter(attachments=(attached,))))
    assert found["files"][-1] == {
        "name": name,
        "type": "application/pdf",
        "cid": "",
        "disposition": "attachment",
        "sha256": attached.sha256,
    }


def test_a_picture_is_the_one_the_page_shows(tmp_path: Path) -> None:
    shown = letter().pictures[0]
    (found,) = read(written(tmp_path, letter()))
    first = found["files"][0]
    assert (first["cid"], first["disposition"], first["sha256"]) == ("map@example.com", "inline", shown.sha256)


@pytest.mark.parametrize("subject", ["No. 7", "Nº 7 — تقرير الأسبوع", "周报" * 60, "a  b " * 40 + "c", "?= =? x"])
def test_a_subject_arrives_as_it_is(tmp_path: Path, subject: str) -> None:
    (found,) = read(written(tmp_path, letter(subject=subject)))
    assert found["subject"] == subject


def test_an_address_to_leave_by_is_whole(tmp_path: Path) -> None:
    path = written(tmp_path, letter(), addressee(unsubscribe=(LONG, "mailto:leave@example.com?subject=x")))
    (found,) = read(path)
    assert found["list"]["unsubscribe"]["url"] == LONG
    assert f"<{LONG}>".encode() in path.read_bytes()
    assert subprocess.run(["grep", "-cF", LONG, str(path)], capture_output=True, text=True, check=True).stdout == "1\n"


@pytest.mark.parametrize(
    "said", ["{{ name }} ${x} =3D =\n.\n..\nFrom here\n", "Ça coûte 5 €\n", "報告\n" * 50, "x" * 5000]
)
def test_what_a_body_says_arrives(tmp_path: Path, said: str) -> None:
    body = text(said)
    plain = type(body)(kind="text", content=said)
    (found,) = read(written(tmp_path, letter(text=plain, html=page(f"<p>{said}</p>"), pictures=())))
    assert found["text"].rstrip("\n") == said.rstrip("\n")
    assert found["html"].rstrip("\n") == f"<p>{said}</p>"


def test_a_value_arrives_as_a_value(tmp_path: Path) -> None:
    to = addressee(values={"recipient-name": '<b>&"Ann"', "unsubscribe-url": LINK})
    (found,) = read(written(tmp_path, letter(), to))
    assert "<p>Dear &lt;b&gt;&amp;&quot;Ann&quot;,</p>" in found["html"]
    assert 'Dear <b>&"Ann",' in found["text"]


def test_munpack_finds_every_file(tmp_path: Path) -> None:
    path = written(tmp_path, letter(attachments=(file("a.pdf", PDF), file("b.epub", b"PK" + PDF))))
    done = subprocess.run(["munpack", "-f", "-C", str(tmp_path), str(path)], capture_output=True, text=True, check=True)
    assert re.findall(r"^(\S+) \(", done.stdout, re.MULTILINE) == ["map.png", "a.pdf", "b.epub"]
    assert (tmp_path / "a.pdf").read_bytes() == PDF
    assert (tmp_path / "b.epub").read_bytes() == b"PK" + PDF


def test_messages_of_a_built_issue_read_as_they_were_planned(tmp_path: Path) -> None:
    folder = built(tmp_path)
    assert run(folder, "mail", "plan", "7", "--to", "readers.csv").returncode == 0
    names = ("ar-txt", "en-none", "en-pdf+txt-patrons", "en-txt")
    found = read(*(folder / "dist" / "issue-7" / "outbox" / f"{name}.eml" for name in names))
    assert [each["to"][0]["name"] for each in found] == ["القارئة", 'O\'Neil, "Bob" B.', "Ann Lee", "Dän"]
    assert [[each["name"] for each in one["files"] if not each["cid"]] for one in found] == [
        ["issue-7.ar.txt"],
        [],
        ["issue-7.pdf", "issue-7.txt"],
        ["issue-7.txt"],
    ]
    assert found[3]["to"][0]["address"] == "dan.private@bücher.example.com"
