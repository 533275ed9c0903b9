"""What follows, beside a graph: its own named graph, what it is read back as, what never sees it."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kg
from kg.cli import run
from kg.config import load_config
from kg.errors import GraphError
from kg.graph import open_graph, write_graph
from kg.graph.explain import explain, explain_inferred
from kg.graph.export import (
    csv_folder,
    csv_tables,
    gexf,
    graphml,
    jsonl,
    jsonld,
    ntriples,
    sorted_lines,
    trig,
    turtle,
)
from kg.graph.inferred import Infer, Inferences, beside, lines, together, write_inferred
from kg.graph.network import network
from kg.graph.shapes import check
from kg.graph.vocab import INFERRED
from kg.model import (
    Article,
    Entity,
    Evidence,
    Inferred,
    Node,
    Relation,
    Statement,
    StatementArgument,
)

B = "https://kg.example/"
KG = f"{B}ontology#"
TEXT = "Quay lies in Harwick. Harwick lies in Kent. Ann married Bob. Nobody says more."
NODES = {
    name: Node(f"{B}entity/{name}", name, kind)
    for name, kind in (
        ("Quay", "Place"), ("Harwick", "Place"), ("Kent", "Place"), ("Ann", "Person"),
        ("Bob", "Person"), ("Runway", "Software"),
    )
}  # fmt: skip
ALL = "SELECT ?s ?o WHERE { ?s kg:locatedIn ?o }"


def statement(key: str, words: str, status: str = "asserted", **other) -> Statement:
    subject, relation, target = words.split()
    piece = Evidence(f"{B}evidence/{key}", "a1", "a1.txt", 0, 21, TEXT[:21], "Quay", "lies", "Harwick", "relations")  # fmt: skip
    return Statement(
        f"{B}statement/{key}", NODES[subject], Relation(KG + relation, relation), NODES[target],
        status, evidence=(piece,), **other,
    )  # fmt: skip


SAID = (
    statement("1", "Quay locatedIn Harwick"),
    statement("2", "Harwick locatedIn Kent"),
    statement("3", "Ann spouse Bob"),
    statement("4", "Kent locatedIn Quay", "claimed", attributed_to=NODES["Ann"]),
)


def folder(tmp_path, statements=SAID, *, infer: bool = True):
    made = [Entity(n.id, n.label, n.type, (), ("a1",)) for n in NODES.values()]
    article = Article("a1", "a1.txt", TEXT)
    path = tmp_path / f"graph-{len(list(tmp_path.iterdir()))}"
    write_graph(path, made, statements, [article], settings=load_config())
    if infer:
        write_inferred(path, B, infer=True)
    return path


@pytest.fixture
def built(tmp_path):
    with open_graph(folder(tmp_path)) as graph:
        yield graph


def follows(graph) -> dict[str, Inferred]:
    found = Inferences(graph.store, beside(graph.store, B), B).all()
    told = {f"{f.subject.label} {f.predicate.label} {f.object.label}": f for f in found}
    told.pop("Runway is a Product")  # schema.org's
    return told


def rows(answer) -> set[tuple[str, ...]]:
    return {tuple(cell.rpartition("/")[2] for cell in row.values()) for row in answer}


def test_what_follows_stands_in_a_graph_of_its_own(built):
    assert rows(built.query(ALL)) == {("Quay", "Harwick"), ("Harwick", "Kent")}
    named = built.query(f"SELECT ?s ?o WHERE {{ GRAPH {INFERRED} {{ ?s kg:locatedIn ?o }} }}")
    assert rows(named) == {("Quay", "Kent")}
    assert rows(built.query(ALL, infer=Infer(B))) == {
        ("Quay", "Harwick"), ("Harwick", "Kent"), ("Quay", "Kent"),
    }  # fmt: skip


def test_a_graph_that_was_built_without_infers_for_the_query(tmp_path):
    with open_graph(folder(tmp_path, infer=False)) as graph:
        assert ("Quay", "Kent") in rows(graph.query(ALL, infer=Infer(B)))
        assert ("Quay", "Kent") in rows(graph.query(ALL, infer=Infer(B), timeout=60))
        assert ("Quay", "Kent") not in rows(graph.query(ALL))
        with pytest.raises(GraphError, match=r"too large.*kg build SOURCE --infer"):
            together(graph.store, B, most=10)


def test_a_query_with_a_time_limit_asks_what_was_built(built):
    assert ("Quay", "Kent") in rows(built.query(ALL, infer=Infer(B), timeout=60))


def test_what_follows_is_read_with_the_statements_that_it_follows_from(built):
    found = follows(built)
    assert set(found) == {"Quay located in Kent", "Bob spouse Ann", "Runway is a product"}
    joined = found["Quay located in Kent"]
    assert [premise.id for premise in joined.follows_from] == [SAID[0].id, SAID[1].id]
    assert (joined.rule, joined.disputed) == ("transitive", False)
    (thing,) = found["Runway is a product"].follows_from
    assert isinstance(thing, Node) and thing.type == "Software"


def test_it_is_the_same_whether_stored_or_not(tmp_path):
    with open_graph(folder(tmp_path)) as one, open_graph(folder(tmp_path, infer=False)) as other:
        assert follows(one) == follows(other)
        assert list(lines(one.store, B)) == list(lines(other.store, B))


def test_nothing_that_does_not_ask_sees_it(tmp_path):
    with open_graph(folder(tmp_path)) as one, open_graph(folder(tmp_path, infer=False)) as other:
        assert list(sorted_lines(one)) == list(sorted_lines(other))
        assert list(one.entities()) == list(other.entities())
        assert list(one.statements()) == list(other.statements())
        assert turtle(one, io.StringIO()) == turtle(other, io.StringIO())
        assert len(one.rdf()) == len(other.rdf()) == len(other)
        assert explain(one, "Quay") == explain(other, "Quay")
        assert check(one) == check(other) == ()


def test_nothing_follows_from_what_is_only_claimed(tmp_path):
    claims = [
        statement("1", "Quay locatedIn Harwick"),
        statement("2", "Harwick locatedIn Kent", "claimed", attributed_to=NODES["Ann"]),
        statement("3", "Ann spouse Bob", "denied", polarity="negative"),
        statement("4", "Ann siblingOf Bob", "possible"),
    ]
    with open_graph(folder(tmp_path, claims)) as graph:
        assert set(follows(graph)) == {"Runway is a product"}


@pytest.mark.parametrize(
    "told",
    [
        {"arguments": (StatementArgument("until", "2015"),)},
        {"arguments": (StatementArgument("time", "formerly"),)},
        {"time": "1999/2001"},
    ],
)
def test_what_was_once_so_is_joined_to_nothing_of_another_time(tmp_path, told):
    now = statement("1", "Quay locatedIn Harwick", time="2020-05")
    once = statement("2", "Harwick locatedIn Kent", **told)
    with open_graph(folder(tmp_path, [now, once])) as graph:
        assert set(follows(graph)) == {"Runway is a product"}
    timed = replace(
        once, arguments=(StatementArgument("time", "2020", "2020", "xsd:gYear"),), time="2020"
    )
    with open_graph(folder(tmp_path, [now, timed])) as graph:
        assert "Quay located in Kent" in follows(graph)


def test_an_until_of_the_same_words_counts_for_all_that_they_say_of_a_thing(tmp_path):
    beside = statement("5", "Quay isA Runway", arguments=(StatementArgument("until", "2015"),))
    other = statement("5", "Kent isA Runway", arguments=(StatementArgument("until", "2015"),))
    with open_graph(folder(tmp_path, [*SAID, beside])) as graph:
        assert "Quay located in Kent" not in follows(graph)
    with open_graph(folder(tmp_path, [*SAID, other])) as graph:
        assert "Quay located in Kent" in follows(graph)


def test_what_somebody_denies_is_disputed_in_what_follows(tmp_path):
    denial = statement("9", "Harwick locatedIn Kent", "denied", polarity="negative", attributed_to=NODES["Bob"])  # fmt: skip
    with open_graph(folder(tmp_path, [*SAID, denial])) as graph:
        found = follows(graph)
        assert found["Quay located in Kent"].disputed
        assert not found["Bob spouse Ann"].disputed
        asked = graph.query("SELECT ?s WHERE { ?i kg:isDisputed true ; kg:inferredSubject ?s }", infer=Infer(B))  # fmt: skip
        assert rows(asked) == {("Quay",)}


def test_who_denies_a_premise_or_what_follows_is_told(tmp_path):
    says = {"status": "denied", "polarity": "negative", "attributed_to": NODES["Bob"]}
    denials = (
        statement("7", "Harwick locatedIn Kent", **says),
        statement("8", "Bob spouse Ann", **says),
        statement("9", "Quay locatedIn Kent", "claimed", polarity="negative"),
        statement("a", "Harwick locatedIn Quay", **says),
    )
    with open_graph(folder(tmp_path, [*SAID, *denials])) as graph:
        found = follows(graph)
        assert [d.id for d in found["Quay located in Kent"].denials] == [
            denials[0].id, denials[2].id,
        ]  # fmt: skip
        assert [d.id for d in found["Bob spouse Ann"].denials] == [denials[1].id]
        assert found["Runway is a product"].denials == ()


FORMS = (turtle, ntriples, jsonld, trig, jsonl, graphml, gexf, csv_tables)


@pytest.mark.parametrize("exporter", FORMS)
def test_an_export_has_what_follows_only_where_it_is_asked_for(exporter, built, tmp_path):
    def text(graph, **more) -> str:
        exporter(graph, out := io.StringIO(), **more)
        return out.getvalue()

    with open_graph(folder(tmp_path, infer=False)) as plain:
        assert text(built) == text(plain)
        found = Inferences(built.store, built.store, B)
        later = Inferences(plain.store, beside(plain.store, B), B)
        asked = text(built, inferred=found)
        assert asked == text(plain, inferred=later)
        assert "inference/" in asked and "inference/" not in text(plain)


def test_a_line_of_what_follows_says_so_and_from_what(built):
    found = Inferences(built.store, built.store, B)
    jsonl(built, out := io.StringIO(), inferred=found)
    lines_ = [json.loads(line) for line in out.getvalue().splitlines()]
    assert ["inferred" in line for line in lines_] == [False] * 4 + [True] * 4
    (joined,) = (line for line in lines_ if line.get("rule") == "transitive")
    assert joined["premises"] == [SAID[0].id, SAID[1].id]
    assert (joined["inferred"], joined["status"], joined["evidence"]) == (True, "inferred", [])
    assert (joined["disputed"], joined["denials"]) == (False, [])


def test_tables_and_networks_mark_what_follows(built, tmp_path):
    found = Inferences(built.store, built.store, B)
    csv_tables(built, out := io.StringIO(), inferred=found)
    rows_ = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert [row["inferred"] for row in rows_] == ["false"] * 4 + ["true"] * 4
    assert {row["status"] for row in rows_ if row["inferred"] == "true"} == {"inferred"}
    csv_folder(built, tmp_path / "neo", inferred=found)
    links = list(csv.DictReader((tmp_path / "neo" / "relationships.csv").open(encoding="utf-8")))
    assert [
        row["premises:string[]"].count(";") for row in links if row["rule"] == "transitive"
    ] == [1]
    assert sum(row["inferred:boolean"] == "true" for row in links) == 2  # a class is no entity
    edges = network(built, inferred=found).edges(data=True)
    marked = {data["label"]: data["status"] for *_, data in edges if data["inferred"]}
    assert marked == {"located in": "inferred", "spouse": "inferred"}


def test_trig_has_what_follows_in_its_own_graph(built):
    trig(built, out := io.StringIO(), inferred=Inferences(built.store, built.store, B))
    quads = list(ox.parse(out.getvalue().encode(), format=ox.RdfFormat.TRIG))
    named = {str(quad.triple) for quad in quads if quad.graph_name == INFERRED}
    stored = built.store.quads_for_pattern(None, None, None, INFERRED)
    assert named == {str(quad.triple) for quad in stored}


def test_the_command_exports_what_follows_or_says_why_not(tmp_path, capsys):
    (tmp_path / "news.txt").write_text("Ann Lee is married to Bob Cole.\n")
    out = str(tmp_path / "out")
    assert run(["build", str(tmp_path / "news.txt"), "-o", out, "-q", "--no-page"]) == 0
    capsys.readouterr()
    for form in ("jsonl", "csv", "graphml"):
        assert run(["export", "-f", form, "-g", out]) == 0
        assert "inferred" not in capsys.readouterr().out
        assert run(["export", "-f", form, "-g", out, "--infer"]) == 0
        assert "inferred" in capsys.readouterr().out
    assert run(["export", "-f", "ftm", "-g", out, "--infer"]) == 2
    assert "ftm has no room for what follows" in capsys.readouterr().err
    assert run(["export", "-g", out, "--to", f"{out}/x", "--shards", "2", "--infer"]) == 2


def test_no_inference_is_a_statement_or_has_evidence(built):
    assert not built.query("ASK { ?i a kg:Inference, kg:Statement }", infer=Infer(B))
    assert not built.query("ASK { ?i a kg:Inference ; prov:wasDerivedFrom/a kg:Evidence }", infer=Infer(B))  # fmt: skip
    asked = "SELECT ?i WHERE { ?i rdf:subject|rdf:predicate ?any MINUS { ?i a kg:Statement } }"
    assert not built.query(asked, infer=Infer(B))


MANY = [
    statement(f"{i:02}{status}", f"{one} {relation} {other}", status)
    for i, (one, relation, other) in enumerate(
        [(a, "locatedIn", b) for a in ("Quay", "Harwick", "Kent") for b in ("Quay", "Harwick", "Kent") if a != b]
        + [("Ann", "spouse", "Bob"), ("Bob", "spouse", "Ann"), ("Ann", "livesIn", "Quay")]
    )
    for status in ("asserted", "denied")
]  # fmt: skip


def inferred_triples(path) -> set[str]:
    with open_graph(path) as graph:
        return {str(quad) for quad in graph.store.quads_for_pattern(None, None, None, INFERRED)}


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.sets(st.sampled_from(range(len(MANY)))), st.sets(st.sampled_from(range(len(MANY)))))
def test_an_update_leaves_what_follows_as_a_whole_build_does(tmp_path, before, after):
    ends = [
        folder(tmp_path, [MANY[i] for i in sorted(chosen)], infer=False)
        for chosen in (before, after, after)
    ]
    old, new, fresh = ends
    write_inferred(old, B, infer=True)
    write_inferred(fresh, B, infer=True)
    store, left = ox.Store(str(new)), ox.Store(str(old))
    store.add_graph(INFERRED)
    store.extend(left.quads_for_pattern(None, None, None, INFERRED))
    store.flush()
    del store, left
    told = write_inferred(new, B, infer=True)
    assert inferred_triples(new) == inferred_triples(fresh)
    assert told == write_inferred(fresh, B, infer=True)


def test_it_is_taken_away_again(tmp_path):
    path = folder(tmp_path)
    write_inferred(path, B, infer=False)
    with open_graph(path) as graph, open_graph(folder(tmp_path, infer=False)) as other:
        assert len(graph) == len(other)
        assert not graph.store.contains_named_graph(INFERRED)


def test_what_follows_about_a_thing_or_a_triple(built):
    reading = Inferences(built.store, built.store, B)

    def told(*names: str) -> list[str]:
        return [f.predicate.label for f in explain_inferred(built, reading, *names)]

    assert told("Kent") == told("Quay", "locatedIn") == told("*", "*", "Kent") == ["located in"]
    assert told("Quay", "spouse") == told("Kent", "*", "Quay") == []


def test_python_builds_with_what_follows_and_asks_for_it(tmp_path):
    (tmp_path / "news.txt").write_text(
        "Ann Lee is married to Bob Cole. Ann Lee lives in Harwick.\n"
    )
    with kg.build(tmp_path / "news.txt", tmp_path / "out", infer=True) as graph:
        assert graph.infers
        assert graph.report.inferred == len(list(graph.inferred()))
        (found,) = graph.inferred("Bob Cole", "spouse")
        assert (found.object.label, found.rule) == ("Ann Lee", "symmetric")
        assert found.follows_from[0].evidence[0].text == "Ann Lee is married to Bob Cole"
        asked = "ASK { ent:Bob_Cole kg:spouse ent:Ann_Lee }"
        assert not graph.query(asked)
        assert graph.query(asked, infer=True)
        assert graph.check() == ()
    with kg.build(tmp_path / "news.txt", tmp_path / "plain") as graph:
        assert not graph.infers
        assert graph.query(asked, infer=True)
        assert [f.rule for f in graph.inferred("Bob Cole", "spouse")] == ["symmetric"]


def test_explain_shows_the_chain(tmp_path, capsys):
    (tmp_path / "news.txt").write_text(
        "Fir Works is a subsidiary of Birch Holdings. Birch Holdings is a subsidiary of Cedar Group.\n"
    )
    out = str(tmp_path / "out")
    assert run(["build", str(tmp_path / "news.txt"), "-o", out, "-q", "--no-page"]) == 0
    assert run(["explain", "Fir Works", "-g", out]) == 0
    assert "follows" not in capsys.readouterr().out
    assert run(["explain", "Fir Works", "-g", out, "--infer"]) == 0
    said = capsys.readouterr().out
    assert "follows  Fir Works subsidiary of Cedar Group  (transitive)" in said
    assert (
        "follows from: Fir Works subsidiary of Birch Holdings, Birch Holdings subsidiary of Cedar Group"
        in said
    )
    assert "“Birch Holdings is a subsidiary of Cedar Group” news.txt, 45-90" in said
    assert run(["explain", "Fir Works", "-g", out, "--infer", "--json"]) == 0
    plain = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [told["rule"] for told in plain if "rule" in told] == ["transitive"]
    assert run(["query", ALL.replace("locatedIn", "subsidiaryOf"), "-g", out, "--infer"]) == 0
    assert capsys.readouterr().out.count("Cedar_Group") == 2
