from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from portfolio_folders import ThreadCrew, work

from wtaudit.portfolio.crews import LocalCrew
from wtaudit.portfolio.judging import Outcome
from wtaudit.portfolio.running import BROKE_DOWN, Runner


def test_no_more_tasks_are_taken_than_needed() -> None:
    taken = done = 0

    def tasks() -> Iterator[str]:
        nonlocal taken
        for n in range(200):
            taken += 1
            yield str(n)

    for _ in Runner(ThreadCrew(3), work).run(tasks()):
        done += 1
        assert taken <= done + 2 * 3
    assert done == taken == 200


def test_an_exception_of_the_work_costs_its_task_alone() -> None:
    outcomes = dict(Runner(ThreadCrew(), work).run(iter(["a", "raise", "b"])))
    assert outcomes["raise"].failure == "the audit failed on it (ValueError: no good)"
    assert outcomes["a"].failure is outcomes["b"].failure is None


def test_workers_that_held_too_much_memory_are_replaced() -> None:
    crew = ThreadCrew(1)
    crew.most_memory = 99
    assert len(list(Runner(crew, work).run(iter("abc")))) == 3
    assert crew.made == 2  # what was waiting in the first one came to its end there
    crew.most_memory = 100
    assert len(list(Runner(crew, work).run(iter("abc")))) == 3
    assert crew.made == 3


def test_no_executor_is_made_when_there_is_nothing_to_do() -> None:
    crew = ThreadCrew()
    assert list(Runner(crew, work).run(iter(()))) == []
    assert crew.made == 0


def test_a_worker_that_dies_or_hangs_costs_its_task_alone() -> None:
    tasks = ["a", "die", "b", "c", "hang", "d", "e", "f"]
    with LocalCrew(2) as crew:
        outcomes = dict(Runner(crew, work).run(iter(tasks)))
    assert list(outcomes) != []
    assert {task for task, outcome in outcomes.items() if outcome.failure} == {"die", "hang"}
    assert outcomes["die"] == Outcome(None, BROKE_DOWN)
    assert len(outcomes) == len(tasks)


def test_an_interrupt_ends_the_workers_at_once() -> None:
    def interrupted(tasks: Iterator[str]) -> Iterator[str]:
        yield from tasks
        raise KeyboardInterrupt

    before = set(multiprocessing.active_children())
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), LocalCrew(1) as crew:
        list(Runner(crew, work).run(interrupted(iter(["sleep"]))))
    while set(multiprocessing.active_children()) - before:
        assert time.monotonic() < started + 20
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_with_a_killed_parent() -> None:
    code = (
        "from portfolio_folders import work\n"
        "from wtaudit.portfolio.crews import LocalCrew\n"
        "from wtaudit.portfolio.running import Runner\n"
        "if __name__ == '__main__':\n"
        "    with LocalCrew(1) as crew:\n"
        "        for _, outcome in Runner(crew, work).run(iter(['a', 'sleep'])):\n"
        "            print(outcome.result, flush=True)\n"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    parent = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert parent.stdout is not None
    worker = int(parent.stdout.readline().rpartition(" ")[2])
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    parent.stdout.close()
    until = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and _is_alive(worker):
        assert time.monotonic() < until
        time.sleep(0.05)


def _is_alive(process: int) -> bool:
    """Whether it still runs; a zombie that nobody has collected does not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False
