"""A small graph written by hand, with which the tests of `kg.graph` begin."""

from __future__ import annotations

import io
from pathlib import Path

from kg.config import load_config
from kg.graph import open_graph, write_graph
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


def text(exporter, graph: GraphStore) -> str:
    out = io.StringIO()
    exporter(graph, out)
    return out.getvalue()


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
