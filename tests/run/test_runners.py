from __future__ import annotations

import logging
import os
import signal
import time

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
