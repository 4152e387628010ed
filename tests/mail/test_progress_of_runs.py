"""A run as a person sees it: a bar with rate and states, and a line for each message that was not accepted."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.cli.test_bar import terminal

STAGE = """
import sys
from exporter.cli.mail.progress import Progress
from exporter.mail.job import Told
from exporter.mail.ledger import Verdict

def told(state, **more):
    progress.told(Told("0" * 40, Verdict(state=state, **more)))

with Progress(100, quiet={quiet}) as progress:
    for _ in range(7): told("accepted")
    told("deferred", code=452, enhanced="4.2.2", reply="mailbox full\\x1b[2J")
    told("unknown", reason="no answer")
    told("planned", reason="sent on another connection")
    {wait}
print("over")
"""


def stage(*, quiet: bool = False, wait: str = "sys.stdin.readline()") -> list[str]:
    return [sys.executable, "-c", STAGE.format(quiet=quiet, wait=wait)]


def test_the_bar_has_counts_and_states_and_is_gone_at_the_end() -> None:
    with terminal(stage(), columns=120) as seen:
        (bar,) = [line for line in seen.until("9/100", "/s") if "9/100" in line]
        assert bar.startswith("━")
        assert "9/100  1 unknown  1 deferred" in bar
        assert "/s" in bar
        seen.press_return()
        assert seen.to_the_end()[-1] == "over"


def test_messages_that_were_not_accepted_stand_above_the_bar() -> None:
    with terminal(stage(), columns=120) as seen:
        lines = seen.until("9/100")
        assert f"{'0' * 40}: deferred: 452 4.2.2 mailbox full\\x1b[2J" in lines
        assert f"{'0' * 40}: unknown: no answer" in lines
        seen.press_return()


@pytest.mark.parametrize(("quiet", "count"), [(False, 2), (True, 0)])
def test_without_a_terminal_only_what_was_not_accepted_is_a_line(quiet: bool, count: int) -> None:
    done = subprocess.run(stage(quiet=quiet, wait="pass"), capture_output=True, text=True, check=True)
    assert (len(done.stderr.splitlines()), done.stdout) == (count, "over\n")
