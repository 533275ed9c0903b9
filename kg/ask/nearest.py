"""What the graph holds that comes nearest to a question it cannot answer, and what speaks against an answer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from kg.ask.question import Clause
from kg.ask.relations import Relations
from kg.ask.sparql import Known
from kg.ask.tellings import tellings
from kg.graph.reading import Reading
from kg.graph.store import GraphStore
from kg.graph.vocab import prefixes
from kg.model import Statement

#: Statements that are shown, and so many of a thing from which they are chosen.
_SHOWN: Final = 5
_READ: Final = 100


def nearest(
    graph: GraphStore,
    reader: Reading,
    clauses: Iterable[Clause],
    known: dict[int, Known],
    relations: Relations,
) -> tuple[Statement, ...]:
    """Statements about what the question names: those of its relation first, then the most telling."""
    things = sorted({iri for one in known.values() for iri in one.iris})[:20]
    if not things:
        return ()
    wanted = {
        m.iri for clause in clauses for one in tellings(clause, relations) for m in one.meanings
    }
    among = ", ".join(f"<{iri}>" for iri in sorted(wanted))
    for test in (f"FILTER(?p IN ({among}))", ""):
        found: set[str] = set()
        for iri in things:
            found |= _about(graph, iri, test)
        if told := _most_telling(reader, found, above=0.0):
            return told
    return ()


def nearest_to(graph: GraphStore, reader: Reading, iri: str) -> tuple[Statement, ...]:
    """The most telling statements about one thing."""
    return _most_telling(reader, _about(graph, iri, ""), above=-1.0)


def _most_telling(reader: Reading, iris: set[str], *, above: float) -> tuple[Statement, ...]:
    """Of these statements, those that are shown; only they are read whole."""
    weighed = sorted((-reader.salience(iri), iri) for iri in sorted(iris)[:_READ])
    return tuple(reader.statement(iri) for less, iri in weighed[:_SHOWN] if -less > above)


def _about(graph: GraphStore, iri: str, test: str) -> set[str]:
    text = (
        f"SELECT ?s WHERE {{ {{ ?s rdf:subject <{iri}> }} UNION {{ ?s rdf:object <{iri}> }} "
        f"?s rdf:predicate ?p {test} }} LIMIT {_READ}"
    )
    if not test:
        text = (
            f"SELECT ?s WHERE {{ {{ ?s rdf:subject <{iri}> }} UNION {{ ?s rdf:object <{iri}> }} }} "
            f"LIMIT {_READ}"
        )
    rows: Any = graph.store.query(text, prefixes=dict(prefixes(graph.base)))
    return {row["s"].value for row in rows}
