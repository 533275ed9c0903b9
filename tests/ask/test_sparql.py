"""Queries that are made of a question's pattern."""

from __future__ import annotations

import pytest

from kg.ask.question import Clause, Complement, Phrase
from kg.ask.relations import Meaning, Relations
from kg.ask.sparql import Known, Query
from kg.ask.tellings import Telling, tellings
from kg.graph.vocab import KG

WHO = Phrase(0, "Who", asked=True)
MILLS = Phrase(2, "Orlo Mills", ("Orlo", "Mills"), ("orlo", "mills"), "mills", proper=True)


def labels(graph, query: Query) -> set[str]:
    """The labels of the answers."""
    rows = graph.query(query.text())
    return {e.label for e in graph.entities() if e.id in {row["answer"] for row in rows}}


def mills(graph) -> Known:
    return Known(tuple(e.id for e in graph.entities() if e.label == "Orlo Mills"))


@pytest.fixture(scope="module")
def relations(graph) -> Relations:
    return Relations.of(graph.store)


def test_a_turned_meaning_has_its_ends_the_other_way(graph):
    query = Query({2: mills(graph)}, 0, ("asserted",))
    assert query.add([Telling((Meaning(f"{KG}sued"),), WHO, MILLS)])
    turned = Query({2: mills(graph)}, 0, ("asserted",))
    assert turned.add([Telling((Meaning(f"{KG}sued", True),), MILLS, WHO)])
    assert labels(graph, query) == labels(graph, turned) == {"Halden Foods"}


def test_a_status_that_is_not_asked_for_is_left_out(graph):
    query = Query({2: mills(graph)}, 0, ("claimed",))
    query.add([Telling((Meaning(f"{KG}sued"),), WHO, MILLS)])
    assert labels(graph, query) == set()


def test_nothing_can_be_asked_of_what_the_graph_does_not_have():
    query = Query({2: Known(lost=True)}, 0, ("asserted",))
    assert not query.add([Telling((Meaning(f"{KG}sued"),), WHO, MILLS)])


def test_words_of_a_question_stay_words(graph):
    strange = Phrase(5, 'x") } SELECT * { ?s ?p ?o #', value="")
    telling = Telling((Meaning(f"{KG}sued"),), WHO, MILLS, (Complement(("in",), strange),))
    query = Query({2: mills(graph), 5: Known(lost=True)}, 0, ("asserted",))
    query.add([telling])
    assert labels(graph, query) == set()


@pytest.mark.parametrize(
    ("verb", "iri", "turned"),
    [
        ("buy", f"{KG}acquired", False),
        ("belong to", f"{KG}owns", True),
        ("found", f"{KG}foundedBy", True),
    ],
)
def test_words_mean_relations_in_a_direction(relations, verb, iri, turned):
    assert Meaning(iri, turned) in relations.meaning(verb)


def test_a_passive_without_agent_has_its_subject_as_object(relations):
    clause = Clause("sue", "sued", MILLS, passive=True)
    first = tellings(clause, relations)[0]
    assert (first.first, first.second) == (None, MILLS)
