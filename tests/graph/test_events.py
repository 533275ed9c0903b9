"""Events in the graph: mapped and back, queried, explained, checked, exported."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import pyoxigraph as ox
import pytest

from kg.config import load_config
from kg.graph import check, explain, open_graph, stats, write_graph
from kg.graph.events import events as export_events
from kg.graph.export import jsonl, jsonld, ntriples, trig, turtle
from kg.graph.shapes import _shacl
from kg.graph.store import GraphStore
from kg.model import (
    Article,
    Entity,
    Event,
    Evidence,
    Node,
    Participant,
    Relation,
    Statement,
    StatementArgument,
)
from tests.graph.test_shapes import SHAPES, judged_whole

B = "https://kg.example/"
KG = f"{B}ontology#"
TEXT = "In Leeds, Disney and Universal sued Midjourney in June 2025. Disney plans to buy Helios."
NODES = {
    name: Node(f"{B}entity/{name}", name, kind)
    for name, kind in [("Disney", "Company"), ("Universal", "Company"), ("Midjourney", "Company"),
                       ("Helios", "Company"), ("Leeds", "Place")]
}  # fmt: skip
TIME = StatementArgument("time", "June 2025", "2025-06", "xsd:gYearMonth")
LEEDS = StatementArgument("place", "Leeds", entity=f"{B}entity/Leeds")


def statement(key: str, subject: str, relation: str, target: str, words: str, **more) -> Statement:
    start = TEXT.index(words)
    piece = Evidence(f"{B}evidence/{key}", "a1", "a1.txt", start, start + len(words), words,
                     subject, relation, target, "relations")  # fmt: skip
    return Statement(f"{B}statement/{key}", NODES[subject], Relation(KG + relation, relation),
                     NODES[target], **({"status": "asserted"} | more), evidence=(piece,))  # fmt: skip


SUIT = "Disney and Universal sued Midjourney in June 2025"
STATEMENTS = [
    statement("1", "Disney", "sued", "Midjourney", SUIT, time="2025-06", arguments=(LEEDS, TIME)),
    statement("2", "Universal", "sued", "Midjourney", SUIT, time="2025-06", arguments=(LEEDS, TIME)),
    statement("3", "Disney", "bought", "Helios", "Disney plans to buy Helios", status="planned",
              arguments=(StatementArgument("for", "2 billion", "2000000000", "xsd:decimal"),)),
]  # fmt: skip


def taking(**roles: list[str]) -> tuple[Participant, ...]:
    return tuple(
        Participant(role, NODES[name].id, name)
        for role, names in sorted(roles.items())
        for name in names
    )


EVENTS = [
    Event(
        f"{B}event/1", "Lawsuit", "lawsuit of Disney and Universal against Midjourney", "asserted",
        taking(defendant=["Midjourney"], plaintiff=["Disney", "Universal"]),
        (f"{B}statement/1", f"{B}statement/2"), (f"{B}evidence/1", f"{B}evidence/2"), "2025-06",
        places=(LEEDS,),
    ),
    Event(
        f"{B}event/2", "Acquisition", "acquisition of Helios by Disney", "planned",
        taking(acquisitionTarget=["Helios"], buyer=["Disney"]),
        (f"{B}statement/3",), (f"{B}evidence/3",),
        amounts=(StatementArgument("amount", "2 billion", "2000000000", "xsd:decimal"),),
        source_count=2,
    ),
]  # fmt: skip
ENTITIES = [Entity(node.id, node.label, node.type, (), ("a1",)) for node in NODES.values()]


def write(folder, events=EVENTS, statements=STATEMENTS) -> GraphStore:
    article = [Article("a1", "a1.txt", TEXT)]
    write_graph(folder, ENTITIES, statements, article, settings=load_config(), events=events)
    return open_graph(folder)


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with write(tmp_path_factory.mktemp("events") / "graph-1") as made:
        yield made


def test_events_come_back_as_they_went_in(graph):
    assert list(graph.events()) == EVENTS


def test_statements_and_facts_are_those_of_a_graph_without_events(graph, tmp_path):
    with write(tmp_path / "plain", events=()) as plain:
        assert list(plain.statements()) == list(graph.statements())
        assert list(plain.entities()) == list(graph.entities())
        one, other = io.StringIO(), io.StringIO()
        jsonl(plain, one)
        jsonl(graph, other)
        assert one.getvalue() == other.getvalue()


def test_only_a_fact_is_an_instance_of_its_class(graph):
    found = graph.query("SELECT ?e WHERE { ?e a/rdfs:subClassOf* kg:Event }")
    assert [row["e"] for row in found] == [f"{B}event/1"]
    planned = graph.query(
        "SELECT ?e WHERE { ?e kg:eventType kg:Acquisition ; kg:status kg:Planned }"
    )
    assert [row["e"] for row in planned] == [f"{B}event/2"]


def test_a_graph_of_events_is_clean(graph):
    assert check(graph) == ()


@pytest.mark.parametrize(
    ("event", "message"),
    [
        (replace(EVENTS[1], status="asserted"), "another status than its statement"),
        (replace(EVENTS[0], statements=(f"{B}statement/9",)), "made of statements"),
        (replace(EVENTS[0], evidence=()), "at least one piece of evidence"),
        (
            replace(EVENTS[0], participants=taking(plaintiff=["Helios"])),
            "no statement of the event",
        ),
        (replace(EVENTS[0], participants=()), "takes part in an event"),
        (replace(EVENTS[0], label=""), "one label"),
        (replace(EVENTS[0], status="denied"), "asserted, claimed, possible or planned"),
    ],
)
def test_an_event_that_says_more_than_its_statements_is_told(tmp_path, event, message):
    with write(tmp_path / "broken", events=[event]) as broken:
        assert any(v.node == event.id and message in v.message for v in check(broken))


def test_a_plan_that_is_made_an_instance_of_its_class_is_told(tmp_path):
    store = ox.Store()
    with write(tmp_path / "g") as made:
        store.extend(made.store)
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    store.add(ox.Quad(ox.NamedNode(f"{B}event/2"), kind, ox.NamedNode(f"{KG}Acquisition")))
    found = check(GraphStore(store))
    assert [v.node for v in found] == [f"{B}event/2"]


def test_who_takes_part_is_asked_by_role(graph):
    rows = list(graph.query("participants", role="plaintiff"))
    assert [row["who"] for row in rows] == ["Disney", "Universal"]
    rows = list(graph.query("SELECT ?w WHERE { ?e a kg:Lawsuit ; kg:defendant ?w }"))
    assert [row["w"] for row in rows] == [NODES["Midjourney"].id]


def test_events_are_asked_by_participant_and_by_class(graph):
    def labels(**parameters):
        return [row["event"] for row in graph.query("events", **parameters)]

    assert len(labels()) == 2
    assert labels(about="universal") == [EVENTS[0].label]
    assert labels(type="acq") == [EVENTS[1].label]
    assert labels(about="helios", type="lawsuit") == []


def test_a_timeline_tells_an_event_once_and_what_is_no_event_too(tmp_path):
    when = StatementArgument("time", "in 2024", "2024", "xsd:gYear", evidence=(f"{B}evidence/4",))
    span = StatementArgument("time", "two days", "P2D", "xsd:duration", evidence=when.evidence)
    more = statement("4", "Disney", "praised", "Leeds", "Disney plans", arguments=(when, span))
    with write(tmp_path / "g", statements=[*STATEMENTS, more]) as graph:
        rows = [(row["time"], row["what"]) for row in graph.query("timeline", about="disney")]
    assert rows == [("2024", "Disney praised Leeds"), ("2025-06", EVENTS[0].label)]


def test_a_timeline_gives_each_source_the_time_that_it_tells(tmp_path):
    def at(key, value):
        return StatementArgument(
            "time", value, value, "xsd:gYear", evidence=(f"{B}evidence/{key}",)
        )

    one = statement("4", "Disney", "praised", "Leeds", "Disney plans")
    two = statement("5", "Disney", "praised", "Leeds", "Helios")
    other = replace(two.evidence[0], article="a2", source="a2.txt")
    both = replace(
        one, evidence=(*one.evidence, other), arguments=(at("4", "2023"), at("5", "2024"))
    )
    pieces = [Article("a1", "a1.txt", TEXT), Article("a2", "a2.txt", TEXT)]
    write_graph(tmp_path / "g", ENTITIES, [both], pieces, settings=load_config())
    with open_graph(tmp_path / "g") as graph:
        rows = [(row["time"], row["source"]) for row in graph.query("timeline", about="disney")]
    assert rows == [("2023", "a1.txt"), ("2024", "a2.txt")]


def test_explain_shows_the_events_of_a_thing_and_of_a_triple(graph):
    assert explain(graph, "Universal").events == (EVENTS[0],)
    assert set(explain(graph, "Disney").events) == set(EVENTS)
    assert explain(graph, "Disney", "bought", "Helios").events == (EVENTS[1],)
    assert explain(graph, "Disney", "praised").events == ()


def test_statistics_count_events_by_class(graph):
    assert stats(graph).events == (("Acquisition", 1), ("Lawsuit", 1))


def test_an_event_a_line_with_the_words_that_tell_it(graph):
    out = io.StringIO()
    export_events(graph, out)
    suit, purchase = map(json.loads, out.getvalue().splitlines())
    assert suit["type"] == "Lawsuit"
    assert {p["role"] for p in suit["participants"]} == {"defendant", "plaintiff"}
    assert {piece["text"] for piece in suit["evidence"]} == {SUIT}
    assert all(TEXT[p["start"] : p["end"]] == p["text"] for p in suit["evidence"])
    assert purchase["status"] == "planned"
    assert purchase["amounts"][0]["value"] == "2000000000"


@pytest.mark.parametrize("export", [turtle, trig, ntriples, jsonld])
def test_every_rdf_export_holds_the_events(graph, export):
    out = io.StringIO()
    export(graph, out)
    assert "lawsuit of Disney and Universal against Midjourney" in out.getvalue()
    assert "eventType" in out.getvalue()


def test_the_sieve_keeps_no_broken_event_back_from_pyshacl(graph):
    event = ox.NamedNode(EVENTS[0].id)
    for lost in graph.store.quads_for_pattern(event, None, None):
        store = ox.Store()
        store.extend(quad for quad in graph.store if quad != lost)
        broken = GraphStore(store, B)
        assert {(v.node, v.message) for v in _shacl(broken, SHAPES)} == judged_whole(broken), lost
