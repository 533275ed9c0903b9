"""The graph as FollowTheMoney entities."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest

from kg.config import load_config
from kg.graph import GraphStore, open_graph, write_graph
from kg.graph.ftm import ftm
from kg.model import (
    Article,
    Entity,
    Event,
    Evidence,
    Literal,
    Node,
    Participant,
    Relation,
    Statement,
    StatementArgument,
)

B = "https://kg.example/"
TEXT = "Ann leads Alder. Alder bought Birch for much in 2021."


def node(name: str, kind: str) -> Node:
    return Node(f"{B}entity/{name}", name, kind)


ANN, BO = node("Ann", "Person"), node("Bo", "Person")
ALDER, BIRCH, OSLO = (
    node("Alder", "Organization"),
    node("Birch", "Organization"),
    node("Oslo", "Place"),
)


def say(
    subject: Node, relation: str, target: Any, status: str = "asserted", **more: Any
) -> Statement:
    key = f"{subject.label}-{relation}-{getattr(target, 'label', target)}".replace(
        "$", "USD"
    ).replace(" ", "-")
    return Statement(
        f"{B}statement/{key}", subject, Relation(f"{B}ontology#{relation}", relation), target,
        status, evidence=(Evidence(f"{B}evidence/{key}", "a1", "a.txt", 0, 15, TEXT[:15], "", "", "", "x"),),
        **more,
    )  # fmt: skip


PAID = StatementArgument("to", "Bo", entity=BO.id)
SUM = Literal("40000", "xsd:decimal", "$40000", "USD")
STATEMENTS = (
    say(ANN, "leads", ALDER),
    say(ALDER, "bought", BIRCH, time="2021"),
    say(BO, "owns", ALDER, "claimed", attributed_to=ANN),
    say(ALDER, "paid", SUM, arguments=(PAID,), time="2023-06"),
    say(ANN, "spouse", BO, time="2001/2010"),
    say(ANN, "dateOfBirth", Literal("1970-02-01", "xsd:date", "1 February 1970")),
    say(ANN, "metWith", BO),
    say(ANN, "residesIn", OSLO),
)
CASE = Event(
    f"{B}event/1", "Charge", "charge against Bo", "asserted",
    (Participant("defendant", BO.id, "Bo"), Participant("charge", f"{B}entity/fraud", "fraud")),
    (STATEMENTS[0].id,), (f"{B}evidence/Ann-leads-Alder",), "2024",
)  # fmt: skip


@pytest.fixture(scope="module")
def graph(tmp_path_factory) -> Iterator[GraphStore]:
    folder = tmp_path_factory.mktemp("ftm") / "graph-1"
    entities = [
        Entity(n.id, n.label, n.type, ("A.",) if n is ANN else (), ("a1",))
        for n in (ALDER, ANN, BIRCH, BO, OSLO)
    ]
    entities.append(Entity(f"{B}entity/fraud", "fraud", "Topic", (), ("a1",), False))
    articles = [Article("a1", "a.txt", TEXT, "Much", "2025-01-02", "The Post", authors=("Ivo",))]
    write_graph(
        folder, entities, sorted(STATEMENTS, key=lambda s: s.id), articles,
        settings=load_config(), events=[CASE],
    )  # fmt: skip
    with open_graph(folder) as made:
        yield made


@pytest.fixture(scope="module")
def made(graph) -> list[dict[str, Any]]:
    out = io.StringIO()
    ftm(graph, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def only(made: list[dict[str, Any]], schema: str) -> dict[str, list[str]]:
    (found,) = [thing["properties"] for thing in made if thing["schema"] == schema]
    return found


def called(made: list[dict[str, Any]], key: str) -> str:
    (found,) = [thing["properties"]["name"][0] for thing in made if thing["id"] == key]
    return found


@pytest.mark.parametrize(
    ("schema", "ends", "more"),
    [
        ("Ownership", {"owner": "Alder", "asset": "Birch"}, {"date": ["2021"]}),
        ("Directorship", {"director": "Ann", "organization": "Alder"}, {"role": ["leads"]}),
        ("Payment", {"payer": "Alder", "beneficiary": "Bo"},
         {"amount": ["40000"], "currency": ["USD"], "date": ["2023-06"]}),
        ("Family", {"person": "Ann", "relative": "Bo"},
         {"relationship": ["spouse"], "startDate": ["2001"], "endDate": ["2010"]}),
        ("UnknownLink", {"subject": "Ann", "object": "Bo"}, {"role": ["met with"]}),
        ("CourtCaseParty", {"party": "Bo", "case": "charge against Bo"}, {"role": ["defendant"]}),
    ],
)  # fmt: skip
def test_a_fact_is_a_link_with_its_proof(made, schema, ends, more):
    """What is only claimed, and places, are in none: each of these is there once."""
    found = only(made, schema)
    assert {end: called(made, found[end][0]) for end in ends} == ends
    assert {name: found[name] for name in more} == more
    assert [called(made, key) for key in found["proof"]] == ["Much"]


def test_things_and_documents(made):
    people = {t["properties"]["name"][0]: t["properties"] for t in made if t["schema"] == "Person"}
    assert people["Ann"]["birthDate"] == ["1970-02-01"]
    assert people["Ann"]["alias"] == ["A."]
    assert only(made, "Company")["name"] == ["Birch"]  # what is owned is an asset
    assert only(made, "Organization")["name"] == ["Alder"]
    article = only(made, "Article")
    assert (article["bodyText"], article["publishedAt"]) == ([TEXT], ["2025-01-02"])
    assert len({thing["id"] for thing in made}) == len(made)


def test_what_is_referred_to_comes_first(made):
    seen: set[str] = set()
    for thing in made:
        told = {v for values in thing["properties"].values() for v in values if v.startswith("kg-")}
        assert told <= seen
        seen.add(thing["id"])


def test_the_library_takes_it(made):
    name = "followthemoney"  # heavy, and builds PyICU: pip install 'kg[ftm]'
    model = pytest.importorskip(name, reason=name, exc_type=ImportError).model

    for thing in made:
        schema = model.get(thing["schema"])
        assert schema is not None
        assert set(schema.required) <= set(thing["properties"])
        assert schema.validate(thing) is None
        assert set(thing["properties"]) <= set(schema.properties)
