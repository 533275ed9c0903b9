"""The ontology as plain values: classes and relations, their labels, and what is above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from kg.config import data_folder
from kg.errors import ConfigError
from kg.graph.vocab import KG, OWL, RDF, RDFS

_ABOVE = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")


@dataclass(frozen=True, slots=True)
class Term:
    """A class, relation or named value. ``kind`` is ``class``, ``relation`` or ``value``;
    ``parents`` are local names of the ontology; ``mappings`` are (how, IRI) in other vocabularies,
    both as the file has them; ``domain`` and ``range`` are IRIs."""

    name: str
    kind: str
    label: str
    comment: str
    parents: tuple[str, ...] = ()
    domain: str | None = None
    range: str | None = None
    mappings: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Ontology:
    """``terms`` by local name, in the order of the file."""

    terms: dict[str, Term]

    def above(self, name: str) -> Iterator[str]:
        """The terms above one, nearest first, each once; none for an unknown name."""
        seen: set[str] = set()
        queue = [name]
        while queue:
            term = self.terms.get(queue.pop(0))
            for parent in term.parents if term else ():
                if parent not in seen:
                    seen.add(parent)
                    queue.append(parent)
                    yield parent


@cache
def load_ontology(path: str | None = None) -> Ontology:
    """The ontology of a Turtle file (default: the shipped one), read once.

    Raises `ConfigError` with line and column where the Turtle does not parse.
    """
    file = Path(path) if path else data_folder("ontology") / "kg.ttl"
    try:
        quads = list(ox.parse(file.read_bytes(), format=ox.RdfFormat.TURTLE))
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such ontology file.") from None
    except SyntaxError as error:
        raise ConfigError(
            f"{file}:{error.lineno or 0}:{error.offset or 0}: not valid Turtle: {error.msg}"
        ) from None
    about: dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(KG):
            pairs = about.setdefault(quad.subject.value.removeprefix(KG), [])
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                pairs.append((quad.predicate.value, quad.object))
    return Ontology({name: _term(name, pairs) for name, pairs in about.items()})


@cache
def participant_roles() -> frozenset[str]:
    """The roles in which something takes part in an event: the properties below ``participant``."""
    terms = load_ontology().terms.values()
    return frozenset(term.name for term in terms if "participant" in term.parents)


def _term(name: str, pairs: list[tuple[str, ox.NamedNode | ox.Literal]]) -> Term:
    def first(predicate: str) -> str | None:
        return next((node.value for p, node in pairs if p == predicate), None)

    types = {node.value for p, node in pairs if p == f"{RDF}type"}
    kind = "value"
    if f"{OWL}Class" in types:
        kind = "class"
    elif any(iri.startswith(OWL) and iri.endswith("Property") for iri in types):
        kind = "relation"
    other = (f"{RDF}type", f"{RDFS}domain", f"{RDFS}range")
    return Term(
        name=name,
        kind=kind,
        label=first(f"{RDFS}label") or name,
        comment=first(f"{RDFS}comment") or "",
        parents=tuple(
            node.value.removeprefix(KG)
            for p, node in pairs
            if p in _ABOVE and node.value.startswith(KG)
        ),
        domain=first(f"{RDFS}domain"),
        range=first(f"{RDFS}range"),
        mappings=tuple(
            (p, node.value)
            for p, node in pairs
            if isinstance(node, ox.NamedNode)
            and p not in other
            and not (p in _ABOVE and node.value.startswith(KG))
        ),
    )
