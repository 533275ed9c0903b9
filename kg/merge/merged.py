"""The merged graph, read from the tables of a merge: entities, statements and events.

Merging is a union on ids that are hashes of content: a statement's of subject, predicate, object,
status, polarity and attribution; a piece of evidence's of its article and places. What is brought
together rests in an SQLite file, so memory holds no statements: three thousand articles need no
more than three hundred. `kg.merge.whole` fills the tables, `kg.merge.update` changes them.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache, partial
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from kg.events.identity import Told, enough, finest
from kg.events.identity import events as tellings_by_event
from kg.events.tellings import event_label
from kg.graph.ontology import Ontology
from kg.graph.vocab import KG
from kg.merge.copies import independent
from kg.merge.drafts import UNKNOWN_SPEAKER, Draft, event_iri
from kg.merge.kb_links import Links
from kg.merge.salience import salience
from kg.merge.tables import opened
from kg.merge.tally import Said, Tally, Together, is_often, of_tally, together
from kg.merge.undecided import near
from kg.model import (
    BY_HAND,
    Corrected,
    Entity,
    Event,
    Literal,
    Merge,
    Node,
    Participant,
    Quotation,
    Relation,
    Statement,
    StatementArgument,
)
from kg.resolve.across import Key, local_name
from kg.results import from_json

#: So many entities of statements stay in memory: those that stand everywhere are always among them.
_NODES: Final = 4_096
#: Reasons that say no more than that it is what it is called.
_SAME = frozenset(["same name", "same words", "definite"])
_ENTITY = "SELECT e.iri, e.label, e.kind, e.named, e.aliases"
_SAID = "SELECT statement, article, start, evidence, printed, body FROM occurrence"
_NAMES = (
    "SELECT n.article, n.text, n.reason, g.reason FROM grp g JOIN name n ON n.grp = g.id "
    "WHERE g.entity = ?1 "
)


class Merged:
    """The merged graph: `entities`, `statements` and `events`, streamed from disk, in an order that
    depends on the content only (entities and statements: by IRI).

    ``db`` are the tables of a merge, under the IRI ``base``; ``ontology`` tells which relations can
    hurt; ``corrected`` is what became of a person's corrections, ``links`` what names mean in a
    knowledge base. Close it when done, or use ``with``.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        base: str,
        ontology: Ontology,
        corrected: Sequence[Corrected] = (),
        links: Links | None = None,
    ) -> None:
        self.db = db
        self._base = base
        self._terms = ontology
        self._corrected = tuple(corrected)
        self._links = links or Links(db, None)
        #: Statements of very many places, as `statements` meets them.
        self.often: set[str] = set()
        row = db.execute("SELECT value FROM meta WHERE name = 'seeds'").fetchone()
        self._seeds = frozenset(json.loads(row[0]) if row else ())
        self._node = lru_cache(maxsize=_NODES)(self._read_node)
        self.is_named = lru_cache(maxsize=_NODES)(self._read_named)

    def __enter__(self) -> Merged:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the tables."""
        self._node.cache_clear()
        self.is_named.cache_clear()
        self.db.close()

    def corrections(self) -> Iterator[Corrected]:
        """What became of each correction, by id."""
        return iter(self._corrected)

    # --- entities ----------------------------------------------------------------------------

    def _read_node(self, iri: str) -> Node:
        label, kind, aliases = self.db.execute(
            "SELECT label, kind, aliases FROM entity WHERE iri = ?", (iri,)
        ).fetchone()
        return Node(iri, label, kind, tuple(json.loads(aliases)))

    def _read_named(self, iri: str) -> bool:
        row = self.db.execute("SELECT named FROM entity WHERE iri = ?", (iri,)).fetchone()
        return row is not None and bool(row[0])

    def entities(self) -> Iterator[Entity]:
        """Every named entity, and every topic that a statement uses; sorted by IRI."""
        # The rows come in the order of the primary key: nothing is sorted, nothing is held.
        rows = self.db.execute(
            _ENTITY + ", n.article, n.text, n.reason, g.reason, g.family, g.name, g.article "  # noqa: S608
            "FROM entity e LEFT JOIN grp g ON g.entity = e.iri LEFT JOIN name n ON n.grp = g.id "
            "WHERE e.named OR EXISTS (SELECT 1 FROM used u WHERE u.iri = e.iri) ORDER BY e.iri"
        )
        special = self._special()
        for row, found in groupby(rows, key=itemgetter(0, 1, 2, 3, 4)):
            told = list(found)
            names = [one[5:9] for one in told if one[5] is not None]
            keys = None if row[0] in special else {one[9:] for one in told if one[9] is not None}
            yield self._entity(row, names, keys=keys, plain=keys is not None)

    def _special(self) -> set[str]:
        """The few entities that more is told of than their names: that took other groups in, that may be
        one with another, or that corrections changed."""
        rows = self.db.execute(
            "SELECT h.entity FROM grp g JOIN grp h ON h.id = g.home WHERE g.home IS NOT NULL "
            "UNION SELECT g.entity FROM doubt d JOIN grp g ON g.id = d.grp "
            "UNION SELECT iri FROM change"
        )
        return {iri for (iri,) in rows}

    def entity(
        self,
        iri: str,
        articles: Collection[str] | None = None,
        keys: Collection[Key] | None = None,
    ) -> Entity | None:
        """One entity, or None. With ``articles``, only these of those that speak of it, and why
        their names are its; with ``keys``, only the IRIs of these groups that it replaces."""
        row = self.db.execute(
            _ENTITY + " FROM entity e WHERE e.iri = ?1 "  # noqa: S608
            "AND (e.named OR EXISTS (SELECT 1 FROM used u WHERE u.iri = ?1))",
            (iri,),
        ).fetchone()
        if row is None:
            return None
        if articles is None:
            return self._entity(row, self.db.execute(_NAMES, (iri,)).fetchall())
        names = [
            found
            for article in sorted(articles)
            for found in self.db.execute(_NAMES + "AND n.article = ?2", (iri, article))
        ]
        return self._entity(row, names, self.is_trivial(iri, row[1]), keys)

    def is_trivial(self, iri: str, label: str) -> bool:
        """Whether an entity has the one name that its one article gives it."""
        merges = set()
        for article, text, reason, joined in self.db.execute(_NAMES, (iri,)):
            merges.add(_merge(article, text, reason, joined))
            if len(merges) > 1:
                return False
        return _nothing_merged(label, merges)

    def _entity(
        self,
        row: Any,
        names: Collection[Any],
        trivial: bool | None = None,
        keys: Collection[Key] | None = None,
        *,
        plain: bool = False,
    ) -> Entity:
        """An entity of its names; ``keys`` are those of its groups, or of some, and a ``plain`` one has
        nothing besides."""
        iri, label, kind, named, aliases = row
        merges = {_merge(*name) for name in names}
        if trivial is None:
            trivial = _nothing_merged(label, merges)
        changes = {} if plain else self.changes(iri)
        return Entity(
            id=iri,
            label=label,
            type=kind,
            aliases=tuple(json.loads(aliases)) if aliases != "[]" else (),
            articles=tuple(sorted({article for article, *_ in names})),
            named=bool(named),
            merges=() if trivial else tuple(Merge(*merge) for merge in sorted(merges)),
            replaces=tuple(sorted({*changes.get("replaces", ()), *self._retired(iri, keys)})),
            same_as=tuple(sorted({*changes.get("same_as", ()), *self._links.same_as(iri)})),
            corrections=changes.get("corrections", ()),
            near=(*self._links.near(iri), *(() if plain else near(self.db, iri))),
        )

    def _retired(self, iri: str, keys: Collection[Key] | None) -> set[str]:
        """The IRIs that its names would have alone, or had before they were joined."""
        names = {local_name(key) for key in (self.keys(iri) if keys is None else keys)}
        return {f"{self._base}entity/{name}" for name in names - self._seeds} - {iri}

    def keys(self, iri: str) -> set[Key]:
        """The groups of an entity, and those that they took in."""
        rows = self.db.execute(
            "SELECT family, name, article FROM grp WHERE entity = ?1 UNION SELECT r.family, r.name, "
            "r.article FROM grp g JOIN grp r ON r.home = g.id WHERE g.entity = ?1",
            (iri,),
        )
        return set(rows)

    def changes(self, iri: str) -> dict[str, tuple[str, ...]]:
        """What corrections made of an entity."""
        row = self.db.execute("SELECT body FROM change WHERE iri = ?", (iri,)).fetchone()
        if row is None:
            return {}
        return {name: tuple(values) for name, values in json.loads(row[0]).items()}

    # --- statements --------------------------------------------------------------------------

    def statements(self) -> Iterator[Statement]:
        """Every statement with all its evidence; sorted by IRI."""
        rows = self.db.execute(f"{_SAID} ORDER BY statement, article, start, evidence")
        for iri, found in groupby(rows, key=itemgetter(0)):
            said = [_said(row) for row in found]
            if is_often(said):
                self.often.add(iri)
            yield self._statement(iri, together(said))

    def statement(self, iri: str) -> Statement | None:
        """One statement, or None."""
        return self.statement_of(iri, self.said(iri))

    def said(self, iri: str, articles: Iterable[str] | None = None) -> list[Said]:
        """Where a statement is said, in all articles or these, sorted."""
        sql, order = f"{_SAID} WHERE statement = ?", " ORDER BY article, start, evidence"
        if articles is None:
            return [_said(row) for row in self.db.execute(sql + order, (iri,))]
        some = f"{sql} AND article = ?{order}"
        return [_said(row) for key in sorted(articles) for row in self.db.execute(some, (iri, key))]

    def statement_of(self, iri: str, said: Sequence[Said]) -> Statement | None:
        """The statement that these make, or None of none."""
        return self._statement(iri, together(said)) if said else None

    def tallied(self, iri: str, tally: Tally, some: Sequence[Said]) -> Statement:
        """The statement of a tally, with the evidence of some places only."""
        row = self.db.execute(
            f"{_SAID} WHERE statement = ? ORDER BY article, start, evidence LIMIT 1", (iri,)
        ).fetchone()
        return self._statement(iri, of_tally(tally, _said(row).draft, some), tally.places)

    def _statement(self, iri: str, told: Together, places: int = 0) -> Statement:
        first, seen = told.first, told.confirmed
        value: Node | Literal | Quotation | str
        if first.object.node:
            value = self._node(first.object.node)
        elif told.literals:
            value = min(told.literals, key=lambda literal: literal.label)
        else:
            value = first.object.quotation or first.object.statement or ""
        by_hand = bool(told.evidence) and all(p.extractor == BY_HAND for p in told.evidence)
        alone = (places or len(told.evidence)) == 1
        made = partial(
            Statement,
            id=iri,
            subject=self._speaker(first.subject),
            predicate=Relation(first.predicate.id, min(told.labels)),
            object=value,
            status=first.status,
            polarity=first.polarity,
            certainty=told.certainty,
            confidence=told.confidence,
            attributed_to=self._node(first.attributed) if first.attributed else None,
            sourcing=told.sourcing,
            time=told.time,
            place=told.place,
            arguments=_arguments(told.arguments),
            source_count=1 if alone else independent(told.printed),
            evidence=told.evidence,
            unchecked=not (seen or by_hand) and self._can_hurt(first.predicate, value),
            confirmed=seen,
            corrections=told.corrections,
        )
        return made(salience=salience(made(), self.is_named))

    def _can_hurt(self, predicate: Relation, value: Node | Literal | Quotation | str) -> bool:
        """Whether a statement is to be marked until a person confirms it."""
        name = predicate.id.removeprefix(KG) if predicate.id.startswith(KG) else None
        target = value.label if isinstance(value, Node | Literal) else ""
        return self._terms.is_sensitive(name, predicate.label, target)

    def events(self) -> Iterator[Event]:
        """Every event of which enough is told, with all its tellings; by class and participants."""
        rows = self.db.execute("SELECT key, body FROM event ORDER BY key, article, body")
        for key, found in groupby(rows, key=itemgetter(0)):
            yield from self._events(key, [body for _, body in found])

    def events_of(self, key: str) -> Iterator[Event]:
        """The events of one class, status and participants."""
        rows = self.db.execute(
            "SELECT body FROM event WHERE key = ? ORDER BY article, body", (key,)
        )
        yield from self._events(key, [body for (body,) in rows])

    def _events(self, key: str, bodies: Iterable[str]) -> Iterator[Event]:
        told = [_telling(body) for body in bodies]
        for mark, tellings in tellings_by_event(told):
            if enough(tellings):
                yield self._event((key, *mark), tellings)

    def _event(self, parts: tuple[str, ...], told: Sequence[Told]) -> Event:
        first = told[0]
        taking = [
            (*pair, self._node(pair[1])) for pair in {p for t in told for p in t.participants}
        ]
        participants = tuple(
            Participant(role, iri, node.label)
            for role, iri, node in sorted(
                taking, key=lambda item: (item[0], item[2].label, item[1])
            )
        )
        evidence = dict(pair for t in told for pair in t.evidence)
        return Event(
            id=event_iri(self._base, parts),
            type=first.type,
            label=event_label(first.type, participants),
            status=first.status,
            participants=participants,
            statements=tuple(sorted({iri for t in told for iri in t.statements})),
            evidence=tuple(sorted(evidence)),
            time=finest(t.time for t in told if t.time),
            places=_arguments(place for t in told for place in t.places),
            amounts=_arguments(value for t in told for value in t.values),
            attributed_to=self._node(first.attribution) if first.attribution else None,
            source_count=independent(evidence.values()),
        )

    def _speaker(self, iri: str) -> Node:
        if iri == UNKNOWN_SPEAKER:
            return Node(iri, "unknown speaker", "Thing")
        return self._node(iri)


def _said(row: Any) -> Said:
    _, article, start, evidence, printed, body = row
    return Said((article, start, evidence), printed, from_json(Draft, opened(body)))


@lru_cache(maxsize=1024)
def _telling(body: str) -> Told:
    """What one article tells of an event; an update asks twice, before and after."""
    return from_json(Told, opened(body))


def _merge(article: str, text: str, reason: str, joined: str) -> tuple[str, str, str]:
    return article, text, joined if reason in ("full name", "topic") else reason


def _nothing_merged(label: str, merges: Collection[tuple[str, str, str]]) -> bool:
    """Whether an entity has the one name that its one article gives it."""
    if len(merges) > 1:
        return False
    return all(name == label and reason in _SAME for _, name, reason in merges)


def _arguments(items: Iterable[StatementArgument]) -> tuple[StatementArgument, ...]:
    """Each once, in an order of its content: of one thing under several labels, and of a body beside the
    same body with whose it is ("Foreign Ministry", "Foreign Ministry of Norway"), the longest label."""
    kept: dict[tuple[str, str], StatementArgument] = {}
    found: set[StatementArgument] = set()
    for one in sorted(set(items), key=lambda a: (-len(a.label), a.label, a.entity or "")):
        if one.entity is None:
            found.add(one)
            continue
        same = ((r, e) for (r, e), a in kept.items() if r == one.role and _is_told(one, a))
        key = next(same, (one.role, one.entity))
        told = kept.setdefault(key, one)
        kept[key] = replace(told, evidence=tuple(sorted({*told.evidence, *one.evidence})))
    return tuple(
        sorted(
            found | {*kept.values()},
            key=lambda a: (a.role, a.label, a.value or "", a.datatype or "", a.entity or ""),
        )
    )


def _is_told(one: StatementArgument, by: StatementArgument) -> bool:
    """Whether an argument says no more than a longer one of its role."""
    return one.entity == by.entity or by.label.startswith(f"{one.label} of ")
