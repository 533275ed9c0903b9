"""The store against raw pyoxigraph, as ratios within one run.

Loading: `kg.graph.store.write_graph` of N invented statements against ``bulk_load`` of the same
triples from an N-Triples file, each into a new store on disk (the best of the rounds).
Querying: each query through ``GraphStore.query`` against ``Store.query`` with its rows read (the
best of the rounds, which take turns).

    python -m benchmarks.speed.store [--statements 20000] [--rounds 3]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox

from kg.config import load_config
from kg.graph.export import ntriples
from kg.graph.shapes import check
from kg.graph.store import GraphStore, open_graph, write_graph
from kg.graph.vocab import prefixes
from tests.support.graphs import graph as invented

QUERIES = {
    "one entity": "SELECT ?p ?o WHERE { ?s rdfs:label 'Ada Amara' ; ?p ?o }",
    "all facts of a relation": "SELECT ?a ?b WHERE { ?a kg:used ?b }",
    "every statement": "SELECT ?st ?s ?p ?o WHERE { ?st rdf:subject ?s ; rdf:predicate ?p ; rdf:object ?o }",
    "count by status": "SELECT ?x (COUNT(?st) AS ?n) WHERE { ?st kg:status ?x } GROUP BY ?x",
    "evidence": "SELECT ?w WHERE { ?st kg:status kg:Asserted ; prov:wasDerivedFrom/oa:hasSelector/oa:exact ?w }",
}
LIMITS = {"load": 2.0, "query": 1.2}


def timed(work: Callable[[], object]) -> float:
    """Seconds that it took."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def load(folder: Path, statements: int, rounds: int) -> tuple[float, float, Path]:
    """Seconds for kg and for raw loading, and the folder of a store."""
    made = invented(max(10, statements // 3), statements)
    settings = load_config()
    ours, raws = [], []
    dump = folder / "triples.nt"
    for number in range(rounds):
        path = folder / f"kg-{number}"
        ours.append(
            timed(
                lambda path=path: write_graph(  # type: ignore[misc]
                    path, made.entities, made.statements, made.articles, settings=settings
                )
            )
        )
        if number == 0:
            with open_graph(path) as graph, dump.open("w", encoding="utf-8") as file:
                ntriples(graph, file)

        def raw(number: int = number) -> None:
            store = ox.Store(str(folder / f"raw-{number}"))
            store.bulk_load(path=dump, format=ox.RdfFormat.N_TRIPLES)
            store.flush()

        raws.append(timed(raw))
    return min(ours), min(raws), folder / "kg-0"


def ask(graph: GraphStore, query: str, rounds: int) -> tuple[float, float]:
    """Best seconds of one query through kg and raw; a short one is asked many times a round."""
    names = dict(prefixes(graph.base))

    def raw() -> object:
        return [tuple(row) for row in graph.store.query(query, prefixes=names)]

    times = max(1, int(0.05 / max(timed(raw), 1e-6)))
    ours, raws = [], []
    for _ in range(rounds):
        ours.append(timed(lambda: [graph.query(query) for _ in range(times)]) / times)
        raws.append(timed(lambda: [raw() for _ in range(times)]) / times)
    return min(ours), min(raws)


def main() -> int:
    """Print the ratios; 1 when one is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--check", action="store_true", help="time 'kg check' too")
    options = parser.parse_args()
    worst = {"load": 0.0, "query": 0.0}
    with tempfile.TemporaryDirectory() as name:
        ours, raw, path = load(Path(name), options.statements, options.rounds)
        with open_graph(path) as graph:
            print(f"{options.statements} statements, {len(graph)} triples")
            print(f"{'load':28} kg {ours:8.3f} s  raw {raw:8.3f} s  ratio {ours / raw:.2f}")
            worst["load"] = ours / raw
            for title, query in QUERIES.items():
                ours, raw = ask(graph, query, max(5, options.rounds * 3))
                worst["query"] = max(worst["query"], ours / raw)
                print(
                    f"{title:28} kg {1000 * ours:8.2f} ms raw {1000 * raw:8.2f} ms "
                    f"ratio {ours / raw:.2f}"
                )
            if options.check:
                print(f"{'check':28} kg {timed(lambda: check(graph)):8.3f} s")
    over = [kind for kind, limit in LIMITS.items() if worst[kind] > limit]
    for kind, limit in LIMITS.items():
        print(
            f"worst {kind} ratio {worst[kind]:.2f} (limit {limit}): {'OVER' if kind in over else 'ok'}"
        )
    return 1 if over else 0


if __name__ == "__main__":
    raise SystemExit(main())
