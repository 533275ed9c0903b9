"""The ontology as plain values: classes and relations, their labels, and what is above them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.config import data_folder
from kg.errors import ConfigError
from kg.graph.vocab import KG, OWL, RDF, RDFS, SKOS
from kg.lexicon import Own

_ABOVE = (f"{RDFS}subClassOf", f"{RDFS}subPropertyOf")
#: The class of the relations that can hurt.
SENSITIVE: Final = "SensitiveRelation"
#: Relations that say what somebody is: their objects tell whether that can hurt.
_SAYS_WHAT: Final = frozenset({"isA", "is", "hasRole", "describedAs", "knownFor"})


@dataclass(frozen=True, slots=True)
class Term:
    """A class, relation or named value. ``kind`` is ``class``, ``relation`` or ``value``;
    ``sensitive`` relations are those of `SENSITIVE`, whose hidden labels are its ``words``;
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
    sensitive: bool = False
    words: tuple[str, ...] = ()


@cache
def _marks(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a list, and how those begin that end in a star there."""
    begun = tuple(word[:-1] for word in words if word.endswith("*"))
    return frozenset(word for word in words if not word.endswith("*")), begun


@dataclass(frozen=True, slots=True)
class Ontology:
    """``terms`` by local name, in the order of the file."""

    terms: dict[str, Term]

    def is_sensitive(self, relation: str | None, label: str, target: str = "") -> bool:
        """Can this hurt whom it is said of (`kg:SensitiveRelation`)?

        ``relation`` is a local name of the ontology; None for one in its own words, ``label``.
        ``target``, the label of the object, counts where the relation says what somebody is.
        """
        term = self.terms.get(relation or "")
        if term is not None and relation not in _SAYS_WHAT:
            return term.sensitive
        own = self.terms.get(SENSITIVE)
        said = label if term is None else ""
        if term is not None or label.partition(" ")[0] in ("be", "have"):
            said += f" {target}"
        if own is None:
            return False
        whole, begun = _marks(own.words)
        return any(word in whole or word.startswith(begun) for word in said.casefold().split())

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


@lru_cache(maxsize=8)
def load_ontology(path: str | None = None, own: Own | None = None) -> Ontology:
    """The ontology of a Turtle file, read once (by default the shipped one), with the user's terms
    beside it.

    Raises `ConfigError` with line and column where the Turtle does not parse, and for a file of
    the user's that declares nothing in the namespace of the ontology.
    """
    file = Path(path) if path else data_folder("ontology") / "kg.ttl"
    try:
        about = _declared(str(file), file.read_bytes())
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such ontology file.") from None
    if own is not None:
        more = _declared(own.name, own.text.encode())
        if not more:
            raise ConfigError(f"{own.name}: declares no class and no relation in <{KG}>.")
        for name, pairs in more.items():
            about.setdefault(name, []).extend(pairs)
    return Ontology({name: _term(name, pairs) for name, pairs in about.items()})


def _declared(file: str, data: bytes) -> dict[str, list[tuple[str, ox.NamedNode | ox.Literal]]]:
    """What a Turtle file says of terms of ours, by local name."""
    try:
        quads = list(ox.parse(data, format=ox.RdfFormat.TURTLE))
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
    return about


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
    hidden = f"{SKOS}hiddenLabel"
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
        sensitive=f"{KG}{SENSITIVE}" in types,
        words=tuple(sorted(node.value for p, node in pairs if p == hidden)),
    )
