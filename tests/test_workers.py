"""A crew: processes that work side by side, and what becomes of a task whose process dies or takes too long."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import CancelledError
from pathlib import Path

import pytest

from exporter.errors import WorkerError
from exporter.workers import Crew, Here, stream


@pytest.fixture
def crew() -> Iterator[Crew]:
    hired = Crew(2)
    yield hired
    hired.shutdown(cancel_futures=True)


def double(number: int) -> int:
    return 2 * number


def process(_: object) -> int:
    return os.getpid()


def gc_is_enabled(_: object) -> bool:
    return gc.isenabled()


def die(_: object) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def die_if_odd(number: int) -> int:
    if number % 2:
        die(number)
    return number


def rest(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def refuse(message: str) -> None:
    raise TimeoutError(message)


def test_tasks_are_done_in_other_processes(crew: Crew) -> None:
    assert crew.submit(double, 21).result() == 42
    assert crew.submit(process, None).result() != os.getpid()


def test_what_a_task_raises_reaches_who_waits_for_it(crew: Crew) -> None:
    with pytest.raises(TimeoutError, match="its own"):
        crew.submit(refuse, "its own").result()


def test_a_process_that_dies_costs_its_task_alone(crew: Crew) -> None:
    done = {item: future.exception() or future.result() for item, future in stream(crew, die_if_odd, range(8), 4)}
    assert [done[number] for number in range(0, 8, 2)] == [0, 2, 4, 6]
    assert all(isinstance(done[number], WorkerError) for number in range(1, 8, 2))


def test_a_task_that_takes_too_long_is_given_up_and_others_go_on() -> None:
    crew = Crew(1, limit=1)
    slow, next_ = crew.submit(rest, 3600), crew.submit(double, 4)
    with pytest.raises(WorkerError, match=r"It took longer than 1 s\. Allow more with --timeout"):
        slow.result()
    assert next_.result() == 8
    crew.shutdown()


def test_a_process_gives_way_after_its_share() -> None:
    crew = Crew(1, recycled_after=2)
    assert len({crew.submit(process, None).result() for _ in range(6)}) == 3
    crew.shutdown()


def test_garbage_is_looked_for_in_every_process(crew: Crew) -> None:
    assert crew.submit(gc_is_enabled, None).result()


def test_no_more_processes_are_started_than_there_is_work_for() -> None:
    crew = Crew(8)
    assert len({crew.submit(process, None).result() for _ in range(6)}) == 1
    crew.shutdown()


def test_a_crew_that_is_sent_home_leaves_what_it_is_at() -> None:
    crew = Crew(1)
    running, waiting = crew.submit(rest, 3600), crew.submit(rest, 3600)
    while not running.running():
        time.sleep(0.01)
    crew.shutdown(cancel_futures=True)
    with pytest.raises(WorkerError):
        running.result()
    with pytest.raises(CancelledError):
        waiting.result()


LEAD = """
import os, signal, sys, time
from pathlib import Path
from exporter.workers import Crew
from tests.test_workers import process, rest
if __name__ == "__main__":
    crew = Crew(1)
    number = crew.submit(process, None).result()
    crew.submit(rest, 3600)
    print(number, flush=True)
    time.sleep(3600)
"""


def test_processes_end_with_the_one_that_leads_them(tmp_path: Path) -> None:
    script = tmp_path / "lead.py"
    script.write_text(LEAD, encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True, env=environment) as leader:
        assert leader.stdout
        worker = int(leader.stdout.readline())
        leader.send_signal(signal.SIGKILL)
    deadline = time.monotonic() + 60
    while is_alive(worker) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not is_alive(worker)


def is_alive(number: int) -> bool:
    try:
        return Path(f"/proc/{number}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


# --- Streaming --------------------------------------------------------------------------------


def test_here_a_task_is_done_when_it_is_submitted() -> None:
    assert Here().submit(process, None).result() == os.getpid()
    assert isinstance(Here().submit(refuse, "no").exception(), TimeoutError)


def test_items_are_taken_as_places_become_free() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(9):
            taken.append(number)
            yield number

    found = []
    for item, future in stream(Here(), double, items(), 1):
        assert len(taken) == len(found) + 1
        found.append((item, future.result()))
    assert found == [(number, 2 * number) for number in range(9)]


def test_nothing_more_is_handed_out_once_it_is_to_stop() -> None:
    found: list[int] = []
    for item, _ in stream(Here(), double, range(9), 1, lambda: len(found) == 3):
        found.append(item)
    assert found == [0, 1, 2]


def test_stopping_waits_for_nobody(crew: Crew) -> None:
    assert list(stream(crew, rest, [3600.0, 3600.0], 2, iter((False, True)).__next__)) == []
