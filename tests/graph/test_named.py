"""All names of a graph's things."""

from __future__ import annotations

from kg.graph.named import names, plain, things
from kg.knowledge_graph import Graph
from tests.support.graphs import landed


def test_the_names_of_all_things_are_read_labels_first(tmp_path):
    with Graph(landed(tmp_path)) as graph:
        store, entities = graph.store.store, tuple(graph.entities())
        assert dict(things(store)) == {one.id: one.named for one in entities}
        read = [row for row in names(store) if row[0] in dict(things(store))]
    assert {(iri, text) for iri, text, is_label in read if is_label} == {
        (one.id, one.label) for one in entities
    }
    assert {(iri, text) for iri, text, is_label in read if not is_label} == {
        (one.id, alias) for one in entities for alias in one.aliases
    }
    assert [is_label for *_, is_label in read] == sorted((row[2] for row in read), reverse=True)


def test_names_are_compared_without_case_accents_and_marks():
    assert plain("  Rosé & Co. ") == plain("ROSE, co") == "rose co"
