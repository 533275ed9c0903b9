"""Entities, statements, events and articles to RDF: facts, statements, evidence.

Three layers, all in the default graph (see ``docs/architecture.md``): the fact that people query,
the statement that tells its status and who says so, the evidence that leads to the words. An event
is made of statements and points to them. There are no blank nodes: every IRI comes from content, so
the same graph is the same triples.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator

import pyoxigraph as ox

from kg.graph.literals import canonical, clean
from kg.graph.ontology import Term, load_ontology
from kg.graph.vocab import (
    DCTERMS,
    KG,
    LABEL,
    OA,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SCHEMA_TYPES,
    SEM,
    SKOS,
    TYPE,
    XSD,
    article_iri,
    expand,
    term,
)
from kg.model import (
    Article,
    Entity,
    Event,
    Evidence,
    Literal,
    Node,
    Quotation,
    Statement,
    StatementArgument,
)

Triple = ox.Triple
_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
)
_DECIMAL = term(f"{XSD}decimal")
_INTEGER = term(f"{XSD}integer")
_BOOLEAN = term(f"{XSD}boolean")


class Mapper:
    """Maps values of `kg.model` to triples, under one base IRI.

    ``fact_statuses`` are the statuses that make a statement a fact (setting ``graph.assert``).
    A mapper remembers the classes and relations it met; `vocabulary` declares them.
    """

    def __init__(self, base: str, fact_statuses: Collection[str] = ("asserted",)) -> None:
        self.base = base
        self.fact_statuses = frozenset(fact_statuses)
        self._classes: set[str] = set()
        self._relations: dict[str, str] = {}
        self._roles: set[str] = set()

    def article(self, article: Article) -> Iterator[Triple]:
        """A ``schema:NewsArticle`` with its text, which the offsets of evidence count in."""
        node = self.article_node(article.id)
        yield Triple(node, TYPE, term(f"{SCHEMA}NewsArticle"))
        yield _text(node, f"{DCTERMS}source", article.source)
        yield _text(node, f"{DCTERMS}identifier", article.id)
        yield _text(node, f"{SCHEMA}articleBody", article.text)
        yield _text(node, f"{SCHEMA}inLanguage", article.language)
        if article.title is not None:
            yield _text(node, f"{SCHEMA}headline", article.title)
        if article.date is not None:
            yield Triple(node, term(f"{SCHEMA}datePublished"), _date(article.date))
        if article.publisher is not None:
            yield _text(node, f"{SCHEMA}publisher", article.publisher)
        if article.url is not None:
            yield Triple(
                node,
                term(f"{SCHEMA}url"),
                ox.Literal(clean(article.url), datatype=term(f"{XSD}anyURI")),
            )
        for author in article.authors:
            yield _text(node, f"{SCHEMA}author", author)
        if len(article.authors) > 1:  # RDF has no order of its own
            yield _text(node, f"{KG}byline", json.dumps(article.authors, ensure_ascii=False))
        if article.blocks:
            plain = [[block.kind, block.start, block.end] for block in article.blocks]
            yield _text(node, f"{KG}blocks", json.dumps(plain, separators=(",", ":")))

    def entity(self, entity: Entity) -> Iterator[Triple]:
        """An entity with its classes, names, the articles that speak of it, and why it is one."""
        node = ox.NamedNode(entity.id)
        self._classes.add(entity.type)
        yield from _types(node, entity.type)
        yield _text(node, f"{RDFS}label", entity.label)
        for alias in entity.aliases:
            yield _text(node, f"{SKOS}altLabel", alias)
        yield Triple(
            node,
            term(f"{KG}named"),
            ox.Literal("true" if entity.named else "false", datatype=_BOOLEAN),
        )
        for article in entity.articles:
            yield Triple(node, term(f"{KG}mentionedIn"), self.article_node(article))
        if _alone(entity):
            yield _text(node, f"{KG}sameNameReason", _ALONE if entity.named else _BARE)
        for merge in entity.merges:
            key = _hash(entity.id, merge.article, merge.name, merge.reason)
            merged = ox.NamedNode(f"{self.base}merge/{key}")
            yield Triple(node, term(f"{KG}merge"), merged)
            yield Triple(merged, TYPE, term(f"{KG}Merge"))
            yield _text(merged, f"{KG}mergeName", merge.name)
            yield _text(merged, f"{KG}mergeReason", merge.reason)
            yield Triple(merged, term(f"{PROV}wasDerivedFrom"), self.article_node(merge.article))

    def statement(self, statement: Statement) -> Iterator[Triple]:
        """A statement with its evidence, and the fact if it is one."""
        node = ox.NamedNode(statement.id)
        subject = ox.NamedNode(statement.subject.id)
        predicate = ox.NamedNode(statement.predicate.id)
        target = _object(statement.object)
        if statement.status in self.fact_statuses and statement.polarity == "positive":
            yield Triple(subject, predicate, target)
        self._meet(statement)
        yield Triple(node, TYPE, term(f"{KG}Statement"))
        yield Triple(node, TYPE, term(f"{RDF}Statement"))
        yield Triple(node, term(f"{RDF}subject"), subject)
        yield Triple(node, term(f"{RDF}predicate"), predicate)
        yield Triple(node, term(f"{RDF}object"), target)
        yield Triple(node, term(f"{KG}status"), term(KG + statement.status.capitalize()))
        yield Triple(node, term(f"{KG}polarity"), term(KG + statement.polarity.capitalize()))
        yield _decimal(node, f"{KG}certainty", statement.certainty)
        yield _decimal(node, f"{KG}confidence", statement.confidence)
        yield _whole(node, f"{KG}sourceCount", statement.source_count)
        if statement.attributed_to:
            yield Triple(node, term(f"{KG}attributedTo"), ox.NamedNode(statement.attributed_to.id))
        for name in ("sourcing", "time", "place"):
            value = getattr(statement, name)
            if value is not None:
                yield _text(node, KG + name, value)
        yield from self._arguments(statement.id, statement.arguments)
        match statement.object:
            case Literal() as literal:
                yield _text(node, f"{KG}objectLabel", literal.label)
                yield from _written(node, literal.value, literal.datatype)
                if literal.unit is not None:
                    yield _text(node, f"{KG}unit", literal.unit)
            case Quotation() as quotation:
                yield from self._quotation(quotation, statement.evidence)
        for evidence in statement.evidence:
            yield Triple(node, term(f"{PROV}wasDerivedFrom"), ox.NamedNode(evidence.id))
            yield from self._evidence(evidence)

    def event(self, event: Event) -> Iterator[Triple]:
        """An event with its participants by role, and the statements and words that tell of it.

        Only an event whose status makes facts is an instance of its class of event: what is
        planned or claimed has ``kg:eventType`` alone, so that no query takes it for one.
        """
        node = ox.NamedNode(event.id)
        self._classes.add(event.type)
        yield Triple(node, TYPE, term(f"{KG}EventRecord"))
        yield Triple(node, TYPE, term(f"{SEM}Event"))
        yield Triple(node, term(f"{KG}eventType"), term(KG + event.type))
        if event.status in self.fact_statuses:
            yield Triple(node, TYPE, term(KG + event.type))
            yield Triple(node, TYPE, term(f"{SCHEMA}Event"))
        yield _text(node, f"{RDFS}label", event.label)
        yield Triple(node, term(f"{KG}status"), term(KG + event.status.capitalize()))
        yield _whole(node, f"{KG}sourceCount", event.source_count)
        if event.attributed_to:
            yield Triple(node, term(f"{KG}attributedTo"), ox.NamedNode(event.attributed_to.id))
        for participant in event.participants:
            self._roles.add(participant.role)
            who = ox.NamedNode(participant.entity)
            yield Triple(node, term(KG + participant.role), who)
            yield Triple(node, term(f"{KG}participant"), who)
        if event.time is not None:
            yield _text(node, f"{KG}time", event.time)
            if any(pattern.fullmatch(event.time) for pattern, _ in _DATES):
                yield Triple(node, term(f"{SCHEMA}startDate"), _date(event.time))
        for place in event.places:
            yield _text(node, f"{KG}place", place.label)
            if place.entity:
                yield Triple(node, term(f"{SCHEMA}location"), ox.NamedNode(place.entity))
        yield from self._arguments(event.id, (*event.places, *event.amounts))
        for iri in event.statements:
            yield Triple(node, term(f"{KG}madeOf"), ox.NamedNode(iri))
        for iri in event.evidence:
            yield Triple(node, term(f"{PROV}wasDerivedFrom"), ox.NamedNode(iri))

    def _meet(self, statement: Statement) -> None:
        """Remember the relation: one label an IRI, else each row of a query comes twice."""
        iri, label = statement.predicate.id, statement.predicate.label
        known = self._relations.get(iri)
        self._relations[iri] = label if known is None else min(known, label)
        if isinstance(statement.object, Node):
            self._classes.add(statement.object.type)

    def vocabulary(self) -> Iterator[Triple]:
        """The classes and relations met so far, with labels and all that is above them, so that
        the graph explains itself: ``?x a/rdfs:subClassOf* kg:Product`` needs no other file."""
        ontology = load_ontology()
        classes = {c for name in self._classes for c in (name, *ontology.above(name))}
        for name in sorted(classes):
            yield from self._declare(name, ontology.terms.get(name), f"{OWL}Class", "subClassOf")
        relations = dict(self._relations)
        if self._roles:
            relations |= {KG + name: name for name in (*self._roles, "participant")}
        for iri in self._relations:
            for name in ontology.above(iri.removeprefix(KG) if iri.startswith(KG) else "relatedTo"):
                relations.setdefault(KG + name, name)
            if not iri.startswith(KG):
                relations.setdefault(f"{KG}relatedTo", "related to")
        for iri, label in sorted(relations.items()):
            if iri.startswith(KG):
                name = iri.removeprefix(KG)
                entry = ontology.terms.get(name)
                yield from self._declare(
                    name, entry, f"{RDF}Property", "subPropertyOf", fallback=label
                )
            else:
                node = ox.NamedNode(iri)
                yield Triple(node, TYPE, term(f"{RDF}Property"))
                yield Triple(node, term(f"{RDFS}subPropertyOf"), term(f"{KG}relatedTo"))
                yield _text(node, f"{RDFS}label", label)

    def _declare(
        self, name: str, entry: Term | None, kind: str, above: str, *, fallback: str = ""
    ) -> Iterator[Triple]:
        node = ox.NamedNode(KG + name)
        yield Triple(node, TYPE, term(kind))
        yield _text(node, f"{RDFS}label", entry.label if entry else fallback or name)
        for parent in entry.parents if entry else ():
            yield Triple(node, term(RDFS + above), term(KG + parent))

    def _arguments(self, owner: str, arguments: Iterable[StatementArgument]) -> Iterator[Triple]:
        node = ox.NamedNode(owner)
        for argument in arguments:
            key = _hash(
                owner,
                argument.role,
                argument.label,
                argument.value,
                argument.datatype,
                argument.entity,
            )
            part = ox.NamedNode(f"{self.base}argument/{key}")
            yield Triple(node, term(f"{KG}argument"), part)
            yield Triple(part, TYPE, term(f"{KG}Argument"))
            yield _text(part, f"{KG}role", argument.role)
            yield _text(part, f"{RDFS}label", argument.label)
            if argument.value is not None:
                yield Triple(part, term(f"{RDF}value"), _typed(argument.value, argument.datatype))
                yield from _written(part, argument.value, argument.datatype)
            if argument.entity:
                yield Triple(part, term(f"{KG}entity"), ox.NamedNode(argument.entity))
            for evidence in argument.evidence:
                yield Triple(part, term(f"{PROV}wasDerivedFrom"), ox.NamedNode(evidence))

    def _quotation(self, quotation: Quotation, evidence: tuple[Evidence, ...]) -> Iterator[Triple]:
        node = ox.NamedNode(quotation.id)
        yield Triple(node, TYPE, term(f"{KG}Quotation"))
        yield Triple(node, TYPE, term(f"{SCHEMA}Quotation"))
        yield _text(node, f"{SCHEMA}text", quotation.text)
        yield Triple(node, term(f"{KG}speech"), term(KG + quotation.speech.capitalize()))
        yield _whole(node, f"{OA}start", quotation.start)
        yield _whole(node, f"{OA}end", quotation.end)
        if quotation.cue is not None:
            yield _text(node, f"{KG}cue", quotation.cue)
        for about in quotation.about:
            yield Triple(node, term(f"{KG}about"), ox.NamedNode(about))
        for piece in evidence:
            yield Triple(node, term(f"{PROV}wasDerivedFrom"), ox.NamedNode(piece.id))

    def _evidence(self, evidence: Evidence) -> Iterator[Triple]:
        node = ox.NamedNode(evidence.id)
        words = ox.NamedNode(f"{evidence.id}/words")
        place = ox.NamedNode(f"{evidence.id}/place")
        maker = ox.NamedNode(f"{self.base}extractor/{_slug(evidence.extractor)}")
        selector = term(f"{OA}hasSelector")
        yield Triple(node, TYPE, term(f"{KG}Evidence"))
        yield Triple(node, TYPE, term(f"{OA}SpecificResource"))
        yield Triple(node, term(f"{OA}hasSource"), self.article_node(evidence.article))
        yield Triple(node, selector, words)
        yield Triple(words, TYPE, term(f"{OA}TextQuoteSelector"))
        yield _text(words, f"{OA}exact", evidence.text)
        yield Triple(node, selector, place)
        yield Triple(place, TYPE, term(f"{OA}TextPositionSelector"))
        yield _whole(place, f"{OA}start", evidence.start)
        yield _whole(place, f"{OA}end", evidence.end)
        yield _text(node, f"{KG}subjectText", evidence.subject_text)
        yield _text(node, f"{KG}predicateText", evidence.predicate_text)
        yield _text(node, f"{KG}objectText", evidence.object_text)
        yield _text(node, f"{KG}block", evidence.block)
        yield Triple(node, term(f"{PROV}wasGeneratedBy"), maker)
        yield Triple(maker, TYPE, term(f"{PROV}Activity"))
        yield Triple(maker, LABEL, ox.Literal(evidence.extractor))
        yield _text(maker, f"{SCHEMA}softwareVersion", _version())

    def article_node(self, key: str) -> ox.NamedNode:
        """The IRI of an article by its id."""
        return ox.NamedNode(article_iri(self.base, key))


def _version() -> str:
    from kg import __version__

    return __version__


def _types(node: ox.NamedNode, kind: str) -> Iterator[Triple]:
    yield Triple(node, TYPE, term(KG + kind))
    if kind in SCHEMA_TYPES:
        yield Triple(node, TYPE, term(SCHEMA + SCHEMA_TYPES[kind]))
    if kind == "Topic":
        yield Triple(node, TYPE, term(f"{SKOS}Concept"))


def _object(value: Node | Literal | Quotation | str) -> ox.NamedNode | ox.Literal:
    match value:
        case str():
            return ox.NamedNode(value)
        case Literal():
            return _typed(value.value, value.datatype)
        case _:
            return ox.NamedNode(value.id)


def _typed(value: str, datatype: str | None) -> ox.Literal:
    if not datatype or datatype == "xsd:string":
        return ox.Literal(clean(value))
    try:
        return ox.Literal(clean(value), datatype=term(expand(datatype)))
    except ValueError:  # the datatype is no IRI
        return ox.Literal(clean(value))


def _written(node: ox.NamedNode, value: str, datatype: str | None) -> Iterator[Triple]:
    """The value as it was written, where the store would give back another spelling."""
    if datatype and datatype != "xsd:string" and not canonical(value, expand(datatype)):
        yield _text(node, f"{KG}written", value)


_ALONE = "a name of one word joins no people of two articles"
_BARE = "a bare noun after 'the' means another thing in another article"


def _alone(entity: Entity) -> bool:
    """Whether an entity has its article's id in its name: a surname alone, told nowhere in full,
    or a bare noun that stands for something of its article ("the company")."""
    return (
        (entity.type == "Person" or not entity.named)
        and len(entity.articles) == 1
        and f"_{entity.articles[0][:8]}" in entity.id
    )


def _text(node: ox.NamedNode, predicate: str, value: str) -> Triple:
    return Triple(node, term(predicate), ox.Literal(clean(value)))


def _whole(node: ox.NamedNode, predicate: str, value: int) -> Triple:
    return Triple(node, term(predicate), ox.Literal(str(value), datatype=_INTEGER))


def _decimal(node: ox.NamedNode, predicate: str, value: float) -> Triple:
    plain = f"{value:.4f}".rstrip("0").rstrip(".")
    return Triple(node, term(predicate), ox.Literal(plain, datatype=_DECIMAL))


def _date(value: str) -> ox.Literal:
    for pattern, name in _DATES:
        if pattern.fullmatch(value):
            return ox.Literal(value, datatype=term(XSD + name))
    return ox.Literal(value)


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", name) or "_"


def _hash(*parts: str | None) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:16]
