"""Power cuts: what is on the disk after any system call is the old graph or the new one."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from kg.errors import GraphError
from tests.faults.attack import LONG, SEED, content, damage, rebuild, whole
from tests.faults.disk import Disk, record, replay
from tests.support.needs import missing, needs


@pytest.fixture(autouse=True)
def tracing() -> None:
    needs("strace")
    done = subprocess.run(
        ["strace", "--seccomp-bpf", "-f", "true"], capture_output=True, check=False
    )
    if done.returncode:
        missing(f"strace may not trace here: {done.stderr.decode().strip()}")


pytestmark = pytest.mark.xdist_group("faults")


def without_logs(found: Mapping[str, bytes | None]) -> dict[str, bytes | None]:
    """What holds data: the store's library also writes what it did."""
    return {name: held for name, held in found.items() if not name.endswith("/LOG")}


def files(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if not p.is_dir()}


@pytest.mark.parametrize("before", ["a graph", "nothing"])
def test_after_a_power_cut_the_graph_is_the_old_or_the_new_one(world, tmp_path, before):
    if before == "nothing" and not LONG:
        pytest.skip("make faults")
    out = tmp_path / "out"
    if before == "nothing":
        out.mkdir()
    else:
        shutil.copytree(world.three, out)
    disk = Disk(out).load()
    old, new = content(world.three) if before == "a graph" else None, content(world.four)
    record(world, out, tmp_path / "trace")
    rng, left = random.Random(SEED), tmp_path / "left"
    tried: set[int] = set()
    turned, cuts = False, 0
    for step in replay(tmp_path / "trace", disk):
        turned = turned or step == "rename /manifest.json"
        if step.startswith(("write", "pwrite64", "open")) and not (LONG and rng.random() < 0.1):
            continue
        for how in ("synced", "names", *(["some"] * (6 if LONG else 1))):
            state = disk.after_a_cut(how, rng)
            seen = hash(frozenset(without_logs(state).items()))
            if seen in tried:
                continue
            tried.add(seen)
            disk.make(state, left)
            cuts += 1
            try:
                found = content(left)
            except GraphError:
                assert old is None, (step, how)
                found = None
            assert found in (old, new), (step, how)
            assert turned or found == old, (step, how)
            if LONG and rng.random() < 0.1:
                rebuild(world, left)
                assert content(left) == new, (step, how)
                whole(left)
    print(f"{cuts} power cuts")
    # The model of the disk saw what really happened...
    disk.make(disk.after_a_cut("names", rng), left)
    assert without_logs(files(left)) == without_logs(files(out))
    # ... and what a finished build wrote stays.
    disk.make(disk.after_a_cut("synced", rng), left)
    assert content(left) == new
    assert damage(left, deep=True) == ()
