"""Builds that end without warning, before any of their steps."""

from __future__ import annotations

import random
import signal
import time

import pytest

from tests.faults.attack import (
    LONG,
    SEED,
    apart,
    begin,
    build_and_die,
    build_by_turns,
    content,
    damage,
    rebuild,
    whole,
)

pytestmark = pytest.mark.xdist_group("faults")


def test_killed_before_any_step_the_graph_is_the_old_or_the_new_one(world):
    states = {content(world.three), content(world.four)}
    points = 0
    for step in range(1, 400, 1 if LONG else 5):
        out = world.copy("killed")
        code = apart(build_and_die, world, out, step)
        if code == 0:
            break
        assert code == -signal.SIGKILL
        points += 1
        assert content(out) in states, step
        # At most a page or a Turtle file is ahead of the store, and says so.
        for line in damage(out, deep=True):
            assert "made of another graph" in line, (step, line)
        if LONG or points % 3 == 1:
            rebuild(world, out)
            assert content(out) == content(world.four), step
            whole(out)
    print(f"{points} kill points")
    assert points > 8


@pytest.mark.skipif(not LONG, reason="make faults")
def test_killed_at_any_time_the_graph_is_the_old_or_the_new_one(world):
    states = {content(world.three), content(world.four)}
    rng = random.Random(SEED)
    for _ in range(100):
        out = world.copy("killed")
        process = begin(build_by_turns, world, out, 20)
        time.sleep(rng.uniform(0.02, 1.5))
        process.kill()
        process.join()
        assert content(out) in states
        rebuild(world, out)
        assert content(out) == content(world.four)
        whole(out)
