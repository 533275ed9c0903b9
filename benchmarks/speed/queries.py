"""How long the queries that come along take, and what users ask, beside raw pyoxigraph.

    python -m benchmarks.speed.queries [--statements 10000] [--of OUTPUT] [--store STORE]

On a graph of `benchmarks.speed.many`. Each query is asked through `kg`, and once more of raw
pyoxigraph, in a form ordered by hand for its planner (a file's own text for those that come along:
they are ordered by hand); the ratio is of the two. Processor seconds, rows read, the best of the
rounds, which take turns. Parameters are left open unless the line shows one (or the query needs
one): then everything is answered. A query that comes along and takes longer than the limit of its
size ends the run with status 1; one of a user's own that does is told.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed.many import many, output
from kg.graph import GraphStore, open_graph, shipped_queries
from kg.graph.query import bind, shipped_query
from kg.graph.vocab import prefixes

#: Seconds that a query may take, up to so many statements.
LIMITS = ((20_000, 0.5), (500_000, 5.0))
#: What users ask: as it comes to mind, and ordered by hand.
OWN = {
    "names by part": (
        'SELECT ?e ?l WHERE { ?e kg:named true ; rdfs:label ?l . FILTER(CONTAINS(LCASE(?l), "united")) }',
        'SELECT ?e ?l WHERE { ?e rdfs:label ?l . FILTER(CONTAINS(LCASE(?l), "united")) ?e kg:named true }',
    ),
    "a path of two facts": (
        "SELECT ?a ?c WHERE { ?b a kg:Organization . ?a kg:memberOf ?b . ?b kg:headquarteredIn|kg:locatedIn ?c }",
        "SELECT ?a ?c WHERE { ?a kg:memberOf ?b . ?b kg:headquarteredIn|kg:locatedIn ?c . ?b a kg:Organization }",
    ),
    "counts by month": (
        "SELECT ?month (COUNT(?st) AS ?n) WHERE { ?st a kg:Statement ; prov:wasDerivedFrom/oa:hasSource/"
        "schema:datePublished ?d BIND(SUBSTR(STR(?d), 1, 7) AS ?month) } GROUP BY ?month ORDER BY ?month",
        "SELECT ?month (COUNT(?st) AS ?n) WHERE { { SELECT ?a ?month WHERE { ?a schema:datePublished ?d "
        "BIND(SUBSTR(STR(?d), 1, 7) AS ?month) } } { SELECT ?e ?a WHERE { ?e oa:hasSource ?a } } "
        "{ SELECT ?st ?e WHERE { ?st prov:wasDerivedFrom ?e } } { SELECT ?st WHERE { ?st a kg:Statement } } } "
        "GROUP BY ?month ORDER BY ?month",
    ),
    "all about one name": (
        'SELECT ?p ?o ?how WHERE { ?st rdf:subject/rdfs:label "Russia" ; rdf:predicate ?p ; rdf:object ?o ; '
        "kg:status ?how }",
        'SELECT ?p ?o ?how WHERE { ?s rdfs:label "Russia" . ?st rdf:subject ?s ; rdf:predicate ?p ; '
        "rdf:object ?o ; kg:status ?how }",
    ),
    "who says most": (
        "SELECT ?who (COUNT(?q) AS ?n) WHERE { ?s kg:said ?q ; rdfs:label ?who } GROUP BY ?who ORDER BY DESC(?n) LIMIT 20",
        "SELECT ?who ?n WHERE { { SELECT ?s (COUNT(?q) AS ?n) WHERE { ?s kg:said ?q } GROUP BY ?s } "
        "{ SELECT ?s ?who WHERE { ?s rdfs:label ?who } } } ORDER BY DESC(?n) LIMIT 20",
    ),
}  # fmt: skip
#: Parameters as people give them, beside none.
GIVEN = {"evidence": {"about": "russia"}, "timeline": {"about": "russia"}}


def timed(work: Callable[[], object]) -> tuple[float, int]:
    """Processor seconds, and how many rows it gave."""
    start = time.process_time()
    found = work()
    return time.process_time() - start, len(found)  # type: ignore[arg-type]


def measured(graph: GraphStore, asked: str, raw: str, rounds: int) -> tuple[float, float, int]:
    """The best seconds through `kg` and raw, and the rows."""
    names = dict(prefixes(graph.base))
    ours, theirs, rows = [], [], 0
    for _ in range(rounds):
        seconds, rows = timed(lambda: graph.query(asked))
        ours.append(seconds)
        theirs.append(
            timed(lambda: [tuple(row) for row in graph.store.query(raw, prefixes=names)])[0]
        )  # type: ignore[union-attr,arg-type]
        if seconds > 2:
            break
    return min(ours), min(theirs), rows


def questions() -> list[tuple[str, str, str]]:
    """Each query as (name, text through `kg`, text for raw pyoxigraph)."""
    found = []
    for query in shipped_queries():
        if not query.needed:
            found.append((query.name, query.name, bind(query, {})))
    for name, given in GIVEN.items():
        text = bind(shipped_query(name), given)
        found.append((f"{name} {' '.join(f'{k}={v}' for k, v in given.items())}", text, text))
    return found + [(name, *both) for name, both in OWN.items()]


def main() -> int:
    """Print the table; 1 when a query takes too long."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--of", type=Path, metavar="OUTPUT", help="what a build wrote")
    parser.add_argument("--store", type=Path, help="what benchmarks.speed.many wrote")
    given = parser.parse_args()
    late: dict[bool, list[str]] = {False: [], True: []}
    with tempfile.TemporaryDirectory() as name:
        store = given.store or Path(name) / "store"
        if given.store is None:
            many(output(Path(name), given.of), store, given.statements)
        with open_graph(store) as graph:
            count = len(graph.query("SELECT ?st WHERE { ?st a kg:Statement }"))
            limit = next((most for size, most in LIMITS if count <= size), float("inf"))
            print(f"{count:,} statements, {len(graph):,} triples; at most {limit:g} s a query")
            for title, asked, raw in questions():
                ours, theirs, rows = measured(graph, asked, raw, given.rounds)
                late[title in OWN] += [title] * (ours > limit)
                print(
                    f"{title:28} kg {ours:7.3f} s  raw {theirs:7.3f} s  ratio {ours / theirs:5.2f}"
                    f"  {rows:7,} rows{'   LATE' if ours > limit else ''}",
                    flush=True,
                )
    print(
        f"late: {', '.join(late[False]) or 'none'}; users' own: {', '.join(late[True]) or 'none'}"
    )
    return int(bool(late[False]))


if __name__ == "__main__":
    sys.exit(main())
