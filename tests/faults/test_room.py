"""Disks that are full."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.attack import (
    LONG,
    apart,
    build_in_a_small_room,
    build_where_it_is,
    content,
    damage,
    rebuild,
    whole,
)

pytestmark = [
    pytest.mark.xdist_group("faults"),
    pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files as Linux does"),
]

#: Thousandths of the size of the new page, the largest file of a build.
ROOMS = (0, 20, 350, 700, 990)


@pytest.mark.parametrize("share", (*ROOMS, *range(30, 1_000, 33)) if LONG else ROOMS)
def test_a_full_disk_costs_nothing(world, share):
    """No file can grow beyond the room: the results, the store, or the page are the first."""
    room = max(1, (world.four / "graph.html").stat().st_size * share // 1_000)
    out = world.copy("full")
    assert apart(build_in_a_small_room, world, out, room) == 2
    assert content(out) == content(world.three)
    assert damage(out, deep=True) == ()
    rebuild(world, out)
    assert content(out) == content(world.four)
    whole(out)


@contextlib.contextmanager
def small_disk(place: Path, size: int) -> Iterator[Path]:
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(place)],
        capture_output=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small disk here: {done.stderr.decode().strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="mounts a small disk")
@pytest.mark.parametrize("free", range(0, 1_900_000, 50_000 if LONG else 900_000))
def test_a_small_disk_costs_nothing(world, tmp_path, free):
    """A disk of its own with so many bytes left when the build begins."""
    used = sum(4096 * -(-p.stat().st_size // 4096) + 4096 for p in world.three.rglob("*"))
    with small_disk(tmp_path / "disk", used + free) as disk:
        out = disk / "out"
        shutil.copytree(world.three, out)
        code = apart(build_where_it_is, world, out)
        assert code in (0, 2)
        assert content(out) == content(world.four if code == 0 else world.three)
        assert damage(out, deep=True) == ()
