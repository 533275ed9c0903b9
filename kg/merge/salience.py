"""How much a statement tells, 0 to 1: where a newcomer to the graph would look first.

It is about the chance that a reader wants it in a graph: a logistic regression over what a statement
shows (names at the ends and their classes, the kind of relation, status, time, how sure it is), learned
from statements that readers marked as wanted, marginal or noise (``training/salience.py``); several
sources add to it. Rhetoric has 0: an abstract subject that raises, represents or signals something
abstract, with nobody and no number in it. It stays in the graph, and lists leave it out unless all is
asked for. Weights and words are in ``salience.toml``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from math import exp
from pathlib import Path

from kg.events.tellings import event_relations
from kg.graph.vocab import KG
from kg.model import Literal, Node, Quotation, Statement


@dataclass(frozen=True, slots=True)
class _Table:
    intercept: float
    sources: float
    weights: dict[str, float]
    post: frozenset[str]
    weak: frozenset[str]
    rhetoric: frozenset[str]
    abstract: frozenset[str]


@cache
def _table() -> _Table:
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return _Table(
        intercept=data["intercept"],
        sources=data["sources"],
        weights=dict(data["weights"]),
        post=frozenset(data["words"]["post"]),
        weak=frozenset(data["words"]["weak"]),
        rhetoric=frozenset(data["rhetoric"]["verbs"]),
        abstract=frozenset(data["rhetoric"]["abstract"]),
    )


def salience(statement: Statement, named: Callable[[str], bool]) -> float:
    """0 for rhetoric, else from 0.01 to 0.99. ``named`` tells of an IRI whether it has a name of its
    own."""
    if is_rhetoric(statement, named):
        return 0.0
    table = _table()
    told = features(statement, named)
    weight = table.weights.get
    score = table.intercept + sum([weight(name, 0.0) * value for name, value in told.items()])
    if statement.source_count > 1:
        score += table.sources
    return round(min(0.99, max(0.01, 1 / (1 + exp(-score)))), 2)


def features(statement: Statement, named: Callable[[str], bool]) -> dict[str, float]:
    """What tells for and against a statement, by the names of ``salience.toml``."""
    table, target = _table(), statement.object
    relation = _relation(statement)
    own = statement.predicate.id.startswith(KG)
    first = named(statement.subject.id)
    second = isinstance(target, Node) and named(target.id)
    weak = relation in table.weak
    quoted = isinstance(target, Quotation)
    held = {
        "named subject": first,
        "named object": second,
        "both unnamed": not first and not second and not quoted,
        "relation": own and not weak and not quoted,
        "event": own and relation in event_relations(),
        "post": own and relation in table.post,
        "amount": isinstance(target, Literal) or _has(statement, "amount"),
        "time": statement.time is not None,
        "place": statement.place is not None,
        "weak": weak,
        "repeats": isinstance(target, Node) and _repeats(statement.subject, target),
        "said": statement.attributed_to is not None,
        f"status:{statement.status}": True,
        f"subject:{statement.subject.type}": True,
        f"object:{_kind(target)}": True,
    }
    told = {name: 1.0 for name, holds in held.items() if holds}
    told["confidence"] = statement.confidence
    return told


def _has(statement: Statement, role: str) -> bool:
    return any(argument.role == role for argument in statement.arguments)


def _kind(target: Node | Literal | Quotation | str) -> str:
    match target:
        case Node():
            return target.type
        case Literal():
            return "value"
        case Quotation():
            return "quotation"
    return "clause"


def is_rhetoric(statement: Statement, named: Callable[[str], bool]) -> bool:
    """Whether only something abstract does something abstract, and nobody and no number is in it."""
    table, target = _table(), statement.object
    if not isinstance(target, Node) or _relation(statement) not in table.rhetoric:
        return False
    ends = (statement.subject, target)
    if any(node.type not in table.abstract or named(node.id) for node in ends):
        return False
    return not any(
        a.value is not None or (a.entity is not None and named(a.entity))
        for a in statement.arguments
    )


def _relation(statement: Statement) -> str:
    """The relation's local name if the ontology has it, else the first word of its label, of a
    passive ("be rolled out in") the second."""
    if statement.predicate.id.startswith(KG):
        return statement.predicate.id.removeprefix(KG)
    words = statement.predicate.label.split(" ")
    return words[1] if words[0] == "be" and len(words) > 2 else words[0]


def _repeats(one: Node, other: Node) -> bool:
    """Whether a label without a name only says the other once more: "summit in Rome", Rome."""
    words = one.label.casefold().split()
    part = other.label.casefold().split()
    return len(part) < len(words) and words[-len(part) :] == part
