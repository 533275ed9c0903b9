"""Clients that people use, as they are: SPARQLWrapper, rdflib's SPARQLStore, curl."""

from __future__ import annotations

import importlib
import subprocess

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore

from tests.support.needs import needs

SELECT = "PREFIX kg: <https://kg.example/ontology#> SELECT ?s ?o { ?s kg:used ?o }"
CONSTRUCT = (
    "PREFIX kg: <https://kg.example/ontology#> CONSTRUCT { ?s kg:used ?o } { ?s kg:used ?o }"
)
STUDIO = URIRef("https://kg.example/entity/Alder_Studios")
USED = URIRef("https://kg.example/ontology#used")
TOOL = URIRef("https://kg.example/entity/CutMind_2")


def wrapped(server):
    """SPARQLWrapper at this server."""
    needs("SPARQLWrapper")
    return importlib.import_module("SPARQLWrapper").SPARQLWrapper(f"{server.url}/sparql")


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("form", ["json", "xml", "csv", "tsv"])
def test_sparqlwrapper_asks_for_rows(server, method, form):
    wrapper = wrapped(server)
    wrapper.setMethod(method)
    wrapper.setReturnFormat(form)
    wrapper.setQuery(SELECT)
    found = wrapper.queryAndConvert()
    if form == "json":
        assert [row["o"]["value"] for row in found["results"]["bindings"]] == [str(TOOL)]
    elif form == "xml":
        assert str(TOOL) in found.toxml()
    else:
        assert str(TOOL) in found.decode()


@pytest.mark.parametrize("request_method", ["postdirectly", "urlencoded"])
@pytest.mark.parametrize("form", ["turtle", "n3", "rdf", "json-ld"])
def test_sparqlwrapper_asks_for_a_graph(server, request_method, form):
    wrapper = wrapped(server)
    wrapper.setMethod("POST")
    wrapper.setRequestMethod(request_method)
    wrapper.setReturnFormat(form)
    wrapper.setQuery(CONSTRUCT)
    found = wrapper.queryAndConvert()
    graph = found if isinstance(found, Graph) else Graph().parse(data=found, format="turtle")
    assert (STUDIO, USED, TOOL) in graph


def test_sparqlwrapper_hears_that_a_query_is_wrong(server):
    wrapper = wrapped(server)
    wrapper.setQuery("SELECT nothing")
    with pytest.raises(importlib.import_module("SPARQLWrapper").SPARQLExceptions.QueryBadFormed):
        wrapper.query()


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json"])
def test_rdflib_walks_the_graph_over_the_network(server, method, form):
    graph = Graph(SPARQLStore(f"{server.url}/sparql", method=method, returnFormat=form))
    assert list(graph.objects(STUDIO, USED)) == [TOOL]
    assert (STUDIO, USED, TOOL) in graph
    assert [row.o for row in graph.query(SELECT)] == [TOOL]


def test_rdflib_reads_a_thing_from_its_address(server):
    graph = Graph().parse(f"{server.url}/entity/Alder_Studios")
    assert (STUDIO, USED, TOOL) in graph


def test_curl_asks_and_fetches(server):
    curl = needs("curl")
    ask = [curl, "--silent", "--fail", "--data-urlencode", f"query={SELECT}"]
    rows = subprocess.run(
        [*ask, "-H", "Accept: text/csv", f"{server.url}/sparql"], check=False, capture_output=True
    )
    assert rows.stdout.decode().splitlines() == ["s,o", f"{STUDIO},{TOOL}"]
    whole = subprocess.run(
        [curl, "-sf", f"{server.url}/graph?default"], check=False, capture_output=True
    )
    assert (STUDIO, USED, TOOL) in Graph().parse(data=whole.stdout, format="turtle")
