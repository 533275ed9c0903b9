from __future__ import annotations

from dataclasses import replace

import pytest

from kg.graph.vocab import KG
from kg.merge.salience import salience
from kg.model import Literal, Node, Quotation, Relation, Statement, StatementArgument

NAMED = {"Lund", "Halden Bank", "Halden"}
CLASSES = {"Lund": "Person", "Halden Bank": "Organization", "mayor": "Person"}


def statement(subject: str, relation: str, target: str, **more) -> Statement:
    own = relation.startswith("kg:")
    predicate = Relation(
        KG + relation[3:] if own else f"rel/{relation}", relation.removeprefix("kg:")
    )
    return replace(
        Statement("s", node(subject), predicate, node(target), "asserted"),
        **more,
    )


def node(label: str) -> Node:
    return Node(label, label, CLASSES.get(label, "Topic"))


def score(made: Statement) -> float:
    return salience(made, NAMED.__contains__)


@pytest.mark.parametrize(
    ("better", "worse"),
    [
        (statement("Lund", "kg:sued", "Halden Bank"), statement("Lund", "speak of", "Halden Bank")),
        (statement("Lund", "kg:sued", "Halden Bank"), statement("mayor", "kg:sued", "bank")),
        (statement("Lund", "kg:hasRole", "judge"), statement("Lund", "kg:isA", "nice man")),
        (
            statement("Lund", "paint", "fence", object=Literal("3", "xsd:integer", "three")),
            statement("Lund", "paint", "fence"),
        ),
        (
            statement(
                "Lund", "paint", "fence", object=Quotation("q", "No", "direct", "said", 0, 2)
            ),
            statement("Lund", "be in", "fence"),
        ),
        (
            statement("Lund", "paint", "fence", source_count=2),
            statement("Lund", "paint", "fence"),
        ),
        (
            statement("mayor", "kg:locatedIn", "Halden"),
            statement("fair in Halden", "kg:locatedIn", "Halden"),
        ),
    ],
)
def test_what_tells_more_comes_first(better: Statement, worse: Statement):
    assert 0 < score(worse) < score(better) <= 1


@pytest.mark.parametrize(
    "made",
    [
        statement("growing debate", "raise", "question"),
        statement("move", "represent", "bold shift"),
        statement("change", "kg:isA", "challenge"),
    ],
)
def test_rhetoric_has_none(made: Statement):
    assert score(made) == 0


@pytest.mark.parametrize(
    "made",
    [
        statement("Lund", "raise", "question"),
        statement("move", "represent", "Halden Bank"),
        statement("rent", "rise by", "tenth"),
        statement("truck", "be parked in", "street"),
        statement(
            "move", "raise", "rent", arguments=(StatementArgument("amount", "five", value="5"),)
        ),
    ],
)
def test_a_name_a_number_or_an_act_is_no_rhetoric(made: Statement):
    assert score(made) > 0
