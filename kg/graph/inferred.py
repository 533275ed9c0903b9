"""What follows from a graph's facts, beside the graph: a named graph of its own.

`INFERRED` holds the facts that no text says, each as a triple and as a ``kg:Inference`` that tells
by which rule it follows (``kg:rule``) and from what (``prov:wasDerivedFrom``: statements, other
inferences, and for a class the thing whose class is known). Nothing in the default graph points
there: queries, exports and rules that do not ask for it never see it. The terms of an inference are
its own (``kg:inferredSubject``...), so that nothing takes one for a statement.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.axioms import Axioms, load_axioms
from kg.graph.inference import MOST, TYPE, Fact, Step, World, follow
from kg.graph.literals import quoted
from kg.graph.only import Only, load_only
from kg.graph.reading import Reading
from kg.graph.vocab import (
    ABOUT,
    FACTS,
    INFERRED,
    KG,
    LABEL,
    OA,
    ONLY,
    OWL,
    PROV,
    RDF,
    RDFS,
    SAID,
    SCHEMA,
    SCHEMA_TYPES,
    SKOS,
    XSD,
    prefixes,
    term,
)
from kg.lexicon import Own
from kg.model import Inferred, Literal, Node, Relation, Statement

#: Triples of a graph that are copied to infer for one query: half a gigabyte, and ten seconds, about.
AT_ONCE: Final = 1_000_000
_YEAR: Final = re.compile(r"\b\d{4}\b")
_A: Final = term(TYPE)
_TOLD: Final = """SELECT ?st ?s ?o ?status ?polarity ?time WHERE {
  ?st rdf:predicate %s ; rdf:subject ?s ; rdf:object ?o ; kg:status ?status ; kg:polarity ?polarity .
  OPTIONAL { ?st kg:time ?time }
}"""
#: Statements of what was so until or at no date that can be told: "until 2015", "formerly".
_OVER: Final = """SELECT DISTINCT ?st WHERE {
  ?st rdf:predicate %s ; kg:argument ?a . ?a kg:role ?role .
  FILTER(?role = "until" || (?role = "time" && NOT EXISTS { ?a rdf:value ?value }))
}"""


# --- to RDF ------------------------------------------------------------------------------------


def lines(store: ox.Store, base: str, own: Own | None = None, most: int = MOST) -> Iterator[str]:
    """What follows from the facts of a store, as lines of N-Triples. ``own`` is the user's ontology.

    Raises `GraphError` where more than ``most`` facts follow.
    """
    is_only = own is not None and any(store.quads_for_pattern(term(ABOUT), term(ONLY), None))
    only = load_only(own) if own is not None and is_only else None
    told = _Told(store, base, only)
    axioms = load_axioms(own)
    found = follow(axioms, told.world(axioms), most)
    if only is not None:
        found = _in_terms(only.terms(), found)
    for fact, step in found.items():
        yield from _lines(base, fact, step, told)
    terms = {(target if relation == TYPE else relation) for _, relation, target in found}
    for name in sorted(terms & axioms.labels.keys()):
        if not any(store.quads_for_pattern(ox.NamedNode(name), LABEL, None, SAID)):
            yield f"<{name}> <{RDFS}label> {quoted(axioms.labels[name])} ."


def _in_terms(terms: Set[str], found: Mapping[Fact, Step]) -> dict[Fact, Step]:
    """What follows in these terms, from facts and from what follows in them."""
    return {
        fact: step
        for fact, step in found.items()
        if all((p[2] if p[1] == TYPE else p[1]) in terms for p in (fact, *step.premises))
    }


def _lines(base: str, fact: Fact, step: Step, told: _Told) -> Iterator[str]:
    subject, relation, target = (_term(part) for part in fact)
    node = f"<{_inference(base, fact)}>"
    yield f"{subject} {relation} {target} ."
    yield f"{node} <{TYPE}> <{KG}Inference> ."
    yield f"{node} <{KG}inferredSubject> {subject} ."
    yield f"{node} <{KG}inferredRelation> {relation} ."
    yield f"{node} <{KG}inferredObject> {target} ."
    yield f'{node} <{KG}rule> "{step.rule}" .'
    if step.disputed:
        yield f'{node} <{KG}isDisputed> "true"^^<{XSD}boolean> .'
    for premise in step.premises:
        for source in told.sources(premise):
            yield f"{node} <{PROV}wasDerivedFrom> <{source}> ."


def _inference(base: str, fact: Fact) -> str:
    return f"{base}inference/{hashlib.sha256(repr(fact).encode()).hexdigest()[:16]}"


def _term(part: str) -> str:
    return part if part.startswith('"') else f"<{part}>"


def _part(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


class _Told:
    """What statements say, as the rules take it."""

    def __init__(self, store: ox.Store, base: str, only: Only | None = None) -> None:
        self._store, self._base, self._only = store, base, only
        self._makers: defaultdict[Fact, list[str]] = defaultdict(list)
        self._kinds: dict[str, set[str]] = {}
        self._names: set[str] = set()
        quads = store.quads_for_pattern(term(ABOUT), term(FACTS), None, SAID)
        self._statuses = {_part(quad.object) for quad in quads} or {f"{KG}Asserted"}

    def world(self, axioms: Axioms) -> World:
        """The facts that something can follow from, and what is known of their ends."""
        denied: set[Fact] = set()
        years: dict[Fact, set[str] | None] = {}
        over: set[Fact] = set()
        until = self._until()
        for relation, told, turned in sorted(self._relations(axioms)):
            ended = {_part(row[0]) for row in self._rows(_OVER % f"<{relation}>")}
            for st, s, o, status, polarity, time in self._rows(_TOLD % f"<{relation}>"):
                fact = (_part(s), told, _part(o))
                if turned:
                    fact = (_part(o), told, _part(s))
                if _part(status) == f"{KG}Denied" or _part(polarity) == f"{KG}Negative":
                    denied.add(fact)
                elif _part(status) in self._statuses:
                    self._makers[fact].append(_part(st))
                    _date(years, fact, getattr(time, "value", ""))
                    spots = until.get(_part(s))
                    if _part(st) in ended or (spots and not spots.isdisjoint(self._spots(st))):
                        over.add(fact)
        dated = {fact: found for fact, found in years.items() if found}
        facts = frozenset(self._makers)
        for thing in (*(end for fact in facts for end in fact[::2]), *self._instances(axioms)):
            self._look_at(thing)
        return World(facts, self._kinds, self._names, denied, dated, over)

    def _until(self) -> Mapping[str, set[tuple[str, str]]]:
        """Where it is said of things that something was so until then: what is read at the same place
        of the same thing was so until then, too ("was a subsidiary of Alder until 2015")."""
        found: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for argument in self._ends(None, f"{KG}role", ox.Literal("until")):
            for st in self._ends(None, f"{KG}argument", argument):
                for subject in self._ends(st, f"{RDF}subject", None):
                    found[_part(subject)].update(self._spots(st))
        return found

    def _spots(self, statement: object) -> Iterator[tuple[str, str]]:
        """Where a statement is read: articles, and where its words begin."""
        for piece in self._ends(statement, f"{PROV}wasDerivedFrom", None):
            for article in self._ends(piece, f"{OA}hasSource", None):
                for selector in self._ends(piece, f"{OA}hasSelector", None):
                    for start in self._ends(selector, f"{OA}start", None):
                        yield _part(article), _part(start)

    def _ends(self, subject: Any, predicate: str, target: Any) -> Iterator[Any]:
        """The subjects or, without a target, the objects of what texts say."""
        quads = self._store.quads_for_pattern(subject, term(predicate), target, SAID)
        return (quad.object if target is None else quad.subject for quad in quads)

    def _relations(self, axioms: Axioms) -> Iterator[tuple[str, str, bool]]:
        """The relations of the graph from whose facts something can follow, and how each is told."""
        moving, kinds = axioms.moving(), self._met()
        for (found,) in self._rows("SELECT DISTINCT ?p WHERE { ?st rdf:predicate ?p }"):
            relation = _part(found)
            for told, turned in self._only.facts(relation) if self._only else ((relation, False),):
                ends = [*axioms.domains.get(told, ()), *axioms.ranges.get(told, ())]
                if told in moving or any(
                    axioms.narrows((kind,), wanted) for wanted in ends for kind in kinds
                ):
                    yield relation, told, turned

    def _met(self) -> list[str]:
        """The classes of things in the graph."""
        declared = self._store.quads_for_pattern(None, _A, term(f"{OWL}Class"), SAID)
        kinds = (_part(quad.subject) for quad in declared)
        return sorted(kind for kind in kinds if any(True for _ in self._of_kind(kind)))

    def _of_kind(self, kind: str) -> Iterator[str]:
        """What is read as of a class."""
        how = _A if self._only is None else term(f"{KG}entityType")
        quads = self._store.quads_for_pattern(None, how, ox.NamedNode(kind), SAID)
        return (_part(quad.subject) for quad in quads)

    def _instances(self, axioms: Axioms) -> Iterator[str]:
        """The things from whose class something follows that the graph does not tell already."""
        for kind in self._met():
            name = kind.removeprefix(KG)
            told = {f"{SCHEMA}{SCHEMA_TYPES.get(name, name)}", f"{SKOS}Concept"}
            if axioms.classes.get(kind, frozenset()) - (told if self._only is None else set()):
                yield from self._of_kind(kind)

    def _look_at(self, thing: str) -> None:
        """Read the classes of an entity, and whether it has a name."""
        if thing in self._kinds or thing.startswith('"'):
            return
        node = ox.NamedNode(thing)
        named = list(self._store.quads_for_pattern(node, term(f"{KG}named"), None, SAID))
        if not named:
            return
        read = (_A,) if self._only is None else (_A, term(f"{KG}entityType"))
        self._kinds[thing] = {
            _part(quad.object)
            for how in read
            for quad in self._store.quads_for_pattern(node, how, None, SAID)
        }
        if getattr(named[0].object, "value", "") == "true":
            self._names.add(thing)

    def sources(self, premise: Fact) -> Iterable[str]:
        """What a premise is derived from, by IRI: its statements, itself an inference, or a thing."""
        if premise in self._makers:
            return sorted(self._makers[premise])
        if premise[1] == TYPE and self._is_told(premise):
            return [premise[0]]
        return [_inference(self._base, premise)]

    def _is_told(self, fact: Fact) -> bool:
        subject, relation, target = map(ox.NamedNode, fact)
        return ox.Quad(subject, relation, target, SAID) in self._store

    def _rows(self, query: str) -> Iterator[tuple[object, ...]]:
        found = self._store.query(query, prefixes=dict(prefixes(self._base)))
        assert isinstance(found, ox.QuerySolutions)
        yield from map(tuple, found)


def _date(years: dict[Fact, set[str] | None], fact: Fact, time: str) -> None:
    """Add the years of a statement's time; a statement without one takes the fact out of time."""
    found = _within(time)
    known = years.setdefault(fact, set())
    years[fact] = None if not found or known is None else known | found


