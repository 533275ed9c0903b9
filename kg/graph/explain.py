"""What the graph says of a thing or of a triple, and the words that say it."""

from __future__ import annotations

import contextlib
import html
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.inferred import Inferences
from kg.graph.reading import Reading
from kg.graph.store import GraphStore
from kg.graph.vocab import DCTERMS, KG, RDF, RDFS, SKOS, term
from kg.model import Entity, Event, Inferred, Literal, Node, Quotation, Relation, Statement

#: Statements that a notebook shows.
_SHOWN: Final = 30
_COLUMNS: Final = ("status", "subject", "predicate", "object", "says", "passage", "source")


@dataclass(frozen=True, slots=True)
class Explained:
    """The entities that a name stands for, and the statements about them (``X``) or of exactly
    this triple (``S P O``), the most telling first; ``apart`` is how many more there are that are
    rhetoric (a salience of 0), where not all were asked for; ``events`` are those in which ``X``
    takes part, or those that the triple is part of, in order of time."""

    entities: tuple[Entity, ...]
    statements: tuple[Statement, ...]
    events: tuple[Event, ...] = ()
    apart: int = 0

    def _repr_html_(self) -> str:
        """A table of the statements with their first passage: what a notebook shows."""
        head = "".join(f"<th>{name}</th>" for name in _COLUMNS)
        rows = "".join(f"<tr>{''.join(map(_cell, _row(s)))}</tr>" for s in self.statements[:_SHOWN])
        left = len(self.statements) - _SHOWN
        more = f"<p>and {left} more</p>" if left > 0 else ""
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>{more}"


def _row(statement: Statement) -> tuple[str, ...]:
    match statement.object:
        case Node() | Literal() as target:
            told = target.label
        case Quotation() as quotation:
            told = f"“{quotation.text}”"
        case _:
            told = "(a statement)"
    who = statement.attributed_to.label if statement.attributed_to else ""
    words, source = (
        (statement.evidence[0].text, statement.evidence[0].source)
        if statement.evidence
        else ("", "")
    )
    subject, predicate = statement.subject.label, statement.predicate.label
    return statement.status, subject, predicate, told, who, words, source


def _cell(text: str) -> str:
    return f"<td>{html.escape(text)}</td>"


def explain(
    graph: GraphStore,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,
    *,
    everything: bool = False,
) -> Explained:
    """The statements about ``subject``, or those that link ``subject`` to ``object``.

    Each name is an IRI, a prefixed name (``ent:Netflix``), a label or an alias (case does not
    matter); ``predicate`` is a local name, a prefixed name or a label ("used"). ``*`` stands for
    anything; ``everything`` shows rhetoric, too. Raises `GraphError` that names the nearest labels when nothing has that name.
    """
    subjects = None if subject == "*" else find(graph, subject)
    objects = None if object in {None, "*"} else find(graph, object or "")
    wanted = subjects if subjects is not None else objects
    if wanted is None:
        raise GraphError("name a subject or an object; '*' cannot stand for both.")
    iris: set[str] = set()
    for node in wanted:
        places = ["subject"] if object is not None and subjects is not None else None
        for place in places or ["subject", "object"]:
            if subjects is None and place == "subject":
                continue
            quads = graph.store.quads_for_pattern(None, term(RDF + place), ox.NamedNode(node))
            iris.update(q.subject.value for q in quads if isinstance(q.subject, ox.NamedNode))
    reading = Reading(graph.store, graph.base)
    statements = [reading.statement(iri) for iri in sorted(iris)]
    if predicate not in {None, "*"}:
        statements = [s for s in statements if _is_relation(s.predicate, predicate or "", graph)]
    if objects is not None and subjects is not None:
        statements = [s for s in statements if _object_iri(s) in objects]
    elif object not in {None, "*"} and subjects is not None:
        statements = []
    told = [s for s in statements if everything or s.salience > 0]
    whole = predicate is None and object is None
    parts = wanted if whole else {statement.id for statement in statements}
    link = term(KG + ("participant" if whole else "madeOf"))
    events = {
        quad.subject.value
        for part in parts
        for quad in graph.store.quads_for_pattern(None, link, ox.NamedNode(part))
        if isinstance(quad.subject, ox.NamedNode)
    }
    return Explained(
        tuple(_entities(reading, wanted)),
        tuple(sorted(told, key=lambda s: (-s.salience, s.predicate.label, s.subject.label, s.id))),
        tuple(sorted(map(reading.event, events), key=lambda e: (e.time or "", e.label, e.id))),
        len(statements) - len(told),
    )


