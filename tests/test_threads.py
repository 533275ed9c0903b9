from __future__ import annotations

import os
import subprocess
import sys

import pytest

from kg.run.processes import processes
from kg.threads import one_thread_each

NAME = "OPENBLAS_NUM_THREADS"


def told(_: int) -> str | None:
    return os.environ.get(NAME)


def test_workers_multiply_on_one_thread_and_who_started_them_as_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv(NAME, raising=False)
    assert list(processes(told, [1, 2], jobs=2)) == ["1", "1"]
    assert NAME not in os.environ


def test_who_says_how_many_is_heard(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(NAME, "3")
    with one_thread_each():
        assert os.environ[NAME] == "3"
    assert os.environ[NAME] == "3"


def test_a_command_multiplies_on_one_thread() -> None:
    asked = f"import os, kg.cli; kg.cli.run(['--version']); print(os.environ['{NAME}'])"
    left = {name: value for name, value in os.environ.items() if name != NAME}
    done = subprocess.run(
        [sys.executable, "-c", asked], capture_output=True, text=True, check=True, env=left
    )
    assert done.stdout.split()[-1] == "1"
