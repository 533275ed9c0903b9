"""The ontology as plain values: classes and relations, their labels, and what is above them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.config import data_folder
from kg.errors import ConfigError
from kg.graph.only import Only, declared, load_only
from kg.graph.vocab import KG, OWL, RDF, RDFS, SKOS
from kg.lexicon import Own, local_name

_Pairs = list[tuple[str, ox.NamedNode | ox.Literal]]
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
    both as the file has them; ``domain`` and ``range`` are IRIs; ``iri`` is that of a term in a
    namespace of the user's, whose ``name`` is as local (or the whole, where ours has the same)."""

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
    iri: str = ""


@cache
def _marks(words: tuple[str, ...]) -> tuple[frozenset[str], tuple[str, ...]]:
    """The words of a list, and how those begin that end in a star there."""
    begun = tuple(word[:-1] for word in words if word.endswith("*"))
    return frozenset(word for word in words if not word.endswith("*")), begun


@dataclass(frozen=True, slots=True)
class Ontology:
    """``terms`` by local name, in the order of the file; ``only``: facts are told in the user's
    terms alone."""

    terms: dict[str, Term]
    only: Only | None = None

    def iri(self, name: str) -> str:
        """The IRI of a term, by its local name; that of an unknown one is below ours."""
        term = self.terms.get(name)
        return (term.iri if term else "") or KG + name

    def name(self, iri: str) -> str:
        """The local name by which a term of this IRI is known."""
        return next((t.name for t in self.terms.values() if t.iri == iri), iri.removeprefix(KG))

    def relation(self, iri: str) -> str:
        """The IRI of a relation that was read under one of ours: a user's may have another."""
        return self.iri(iri.removeprefix(KG)) if iri.startswith(KG) else iri

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
def load_ontology(
    path: str | None = None, own: Own | None = None, *, only: bool = False
) -> Ontology:
    """The ontology of a Turtle file, read once (by default the shipped one), with the user's terms
    beside it; with ``only`` facts are told in these alone.

    Raises `ConfigError` with line and column where the Turtle does not parse, and for a file of
    the user's that declares no class and no relation.
    """
    file = Path(path) if path else data_folder("ontology") / "kg.ttl"
    try:
        about = _declared(str(file), file.read_bytes())
    except FileNotFoundError:
        raise ConfigError(f"{file}: no such ontology file.") from None
    addresses: dict[str, str] = {}
    if own is not None:
        more = _declared(own.name, own.text.encode())
        foreign = _foreign(own, {*about, *more})
        if not more and not foreign:
            raise ConfigError(f"{own.name}: declares no class and no relation.")
        for name, pairs in more.items():
            about.setdefault(name, []).extend(pairs)
        addresses = {name: iri for name, (iri, _) in foreign.items()}
        about |= {name: pairs for name, (_, pairs) in foreign.items()}
    names = {iri: name for name, iri in addresses.items()}
    terms = {
        name: _term(name, pairs, addresses.get(name, ""), names) for name, pairs in about.items()
    }
    return Ontology(terms, load_only(own) if own is not None and only else None)


def _foreign(own: Own, taken: Collection[str]) -> dict[str, tuple[str, _Pairs]]:
    """What a user's file says of terms in namespaces of its own: their IRIs by local name, or by
    IRI where ours, or another, has the same name."""
    about: dict[str, _Pairs] = {}
    for iri in sorted(frozenset.union(*declared(own))):
        if not iri.startswith(KG):
            about[iri] = []
    for quad in ox.parse(own.text.encode(), format=ox.RdfFormat.TURTLE):
        pairs = about.get(quad.subject.value) if isinstance(quad.subject, ox.NamedNode) else None
        if pairs is not None and isinstance(quad.object, ox.NamedNode | ox.Literal):
            pairs.append((quad.predicate.value, quad.object))
    found: dict[str, tuple[str, _Pairs]] = {}
    for iri, pairs in about.items():
        name = local_name(iri)
        found[iri if name in taken or name in found else name] = (iri, pairs)
    return found


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


def _term(name: str, pairs: _Pairs, iri: str, names: Mapping[str, str]) -> Term:
    """A term of what is said of it; ``names`` are those of terms that are not ours, by IRI."""

    def first(predicate: str) -> str | None:
        return next((node.value for p, node in pairs if p == predicate), None)

    types = {node.value for p, node in pairs if p == f"{RDF}type"}
    kind = "value"
    if not types.isdisjoint((f"{OWL}Class", f"{RDFS}Class")):
        kind = "class"
    elif any(t.startswith((OWL, RDF)) and t.endswith("Property") for t in types):
        kind = "relation"
    hidden = f"{SKOS}hiddenLabel"
    other = (f"{RDF}type", f"{RDFS}domain", f"{RDFS}range")
    return Term(
        name=name,
        kind=kind,
        label=first(f"{RDFS}label") or name,
        comment=first(f"{RDFS}comment") or "",
        parents=tuple(
            names.get(node.value) or node.value.removeprefix(KG)
            for p, node in pairs
            if p in _ABOVE and (node.value.startswith(KG) or node.value in names)
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
        iri=iri,
    )
