from __future__ import annotations

import networkx as nx

from kg.view.graph_layout import layout
from kg.view.networkx_graph import network, to_pyvis
from tests.support.graphs import BASE, small


def of(parts):
    return network(parts.entities, parts.statements)


def iri(name: str) -> str:
    return f"{BASE}entity/{name}"


def test_a_statement_is_an_edge_with_its_status_and_a_quotation_leads_to_what_it_is_about():
    found = of(small())
    assert isinstance(found, nx.MultiDiGraph)
    between = found.get_edge_data(iri("Alder_Studios"), iri("Beacon_Labs"))
    assert sorted(edge["status"] for edge in between.values()) == ["asserted", "denied"]
    assert found.has_edge(iri("Ada_Demir"), iri("The_Coast_Hour"))
    assert found.nodes[iri("crews")]["named"] is False


def test_the_network_goes_on_in_pyvis():
    found = of(small())
    picture = to_pyvis(found, layout(found))
    assert len(picture.nodes) == len(found)
    assert len(picture.edges) == found.number_of_edges()
    dashes = {edge["label"]: edge["dashes"] for edge in picture.edges}
    assert dashes["replaced"] == [9, 5]
    assert dashes["leads"] is False
