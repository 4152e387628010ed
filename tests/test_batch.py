"""Builds by many processes: the same files as by one, and nothing lost but what a process was at when it died."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

SLOW = "slow"
"""The article that takes long: text by the megabyte."""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory, with twelve articles in ``source``."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "source").mkdir()
    for number in range(12):
        write(f"a{number}", f"Words of number {number}, *set apart*.\n\n" * (number + 1))
    return tmp_path


def write(slug: str, text: str) -> None:
    content = f"---\ntitle: The {slug}\nlanguage: en\n---\n\n{text}"
    Path(f"source/{slug}.md").write_text(content, encoding="utf-8")


def command(*arguments: str) -> list[str]:
    return [sys.executable, "-m", "exporter", "build", "source", *arguments]


def build(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*arguments), capture_output=True, text=True, check=False)


def files(out: str) -> dict[str, bytes]:
    return {str(path.relative_to(out)): path.read_bytes() for path in Path(out).glob("[!.]*/*")}


def started(*arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(command(*arguments), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def descendants(number: int) -> list[int]:
    """The processes that ``number`` started, directly or not."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            facts = entry.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(entry.parent.name)] = int(facts[1])
    found = [number]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


def ticks(number: int) -> int:
    """How long the process ``number`` has used the processor, in clock ticks."""
    try:
        facts = Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return int(facts[11]) + int(facts[12])


def busiest(numbers: list[int]) -> int:
    """The process among ``numbers`` that is at work now."""
    before = {number: ticks(number) for number in numbers}
    while all(ticks(number) - before[number] < 20 for number in numbers):
        time.sleep(0.01)
    return max(numbers, key=lambda number: ticks(number) - before[number])


def test_any_number_of_processes_gives_the_same_files_and_the_same_report() -> None:
    alone = build("--to", "html,docx,txt", "--jobs", "0", "--out", "alone", "--json")
    together = build("--to", "html,docx,txt", "--jobs", "3", "--out", "together", "--json")
    assert (alone.returncode, together.returncode) == (0, 0)
    assert len(files("alone")) == 12 * 4
    assert files("alone") == files("together")
    assert alone.stdout.replace("alone", "together") == together.stdout


def test_an_article_whose_process_dies_is_named_and_the_others_are_made() -> None:
    write(SLOW, "Many words stand here.\n\n" * 60_000)
    with started("--to", "txt", "--jobs", "2") as running:
        while len(list(Path("dist").glob("a*/manifest.json"))) < 12:
            assert running.poll() is None
            time.sleep(0.01)
        os.kill(busiest(descendants(running.pid)), signal.SIGKILL)
        output, messages = running.communicate()
    assert running.returncode == 1
    assert output.startswith("Articles: 13, editions: 12, failed: 1,")
    assert "source/slow.md: The process at work on it died: killed, or out of memory." in messages
    assert "[B002]" in messages


def test_an_article_that_takes_too_long_is_given_up() -> None:
    write(SLOW, "Many words stand here.\n\n" * 150_000)
    done = build("--to", "txt", "--jobs", "2", "--timeout", "5")
    assert done.stdout.splitlines()[-1].startswith("Articles: 13, editions: 12, failed: 1,")
    assert "source/slow.md: It took longer than 5 s. Allow more with --timeout" in done.stderr


def test_an_interrupted_build_ends_in_the_middle_of_an_article_and_says_what_is_left() -> None:
    write(SLOW, "Many words stand here.\n\n" * 60_000)
    with started("--to", "txt", "--jobs", "2") as running:
        while not list(Path("dist").glob("a*/manifest.json")):
            assert running.poll() is None
            time.sleep(0.01)
        begun = descendants(running.pid)
        running.send_signal(signal.SIGINT)
        _, messages = running.communicate()
    assert running.returncode == 130
    ended = re.fullmatch(r"exporter: interrupted: (\d+) done, (\d+) left\. .*", messages.splitlines()[-1])
    assert ended
    assert sum(map(int, ended.groups())) == 13
    assert int(ended[1]) == len(list(Path("dist").glob("*/manifest.json")))
    assert "Traceback" not in messages
    assert list(Path("dist").glob("*/.new-*")) == []
    deadline = time.monotonic() + 60
    while any(Path(f"/proc/{number}").exists() for number in begun) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert [number for number in begun if Path(f"/proc/{number}").exists()] == []


def test_a_build_may_end_at_the_first_failure() -> None:
    Path("source/a11.md").write_text("---\ntitle: T\nlanguage: en\n---\n\n![x](gone.png)\n", encoding="utf-8")
    done = build("--to", "txt", "--jobs", "1", "--fail-fast")
    assert done.returncode == 1
    assert re.search(r"exporter: ended at the first failure: \d+ done, \d+ left\.", done.stderr)
    assert len(list(Path("dist").glob("*/manifest.json"))) < 12


def test_sources_that_cannot_be_read_do_not_stop_the_others() -> None:
    Path("source/a3.md").write_bytes(b"---\ntitle: \xff\n---\n")
    Path("source/a4.md").unlink()
    Path("source/a4.md").symlink_to("nowhere.md")
    done = build("--to", "txt", "--jobs", "2")
    assert done.stdout.splitlines()[-1].startswith("Articles: 12, editions: 10, failed: 2,")
    assert re.search(r"source/a3\.md:\d+: .*\[S00\d\]", done.stderr)
    assert "source/a4.md: cannot be read: No such file or directory" in done.stderr


FULL_DISK = f"""
mount -t tmpfs -o size=1m tmpfs dist
{sys.executable} -m exporter build source --to html,txt
cp -a dist before
cat /dev/zero > dist/filler
sed -i s/Words/Others/ source/*.md
{sys.executable} -m exporter build source --to html,txt
echo "status $?"
cp -a dist after
"""
"""Mounted in a namespace of its own (user_namespaces(7)), so that nobody has to be root."""


def test_on_a_full_disk_nothing_is_lost_and_each_article_says_why() -> None:
    Path("dist").mkdir()
    alone = ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", FULL_DISK]
    done = subprocess.run(alone, capture_output=True, text=True, check=False)
    first, *_, last, status = done.stdout.splitlines()
    assert first.startswith("Articles: 12, editions: 24, failed: 0,")
    assert last.startswith("Articles: 12, editions: 0, failed: 12,")
    assert status == "status 1"
    failures = re.findall(r"^source/a\d+\.md: dist/\S+ cannot be read or written: (.*)$", done.stderr, re.MULTILINE)
    assert failures == ["No space left on device. The earlier editions stand as they were."] * 12
    assert len(files("before")) == 36
    assert files("before") == files("after")


def test_of_two_builds_at_once_one_writes_and_the_other_says_so() -> None:
    write(SLOW, "Many words stand here.\n\n" * 60_000)
    with started("--to", "txt", "--jobs", "2") as running:
        while not list(Path("dist").glob("a*/manifest.json")):
            assert running.poll() is None
            time.sleep(0.01)
        other = build("--to", "txt")
        running.send_signal(signal.SIGINT)
    assert (other.returncode, other.stdout) == (75, "")
    assert re.fullmatch(r"exporter: dist: another build is writing here \(process \d+\)\. .*\n", other.stderr)
