"""The rules of the graph: the sieve before pySHACL, facts both ways, names that two share."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyshacl import validate
from rdflib import SH

from kg.config import data_folder
from kg.graph import check
from kg.graph.mapping import Mapper
from kg.graph.shapes import _load, _shacl
from kg.graph.sieve import Sieve
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, RDF, RDFS, TYPE
from kg.model import Entity, Node
from tests.graph.small import ARTICLES, ENTITIES, NETFLIX, RUNWAY, STATEMENTS, B, evidence, write

SHAPES = _load(str(data_folder("ontology") / "shapes.ttl"))


def triples(mapper: Mapper, entities=ENTITIES, statements=STATEMENTS) -> list[ox.Triple]:
    found: dict[str, None] = {}
    for value, make in [
        *((a, mapper.article) for a in ARTICLES),
        *((e, mapper.entity) for e in entities),
        *((s, mapper.statement) for s in statements),
    ]:
        found.update(dict.fromkeys(make(value)))
    found.update(dict.fromkeys(mapper.vocabulary()))
    data = "\n".join(found).encode()
    return [quad.triple for quad in ox.parse(data, format=ox.RdfFormat.N_TRIPLES)]


def stored(found: list[ox.Triple]) -> GraphStore:
    store = ox.Store()
    store.extend(ox.Quad(t.subject, t.predicate, t.object) for t in found)
    return GraphStore(store, B)


def messages(graph: GraphStore) -> set[str]:
    return {violation.message for violation in check(graph)}


def judged_whole(graph: GraphStore) -> set[tuple[str, str]]:
    """What pySHACL says of the whole graph at once."""
    data = rdflib.Graph()
    data.parse(data="".join(f"{q.triple} .\n" for q in graph.store), format="nt")
    _, report, _ = validate(data, shacl_graph=SHAPES)
    assert isinstance(report, rdflib.Graph)
    return {
        (str(report.value(node, SH.focusNode)), str(report.value(node, SH.resultMessage)))
        for node in report.subjects(rdflib.RDF.type, SH.ValidationResult)
    }


WHOLE = triples(Mapper(B))
VALUES = [
    ox.Literal(""),
    ox.Literal("x"),
    ox.Literal("2", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("-1", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("no", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")),
    ox.Literal("7.5", datatype=ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.NamedNode(f"{KG}Denied"),
    ox.NamedNode(RUNWAY.id),
]


def test_an_article_with_two_texts_is_told() -> None:
    body = next(t for t in WHOLE if t.predicate.value.endswith("articleBody"))
    second = ox.Triple(body.subject, body.predicate, ox.Literal(""))
    assert "an article has its text" in messages(stored([*WHOLE, second]))


@given(
    st.lists(
        st.tuples(
            st.integers(0, len(WHOLE) - 1),
            st.sampled_from(["remove", "replace", "add"]),
            st.sampled_from(VALUES),
        ),
        min_size=1,
        max_size=3,
    )
)
@settings(max_examples=40, deadline=None)
def test_the_sieve_keeps_nothing_back_from_pyshacl(changes) -> None:
    found = dict.fromkeys(WHOLE)
    for number, change, value in changes:
        old = WHOLE[number]
        if change != "add":
            found.pop(old, None)
        if change != "remove":
            found[ox.Triple(old.subject, old.predicate, value)] = None
    graph = stored(list(found))
    sieved = {(v.node, v.message) for v in _shacl(graph, SHAPES)}
    assert sieved == judged_whole(graph)


def test_a_clean_graph_leaves_pyshacl_nothing_to_do() -> None:
    assert list(Sieve(SHAPES).suspects(stored(WHOLE).store)) == []


def test_a_shape_of_unknown_make_gives_all_its_nodes() -> None:
    shapes = rdflib.Graph().parse(
        data=f"""@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix kg: <{KG}> .
        @prefix rdfs: <{RDFS}> .
        [] a sh:NodeShape ; sh:targetSubjectsOf kg:named ;
          sh:property [ sh:path rdfs:label ; sh:pattern "^N" ] .""",
        format="turtle",
    )
    assert set(Sieve(shapes).suspects(stored(WHOLE).store)) == {e.id for e in ENTITIES}


@pytest.mark.parametrize("status", ["claimed", "possible", "planned", "hypothetical", "denied"])
def test_a_fact_that_is_only_claimed_is_told(status: str) -> None:
    fact = ox.Triple(
        ox.NamedNode(STATEMENTS[0].subject.id),
        ox.NamedNode(STATEMENTS[0].predicate.id),
        ox.NamedNode(RUNWAY.id),
    )
    weaker = [replace(STATEMENTS[0], status=status), *STATEMENTS[1:]]
    found = triples(Mapper(B), statements=weaker)
    assert fact not in found
    assert messages(stored(found)) == set()
    assert messages(stored([*found, fact])) == {"a fact without an asserted statement"}


def test_a_missing_fact_is_told() -> None:
    fact = ox.Triple(
        ox.NamedNode(STATEMENTS[0].subject.id),
        ox.NamedNode(STATEMENTS[0].predicate.id),
        ox.NamedNode(RUNWAY.id),
    )
    assert messages(stored([t for t in WHOLE if t != fact])) == {
        "a statement of a fact that is not there"
    }


@pytest.mark.parametrize(
    ("predicate", "message"),
    [
        (f"{RDF}subject", "a statement has one subject"),
        (f"{RDF}predicate", "a statement has one predicate"),
        (f"{RDF}object", "a statement has one object"),
        (f"{KG}status", "a statement has one status of the six"),
        (f"{KG}polarity", "a statement is positive or negative"),
        ("http://www.w3.org/ns/oa#hasSource", "evidence stands in one article"),
        ("http://www.w3.org/ns/oa#hasSelector", "evidence has its words and their place"),
        (
            "http://www.w3.org/ns/prov#wasGeneratedBy",
            "evidence names the extractor that found it",
        ),
        ("http://www.w3.org/ns/oa#exact", "evidence has words"),
        ("http://www.w3.org/ns/oa#end", "a place has an end"),
        ("https://schema.org/text", "a quotation has a text"),
        ("https://schema.org/articleBody", "an article has its text"),
        ("http://purl.org/dc/terms/source", "an article has a source"),
        (f"{RDFS}label", "an entity has one label"),
        (f"{KG}mentionedIn", "an entity is mentioned somewhere"),
    ],
)
def test_what_is_missing_is_told(predicate: str, message: str) -> None:
    graph = stored([t for t in WHOLE if t.predicate.value != predicate])
    assert message in {violation.message for violation in _shacl(graph, SHAPES)}


def test_an_entity_without_a_type_is_told() -> None:
    entities = {entity.id for entity in ENTITIES}
    found = [t for t in WHOLE if not (t.predicate == TYPE and t.subject.value in entities)]
    assert "an entity has a type" in messages(stored(found))


def test_a_quotation_without_a_speaker_is_told() -> None:
    found = [
        t
        for t in WHOLE
        if not (t.predicate.value == f"{RDF}object" and t.object == ox.NamedNode(f"{B}quote/q1"))
    ]
    assert "a quotation has a speaker, or the unknown speaker" in messages(stored(found))


def test_an_unknown_speaker_is_a_speaker() -> None:
    nobody = Node(f"{KG}UnknownSpeaker", "unknown speaker", "Thing")
    spoken = replace(STATEMENTS[1], subject=nobody)
    graph = stored(triples(Mapper(B), statements=[STATEMENTS[0], spoken]))
    assert messages(graph) == set()
    assert next(s for s in graph.statements() if s.id == spoken.id).subject == nobody


def test_two_people_of_one_surname_have_their_reason() -> None:
    people = [
        Entity(f"{B}entity/Moreno_{key}", "Moreno", "Person", (), (f"{key}99",))
        for key in ("aaaaaaaa", "bbbbbbbb")
    ]
    assert messages(stored(triples(Mapper(B), entities=[*ENTITIES, *people]))) == set()


def clauses() -> list[ox.Triple]:
    """The graph with a statement whose object is another statement."""
    told = replace(STATEMENTS[0], id=f"{B}statement/whole", object=STATEMENTS[0].id)
    return triples(Mapper(B), statements=[*STATEMENTS, told])


def test_a_clause_that_a_statement_tells_is_right() -> None:
    assert messages(stored(clauses())) == set()


@pytest.mark.parametrize(
    ("predicate", "end", "message"),
    [
        (f"{RDF}subject", "subject", "a clause is a statement of the graph"),
        (f"{RDF}object", "object", "a clause is the object of a statement"),
    ],
)
def test_a_clause_that_is_no_statement_or_no_object_is_told(predicate, end, message) -> None:
    clause = ox.NamedNode(STATEMENTS[0].id)
    found = [t for t in clauses() if t.predicate.value != predicate or getattr(t, end) != clause]
    assert message in messages(stored(found))


def test_a_clean_graph_breaks_no_rule(small: GraphStore, large: GraphStore) -> None:
    assert check(small) == ()
    assert check(large) == ()


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        ({"statements": [replace(STATEMENTS[0], evidence=())]}, "at least one piece of evidence"),
        ({"statements": [replace(STATEMENTS[0], confidence=1.5)]}, "between 0 and 1"),
        (
            {
                "statements": [
                    replace(STATEMENTS[0], evidence=(replace(evidence(0, 34, "e1"), start=3),))
                ]
            },
            "do not stand at their offsets",
        ),
        (
            {
                "statements": [
                    replace(STATEMENTS[0], evidence=(replace(evidence(0, 34, "e1"), end=0),))
                ]
            },
            "starts before it ends",
        ),
        (
            {
                "statements": [
                    replace(STATEMENTS[0], evidence=(replace(evidence(0, 34, "e1"), article="zz"),))
                ]
            },
            "stands in one article",
        ),
        ({"entities": [replace(ENTITIES[0], label="")]}, "one label"),
        ({"entities": [replace(ENTITIES[0], articles=())]}, "mentioned somewhere"),
        (
            {"entities": [ENTITIES[0], replace(ENTITIES[0], id=f"{B}entity/Other")]},
            "same label and type",
        ),
    ],
)
def test_a_broken_rule_is_told(broken: dict, message: str, tmp_path: Path) -> None:
    with write(
        tmp_path / "g",
        broken.get("entities", ENTITIES),
        broken.get("statements", STATEMENTS),
    ) as graph:
        assert any(message in violation.message for violation in check(graph))


def test_a_fact_nobody_states_is_told(small: GraphStore) -> None:
    store = ox.Store()
    store.extend(small.store.quads_for_pattern(None, None, None))
    store.add(ox.Quad(ox.NamedNode(RUNWAY.id), ox.NamedNode(f"{KG}sued"), ox.NamedNode(NETFLIX.id)))
    assert [v.message for v in check(GraphStore(store, B))] == [
        "a fact without an asserted statement"
    ]
