"""Facts told in the terms of a user's ontology alone."""

from __future__ import annotations

import io

import pytest

import kg
from kg.cli import run
from kg.config import load_config
from kg.errors import ConfigError
from kg.graph import open_graph, write_graph
from kg.graph.export import trig
from kg.graph.only import load_only
from kg.graph.ontology import load_ontology
from kg.graph.shapes import check
from kg.graph.vocab import KG
from kg.lexicon import Own
from kg.vocabulary import load_vocabulary
from tests.graph.small import ARTICLES, ENTITIES, STATEMENTS, B

HEAD = """@prefix kg: <https://kg.example/ontology#> . @prefix x: <urn:x:> .
@prefix lex: <https://kg.example/lexicon#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
"""
RELATION = "x:r a owl:ObjectProperty . "


def only(text: str):
    return load_only(Own("own.ttl", HEAD + text))


def told(text: str, relation: str) -> list[str]:
    found = only(text).facts(KG + relation if ":" not in relation else relation)
    return [f"{'-' * turned}{iri.removeprefix('urn:x:')}" for iri, turned in found]


@pytest.mark.parametrize(
    ("text", "relation", "facts"),
    [
        ("x:r owl:equivalentProperty kg:owns .", "owns", ["r"]),
        ("kg:owns owl:equivalentProperty x:r .", "owns", ["r"]),
        ("x:r skos:closeMatch kg:owns .", "owns", ["r"]),
        ("kg:owns rdfs:subPropertyOf x:r .", "owns", ["r"]),
        ("x:r rdfs:subPropertyOf kg:owns .", "owns", []),  # narrower: not all that is owned
        ("x:r owl:inverseOf kg:owns .", "owns", ["-r"]),
        ("x:r owl:equivalentProperty kg:founded .", "foundedBy", ["-r"]),  # by the shipped inverse
        ("kg:relatedTo rdfs:subPropertyOf x:r .", "owns", ["r"]),
        ("kg:relatedTo rdfs:subPropertyOf x:r .", f"{B}relation/complain_about", ["r"]),
        ("kg:leads owl:equivalentProperty x:r .", "chiefExecutiveOf", ["r"]),
        ("x:r skos:relatedMatch kg:owns .", "owns", []),
        ("", "owns", []),
        ("", "urn:x:r", ["r"]),
    ],
)
def test_a_fact_is_told_in_the_nearest_relation_that_is_equal_or_above(text, relation, facts):
    assert told(RELATION + text, relation) == facts


def test_the_nearest_goes_before_what_is_above_it():
    text = (
        RELATION
        + "x:q a rdf:Property . kg:relatedTo rdfs:subPropertyOf x:q . x:r owl:equivalentProperty kg:owns ."
    )
    assert told(text, "owns") == ["r"]
    assert told(text, "used") == ["q"]


def test_a_relation_that_is_only_named_is_not_declared():
    assert told("x:r owl:equivalentProperty kg:owns .", "owns") == []
    assert told("kg:owns rdfs:subPropertyOf kg:used . " + RELATION, "owns") == []


def test_a_term_of_ours_that_the_file_declares_counts():
    assert only("kg:helmed a owl:ObjectProperty .").facts(f"{KG}helmed") == (
        (f"{KG}helmed", False),
    )


def test_classes_are_told_in_the_nearest_too():
    found = only(
        "x:Firm a owl:Class ; owl:equivalentClass kg:Organization . schema:Person a rdfs:Class ."
    )
    assert found.classes[f"{KG}Company"] == ("urn:x:Firm",)
    assert found.classes[f"{KG}Person"] == (
        "https://schema.org/Person",
    )  # as the shipped file says
    assert f"{KG}Place" not in found.classes


OWN = (
    HEAD
    + """x:usedBy a owl:ObjectProperty ; rdfs:label "used by" ; owl:inverseOf kg:used .
x:Firm a owl:Class ; rdfs:label "firm" ; skos:closeMatch kg:Organization ."""
)


@pytest.fixture
def graph(tmp_path):
    settings = load_config()
    ontology = load_ontology(own=Own("own.ttl", OWN), only=True)
    write_graph(
        tmp_path / "g", ENTITIES, STATEMENTS, ARTICLES, settings=settings, ontology=ontology
    )
    with open_graph(tmp_path / "g") as opened:
        yield opened


def test_statements_stay_and_facts_are_the_users(graph):
    assert [s.predicate.label for s in graph.statements()] == ["used", "said", "sued", "cost about"]
    assert next(s.predicate.id for s in graph.statements()) == f"{KG}used"
    facts = graph.query(
        "SELECT ?p WHERE { ?s ?p ?o . { ?s kg:named ?n } ?o kg:named ?m } ORDER BY ?p"
    )
    assert [row["p"] for row in facts] == ["urn:x:usedBy"]
    assert graph.query(
        "ASK { ent:Runway <urn:x:usedBy> ent:Netflix . <urn:x:usedBy> rdfs:label 'used by' }"
    )
    way = "ASK { ?st rdf:predicate ?p ; rdf:subject ?s ; rdf:object ?o . ?p kg:inverseFactAs ?q . ?o ?q ?s }"
    assert graph.query(way)


