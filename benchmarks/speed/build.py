"""How fast and how big a whole build is, as ratios within one run.

    python -m benchmarks.speed.build [FILE.jsonl.gz ...] [--articles 100] [--memory 300 3000]

Reads articles (JSON lines with a ``text``), by default those of `benchmarks.speed.texts`. Prints, beside
what each must keep to:

- the whole build over the language pipeline alone, on the same texts, each in a process of its own,
  after one article was built elsewhere: loading and compiling are in neither figure. Both are done
  in turn, five times; the median of the five ratios counts;
- loading the store over a raw pyoxigraph bulk load of the same triples;
- a SPARQL query through `kg` over the same query in raw pyoxigraph;
- processor time of ``import kg`` and ``kg --help`` above an empty interpreter;
- with ``--memory A B``: the peak memory of a build of A articles, and of B.

Times are processor time: a machine that does other things changes them little. Ends with status 1
when a ratio is missed.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

from benchmarks.speed.texts import default_files, has_corpora

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 5
QUERY = (
    "SELECT ?s ?p ?o WHERE { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o } ORDER BY ?s"
)


def articles(paths: list[Path], count: int, folder: Path) -> Path:
    """A JSON Lines file of so many articles."""
    files = [
        f for path in paths for f in (sorted(path.glob("*.jsonl.gz")) if path.is_dir() else [path])
    ]
    made = folder / f"articles-{count}.jsonl"
    with made.open("w", encoding="utf-8") as out:
        taken = 0
        for file in files:
            with gzip.open(file, "rt", encoding="utf-8") as lines:
                for line in lines:
                    if taken >= count:
                        return made
                    plain = json.loads(line)
                    if len(plain.get("text", "")) > 200:
                        out.write(
                            json.dumps({"text": plain["text"], "title": plain.get("title")}) + "\n"
                        )
                        taken += 1
    return made


def timed(function: Callable[[], object]) -> float:
    """Processor seconds of all threads."""
    start = time.process_time()
    function()
    return time.process_time() - start


def once(what: str, source: Path, folder: Path) -> float:
    """Processor seconds of the language pipeline or the whole build, after one article of it was
    built elsewhere. For a process of its own: what one run remembers must not help another."""
    from kg.building import build
    from kg.config import load_config
    from kg.knowledge_graph import load_pipeline
    from kg.model import Article
    from kg.pipeline import parse
    from kg.read import read

    settings = load_config()
    small = folder / "small.jsonl"
    small.write_text(source.read_text(encoding="utf-8").partition("\n")[0], encoding="utf-8")
    shutil.rmtree(folder / "small", ignore_errors=True)
    build([small], folder / "small", settings=settings)
    if what == "build":
        shutil.rmtree(folder / "out", ignore_errors=True)
        return timed(lambda: build([source], folder / "out", settings=settings))
    nlp = load_pipeline()
    texts = [a for a in read([source], settings=settings) if isinstance(a, Article)]

    def pipeline() -> None:
        for article in texts:
            parse(article, nlp)

    return timed(pipeline)


def build_ratio(source: Path, folder: Path) -> float:
    alone, whole = [], []
    for _ in range(ROUNDS):
        for what, times in (("pipeline", alone), ("build", whole)):
            code = (
                "import sys\nfrom pathlib import Path\nfrom benchmarks.speed.build import once\n"
                "print(once(sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3])))"
            )
            times.append(_last_word(code, what, source, folder))
        print(f"language pipeline {alone[-1]:6.2f} s   whole build {whole[-1]:6.2f} s")
    return median(both / one for one, both in zip(alone, whole, strict=True))


def store_ratios(folder: Path) -> tuple[float, float]:
    import pyoxigraph as ox

    import kg
    from kg.config import load_config
    from kg.graph import write_graph
    from kg.graph.vocab import prefixes

    with kg.open_graph(folder / "out") as graph:
        parts = (list(graph.entities()), list(graph.statements()), list(graph.articles()))
        quads = list(graph.store.store)
        names = prefixes(graph.base)
        raw_query = min(
            timed(lambda: list(graph.store.store.query(QUERY, prefixes=names))) for _ in range(5)
        )
        query = min(timed(lambda: graph.query(QUERY)) for _ in range(5))

    def raw() -> None:
        store = ox.Store(str(folder / "raw"))
        store.bulk_extend(quads)
        store.flush()

    raw_load = timed(raw)
    load = timed(lambda: write_graph(folder / "again", *parts, settings=load_config()))
    print(f"{len(quads)} triples: raw {raw_load:.2f} s, through kg {load:.2f} s")
    return load / raw_load, query / raw_query


def start_time(code: str) -> float:
    """Processor seconds of a fresh interpreter above an empty one; the best of five."""

    def spent(program: str) -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(
            [sys.executable, "-c", program], check=True, capture_output=True,
            env=os.environ | {"PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime

    spent(code)
    return min(spent(code) for _ in range(5)) - min(spent("pass") for _ in range(5))


def peak(source: Path, out: Path) -> float:
    """Peak resident megabytes of a whole build in a process of its own."""
    code = (
        "import resource, sys\nfrom kg.cli import run\n"
        "code = run(['build', sys.argv[1], '--out', sys.argv[2], '-q'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)"
    )
    return _last_word(code, source, out)


def _last_word(code: str, *arguments: object) -> float:
    """The number that a program prints last, run in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)], check=True, capture_output=True,
        text=True, env=os.environ | {"PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    return float(done.stdout.split()[-1])


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and compare with what must be kept to."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--memory", type=int, nargs="*", default=[])
    given = parser.parse_args(arguments)
    paths = given.files or list(default_files())
    if not all(path.exists() for path in paths):
        print("no articles to read: name a .jsonl.gz file", file=sys.stderr)
        return 2
    results: list[tuple[str, float, float]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = articles(paths, given.articles, folder)
        results.append(("whole build / language pipeline", build_ratio(source, folder), 1.5))
        load, query = store_ratios(folder)
        results.append(("store load / raw bulk load", load, 2.0))
        results.append(("query / raw query", query, 1.2))
        results.append(("import kg, s", start_time("import kg"), 0.2))
        show = "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\nmain()"
        results.append(("kg --help, s", start_time(show), 0.3))
        for count in given.memory:
            megabytes = peak(articles(paths, count, folder), folder / f"memory-{count}")
            results.append((f"peak memory of {count} articles, MB", megabytes, 1000.0))
    missed = False
    for label, value, most in results:
        missed |= value > most
        print(f"{label:40} {value:8.2f}  at most {most:g}{'' if value <= most else '   MISSED'}")
    if missed and not given.files and not has_corpora():
        print("Of so few articles the targets are not judged; name files to have them judged.")
        return 0
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
