"""The queries that an investigator asks, over statements that are written by hand."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.compare.disagreements import disagreements
from kg.config import load_config
from kg.graph import GraphStore, open_graph, write_graph
from kg.model import (
    Article,
    Entity,
    Evidence,
    Literal,
    Node,
    Relation,
    Statement,
    StatementArgument,
)

B = "https://kg.example/"
KINDS = {"Ann": "Person", "Bo": "Person", "cash": "Topic", "court": "Topic", "fraud": "Topic"}
TEXT = "What was told."


def node(name: str) -> Node:
    return Node(f"{B}entity/{name}", name, KINDS.get(name, "Organization"))


def say(
    subject: str,
    relation: str,
    target: str | Literal,
    status: str = "asserted",
    **arguments: str,
) -> Statement:
    told = target if isinstance(target, str) else target.value
    key = "-".join([subject, relation, told, status])
    return Statement(
        f"{B}statement/{key}", node(subject),
        Relation(f"{B}ontology#{relation}", relation),
        node(target) if isinstance(target, str) else target, status,  # type: ignore[arg-type]
        arguments=tuple(StatementArgument(role, label) for role, label in arguments.items()),
        evidence=(Evidence(f"{B}evidence/{key}", "a1", "a1.txt", 0, 4, "What", "", "", "", "x"),),
    )  # fmt: skip


def money(label: str) -> Literal:
    return Literal(label.strip("$€ "), "xsd:decimal", label, "USD")


STATEMENTS = (
    say("Alder", "owns", "Birch"),
    say("Birch", "acquired", "Cedar"),
    say("Dogwood", "subsidiaryOf", "Cedar"),
    say("Dogwood", "owns", "Alder"),
    say("Elm", "acquired", "Alder", "planned"),
    say("Alder", "owns", "cash"),
    say("Alder", "owns", "Ann"),
    say("Alder", "paid", money("$40000"), to="Ann"),
    say("Alder", "received", "cash", amount="€3 million"),
    say("Bo", "received", "cash", amount="age 10"),
    say("court", "fined", "Alder", amount="5 million euros"),
    say("Bo", "paid", "fraud", instrument="kind words"),
    say("court", "charged", "Ann", instrument="fraud"),
    say("court", "sentenced", "Ann", "claimed", to="two years", **{"for": "fraud"}),
    say("Bo", "acquittedOf", "fraud"),
    say("Ann", "metWith", "Bo"),
    say("Ann", "metWith", "cash"),
    say("Ann", "visited", "Bo", "planned"),
    say("Ann", "visited", "Alder"),
)


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Iterator[GraphStore]:
    nodes = {s.subject for s in STATEMENTS} | {
        s.object for s in STATEMENTS if isinstance(s.object, Node)
    }
    entities = [
        Entity(n.id, n.label, n.type, (), ("a1",), n.type != "Topic")
        for n in sorted(nodes, key=lambda n: n.id)
    ]
    folder: Path = tmp_path_factory.mktemp("asked") / "graph-1"
    article = Article("a1", "a1.txt", TEXT)
    write_graph(
        folder,
        entities,
        sorted(STATEMENTS, key=lambda s: s.id),
        [article],
        settings=load_config(),
    )
    with open_graph(folder) as made:
        yield made


def rows(graph: GraphStore, name: str, *columns: str, **given: str) -> list[tuple[str, ...]]:
    return [tuple(row[c] or "" for c in columns) for row in graph.query(name, **given)]


def test_who_owns_what_through_others(graph):
    found = rows(graph, "ownership", "owner", "did", "thing", "through", "status", who="Alder")
    assert ("Alder", "owns", "Birch", "", "asserted") in found
    assert ("Alder", "owns", "Cedar", "Birch", "asserted") in found
    assert ("Alder", "owns", "Dogwood", "Birch, Cedar", "asserted") in found
    assert ("Elm", "acquired", "Alder", "", "planned") in found
    owned = [(owner, thing) for owner, _, thing, _, _ in found]
    assert ("Alder", "Alder") not in owned  # a ring ends where it began
    assert ("Elm", "Birch") not in owned  # what is planned is owned of nothing yet
    assert not {thing for _, thing in owned} & {"cash", "Ann"}


def test_who_paid_whom_is_about_money(graph):
    found = rows(graph, "payments", "who", "did", "what", "sum", "to")
    assert sorted(found) == [
        ("Alder", "paid", "", "$40000", "Ann"),
        ("Alder", "received", "cash", "€3 million", ""),
        ("court", "fined", "Alder", "5 million euros", ""),
    ]
    assert rows(graph, "payments", "sum", who="ann") == [("$40000",)]


def test_who_is_charged_and_how_it_ended(graph):
    assert rows(graph, "charges", "who", "step", "of", "penalty", "by", "status") == [
        ("Alder", "fined", "", "5 million euros", "court", "asserted"),
        ("Ann", "charged", "fraud", "", "court", "asserted"),
        ("Ann", "sentenced", "fraud", "two years", "court", "claimed"),
        ("Bo", "acquitted", "fraud", "", "", "asserted"),
    ]


def test_who_met_whom(graph):
    assert rows(graph, "meetings", "who", "did", "whom", "status") == [
        ("Ann", "met", "Bo", "asserted"),
        ("Ann", "visited", "Bo", "planned"),
    ]


def told(key: str, does: str, target: str, at: int, by: str = "", article: str = "a1") -> Statement:
    """What Alder, or another one, does, where it stands in an article, and who says so."""
    evidence = Evidence(
        f"{B}evidence/{key}", article, f"{article}.txt", at, at + 9, key, "", "", "", "x"
    )
    return Statement(
        f"{B}statement/{key}", node("Bo" if does == "denied" else "Alder"),
        Relation(f"{B}ontology#{does}", does),
        Literal(target, "xsd:integer", f"{target} people") if target.isdigit() else node(target),
        "claimed" if by else "asserted",
        attributed_to=node(by) if by else None, evidence=(evidence,),
    )  # fmt: skip


@pytest.mark.parametrize(
    "pair",
    [
        (told("one", "employs", "14", 0), told("two", "employs", "40", 50, article="a2")),
        (told("one", "employs", "14", 0, "Ann"), told("two", "employs", "40", 50, "Bo")),
        (told("one", "acquired", "Birch", 0, "Ann"), told("two", "denied", "claim", 50)),
    ],
    ids=["two articles", "two speakers of one article", "a denial of what was said before it"],
)  # fmt: skip
def test_the_query_for_disagreements_finds_what_their_definition_finds(tmp_path, pair):
    nodes = {n for s in pair for n in (s.subject, s.object, s.attributed_to) if isinstance(n, Node)}
    entities = [
        Entity(n.id, n.label, n.type, (), ("a1",), True) for n in sorted(nodes, key=lambda n: n.id)
    ]
    articles = [Article(name, f"{name}.txt", TEXT, date="2025-06-10") for name in ("a1", "a2")]
    write_graph(tmp_path / "graph-1", entities, pair, articles, settings=load_config())
    defined = disagreements(pair, {"a1": "2025-06-10", "a2": "2025-06-10"})
    with open_graph(tmp_path / "graph-1") as made:
        found = rows(made, "disagreements", "words", "otherWords")
    assert [(d.passage.text, d.other_passage.text) for d in defined] == found == [("one", "two")]
