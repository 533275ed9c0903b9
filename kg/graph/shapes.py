"""Does the graph keep its rules? SHACL shapes, and the rules that need the whole graph.

`ontology/shapes.ttl` is checked by pySHACL. It needs an rdflib graph in memory and takes a minute for
ten thousand statements, so it gets, in pieces, the nodes only that are not plainly in order
(`kg.graph.sieve`), each with all that its shapes look at. What no shape can say is asked in
SPARQL or looked up: that offsets reproduce words, that every fact has an asserted statement and no
other statement made one, that no event says more than its statements, that no two entities share
label and type.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeVar

import pyoxigraph as ox

from kg.config import data_folder
from kg.errors import ConfigError, GraphError
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, OA, RDF, SCHEMA, SH, TYPE, XSD, article_iri, term
from kg.model import Node

if TYPE_CHECKING:
    import rdflib

T = TypeVar("T")
#: Nodes in one call of pySHACL, which looks each of them up in a list: more is slower.
_PIECE: Final = 120


@dataclass(frozen=True, slots=True)
class Violation:
    """A broken rule: what is wrong (``message``), with what (``node``, an IRI), and the value."""

    node: str
    message: str
    value: str = ""


def check(graph: GraphStore, shapes: str | Path | None = None) -> tuple[Violation, ...]:
    """All broken rules, sorted; empty when the graph is clean.

    Raises `ConfigError` with line and column for a shapes file that does not parse.
    """
    file = Path(shapes) if shapes else data_folder("ontology") / "shapes.ttl"
    found = {
        *_shacl(graph, _load(str(file))),
        *_words(graph),
        *_facts(graph),
        *_events(graph),
        *_names(graph),
    }
    return tuple(sorted(found, key=lambda v: (v.message, v.node, v.value)))


@cache
def _load(file: str) -> rdflib.Graph:
    import rdflib

    try:
        data = Path(file).read_bytes()
        list(ox.parse(data, format=ox.RdfFormat.TURTLE))
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such shapes file.") from None
    except SyntaxError as error:
        raise ConfigError(
            f"{file}:{error.lineno}:{error.offset}: not valid Turtle: {error.msg}"
        ) from None
    return rdflib.Graph().parse(data=data, format="turtle")


def _shacl(graph: GraphStore, shapes: rdflib.Graph) -> Iterator[Violation]:
    import rdflib
    from pyshacl import validate

    from kg.graph.sieve import Sieve

    result = rdflib.Namespace(SH)
    suspects = sorted(set(Sieve(shapes).suspects(graph.store)))
    for piece in _pieces(suspects, _PIECE):
        data = rdflib.Graph(bind_namespaces="none")
        for triple in _neighbourhood(graph.store, piece):
            data.add((_plain(triple.subject), _plain(triple.predicate), _plain(triple.object)))
        # Without the focus, all that the piece points to would be checked too, and fail: it is
        # there with its type only.
        clean, report, _ = validate(
            data, shacl_graph=shapes, focus_nodes=list(piece), advanced=False, inference="none"
        )
        if clean or not isinstance(report, rdflib.Graph):
            continue
        wanted = set(piece)
        for node in report.subjects(rdflib.RDF.type, result.ValidationResult):
            focus = str(report.value(node, result.focusNode))
            if focus in wanted:
                yield Violation(
                    focus,
                    str(report.value(node, result.resultMessage)),
                    str(report.value(node, result.value) or ""),
                )


def _neighbourhood(store: ox.Store, nodes: Iterable[str]) -> set[ox.Triple]:
    """All triples of the nodes, the types of what they point to, and who points to a quotation."""
    triples: set[ox.Triple] = set()
    body = term(f"{SCHEMA}articleBody")
    pointed: set[ox.NamedNode] = set()
    for iri in nodes:
        node = ox.NamedNode(iri)
        for quad in store.quads_for_pattern(node, None, None):
            if quad.predicate == body:
                # A long text as its hash: two texts stay two.
                triples.add(ox.Triple(node, body, ox.Literal(_hash(str(quad.object)))))
                continue
            triples.add(quad.triple)
            if isinstance(quad.object, ox.NamedNode):
                pointed.add(quad.object)
        for quad in store.quads_for_pattern(None, term(f"{RDF}object"), node):
            triples.add(quad.triple)
    focus = {ox.NamedNode(iri) for iri in nodes}
    for other in pointed - focus:
        triples.update(quad.triple for quad in store.quads_for_pattern(other, TYPE, None))
    return triples


def _hash(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:16]


def _plain(node: object) -> rdflib.term.Node:
    """A term of Oxigraph as one of rdflib."""
    import rdflib

    if isinstance(node, ox.NamedNode):
        return rdflib.URIRef(node.value)
    if isinstance(node, ox.Literal):
        if node.language:
            return rdflib.Literal(node.value, lang=node.language)
        if node.datatype.value == f"{XSD}string":
            return rdflib.Literal(node.value)
        return rdflib.Literal(node.value, datatype=rdflib.URIRef(node.datatype.value))
    return rdflib.BNode(str(node).removeprefix("_:"))


def _words(graph: GraphStore) -> Iterator[Violation]:
    """Evidence whose words do not stand at its offsets."""
    for article in graph.articles():
        node = ox.NamedNode(article_iri(graph.base, article.id))
        for quad in graph.store.quads_for_pattern(None, term(f"{OA}hasSource"), node):
            evidence = _iri(quad.subject)
            words = _value(graph.store, f"{evidence}/words", f"{OA}exact")
            start = _value(graph.store, f"{evidence}/place", f"{OA}start")
            end = _value(graph.store, f"{evidence}/place", f"{OA}end")
            if article.text[int(start or 0) : int(end or 0)] != words:
                yield Violation(evidence, "the words do not stand at their offsets", words or "")


def _facts(graph: GraphStore) -> Iterator[Violation]:
    """Facts that no statement makes, and statements whose fact is missing.

    Statements are remembered by a hash of their triple: eight bytes each, however many.
    """
    store, statuses = graph.store, graph.fact_statuses()
    made: set[int] = set()
    predicates: set[ox.NamedNode] = set()
    for quad in store.quads_for_pattern(None, TYPE, term(f"{KG}Statement")):
        parts = {
            q.predicate.value: q.object for q in store.quads_for_pattern(quad.subject, None, None)
        }
        subject, predicate = parts.get(f"{RDF}subject"), parts.get(f"{RDF}predicate")
        target = parts.get(f"{RDF}object")
        if not isinstance(subject, ox.NamedNode) or not isinstance(predicate, ox.NamedNode):
            continue  # the shapes tell
        predicates.add(predicate)
        status = _iri(parts.get(f"{KG}status")).rpartition("#")[2].casefold()
        if status not in statuses or parts.get(f"{KG}polarity") != term(f"{KG}Positive"):
            continue
        made.add(hash((subject, predicate, target)))
        if not any(True for _ in store.quads_for_pattern(subject, predicate, target)):
            yield Violation(_iri(quad.subject), "a statement of a fact that is not there")
    quotes = f"{graph.base}quote/"  # a quotation is kg:about things by itself
    for predicate in sorted(predicates, key=str):
        for fact in store.quads_for_pattern(None, predicate, None):
            if hash((fact.subject, fact.predicate, fact.object)) in made:
                continue
            if not _iri(fact.subject).startswith(quotes):
                yield Violation(
                    _iri(fact.subject), "a fact without an asserted statement", str(fact.triple)
                )


def _events(graph: GraphStore) -> Iterator[Violation]:
    """Events that say more than the statements they are made of."""
    statuses = graph.fact_statuses()
    for event in graph.events():
        known: set[str] = set()
        for iri in event.statements:
            try:
                statement = graph.statement(iri)
            except GraphError:
                continue  # the shapes tell
            known.add(statement.subject.id)
            known.update([statement.object.id] if isinstance(statement.object, Node) else [])
            known.update(a.entity for a in statement.arguments if a.entity)
            same = (statement.status, statement.attributed_to) == (
                event.status,
                event.attributed_to,
            )
            if not same or statement.polarity != "positive":
                yield Violation(event.id, "an event has another status than its statement", iri)
        for participant in event.participants:
            if participant.entity not in known:
                yield Violation(
                    event.id, "no statement of the event names this", participant.entity
                )
        kind = term(KG + event.type)
        typed = any(True for _ in graph.store.quads_for_pattern(ox.NamedNode(event.id), TYPE, kind))
        if typed != (event.status in statuses):
            yield Violation(event.id, "an instance of its class only if it is a fact", event.type)


def _names(graph: GraphStore) -> Iterator[Violation]:
    """Two entities of one type under one label, without a reason recorded."""
    seen: dict[tuple[str, str], str] = {}
    reason = f"{KG}sameNameReason"
    for entity in graph.entities():
        key = (entity.label, entity.type)
        if _value(graph.store, entity.id, reason):
            continue
        if key in seen:
            yield Violation(entity.id, f"same label and type as {seen[key]}", entity.label)
        seen.setdefault(key, entity.id)


def _value(store: ox.Store, subject: str, predicate: str) -> str | None:
    for quad in store.quads_for_pattern(ox.NamedNode(subject), term(predicate), None):
        if isinstance(quad.object, ox.Literal | ox.NamedNode):
            return quad.object.value
    return None


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece
