"""The SPARQL 1.1 Protocol and the Graph Store Protocol, case by case, as the specifications have them."""

from __future__ import annotations

import json
from urllib.parse import quote, urlencode

import pyoxigraph as ox
import pytest

from kg.serve.negotiation import GRAPHS, RESULTS
from kg.serve.sparql import GRAPH_FORMATS, RESULT_FORMATS

SELECT = "SELECT ?o { ent:Alder_Studios kg:used ?o }"
CONSTRUCT = "CONSTRUCT { ?s kg:used ?o } WHERE { ?s kg:used ?o }"
FORM = {"Content_Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content_Type": "application/sparql-query"}
USED = "https://kg.example/entity/CutMind_2"


def used(body: bytes) -> list[str]:
    return [row["o"]["value"] for row in json.loads(body)["results"]["bindings"]]


# --- the three ways to ask ------------------------------------------------------------------------


def test_a_query_by_get(server):
    found = server.query(SELECT)
    assert (found.status, found.type) == (200, "application/sparql-results+json")
    assert used(found.body) == [USED]


def test_a_query_by_a_form(server):
    found = server.send("POST", "/sparql", urlencode({"query": SELECT}), **FORM)
    assert (found.status, used(found.body)) == (200, [USED])


@pytest.mark.parametrize(
    "kind", ["application/sparql-query", "application/sparql-query; charset=UTF-8"]
)
def test_a_query_as_it_is(server, kind):
    found = server.send("POST", "/sparql", SELECT, Content_Type=kind)
    assert (found.status, used(found.body)) == (200, [USED])


def test_a_query_with_letters_from_everywhere(server):
    text = 'SELECT ("Zürich – 東京 – 🙂" AS ?o) {}'
    ways = (
        server.query(text),
        server.send("POST", "/sparql", urlencode({"query": text}), **FORM),
        server.send("POST", "/sparql", text.encode(), **DIRECT),
    )
    assert [used(found.body) for found in ways] == [["Zürich – 東京 – 🙂"]] * 3


def test_a_head_has_no_body(server):
    found = server.send("HEAD", f"/sparql?query={quote(SELECT)}")
    assert (found.status, found.body) == (200, b"")
    assert found.type == "application/sparql-results+json"


def test_an_escaped_prefix_is_the_users_own(server):
    found = server.query(f"PREFIX kg: <urn:mine:> {SELECT}")
    assert used(found.body) == []


# --- what comes back -----------------------------------------------------------------------------


@pytest.mark.parametrize("media", RESULTS)
def test_rows_in_every_form(server, media):
    found = server.query(SELECT, Accept=media)
    assert (found.status, found.type) == (200, media)
    if media in ("text/csv", "text/tab-separated-values"):
        assert USED in found.text
    else:
        rows = ox.parse_query_results(found.body, format=RESULT_FORMATS[media])
        assert [row["o"].value for row in rows] == [USED]


@pytest.mark.parametrize("media", RESULTS)
def test_a_truth_in_every_form(server, media):
    for text, truth in (("ASK { ?s kg:used ?o }", "true"), ("ASK { ?s kg:nothing ?o }", "false")):
        found = server.query(text, Accept=media)
        assert (found.status, found.type) == (200, media)
        assert truth in found.text


@pytest.mark.parametrize("media", GRAPHS)
@pytest.mark.parametrize("text", [CONSTRUCT, "DESCRIBE ent:Ada_Demir"])
def test_a_graph_in_every_form(server, media, text):
    found = server.query(text, Accept=media)
    assert (found.status, found.type) == (200, media)
    assert list(ox.parse(found.body, format=GRAPH_FORMATS[media]))


def test_the_type_fits_the_kind_of_query(server):
    accept = "text/csv, application/n-triples;q=0.5"
    assert server.query(SELECT, Accept=accept).type == "text/csv"
    assert server.query(CONSTRUCT, Accept=accept).type == "application/n-triples"


@pytest.mark.parametrize(
    ("text", "accept"), [(SELECT, "text/turtle"), (CONSTRUCT, "text/csv"), (SELECT, "image/png")]
)
def test_a_type_that_cannot_be_is_406(server, text, accept):
    found = server.query(text, Accept=accept)
    assert found.status == 406
    assert "comes as" in found.text or "Answers come" in found.text or "in one of" in found.text


def test_caches_are_told_that_accept_matters(server):
    assert "Accept" in server.query(SELECT).headers["vary"]


def test_a_browser_gets_a_table(server):
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    found = server.query(SELECT, Accept=accept)
    assert (found.status, found.type) == (200, "text/html")
    assert f'<a href="/entity/CutMind_2">{USED}</a>' in found.text
    assert "script" not in found.headers["content-security-policy"]
    many = server.query("SELECT ?x { ?a ?b ?c . ?d ?e ?f BIND('<b>' AS ?x) }", Accept=accept)
    assert many.text.count("<td>&lt;b&gt;") == 500
    assert "Yes" in server.query("ASK {}", Accept=accept).text
    assert server.query("SELECT nonsense", Accept=accept).status == 400


# --- datasets ------------------------------------------------------------------------------------

ALL = "SELECT (COUNT(*) AS ?o) { ?s ?p ?x }"
NAMED = "SELECT (COUNT(*) AS ?o) { GRAPH ?g { ?s ?p ?x } }"


