"""What an ontology lets follow: the axioms of the shipped one and of the user's, as plain values.

Read are ``rdfs:subClassOf``, ``owl:equivalentClass``, ``rdfs:subPropertyOf``,
``owl:equivalentProperty``, ``rdfs:domain`` and ``rdfs:range``, ``owl:inverseOf``,
``owl:SymmetricProperty``, ``owl:TransitiveProperty`` and ``owl:propertyChainAxiom``. Terms are IRIs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.config import data_folder
from kg.errors import ConfigError
from kg.graph.vocab import KG, LABEL, OWL, RDF, RDFS
from kg.lexicon import Own

#: What is above everything: that something is one of these says nothing.
ROOTS: Final = frozenset(
    [f"{KG}Thing", f"{KG}relatedTo", f"{KG}value", f"{OWL}Thing", f"{RDFS}Resource"]
)
Chain = tuple[tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class Axioms:
    """``classes`` and ``relations``: all that is above one, itself, `ROOTS` and what equals them not;
    ``parts``: the classes that one is the union of; ``chains``: relations in a row, and the one that
    follows (a transitive one: itself twice)."""

    classes: Mapping[str, frozenset[str]]
    relations: Mapping[str, frozenset[str]]
    parts: Mapping[str, frozenset[str]]
    domains: Mapping[str, frozenset[str]]
    ranges: Mapping[str, frozenset[str]]
    inverses: Mapping[str, frozenset[str]]
    symmetric: frozenset[str]
    chains: tuple[Chain, ...]
    labels: Mapping[str, str] = field(default_factory=dict)

    def moving(self) -> frozenset[str]:
        """The relations from which another fact follows, domains and ranges apart."""
        found = {*self.relations, *self.inverses, *self.symmetric}
        return frozenset(found.union(*(chain for chain, _ in self.chains)))

    def fits(self, kinds: Iterable[str], wanted: str) -> bool:
        """Whether something of these classes can be one of ``wanted``: it is, or is of a class above
        it, or its class is not known."""
        if wanted in ROOTS or wanted.startswith((f"{RDFS}", "http://www.w3.org/2001/XMLSchema#")):
            return True
        if parts := self.parts.get(wanted):
            return any(self.fits(kinds, part) for part in parts)
        found = list(kinds)
        return not found or any(
            kind == wanted
            or kind in ROOTS
            or wanted in self.classes.get(kind, ())
            or kind in self.classes.get(wanted, ())
            for kind in found
        )

    def narrows(self, kinds: Iterable[str], wanted: str) -> bool:
        """Whether ``wanted`` says more of something than these classes, and does not contradict."""
        if wanted in ROOTS or wanted in self.parts or wanted.startswith(f"{RDFS}"):
            return False
        found = list(kinds)
        if any(kind == wanted or wanted in self.classes.get(kind, ()) for kind in found):
            return False
        return any(kind in ROOTS or kind in self.classes.get(wanted, ()) for kind in found)


@lru_cache(maxsize=8)
def load_axioms(own: Own | None = None) -> Axioms:
    """The axioms of the shipped ontology with those of the user's. Raises `ConfigError` for a file
    that is not Turtle."""
    shipped = data_folder("ontology") / "kg.ttl"
    texts = [(str(shipped), shipped.read_bytes())]
    if own is not None:
        texts.append((own.name, own.text.encode()))
    triples = _Triples()
    for name, data in texts:
        triples.take(name, data)
    return _axioms(triples)


class _Triples:
    """Triples by predicate, with lists read."""

    def __init__(self) -> None:
        self._by: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._rest: dict[str, tuple[str, str]] = {}
        self._labels: list[tuple[bool, str, str]] = []

    def take(self, name: str, data: bytes) -> None:
        first: dict[str, str] = {}
        try:
            quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        except SyntaxError as error:
            line, column = error.lineno or 0, error.offset or 0
            raise ConfigError(f"{name}:{line}:{column}: not valid Turtle: {error.msg}") from None
        for quad in quads:
            subject, target = _plain(quad.subject), _plain(quad.object)
            if quad.predicate.value == f"{RDF}first":
                first[subject] = target
            elif quad.predicate.value == f"{RDF}rest":
                self._rest[subject] = ("", target)
            elif isinstance(quad.object, ox.Literal):
                if quad.predicate == LABEL:
                    self._labels.append((quad.object.language == "en", subject, quad.object.value))
            else:
                self._by[quad.predicate.value].append((subject, target))
        for node, item in first.items():
            self._rest[node] = (item, self._rest.get(node, ("", ""))[1])

    def of(self, *predicates: str) -> Iterator[tuple[str, str]]:
        """Subject and object of triples, in the order of the files."""
        for predicate in predicates:
            yield from self._by[predicate]

    def lists(self, predicate: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """Subject and items of the lists that are the objects."""
        for subject, first in self._by[predicate]:
            items, node = list[str](), first
            while node in self._rest and len(items) < len(self._rest):
                items.append(self._rest[node][0])
                node = self._rest[node][1]
            yield subject, tuple(items)

    def labels(self) -> dict[str, str]:
        """The labels of terms, an English one where there are several."""
        return {subject: value for _, subject, value in sorted(self._labels)}

    def instances(self, kind: str) -> frozenset[str]:
        """What is an instance of a class of OWL's."""
        return frozenset(s for s, o in self.of(f"{RDF}type") if o == OWL + kind)


def _plain(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _axioms(triples: _Triples) -> Axioms:
    inverses: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in triples.of(f"{OWL}inverseOf"):
        if _named(one, other):
            inverses[one].add(other)
            inverses[other].add(one)
    chains = {
        (relation, relation): relation for relation in triples.instances("TransitiveProperty")
    }
    told = [(items, relation) for relation, items in triples.lists(f"{OWL}propertyChainAxiom")]
    return Axioms(
        classes=_above(triples, "subClassOf", "equivalentClass"),
        relations=_above(triples, "subPropertyOf", "equivalentProperty"),
        parts={name: frozenset(items) for name, items in triples.lists(f"{OWL}unionOf")},
        domains=_sets(triples.of(f"{RDFS}domain")),
        ranges=_sets(triples.of(f"{RDFS}range")),
        inverses={name: frozenset(found) for name, found in inverses.items()},
        symmetric=triples.instances("SymmetricProperty"),
        chains=tuple(sorted({*chains.items(), *(c for c in told if len(c[0]) > 1)})),
        labels=triples.labels(),
    )


def _named(*nodes: str) -> bool:
    return not any(node.startswith("_:") for node in nodes)


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, frozenset[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for one, other in pairs:
        if _named(one, other):
            found[one].add(other)
    return {name: frozenset(others) for name, others in found.items()}


def _above(triples: _Triples, below: str, equal: str) -> dict[str, frozenset[str]]:
    """All that is above each term, but for the roots and what equals them."""
    direct = _sets(triples.of(RDFS + below))
    same = _sets(pair for a, b in triples.of(OWL + equal) for pair in ((a, b), (b, a)))
    roots = ROOTS.union(*(same.get(root, frozenset()) for root in ROOTS))
    found: dict[str, frozenset[str]] = {}
    for name in direct.keys() | same.keys():
        seen: set[str] = set()
        waiting = [name]
        while waiting:
            at = waiting.pop()
            for other in direct.get(at, frozenset()) | same.get(at, frozenset()):
                if other not in seen and other not in roots:
                    seen.add(other)
                    waiting.append(other)
        if above := seen - {name}:
            found[name] = frozenset(above)
    return found