def test_things_have_the_users_classes_or_none_and_are_read_as_they_were(graph):
    kinds = {row["k"] for row in graph.query("SELECT ?k WHERE { ?e kg:named ?n ; a ?k }")}
    assert kinds == {"urn:x:Firm", "http://www.w3.org/2002/07/owl#Thing"}
    assert {e.label: e.type for e in graph.entities()}["Ted Sarandos"] == "Person"
    assert {s.subject.label: s.subject.type for s in graph.statements()}[
        "Netflix"
    ] == "Organization"


def test_the_graph_keeps_its_rules_and_a_fact_too_many_is_found(graph, tmp_path):
    assert check(graph) == ()
    import pyoxigraph as ox

    store = ox.Store()
    store.extend(graph.store)
    node = f"{B}entity/Netflix"
    for predicate in ("urn:x:usedBy", f"{KG}used"):
        quad = ox.Quad(
            ox.NamedNode(node), ox.NamedNode(predicate), ox.NamedNode(f"{B}entity/Runway")
        )
        store.add(quad)
    store.remove(
        ox.Quad(ox.NamedNode(f"{B}entity/Runway"), ox.NamedNode("urn:x:usedBy"), ox.NamedNode(node))
    )
    from kg.graph.store import GraphStore

    found = [v.message for v in check(GraphStore(store, B))]
    assert found == ["a fact without an asserted statement"] * 2 + [
        "a statement of a fact that is not there"
    ]


def test_trig_has_the_same_facts(graph):
    out = io.StringIO()
    trig(graph, out)
    assert "<urn:x:usedBy> ent:Netflix" in out.getvalue()
    assert "kg:used ent:Runway" not in out.getvalue().replace("rdf:predicate kg:used", "")


@pytest.mark.parametrize(
    ("ontology", "lexicon", "message"),
    [
        (None, None, r"name it \(--ontology FILE\)"),
        ("x:r rdfs:label 'r' .", None, r"own\.ttl: declares no class and no relation"),
        ("schema:owns a owl:ObjectProperty .", 'schema:owns lex:verb "own" .',
         r"kg:owns is a relation, too.*owl:equivalentProperty kg:owns"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_stops_the_build(tmp_path, ontology, lexicon, message):
    given: dict[str, dict[str, object]] = {"graph": {"only": True}, "pipeline": {}}
    for part, name, text in (("graph", "ontology", ontology), ("pipeline", "lexicon", lexicon)):
        if text is not None:
            path = tmp_path / ("own.ttl" if name == "ontology" else "words.ttl")
            path.write_text(HEAD + text)
            given[part][name] = str(path)
    with pytest.raises(ConfigError, match=message):
        load_vocabulary(load_config(**given))


XML = """<?xml version="1.0"?>
<!DOCTYPE rdf:RDF [ <!ENTITY owl "http://www.w3.org/2002/07/owl#"> ]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
  xmlns:rdfs="http://www.w3.org/2000/01/rdf-schema#" xmlns:owl="&owl;" xml:base="urn:x:terms">
  <owl:Class rdf:about="#Firm"><owl:equivalentClass rdf:resource="https://kg.example/ontology#Organization"/></owl:Class>
  <owl:ObjectProperty rdf:about="#audited"><rdfs:label>audited</rdfs:label>
    <rdfs:domain><owl:Class><owl:unionOf rdf:parseType="Collection"><owl:Class rdf:about="#Firm"/></owl:unionOf></owl:Class></rdfs:domain>
  </owl:ObjectProperty>
</rdf:RDF>
"""


def test_from_an_owl_file_to_facts_of_its_own_words(tmp_path, capsys):
    (tmp_path / "own.owl").write_text(XML)
    (tmp_path / "words.ttl").write_text(
        '@prefix lex: <https://kg.example/lexicon#> . <urn:x:terms#audited> lex:verb "audit" .'
    )
    (tmp_path / "news.txt").write_text(
        "Brill Partners audited Cedar Group. Cedar Group sued Oak Group.\n"
    )
    out = str(tmp_path / "out")
    given = ["--ontology", str(tmp_path / "own.owl"), "--lexicon", str(tmp_path / "words.ttl")]
    assert run(["build", str(tmp_path / "news.txt"), "-o", out, "-q", "--only", *given]) == 0
    with kg.open_graph(out) as graph:
        asked = graph.query(
            "SELECT ?s ?p ?o WHERE { ?s ?p ?o . ?s kg:named true . ?o kg:named true }"
        )
        assert [row["p"] for row in asked] == ["urn:x:terms#audited"]
        assert {s.predicate.label for s in graph.statements()} == {"audited", "sued"}
        assert graph.check() == ()
    (tmp_path / "own.owl").write_text(XML.replace("</owl:Class>", "</Firm>", 1))
    assert run(["build", str(tmp_path / "news.txt"), "-o", out, "-q", *given]) == 2
    assert "own.owl: not valid RDF/XML" in capsys.readouterr().err


def test_rdf_xml_is_read_as_the_same_text_each_time(tmp_path):
    (tmp_path / "own.owl").write_text(XML)
    settings = load_config(graph={"ontology": str(tmp_path / "own.owl")})
    assert load_vocabulary(settings) == load_vocabulary(settings)
    assert "union" in load_vocabulary(settings).ontology.text  # type: ignore[union-attr]
