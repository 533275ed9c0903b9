"""The graph as FollowTheMoney entities, which Aleph and OpenAleph load.

One JSON object a line, as ``ftm`` reads and writes them: people, organisations, articles as
documents, and what is a fact between them as ownership, posts, membership, family, payments and
court cases; every link has its articles as proof and its words as summary. Only facts become links:
FollowTheMoney has no place for who says so, and a claim would look like one. After the schemata of
https://followthemoney.tech (4.x); which is which stands in ``ftm.toml``.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from kg.graph.store import GraphStore
from kg.graph.vocab import KG, article_iri
from kg.model import Article, Entity, Event, Literal, Node, Statement

_DAY: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?")
#: ISO 639-1 codes of the articles' languages, as ISO 639-2 has them.
_LANGUAGES: Final = {"en": "eng"}
_MONEY: Final = re.compile(r"[A-Z]{3}")
_SUMMARY: Final = 5  # passages of a link that are given


def ftm(graph: GraphStore, to: IO[str]) -> None:
    """FollowTheMoney entities, one JSON object a line: documents, things, links, each sorted by
    what they are made of."""
    for found in _Made(graph).all():
        to.write(json.dumps(found, ensure_ascii=False, sort_keys=True) + "\n")


@cache
def _rules() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))


@cache
def _links() -> dict[str, dict[str, Any]]:
    return {name: rule for rule in _rules()["link"] for name in rule["of"]}


def _key(*parts: str) -> str:
    return "kg-" + sha256("\n".join(parts).encode()).hexdigest()[:24]


def _thing(key: str, schema: str, **properties: Iterable[str | None]) -> dict[str, Any]:
    """An entity as JSON; what is empty is left out, values are sorted and each there once."""
    kept = {
        name: found
        for name, values in properties.items()
        if (found := sorted({value for value in values if value}))
    }
    return {"id": key, "schema": schema, "properties": kept}


@dataclass(slots=True)
class _Made:
    """What is written of a graph. ``schemata`` tells the schema of each entity that has one."""

    graph: GraphStore
    schemata: dict[str, str] = field(default_factory=dict)
    posts: dict[str, set[str]] = field(default_factory=dict)
    dates: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    articles: dict[str, str] = field(default_factory=dict)  # of each piece of evidence

    def all(self) -> Iterator[dict[str, Any]]:
        """Documents first: what refers to them comes later."""
        facts = self.graph.fact_statuses()
        for entity in self.graph.entities():
            schema = _rules()["schema"].get(entity.type)
            if schema and entity.named:
                self.schemata[entity.id] = schema
        for statement in self.graph.statements():
            if statement.status in facts and statement.polarity == "positive":
                self._learn(statement)
        for article in self.graph.articles():
            yield self._article(article)
        for entity in self.graph.entities():
            if entity.id in self.schemata:
                yield self._entity(entity)
        for statement in self.graph.statements():
            if statement.status in facts and statement.polarity == "positive":
                yield from self._link(statement)
        for event in self.graph.events():
            if event.status in facts and event.type in _rules()["cases"]["types"]:
                yield from self._case(event)

    def _learn(self, statement: Statement) -> None:
        """What belongs to an entity itself; and that what is owned is a company there, for an
        organisation is no asset."""
        self.articles |= {piece.id: piece.article for piece in statement.evidence}
        relation = statement.predicate.id.removeprefix(KG)
        subject, target = statement.subject.id, statement.object
        rule = _links().get(relation)
        if rule and rule["to"] == "asset" and isinstance(target, Node):
            owned = subject if rule.get("swap") else target.id
            if self.schemata.get(owned) == "Organization":
                self.schemata[owned] = "Company"
        if relation == "hasRole" and isinstance(target, Node):
            at = [a.label for a in statement.arguments if a.role == "at"]
            told = {f"{target.label}, {where}" for where in at if where not in target.label}
            self.posts.setdefault(subject, set()).update(told or {target.label})
        dates = {"dateOfBirth": "birthDate", "dateOfDeath": "deathDate"}
        if relation in dates and isinstance(target, Literal) and _DAY.fullmatch(target.value):
            self.dates.setdefault(subject, {}).setdefault(dates[relation], set()).add(target.value)

    def _article(self, article: Article) -> dict[str, Any]:
        return _thing(
            self._document(article.id), "Article", title=[article.title], name=[article.title],
            fileName=[article.source], sourceUrl=[article.url], publisher=[article.publisher],
            publishedAt=_day(article.date), author=article.authors, bodyText=[article.text],
            language=[_LANGUAGES.get(article.language)],
        )  # fmt: skip

    def _document(self, article: str) -> str:
        return _key(article_iri(self.graph.base, article))

    def _entity(self, entity: Entity) -> dict[str, Any]:
        schema = self.schemata[entity.id]
        own: dict[str, Iterable[str | None]] = {"sourceUrl": [entity.id]} if _web(entity.id) else {}
        if schema == "Person":
            own |= {"position": self.posts.get(entity.id, set()), **self.dates.get(entity.id, {})}
        wikidata = [_wikidata(address) for address in entity.same_as]
        return _thing(
            _key(entity.id), schema, name=[entity.label], alias=set(entity.aliases) - {entity.label},
            proof=map(self._document, entity.articles), wikidataId=wikidata, **own,
        )  # fmt: skip

    def _link(self, statement: Statement) -> Iterator[dict[str, Any]]:
        relation = statement.predicate.id.removeprefix(KG)
        told = {"role": [statement.predicate.label], **self._told(statement)}
        if relation == "paid":
            yield from self._payment(statement)
            return
        target = statement.object
        if not isinstance(target, Node) or statement.subject.id == target.id:
            return
        ends = (statement.subject.id, target.id)
        rule = _links().get(relation)
        if rule is not None:
            first, second = reversed(ends) if rule.get("swap") else ends
            if self._may(first, rule["from"]) and self._may(second, rule["to"]):
                about = told | {rule["from"]: [_key(first)], rule["to"]: [_key(second)]}
                if rule["schema"] == "Family":
                    about["relationship"] = about.pop("role")
                yield _thing(_key(statement.id), rule["schema"], **about)
                return
        if all(end in self.schemata for end in ends):
            subject, other = map(_key, ends)
            about = told | {"subject": [subject], "object": [other]}
            yield _thing(_key(statement.id), "UnknownLink", **about)

    def _may(self, entity: str, end: str) -> bool:
        return self.schemata.get(entity) in _rules()["ends"][end]

    def _payment(self, statement: Statement) -> Iterator[dict[str, Any]]:
        """A payment needs both sides: "paid X $5" and "paid $5 to X"."""
        target = statement.object
        to = [a.entity for a in statement.arguments if a.role == "to" and a.entity]
        value, unit, what = None, None, None
        if isinstance(target, Literal):
            unit = target.unit or ""
            value = target.value if _MONEY.fullmatch(unit) else None
        elif isinstance(target, Node):
            what = target.label if target.id not in self.schemata else None
            to += [target.id] if what is None else []
        for receiver in sorted(set(to)):
            if not (
                self._may(statement.subject.id, "payer") and self._may(receiver, "beneficiary")
            ):
                continue
            yield _thing(
                _key(statement.id, receiver), "Payment", payer=[_key(statement.subject.id)],
                beneficiary=[_key(receiver)], amount=[value], currency=[unit], purpose=[what],
                **self._told(statement),
            )  # fmt: skip

    def _told(self, statement: Statement) -> dict[str, Iterable[str | None]]:
        """When it was, what says it, and in which articles."""
        return {
            **_when(statement.time),
            "summary": [piece.text for piece in statement.evidence[:_SUMMARY]],
            "proof": [self._document(piece.article) for piece in statement.evidence],
            "recordId": [statement.id.rpartition("/")[2]],
        }

    def _case(self, event: Event) -> Iterator[dict[str, Any]]:
        parties = [
            party for party in event.participants
            if party.role in _rules()["cases"]["parties"] and party.entity in self.schemata
        ]  # fmt: skip
        if not parties:
            return
        case = _key(event.id)
        proof = [self._document(self.articles[e]) for e in event.evidence if e in self.articles]
        of: Mapping[str, list[str]] = {
            role: [p.label for p in event.participants if p.role == role] for role in ("court", "charge")
        }  # fmt: skip
        yield _thing(
            case, "CourtCase", name=[event.label], type=[event.type], court=of["court"],
            keywords=of["charge"], summary=[event.time], proof=proof,
        )  # fmt: skip
        for party in parties:
            yield _thing(
                _key(event.id, party.role, party.entity), "CourtCaseParty", case=[case], proof=proof,
                party=[_key(party.entity)], role=[party.role], **_when(event.time),
            )  # fmt: skip


def _when(time: str | None) -> dict[str, Iterable[str | None]]:
    """A day, month or year is the date; an interval has two ends."""
    first, slash, last = (time or "").partition("/")
    if slash:
        return {"startDate": _day(first), "endDate": _day(last)}
    return {"date": _day(first)}


def _day(date: str | None) -> list[str]:
    return [date] if date and _DAY.fullmatch(date) else []


def _web(iri: str) -> bool:
    """Whether the base of the graph is an address of one's own."""
    return not iri.startswith("https://kg.example/")


def _wikidata(address: str) -> str | None:
    found = re.fullmatch(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q\d+)", address)
    return found[1] if found else None
