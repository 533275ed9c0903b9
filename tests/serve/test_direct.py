"""What a few patterns about one thing match is answered by the server itself, as a worker would; nothing else is."""

from __future__ import annotations

import csv
import http.client
import io
import re
from urllib.parse import quote

import pyoxigraph as ox
import pytest

from kg.serve.direct import look_up
from kg.serve.sparql import RESULT_FORMATS
from tests.serve.conftest import Answer, serving
from tests.support.graphs import graph, landed

LOOK_UPS = [
    "SELECT ?p ?o { <https://kg.example/entity/Alder_Studios> ?p ?o }",
    "PREFIX x: <http://www.w3.org/2000/01/rdf-schema#>\nselect ?s where {\n ?s x:label ?l . }\n limit 3 ",
    'SELECT * WHERE { ?s rdfs:label "Alder Studios" }',
    'SELECT ?s { ?s ?p "2024-02"^^xsd:gYearMonth }',
    'SELECT ?s { ?s ?p "x"@en }',
    "SELECT $s { $s a kg:Company }",
    "SELECT ?nothing { <http://a.example/nothing> ?p ?o }",
    "SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 4",
    "SELECT ?p { ent:Alder_Studios ?p ent:Beacon_Labs }",
    "SELECT * { ent:Ada_Demir rdfs:label ?a }",
    "SELECT ?s { ?s ?p <https://kg.example/entity/Porthaven#?x> }",
]
STARS = [
    "SELECT ?st ?p { ?st rdf:subject ent:Alder_Studios ; rdf:predicate ?p }",
    "SELECT * { ?st rdf:predicate ?p . ?st rdf:subject ent:Alder_Studios . ?st kg:status ?x . }",
    'SELECT ?a { ent:Alder_Studios a ?a ; rdfs:label ?l; skos:altLabel "Alder" }',
    "SELECT ?l { ?s a kg:Company ; rdfs:label ?l } LIMIT 1000",
    "PREFIX q: <http://www.w3.org/2000/01/rdf-schema#> SELECT * { ?s q:label ?l ; a kg:Person }",
    'SELECT * { ?s rdfs:label "No such thing" ; ?p ?o }',
    "SELECT ?l ?r { <https://kg.example/entity/Ada_Demir> rdfs:label ?l ; ?q ?r }",
]
OTHERS = [
    "SELECT * { ?s rdf:subject ent:A ; rdf:predicate ?p ; rdf:object ?p }",
    "SELECT * { ?s rdf:subject ent:A ; rdf:predicate ?p ; rdf:object ?o ; kg:status ?t }",
    "SELECT * { ?s rdf:subject ent:A . ?t rdf:predicate ?p }",
    "SELECT * { ?s rdf:subject ent:A ;; rdf:predicate ?p }",
    "SELECT * { ?s rdf:subject ent:A ; }",
    "SELECT * { }",
    'SELECT * { "x" ?p ?o }',
    'SELECT * { ?s "x" ?o }',
    "SELECT * { ?s ?p a }",
    "SELECT * { a ?p ?o }",
    "SELECT * { ?s ?p rdfs:label.x }",
    "SELECT * { ?s rdfs:label|rdfs:comment ?o }",
    "SELECT ?s { ?s ?p ?s }",
    "SELECT ?s { ?s ?s ?o }",
    "SELECT ?s { ?s $s ?o }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT DISTINCT ?p { ?s ?p ?o }",
    "SELECT ?s { ?s ?p ?o } ORDER BY ?s",
    "SELECT ?s { ?s rdfs:label/rdfs:label ?o }",
    "SELECT ?s { ?s rdfs:label* ?o }",
    "SELECT ?s { ?s ^rdfs:label ?o }",
    "SELECT ?a { ?a ?b ?c . ?d ?e ?f }",
    "SELECT ?a { ?a ?b ?c ; ?d ?a }",
    "SELECT ?a { ?a ?b ?c , ?d }",
    "SELECT ?a { ?a ?b ?c FILTER(?a = ?c) }",
    "SELECT ?a { { ?a ?b ?c } }",
    "SELECT ?a { GRAPH ?g { ?a ?b ?c } }",
    "SELECT ?a FROM <http://a.example/> { ?a ?b ?c }",
    "SELECT ?a { SERVICE <http://a.example/> { ?a ?b ?c } }",
    "SELECT ?a { ?a ?b ?c } OFFSET 1000000000",
    "SELECT ?a { ?a ?b ?c } LIMIT 1 VALUES ?a { <http://a.example/> }",
    "SELECT ?a { ?a ?b ?c } # LIMIT 1",
    r"SELECT ?a { ?a ?b <http://a.example/\u0020> }",
    r'SELECT ?a { ?a ?b "\"" }',
    "SELECT ?a { ?a ?b [] }",
    "SELECT ?a { ?a ?b _:c }",
    "SELECT ?a { << ?a ?b ?c >> ?d ?e }",
    "ASK { ?a ?b ?c }",
    "CONSTRUCT { ?a ?b ?c } WHERE { ?a ?b ?c }",
    "DESCRIBE <http://a.example/>",
    "BASE <http://a.example/> SELECT ?a { ?a ?b <c> }",
    "SELECT ?a { ?a ?b ?c } SELECT ?a { ?a ?b ?c }",
    "SELECT ?a { ?a ?b " + "?c" * 2000 + " }",
    "",
]


