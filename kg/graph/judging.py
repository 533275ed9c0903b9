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
        # A denial and what was said before it stand in one article: the denial's passage is the matter.
        if len(passages[about]) > 1 and (
            _is_denial(about, passages[about]) or _by_two(those, reading)
        ):
            told |= those
    dates = {
        unquote(quad.subject.value.removeprefix(f"{base}article/")): quad.object.value
        for quad in store.quads_for_pattern(None, term(f"{SCHEMA}datePublished"), None)
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.object, ox.Literal)
    }
    found = disagreements((reading.statement(iri) for iri in sorted(told)), dates)
    return _DISAGREEMENTS, [_row(each) for each in found]


def _is_denial(about: tuple[Any, ...], passages: set[str]) -> bool:
    return about[0] is not None and about[0].value in passages


def _by_two(statements: set[str], reading: Reading) -> bool:
    """Whether two articles tell of it, or two named speakers of one."""
    if len({article for iri in statements for article in reading.told_in(iri)}) > 1:
        return True
    return len({speaker for iri in statements if (speaker := reading.speaker_of(iri))}) > 1


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
