from __future__ import annotations

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg import registry
from kg.run.processes import IN_FLIGHT, WorkerDied, processes
from kg.run.serial import serial


def double(number: int) -> int:
    return 2 * number


def slow_first(number: int) -> int:
    time.sleep(0.3 if number == 0 else 0)
    return number


def die_at_three(number: int) -> int:
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


def fail_at_three(number: int) -> int:
    if number == 3:
        raise ValueError("three")
    return number


@pytest.mark.parametrize("name", ["serial", "processes"])
def test_a_runner_is_the_builtin_map(name):
    runner = registry.get("runners", name)
    assert list(runner(double, range(12), jobs=2)) == list(map(double, range(12)))
    assert list(runner(double, [], jobs=2)) == []


def test_results_come_in_the_order_of_the_items():
    assert list(processes(slow_first, range(8), jobs=2)) == list(range(8))


def test_a_process_that_dies_costs_its_item_only():
    results = list(processes(die_at_three, range(8), jobs=2))
    assert [r for r in results if not isinstance(r, WorkerDied)] == [0, 1, 2, 4, 5, 6, 7]
    (died,) = [r for r in results if isinstance(r, WorkerDied)]
    assert results.index(died) == 3
    assert died.exit_code == -signal.SIGKILL


def test_an_exception_of_the_function_is_raised():
    with pytest.raises(ValueError, match="three"):
        list(processes(fail_at_three, range(8), jobs=2))


def busy(number: int) -> int:
    while True:
        number = (number * 31 + 7) % 1_000_003


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_workers_end_in_the_middle_of_their_work_when_their_parent_is_killed():
    script = (
        "from tests.run.test_runners import busy\n"
        "from kg.run.processes import processes\n"
        "if __name__ == '__main__': list(processes(busy, range(2), jobs=2))"
    )
    root = Path(__file__).parents[2]
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=root)

    def children() -> list[int]:
        found = Path(f"/proc/{parent.pid}/task/{parent.pid}/children").read_text().split()
        lines = {int(c): Path(f"/proc/{c}/cmdline").read_text() for c in found}
        return [pid for pid, line in lines.items() if "spawn_main" in line]

    def used(pid: int) -> int:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11])

    workers: list[int] = []
    try:
        until = time.monotonic() + 60
        while time.monotonic() < until:
            time.sleep(0.1)
            workers = children()
            if (
                len(workers) == 2 and min(map(used, workers)) > 60
            ):  # at work, hundredths of a second
                break
        else:
            pytest.fail("no workers")
    finally:
        parent.kill()
        parent.wait()
    until = time.monotonic() + 5
    while any(Path(f"/proc/{pid}").exists() for pid in workers) and time.monotonic() < until:
        time.sleep(0.02)
    assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_few_items_are_taken_ahead():
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    results = processes(double, items(), jobs=2)
    next(results)
    assert len(taken) <= IN_FLIGHT * 2 + 1
    results.close()


def test_serial_takes_nothing_ahead():
    taken = []

    def items():
        for number in range(100):
            taken.append(number)
            yield number

    next(serial(double, items()))
    assert taken == [0]


def fail_with_a_word(number: int) -> int:
    log = logging.getLogger("kg.test")
    try:
        return 1 // number
    except ZeroDivisionError:
        log.warning("no %d", number, exc_info=True)
        log.debug("more of %d", number)
        return -1


@pytest.mark.parametrize(("level", "words"), [("WARNING", 1), ("DEBUG", 2)])
def test_what_a_worker_logs_is_logged_here(caplog, level, words):
    with caplog.at_level(level, logger="kg"):
        assert list(processes(fail_with_a_word, [1, 0, 1, 0], jobs=2)) == [1, -1, 1, -1]
    assert len(caplog.records) == 2 * words
    assert caplog.records[0].name == "kg.test"
    assert caplog.records[0].message.startswith("no 0\nTraceback")
