"""Entities, statements, events and articles to RDF: facts, statements, evidence.

Three layers, all in the default graph (see ``docs/architecture.md``): the fact that people query,
the statement that tells its status and who says so, the evidence that leads to the words. An event
is made of statements and points to them. There are no blank nodes: every IRI comes from content, so
the same graph is the same triples.

A triple is a line of N-Triples, its value spelled as the store will spell it: the loader reads
lines faster than it takes terms out of Python's objects, and exports sort the same lines.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import lru_cache
from json.encoder import encode_basestring_ascii
from urllib.parse import quote

import pyoxigraph as ox

from kg.compare.disagreements import questions
from kg.graph.literals import canonical, quoted, typed
from kg.graph.ontology import Ontology, Term, load_ontology
from kg.graph.units import is_currency, ucum
from kg.graph.vocab import (
    ABOUT,
    BASE,
    DCTERMS,
    FACTS,
    KG,
    OA,
    ONLY,
    OWL,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SCHEMA_TYPES,
    SEM,
    SKOS,
    XSD,
    article_iri,
    expand,
)
from kg.model import (
    BY_HAND,
    Article,
    Block,
    Corrected,
    Entity,
    Event,
    Evidence,
    Literal,
    Near,
    Node,
    Quotation,
    Statement,
    StatementArgument,
)
from kg.results import to_plain

_DATES = (
    (re.compile(r"\d{4}-\d\d-\d\d"), "date"),
    (re.compile(r"\d{4}-\d\d"), "gYearMonth"),
    (re.compile(r"\d{4}"), "gYear"),
)
_TYPE = f"<{RDF}type>"
_LABEL = f"<{RDFS}label>"
_FROM = f"<{PROV}wasDerivedFrom>"


class Mapper:
    """Maps values of `kg.model` to lines of N-Triples, under one base IRI.

    ``fact_statuses`` are the statuses that make a statement a fact (setting ``graph.assert``).
    ``ontology`` (default: the shipped one) tells what is above a class or relation.
    A mapper remembers the classes, relations and extractors it met; `vocabulary` declares them.
    An IRI that is none is a ``ValueError``.
    """

    def __init__(
        self,
        base: str,
        fact_statuses: Collection[str] = ("asserted",),
        ontology: Ontology | None = None,
    ) -> None:
        self.base = base
        self.fact_statuses = frozenset(fact_statuses)
        self._ontology = ontology or load_ontology()
        self._only = self._ontology.only
        self._classes: set[str] = set()
        self._relations: dict[str, str] = {}
        self._roles: set[str] = set()
        self._extractors: dict[str, str] = {}

    def about(self) -> Iterator[str]:
        """What the graph says of itself: its base, and which statuses make facts."""
        yield f"<{ABOUT}> {_TYPE} <{KG}Graph> ."
        yield f"<{ABOUT}> <{BASE}> {typed(self.base, f'{XSD}anyURI')} ."
        for status in sorted(self.fact_statuses):
            yield f"<{ABOUT}> <{FACTS}> <{KG}{status.capitalize()}> ."
        if self._only is not None:
            yield f'<{ABOUT}> <{ONLY}> "true"^^<{XSD}boolean> .'

    def article(self, article: Article) -> Iterator[str]:
        """A ``schema:NewsArticle`` with its text, which the offsets of evidence count in."""
        node = self.article_node(article.id)
        yield f"{node} {_TYPE} <{SCHEMA}NewsArticle> ."
        yield f"{node} <{DCTERMS}source> {quoted(article.source)} ."
        yield f"{node} <{DCTERMS}identifier> {quoted(article.id)} ."
        yield f"{node} <{SCHEMA}articleBody> {quoted(article.text)} ."
        yield f"{node} <{SCHEMA}inLanguage> {quoted(article.language)} ."
        if article.title is not None:
            yield f"{node} <{SCHEMA}headline> {quoted(article.title)} ."
        if article.date is not None:
            yield f"{node} <{SCHEMA}datePublished> {_date(article.date)} ."
        if article.publisher is not None:
            yield f"{node} <{SCHEMA}publisher> {quoted(article.publisher)} ."
        if article.url is not None:
            yield f"{node} <{SCHEMA}url> {typed(article.url, f'{XSD}anyURI')} ."
        for author in article.authors:
            yield f"{node} <{SCHEMA}author> {quoted(author)} ."
        if len(article.authors) > 1:  # RDF has no order of its own
            byline = json.dumps(article.authors, ensure_ascii=False)
            yield f"{node} <{KG}byline> {quoted(byline)} ."
        if article.partial is not None:
            yield f"{node} <{KG}completeness> {quoted(f'partial: {article.partial}')} ."
        if article.blocks:
            plain = [_told(block) for block in article.blocks]
            yield f"{node} <{KG}blocks> {quoted(json.dumps(plain, separators=(',', ':')))} ."

    def _near(self, entity: str, near: Near) -> Iterator[str]:
        """A likely link, with how likely it is."""
        key = hashlib.sha256(f"{entity}\n{near.id}".encode()).hexdigest()[:16]
        made = _node(f"{self.base}link/{key}")
        yield f"{_node(entity)} <{SKOS}closeMatch> {_node(near.id)} ."
        yield f"{made} <{RDF}type> <{KG}Link> ."
        yield f"{made} <{KG}linked> {_node(entity)} ."
        yield f"{made} <{KG}linkedTo> {_node(near.id)} ."
        yield f"{made} <{KG}linkScore> {_decimal(near.score)} ."
        if near.reason:
            yield f"{made} <{KG}linkReason> {quoted(near.reason)} ."

    def entity(self, entity: Entity) -> Iterator[str]:
        """An entity with its classes, names, the articles that speak of it, and why it is one."""
        node = _node(entity.id)
        self._classes.add(entity.type)
        yield from self._kinds(node, entity.type)
        yield f"{node} {_LABEL} {quoted(entity.label)} ."
        for alias in entity.aliases:
            yield f"{node} <{SKOS}altLabel> {quoted(alias)} ."
        named = "true" if entity.named else "false"
        yield f'{node} <{KG}named> "{named}"^^<{XSD}boolean> .'
        for article in entity.articles:
            yield f"{node} <{KG}mentionedIn> {self.article_node(article)} ."
        for correction in entity.corrections:
            yield f"{node} <{KG}correctedBy> {self.correction_node(correction)} ."
        for retired in entity.replaces:
            yield f"{_node(retired)} <{DCTERMS}isReplacedBy> {node} ."
        for address in entity.same_as:
            yield f"{node} <{OWL}sameAs> {_node(address)} ."
        for near in entity.near:
            yield from self._near(entity.id, near)
        told = entity.corrections or any(m.reason == "correction" for m in entity.merges)
        if told or _alone(entity):
            reason = _ALONE if entity.named else _BARE
            reason = _TOLD if told else reason
            yield f"{node} <{KG}sameNameReason> {quoted(reason)} ."
        for merge in entity.merges:
            key = _hash(entity.id, merge.article, merge.name, merge.reason)
            merged = _node(f"{self.base}merge/{key}")
            yield f"{node} <{KG}merge> {merged} ."
            yield f"{merged} {_TYPE} <{KG}Merge> ."
            yield f"{merged} <{KG}mergeName> {quoted(merge.name)} ."
            yield f"{merged} <{KG}mergeReason> {quoted(merge.reason)} ."
            yield f"{merged} {_FROM} {self.article_node(merge.article)} ."

    def statement(
        self,
        statement: Statement,
        arguments: Iterable[StatementArgument] | None = None,
        evidence: Collection[Evidence] | None = None,
    ) -> Iterator[str]:
        """A statement with its evidence, and the fact if it is one; with all its arguments and
        evidence, or these."""
        arguments = statement.arguments if arguments is None else arguments
        evidence = statement.evidence if evidence is None else evidence
        node = _node(statement.id)
        subject = _node(statement.subject.id)
        predicate = _node(self._ontology.relation(statement.predicate.id))
        target = _object(statement.object)
        if statement.status in self.fact_statuses and statement.polarity == "positive":
            yield from self._fact(subject, predicate, target)
        self._meet(statement)
        yield f"{node} {_TYPE} <{KG}Statement> ."
        yield f"{node} {_TYPE} <{RDF}Statement> ."
        yield f"{node} <{RDF}subject> {subject} ."
        yield f"{node} <{RDF}predicate> {predicate} ."
        yield f"{node} <{RDF}object> {target} ."
        yield f"{node} <{KG}status> <{KG}{statement.status.capitalize()}> ."
        yield f"{node} <{KG}polarity> <{KG}{statement.polarity.capitalize()}> ."
        yield f"{node} <{KG}certainty> {_decimal(statement.certainty)} ."
        yield f"{node} <{KG}confidence> {_decimal(statement.confidence)} ."
        yield f"{node} <{KG}salience> {_decimal(statement.salience)} ."
        yield f"{node} <{KG}sourceCount> {_whole(statement.source_count)} ."
        yield from self._reviewed(statement)
        if statement.attributed_to:
            yield f"{node} <{KG}attributedTo> {_node(statement.attributed_to.id)} ."
        for name in ("sourcing", "time", "place"):
            value = getattr(statement, name)
            if value is not None:
                yield f"{node} <{KG}{name}> {quoted(value)} ."
        yield from self._arguments(statement.id, arguments)
        match statement.object:
            case Literal() as literal:
                yield f"{node} <{KG}objectLabel> {quoted(literal.label)} ."
                yield from _written(node, literal.value, literal.datatype)
                yield from _unit(node, literal.unit)
            case Quotation() as quotation:
                yield from self._quotation(quotation, evidence)
            case str():  # so that a query finds these few without a look at every statement
                yield f"{target} {_TYPE} <{KG}Clause> ."
        for question in questions(statement):
            yield f"{node} <{KG}answers> {quoted(question)} ."
        for piece in evidence:
            yield f"{node} {_FROM} <{piece.id}> ."
            yield from self._evidence(piece)

    def _kinds(self, node: str, kind: str) -> Iterator[str]:
        """The classes of an entity; of the user's alone, those that ours is told in."""
        if self._only is None:
            yield from _types(node, kind)
            return
        yield f"{node} <{KG}entityType> <{KG}{kind}> ."
        for iri in self._only.classes.get(KG + kind, (f"{OWL}Thing",)):
            yield f"{node} {_TYPE} {_node(iri)} ."

    def _fact(self, subject: str, predicate: str, target: str) -> Iterator[str]:
        """The fact that a statement makes; of the user's relations alone, those it is told in."""
        if self._only is None:
            yield f"{subject} {predicate} {target} ."
            return
        for iri, turned in self._only.facts(predicate[1:-1]):
            if not turned:
                yield f"{subject} {_node(iri)} {target} ."
            elif target.startswith("<"):
                yield f"{target} {_node(iri)} {subject} ."

    def _reviewed(self, statement: Statement) -> Iterator[str]:
        """What a person said of a statement, or has yet to say."""
        node = _node(statement.id)
        if statement.unchecked:
            yield f"{node} <{KG}review> <{KG}Unchecked> ."
        if statement.confirmed:
            yield f'{node} <{KG}isConfirmed> "true"^^<{XSD}boolean> .'
        if statement.by_hand:
            yield f'{node} <{KG}byHand> "true"^^<{XSD}boolean> .'
        for correction in statement.corrections:
            yield f"{node} <{KG}correctedBy> {self.correction_node(correction)} ."

    def event(self, event: Event) -> Iterator[str]:
        """An event with its participants by role, and the statements and words that tell of it.

        Only an event whose status makes facts is an instance of its class of event: what is
        planned or claimed has ``kg:eventType`` alone, so that no query takes it for one.
        """
        node = _node(event.id)
        self._classes.add(event.type)
        yield f"{node} {_TYPE} <{KG}EventRecord> ."
        yield f"{node} {_TYPE} <{SEM}Event> ."
        yield f"{node} <{KG}eventType> <{KG}{event.type}> ."
        if event.status in self.fact_statuses:
            kinds: tuple[str, ...] = (KG + event.type, f"{SCHEMA}Event")
            if self._only is not None:
                kinds = self._only.classes.get(KG + event.type, ())
            for kind in kinds:
                yield f"{node} {_TYPE} {_node(kind)} ."
        yield f"{node} {_LABEL} {quoted(event.label)} ."
        yield f"{node} <{KG}status> <{KG}{event.status.capitalize()}> ."
        yield f"{node} <{KG}sourceCount> {_whole(event.source_count)} ."
        if event.attributed_to:
            yield f"{node} <{KG}attributedTo> {_node(event.attributed_to.id)} ."
        for participant in event.participants:
            self._roles.add(participant.role)
            who = _node(participant.entity)
            yield f"{node} <{KG}{participant.role}> {who} ."
            yield f"{node} <{KG}participant> {who} ."
        if event.time is not None:
            yield f"{node} <{KG}time> {quoted(event.time)} ."
            if any(pattern.fullmatch(event.time) for pattern, _ in _DATES):
                yield f"{node} <{SCHEMA}startDate> {_date(event.time)} ."
        for place in event.places:
            yield f"{node} <{KG}place> {quoted(place.label)} ."
            if place.entity:
                yield f"{node} <{SCHEMA}location> {_node(place.entity)} ."
        yield from self._arguments(event.id, (*event.places, *event.amounts))
        for iri in event.statements:
            yield f"{node} <{KG}madeOf> {_node(iri)} ."
        for iri in event.evidence:
            yield f"{node} {_FROM} {_node(iri)} ."

    def correction(self, corrected: Corrected) -> Iterator[str]:
        """A correction as a PROV activity: who did it, to what, of which statement came which.

        ``kg:correctionLine`` is the whole of it, as JSON.
        """
        correction = corrected.correction
        node = self.correction_node(correction.id)
        yield f"{node} {_TYPE} <{KG}Correction> ."
        yield f"{node} {_TYPE} <{PROV}Activity> ."
        yield f"{node} {_LABEL} {quoted(corrected.label)} ."
        yield f"{node} <{KG}correctionKind> {quoted(correction.what)} ."
        line = json.dumps(to_plain(correction), ensure_ascii=False)
        yield f"{node} <{KG}correctionLine> {quoted(line)} ."
        yield f"{node} <{KG}correctionState> {quoted(corrected.state)} ."
        if corrected.note:
            yield f"{node} <{KG}correctionNote> {quoted(corrected.note)} ."
        if correction.editor:
            editor = f"<{self.base}editor/{quote(correction.editor, safe='')}>"
            yield f"{node} <{PROV}wasAssociatedWith> {editor} ."
            yield f"{editor} {_TYPE} <{PROV}Agent> ."
            yield f"{editor} {_LABEL} {quoted(correction.editor)} ."
        if correction.date:
            yield f"{node} <{DCTERMS}date> {_date(correction.date)} ."
        if correction.why:
            yield f"{node} <{RDFS}comment> {quoted(correction.why)} ."
        for entity in corrected.entities:
            yield f"{node} <{KG}concerns> {_node(entity)} ."
        for old, new in corrected.revised:
            yield f"{node} <{PROV}used> {_node(old)} ."
            if new:
                yield f"{_node(new)} <{PROV}wasRevisionOf> {_node(old)} ."
                yield f"{_node(new)} <{PROV}wasGeneratedBy> {node} ."

    def correction_node(self, key: str) -> str:
        """The node of a correction by its id."""
        return f"<{self.base}correction/{key}>"

    def _meet(self, statement: Statement) -> None:
        """Remember the relation: one label an IRI, else each row of a query comes twice."""
        iri, label = statement.predicate.id, statement.predicate.label
        known = self._relations.get(iri)
        self._relations[iri] = label if known is None else min(known, label)
        if isinstance(statement.object, Node):
            self._classes.add(statement.object.type)

    def declare(
        self,
        classes: Iterable[str],
        relations: Mapping[str, str],
        roles: Iterable[str],
        extractors: Iterable[str],
    ) -> Iterator[str]:
        """What `vocabulary` gives when these were met (relations by their IRIs, with labels)."""
        other = Mapper(self.base, self.fact_statuses, self._ontology)
        other._classes, other._relations = set(classes), dict(relations)
        other._roles = set(roles)
        other._extractors = {name: other._extractor(name) for name in extractors}
        return other.vocabulary()

    def _extractor(self, name: str) -> str:
        return f"<{self.base}extractor/{_slug(name)}>"

    def vocabulary(self) -> Iterator[str]:
        """The classes and relations met so far, with labels and all that is above them, so that
        the graph explains itself: ``?x a/rdfs:subClassOf* kg:Product`` needs no other file; and the
        extractors, with the version of this software."""
        for name, maker in sorted(self._extractors.items()):
            yield f"{maker} {_TYPE} <{PROV}Activity> ."
            yield f"{maker} {_LABEL} {quoted(name)} ."
            if name != BY_HAND:
                yield f"{maker} <{SCHEMA}softwareVersion> {quoted(_version())} ."
        ontology = self._ontology
        yield from self._told_in()
        met = self._classes | self._own_classes()
        classes = {c for name in met for c in (name, *ontology.above(name))}
        for name in sorted(classes):
            yield from self._declare(name, ontology.terms.get(name), f"{OWL}Class", "subClassOf")
        relations = self._relations | self._own_relations()
        if self._roles:
            relations |= {KG + name: name for name in (*self._roles, "participant")}
        for iri in (*self._relations, *self._own_relations()):
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
                node = _node(iri)
                yield f"{node} {_TYPE} <{RDF}Property> ."
                yield f"{node} <{RDFS}subPropertyOf> <{KG}relatedTo> ."
                yield f"{node} {_LABEL} {quoted(label)} ."

    def _declare(
        self, name: str, entry: Term | None, kind: str, above: str, *, fallback: str = ""
    ) -> Iterator[str]:
        node = _node(self._ontology.iri(name))
        yield f"{node} {_TYPE} <{kind}> ."
        yield f"{node} {_LABEL} {quoted(entry.label if entry else fallback or name)} ."
        for parent in entry.parents if entry else ():
            yield f"{node} <{RDFS}{above}> {_node(self._ontology.iri(parent))} ."

    def _told_in(self) -> Iterator[str]:
        """In which terms of the user's what was met is told, where it is told in no others."""
        if self._only is None:
            return
        for iri in sorted(self._relations):
            relation = self._ontology.relation(iri)
            for told, turned in self._only.facts(relation):
                how = "inverseFactAs" if turned else "factAs"
                yield f"{_node(relation)} <{KG}{how}> {_node(told)} ."
        for name in sorted(self._classes):
            for told in self._only.classes.get(KG + name, ()):
                yield f"<{KG}{name}> <{KG}instancesAs> {_node(told)} ."

    def _own_classes(self) -> set[str]:
        """The local names of the user's classes that instances are told in."""
        if self._only is None:
            return set()
        own = {iri for name in self._classes for iri in self._only.classes.get(KG + name, ())}
        return {self._ontology.name(iri) for iri in own}

    def _own_relations(self) -> dict[str, str]:
        """The user's relations that facts are told in, as `_relations` has them."""
        if self._only is None:
            return {}
        met = map(self._ontology.relation, self._relations)
        names = {self._ontology.name(told) for iri in met for told, _ in self._only.facts(iri)}
        return {KG + name: name for name in names}

    def _arguments(self, owner: str, arguments: Iterable[StatementArgument]) -> Iterator[str]:
        for argument in arguments:
            key = _hash(
                owner,
                argument.role,
                argument.label,
                argument.value,
                argument.datatype,
                argument.entity,
            )
            part = f"<{self.base}argument/{key}>"
            yield f"<{owner}> <{KG}argument> {part} ."
            yield f"{part} {_TYPE} <{KG}Argument> ."
            yield f"{part} <{KG}role> {quoted(argument.role)} ."
            yield f"{part} {_LABEL} {quoted(argument.label)} ."
            if argument.value is not None:
                yield f"{part} <{RDF}value> {literal_term(argument.value, argument.datatype)} ."
                yield from _written(part, argument.value, argument.datatype)
                yield from _unit(part, argument.unit)
            if argument.entity:
                yield f"{part} <{KG}entity> {_node(argument.entity)} ."
            for evidence in argument.evidence:
                yield f"{part} {_FROM} {_node(evidence)} ."

    def _quotation(self, quotation: Quotation, evidence: Iterable[Evidence]) -> Iterator[str]:
        node = _node(quotation.id)
        yield f"{node} {_TYPE} <{KG}Quotation> ."
        yield f"{node} {_TYPE} <{SCHEMA}Quotation> ."
        yield f"{node} <{SCHEMA}text> {quoted(quotation.text)} ."
        yield f"{node} <{KG}speech> <{KG}{quotation.speech.capitalize()}> ."
        yield f"{node} <{OA}start> {_whole(quotation.start)} ."
        yield f"{node} <{OA}end> {_whole(quotation.end)} ."
        if quotation.cue is not None:
            yield f"{node} <{KG}cue> {quoted(quotation.cue)} ."
        for about in quotation.about:
            yield f"{node} <{KG}about> {_node(about)} ."
        for piece in evidence:
            yield f"{node} {_FROM} <{piece.id}> ."

    def _evidence(self, evidence: Evidence) -> Iterator[str]:
        node = _node(evidence.id)
        words = f"<{evidence.id}/words>"
        place = f"<{evidence.id}/place>"
        maker = self._extractors.get(evidence.extractor)
        if maker is None:
            maker = self._extractor(evidence.extractor)
            self._extractors[evidence.extractor] = maker
        yield f"{node} {_TYPE} <{KG}Evidence> ."
        yield f"{node} {_TYPE} <{OA}SpecificResource> ."
        yield f"{node} <{OA}hasSource> {self.article_node(evidence.article)} ."
        yield f"{node} <{OA}hasSelector> {words} ."
        yield f"{words} {_TYPE} <{OA}TextQuoteSelector> ."
        yield f"{words} <{OA}exact> {quoted(evidence.text)} ."
        yield f"{node} <{OA}hasSelector> {place} ."
        yield f"{place} {_TYPE} <{OA}TextPositionSelector> ."
        yield f"{place} <{OA}start> {_whole(evidence.start)} ."
        yield f"{place} <{OA}end> {_whole(evidence.end)} ."
        yield f"{node} <{KG}subjectText> {quoted(evidence.subject_text)} ."
        yield f"{node} <{KG}predicateText> {quoted(evidence.predicate_text)} ."
        yield f"{node} <{KG}objectText> {quoted(evidence.object_text)} ."
        yield f"{node} <{KG}block> {quoted(evidence.block)} ."
        yield f"{node} <{PROV}wasGeneratedBy> {maker} ."

    def article_node(self, key: str) -> str:
        """The node of an article by its id."""
        return f"<{article_iri(self.base, key)}>"


