"""What each stage of a graph costs an article and a statement, at sizes that grow.

    python -m benchmarks.speed.scale [--of OUTPUT] [--sizes 300 3000] [--names 3000 30000]

Results of as many articles are made up as in `benchmarks.speed.many` (names by Zipf's law) and lie in
files, as a build has them. Processor time, user and system, of: reading them back, names
(counted and resolved), statements (drafts and events put into the tables), telling (entities,
statements and events read from the tables), storing (triples made and loaded), Turtle, and the
indexes that the next update needs; beside it, how fast the same triples are loaded with nothing
around it. ``--names``: results go through the resolver of names alone, and
are not written. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pyoxigraph as ox

from benchmarks.speed.many import ROOT, copies, output
from kg.building import all_seeds
from kg.config import load_config
from kg.corrections.articles import Book
from kg.folder import read_article, read_result, write_result
from kg.graph import write_graph
from kg.graph.ontology import load_ontology
from kg.graph.spool import Spool
from kg.graph.turtle import turtle_of
from kg.merge.articles import take_statements
from kg.merge.corrected import Mending
from kg.merge.kb_links import Links
from kg.merge.merged import Merged
from kg.merge.names import Names
from kg.merge.tables import fresh_tables, index_for_updates, index_statements
from kg.merge.update import list_articles
from kg.rings import rare_collections

T = TypeVar("T")
BASE = "https://kg.example/"
spent: Counter[str] = Counter()


def timed(what: str, items: Iterable[T]) -> Iterator[T]:
    """The items, the time to make them counted under a name."""
    waiting = iter(items)
    while True:
        start = time.process_time()
        item = next(waiting, None)
        spent[what] += time.process_time() - start
        if item is None:
            return
        yield item


def stage(what: str, function: Callable[[], T], *without: str) -> T:
    """What a function gives, its time counted but for that of other names."""
    before = sum(spent[name] for name in without)
    start = time.process_time()
    made = function()
    spent[what] += time.process_time() - start - (sum(spent[name] for name in without) - before)
    return made


def whole(source: Path, count: int) -> tuple[int, int, int]:
    """Merge and store so many; the numbers of entities, statements and triples."""
    with tempfile.TemporaryDirectory() as name, rare_collections():  # as a build has them
        folder = Path(name)
        keys = []
        for result in copies(source, 0, count):
            write_result(folder, result)
            keys.append(result.article.id)
        keys.sort()
        db = fresh_tables(folder / "merge")
        seeds = all_seeds(load_config())
        mending, names = Mending(db, Book((), {})), Names(db, BASE, seeds)

        def results() -> Iterator[Any]:
            return timed("reading results", (read_result(folder, key) for key in keys))

        def take_names() -> None:
            for result in results():
                names.take(result, {})
            names.apart = mending.apart()
            names.resolve_all(Links(db, None).seeds)
            mending.apply(names, Links(db, None).settle)

        def take_statements_of_all() -> None:
            for result in results():
                take_statements(db, BASE, Book((), {}).mend(result), mending)
                list_articles(db, [result])
            index_statements(db)
            db.commit()

        stage("names", take_names, "reading results")
        stage("statements", take_statements_of_all, "reading results")
        merged, seen = Merged(db, BASE, load_ontology()), Counter[str]()

        def told(what: str, items: Iterable[T]) -> Iterator[T]:
            for item in timed("telling", items):
                seen[what] += 1
                yield item

        with Spool() as spool:
            triples = stage(
                "storing",
                lambda: write_graph(
                    folder / "store", told("entities", merged.entities()),
                    told("statements", merged.statements()),
                    timed("reading results", (read_article(folder, key) for key in keys)),
                    settings=load_config(), events=told("events", merged.events()), spool=spool,
                ),
                "telling", "reading results",
            )  # fmt: skip
            with (folder / "graph.ttl").open("w", encoding="utf-8") as file:
                stage("Turtle", lambda: turtle_of(spool, BASE, file))
            stage("indexes", lambda: index_for_updates(db))
            merged.close()
            print(
                f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; ", end=""
            )
            raw_load(folder / "raw", spool)
        return seen["entities"], seen["statements"], triples


def raw_load(place: Path, lines: Iterable[str]) -> None:
    """Load these lines of N-Triples into a store with nothing else around it."""
    whole_text = place.with_suffix(".nt")
    with whole_text.open("w", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    start = time.process_time()
    store = ox.Store(str(place))
    store.bulk_load(path=str(whole_text), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    store.flush()
    spent["raw bulk load"] = time.process_time() - start
    del store
    shutil.rmtree(place)
    whole_text.unlink()


def names_alone(source: Path, count: int) -> int:
    """Resolve the names of so many; the number of entities."""
    with tempfile.TemporaryDirectory() as name:
        db = fresh_tables(Path(name) / "merge")
        names = Names(db, BASE, all_seeds(load_config()))

        def take() -> None:
            for result in timed("making up", copies(source, 0, count)):
                names.take(result, {})

        stage("counted", take, "making up")
        stage("resolved", names.resolve_all)
        (found,) = db.execute("SELECT COUNT(*) FROM entity").fetchone()
        db.close()
        return int(found)


def one(what: str, source: Path, count: int) -> None:
    """Print what so many cost."""
    if what == "--whole":
        entities, statements, triples = whole(source, count)
        made = f"{entities:,} entities, {statements:,} statements, {triples:,} triples"
    else:
        made, statements = f"{names_alone(source, count):,} entities", 0
        print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; ", end="")
    print(f"{count:,} articles: {made}")
    spent.pop("making up", None)
    raw = spent.pop("raw bulk load", None)
    for stage_, seconds in [*spent.items(), ("all", spent.total())]:
        each = f", {1e6 * seconds / statements:.0f} µs a statement" if statements else ""
        print(f"  {stage_}: {seconds:.2f} s, {1000 * seconds / count:.2f} ms an article{each}")
    if raw:
        merged = spent.total() - spent["Turtle"]
        print(f"  raw bulk load of the triples: {raw:.2f} s; so fast is merging and storing: "
              f"{raw / merged:.2f}")  # fmt: skip


def main() -> None:
    """Measure and print."""
    if sys.argv[1:2] in (["--whole"], ["--alone"]):
        one(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
        return
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--of", type=Path, metavar="OUTPUT")
    parser.add_argument("--sizes", type=int, nargs="*", default=[300, 3_000])
    parser.add_argument("--names", type=int, nargs="*", default=[3_000, 30_000])
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        source = output(Path(name), given.of and given.of.absolute())
        for what, sizes in (("--whole", given.sizes), ("--alone", given.names)):
            for size in sizes:
                command = [sys.executable, "-m", "benchmarks.speed.scale", what, str(source)]
                subprocess.run([*command, str(size)], check=True, cwd=ROOT)


if __name__ == "__main__":
    main()
