from __future__ import annotations

import gc
import subprocess
import sys

from kg.rings import collect_rarely, rare_collections
from kg.run.processes import processes


def threshold(_: int) -> int:
    return gc.get_threshold()[0]


def test_a_block_looks_for_rings_rarely_and_then_as_often_as_before():
    usual = gc.get_threshold()
    with rare_collections():
        assert gc.get_threshold() == (30_000, *usual[1:])
    assert gc.get_threshold() == usual


def test_how_often_it_was_before_is_told():
    usual = gc.get_threshold()
    try:
        assert collect_rarely() == usual
    finally:
        gc.set_threshold(*usual)


def test_workers_look_for_rings_rarely_too():
    assert set(processes(threshold, range(4), jobs=2)) == {30_000}


def test_a_command_ends_without_looking_for_rings():
    program = (
        "import atexit, gc, sys\n"
        "atexit.register(lambda: print(gc.get_freeze_count() > 10_000))\n"
        "sys.argv = ['kg', '--version']\n"
        "from kg.cli import main\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "True"