def _version() -> str:
    from kg import __version__

    return __version__


@lru_cache(maxsize=4096)
def _node(iri: str) -> str:
    return str(ox.NamedNode(iri))


def _types(node: str, kind: str) -> Iterator[str]:
    yield f"{node} {_TYPE} <{KG}{kind}> ."
    if kind in SCHEMA_TYPES:
        yield f"{node} {_TYPE} <{SCHEMA}{SCHEMA_TYPES[kind]}> ."
    if kind == "Topic":
        yield f"{node} {_TYPE} <{SKOS}Concept> ."


def _object(value: Node | Literal | Quotation | str) -> str:
    match value:
        case str():
            return _node(value)
        case Literal():
            return literal_term(value.value, value.datatype)
        case _:
            return _node(value.id)


def literal_term(value: str, datatype: str | None) -> str:
    """A value of a datatype (a prefixed name, or None), spelled as the store spells it."""
    if not datatype or datatype == "xsd:string":
        return quoted(value)
    try:
        return typed(value, expand(datatype))
    except ValueError:  # the datatype is no IRI
        return quoted(value)


def _unit(node: str, unit: str | None) -> Iterator[str]:
    """A unit as it is told, and its code where a standard has one."""
    if unit is None:
        return
    yield f"{node} <{KG}unit> {quoted(unit)} ."
    if is_currency(unit):
        yield f"{node} <{KG}currency> {quoted(unit)} ."
    elif (code := ucum(unit)) is not None:
        yield f"{node} <{KG}ucumCode> {quoted(code)} ."


