"""How many processes are started where nobody says so."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kg.run.cores import MEGABYTES, usable, worth


@pytest.mark.parametrize(
    ("articles", "cores", "jobs"),
    [(0, 8, 1), (5, 8, 1), (19, 8, 1), (20, 8, 2), (79, 8, 7), (10_000, 8, 8), (10_000, 1, 1)],
)
def test_a_process_is_started_for_ten_articles(articles: int, cores: int, jobs: int) -> None:
    assert worth(articles, cores) == jobs


def limits(folder: Path, cpu: str = "max 100000", memory: str = "max") -> Path:
    """What a container's limits look like from inside."""
    (folder / "cpu.max").write_text(f"{cpu}\n")
    (folder / "memory.max").write_text(f"{memory}\n")
    return folder


def test_all_cores_are_used_that_memory_has_room_for(tmp_path: Path) -> None:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    assert 1 <= usable(tmp_path) <= (cores or 1)  # no limits to be read there
    assert usable(limits(tmp_path)) == usable(tmp_path / "nowhere")


def test_a_container_has_its_share(tmp_path: Path) -> None:
    assert usable(limits(tmp_path, cpu="100000 100000")) == 1
    assert usable(limits(tmp_path, cpu="20000 100000")) == 1
    assert usable(limits(tmp_path, memory=str(3 * MEGABYTES * 1_000_000))) == 1
