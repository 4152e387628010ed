"""Progress on a terminal, as a person sees it: a pseudo-terminal, its screen drawn by another's emulator (pyte)."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pyte
import pytest

from tests.cli import article, timeless

OF_A_TERMINAL = {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES"}
"""What the environment would say of the terminal the tests run in."""

PATIENCE = 45.0
"""Seconds a test waits for what will come; past them it fails."""

STAGE = """
import sys
from pathlib import Path
from exporter.building.reports import ArticleReport, BuildReport, Failure
from exporter.cli.progress import Audience, Ending

def good(name, **more):
    return ArticleReport(path=Path(name), **more)

def bad(name, message="the text of this paragraph differs."):
    return ArticleReport(path=Path(name), failures=(Failure(message=message, code="V003", line=6),))

def wait():
    sys.stdin.readline()

audience = Audience({output!r})
with audience.live:
    {play}
audience.finished(Ending(BuildReport((), ()), 1.0))
"""


class Terminal:
    """A process on a terminal of its own."""

    def __init__(self, descriptor: int, columns: int, lines: int) -> None:
        self.screen = pyte.Screen(columns, lines)
        self.raw = b""
        self._descriptor = descriptor
        self._stream = pyte.ByteStream(self.screen)

    @property
    def lines(self) -> list[str]:
        """What stands on the screen."""
        return [line.rstrip() for line in self.screen.display if line.strip()]

    def until(self, *texts: str) -> list[str]:
        """The screen once all ``texts`` stand on it.

        What is drawn comes piece by piece: to see a picture whole, its end must be one of them.
        """
        return self.once(lambda lines: all(any(text in line for line in lines) for text in texts))

    def once(self, drawn: Callable[[list[str]], bool]) -> list[str]:
        """The screen once its lines are as ``drawn`` would have them."""
        patience = time.monotonic() + PATIENCE
        while not drawn(self.lines):
            assert self._read(), f"ended with {self.lines}"
            assert time.monotonic() < patience, f"stays at {self.lines}"
        return self.lines

    def press_return(self) -> None:
        os.write(self._descriptor, b"\n")

    def to_the_end(self) -> list[str]:
        """The screen when the process has ended."""
        while self._read():
            pass
        return self.lines

    def _read(self) -> bytes:
        ready, _, _ = select.select([self._descriptor], [], [], PATIENCE)
        assert ready, f"nothing came; {self.lines}"
        try:
            content = os.read(self._descriptor, 65536)
        except OSError:  # how Linux tells that nobody is at the other end
            content = b""
        self.raw += content
        self._stream.feed(content)
        return content


@contextmanager
def terminal(command: Sequence[str], columns: int = 80, lines: int = 24, **environment: str) -> Iterator[Terminal]:
    """``command`` at work on a terminal of that size."""
    process, descriptor = pty.fork()
    if process == 0:
        fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        modes = termios.tcgetattr(0)
        modes[3] &= ~termios.ECHO  # what a test types is not for its screen
        termios.tcsetattr(0, termios.TCSANOW, modes)
        known = {name: value for name, value in os.environ.items() if name not in OF_A_TERMINAL}
        os.execve(command[0], command, {**known, "TERM": "xterm-256color", "PYTHONUTF8": "1", **environment})
    try:
        yield Terminal(descriptor, columns, lines)
    finally:
        os.close(descriptor)
        os.waitpid(process, 0)


def stage(play: str, output: str = "text") -> list[str]:
    """A process in which the audience of a build hears of articles that are made up, and waits where told to."""
    return [sys.executable, "-c", STAGE.format(output=output, play=play.strip().replace("\n", "\n    "))]


MANY = """
for number in range(12): audience.told(good(f"{number}.md"), 100)
audience.told(bad("source/x.md"), 100)
audience.told(bad("source/y.md", "[bold]another[/] :smile: text."), 100)
wait()
"""


def test_a_bar_has_counts_and_below_it_stands_what_failed() -> None:
    with terminal(stage(MANY)) as seen:
        lines = seen.until("14/100", "✗ source/y.md:6: [V003] [bold]another[/] :smile: text.")
        above, first, bar, *standing = lines[-5:]
        assert above == "source/x.md:6: the text of this paragraph differs. [V003]"
        assert first == "source/y.md:6: [bold]another[/] :smile: text. [V003]"
        assert "14/100  2 failed" in bar
        assert bar.startswith("━")
        assert standing == [
            "✗ source/x.md:6: [V003] the text of this paragraph differs.",
            "✗ source/y.md:6: [V003] [bold]another[/] :smile: text.",
        ]
        seen.press_return()
        assert seen.to_the_end()[-3:] == [
            "source/x.md:6: the text of this paragraph differs. [V003]",
            "source/y.md:6: [bold]another[/] :smile: text. [V003]",
            "Articles: 0, editions: 0, failed: 0, unchanged: 0, losses: 0; 1.0 s.",
        ]


def test_time_left_and_rate_stand_beside_the_count() -> None:
    with terminal(stage(MANY), columns=120) as seen:
        (bar,) = [line for line in seen.until("14/100", "/s ") if "14/100" in line]
        assert " left " in bar
        assert "/s " in bar
        seen.press_return()


def test_a_build_that_takes_its_time_shows_that_it_reads() -> None:
    with terminal(stage("wait()")) as seen:
        seen.until("reading")
        seen.press_return()
        assert seen.to_the_end()[-1].startswith("Articles:")


@pytest.mark.parametrize("columns", [8, 12, 24, 40])
def test_on_a_narrow_terminal_every_line_of_the_bar_is_one_line(columns: int) -> None:
    play = MANY + 'for number in range(9): audience.told(bad(f"source/a-long-name-{number}.md"), 100)\nwait()'
    with terminal(stage(play), columns=columns, lines=60) as seen:
        seen.until("14/100"[: columns - 1])
        seen.press_return()
        seen.once(lambda lines: [line[0] + line[-1] for line in below("23/100"[: columns - 1], lines)] == ["✗…"] * 5)
        seen.press_return()


def below(text: str, lines: Sequence[str]) -> Sequence[str]:
    """The lines below the first that has ``text``."""
    return lines[next((at for at, line in enumerate(lines, start=1) if text in line), len(lines)) :]


def test_on_a_low_terminal_the_bar_stays_in_sight() -> None:
    play = 'for number in range(30): audience.told(bad(f"{number}.md"), 100)\nwait()'
    with terminal(stage(play), lines=5) as seen:
        lines = seen.until("30/100", "✗ 29.md:6: [V003] the text of this paragraph differs.")
        assert [line.split(" ")[1] for line in lines if line.startswith("✗")] == ["28.md:6:", "29.md:6:"]
        seen.press_return()


def test_up_to_ten_articles_are_told_one_by_one() -> None:
    play = 'for number in range(3): audience.told(good(f"{number}.md"), 3)\naudience.told(bad("x.md"), 3)\nwait()'
    with terminal(stage(play)) as seen:
        lines = seen.until("✗")
        assert lines[:3] == [f"{number}.md: no edition written." for number in range(3)]
        seen.press_return()


def test_of_many_articles_notices_are_told_and_what_needed_nothing_is_counted() -> None:
    play = """
