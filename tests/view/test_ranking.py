from __future__ import annotations

from kg.view.networkx_graph import network
from kg.view.ranking import measure
from tests.support.graphs import BASE, small


def of(parts):
    return network(parts.entities, parts.statements)


def iri(name: str) -> str:
    return f"{BASE}entity/{name}"


def test_what_many_articles_and_entities_link_to_ranks_first():
    ranks = measure(of(small()))
    assert max(ranks, key=ranks.get) == iri("Alder_Studios")
    assert min(ranks.values()) > 0
    assert max(ranks.values()) <= 1
