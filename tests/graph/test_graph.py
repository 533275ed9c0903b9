"""The graph on disk: mapping and back, queries, checks, exports."""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib.compare import isomorphic

from kg.config import load_config
from kg.errors import GraphError, QueryError, UnknownName
from kg.graph import check, explain, network, open_graph, shipped_queries, stats, write_graph
from kg.graph.export import articles, csv_folder, graphml, jsonl, jsonld, ntriples, trig, turtle
from kg.graph.mapping import Mapper
from kg.graph.query import ShippedQuery
from kg.graph.store import GraphStore
from kg.model import (
    Article,
    Entity,
    Evidence,
    Literal,
    Merge,
    Node,
    Quotation,
    Relation,
    Statement,
    StatementArgument,
)
from tests.support.graphs import graph as invented

B = "https://kg.example/"
KG = f"{B}ontology#"
TEXT = (
    "Netflix used Runway in April 2025. “It works,” said Ted Sarandos. Netflix never sued Runway."
)


def evidence(start: int, end: int, key: str, article: str = "a1") -> Evidence:
    return Evidence(
        f"{B}evidence/{key}", article, f"{article}.txt", start, end, TEXT[start:end],
        "Netflix", "used", "Runway", "relations",
    )  # fmt: skip


NETFLIX = Node(f"{B}entity/Netflix", "Netflix", "Organization", ("Netflix Inc.",))
RUNWAY = Node(f"{B}entity/Runway", "Runway", "Organization")
SARANDOS = Node(f"{B}entity/Ted_Sarandos", "Ted Sarandos", "Person", ("Sarandos",))
ENTITIES = [
    Entity(NETFLIX.id, "Netflix", "Organization", ("Netflix Inc.",), ("a1",), True,
           (Merge("a1", "Netflix Inc.", "alias"),)),
    Entity(RUNWAY.id, "Runway", "Organization", (), ("a1",)),
    Entity(SARANDOS.id, "Ted Sarandos", "Person", ("Sarandos",), ("a1",)),
]  # fmt: skip
ARTICLES = [
    Article("a1", "a1.txt", TEXT, "A “title”", "2025-08-06", "The Paper", "https://a.example/1")
]
QUOTE = TEXT.index("It works")
STATEMENTS = [
    Statement(
        f"{B}statement/1", NETFLIX, Relation(f"{KG}used", "used"), RUNWAY, "asserted",
        time="2025-04", source_count=2,
        arguments=(StatementArgument("time", "April 2025", "2025-04", "xsd:gYearMonth"),
                   StatementArgument("with", "Ted Sarandos", entity=SARANDOS.id)),
        evidence=(evidence(0, 34, "e1"),),
    ),
    Statement(
        f"{B}statement/2", SARANDOS, Relation(f"{KG}said", "said"),
        Quotation(f"{B}quote/q1", "It works,", "direct", "said", QUOTE, QUOTE + 9, (RUNWAY.id,)),
        "asserted", evidence=(evidence(QUOTE, QUOTE + 9, "e2"),),
    ),
    Statement(
        f"{B}statement/3", NETFLIX, Relation(f"{KG}sued", "sued"), RUNWAY, "denied", "negative",
        attributed_to=SARANDOS, evidence=(evidence(TEXT.index("Netflix never"), len(TEXT), "e3"),),
    ),
    Statement(
        f"{B}statement/4", RUNWAY, Relation(f"{B}relation/cost_about", "cost about"),
        Literal("11000000000", "xsd:decimal", "$11 billion", "USD"), "asserted",
        evidence=(evidence(0, 34, "e4"),),
    ),
]  # fmt: skip


def write(folder: Path, entities=ENTITIES, statements=STATEMENTS, pieces=ARTICLES) -> GraphStore:
    write_graph(folder, entities, statements, pieces, settings=load_config())
    return open_graph(folder)


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with write(tmp_path_factory.mktemp("small") / "graph-1") as graph:
        yield graph


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    made = invented(60, 200)
    folder = tmp_path_factory.mktemp("large") / "graph-1"
    spoken_of = [entity for entity in made.entities if entity.articles]
    with write(folder, spoken_of, made.statements, made.articles) as graph:
        yield graph


def text(exporter, graph: GraphStore) -> str:
    out = io.StringIO()
    exporter(graph, out)
    return out.getvalue()


def test_values_come_back_as_they_went_in(small: GraphStore) -> None:
    assert list(small.entities()) == sorted(ENTITIES, key=lambda e: e.id)
    assert list(small.statements()) == STATEMENTS
    assert list(small.articles()) == ARTICLES


