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
from kg.graph.vocab import KG, RDF, SAID, SCHEMA, SH, TYPE, XSD, prefixes, term
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

    from kg.graph.sieve import Sieve

    result = rdflib.Namespace(SH)
    suspects = sorted(set(Sieve(shapes).suspects(graph.store)))
    if not suspects:
        return  # nor is the processor loaded
    from pyshacl import validate

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
        for quad in store.quads_for_pattern(node, None, None, SAID):
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
        triples.update(quad.triple for quad in store.quads_for_pattern(other, TYPE, None, SAID))
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


def _rows(graph: GraphStore, query: str) -> Iterator[tuple[ox.NamedNode | ox.Literal, ...]]:
    found = graph.store.query(query, prefixes=dict(prefixes(graph.base)))
    assert isinstance(found, ox.QuerySolutions)
    yield from map(tuple, found)


def _words(graph: GraphStore) -> Iterator[Violation]:
    """Evidence whose words do not stand at its offsets."""
    for quad in graph.store.quads_for_pattern(None, term(f"{SCHEMA}articleBody"), None):
        text = quad.object.value if isinstance(quad.object, ox.Literal) else ""
        for evidence, words, start, end in _rows(graph, _PLACES % quad.subject):
            if text[int(start.value) : int(end.value)] != words.value:
                yield Violation(
                    evidence.value, "the words do not stand at their offsets", words.value
                )


_PLACES: Final = """SELECT ?e ?words ?start ?end WHERE {
  ?e oa:hasSource %s ; oa:hasSelector ?said . ?said oa:exact ?words .
  ?e oa:hasSelector ?at . ?at oa:start ?start ; oa:end ?end .
  FILTER(isNumeric(?start) && isNumeric(?end))
}"""
#: What statements of facts say. Each pattern is read once and joined by hash.
_MADE: Final = """
  { SELECT DISTINCT ?st WHERE { ?st a kg:Statement } }
  { SELECT ?st WHERE { VALUES ?how { %s } ?st kg:status ?how } }
  { SELECT ?st WHERE { ?st kg:polarity kg:Positive } }
  { SELECT ?st ?s WHERE { ?st rdf:subject ?s . FILTER(isIRI(?s)) } }
  { SELECT ?st ?p WHERE { ?st rdf:predicate ?p . FILTER(isIRI(?p)) } }
  { SELECT ?st ?o WHERE { ?st rdf:object ?o } }"""
_MISSING: Final = "SELECT ?st WHERE { %s FILTER NOT EXISTS { ?s ?p ?o } }"
_UNMADE: Final = """SELECT ?s ?p ?o WHERE {
  { SELECT DISTINCT ?p WHERE { ?st rdf:predicate ?p } } { SELECT ?s ?p ?o WHERE { ?s ?p ?o } }
  MINUS { SELECT ?s ?p ?o WHERE { %s } }
}"""


def _facts(graph: GraphStore) -> Iterator[Violation]:
    """Facts that no statement makes, and statements whose fact is missing."""
    statuses = " ".join(f"kg:{status.capitalize()}" for status in sorted(graph.fact_statuses()))
    made = _MADE % statuses
    if graph.only() is not None:
        yield from _own_facts(graph, made)
        return
    for (statement,) in _rows(graph, _MISSING % made):
        yield Violation(_iri(statement), "a statement of a fact that is not there")
    quotes = f"{graph.base}quote/"  # a quotation is kg:about things by itself
    for subject, predicate, target in _rows(graph, _UNMADE % made):
        if not _iri(subject).startswith(quotes):
            fact = ox.Triple(subject, predicate, target)  # type: ignore[arg-type]
            yield Violation(_iri(subject), "a fact without an asserted statement", str(fact))


#: What statements of facts say in a user's relations, as ``?x ?q ?y``.
_TOLD_IN: Final = """
  {{ SELECT ?st (?s AS ?x) ?q (?o AS ?y) WHERE {{ {made} {{ SELECT ?p ?q WHERE {{ ?p kg:factAs ?q }} }} }} }}
  UNION
  {{ SELECT ?st (?o AS ?x) ?q (?s AS ?y) WHERE {{
    {made} {{ SELECT ?p ?q WHERE {{ ?p kg:inverseFactAs ?q }} }} FILTER(isIRI(?o)) }} }}"""
_OWN_MISSING: Final = "SELECT ?st WHERE {{ {told} FILTER NOT EXISTS {{ ?x ?q ?y }} }}"
_OWN_UNMADE: Final = """SELECT ?x ?q ?y WHERE {{
  {{ SELECT DISTINCT ?q WHERE {{ {{ ?st rdf:predicate ?q }} UNION {{ ?p kg:factAs|kg:inverseFactAs ?q }} }} }}
  {{ SELECT ?x ?q ?y WHERE {{ ?x ?q ?y }} }}
  MINUS {{ SELECT ?x ?q ?y WHERE {{ {told} }} }}
}}"""


def _own_facts(graph: GraphStore, made: str) -> Iterator[Violation]:
    """As `_facts`, of a graph whose facts are told in a user's terms alone."""
    told = _TOLD_IN.format(made=made)
    for (statement,) in _rows(graph, _OWN_MISSING.format(told=told)):
        yield Violation(_iri(statement), "a statement of a fact that is not there")
    for subject, predicate, target in _rows(graph, _OWN_UNMADE.format(told=told)):
        if not _iri(subject).startswith(f"{graph.base}quote/"):
            fact = ox.Triple(subject, predicate, target)  # type: ignore[arg-type]
            yield Violation(_iri(subject), "a fact without an asserted statement", str(fact))


def _events(graph: GraphStore) -> Iterator[Violation]:
    """Events that say more than the statements they are made of."""
    statuses, only = graph.fact_statuses(), graph.only()
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
        told = only is None or kind.value in only.classes.get(kind.value, ())
        quads = graph.store.quads_for_pattern(ox.NamedNode(event.id), TYPE, kind, SAID)
        typed = any(True for _ in quads)
        if typed != (told and event.status in statuses):
            yield Violation(event.id, "an instance of its class only if it is a fact", event.type)


_NAMESAKES: Final = """SELECT ?e ?label WHERE {
  { SELECT ?label WHERE { ?e kg:named ?any ; rdfs:label ?label } GROUP BY ?label HAVING(COUNT(?e) > 1) }
  { SELECT ?e ?label WHERE { ?e kg:named ?any ; rdfs:label ?label } }
  MINUS { ?e kg:sameNameReason ?reason }
}"""


def _names(graph: GraphStore) -> Iterator[Violation]:
    """Two entities of one type under one label, without a reason recorded."""
    seen: dict[tuple[str, str], str] = {}
    for entity, label in sorted(_rows(graph, _NAMESAKES), key=lambda row: row[0].value):
        key = (label.value, _class(graph.store, entity))
        if key in seen:
            yield Violation(entity.value, f"same label and type as {seen[key]}", label.value)
        seen.setdefault(key, entity.value)


def _class(store: ox.Store, entity: ox.NamedNode | ox.Literal) -> str:
    """The class of ours that an entity has, or was read with; the first by name of several."""
    node = ox.NamedNode(entity.value)
    read = (TYPE, term(f"{KG}entityType"))
    found = (_iri(q.object) for how in read for q in store.quads_for_pattern(node, how, None, SAID))
    return min((iri.removeprefix(KG) for iri in found if iri.startswith(KG)), default="Thing")


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _pieces(items: Iterable[T], size: int) -> Iterator[list[T]]:
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece
