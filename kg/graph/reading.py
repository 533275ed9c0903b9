"""The graph back to values of `kg.model`: the exact inverse of `kg.graph.mapping`."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from urllib.parse import unquote

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.ontology import participant_roles
from kg.graph.vocab import (
    DCTERMS,
    KG,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    SAID,
    SCHEMA,
    SKOS,
    TYPE,
    article_iri,
    compact,
    term,
)
from kg.model import (
    Article,
    Block,
    Corrected,
    Correction,
    Entity,
    Event,
    Evidence,
    Literal,
    Merge,
    Near,
    Node,
    Participant,
    Quotation,
    Relation,
    Statement,
    StatementArgument,
)
from kg.results import from_plain

_Values = dict[str, list[ox.NamedNode | ox.Literal]]
_VALUES = (ox.NamedNode, ox.Literal)  # made once: a union of types is made at each look
_LABEL, _SOURCE = term(f"{RDFS}label"), term(f"{DCTERMS}source")
_SALIENCE = term(f"{KG}salience")
_ENTITY_TYPE = term(f"{KG}entityType")
#: What a node is read from.
_NODE = (_LABEL, TYPE, term(f"{SKOS}altLabel"))


class Reading:
    """Reads entities, statements and articles from a store, one after the other."""

    def __init__(self, store: ox.Store, base: str) -> None:
        self._store = store
        self._base = base
        self._node = lru_cache(maxsize=20_000)(self._read_node)
        self._relation = lru_cache(maxsize=2_000)(self._read_relation)
        self._source = lru_cache(maxsize=2_000)(self._read_source)
        self._told_in = lru_cache(maxsize=100_000)(self._read_told_in)
        self._extractor = lru_cache(maxsize=100)(self._read_label)

    def articles(self) -> Iterator[Article]:
        """All articles, sorted by IRI."""
        yield from map(self.article, self._instances(f"{SCHEMA}NewsArticle"))

    def article(self, iri: str) -> Article:
        """One article, by its IRI."""
        values = self._values(iri)
        plain = json.loads(_one(values, f"{KG}blocks") or "[]")
        return Article(
            id=_one(values, f"{DCTERMS}identifier") or "",
            source=_one(values, f"{DCTERMS}source") or "",
            text=_one(values, f"{SCHEMA}articleBody") or "",
            title=_one(values, f"{SCHEMA}headline"),
            date=_one(values, f"{SCHEMA}datePublished"),
            publisher=_one(values, f"{SCHEMA}publisher"),
            url=_one(values, f"{SCHEMA}url"),
            authors=tuple(json.loads(_one(values, f"{KG}byline") or "[]"))
            or _all(values, f"{SCHEMA}author"),
            language=_one(values, f"{SCHEMA}inLanguage") or "en",
            blocks=tuple(Block(*parts) for parts in plain),
            partial=(_one(values, f"{KG}completeness") or "").removeprefix("partial: ") or None,
        )

    def entities(self) -> Iterator[Entity]:
        """All entities, sorted by IRI."""
        named = self._store.quads_for_pattern(None, term(f"{KG}named"), None)
        for iri in sorted({_iri(quad.subject) for quad in named}):
            yield self.entity(iri)

    def entity(self, iri: str) -> Entity:
        """One entity. Raises `GraphError` when there is none of that IRI."""
        values = self._values(iri)
        if f"{KG}named" not in values:
            raise GraphError(f"no entity {iri}")
        merges = []
        for merge in _all(values, f"{KG}merge"):
            parts = self._values(merge)
            merges.append(
                Merge(
                    article=self._article_id(_one(parts, f"{PROV}wasDerivedFrom") or ""),
                    name=_one(parts, f"{KG}mergeName") or "",
                    reason=_one(parts, f"{KG}mergeReason") or "",
                )
            )
        replaced = self._store.quads_for_pattern(
            None, term(f"{DCTERMS}isReplacedBy"), ox.NamedNode(iri)
        )
        return Entity(
            id=iri,
            label=_one(values, f"{RDFS}label") or "",
            type=_kind(values),
            aliases=_all(values, f"{SKOS}altLabel"),
            articles=tuple(map(self._article_id, _all(values, f"{KG}mentionedIn"))),
            named=_one(values, f"{KG}named") == "true",
            merges=tuple(sorted(merges, key=lambda m: (m.article, m.name, m.reason))),
            replaces=tuple(sorted(_iri(quad.subject) for quad in replaced)),
            same_as=_all(values, f"{OWL}sameAs"),
            corrections=self._corrections(values),
            near=self._near(iri),
        )

    def _near(self, iri: str) -> tuple[Near, ...]:
        links = self._store.quads_for_pattern(None, term(f"{KG}linked"), ox.NamedNode(iri))
        told = (self._values(_iri(quad.subject)) for quad in links)
        found = [
            Near(
                _one(v, f"{KG}linkedTo") or "",
                float(_one(v, f"{KG}linkScore") or 0),
                _one(v, f"{KG}linkReason") or "",
            )
            for v in told
        ]
        return tuple(sorted(found, key=lambda near: (-near.score, near.id)))

    def node(self, iri: str) -> Node:
        """A thing as an end of a statement shows it."""
        return self._node(iri)

    def corrections(self) -> Iterator[Corrected]:
        """What became of each correction, sorted by id."""
        for iri in self._instances(f"{KG}Correction"):
            values = self._values(iri)
            line = json.loads(_one(values, f"{KG}correctionLine") or "{}")
            revised = []
            for old in _all(values, f"{PROV}used"):
                quads = self._store.quads_for_pattern(
                    None, term(f"{PROV}wasRevisionOf"), ox.NamedNode(old)
                )
                made = [_iri(quad.subject) for quad in quads]
                own = [n for n in made if iri in _all(self._values(n), f"{PROV}wasGeneratedBy")]
                revised += [(old, new) for new in own or [""]]
            yield Corrected(
                from_plain(Correction, line),
                _one(values, f"{KG}correctionState") or "applied",  # type: ignore[arg-type]
                _one(values, f"{KG}correctionNote") or "",
                _all(values, f"{KG}concerns"),
                tuple(sorted(revised)),
                _one(values, f"{RDFS}label") or "",
            )

    def source(self, article: str) -> str:
        """Where an article, by its id, came from; empty for one that is not there."""
        return self._source(article_iri(self._base, article))

    def _corrections(self, values: _Values) -> tuple[str, ...]:
        found = _all(values, f"{KG}correctedBy")
        return tuple(iri.removeprefix(f"{self._base}correction/") for iri in found)

    def statements(self) -> Iterator[Statement]:
        """All statements with their evidence, sorted by IRI."""
        for iri in self._instances(f"{KG}Statement"):
            yield self.statement(iri)

    def statements_of(self, predicates: Iterable[str]) -> Iterator[Statement]:
        """The statements with these predicates, by IRI, sorted by IRI."""
        found = {
            _iri(quad.subject)
            for predicate in predicates
            for quad in self._store.quads_for_pattern(
                None, term(f"{RDF}predicate"), term(predicate)
            )
        }
        return map(self.statement, sorted(found))

    def statement(self, iri: str, places: Collection[str] | None = None) -> Statement:
        """One statement; of what it was derived from only these ``places`` where they are given (a
        statement of many articles has thousands). Raises `GraphError` when there is none of that IRI."""
        values = self._values(iri)
        if f"{RDF}subject" not in values:
            raise GraphError(f"no statement {iri}")
        status = _local(values[f"{KG}status"][0]).casefold()
        polarity = _local(values[f"{KG}polarity"][0]).casefold()
        attributed = _one(values, f"{KG}attributedTo")
        derived = _all(values, f"{PROV}wasDerivedFrom") if places is None else places
        evidence = [self._evidence(piece) for piece in derived]
        return Statement(
            id=iri,
            subject=self._node(_one(values, f"{RDF}subject") or ""),
            predicate=self._relation(_one(values, f"{RDF}predicate") or ""),
            object=self._object(values),
            status=status,  # type: ignore[arg-type]
            polarity=polarity,  # type: ignore[arg-type]
            certainty=float(_one(values, f"{KG}certainty") or 1),
            confidence=float(_one(values, f"{KG}confidence") or 1),
            salience=_salience(values),
            attributed_to=self._node(attributed) if attributed else None,
            sourcing=_one(values, f"{KG}sourcing"),
            time=_one(values, f"{KG}time"),
            place=_one(values, f"{KG}place"),
            arguments=self._arguments(_all(values, f"{KG}argument")),
            source_count=int(_one(values, f"{KG}sourceCount") or 1),
            evidence=tuple(sorted(evidence, key=lambda e: (e.article, e.start, e.end, e.id))),
            unchecked=_one(values, f"{KG}review") == f"{KG}Unchecked",
            confirmed=_one(values, f"{KG}isConfirmed") == "true",
            corrections=self._corrections(values),
        )

    def relation(self, iri: str) -> Relation:
        """The relation of a statement, read alone; one without a name where there is no such statement."""
        predicate = term(f"{RDF}predicate")
        quads = self._store.quads_for_pattern(ox.NamedNode(iri), predicate, None, SAID)
        return self._relation(next((_iri(quad.object) for quad in quads), ""))

    def salience(self, iri: str) -> float:
        """How telling a statement is, read alone."""
        return _salience(self._some(iri, (_SALIENCE,)))

    def wording(self, iri: str) -> tuple[str, tuple[str, ...]]:
        """The status of a statement, and the words that tell it: those of its object, arguments and passages. Of
        what reading all of it takes that is a part."""
        values = self._values(iri)
        target = self._object(values)
        own = (target.label,) if isinstance(target, Node | Literal) else ()
        said = (self._values(f"{one}/words") for one in _all(values, f"{PROV}wasDerivedFrom"))
        passages = (_one(words, f"{OA}exact") or "" for words in said)
        arguments = (a.label for a in self._arguments(_all(values, f"{KG}argument")))
        return _local(values[f"{KG}status"][0]).casefold(), (*own, *arguments, *passages)

    def told_in(self, iri: str) -> frozenset[str]:
        """The articles, by IRI, that tell of a statement; they are read alone, and once."""
        return self._told_in(iri)

    def _read_told_in(self, iri: str) -> frozenset[str]:
        derived, source = term(f"{PROV}wasDerivedFrom"), term(f"{OA}hasSource")
        return frozenset(
            _iri(article.object)
            for piece in self._store.quads_for_pattern(ox.NamedNode(iri), derived, None)
            if isinstance(piece.object, ox.NamedNode)
            for article in self._store.quads_for_pattern(piece.object, source, None)
        )

    def speaker_of(self, iri: str) -> str:
        """Who a statement is attributed to, by IRI, read alone; "" for nobody."""
        speaker, one = term(f"{KG}attributedTo"), ox.NamedNode(iri)
        return next((_iri(q.object) for q in self._store.quads_for_pattern(one, speaker, None)), "")

    def events(self) -> Iterator[Event]:
        """All events, sorted by IRI."""
        for iri in self._instances(f"{KG}EventRecord"):
            yield self.event(iri)

    def event(self, iri: str) -> Event:
        """One event. Raises `GraphError` when there is none of that IRI."""
        values = self._values(iri)
        if f"{KG}eventType" not in values:
            raise GraphError(f"no event {iri}")
        attributed = _one(values, f"{KG}attributedTo")
        taking = [
            Participant(predicate.removeprefix(KG), node, self._node(node).label)
            for predicate in values
            if predicate.startswith(KG) and predicate.removeprefix(KG) in participant_roles()
            for node in _all(values, predicate)
        ]
        arguments = self._arguments(_all(values, f"{KG}argument"))
        return Event(
            id=iri,
            type=_local(values[f"{KG}eventType"][0]),
            label=_one(values, f"{RDFS}label") or "",
            status=_local(values[f"{KG}status"][0]).casefold(),  # type: ignore[arg-type]
            participants=tuple(sorted(taking, key=lambda p: (p.role, p.label, p.entity))),
            statements=_all(values, f"{KG}madeOf"),
            evidence=_all(values, f"{PROV}wasDerivedFrom"),
            time=_one(values, f"{KG}time"),
            places=tuple(a for a in arguments if a.role == "place"),
            amounts=tuple(a for a in arguments if a.role != "place"),
            attributed_to=self._node(attributed) if attributed else None,
            source_count=int(_one(values, f"{KG}sourceCount") or 1),
        )

    def _object(self, values: _Values) -> Node | Literal | Quotation | str:
        value = values[f"{RDF}object"][0]
        if isinstance(value, ox.Literal):
            return Literal(
                value=_either(_one(values, f"{KG}written"), value.value),
                datatype=compact(value.datatype.value),
                label=_either(_one(values, f"{KG}objectLabel"), value.value),
                unit=_one(values, f"{KG}unit"),
            )
        if value.value.startswith(f"{self._base}statement/"):
            return value.value
        if value.value.startswith(f"{self._base}quote/"):
            return self._quotation(value.value)
        return self._node(value.value)

    def _quotation(self, iri: str) -> Quotation:
        values = self._values(iri)
        return Quotation(
            id=iri,
            text=_one(values, f"{SCHEMA}text") or "",
            speech=_local(values[f"{KG}speech"][0]).casefold(),  # type: ignore[arg-type]
            cue=_one(values, f"{KG}cue"),
            start=int(_one(values, f"{OA}start") or 0),
            end=int(_one(values, f"{OA}end") or 0),
            about=_all(values, f"{KG}about"),
        )

    def _arguments(self, iris: tuple[str, ...]) -> tuple[StatementArgument, ...]:
        found = []
        for iri in iris:
            values = self._values(iri)
            value = next(iter(values.get(f"{RDF}value", ())), None)
            plain = kind = None
            if isinstance(value, ox.Literal):
                plain = _either(_one(values, f"{KG}written"), value.value)
                kind = compact(value.datatype.value)
            found.append(
                StatementArgument(
                    role=_one(values, f"{KG}role") or "",
                    label=_one(values, f"{RDFS}label") or "",
                    value=plain,
                    datatype=kind if kind != "xsd:string" else None,
                    entity=_one(values, f"{KG}entity"),
                    evidence=_all(values, f"{PROV}wasDerivedFrom"),
                    unit=_one(values, f"{KG}unit"),
                )
            )
        return tuple(
            sorted(
                found,
                key=lambda a: (a.role, a.label, a.value or "", a.datatype or "", a.entity or ""),
            )
        )

    def _evidence(self, iri: str) -> Evidence:
        values = self._values(iri)
        words = self._values(f"{iri}/words")
        place = self._values(f"{iri}/place")
        article = _one(values, f"{OA}hasSource") or ""
        return Evidence(
            id=iri,
            article=self._article_id(article),
            source=self._source(article),
            start=int(_one(place, f"{OA}start") or 0),
            end=int(_one(place, f"{OA}end") or 0),
            text=_one(words, f"{OA}exact") or "",
            subject_text=_one(values, f"{KG}subjectText") or "",
            predicate_text=_one(values, f"{KG}predicateText") or "",
            object_text=_one(values, f"{KG}objectText") or "",
            extractor=self._extractor(_one(values, f"{PROV}wasGeneratedBy") or ""),
            block=_one(values, f"{KG}block") or "paragraph",  # type: ignore[arg-type]
        )

    def _read_node(self, iri: str) -> Node:
        if iri == f"{KG}UnknownSpeaker":
            return Node(iri, "unknown speaker", "Thing")
        values = self._some(iri, _NODE)  # a country's own triples are thousands
        if not any(kind.value.startswith(KG) for kind in values.get(TYPE.value, ())):
            values |= self._some(iri, (_ENTITY_TYPE,))  # of a user's ontology alone
        return Node(
            id=iri,
            label=_one(values, f"{RDFS}label") or iri.rpartition("/")[2],
            type=_kind(values),
            aliases=_all(values, f"{SKOS}altLabel"),
        )

    def _read_relation(self, iri: str) -> Relation:
        return Relation(iri, self._read_label(iri))

    def _read_label(self, iri: str) -> str:
        return _one(self._some(iri, (_LABEL,)), f"{RDFS}label") or iri

    def _read_source(self, iri: str) -> str:
        return _one(self._some(iri, (_SOURCE,)), f"{DCTERMS}source") or ""

    def _article_id(self, iri: str) -> str:
        return unquote(iri.removeprefix(f"{self._base}article/"))

    def _instances(self, kind: str) -> list[str]:
        quads = self._store.quads_for_pattern(None, TYPE, term(kind))
        return sorted(_iri(quad.subject) for quad in quads)

    def _some(self, iri: str, predicates: Iterable[ox.NamedNode]) -> _Values:
        """As `_values`, of these predicates alone: each is a look of its own."""
        node, values = ox.NamedNode(iri), _Values()
        for predicate in predicates:
            for quad in self._store.quads_for_pattern(node, predicate, None, SAID):
                if isinstance(value := quad.object, _VALUES):
                    values.setdefault(predicate.value, []).append(value)
        return values

    def _values(self, iri: str) -> _Values:
        values: _Values = {}
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), None, None, SAID):
            if isinstance(value := quad.object, _VALUES):
                values.setdefault(quad.predicate.value, []).append(value)
        return values


def _iri(node: object) -> str:
    return node.value if isinstance(node, ox.NamedNode) else str(node)


def _one(values: _Values, predicate: str) -> str | None:
    found = values.get(predicate)
    return min(item.value for item in found) if found else None


def _salience(values: _Values) -> float:
    return float(_one(values, _SALIENCE.value) or 0.5)


def _either(first: str | None, second: str) -> str:
    return second if first is None else first


def _all(values: _Values, predicate: str) -> tuple[str, ...]:
    return tuple(sorted(item.value for item in values.get(predicate, ())))


def _local(node: ox.NamedNode | ox.Literal) -> str:
    return node.value.rpartition("#")[2]


def _kind(values: _Values) -> str:
    if told := values.get(f"{KG}entityType"):
        return _local(told[0])
    own = [_local(item) for item in values.get(TYPE.value, ()) if item.value.startswith(KG)]
    return min(own) if own else "Thing"
