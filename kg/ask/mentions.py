"""Who or what is named, or told to have done something, in the most statements: counts over a whole graph."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import pyoxigraph as ox

from kg.ask.names import Names
from kg.ask.question import Question
from kg.ask.sparql import Known, Query
from kg.ask.words import words
from kg.graph.store import GraphStore
from kg.graph.vocab import prefixes

#: Answers that are counted and looked at; to put more in order would need the names of all.
_COUNTED: Final = 1_000
#: Things that are named most, of which some may have no name of their own.
_FIRST: Final = 50


def asks_for_mentions(question: Question) -> bool:
    """Whether it is asked who is named most: "Which firm is mentioned most often?"."""
    first = question.clauses[0]
    who = first.subject
    if not question.most or who is None or not who.asked or len(question.clauses) > 1:
        return False
    rest = (first.object, first.agent, *first.complements)
    return first.verb in words("verbs", "mentioning") and not any(rest)


def mentions_query(kind: Known) -> str:
    """The things of a kind, by the number of statements that they are subject or object of."""
    classes = " ".join(f"kg:{one}" for one in kind.classes)
    told = f"SELECT DISTINCT ?answer WHERE {{ VALUES ?kind {{ {classes} }} ?answer a ?kind }}"
    of_kind = f"  {{ {told} }}\n" if classes else ""
    return (
        f"SELECT ?answer (COUNT(DISTINCT ?statement) AS ?count) WHERE {{\n{of_kind}  "
        "{ ?statement rdf:subject ?answer } UNION { ?statement rdf:object ?answer }\n"
        f"}} GROUP BY ?answer ORDER BY DESC(?count) LIMIT {_COUNTED}"
    )


def mentions(graph: GraphStore, sparql: str, names: Names) -> tuple[str, ...]:
    """Those, by IRI, that are named most."""
    first = _counts(graph, sparql)[:_FIRST]
    named = [(count, iri.value) for count, iri in first if iri.value in names.named]
    return tuple(iri for count, iri in named if count == named[0][0])


def most_told(
    graph: GraphStore, query: Query, is_answer: Callable[[str], bool], names: Names
) -> tuple[str, ...]:
    """The answers of a query, by IRI, that most statements tell; none where they are no things, or as many as are
    counted."""
    counts = [
        (count, one)
        for count, one in _counts(graph, query.counted(_COUNTED))
        if is_answer(names.label.get(one.value, one.value))
    ]
    most = [one for count, one in counts if count == counts[0][0]]
    whole = len(most) < _COUNTED and all(isinstance(one, ox.NamedNode) for one in most)
    return tuple(one.value for one in most) if whole else ()


def _counts(graph: GraphStore, sparql: str) -> list[tuple[int, Any]]:
    """What is counted, the most first, then by IRI."""
    rows: Any = graph.store.query(sparql, prefixes=dict(prefixes(graph.base)))
    counts = [(int(row["count"].value), row["answer"]) for row in rows]
    return sorted(counts, key=lambda one: (-one[0], one[1].value))