def test_a_large_graph_comes_back(large: GraphStore) -> None:
    made = invented(60, 200)

    def plain(statement: Statement) -> Statement:
        order = sorted(
            statement.arguments, key=lambda a: (a.role, a.label, a.value or "", a.entity or "")
        )
        pieces = sorted(statement.evidence, key=lambda e: (e.article, e.start, e.end, e.id))
        return replace(
            statement,
            subject=named(statement.subject),
            object=named(statement.object),
            attributed_to=named(statement.attributed_to),
            arguments=tuple(order),
            evidence=tuple(pieces),
        )

    def named(node):
        if isinstance(node, Node):
            return replace(node, aliases=tuple(sorted(node.aliases)))
        return node

    assert list(large.statements()) == [
        plain(s) for s in sorted(made.statements, key=lambda s: s.id)
    ]


def test_only_what_is_asserted_becomes_a_fact(small: GraphStore) -> None:
    assert small.query("ASK { ent:Netflix kg:used ent:Runway }").truth
    assert not small.query("ASK { ent:Netflix kg:sued ent:Runway }").truth


def test_statuses_that_make_facts_are_a_setting(tmp_path: Path) -> None:
    claimed = replace(STATEMENTS[2], status="claimed", polarity="positive")
    settings = load_config(graph={"assert": ["claimed"]})
    write_graph(tmp_path / "g", ENTITIES, [claimed], ARTICLES, settings=settings)
    with open_graph(tmp_path / "g") as graph:
        assert graph.query("ASK { ent:Netflix kg:sued ent:Runway }").truth


def test_no_blank_nodes(small: GraphStore) -> None:
    assert "_:" not in text(ntriples, small).replace("“", "")


@pytest.mark.parametrize("exporter", [turtle, ntriples, trig, jsonld, jsonl, articles, graphml])
def test_an_export_is_the_same_bytes_twice(exporter, tmp_path: Path) -> None:
    made = invented(30, 80)
    with (
        write(tmp_path / "a", made.entities, made.statements, made.articles) as one,
        write(
            tmp_path / "b", list(reversed(made.entities)), list(reversed(made.statements)),
            list(reversed(made.articles)),
        ) as other,
    ):  # fmt: skip
        assert text(exporter, one) == text(exporter, other)


@pytest.mark.parametrize(("exporter", "form"), [(turtle, "turtle"), (jsonld, "json-ld")])
def test_exports_hold_the_same_triples(exporter, form: str, large: GraphStore) -> None:
    lines = rdflib.Graph().parse(data=text(ntriples, large), format="nt")
    other = rdflib.Graph().parse(data=text(exporter, large), format=form)
    assert len(lines) > 1000
    assert isomorphic(lines, other)


def test_trig_has_a_graph_for_each_article(large: GraphStore) -> None:
    data = rdflib.Dataset()
    data.parse(data=text(trig, large), format="trig")
    named = [g for g in data.graphs() if str(g.identifier).startswith(f"{B}article/") and len(g)]
    assert len(named) == len(list(large.articles()))


def test_json_lines_have_the_exchange_form(small: GraphStore) -> None:
    first, said, *_ = map(json.loads, text(jsonl, small).splitlines())
    assert first["subject"]["label"] == "Netflix"
    assert first["object"] == {
        "id": RUNWAY.id,
        "label": "Runway",
        "aliases": [],
        "type": "Organization",
    }
    assert first["arguments"][0] == {
        "role": "time", "label": "April 2025", "value": "2025-04", "datatype": "xsd:gYearMonth",
    }  # fmt: skip
    piece = first["evidence"][0]
    assert TEXT[piece["start"] : piece["end"]] == piece["text"]
    assert said["object"]["type"] == "Quotation"
    assert said["object"]["text"] == "It works,"
    assert said["attributed_to"] is None


def test_graphml_and_csv_are_read_by_their_parsers(small: GraphStore, tmp_path: Path) -> None:
    ElementTree.fromstring(text(graphml, small))
    nodes, links = csv_folder(small, tmp_path / "tables")
    rows = list(csv.DictReader(nodes.open(encoding="utf-8")))
    assert {row["label"] for row in rows} == {"Netflix", "Runway", "Ted Sarandos"}
    assert [row[":TYPE"] for row in csv.DictReader(links.open(encoding="utf-8"))] == [
        "USED",
        "SUED",
    ]


