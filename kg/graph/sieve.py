"""Which nodes a SHACL processor has to look at: those that are not plainly in order.

pySHACL takes minutes for twenty thousand statements, nearly all of them in order. A `Sieve` reads
the shapes and asks the store, one SPARQL query a constraint, for the nodes that may break a rule;
pySHACL judges those. It knows the plain constraints (counts, kinds, classes, datatypes, lists,
bounds, lengths, lessThan); a shape that uses any other gives all of its nodes. A class is matched
directly, so a node may be given in vain, but never kept back.

Each query reads what it needs once and joins by hash: subqueries keep the engine from looking up
each node by itself, which takes ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH, XSD
from rdflib.collection import Collection

_SAID_ONLY = {SH.path, SH.message, SH.name, SH.description, SH.order, SH.severity, RDF.type}
_TARGETS = {SH.targetClass, SH.targetSubjectsOf}
#: Datatypes whose values the store reads as numbers, so that a lexical slip is no number.
_NUMBERS = {XSD.integer, XSD.decimal}


class Sieve:
    """The shapes of a graph, as the queries for nodes that may break them."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        nodes = sorted({s for p in _TARGETS for s in shapes.subjects(p, None)}, key=str)
        self._queries = [
            f"SELECT DISTINCT ?n WHERE {{ {{ SELECT DISTINCT ?n WHERE {{ {target} }} }} {test} }}"
            for node in nodes
            for target in _targets(shapes, node)
            for test in _tests(shapes, node)
        ]

    def suspects(self, store: ox.Store) -> Iterator[str]:
        """The IRIs of nodes that may break a rule; one may come more than once."""
        for query in self._queries:
            found = store.query(query)
            assert isinstance(found, ox.QuerySolutions)
            for row in found:
                if isinstance(node := row["n"], ox.NamedNode):
                    yield node.value


def _targets(shapes: rdflib.Graph, node: rdflib.term.Node) -> list[str]:
    classes = [f"?n a {c.n3()}" for c in shapes.objects(node, SH.targetClass)]
    subjects = [f"?n {p.n3()} ?any" for p in shapes.objects(node, SH.targetSubjectsOf)]
    return [*classes, *subjects]


def _tests(shapes: rdflib.Graph, node: rdflib.term.Node) -> list[str]:
    """Patterns that leave of ``?n`` what may break the shape; one is empty when a constraint is
    not known."""
    known = _SAID_ONLY | _TARGETS | {SH.property}
    if any(predicate not in known for predicate in shapes.predicates(node)):
        return [""]
    tests: list[str] = []
    for part in shapes.objects(node, SH.property):
        values = _values(shapes, shapes.value(part, SH.path))
        for predicate, value in shapes.predicate_objects(part):
            if predicate in _SAID_ONLY:
                continue
            test = values and _test(shapes, predicate, value, values)
            if not test:
                return [""]
            tests.append(test)
    return tests


def _values(shapes: rdflib.Graph, path: rdflib.term.Node | None) -> str:
    """The pattern for the values ``?v`` of ``?n``; empty for a path that is not plain."""
    if isinstance(path, rdflib.URIRef):
        return f"?n {path.n3()} ?v"
    inverse = shapes.value(path, SH.inversePath)
    if isinstance(inverse, rdflib.URIRef) and set(shapes.predicates(path)) == {SH.inversePath}:
        return f"?v {inverse.n3()} ?n"
    return ""


def _test(
    shapes: rdflib.Graph, predicate: rdflib.term.Node, value: rdflib.term.Node, values: str
) -> str:
    """The pattern that keeps the nodes to which the constraint may not hold."""
    if predicate in {SH.minCount, SH.maxCount}:
        return _count(predicate, str(value), values)
    if predicate == SH["class"]:
        return (
            f"{{ SELECT ?n ?v WHERE {{ {values} }} }} "
            f"MINUS {{ SELECT ?v WHERE {{ ?v a {value.n3()} . FILTER(isIRI(?v)) }} }}"
        )
    if predicate == SH.lessThan:
        return (
            f"{{ SELECT ?n ?v WHERE {{ {values} }} }} "
            f"{{ SELECT ?n ?w WHERE {{ ?n {value.n3()} ?w }} }} "
            "FILTER(!COALESCE(isNumeric(?v) && isNumeric(?w) && ?v < ?w, false))"
        )
    right = _right(shapes, predicate, value)
    return right and (f"{{ SELECT ?n WHERE {{ {values} . FILTER(!COALESCE({right}, false)) }} }}")


def _count(predicate: rdflib.term.Node, number: str, values: str) -> str:
    if not number.isdigit():
        return ""
    if predicate == SH.minCount:
        enough = f"GROUP BY ?n HAVING(COUNT(?v) >= {number})" if number not in "01" else ""
        return f"MINUS {{ SELECT ?n WHERE {{ {values} }} {enough} }}" if number != "0" else _NONE
    return f"{{ SELECT ?n WHERE {{ {values} }} GROUP BY ?n HAVING(COUNT(?v) > {number}) }}"


_NONE = "FILTER(false)"


def _right(shapes: rdflib.Graph, predicate: rdflib.term.Node, value: rdflib.term.Node) -> str:
    """The condition that a value in order keeps; one that fails with an error is not kept."""
    plain = str(value)
    if predicate in {SH.minLength, SH.maxLength} and plain.isdigit():
        sign = ">=" if predicate == SH.minLength else "<="
        return f"STRLEN(STR(?v)) {sign} {plain}"
    if predicate == SH.nodeKind and value == SH.IRI:
        return "isIRI(?v)"
    if predicate == SH.datatype and value in _NUMBERS:
        return f"isNumeric(?v) && DATATYPE(?v) = {value.n3()}"
    if predicate == SH["in"]:
        items = list(Collection(shapes, value))
        if all(isinstance(item, rdflib.URIRef) for item in items):
            return f"isIRI(?v) && ?v IN ({', '.join(item.n3() for item in items)})"
    if predicate in {SH.minInclusive, SH.maxInclusive}:
        sign = ">=" if predicate == SH.minInclusive else "<="
        return f"isNumeric(?v) && ?v {sign} {float(plain)!r}"
    return ""
