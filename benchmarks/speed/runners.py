"""What a second core brings: a whole build on one core, by one process on both, by two, and by two workers of Dask.

    python -m benchmarks.speed.runners [FILE.jsonl.gz ...] [--articles 300] [--rounds 2]

Wall time, so it tells something on a machine with two free cores only. Each build is a process of its
own, in turn; the best of its rounds counts. Beside the whole are told: until the first result was
there (starting workers, loading the language pipeline), from the first result to the last, and the
rest, which one process does alone (merging, storing, Turtle, page). Builds must give the same Turtle. Python's
compiled files are there, as they are where `kg` is installed.

Two more figures say what the machine and the first way leave to gain: how much two processes that share
nothing and only count get done beside each other, over one alone (the cores of a virtual machine may be
halves of one), and on how many cores the one process works (the language pipeline has threads of its own).

So two ratios are told: of one core (one process that may use no other) to two, which is what a second core brings,
and of one process that uses both cores for its parser to two.

Ends with status 1 when two processes are not `TWICE` as fast as one core, or when Dask is slower than
`DASK` of two processes. 300 articles and two rounds take four minutes of two free cores. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.build import ROOT, articles
from benchmarks.speed.texts import default_files

TWICE, DASK = 1.8, 0.85
COUNTED = 30_000_000
WAYS: dict[str, dict[str, object]] = {
    "one core": {"jobs": 1},
    "one process": {"jobs": 1},
    "two processes": {"jobs": 2},
    "Dask, two workers": {"jobs": 2, "runner": "dask"},
}


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds of wall time, and of the processors."""

    whole: float
    first: float
    results: float
    rest: float
    processor: float


def one(way: str, source: Path, out: Path) -> None:
    """Print the times of a build."""
    from kg.threads import one_thread

    one_thread()  # as the command does
    from kg.building import build
    from kg.config import load_config

    if way == "one core":
        os.sched_setaffinity(0, [min(os.sched_getaffinity(0))])
    marks: dict[str, float] = {}
    start = time.perf_counter()

    def tell(what: str, done: int, total: int | None) -> None:
        if what == "articles" and done:
            marks.setdefault("first", time.perf_counter() - start)
            marks["last"] = time.perf_counter() - start

    report = build([source], out, settings=load_config(build=WAYS[way]), progress=tell)
    whole = time.perf_counter() - start
    first, last = marks["first"], marks["last"]
    processor = sum(os.times()[:4])  # of the children, too
    print(json.dumps([whole, first, last - first, whole - last, processor]))
    assert not report.failures, report.failures


def took(way: str, source: Path, out: Path) -> Took:
    """The times of a build in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed.runners", "--one", way]
    compiled = os.environ | {"PYTHONPYCACHEPREFIX": str(out.parent / "compiled")}
    compiled.pop("PYTHONDONTWRITEBYTECODE", None)
    done = subprocess.run(
        [*command, str(source), str(out)],
        check=True, capture_output=True, text=True, cwd=ROOT, env=compiled,
    )  # fmt: skip
    return Took(*json.loads(done.stdout.splitlines()[-1]))


def beside() -> float:
    """How much two processes that only count get done in the time in which one alone does 1."""
    command = [sys.executable, "-c", f"for number in range({COUNTED}): number * number % 7"]

    def wall(count: int) -> float:
        start = time.perf_counter()
        for process in [subprocess.Popen(command) for _ in range(count)]:
            process.wait()
        return time.perf_counter() - start

    return 2 * min(wall(1) for _ in range(3)) / min(wall(2) for _ in range(3))


def main() -> int:
    """Measure, print, and compare with what must be kept to."""
    if sys.argv[1:2] == ["--one"]:
        one(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=2)
    given = parser.parse_args()
    best: dict[str, Took] = {}
    turtle = set()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = given.files or list(default_files())
        source = articles(files, given.articles, folder)
        for way in WAYS:  # compiles what it imports
            took(way, articles(files, 2, folder), folder / f"{way} first")
        for number in range(given.rounds):
            for way in WAYS:
                out = folder / f"{way} {number}"
                found = took(way, source, out)
                turtle.add((out / "graph.ttl").read_bytes())
                best[way] = min(best.get(way, found), found, key=lambda took: took.whole)
                print(f"{way:18} {found.whole:6.1f} s: first result {found.first:.1f}, all "
                      f"{found.results:.1f}, rest {found.rest:.1f}; processors "
                      f"{found.processor:.1f}", flush=True)  # fmt: skip
    core, alone, two, dask = (best[way].whole for way in WAYS)
    cores = best["one process"].processor / alone
    print(
        f"two that share nothing over one: {beside():.2f}; one process works on {cores:.2f} cores"
    )
    print(f"two processes over one core: {core / two:.2f}, at least {TWICE:g}")
    print(f"two processes over one with all its threads: {alone / two:.2f}")
    print(f"Dask over two processes: {two / dask:.2f}, at least {DASK:g}")
    print(f"the same Turtle: {'yes' if len(turtle) == 1 else 'NO'}")
    return int(core / two < TWICE or two / dask < DASK or len(turtle) > 1)


if __name__ == "__main__":
    sys.exit(main())