@pytest.mark.parametrize("graph", ["default-graph-uri", "named-graph-uri"])
@pytest.mark.parametrize("times", [1, 2])
def test_a_dataset_of_graphs_that_are_not_here_is_empty(server, graph, times):
    given = [("query", ALL)] + [(graph, f"https://elsewhere.example/{n}") for n in range(times)]
    assert used(server.get("/sparql", given).body) == ["0"]
    assert used(server.send("POST", "/sparql", urlencode(given), **FORM).body) == ["0"]
    direct = server.send("POST", f"/sparql?{urlencode(given[1:])}", ALL, **DIRECT)
    assert used(direct.body) == ["0"]


def test_the_dataset_of_the_request_is_taken_before_that_of_the_query(server):
    text = ALL.replace("{", "FROM <urn:x:here> {", 1)
    given = [("query", text), ("default-graph-uri", "urn:x:there")]
    assert used(server.get("/sparql", given).body) == ["0"]


def test_without_a_dataset_all_is_in_the_default_graph(server):
    assert int(used(server.query(ALL).body)[0]) > 400
    assert used(server.query(NAMED).body) == ["0"]


def test_a_graph_needs_an_iri(server):
    given = [("query", ALL), ("default-graph-uri", "no iri")]
    assert server.get("/sparql", given).status == 400


# --- what is not as the protocol says -------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "status"),
    [
        ([("query", SELECT), ("query", SELECT)], 400),
        ([("default-graph-uri", "urn:x:y")], 400),
        ([("query", "")], 400),
        ([("query", "SELECT nonsense")], 400),
        ([("update", "CLEAR ALL")], 403),
        ([("query", SELECT), ("update", "CLEAR ALL")], 403),
        ([("query", "INSERT DATA { <urn:a:a> <urn:a:b> 1 }")], 400),
        ([("query", "LOAD <http://127.0.0.1/x>")], 400),
        ([("query", "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }")], 403),
        ([("query", "SELECT * { SERVICE SILENT <http://127.0.0.1:1/> { ?s ?p ?o } }")], 403),
    ],
)
def test_a_request_that_cannot_be_answered(server, given, status):
    assert server.get("/sparql", given).status == status
    assert server.send("POST", "/sparql", urlencode(given), **FORM).status == status


def test_an_error_tells_the_place(server):
    found = server.query("SELECT ?a WHERE {\n  ?a ?b }}")
    assert found.status == 400
    assert found.type == "text/plain"
    assert "line 2, column" in found.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
@pytest.mark.parametrize("path", ["/sparql", "/graph?default", "/entity/Ada_Demir", "/"])
def test_another_method_is_405(server, method, path):
    found = server.send(method, path)
    assert found.status == 405
    assert "GET" in found.headers["allow"]


def test_options_tells_what_there_is(server):
    found = server.send("OPTIONS", "/sparql")
    assert (found.status, found.headers["allow"]) == (204, "GET, HEAD, POST, OPTIONS")


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        ("application/sparql-update", 403),
        ("text/plain", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json", 415),
        ("", 415),
    ],
)
def test_a_body_of_another_type(server, kind, status):
    headers = {"Content_Type": kind} if kind else {}
    assert server.send("POST", "/sparql", SELECT.encode(), **headers).status == status


def test_a_packed_body_is_not_unpacked(server):
    found = server.send("POST", "/sparql", b"\x1f\x8b", Content_Encoding="gzip", **DIRECT)
    assert found.status == 415


def test_what_is_no_utf8_is_400(server):
    assert server.send("POST", "/sparql", b"SELECT \xff", **DIRECT).status == 400
    assert server.send("GET", "/sparql?query=%FF%FE").status == 400
    assert server.send("POST", "/sparql", b"query=%FF", **FORM).status == 400


def test_a_form_has_no_query_in_its_address(server):
    found = server.send(
        "POST", f"/sparql?query={quote(SELECT)}", urlencode({"query": SELECT}), **FORM
    )
    assert found.status == 400


def test_a_query_that_is_too_long_is_413(server):
    long = f"{SELECT} #{'x' * (1 << 20)}"
    assert server.send("POST", "/sparql", long, **DIRECT).status == 413
    assert server.send("POST", "/sparql", urlencode({"query": long}), **FORM).status == 413


# --- service description --------------------------------------------------------------------------


@pytest.mark.parametrize("media", GRAPHS)
def test_without_a_query_the_endpoint_tells_what_it_is(server, media):
    found = server.send("GET", "/sparql", Accept=media)
    assert (found.status, found.type) == (200, media)
    told = {str(quad.triple) for quad in ox.parse(found.body, format=GRAPH_FORMATS[media])}
    assert any("supportedLanguage" in triple and "SPARQL11Query" in triple for triple in told)
    assert any(f"{server.url}/sparql" in triple for triple in told)


def test_without_a_query_a_browser_gets_a_form(server):
    found = server.send("GET", "/sparql", Accept="text/html,*/*;q=0.8")
    assert found.type == "text/html"
    assert "<textarea" in found.text


# --- Graph Store Protocol -------------------------------------------------------------------------


@pytest.mark.parametrize("media", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_the_default_graph_can_be_fetched_whole(server, media):
    found = server.send("GET", "/graph?default", Accept=media)
    assert (found.status, found.type) == (200, media)
    count = int(used(server.query(ALL).body)[0])
    assert len(list(ox.parse(found.body, format=GRAPH_FORMATS[media]))) == count


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400), ("?default&graph=urn:x:y", 400), ("?graph=urn:x:y", 404), ("?graph=relative", 400),
        ("?graph=urn:a:a&graph=urn:b:b", 400),
    ],
)  # fmt: skip
def test_another_graph_is_not_here(server, query, status):
    assert server.send("GET", f"/graph{query}").status == status
