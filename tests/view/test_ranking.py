from __future__ import annotations

import networkx as nx

from kg.view.networkx_graph import network
from kg.view.ranking import bridges, measure
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


def test_a_noun_that_two_named_entities_share_is_a_bridge():
    found = nx.MultiDiGraph()
    for node in ("Netflix", "Runway"):
        found.add_node(node, named=True)
    for node in ("generative AI", "a tool"):
        found.add_node(node, named=False)
    found.add_edges_from(
        [("Netflix", "generative AI"), ("Runway", "generative AI"), ("Runway", "a tool")]
    )
    assert bridges(found) == {"generative AI"}