@given(st.text(max_size=60), st.text(min_size=1, max_size=60))
@settings(max_examples=60, deadline=None)
def test_hostile_text_survives_every_text_format(title: str, label: str) -> None:
    import pyoxigraph as ox

    article = Article("x", "x.txt", label, title or None)
    store = ox.Store()
    lines = "\n".join(Mapper(B).article(article))
    store.load(lines.encode(), format=ox.RdfFormat.N_TRIPLES)
    graph = GraphStore(store, B)
    assert list(graph.articles()) == [article]
    for exporter, form in ((turtle, ox.RdfFormat.TURTLE), (jsonld, ox.RdfFormat.JSON_LD)):
        data = text(exporter, graph).encode("utf-8", "surrogatepass")
        assert {q.triple for q in ox.parse(data, format=form)} == {q.triple for q in store}


def test_rdflib_sees_the_same_graph(small: GraphStore) -> None:
    graph = small.rdf()
    assert len(graph) == len(small)
    assert (
        rdflib.URIRef(NETFLIX.id),
        rdflib.URIRef(f"{KG}used"),
        rdflib.URIRef(RUNWAY.id),
    ) in graph


def test_the_first_query_of_the_readme(small: GraphStore) -> None:
    answer = small.query("SELECT ?who WHERE { ?who kg:used ?what }")
    assert answer.text_rows() == [["ent:Netflix"]]
    assert answer.to("csv") == f"who\n{NETFLIX.id}\n"
    assert json.loads(answer.to("json"))["results"]["bindings"][0]["who"]["value"] == NETFLIX.id
    assert answer.to("markdown") == "| who |\n| --- |\n| ent:Netflix |\n"


def test_construct_and_describe_give_turtle(small: GraphStore) -> None:
    made = small.query("CONSTRUCT { ?a kg:used ?b } WHERE { ?a kg:used ?b }").to("table")
    assert made.endswith("ent:Netflix kg:used ent:Runway .\n")
    assert "rdfs:label" in small.query("DESCRIBE ent:Netflix").to("table")


def test_a_syntax_error_tells_line_and_column(small: GraphStore) -> None:
    with pytest.raises(QueryError, match="line 2, column") as caught:
        small.query("SELECT ?x WHERE {\n ?x kg:used }")
    assert caught.value.line == 2


@pytest.mark.parametrize("query", shipped_queries(), ids=lambda query: query.name)
def test_every_shipped_query_runs(
    query: ShippedQuery, small: GraphStore, large: GraphStore
) -> None:
    for graph in (small, large):
        answer = graph.query(query.name, **dict.fromkeys(query.needed, "net"))
        assert answer.kind == "select"
        assert answer.columns


def test_shipped_queries_find_what_they_promise(small: GraphStore) -> None:
    assert small.query("who-used-what").text_rows() == [["Netflix", "Runway", "2"]]
    assert small.query("who-said-what", about="runway").text_rows()[0][:3] == [
        "Ted Sarandos", "direct", "It works,",
    ]  # fmt: skip
    assert small.query("denied").text_rows()[0][:4] == ["Netflix", "sued", "Runway", "Ted Sarandos"]
    assert small.query("corroborated").text_rows() == [["Netflix", "used", "Runway", "2"]]


@pytest.mark.parametrize("which", ["small", "large"])
def test_a_statement_counts_once_in_each_month_that_tells_it(which, request) -> None:
    graph: GraphStore = request.getfixturevalue(which)
    months = {a.id: a.date[:7] for a in graph.articles() if a.date}
    told = {
        (months[e.article], s.status, s.id)
        for s in graph.statements()
        for e in s.evidence
        if e.article in months
    }
    found = [list(map(int, row[1:])) for row in graph.query("months").text_rows()]
    statuses = ("asserted", "claimed", "possible", "planned", "hypothetical", "denied")
    expected = [
        [sum(m == month and s == status for m, s, _ in told) for status in statuses]
        for month in sorted({month for month, _, _ in told})
    ]
    assert expected and found == [[sum(counts), *counts] for counts in expected]


def test_parameters_are_escaped(small: GraphStore) -> None:
    assert not small.query("quotes-by", who='")) } #')
    with pytest.raises(UnknownName, match="did you mean 'who'"):
        small.query("quotes-by", whoo="x")
    with pytest.raises(UnknownName, match="did you mean 'denied'"):
        small.query("deneid")


