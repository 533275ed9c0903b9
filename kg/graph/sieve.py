"""Which nodes a SHACL processor has to look at: those that are not plainly in order.

pySHACL takes minutes for twenty thousand statements, nearly all of them in order. A `Sieve` reads
the shapes, walks the store, and gives the nodes that may break a rule; pySHACL judges those. It
knows the plain constraints (counts, kinds, classes, datatypes, lists, bounds, lengths, lessThan);
a shape that uses any other gives all of its nodes. A class is matched directly, so a node may be
given in vain, but never kept back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import pyoxigraph as ox
import rdflib
from rdflib import RDF, SH
from rdflib.collection import Collection

from kg.graph.literals import canonical
from kg.graph.vocab import TYPE

Node = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Values = dict[str, list[Node]]
Test = Callable[[ox.Store, Values, list[Node]], bool]
_SAID_ONLY = {SH.path, SH.message, SH.name, SH.description, SH.order, SH.severity, RDF.type}
_TARGETS = {SH.targetClass, SH.targetSubjectsOf}


class Sieve:
    """The shapes of a graph, each with its targets and the tests that it is made of."""

    def __init__(self, shapes: rdflib.Graph) -> None:
        self._shapes = [
            (_targets(shapes, node), _tests(shapes, node))
            for node in sorted({s for p in _TARGETS for s in shapes.subjects(p, None)}, key=str)
        ]

    def suspects(self, store: ox.Store) -> Iterator[str]:
        """The IRIs of nodes that may break a rule; one may come more than once."""
        for targets, tests in self._shapes:
            for predicate, value in targets:
                for quad in store.quads_for_pattern(None, predicate, value):
                    node = quad.subject
                    if isinstance(node, ox.NamedNode) and not _fine(store, node, tests):
                        yield node.value


def _fine(
    store: ox.Store, node: ox.NamedNode, tests: Sequence[tuple[str, bool, Test]] | None
) -> bool:
    if tests is None:
        return False
    values: Values = {}
    for quad in store.quads_for_pattern(node, None, None):
        values.setdefault(quad.predicate.value, []).append(quad.object)
    for path, inverse, test in tests:
        if inverse:
            quads = store.quads_for_pattern(None, ox.NamedNode(path), node)
            found: list[Node] = [quad.subject for quad in quads]
        else:
            found = values.get(path, [])
        if not test(store, values, found):
            return False
    return True


def _targets(
    shapes: rdflib.Graph, node: rdflib.term.Node
) -> list[tuple[ox.NamedNode, ox.NamedNode | None]]:
    classes = [(TYPE, ox.NamedNode(str(c))) for c in shapes.objects(node, SH.targetClass)]
    subjects = [(ox.NamedNode(str(p)), None) for p in shapes.objects(node, SH.targetSubjectsOf)]
    return [*classes, *subjects]


def _tests(shapes: rdflib.Graph, node: rdflib.term.Node) -> list[tuple[str, bool, Test]] | None:
    """The tests of a shape as (predicate, whether inverse, test); None when one is not known."""
    known = _SAID_ONLY | _TARGETS | {SH.property}
    if any(predicate not in known for predicate in shapes.predicates(node)):
        return None
    tests: list[tuple[str, bool, Test]] = []
    for part in shapes.objects(node, SH.property):
        path = shapes.value(part, SH.path)
        inverse = isinstance(path, rdflib.BNode)
        if inverse:
            if set(shapes.predicates(path)) != {SH.inversePath}:
                return None
            path = shapes.value(path, SH.inversePath)
        if not isinstance(path, rdflib.URIRef):
            return None
        for predicate, value in shapes.predicate_objects(part):
            if predicate in _SAID_ONLY:
                continue
            test = _test(shapes, predicate, value)
            if test is None:
                return None
            tests.append((str(path), inverse, test))
    return tests


def _test(
    shapes: rdflib.Graph, predicate: rdflib.term.Node, value: rdflib.term.Node
) -> Test | None:
    plain = str(value)
    if predicate in {SH.minCount, SH.maxCount, SH.minLength, SH.maxLength}:
        if not plain.isdigit():
            return None
        number = int(plain)
        tests: dict[rdflib.term.Node, Test] = {
            SH.minCount: lambda s, v, found: len(found) >= number,
            SH.maxCount: lambda s, v, found: len(found) <= number,
            SH.minLength: lambda s, v, found: all(len(_text(x)) >= number for x in found),
            SH.maxLength: lambda s, v, found: all(len(_text(x)) <= number for x in found),
        }
        return tests[predicate]
    if predicate == SH.nodeKind and value == SH.IRI:
        return lambda s, v, found: all(isinstance(x, ox.NamedNode) for x in found)
    if predicate == SH["class"]:
        kind = ox.NamedNode(plain)
        return lambda s, v, found: all(
            isinstance(x, ox.NamedNode) and any(True for _ in s.quads_for_pattern(x, TYPE, kind))
            for x in found
        )
    if predicate == SH.datatype:
        return lambda s, v, found: all(
            isinstance(x, ox.Literal) and x.datatype.value == plain and canonical(x.value, plain)
            for x in found
        )
    if predicate == SH["in"]:
        allowed = {str(item) for item in Collection(shapes, value)}
        return lambda s, v, found: all(
            isinstance(x, ox.NamedNode) and x.value in allowed for x in found
        )
    if predicate in {SH.minInclusive, SH.maxInclusive}:
        bound, sign = float(plain), 1 if predicate == SH.minInclusive else -1
        return lambda s, v, found: all(sign * (_number(x) - bound) >= 0 for x in found)
    if predicate == SH.lessThan:
        return lambda s, v, found: all(
            _number(x) < _number(y) for x in found for y in v.get(plain, [])
        )
    return None


def _text(node: Node) -> str:
    return node.value if isinstance(node, ox.Literal | ox.NamedNode) else ""


def _number(node: Node) -> float:
    """A number; what is none is not comparable to anything."""
    try:
        return float(node.value) if isinstance(node, ox.Literal) else float("nan")
    except ValueError:
        return float("nan")
