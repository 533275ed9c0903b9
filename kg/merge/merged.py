"""Results of articles to entities and statements, whatever their order.

Merging is a union on ids that are hashes of content: a statement's of subject, predicate, object,
status, polarity and attribution; a piece of evidence's of its article and places. Results are
streamed, twice; what must be brought together rests in an SQLite file, so memory holds names and
no statements: three thousand articles need no more than three hundred.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any

from kg.events.identity import Told, enough, finest
from kg.events.identity import events as tellings_by_event
from kg.events.tellings import event_label
from kg.merge.drafts import MARKS, UNKNOWN_SPEAKER, Draft, Drafts, event_iri, nodes
from kg.merge.salience import salience
from kg.model import (
    ArticleResult,
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
from kg.resolve.across import (
    JOINING,
    TOPIC,
    Group,
    best_label,
    group_key,
    has_capital,
    join,
    local_names,
    outvoted,
    seed_names,
    topic_type,
)
from kg.resolve.names import normal
from kg.results import from_json, to_json
from kg.seeds import Seed

_TABLES = """
CREATE TABLE local (article TEXT, key TEXT, grp INTEGER, label TEXT, kind TEXT, mentions INTEGER,
    PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE TABLE name (grp INTEGER, article TEXT, text TEXT, reason TEXT,
    PRIMARY KEY (grp, article, text, reason)) WITHOUT ROWID;
CREATE TABLE grp (id INTEGER PRIMARY KEY, family TEXT, name TEXT, article TEXT, entity TEXT,
    reason TEXT, UNIQUE (family, name, article));
CREATE TABLE entity (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, named INTEGER, aliases TEXT,
    folded TEXT UNIQUE) WITHOUT ROWID;
CREATE TABLE used (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE occurrence (statement TEXT, article TEXT, start INTEGER, evidence TEXT, outlet TEXT,
    body TEXT, PRIMARY KEY (statement, article, start, evidence)) WITHOUT ROWID;
CREATE TABLE event (key TEXT, article TEXT, body TEXT, PRIMARY KEY (key, article, body)) WITHOUT ROWID;
CREATE INDEX local_grp ON local (grp);
CREATE INDEX local_label ON local (label);
CREATE INDEX grp_entity ON grp (entity);
"""

#: Reasons that say no more than that it is what it is called.
_SAME = frozenset(["same name", "same words", "definite"])
#: So many columns of a row.
_FIRST = {count: itemgetter(*range(count)) for count in (2, 4, 5)}
_GROUPS = (
    "SELECT g.id, g.family, g.name, g.article, l.label, l.kind, SUM(l.mentions),"
    " COUNT(DISTINCT l.article) FROM grp g JOIN local l ON l.grp = g.id "
)


class Merged:
    """The merged graph: `entities`, `statements` and `events`, streamed from disk, in an order that
    depends on the content only (entities and statements: by IRI).

    ``results`` gives the results anew at each call, in any order, each article once; ``scratch``
    is a file to work in (``":memory:"`` for small inputs). Close it when done, or use ``with``.
    """

    def __init__(
        self,
        results: Callable[[], Iterable[ArticleResult]],
        *,
        base: str = "https://kg.example/",
        seeds: Sequence[Seed] = (),
        scratch: str | Path = ":memory:",
    ) -> None:
        self._base = base
        self._db = sqlite3.connect(scratch)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "PRAGMA temp_store=FILE;" + _TABLES
        )
        self._node = lru_cache(maxsize=16384)(self._read_node)
        self._is_named = lru_cache(maxsize=16384)(self._read_named)
        for result in results():
            self._take_names(result)
        self._resolve(seeds)
        for result in results():
            self._take_statements(result)
        self._db.commit()

    def __enter__(self) -> Merged:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the scratch file."""
        self._node.cache_clear()
        self._is_named.cache_clear()
        self._db.close()

    # --- entities ----------------------------------------------------------------------------

    def _take_names(self, result: ArticleResult) -> None:
        article = result.article.id
        keys = [group_key(entity, article) for entity in result.entities]
        self._db.executemany(
            "INSERT OR IGNORE INTO grp (family, name, article) VALUES (?, ?, ?)", keys
        )
        self._db.executemany(
            "INSERT OR REPLACE INTO local VALUES (?, ?, "
            "(SELECT id FROM grp WHERE family = ? AND name = ? AND article = ?), ?, ?, ?)",
            [
                (article, e.key, *key, e.label, e.type, max(1, len(e.mentions)))
                for e, key in zip(result.entities, keys, strict=True)
            ],
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO name VALUES "
            "((SELECT grp FROM local WHERE article = ?1 AND key = ?2), ?1, ?3, ?4)",
            [(article, e.key, n.text, n.reason) for e in result.entities for n in e.names],
        )

    def _resolve(self, seeds: Sequence[Seed]) -> None:
        self._settle_families()
        families = [
            row[0] for row in self._db.execute("SELECT DISTINCT family FROM grp ORDER BY 1")
        ]
        by_seed: dict[str, str] = {}
        for family in families:
            if family == TOPIC:
                continue
            for joined in join(self._groups(family), seeds):
                iri = self._made(joined.label, joined.type, joined.groups[0][2])
                self._db.executemany(
                    "UPDATE grp SET entity = ?, reason = ? "
                    "WHERE family = ? AND name = ? AND article = ?",
                    [(iri, joined.reasons[key], *key) for key in joined.groups],
                )
                if joined.seed is not None:
                    by_seed[joined.seed.id] = iri
        self._resolve_topics(seed_names(seeds), by_seed)
        self._add_aliases()

    def _settle_families(self) -> None:
        """Bring the names together that one article took for a place and another for a series."""
        names = self._db.execute(
            "SELECT name FROM grp WHERE family <> ? GROUP BY name "
            "HAVING COUNT(DISTINCT family) > 1 ORDER BY name",
            (TOPIC,),
        ).fetchall()
        for (name,) in names:
            rows = self._db.execute(
                _GROUPS + "WHERE g.name = ? AND g.family <> ? GROUP BY g.id, l.label, l.kind "
                "ORDER BY g.id",
                (name, TOPIC),
            )
            groups = dict(self._group(found) for found in groupby(rows, key=_FIRST[4]))
            number = {group.key: key for key, group in groups.items()}
            for loser, winner in outvoted(list(groups.values())).items():
                here, there = number[winner], number[loser]
                self._db.execute("UPDATE local SET grp = ? WHERE grp = ?", (here, there))
                self._db.execute("UPDATE OR IGNORE name SET grp = ? WHERE grp = ?", (here, there))
                self._db.execute("DELETE FROM name WHERE grp = ?", (there,))
                self._db.execute("DELETE FROM grp WHERE id = ?", (there,))

    def _resolve_topics(self, seeds: Mapping[str, Seed], by_seed: dict[str, str]) -> None:
        """Each topic an entity of its own, unless it reads like a name that is known."""
        self._db.execute(
            "CREATE TEMP TABLE topic AS SELECT g.id AS id, COUNT(DISTINCT l.article) AS articles "
            "FROM grp g JOIN local l ON l.grp = g.id WHERE g.family = ? GROUP BY g.id",
            (TOPIC,),
        )
        rows = self._db.execute(
            "SELECT t.id, g.article, l.label, l.kind, SUM(l.mentions) "
            "FROM topic t JOIN grp g ON g.id = t.id "
            "JOIN local l ON l.grp = t.id GROUP BY t.id, l.label, l.kind "
            "ORDER BY t.articles DESC, g.name, g.article"
        )
        homes = self._topics(rows, seeds, by_seed)
        self._db.executemany("UPDATE grp SET entity = ?, reason = ? WHERE id = ?", homes)

    def _topics(
        self, rows: Iterable[Any], seeds: Mapping[str, Seed], by_seed: dict[str, str]
    ) -> Iterator[tuple[str, str, int]]:
        """The entity of each topic, why, and its group."""
        for (number, article), found in groupby(rows, key=_FIRST[2]):
            labels: dict[str, int] = {}
            types: dict[str, int] = {}
            for _, _, label, kind, mentions in found:
                labels[label] = labels.get(label, 0) + mentions
                types[kind] = types.get(kind, 0) + mentions
            iri, reason = self._known_topic(labels, seeds, by_seed)
            if iri is None:
                label, kind = best_label(labels), topic_type(types)
                iri, reason = self._made(label, kind, article, named=False), "same words"
            yield iri, reason, number

    def _known_topic(
        self, labels: Mapping[str, int], seeds: Mapping[str, Seed], by_seed: dict[str, str]
    ) -> tuple[str | None, str]:
        """The named entity that a phrase means, letter for letter, and why; or None."""
        capital = sorted(label for label in labels if has_capital(label))
        known = {seed.id: seed for label in capital if (seed := seeds.get(label)) is not None}
        if len(known) == 1:
            (seed,) = known.values()
            if seed.id not in by_seed:
                by_seed[seed.id] = self._made(seed.label, seed.type)
            return by_seed[seed.id], "seed"
        homes = {
            row[0]
            for label in capital
            for row in self._db.execute(
                "SELECT DISTINCT g.entity FROM local l JOIN grp g ON l.grp = g.id "
                "WHERE l.label = ? AND g.article = '' AND g.family NOT IN ('person', ?)",
                (label, TOPIC),
            )
        }
        return (homes.pop(), "same words") if len(homes) == 1 else (None, "")

    def _made(self, label: str, kind: str, article: str = "", *, named: bool = True) -> str:
        """A new entity's IRI, which none has yet; those that differ in case only count as the same."""
        for local in local_names(label, kind, article):
            iri = f"{self._base}entity/{local}"
            made = self._db.execute(
                "INSERT OR IGNORE INTO entity VALUES (?, ?, ?, ?, '[]', ?)",
                (iri, label, kind, named, local.casefold()),
            )
            if made.rowcount:
                if named:
                    self._db.execute("INSERT OR IGNORE INTO used VALUES (?)", (iri,))
                return iri
        raise AssertionError("there is no end to local names")

    def _groups(self, family: str) -> Iterator[Group]:
        rows = self._db.execute(
            _GROUPS + "WHERE g.family = ? GROUP BY g.id, l.label, l.kind ORDER BY g.id", (family,)
        )
        for found in groupby(rows, key=_FIRST[4]):
            yield self._group(found)[1]

    def _group(self, found: tuple[Any, Iterable[Any]]) -> tuple[int, Group]:
        (number, *key), rows = found
        group = Group((key[0], key[1], key[2]))
        for *_, label, kind, mentions, articles in rows:
            group.labels[label] += mentions
            group.types[kind] += mentions
            group.articles += articles
        group.aliases = {
            normal(text)
            for (text,) in self._db.execute(
                "SELECT DISTINCT text FROM name "
                "WHERE grp = ? AND reason IN (SELECT value FROM json_each(?))",
                (number, json.dumps(JOINING)),
            )
        } - {""}
        return number, group

    def _add_aliases(self) -> None:
        self._db.execute(
            "UPDATE entity SET aliases = (SELECT json_group_array(text) FROM "
            "(SELECT DISTINCT n.text AS text FROM grp g JOIN name n ON n.grp = g.id "
            "WHERE g.entity = entity.iri AND n.text <> entity.label ORDER BY n.text))"
        )

    def _read_node(self, iri: str) -> Node:
        label, kind, aliases = self._db.execute(
            "SELECT label, kind, aliases FROM entity WHERE iri = ?", (iri,)
        ).fetchone()
        return Node(iri, label, kind, tuple(json.loads(aliases)))

    def _read_named(self, iri: str) -> bool:
        row = self._db.execute("SELECT named FROM entity WHERE iri = ?", (iri,)).fetchone()
        return row is not None and bool(row[0])

    def entities(self) -> Iterator[Entity]:
        """Every named entity, and every topic that a statement uses; sorted by IRI."""
        # The rows come in the order of the primary keys: nothing is sorted, nothing is held.
        rows = self._db.execute(
            "SELECT e.iri, e.label, e.kind, e.named, e.aliases, n.article, n.text, n.reason, g.reason "
            "FROM used u CROSS JOIN entity e ON e.iri = u.iri LEFT JOIN grp g ON g.entity = e.iri "
            "LEFT JOIN name n ON n.grp = g.id ORDER BY u.iri"
        )
        for (iri, label, kind, named, aliases), found in groupby(rows, key=_FIRST[5]):
            names = [row[5:] for row in found if row[5] is not None]
            merges = {
                (article, text, joined if reason in ("full name", "topic") else reason)
                for article, text, reason, joined in names
            }
            yield Entity(
                id=iri,
                label=label,
                type=kind,
                aliases=tuple(json.loads(aliases)) if aliases != "[]" else (),
                articles=tuple(sorted({article for article, *_ in names})),
                named=bool(named),
                merges=()
                if _nothing_merged(label, merges)
                else tuple(Merge(*merge) for merge in sorted(merges)),
            )

    # --- statements --------------------------------------------------------------------------

    def _take_statements(self, result: ArticleResult) -> None:
        iris = dict(
            self._db.execute(
                "SELECT l.key, g.entity FROM local l JOIN grp g ON l.grp = g.id "
                "WHERE l.article = ?", (result.article.id,)
            ).fetchall()
        )  # fmt: skip
        drafts = Drafts(self._base, result, iris)
        rows = []
        used: set[str] = set()
        for draft in drafts.all():
            evidence = draft.evidence
            used.update(nodes(draft))
            rows.append(
                (draft.id, evidence.article, evidence.start, evidence.id,
                 result.article.publisher or result.article.id, to_json(draft)),
            )  # fmt: skip
        self._db.executemany("INSERT OR IGNORE INTO occurrence VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR IGNORE INTO used VALUES (?)", [(iri,) for iri in used])
        self._db.executemany(
            "INSERT OR IGNORE INTO event VALUES (?, ?, ?)",
            [(json.dumps(told.key()), told.article, to_json(told)) for told in drafts.events()],
        )

    def statements(self) -> Iterator[Statement]:
        """Every statement with all its evidence; sorted by IRI."""
        rows = self._db.execute(
            "SELECT statement, outlet, body FROM occurrence "
            "ORDER BY statement, article, start, evidence"
        )
        for iri, found in groupby(rows, key=itemgetter(0)):
            yield self._statement(iri, [(row[1], from_json(Draft, row[2])) for row in found])

    def _statement(self, iri: str, found: list[tuple[str, Draft]]) -> Statement:
        drafts = [draft for _, draft in found]
        first = drafts[0]
        evidence = tuple(draft.evidence for draft in drafts)
        arguments: dict[StatementArgument, set[str]] = {}
        for draft in drafts:
            for argument in draft.arguments:
                arguments.setdefault(argument, set()).add(draft.evidence.id)
        literals = [draft.object.literal for draft in drafts if draft.object.literal]
        value: Node | Literal | Quotation | str
        if first.object.node:
            value = self._node(first.object.node)
        elif literals:
            value = min(literals, key=lambda literal: literal.label)
        else:
            value = first.object.quotation or first.object.statement or ""
        statement = Statement(
            id=iri,
            subject=self._speaker(first.subject),
            predicate=Relation(first.predicate.id, min(d.predicate.label for d in drafts)),
            object=value,
            status=first.status,
            polarity=first.polarity,
            certainty=max(d.certainty for d in drafts),
            confidence=max(d.confidence for d in drafts),
            attributed_to=self._node(first.attributed) if first.attributed else None,
            sourcing=min((d.sourcing for d in drafts if d.sourcing), default=None),
            time=min((d.time for d in drafts if d.time), default=None),
            place=min((d.place for d in drafts if d.place), default=None),
            arguments=_arguments(
                replace(argument, evidence=tuple(sorted(told)))
                for argument, told in arguments.items()
            ),
            source_count=1
            if len(found) == 1
            else independent(
                (outlet, piece.text) for (outlet, _), piece in zip(found, evidence, strict=True)
            ),
            evidence=evidence,
        )
        return replace(statement, salience=salience(statement, self._is_named))

    def events(self) -> Iterator[Event]:
        """Every event of which enough is told, with all its tellings; by class and participants."""
        rows = self._db.execute("SELECT key, body FROM event ORDER BY key, article, body")
        for key, found in groupby(rows, key=itemgetter(0)):
            told = [from_json(Told, body) for _, body in found]
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
        evidence = {piece: (t.outlet, words) for t in told for piece, words in t.evidence}
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


def _nothing_merged(label: str, merges: Collection[tuple[str, str, str]]) -> bool:
    """Whether an entity has the one name that its one article gives it."""
    if len(merges) > 1:
        return False
    return all(name == label and reason in _SAME for _, name, reason in merges)


def _arguments(items: Iterable[StatementArgument]) -> tuple[StatementArgument, ...]:
    """Each once, in an order of its content."""
    return tuple(
        sorted(
            set(items),
            key=lambda a: (a.role, a.label, a.value or "", a.datatype or "", a.entity or ""),
        )
    )


def independent(places: Iterable[tuple[str, str]]) -> int:
    """How many sources stand behind a statement, of (outlet, words) pairs.

    Two articles of one outlet count once, and so do the same words in two outlets: a wire copy,
    or one quotation that both printed.
    """
    parent: dict[str, str] = {}

    def find(name: str) -> str:
        parent.setdefault(name, name)
        while parent[name] != name:
            name = parent[name]
        return name

    for outlet, text in places:
        words = MARKS.sub("", text.casefold())
        low, high = sorted((find(f"o:{outlet}"), find(f"t:{words}")))
        parent[high] = low
    return max(1, len({find(name) for name in parent}))