def test_what_a_query_needs_is_asked_for(small: GraphStore) -> None:
    for open_ in ({}, {"about": ""}):
        with pytest.raises(QueryError, match=r"evidence needs about=\.\.\., the entity"):
            small.query("evidence", **open_)


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
    import pyoxigraph as ox

    store = ox.Store()
    store.extend(small.store.quads_for_pattern(None, None, None))
    store.add(ox.Quad(ox.NamedNode(RUNWAY.id), ox.NamedNode(f"{KG}sued"), ox.NamedNode(NETFLIX.id)))
    assert [v.message for v in check(GraphStore(store, B))] == [
        "a fact without an asserted statement"
    ]


def test_explain_by_name_alias_and_triple(small: GraphStore) -> None:
    about = explain(small, "netflix inc.")
    assert [e.label for e in about.entities] == ["Netflix"]
    assert {s.id[-1] for s in about.statements} == {"1", "3"}
    triple = explain(small, "Netflix", "used", "Runway")
    assert [s.evidence[0].text for s in triple.statements] == [TEXT[:34]]
    assert [s.id[-1] for s in explain(small, "*", "sued", "Runway").statements] == ["3"]
    with pytest.raises(GraphError, match="Did you mean: Netflix"):
        explain(small, "Netflicks")


def test_stats_count_what_is_there(small: GraphStore) -> None:
    numbers = stats(small)
    assert numbers.articles == 1
    assert dict(numbers.statements) == {"asserted": 3, "denied": 1}
    assert numbers.quotes == 1
    assert numbers.connected[0] == ("Netflix", "Organization", 1, 2)
    assert network(small, statuses={"asserted"}).number_of_edges() == 1


def test_a_missing_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        open_graph(tmp_path / "none")


_WRITER = """
import sys
from tests.graph.test_graph import write
from tests.support.graphs import graph
made = graph(2000, 6000)
def slow():
    for number, statement in enumerate(made.statements):
        if number == 50:
            print("started", flush=True)
        yield statement
from kg.config import load_config
from kg.graph import write_graph
import itertools, time
def forever():
    yield from slow()
    time.sleep(60)
write_graph(sys.argv[1], made.entities, forever(), made.articles, settings=load_config())
"""


def test_a_killed_writer_leaves_the_other_graph_readable(small: GraphStore, tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(tmp_path / "graph-2")],
        stdout=subprocess.PIPE, cwd=Path(__file__).parents[2], env={**os.environ, "PYTHONPATH": "."},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == b"started\n"
    time.sleep(0.2)
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert small.query("ASK { ent:Netflix kg:used ent:Runway }").truth


def two_employers() -> Statement:
    """One statement, "Ted Sarandos has role director", from two places with an employer each."""
    role = Node(f"{B}entity/director", "director", "Topic")
    here, there = evidence(0, 34, "e5"), evidence(35, 60, "e6", "a2")
    return Statement(
        f"{B}statement/5", SARANDOS, Relation(f"{KG}hasRole", "has role"), role, "asserted",
        arguments=(
            StatementArgument("at", "Netflix", entity=NETFLIX.id, evidence=(here.id,)),
            StatementArgument("at", "Runway", entity=RUNWAY.id, evidence=(there.id,)),
            StatementArgument("time", "former", evidence=(there.id,)),
        ),
        evidence=(here, there),
    )  # fmt: skip


@pytest.fixture
def employed(tmp_path) -> Iterator[GraphStore]:
    role = Entity(f"{B}entity/director", "director", "Topic", (), ("a1", "a2"), False)
    pieces = [*ARTICLES, replace(ARTICLES[0], id="a2", source="a2.txt")]
    with write(tmp_path / "g", [*ENTITIES, role], [two_employers()], pieces) as graph:
        yield graph


def test_each_source_tells_the_employer_that_it_names(employed):
    rows = [tuple(row.values()) for row in employed.query("roles")]
    assert rows == [
        ("Ted Sarandos", "director", "Netflix", None, "a1.txt"),
        ("Ted Sarandos", "director", "Runway", "former", "a2.txt"),
    ]


def test_an_argument_keeps_the_places_that_give_it(employed):
    assert list(employed.statements()) == [two_employers()]
    assert check(employed) == ()


def test_in_trig_an_argument_stands_with_the_article_that_gives_it(employed):
    made = rdflib.Dataset(default_union=False)
    made.parse(data=text(trig, employed), format="trig")
    labels = rdflib.URIRef(f"{KG}role")
    for name, employer in (("a1", "Netflix"), ("a2", "Runway")):
        part = made.graph(rdflib.URIRef(f"{B}article/{name}"))
        at = list(part.subjects(labels, rdflib.Literal("at")))
        assert [str(part.value(s, rdflib.RDFS.label)) for s in at] == [employer]