def _within(time: str) -> set[str]:
    """The years of a date or of a span of them: "1999/2001" is three."""
    told = [int(year) for year in _YEAR.findall(time)]
    return {str(year) for year in range(min(told), max(told) + 1)} if told else set()


# --- in a store --------------------------------------------------------------------------------


def has_inferred(store: ox.Store) -> bool:
    """Whether a store was written with what follows."""
    return store.contains_named_graph(INFERRED)


def write_inferred(
    folder: Path, base: str, *, infer: bool, own: Own | None = None
) -> tuple[int, int]:
    """Bring the named graph of a store that nobody reads yet up to date (``infer``), or take it away.
    Returns how many facts follow, and the number of the store's triples.

    All is inferred anew; what is there already stays, since taking out triples costs the store four
    times as much as taking them in.
    """
    store = ox.Store(str(folder))
    if infer:
        found, there = set(lines(store, base, own)), set(_dumped(store))
        for triple in ox.parse("\n".join(there - found), format=ox.RdfFormat.N_TRIPLES):
            store.remove(ox.Quad(triple.subject, triple.predicate, triple.object, INFERRED))
        store.add_graph(INFERRED)
        _load(store, sorted(found - there))
        store.flush()
    elif has_inferred(store):
        store.remove_graph(INFERRED)
    kind = term(f"{KG}Inference")
    return sum(1 for _ in store.quads_for_pattern(None, _A, kind, INFERRED)), len(store)


