"""What the attacks share: a small output, processes that die on purpose, and what must hold after.

The language pipeline would cost more than all attacks together, so it works once; afterwards a
runner hands out the results it gave. Everything else is real: files, locks, store, processes.
"""

from __future__ import annotations

import io
import multiprocessing
import os
import random
import shutil
import signal
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import kg
from kg import registry, storing
from kg.building import Report, build
from kg.config import load_config
from kg.damage import damage
from kg.errors import GraphError
from kg.folder import read_result
from kg.layout import MERGE, MERGE_SEAL
from kg.model import Article, ArticleResult

#: ``make faults`` sets it: many more trials, other random places.
LONG = bool(os.environ.get("KG_FAULTS"))
SEED = int(os.environ.get("KG_FAULTS_SEED", "7"))

TEXTS = {
    "one.txt": "Netflix used software from Runway. Ted Sarandos said the company was pleased.",
    "two.txt": "Runway released Gen-4 in April. Greg Peters praised the video generation model.",
    "three.txt": "Disney sued Midjourney. Disney may adopt technology from Runway, its lawyers said.",
    "four.txt": "Ann Lee founded Brightwater in 2019. Brightwater acquired Coldstream last year.",
}

SETTINGS = load_config(build={"runner": "ready"})


@dataclass(frozen=True)
class World:
    """``articles`` holds the sources; ``three`` is an output of the first three of them, ``four``
    one of all; ``results`` those of all articles by id."""

    folder: Path
    articles: Path
    three: Path
    four: Path
    results: Mapping[str, ArticleResult]

    def copy(self, name: str, of: Path | None = None) -> Path:
        """A fresh copy of an output (of three articles) to attack."""
        target = self.folder / name
        shutil.rmtree(target, ignore_errors=True)
        return Path(shutil.copytree(of or self.three, target))


def ready(results: Mapping[str, ArticleResult]) -> Callable[..., Iterator[ArticleResult]]:
    """A runner that hands out these results."""

    def run(function: Any, items: Iterable[Article], **_: Any) -> Iterator[ArticleResult]:
        for article in items:
            yield replace(results[article.id], article=article, pipeline=function.fingerprint)

    return run


def make_world(folder: Path) -> World:
    """The outputs that are attacked."""
    articles = folder / "articles"
    articles.mkdir(parents=True)
    for name, text in TEXTS.items():
        (articles / name).write_text(text + "\n")
    four = folder / "four"
    build([articles], four)
    results = {p.stem: read_result(four, p.stem) for p in (four / "results").iterdir()}
    world = World(folder, articles, folder / "three", four, results)
    use(world)
    try:
        rebuild(world, world.three, *(name for name in sorted(TEXTS) if name != "one.txt"))
    finally:
        del registry._REGISTERED["runners"]["ready"]
    return world


def use(world: World) -> None:
    """Let builds of this process take the results of the world."""
    registry._REGISTERED["runners"]["ready"] = ready(world.results)


def rebuild(world: World, out: Path, *names: str) -> Report:
    """Build these articles (all, if none is named) into ``out``."""
    sources = [world.articles / name for name in names] or [world.articles]
    return build(sources, out, settings=SETTINGS)


def content(out: Path) -> str:
    """All that the graph in an output says, as its Turtle."""
    with kg.open_graph(out) as graph:
        return str(graph.export("turtle"))


def left_over(out: Path) -> list[str]:
    """Names in an output that belong to nothing."""
    with kg.open_graph(out) as graph:
        known = {".lock", "graph.html", "graph.ttl", "manifest.json", "results"}
        known |= {MERGE, MERGE_SEAL} if (out / MERGE_SEAL).exists() else set()
        known.add(graph._held.path.name)
        articles = {f"{article.id}.jsonl" for article in graph.articles()}
    found = {path.name for path in out.iterdir()} - known
    return sorted(found | ({path.name for path in (out / "results").iterdir()} - articles))


def whole(out: Path) -> None:
    """Nothing is damaged, and nothing lies around."""
    assert damage(out, deep=True) == ()
    assert left_over(out) == []


# --- processes that die ----------------------------------------------------------------------------

_CONTEXT = multiprocessing.get_context("forkserver" if sys.platform != "win32" else "spawn")
if sys.platform != "win32":
    _CONTEXT.set_forkserver_preload(["tests.faults.warm"])


def apart(function: Callable[..., None], *given: Any) -> int:
    """Run a function in a process of its own; the answer is its exit code."""
    process = begin(function, *given)
    process.join()
    code = process.exitcode
    assert code is not None
    return code


def begin(function: Callable[..., None], *given: Any) -> Any:
    """Start a function in a process of its own."""
    process = _CONTEXT.Process(target=_quiet, args=(function, *given), daemon=True)
    process.start()
    return process


def _quiet(function: Callable[..., None], *given: Any) -> None:
    sys.stderr = io.StringIO()
    function(*given)


#: What changes a folder, as Python's audit events name it.
CHANGES = ("os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.truncate", "shutil.rmtree")


def steps(out: Path, act: Callable[[int], None]) -> None:
    """Call ``act`` with 1, 2, 3... before each step of this process that changes ``out``."""
    count = 0
    inside = str(out)

    def hook(event: str, given: tuple[Any, ...]) -> None:
        nonlocal count
        if event == "open":
            path, _, flags = given
            if not flags & (os.O_WRONLY | os.O_RDWR) or not str(path).startswith(inside):
                return
        elif event not in CHANGES:
            return
        count += 1
        act(count)

    sys.addaudithook(hook)


def build_and_die(world: World, out: Path, at: int) -> None:
    """Build all articles; end without warning before the step ``at``."""
    use(world)

    def act(step: int) -> None:
        if step == at:
            os.kill(os.getpid(), signal.SIGKILL)

    steps(out, act)
    rebuild(world, out)


def keep_merges() -> None:
    """Let merges of few articles be kept, and few changes be no reason to merge all anew."""
    storing.FEW, storing.SHARE = 2, 9  # type: ignore[misc]


def update_and_die(world: World, out: Path, at: int) -> None:
    """As `build_and_die`, with a merge that is kept."""
    keep_merges()
    build_and_die(world, out, at)


def build_in_a_small_room(world: World, out: Path, room: int) -> None:
    """Build all articles where no file may grow beyond ``room`` bytes; exit code 2 when told so."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
    build_where_it_is(world, out)


def build_where_it_is(world: World, out: Path) -> None:
    """Build all articles; exit code 2 when it is told that there is no room."""
    use(world)
    try:
        rebuild(world, out)
    except GraphError as error:
        os._exit(2 if "last good graph" in str(error) else 4)


def build_by_turns(world: World, out: Path, times: int) -> None:
    """Add one article and take it out again, so many times."""
    from kg.building import remove

    use(world)
    for _ in range(times):
        rebuild(world, out)
        remove(["one.txt"], out)


# --- damage ----------------------------------------------------------------------------------------


def places(size: int, rng: random.Random, more: int = 0) -> list[int]:
    """Offsets of every class in a file: first, in the head, in the middle, near the end, last."""
    fixed = {0, 1, size // 4, size // 2, 3 * size // 4, size - 20, size - 1}
    return sorted({o for o in fixed if 0 <= o < size} | {rng.randrange(size) for _ in range(more)})


def flip(path: Path, at: int, bit: int) -> None:
    """Turn one bit of a file around."""
    written = bytearray(path.read_bytes())
    written[at] ^= 1 << bit
    path.write_bytes(written)


def cut(path: Path, at: int) -> None:
    """Leave only what is before ``at``."""
    os.truncate(path, at)