def explain_inferred(
    graph: GraphStore,
    reading: Inferences,
    subject: str,
    predicate: str | None = None,
    object: str | None = None,
) -> Iterator[Inferred]:
    """What follows about ``subject``, or links it to ``object``; names as `explain` takes them."""
    subjects = None if subject == "*" else find(graph, subject)
    objects = None if object in {None, "*"} else find(graph, object or "")
    for found in reading.about(subjects or objects or ()):
        if subjects and object is not None and found.subject.id not in subjects:
            continue
        if objects and getattr(found.object, "id", "") not in objects:
            continue
        if predicate in {None, "*"} or _is_relation(found.predicate, predicate or "", graph):
            yield found


def find(graph: GraphStore, name: str) -> set[str]:
    """The IRIs that a name stands for: all entities with that label or alias."""
    from kg.graph.vocab import prefixes

    prefix, colon, local = name.partition(":")
    spaces = prefixes(graph.base)
    if colon and prefix in spaces:
        return {_current(graph, spaces[prefix] + local)}
    if name.startswith(("http://", "https://")):
        return {_current(graph, name)}
    key = name.casefold().strip()
    alike = f'LCASE(?name) = {ox.Literal(key)} || !REGEX(?name, "^[ -~]*$")'  # the store folds ASCII alone as Python does
    found = {iri for iri, label in _names(graph, alike) if label.casefold() == key}
    if not found:
        from difflib import get_close_matches

        labels = sorted({label for _, label in _names(graph)})
        near = get_close_matches(name, labels, n=3, cutoff=0.6)
        inside = [label for label in labels if key and key in label.casefold()][:5]
        guess = sorted({*near, *inside})
        raise GraphError(
            f"nothing is called {name!r} in this graph."
            + (f" Did you mean: {', '.join(guess)}?" if guess else "")
        )
    return found


def _names(graph: GraphStore, which: str = "true") -> Iterator[tuple[str, str]]:
    """The entities, by IRI, with each label and alias that passes a test of SPARQL on ``?name``."""
    text = (
        f"SELECT ?thing ?name WHERE {{ VALUES ?by {{ <{RDFS}label> <{SKOS}altLabel> }} "
        f"?thing ?by ?name FILTER({which}) }}"
    )
    rows: Any = graph.store.query(text)
    named = ((row["thing"].value, row["name"].value) for row in rows)
    return (pair for pair in named if pair[0].startswith(f"{graph.base}entity/"))


def _entities(reading: Reading, iris: Iterable[str]) -> Iterator[Entity]:
    """Those of these that are entities, in the order of their IRIs."""
    for iri in sorted(iris):
        with contextlib.suppress(GraphError):
            yield reading.entity(iri)


def _current(graph: GraphStore, iri: str) -> str:
    """The IRI of a thing, or the one that replaced it when a correction merged it."""
    quads = graph.store.quads_for_pattern(ox.NamedNode(iri), term(f"{DCTERMS}isReplacedBy"), None)
    return next((q.object.value for q in quads if isinstance(q.object, ox.NamedNode)), iri)


def _is_relation(relation: Relation, name: str, graph: GraphStore) -> bool:
    plain = name.removeprefix("kg:").removeprefix("rel:")
    return plain in {
        relation.label,
        relation.id,
        relation.id.removeprefix(KG),
        relation.id.removeprefix(f"{graph.base}relation/"),
    }


def _object_iri(statement: Statement) -> str:
    target = statement.object
    return target if isinstance(target, str) else getattr(target, "id", "")
