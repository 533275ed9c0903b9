"""What one more article costs a graph of many, beyond reading it.

    python -m benchmarks.speed.update [FOLDER] [--of OUTPUT] [--sizes 3000 30000] [--all]

Graphs of so many articles are made as in `benchmarks.speed.many` (kept in FOLDER, if one is named,
for the next run). Then one more article is built into each with no page and no Turtle file, one is
taken out, and one correction is made: each in a process of its own, in processor seconds, user and
system, of the whole command but what reading the article takes: a runner hands the result out, in
a process that has the language pipeline's libraries loaded. ``--all`` tells what the same costs when nothing is kept of the merge before.

Ends with status 1 when an article costs the smaller graph more than `MOST`, or the larger more than
`GROWTH` times what it costs the smaller.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.speed.many import ROOT, copies, output
from kg import registry
from kg.building import build, correct, remove
from kg.config import load_config
from kg.corrections.lines import from_lines, to_lines
from kg.model import Article, ArticleResult, Correction, Thing

MOST = 2.0  # seconds
GROWTH = 1.5
#: Builds whose mean is told: files of the store are put together now and then.
TIMES = 4


def ready(made: ArticleResult | None) -> None:
    """A runner that hands out this result for whatever it is given, or any result as it is."""

    def run(function: Any, items: Iterable[Article], **_: Any) -> Iterator[ArticleResult]:
        for article in items:
            assert made is not None
            yield replace(made, article=article, pipeline=function.fingerprint)

    if "ready" in registry.names("runners"):
        del registry._REGISTERED["runners"]["ready"]
    registry.register("runners", "ready", run)


def one(out: Path, source: Path, number: int) -> None:
    """Print what it costs to build a copy of this number into an output, and the rest."""
    from kg.folder import read_manifest

    settings = load_config(build={"runner": "ready", "page": False, "turtle": False})
    made = next(copies(source, number, number + 1))
    ready(made)
    with tempfile.TemporaryDirectory() as name:
        text = Path(name) / f"new-{number}.txt"
        text.write_text(f"{made.article.text}\n\nThis is news of day {number}.\n", "utf-8")
        told = {}
        # What reading an article takes: the libraries of the language pipeline, those that clean.
        build([text], Path(name) / "warm", settings=settings)
        start = time.process_time()
        build([text], out, settings=settings)
        told["add"] = time.process_time() - start
        label = max((e for e in made.entities if e.named), key=lambda e: len(e.mentions))
        plain = Correction("rename", (Thing(label.label, label.type),), to=f"Renamed {number}")
        start = time.process_time()
        correct(from_lines(to_lines([plain])), out)
        told["correct"] = time.process_time() - start
        start = time.process_time()
        remove([text.name], out)
        told["remove"] = time.process_time() - start
        manifest = read_manifest(out)
        assert manifest is not None
        told["triples"] = manifest.triples
    print(json.dumps(told))


def measured(out: Path, source: Path, number: int) -> dict[str, float]:
    """The seconds of one addition, correction and removal."""
    command = [sys.executable, "-m", "benchmarks.speed.update", "--one", *map(str, (out, source))]
    done = subprocess.run(
        [*command, str(number)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


def grown(folder: Path, source: Path, size: int) -> Path:
    """An output of so many articles, built if it is not there."""
    from benchmarks.speed.many import spread

    out = folder / f"of-{size}"
    if not (out / "merge.json").exists():
        spread(source, out, size)
        settings = load_config(build={"runner": "ready", "page": False, "turtle": False})
        ready(next(copies(source, size, size + 1)))
        with tempfile.TemporaryDirectory() as name:
            text = Path(name) / "first.txt"
            text.write_text("It rained.\n", "utf-8")
            start = time.process_time()
            build([text], out, settings=settings)
        print(
            f"{size:,} articles merged and stored: {time.process_time() - start:.1f} s", flush=True
        )
    return out


def main() -> int:
    """Measure, print, and compare with what must be kept to."""
    if sys.argv[1:2] == ["--one"]:
        one(Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]))
        return 0
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--of", type=Path, metavar="OUTPUT")
    parser.add_argument("--sizes", type=int, nargs="*", default=[3_000, 30_000])
    parser.add_argument("--all", action="store_true", help="also with nothing kept")
    given = parser.parse_args()
    costs = []
    with tempfile.TemporaryDirectory() as name:
        folder = (given.folder or Path(name)).absolute()
        source = output(folder, given.of and given.of.absolute())
        for size in given.sizes:
            out = grown(folder, source, size)
            tries = [measured(out, source, size + 2 + n) for n in range(TIMES)]
            mean = {
                what: sum(found[what] for found in tries) / TIMES
                for what in ("add", "correct", "remove")
            }
            costs.append(mean["add"])
            told = ", ".join(f"{what} {seconds:.2f} s" for what, seconds in mean.items())
            print(f"{size:,} articles, {tries[-1]['triples']:,} triples: {told}", flush=True)
            if given.all:
                (out / "merge.json").unlink()
                print(f"  nothing kept: add {measured(out, source, size + 99)['add']:.2f} s")
    growth = costs[-1] / costs[0]
    print(f"an article: at most {MOST:g} s; the largest graph over the smallest: {growth:.2f}, "
          f"at most {GROWTH:g}")  # fmt: skip
    return int(costs[0] > MOST or growth > GROWTH)


if __name__ == "__main__":
    sys.exit(main())
