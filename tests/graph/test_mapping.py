"""Values to triples and back: nothing is lost, nothing depends on order, hostile text is harmless."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.config import load_config
from kg.graph import open_graph, write_graph
from kg.graph.export import jsonld, ntriples, trig, turtle
from kg.graph.mapping import Mapper
from kg.graph.store import GraphStore
from kg.graph.vocab import KG
from kg.model import (
    Article,
    Block,
    Entity,
    Literal,
    Merge,
    Node,
    Relation,
    Statement,
    StatementArgument,
)
from tests.graph.small import ARTICLES, ENTITIES, NETFLIX, RUNWAY, STATEMENTS, B, evidence

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=20)
maybe = st.none() | texts
share = st.integers(0, 10_000).map(lambda n: n / 10_000)
typed_values = st.one_of(
    st.tuples(st.from_regex(r"-?\d{1,4}(\.\d{1,4})?", fullmatch=True), st.just("xsd:decimal")),
    st.tuples(st.from_regex(r"[-+]?\d{1,25}", fullmatch=True), st.just("xsd:integer")),
    st.tuples(st.dates().map(str), st.just("xsd:date")),
    st.tuples(
        st.from_regex(r"\d{4}-\d\d", fullmatch=True),
        st.sampled_from(["xsd:gYearMonth", "xsd:date"]),
    ),
    st.tuples(st.from_regex(r"\d{1,4}", fullmatch=True), st.sampled_from(["xsd:gYear"])),
    st.tuples(words, st.sampled_from(["xsd:double", "xsd:boolean", "xsd:duration", "xsd:string"])),
    st.tuples(words, st.just("http://units.example/metre")),
)


def stored(*parts) -> GraphStore:
    mapper, store = Mapper(B), ox.Store()
    make = {Article: mapper.article, Entity: mapper.entity, Statement: mapper.statement}
    lines = [line for part in parts for line in make[type(part)](part)] + [*mapper.vocabulary()]
    store.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    # Written as the store writes them: exports of the lines and of the store are the same.
    dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode()
    assert sorted(set(lines)) == sorted(dumped.removesuffix("\n").split("\n"))
    return GraphStore(store, B)


def text(exporter, graph: GraphStore) -> str:
    out = io.StringIO()
    exporter(graph, out)
    return out.getvalue()


@given(
    st.builds(
        Article,
        id=words, source=texts, text=texts, title=maybe, date=maybe, publisher=maybe, url=maybe,
        authors=st.lists(texts, max_size=3).map(tuple), language=st.sampled_from(["en", "de"]),
        blocks=st.lists(
            st.builds(
                Block, st.sampled_from(["headline", "paragraph"]), st.integers(0, 9), st.integers(9, 99),
                bold=st.sampled_from([0, 0, 4]), language=st.sampled_from([None, None, "fr"]),
            ),
            max_size=3,
        ).map(tuple),
    )
)  # fmt: skip
@settings(max_examples=80, deadline=None)
def test_any_article_comes_back(article: Article) -> None:
    assert list(stored(article).articles()) == [article]


@given(
    label=words,
    aliases=st.sets(texts, max_size=3),
    named=st.booleans(),
    articles=st.sets(words, max_size=3),
    merges=st.sets(st.builds(Merge, words, texts, texts), max_size=3),
)
@settings(max_examples=60, deadline=None)
def test_any_entity_comes_back(label, aliases, named, articles, merges) -> None:
    entity = Entity(
        f"{B}entity/x", label, "Person", tuple(sorted(aliases)), tuple(sorted(articles)), named,
        tuple(sorted(merges, key=lambda m: (m.article, m.name, m.reason))),
    )  # fmt: skip
    (back,) = stored(entity).entities()
    assert replace(back, articles=tuple(sorted(back.articles))) == entity


@given(
    value=typed_values,
    label=texts,
    unit=maybe,
    status=st.sampled_from(
        ["asserted", "claimed", "planned", "possible", "hypothetical", "denied"]
    ),
    polarity=st.sampled_from(["positive", "negative"]),
    certainty=share,
    confidence=share,
    sourcing=maybe,
    time=maybe,
    place=maybe,
    arguments=st.lists(st.tuples(texts, texts, st.none() | typed_values), max_size=3, unique=True),
)
@settings(max_examples=120, deadline=None)
def test_any_statement_comes_back(value, label, unit, arguments, **rest) -> None:
    made = {
        StatementArgument(
            role, words, pair[0] if pair else None,
            pair[1] if pair and pair[1] != "xsd:string" else None,
        )
        for role, words, pair in arguments
    }  # fmt: skip
    statement = Statement(
        f"{B}statement/x", NETFLIX, Relation(f"{B}relation/cost", "cost"),
        Literal(*value, label, unit),
        arguments=tuple(
            sorted(made, key=lambda a: (a.role, a.label, a.value or "", a.datatype or ""))
        ),
        evidence=(evidence(0, 34, "e1"),),
        **rest,
    )  # fmt: skip
    assert list(stored(*ENTITIES, *ARTICLES, statement).statements()) == [statement]


def test_a_clause_is_the_statement_that_it_states() -> None:
    outer = replace(
        STATEMENTS[0], id=f"{B}statement/9", object=STATEMENTS[2].id,
        predicate=Relation(f"{KG}announced", "announced"),
    )  # fmt: skip
    graph = stored(*ENTITIES, *ARTICLES, *STATEMENTS, outer)
    assert outer in list(graph.statements())
    assert graph.query("ASK { ent:Netflix kg:announced ?st . ?st kg:status kg:Denied }").truth
    clauses = graph.query("SELECT ?st WHERE { ?st a kg:Clause }")
    assert [row["st"] for row in clauses] == [STATEMENTS[2].id]


def test_authors_keep_their_order() -> None:
    article = replace(ARTICLES[0], authors=("Zoe Ash", "Ann Bell"))
    assert next(stored(article).articles()).authors == ("Zoe Ash", "Ann Bell")


def test_half_a_character_is_replaced_and_offsets_hold() -> None:
    article = replace(ARTICLES[0], text="a\ud800b")
    assert next(stored(article).articles()).text == "a\ufffdb"


def test_a_relation_has_one_label_whatever_the_texts_call_it() -> None:
    other = replace(
        STATEMENTS[0], id=f"{B}statement/8", predicate=Relation(f"{KG}used", "make use of")
    )
    forth = stored(*ENTITIES, *ARTICLES, STATEMENTS[0], other)
    back = stored(*ENTITIES, *ARTICLES, other, STATEMENTS[0])
    labels = [[s.predicate.label for s in graph.statements()] for graph in (forth, back)]
    assert labels == [["used", "used"], ["used", "used"]]
    assert len(forth.query("SELECT ?l WHERE { kg:used rdfs:label ?l }")) == 1


def test_the_graph_knows_what_is_above_its_classes_and_relations() -> None:
    model = Entity(f"{B}entity/Gen-4", "Gen-4", "AIModel", (), ("a1",))
    graph = stored(*ENTITIES, model, *ARTICLES, *STATEMENTS)
    found = graph.query("SELECT ?x WHERE { ?x a/rdfs:subClassOf* kg:Product }")
    assert found.text_rows() == [["ent:Gen-4"]]
    open_ones = graph.query("SELECT ?p WHERE { ?p rdfs:subPropertyOf+ kg:relatedTo }").text_rows()
    assert {"kg:used", "kg:sued", "rel:cost_about"} <= {row[0] for row in open_ones}


def test_trig_holds_what_turtle_holds() -> None:
    odd = replace(
        STATEMENTS[3], id=f"{B}statement/7", object=Literal("1.50", "xsd:decimal", "$1.50", "USD")
    )
    graph = stored(*ENTITIES, *ARTICLES, *STATEMENTS, odd)
    joined = {q.triple for q in ox.parse(text(trig, graph).encode(), format=ox.RdfFormat.TRIG)}
    assert joined == {q.triple for q in graph.store}


@pytest.mark.parametrize(
    "name",
    [
        "Netflix",
        "a.b",
        "a..",
        "-x",
        "1",
        "é",
        "x:y",
        "kg:used",
        "%41",
        "a,b;c",
        "(x)",
        "~",
        "ns/x#y",
    ],
)
def test_odd_names_survive_prefixes(name: str) -> None:
    entity = Entity(f"{B}entity/{name}", name, "Thing", (), ("a1",))
    graph = stored(entity)
    triples = {q.triple for q in graph.store}
    for exporter, form in ((turtle, ox.RdfFormat.TURTLE), (jsonld, ox.RdfFormat.JSON_LD)):
        assert {q.triple for q in ox.parse(text(exporter, graph).encode(), format=form)} == triples


def test_ids_like_a_prefix_of_ours_are_not_shortened_wrongly() -> None:
    graph = stored(Entity("https://kg.example/entity", "x", "Thing", (), ("a1",)),
                   Entity("https://schema.org/evil/x", "y", "Thing", (), ("a1",)))  # fmt: skip
    back = rdflib.Graph().parse(data=text(turtle, graph), format="turtle")
    assert {
        rdflib.URIRef("https://kg.example/entity"),
        rdflib.URIRef("https://schema.org/evil/x"),
    } <= set(back.subjects())


def test_another_base_moves_what_is_built_and_not_the_ontology(tmp_path: Path) -> None:
    base = "https://news.example/g/"

    def moved(node: Node) -> Node:
        return replace(node, id=node.id.replace(B, base))

    entities = [replace(e, id=e.id.replace(B, base)) for e in ENTITIES]
    statement = replace(
        STATEMENTS[0], id=f"{base}statement/1", subject=moved(NETFLIX), object=moved(RUNWAY),
        arguments=(), evidence=(replace(evidence(0, 34, "e1"), id=f"{base}evidence/e1"),),
    )  # fmt: skip
    settings = load_config(graph={"base": base})
    write_graph(tmp_path / "g", entities, [statement], ARTICLES, settings=settings)
    with open_graph(tmp_path / "g") as graph:
        assert graph.base == base
        assert graph.query("ASK { ent:Netflix kg:used ent:Runway }").truth
        assert list(graph.statements()) == [statement]
        assert f"{base}entity/Netflix" in text(ntriples, graph)
        assert len(graph.query("who-used-what")) == 1


def test_rdflib_writes_the_prefixes_of_the_graph(tmp_path: Path) -> None:
    write_graph(tmp_path / "g", ENTITIES, STATEMENTS, ARTICLES, settings=load_config())
    with open_graph(tmp_path / "g") as graph:
        found = graph.rdf().query("SELECT ?x WHERE { ?x kg:used ?y }", initNs={"kg": KG})
        assert [str(row[0]) for row in found] == [NETFLIX.id]
