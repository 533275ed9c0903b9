"""What one article says, as drafts of statements: each with the one piece of evidence it has there.

`kg.merge` brings the drafts of one statement together. Ids are hashes
of content: a statement's of subject, predicate, object, status, polarity and attribution, a piece of
evidence's of its article and places, a quotation's of its speaker and words. `Drafts.events` gives
what the same claims tell of events.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from json.encoder import encode_basestring_ascii
from types import MappingProxyType
from typing import Any, Final

from kg.corrections.articles import Mark, mark_key
from kg.events.identity import Told, finest
from kg.events.tellings import DATES, event_classes, tellings
from kg.graph.mapping import literal_term
from kg.graph.vocab import KG
from kg.merge.copies import Printed
from kg.model import (
    Argument,
    Article,
    ArticleResult,
    Evidence,
    LinkedClaim,
    LinkedQuote,
    Literal,
    Polarity,
    Quotation,
    Relation,
    StatementArgument,
    Status,
)
from kg.resolve.names import slug
from kg.results import to_plain

#: The relation of a speaker to a quotation, and who speaks where nobody is named.
SAID: Final = "said"
#: What a speaker says is not so.
DENIED: Final = "denied"
UNKNOWN_SPEAKER: Final = f"{KG}UnknownSpeaker"
#: What is left out where only the words of two texts are compared.
MARKS: Final = re.compile(r"[\W_]+")
#: What tells a claim or a quote from the others of its article.
MarkKey = tuple[str, str]
_json: Final = json.JSONEncoder(sort_keys=True, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Target:
    """What a statement says of its subject: one of these."""

    node: str | None = None
    literal: Literal | None = None
    quotation: Quotation | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """A statement as one place of one article gives it; entities by their IRIs."""

    id: str
    subject: str
    predicate: Relation
    object: Target
    status: Status
    polarity: Polarity
    certainty: float
    confidence: float
    evidence: Evidence
    attributed: str | None = None
    sourcing: str | None = None
    time: str | None = None
    place: str | None = None
    arguments: tuple[StatementArgument, ...] = ()
    confirmed: bool = False
    corrections: tuple[str, ...] = ()


class Drafts:
    """The statements of one article, each with the one piece of evidence that it has there.
    ``marks`` tell what corrections did to them."""

    def __init__(
        self,
        base: str,
        result: ArticleResult,
        iris: Mapping[str, str],
        marks: Mapping[MarkKey, Mark] = MappingProxyType({}),
    ) -> None:
        self._base = base
        self._article = result.article
        self._iris = iris
        self._claims = {linked.claim.key: linked for linked in result.claims}
        self._labels = {entity.key: entity.label for entity in result.entities}
        self._known: dict[str, tuple[str, Relation, Target] | None] = {}
        self._named = frozenset(iris[e.key] for e in result.entities if e.named and e.key in iris)
        self._told: dict[str, tuple[str, str, str]] = {}
        self._result = result
        self._printed = Printed(result.article)
        self._marks = marks

    def all(self) -> Iterator[Draft]:
        for linked in self._result.claims:
            draft = self._claim(linked)
            if draft is not None:
                piece = draft.evidence
                self._told[linked.claim.key] = (draft.id, piece.id, self.printed(piece))
                yield self._marked(linked, draft)
        for spoken in self._result.quotes:
            yield self._marked(spoken, self._quote(spoken))

    def ids(self) -> dict[MarkKey, str]:
        """The statement that each claim and quote gives."""
        claims = ((linked, self._made(linked)) for linked in self._result.claims)
        found = {mark_key(linked): made[0] for linked, made in claims if made is not None}
        return found | {mark_key(spoken): self._quote(spoken).id for spoken in self._result.quotes}

    def printed(self, piece: Evidence) -> str:
        """The passage as `kg.merge.copies` compares it with those of other articles."""
        return self._printed.at(piece.start, piece.end)

    def _marked(self, linked: LinkedClaim | LinkedQuote, draft: Draft) -> Draft:
        mark = self._marks.get(mark_key(linked)) if self._marks else None
        if mark is None:
            return draft
        return replace(draft, confirmed=mark.confirmed, corrections=mark.corrections)

    def events(self) -> Iterator[Told]:
        """What the article tells of events, after `all` has given the statements."""
        article = self._article
        for telling in tellings(self._result):
            told = [self._told[key] for key in telling.claims if key in self._told]
            if not told:
                continue
            kind = event_classes()[telling.type]
            taking = sorted({(role, self._iris[key]) for role, key in telling.participants})
            core = tuple(pair for pair in taking if pair[0] in kind.core)
            alone = not core or any(iri not in self._named for _, iri in core)
            yield Told(
                type=telling.type,
                status=telling.status,
                attribution=self._iris.get(telling.attribution or ""),
                scope=article.id if alone else "",
                once=kind.once,
                single=len(kind.core) == 1,
                core=core,
                participants=tuple(taking),
                time=finest(telling.times),
                places=tuple(
                    StatementArgument(
                        "place",
                        self._labels.get(key or "", words),
                        entity=self._iris.get(key or ""),
                    )
                    for words, key in telling.places
                ),
                values=tuple(
                    StatementArgument(role, words, value, datatype, unit=unit or None)
                    for role, words, value, datatype, unit in telling.values
                ),
                statements=tuple(sorted({statement for statement, _, _ in told})),
                evidence=tuple(sorted({(piece, printed) for _, piece, printed in told})),
                article=article.id,
            )

    def _claim(self, linked: LinkedClaim) -> Draft | None:
        made = self._made(linked)
        if made is None:
            return None
        iri, predicate, target = made
        claim, text = linked.claim, self._article.text
        arguments = [
            StatementArgument(
                role=argument.role,
                label=self._label(argument, key),
                value=argument.literal.value if argument.literal else None,
                datatype=argument.literal.datatype if argument.literal else None,
                entity=self._iris.get(key) if key else None,
                unit=argument.literal.unit if argument.literal else None,
            )
            for argument, key in zip(claim.arguments, linked.arguments, strict=True)
            if key is None or key != linked.subject
        ]
        return Draft(
            id=iri,
            subject=self._iris[linked.subject],
            predicate=predicate,
            object=target,
            status=claim.status,
            polarity=claim.polarity,
            certainty=claim.certainty,
            confidence=claim.confidence,
            attributed=self._iris.get(linked.attribution or ""),
            sourcing=claim.sourcing,
            time=min(
                (
                    a.value
                    for a in arguments
                    if a.role == "time" and a.value and a.datatype in DATES
                ),
                default=None,
            ),
            place=min((a.label for a in arguments if a.role == "place"), default=None),
            arguments=tuple(arguments),
            evidence=self._evidence(
                start=claim.start,
                end=claim.end,
                subject=text[claim.subject.start : claim.subject.end],
                predicate=claim.predicate.text,
                object=text[claim.object.start : claim.object.end],
                extractor=claim.extractor,
                block=claim.block,
                at=(claim.subject.start, claim.predicate.start, claim.object.start),
            ),
        )

    def _label(self, argument: Argument, key: str | None) -> str:
        """What a reader calls an argument: as its entity is called ("at: Its" tells nothing)."""
        if argument.literal:
            return " ".join(argument.literal.label.split())
        return self._labels.get(key or "") or " ".join(argument.label.split())

    def _made(self, linked: LinkedClaim) -> tuple[str, Relation, Target] | None:
        """The statement's IRI with what it says of its subject; None for a claim whose clause is
        missing or part of itself."""
        key = linked.claim.key
        if key not in self._known:
            self._known[key] = None
            target = self._object(linked)
            if target is not None and linked.subject in self._iris:
                claim, predicate = linked.claim, self._predicate(linked)
                iri = self._statement_id(
                    self._iris[linked.subject],
                    predicate.id,
                    _value(target),
                    claim.status,
                    claim.polarity,
                    self._iris.get(linked.attribution or ""),
                )
                self._known[key] = (iri, predicate, target)
        return self._known[key]

    def _object(self, linked: LinkedClaim) -> Target | None:
        claim = linked.claim
        if linked.object is not None:
            iri = self._iris.get(linked.object)
            return Target(node=iri) if iri else None
        if claim.object.literal is not None:
            return Target(literal=claim.object.literal)
        inner = self._claims.get(claim.object.claim or "")
        made = self._made(inner) if inner is not None else None
        return Target(statement=made[0]) if made else None

    def _predicate(self, linked: LinkedClaim) -> Relation:
        predicate = linked.claim.predicate
        if predicate.property:
            return Relation(f"{KG}{predicate.property}", predicate.label)
        label = " ".join(predicate.label.casefold().split())
        return Relation(f"{self._base}relation/{slug(label)}", label)

    def _quote(self, linked: LinkedQuote) -> Draft:
        quote, text = linked.quote, self._article.text
        speaker = self._iris.get(linked.speaker or "") or UNKNOWN_SPEAKER
        attributed = self._iris.get(linked.attribution or "")
        words = _plain_words(quote.text)
        quotation = Quotation(
            id=f"{self._base}quote/{_hash(speaker, words, quote.status, quote.polarity)}",
            text=quote.text,
            speech=quote.speech,
            cue=quote.cue,
            start=quote.start,
            end=quote.end,
            about=tuple(sorted({self._iris[key] for key in linked.about if key in self._iris})),
        )
        arguments = []
        if linked.addressee and linked.addressee in self._iris and quote.addressee:
            arguments.append(
                StatementArgument(
                    "addressee",
                    self._label(quote.addressee, linked.addressee),
                    entity=self._iris[linked.addressee],
                )
            )
        if quote.occasion:
            arguments.append(StatementArgument("occasion", " ".join(quote.occasion.split())))
        does = DENIED if quote.polarity == "negative" else SAID
        predicate = Relation(f"{KG}{does}", does)
        return Draft(
            id=self._statement_id(
                speaker, predicate.id, {"quotation": quotation.id}, quote.status,
                quote.polarity, attributed,
            ),
            subject=speaker,
            predicate=predicate,
            object=Target(quotation=quotation),
            status=quote.status,
            polarity="positive",  # that somebody denies it is so
            certainty=1.0,
            confidence=quote.confidence,
            attributed=attributed,
            arguments=tuple(arguments),
            evidence=self._evidence(
                start=quote.evidence_start,
                end=quote.evidence_end,
                subject=text[quote.speaker.start : quote.speaker.end] if quote.speaker else "",
                predicate=quote.cue or "",
                object=text[quote.start : quote.end],
                extractor=quote.extractor,
                block=quote.block,
                at=(quote.start, quote.end),
            ),
        )  # fmt: skip

    def _statement_id(self, *parts: Any) -> str:
        return f"{self._base}statement/{_hash(*parts)}"

    def _evidence(
        self, *, start: int, end: int, subject: str, predicate: str, object: str,
        extractor: str, block: Any, at: tuple[int, ...],
    ) -> Evidence:  # fmt: skip
        article: Article = self._article
        key = _hash(article.id, start, end, list(at), extractor, predicate)
        return Evidence(
            id=f"{self._base}evidence/{key}",
            article=article.id,
            source=article.source,
            start=start,
            end=end,
            text=article.text[start:end],
            subject_text=subject,
            predicate_text=predicate,
            object_text=object,
            extractor=extractor,
            block=block,
        )


def _value(target: Target) -> Mapping[str, Any]:
    """What of an object makes it the same object: of a literal, not its words."""
    if target.node is not None:
        return {"node": target.node}
    plain: dict[str, Any] = to_plain(target)
    if target.literal is not None:
        del plain["literal"]["label"]
    return plain


def nodes(draft: Draft) -> Iterator[str]:
    yield draft.subject
    if draft.object.node:
        yield draft.object.node
    if draft.attributed:
        yield draft.attributed
    for argument in draft.arguments:
        if argument.entity:
            yield argument.entity
    if draft.object.quotation:
        yield from draft.object.quotation.about


def said_of(draft: Draft) -> str:
    """The same for all statements, of whatever status, that make the same fact."""
    target = draft.object
    if target.literal is not None:
        value = literal_term(target.literal.value, target.literal.datatype)
    else:
        value = target.node or target.statement or (target.quotation.id if target.quotation else "")
    return _hash(draft.subject, draft.predicate.id, value)


def event_iri(base: str, parts: tuple[str, ...]) -> str:
    """The IRI of an event, of what makes it this one."""
    return f"{base}event/{_hash(*parts)}"


def _plain_words(text: str) -> str:
    """A quotation's words without marks, case and white space: the same quote in two outlets."""
    return MARKS.sub(" ", text.casefold()).strip()


def _hash(*parts: Any) -> str:
    """A content hash: 16 hexadecimal digits of the SHA-256 of the parts as JSON."""
    told = [encode_basestring_ascii(p) if type(p) is str else _told(p) for p in parts]
    return hashlib.sha256(f"[{','.join(told)}]".encode()).hexdigest()[:16]


def _told(part: Any) -> str:
    """The part as JSON, sorted and without spaces: what an encoder made for each call gives."""
    kind = type(part)
    if kind is str:
        return encode_basestring_ascii(part)
    if kind is int:
        return str(part)
    if kind is list:
        return f"[{','.join(map(_told, part))}]"
    if kind is dict:
        pairs = (f"{_told(name)}:{_told(value)}" for name, value in sorted(part.items()))
        return f"{{{','.join(pairs)}}}"
    return "null" if part is None else _json(part)
