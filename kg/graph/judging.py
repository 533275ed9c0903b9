"""Shipped queries whose rows are judged before they are an answer: SPARQL finds what can be one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import unquote

import pyoxigraph as ox

from kg.compare.disagreements import Disagreement, disagreements
from kg.graph.reading import Reading
from kg.graph.vocab import SCHEMA, term
from kg.model import Quotation, Statement

Columns = tuple[str, ...]
Judged = tuple[Columns, list[tuple[ox.NamedNode | ox.Literal, ...]]]

_DISAGREEMENTS: Final = (
    "differs", "subject", "relation", "one", "source", "words", "other", "otherSource", "otherWords",
)  # fmt: skip


def judged(name: str, store: ox.Store, base: str, found: Iterable[Any]) -> Judged:
    """The columns and rows of the judge of that name, of the rows that a query found."""
    return _JUDGES[name](store, base, map(tuple, found))


def _disagreements(store: ox.Store, base: str, rows: Iterable[tuple[Any, ...]]) -> Judged:
    """``rows`` are a statement, a passage of it and the matter it is about, in any number of columns."""
    statements: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    passages: defaultdict[tuple[Any, ...], set[str]] = defaultdict(set)
    for statement, passage, *matter in rows:
        statements[tuple(matter)].add(statement.value)
        passages[tuple(matter)].add(passage.value)
    reading = Reading(store, base)
    told: set[str] = set()
    for about, those in statements.items():
        if len(passages[about]) > 1 and len({a for s in those for a in reading.told_in(s)}) > 1:
            told |= those
    dates = {
        unquote(quad.subject.value.removeprefix(f"{base}article/")): quad.object.value
        for quad in store.quads_for_pattern(None, term(f"{SCHEMA}datePublished"), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    found = disagreements((reading.statement(iri) for iri in sorted(told)), dates)
    return _DISAGREEMENTS, [_row(each) for each in found]


def _row(found: Disagreement) -> tuple[ox.NamedNode | ox.Literal, ...]:
    one = found.one
    quoted = isinstance(one.object, Quotation)
    subject = one.object.text if isinstance(one.object, Quotation) else one.subject.label
    return tuple(
        map(
            ox.Literal,
            (
                found.kind, subject, "said by" if quoted else _relation(one),
                found.about[0], found.passage.source, found.passage.text,
                found.about[1], found.other_passage.source, found.other_passage.text,
            ),
        )
    )  # fmt: skip


def _relation(statement: Statement) -> str:
    target = statement.object
    label = target if isinstance(target, str) else getattr(target, "label", "")
    return f"{statement.predicate.label} {label}" if label else statement.predicate.label


_JUDGES: Final[Mapping[str, Callable[[ox.Store, str, Iterable[tuple[Any, ...]]], Judged]]] = {
    "disagreements": _disagreements
}
