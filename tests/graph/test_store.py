"""What is written comes back, also after a writer was killed; facts are what is asserted."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
import rdflib

from kg.config import load_config
from kg.errors import GraphError
from kg.graph import check, open_graph, write_graph
from kg.graph.store import GraphStore
from kg.model import (
    Node,
    Statement,
)
from tests.graph.small import (
    ARTICLES,
    ENTITIES,
    KG,
    NETFLIX,
    RUNWAY,
    STATEMENTS,
    two_employers,
)
from tests.support.graphs import graph as invented


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


def test_an_argument_keeps_the_places_that_give_it(employed):
    assert list(employed.statements()) == [two_employers()]
    assert check(employed) == ()


def test_only_what_is_asserted_becomes_a_fact(small: GraphStore) -> None:
    assert small.query("ASK { ent:Netflix kg:used ent:Runway }").truth
    assert not small.query("ASK { ent:Netflix kg:sued ent:Runway }").truth


def test_statuses_that_make_facts_are_a_setting(tmp_path: Path) -> None:
    claimed = replace(STATEMENTS[2], status="claimed", polarity="positive")
    settings = load_config(graph={"assert": ["claimed"]})
    write_graph(tmp_path / "g", ENTITIES, [claimed], ARTICLES, settings=settings)
    with open_graph(tmp_path / "g") as graph:
        assert graph.query("ASK { ent:Netflix kg:sued ent:Runway }").truth


def test_rdflib_sees_the_same_graph(small: GraphStore) -> None:
    graph = small.rdf()
    assert len(graph) == len(small)
    assert (
        rdflib.URIRef(NETFLIX.id),
        rdflib.URIRef(f"{KG}used"),
        rdflib.URIRef(RUNWAY.id),
    ) in graph


def test_a_missing_graph_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="kg build"):
        open_graph(tmp_path / "none")


_WRITER = """
import sys
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