for number in range(90): audience.told(good(f"{number}.md", unchanged=True, notices=("Old.",)), 100)
audience.told(good("new.md", notices=("Under embargo until 2030-01-01.",)), 100)
audience.told(bad("x.md"), 100)
wait()
"""
    with terminal(stage(play), columns=120) as seen:
        lines = seen.until("90 unchanged")
        assert lines[0] == "new.md: Under embargo until 2030-01-01."
        assert not any("Old." in line for line in lines)
        seen.press_return()


def test_without_colour_there_are_no_colours() -> None:
    with terminal(stage(MANY), NO_COLOR="1") as seen:
        seen.until("14/100")
        seen.press_return()
        seen.to_the_end()
        assert b"\x1b[3" not in seen.raw
    with terminal(stage(MANY)) as seen:
        seen.until("14/100")
        seen.press_return()
        seen.to_the_end()
        assert b"\x1b[31m" in seen.raw


@pytest.mark.parametrize("kind", ["dumb", "unknown", ""])
def test_a_terminal_that_draws_nothing_gets_lines(kind: str) -> None:
    with terminal(stage(MANY), TERM=kind) as seen:
        seen.until("source/y.md")
        seen.press_return()
        seen.to_the_end()
        assert b"\x1b" not in seen.raw
        assert seen.raw.count(b"no edition written.") == 14


def test_a_terminal_without_unicode_gets_escapes_in_lines_that_fit() -> None:
    play = 'audience.told(bad("\\u0915.md", "words " * 30), 100)\nwait()'
    with terminal(stage(play), PYTHONUTF8="0", PYTHONIOENCODING="ascii:backslashreplace") as seen:
        seen.once(lambda lines: [len(line) for line in lines if line.startswith("x \\u0915.md:6: [V003]")] == [80])
        seen.press_return()


def test_a_file_name_gives_the_terminal_no_orders() -> None:
    with terminal(stage('audience.told(bad("a\\x1b[2Jb.md"), 100)\nwait()')) as seen:
        assert any("a\\x1b[2Jb.md" in line for line in seen.until("✗"))
        seen.press_return()


def test_the_cursor_is_there_again_at_the_end_also_of_an_interrupted_build() -> None:
    with terminal(stage(MANY.replace("wait()", "raise KeyboardInterrupt"))) as seen:
        seen.to_the_end()
        assert not seen.screen.cursor.hidden
        assert b"\x1b[?25l" in seen.raw


def test_no_bar_is_drawn_among_json_lines_on_the_same_terminal() -> None:
    with terminal(stage(MANY, output="json-lines"), columns=200) as seen:
        seen.until("source/y.md")
        seen.press_return()
        seen.to_the_end()
        assert b"\x1b" not in seen.raw


def test_a_quiet_build_draws_no_bar() -> None:
    with terminal(stage(MANY, output="quiet")) as seen:
        seen.until("source/y.md")
        seen.press_return()
        assert seen.to_the_end() == [
            "source/x.md:6: the text of this paragraph differs. [V003]",
            "source/y.md:6: [bold]another[/] :smile: text. [V003]",
        ]
        assert b"\x1b" not in seen.raw


def test_the_command_leaves_failures_and_summary_on_the_screen() -> None:
    article("a.md", "![A square](no.png) in a text.")
    article("b.md")
    command = [sys.executable, "-m", "exporter", "build", ".", "--to", "html"]
    with terminal(command, columns=100) as seen:
        lines = [timeless(line) for line in seen.to_the_end()]
    assert sorted(lines) == [
        "Articles: 2, editions: 1, failed: 1, unchanged: 0, losses: 0; T s.",
        "a.md: Line 6: the picture 'no.png' does not exist. Put it where the article says. [S011]",
        "a.md: no edition written.",
        "b.md: html in dist/b, verified.",
    ]
    assert Path("dist/build-report.json").is_file()
