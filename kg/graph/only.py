"""An ontology of the user's alone: which of its relations and classes the facts of a graph have.

Statements keep the relation that they were read with, with status and words. A fact, and the class
of a thing, is told in the user's terms or not at all: the nearest that his file, or the shipped
ontology, puts equal to ours or above it. Equal are ``owl:equivalentProperty``,
``owl:equivalentClass`` and, where the user's file says so, ``skos:exactMatch`` and
``skos:closeMatch``; above, ``rdfs:subPropertyOf`` and ``rdfs:subClassOf``; ``owl:inverseOf``
exchanges the ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from kg.config import data_folder
from kg.graph.vocab import KG, OWL, RDF, RDFS, SKOS
from kg.lexicon import Own

#: A relation of the user's; True where it runs the other way.
Told = tuple[str, bool]
_RELATION: Final = f"{KG}relatedTo"
_CLASSES: Final = (f"{OWL}Class", f"{RDFS}Class")
_RELATIONS: Final = (
    f"{OWL}ObjectProperty",
    f"{OWL}DatatypeProperty",
    f"{OWL}SymmetricProperty",
    f"{OWL}TransitiveProperty",
    f"{OWL}FunctionalProperty",
    f"{RDF}Property",
)


@dataclass(frozen=True, slots=True)
class Only:
    """By IRI: the ``relations`` and ``classes`` of the user's that ours are told in."""

    relations: Mapping[str, tuple[Told, ...]]
    classes: Mapping[str, tuple[str, ...]]

    def facts(self, relation: str) -> tuple[Told, ...]:
        """The relations in which a statement is a fact; none: it is no fact. A relation in the words
        of a text is one below ``kg:relatedTo``."""
        found = self.relations.get(relation)
        if found is None and not relation.startswith(KG):
            return self.relations.get(_RELATION, ())
        return found or ()

    def terms(self) -> frozenset[str]:
        """The user's relations and classes."""
        told = {iri for found in self.relations.values() for iri, _ in found}
        return frozenset(told.union(*self.classes.values()))


def declared(own: Own) -> tuple[frozenset[str], frozenset[str]]:
    """The IRIs of the relations and of the classes that a user's ontology declares."""
    kinds: defaultdict[str, set[str]] = defaultdict(set)
    for quad in ox.parse(own.text.encode(), format=ox.RdfFormat.TURTLE):
        if quad.predicate.value == f"{RDF}type" and isinstance(quad.subject, ox.NamedNode):
            kinds[str(quad.object)[1:-1]].add(quad.subject.value)
    return (
        frozenset().union(*(kinds[kind] for kind in _RELATIONS)),
        frozenset().union(*(kinds[kind] for kind in _CLASSES)),
    )


@lru_cache(maxsize=8)
def load_only(own: Own) -> Only:
    """What the facts of a graph are told in, by the user's ontology. The file parses."""
    relations, classes = declared(own)
    links = _Links(own)
    names = links.names() | relations | classes
    told = {name: links.relations(name, relations) for name in names}
    kinds = {name: links.classes(name, classes) for name in names}
    return Only(
        {name: found for name, found in sorted(told.items()) if found},
        {name: found for name, found in sorted(kinds.items()) if found},
    )


class _Links:
    """What is equal, above and inverse, by the shipped ontology and the user's."""

    def __init__(self, own: Own) -> None:
        self._equal: defaultdict[str, set[str]] = defaultdict(set)
        self._above: defaultdict[str, set[str]] = defaultdict(set)
        self._inverse: defaultdict[str, set[str]] = defaultdict(set)
        shipped = (data_folder("ontology") / "kg.ttl").read_bytes()
        equal = {f"{OWL}equivalentProperty", f"{OWL}equivalentClass"}
        self._take(shipped, equal)
        self._take(own.text.encode(), equal | {f"{SKOS}exactMatch", f"{SKOS}closeMatch"})

    def _take(self, data: bytes, equal: set[str]) -> None:
        for quad in ox.parse(data, format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode) or not isinstance(
                quad.object, ox.NamedNode
            ):
                continue
            one, other, how = quad.subject.value, quad.object.value, quad.predicate.value
            if how in equal:
                self._equal[one].add(other)
                self._equal[other].add(one)
            elif how in (f"{RDFS}subPropertyOf", f"{RDFS}subClassOf"):
                self._above[one].add(other)
            elif how == f"{OWL}inverseOf":
                self._inverse[one].add(other)
                self._inverse[other].add(one)

    def names(self) -> set[str]:
        """All terms that are linked to another."""
        return {*self._equal, *self._above, *self._inverse}

    def relations(self, name: str, wanted: Iterable[str]) -> tuple[Told, ...]:
        """The nearest of the ``wanted`` relations that are equal to one or above it."""
        return self._nearest((name, False), {(iri, way) for iri in wanted for way in (False, True)})

    def classes(self, name: str, wanted: Iterable[str]) -> tuple[str, ...]:
        """The nearest of the ``wanted`` classes that are equal to one or above it."""
        return tuple(iri for iri, _ in self._nearest((name, False), {(w, False) for w in wanted}))

    def _nearest(self, start: Told, wanted: set[Told]) -> tuple[Told, ...]:
        level, seen = {start}, {start}
        while level:
            level = self._equals(level)
            if found := level & wanted:
                return tuple(sorted(found))
            level = {(up, way) for iri, way in level for up in self._above[iri]} - seen
            seen |= level
        return ()

    def _equals(self, level: set[Told]) -> set[Told]:
        found, waiting = set(level), list(level)
        while waiting:
            iri, way = waiting.pop()
            more = {(other, way) for other in self._equal[iri]}
            more |= {(other, not way) for other in self._inverse[iri]}
            waiting += more - found
            found |= more
        return found