def _dumped(store: ox.Store) -> list[str]:
    text = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=INFERRED) or b""
    return text.decode().splitlines()


def _load(store: ox.Store, found: Iterable[str]) -> None:
    text = "\n".join(found).encode()
    store.bulk_load(text, format=ox.RdfFormat.N_TRIPLES, to_graph=INFERRED, lenient=True)


def beside(store: ox.Store, base: str, own: Own | None = None) -> ox.Store:
    """A store that has what follows: this one, or one in memory of that alone."""
    if has_inferred(store):
        return store
    made = ox.Store()
    _load(made, lines(store, base, own))
    return made


def together(store: ox.Store, base: str, own: Own | None = None, most: int = AT_ONCE) -> ox.Store:
    """A store that has the graph and what follows: this one, or a copy in memory with it. Raises
    `GraphError` for a graph of more than ``most`` triples, which is to be built with it."""
    if has_inferred(store):
        return store
    if len(store) > most:
        raise GraphError(
            f"a graph of {len(store):,} triples is too large to infer for one query (at most "
            f"{most:,}). Build it with what follows from it: kg build SOURCE --infer"
        )
    made = ox.Store()
    made.bulk_load(
        store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=SAID),
        format=ox.RdfFormat.N_TRIPLES,
        lenient=True,
    )
    _load(made, lines(store, base, own))
    return made