def _written(node: str, value: str, datatype: str | None) -> Iterator[str]:
    """The value as it was written, where the store would give back another spelling."""
    if datatype and datatype != "xsd:string" and not canonical(value, expand(datatype)):
        yield f"{node} <{KG}written> {quoted(value)} ."


_ALONE = "a name of one word joins no people of two articles"
_TOLD = "a person's correction"
_BARE = "a bare noun after 'the' means another thing in another article"


def _alone(entity: Entity) -> bool:
    """Whether an entity has its article's id in its name: a surname alone, told nowhere in full,
    or a bare noun that stands for something of its article ("the company")."""
    return (entity.type == "Person" or not entity.named) and any(
        f"_{article[:8]}" in entity.id for article in entity.articles
    )


def _whole(value: int) -> str:
    return f'"{value}"^^<{XSD}integer>'


@lru_cache(maxsize=1024)
def _decimal(value: float) -> str:
    plain = f"{value:.4f}".rstrip("0").rstrip(".")
    return typed(plain, f"{XSD}decimal")


def _told(block: Block) -> list[str | int | None]:
    """The parts of a block, without those at the end that are as in any other."""
    if block.language is not None:
        return [block.kind, block.start, block.end, block.bold, block.language]
    return [block.kind, block.start, block.end, *([block.bold] if block.bold else [])]


def _date(value: str) -> str:
    for pattern, name in _DATES:
        if pattern.fullmatch(value):
            return typed(value, XSD + name)
    return quoted(value)


def _slug(name: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", name) or "_"


def _hash(*parts: str | None) -> str:
    # what json.dumps gives, without an encoder for each call
    plain = ", ".join("null" if part is None else encode_basestring_ascii(part) for part in parts)
    return hashlib.sha256(f"[{plain}]".encode()).hexdigest()[:16]