@pytest.mark.parametrize("text", [*LOOK_UPS, *STARS])
def test_a_look_up_is_about_one_thing(text):
    assert look_up(text)
    names = {"rdfs": "http://a.example/", "xsd": "http://b.example/", "kg": "http://c.example/"}
    names |= {"rdf": "http://e.example/", "skos": "http://f.example/"}
    ox.Store().query(
        text, prefixes={**names, "ent": "http://d.example/"}
    )  # the engine reads it, too


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_else_is(text):
    assert look_up(text) is None


def direct(server) -> int:
    found = re.search(r'kg_job_seconds_count\{job="direct"\} (\d+)', server.get("/metrics").text)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def warm(server):
    """The server once it has opened the graph itself."""
    for _ in range(100):
        server.query(LOOK_UPS[0])
        if direct(server):
            return server
    raise AssertionError("it never answers by itself")


def kept(server, texts, media) -> list[Answer]:
    """The answers to these queries on one connection."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=60)
    answers = []
    for text in texts:
        connection.request("GET", f"/sparql?query={quote(text)}", headers={"Accept": media})
        found = connection.getresponse()
        plain = {name.lower(): value for name, value in found.getheaders()}
        answers.append(Answer(found.status, plain, found.read()))
    connection.close()
    return answers


@pytest.mark.parametrize("media", [*RESULT_FORMATS, "text/csv;q=0.5, application/json", "*/*"])
def test_it_is_answered_as_a_worker_would(warm, media):
    before = direct(warm)
    texts = (*LOOK_UPS, *STARS)
    for text, found in zip(texts, kept(warm, texts, media), strict=True):
        worker = warm.query(text.replace("}", "FILTER(true) }", 1), Accept=media)
        assert (found.status, found.type, found.headers["x-graph"]) == (
            worker.status, worker.type, worker.headers["x-graph"],
        )  # fmt: skip
        assert sorted(found.body) == sorted(worker.body)
        for name in ("vary", "content-security-policy", "x-content-type-options", "content-type"):
            assert found.headers[name] == worker.headers[name], name
    assert direct(warm) == before + len(LOOK_UPS) + len(STARS)


@pytest.mark.parametrize(
    ("text", "media", "status"),
    [
        ("SELECT ?s { ?s ?p ?o } LIMIT 3000", "text/csv", 400),  # more rows than may be
        ("SELECT ?s { ?s nope:x ?o }", "text/csv", 400),
        ("SELECT ?s { ?s nope:x ?o ; a kg:Person }", "text/csv", 400),
        ("SELECT ?s ?l { ?s a ?c ; rdfs:label ?l } LIMIT 3", "text/csv", 200),  # of anything
        ("SELECT ?s { ?s ?p ?o } LIMIT 2", "text/html", 200),
        ("SELECT ?s { ?s ?p ?o } LIMIT 2", "image/png", 406),
        ("SELECT ?s { ?s ?p ?o } LIMIT 2", "text/turtle", 406),
    ],
)
def test_what_is_not_short_or_not_right_is_for_a_worker(warm, text, media, status):
    before = direct(warm)
    assert warm.query(text, Accept=media).status in (status, 200 if "3000" in text else status)
    assert direct(warm) == before


def test_a_long_answer_is_whole(tmp_path):
    made = graph(600, 1500)
    with serving(landed(tmp_path, made), "--workers", "1") as running:
        for limit in (10, 100, 500, 5000):
            found = running.query(
                f"SELECT ?s ?p ?o {{ ?s ?p ?o }} LIMIT {limit}", Accept="text/csv"
            )
            assert found.status == 200
            assert len([*csv.reader(io.StringIO(found.text))]) == limit + 1