@dataclass(slots=True)
class Infer:
    """That queries of one graph look in what follows from the facts, too: by the shipped ontology and
    the user's ``own``, below this base. What was made for one query serves the next."""

    base: str
    own: Own | None = None
    _whole: ox.Store | None = None

    def of(self, store: ox.Store) -> tuple[ox.Store, dict[str, Any]]:
        """The store to ask and the graphs that are one for the query. Raises as `together`."""
        if self._whole is None:
            self._whole = together(store, self.base, self.own)
        return self._whole, {"default_graph": [SAID, INFERRED]}


@contextmanager
def following(folder: Path, base: str) -> Iterator[Iterable[Inferred]]:
    """What a reader is shown of what follows in a store on the disk, if it was written with that."""
    store = ox.Store.read_only(str(folder))
    yield Inferences(store, store, base).telling() if has_inferred(store) else ()


# --- back to values ----------------------------------------------------------------------------


class Inferences:
    """Reads what follows from a graph, from the store that has it (`beside`)."""

    def __init__(self, store: ox.Store, found: ox.Store, base: str) -> None:
        self._store, self._found = store, found
        self._reading = Reading(store, base)
        self._inference = lru_cache(maxsize=20_000)(self._read)

    def all(self) -> Iterator[Inferred]:
        """All that follows, sorted by subject, relation and object."""
        quads = self._found.quads_for_pattern(None, _A, term(f"{KG}Inference"), INFERRED)
        yield from self._sorted(quad.subject for quad in quads)

    def telling(self, things: Iterable[str] | None = None) -> Iterator[Inferred]:
        """The same but that something is of a class above its own: what a reader is shown. Of all,
        or where one of these things (IRIs) is the subject."""
        rule, above = term(f"{KG}rule"), ox.Literal("subclass")
        if things is None:
            found = self._found.quads_for_pattern(None, rule, None, INFERRED)
            yield from self._sorted(quad.subject for quad in found if quad.object != above)
            return
        start = term(f"{KG}inferredSubject")
        nodes = {
            quad.subject
            for thing in things
            for quad in self._found.quads_for_pattern(None, start, ox.NamedNode(thing), INFERRED)
        }
        told = (n for n in nodes if ox.Quad(n, rule, above, INFERRED) not in self._found)
        yield from self._sorted(told)

    def about(self, things: Iterable[str]) -> Iterator[Inferred]:
        """What follows with one of these things (IRIs) as subject or object."""
        found: set[object] = set()
        for thing in things:
            for end in (f"{KG}inferredSubject", f"{KG}inferredObject"):
                node = ox.NamedNode(thing)
                quads = self._found.quads_for_pattern(None, term(end), node, INFERRED)
                found.update(quad.subject for quad in quads)
        yield from self._sorted(found)

    def lines(self) -> Iterator[str]:
        """The same as lines of N-Triples: each fact, and the ``kg:Inference`` that tells why it is one."""
        yield from _dumped(self._found)

    def _sorted(self, nodes: Iterable[object]) -> Iterator[Inferred]:
        found = (self._inference(_part(node)) for node in nodes)
        yield from sorted(found, key=_order)

    def _read(self, iri: str) -> Inferred:
        values: defaultdict[str, list[ox.NamedNode | ox.Literal]] = defaultdict(list)
        for quad in self._found.quads_for_pattern(ox.NamedNode(iri), None, None, INFERRED):
            if isinstance(quad.object, ox.NamedNode | ox.Literal):
                values[quad.predicate.value].append(quad.object)
        relation = values[f"{KG}inferredRelation"][0].value
        target = values[f"{KG}inferredObject"][0]
        sources = [self._source(node.value) for node in values[f"{PROV}wasDerivedFrom"]]
        subject = self._reading.node(values[f"{KG}inferredSubject"][0].value)
        found = Inferred(
            iri,
            subject,
            Relation(relation, "is a" if relation == TYPE else self._label(relation)),
            self._object(target, of_class=relation == TYPE),
            values[f"{KG}rule"][0].value,
            _in_a_row(subject.id, sources),
        )
        if f"{KG}isDisputed" not in values:
            return found
        return replace(found, disputed=True, denials=tuple(self._denials(found)))

    def _denials(self, found: Inferred) -> list[Statement]:
        """The statements that deny a fact or what it follows from, sorted by IRI."""
        denials: dict[str, Statement] = {}
        for told in (found, *found.follows_from):
            if isinstance(told, Inferred):
                denials |= {denial.id: denial for denial in told.denials}
            if isinstance(told, Node):
                continue
            subject = ox.NamedNode(told.subject.id)
            for quad in self._store.quads_for_pattern(None, term(f"{RDF}subject"), subject, SAID):
                statement = self._reading.statement(_part(quad.subject))
                if _denies(statement, told):
                    denials[statement.id] = statement
        return [denials[iri] for iri in sorted(denials)]

    def _object(self, target: ox.NamedNode | ox.Literal, *, of_class: bool) -> Node | Literal:
        if isinstance(target, ox.Literal):
            return Literal(target.value, target.datatype.value, target.value)
        if of_class:
            return Node(target.value, self._label(target.value), "Class")
        return self._reading.node(target.value)

    def _label(self, iri: str) -> str:
        """The label of a term, also of one that no article made the graph declare."""
        for store, graph in ((self._store, SAID), (self._found, INFERRED)):
            quads = store.quads_for_pattern(ox.NamedNode(iri), LABEL, None, graph)
            if found := [q.object.value for q in quads if isinstance(q.object, ox.Literal)]:
                return min(found)
        return re.split("[#/]", iri)[-1]

    def _source(self, iri: str) -> Statement | Inferred | Node:
        if "/inference/" in iri:
            return self._inference(iri)
        if "/statement/" in iri:
            return self._reading.statement(iri)
        return self._reading.node(iri)


def _denies(statement: Statement, told: Statement | Inferred) -> bool:
    if statement.status != "denied" and statement.polarity != "negative":
        return False
    return statement.predicate.id == told.predicate.id and _value(statement) == _value(told)


def _value(told: Statement | Inferred) -> str:
    target = told.object
    return target.value if isinstance(target, Literal) else getattr(target, "id", "")


def _order(found: Inferred) -> tuple[str, str, str, str]:
    target = found.object
    label = target.label
    return found.subject.label, found.predicate.label, label, found.id


def _in_a_row(
    start: str, sources: Iterable[Statement | Inferred | Node]
) -> tuple[Statement | Inferred | Node, ...]:
    """Premises in the order in which they are joined: each begins where one before it ends."""
    left = sorted(sources, key=lambda source: source.id)
    row: list[Statement | Inferred | Node] = []
    at = {start}
    while left:
        found = [s for s in left if isinstance(s, Node) or s.subject.id in at] or left[:1]
        row += found
        left = [source for source in left if source not in found]
        at = {end for s in found if (end := getattr(getattr(s, "object", None), "id", ""))}
    return tuple(row)
