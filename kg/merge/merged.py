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

from kg.corrections.articles import Book, Mended
from kg.events.identity import Told, enough, finest
from kg.events.identity import events as tellings_by_event
from kg.events.tellings import event_label
from kg.graph.ontology import Ontology, load_ontology
from kg.graph.vocab import KG
from kg.kb.index import KnowledgeBase
from kg.merge.copies import independent
from kg.merge.drafts import UNKNOWN_SPEAKER, Draft, Drafts, MarkKey, event_iri, nodes
from kg.merge.linked import Links
from kg.merge.mended import Mending
from kg.merge.salience import salience
from kg.model import (
    BY_HAND,
    ArticleResult,
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
from kg.resolve.across import (
    JOINING,
    TOPIC,
    Apart,
    Group,
    Key,
    best_label,
    group_key,
    has_capital,
    join,
    local_names,
    outvoted,
    seed_names,
    topic_type,
)
from kg.resolve.conflicts import Facts, facts_of, parted
from kg.resolve.kinds import family
from kg.resolve.linking import SHARED
from kg.resolve.names import normal
from kg.results import from_json, to_json
from kg.seeds import Seed

_TABLES = """
CREATE TABLE local (article TEXT, key TEXT, grp INTEGER, label TEXT, kind TEXT, mentions INTEGER,
    PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE TABLE name (grp INTEGER, article TEXT, text TEXT, reason TEXT,
    PRIMARY KEY (grp, article, text, reason)) WITHOUT ROWID;
CREATE TABLE grp (id INTEGER PRIMARY KEY, family TEXT, name TEXT, article TEXT, entity TEXT,
    reason TEXT, apart TEXT, UNIQUE (family, name, article));
CREATE TABLE life (grp INTEGER, article TEXT, body TEXT, PRIMARY KEY (grp, article)) WITHOUT ROWID;
CREATE TABLE entity (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, named INTEGER, aliases TEXT,
    folded TEXT UNIQUE) WITHOUT ROWID;
CREATE TABLE used (iri TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE occurrence (statement TEXT, article TEXT, start INTEGER, evidence TEXT, printed TEXT,
    body TEXT, PRIMARY KEY (statement, article, start, evidence)) WITHOUT ROWID;
CREATE TABLE event (key TEXT, article TEXT, body TEXT, PRIMARY KEY (key, article, body)) WITHOUT ROWID;
CREATE INDEX local_grp ON local (grp);
CREATE INDEX local_label ON local (label);
CREATE INDEX grp_entity ON grp (entity);
CREATE INDEX grp_name ON grp (name);
"""

#: Reasons that say no more than that it is what it is called.
_SAME = frozenset(["same name", "same words", "definite"])
#: So many columns of a row.
_FIRST = {count: itemgetter(*range(count)) for count in (4, 5)}
_GROUPS = (
    "SELECT g.id, g.family, g.name, g.article, l.label, l.kind, SUM(l.mentions),"
    " COUNT(DISTINCT l.article) FROM grp g JOIN local l ON l.grp = g.id "
)


class Merged:
    """The merged graph: `entities`, `statements` and `events`, streamed from disk, in an order that
    depends on the content only (entities and statements: by IRI).

    ``results`` gives the results anew at each call, in any order, each article once; ``scratch``
    is a file to work in (``":memory:"`` for small inputs); ``ontology`` tells which relations can
    hurt (by default the shipped one); ``book`` holds a person's corrections, ``base_of`` is a knowledge
    base that names are looked up in. Close it when done, or use ``with``.
    """

    def __init__(
        self,
        results: Callable[[], Iterable[ArticleResult]],
        *,
        base: str = "https://kg.example/",
        seeds: Sequence[Seed] = (),
        scratch: str | Path = ":memory:",
        ontology: Ontology | None = None,
        book: Book | None = None,
        base_of: KnowledgeBase | None = None,
    ) -> None:
        self._base = base
        self._terms = ontology or load_ontology()
        self._book = book or Book((), {})
        self._db = sqlite3.connect(scratch)
        self._db.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
            "PRAGMA temp_store=FILE;" + _TABLES
        )
        self._node = lru_cache(maxsize=16384)(self._read_node)
        self._mending = Mending(self._db, self._book)
        self._links = Links(self._db, base_of)
        self.is_named = lru_cache(maxsize=16384)(self._read_named)
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
        self.is_named.cache_clear()
        self._db.close()

    # --- entities ----------------------------------------------------------------------------

    def _take_names(self, result: ArticleResult) -> None:
        mended = self._book.mend(result)
        result, article = mended.result, result.article.id
        keys = [group_key(entity, article) for entity in result.entities]
        if mended.scopes:
            scopes = [mended.scopes.get(entity.key) for entity in result.entities]
            keys = [(*k[:2], k[2] if s is None else s) for k, s in zip(keys, scopes, strict=True)]
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
        self._db.executemany(
            "UPDATE grp SET apart = ? WHERE family = ? AND name = ? AND article = ?",
            [(e.apart, *key) for e, key in zip(result.entities, keys, strict=True) if e.apart],
        )
        self._db.executemany(
            "INSERT OR IGNORE INTO life SELECT l.grp, l.article, ?3 FROM local l "
            "JOIN grp g ON g.id = l.grp WHERE l.article = ?1 AND l.key = ?2 AND g.article = ''",
            [(article, key, to_json(facts)) for key, facts in facts_of(result).items()],
        )

    def _resolve(self, seeds: Sequence[Seed]) -> None:
        self._settle_families()
        self._settle_people()
        seeds = self._links.seeds(seeds)
        families = [
            row[0] for row in self._db.execute("SELECT DISTINCT family FROM grp ORDER BY 1")
        ]
        by_seed: dict[str, str] = {}
        apart = self._mending.apart()
        for kind in families:
            if kind == TOPIC:
                continue
            found = join(self._groups(kind), seeds, apart)
            # Names are given by content: who is written about most may change with any article.
            for joined in sorted(found, key=lambda joined: joined.groups):
                iri = self._made(joined.label, joined.type, joined.groups[0])
                self._db.executemany(
                    "UPDATE grp SET entity = ?, reason = COALESCE(apart, ?) "
                    "WHERE family = ? AND name = ? AND article = ?",
                    [(iri, joined.reasons[key], *key) for key in joined.groups],
                )
                if joined.seed is not None:
                    by_seed[joined.seed.id] = iri
        self._resolve_topics(seed_names(seeds), by_seed, apart)
        self._mending.entities()
        self._add_aliases()
        self._links.settle()
        self._mending.aliases()

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
                both = {winner[0], loser[0]} == {"organization", "made"}
                if both and self._in_one_article(here, there):
                    continue  # "Orion unveiled the Orion": a text that speaks of both knows
                self._db.execute("UPDATE local SET grp = ? WHERE grp = ?", (here, there))
                self._db.execute("UPDATE OR IGNORE name SET grp = ? WHERE grp = ?", (here, there))
                self._db.execute("DELETE FROM name WHERE grp = ?", (there,))
                self._db.execute("DELETE FROM grp WHERE id = ?", (there,))

    def _in_one_article(self, one: int, other: int) -> bool:
        found = self._db.execute(
            "SELECT 1 FROM local a JOIN local b ON a.article = b.article "
            "WHERE a.grp = ? AND b.grp = ? LIMIT 1",
            (one, other),
        )
        return found.fetchone() is not None

    def _settle_people(self) -> None:
        """Part the people of one full name, where what articles tell of their lives conflicts."""
        several = self._db.execute(
            "SELECT f.grp, g.name FROM life f JOIN grp g ON g.id = f.grp WHERE g.family = 'person' "
            "GROUP BY f.grp HAVING COUNT(*) > 1 ORDER BY g.name"
        ).fetchall()
        for number, name in several:
            told = self._db.execute("SELECT article, body FROM life WHERE grp = ?", (number,))
            lives = {article: from_json(Facts, body) for article, body in told}
            articles = self._db.execute("SELECT article FROM local WHERE grp = ?", (number,))
            people = parted(lives, [article for (article,) in articles.fetchall()])
            if people:
                reason = "one of several people of this name"
                self._db.execute("UPDATE grp SET apart = ? WHERE id = ?", (reason, number))
            for article, (which, why) in sorted(people.items()):
                if which:
                    self._part(number, name, min(a for a, (n, _) in people.items() if n == which),
                               article, why)  # fmt: skip

    def _part(self, number: int, name: str, first: str, article: str, why: str) -> None:
        """Give a person's part in an article to the person of that name whom article ``first`` has."""
        self._db.execute(
            "INSERT OR IGNORE INTO grp (family, name, article, apart) VALUES ('person', ?, ?, ?)",
            (name, first, why),
        )
        for table in ("local", "name"):
            self._db.execute(
                f"UPDATE {table} SET grp = (SELECT id FROM grp WHERE family = 'person'"  # noqa: S608
                " AND name = ? AND article = ?) WHERE grp = ? AND article = ?",
                (name, first, number, article),
            )

    def _resolve_topics(
        self, seeds: Mapping[str, Seed], by_seed: dict[str, str], apart: Apart
    ) -> None:
        """Each topic an entity of its own, unless it reads like a name that is known."""
        rows = self._db.execute(
            "SELECT g.id, g.family, g.name, g.article, l.label, l.kind, SUM(l.mentions) "
            "FROM grp g JOIN local l ON l.grp = g.id WHERE g.family = ? "
            "GROUP BY g.id, l.label, l.kind ORDER BY g.name, g.article",
            (TOPIC,),
        )
        homes = self._topics(rows, seeds, by_seed, apart)
        self._db.executemany("UPDATE grp SET entity = ?, reason = ? WHERE id = ?", homes)

    def _topics(
        self,
        rows: Iterable[Any],
        seeds: Mapping[str, Seed],
        by_seed: dict[str, str],
        apart: Apart,
    ) -> Iterator[tuple[str, str, int]]:
        """The entity of each topic, why, and its group."""
        for (number, *key), found in groupby(rows, key=_FIRST[4]):
            labels: dict[str, int] = {}
            types: dict[str, int] = {}
            for *_, label, kind, mentions in found:
                labels[label] = labels.get(label, 0) + mentions
                types[kind] = types.get(kind, 0) + mentions
            own = (key[0], key[1], key[2])
            iri, reason = self._known_topic(labels, seeds, by_seed)
            if iri is None or self._is_other(iri, apart.get(own, ())):
                label, kind = best_label(labels), topic_type(types)
                iri, reason = self._made(label, kind, own, named=False), "same words"
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
                key = (family(seed.type), normal(seed.label), "")
                by_seed[seed.id] = self._made(seed.label, seed.type, key)
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

    def _is_other(self, iri: str, apart: Iterable[Key]) -> bool:
        """Whether one of the names that are kept apart has this entity."""
        found = "SELECT 1 FROM grp WHERE entity = ? AND family = ? AND name = ? AND article = ?"
        return any(self._db.execute(found, (iri, *key)).fetchone() for key in apart)

    def _made(self, label: str, kind: str, key: Key, *, named: bool = True) -> str:
        """A new entity's IRI, which none has yet; those that differ in case only count as the same."""
        for local in local_names(label, kind, key):
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
            "WHERE g.entity = entity.iri AND n.text <> entity.label AND n.reason <> ? "
            "ORDER BY n.text))",
            (SHARED,),
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
                near=self._links.near(iri),
                **self._changes(iri),
            )

    def _changes(self, iri: str) -> dict[str, tuple[str, ...]]:
        """What corrections made of an entity."""
        change = self._mending.changes.get(iri)
        if change is None:
            return {"same_as": self._links.same_as(iri)}
        return {
            "replaces": tuple(sorted(change.replaces)),
            "same_as": tuple(sorted({*change.same_as, *self._links.same_as(iri)})),
            "corrections": tuple(sorted(change.corrections)),
        }

    def corrections(self) -> Iterator[Corrected]:
        """What became of each correction, by id."""
        return self._mending.corrected()

    # --- statements --------------------------------------------------------------------------

    def _take_statements(self, result: ArticleResult) -> None:
        mended = self._book.mend(result)
        result = mended.result
        iris = dict(
            self._db.execute(
                "SELECT l.key, g.entity FROM local l JOIN grp g ON l.grp = g.id "
                "WHERE l.article = ?", (result.article.id,)
            ).fetchall()
        )  # fmt: skip
        drafts = Drafts(self._base, result, iris, mended.marks)
        rows = []
        used: set[str] = set()
        for draft in drafts.all():
            evidence = draft.evidence
            used.update(nodes(draft))
            rows.append(
                (draft.id, evidence.article, evidence.start, evidence.id,
                 drafts.printed(evidence), to_json(draft)),
            )  # fmt: skip
        self._db.executemany("INSERT OR IGNORE INTO occurrence VALUES (?, ?, ?, ?, ?, ?)", rows)
        self._db.executemany("INSERT OR IGNORE INTO used VALUES (?)", [(iri,) for iri in used])
        self._db.executemany(
            "INSERT OR IGNORE INTO event VALUES (?, ?, ?)",
            [(json.dumps(told.key()), told.article, to_json(told)) for told in drafts.events()],
        )
        if mended.marks or mended.gone:
            self._revise(mended, drafts.ids(), Drafts(self._base, mended.before, iris).ids())

    def _revise(
        self, mended: Mended, now: Mapping[MarkKey, str], before: Mapping[MarkKey, str]
    ) -> None:
        """Tell which statements corrections changed or took out."""
        for key, correction in mended.gone.items():
            if key in before:
                self._mending.revise(correction, before[key], "")
        for key, mark in mended.marks.items():
            if key in before and key in now and before[key] != now[key]:
                for correction in mark.corrections:
                    self._mending.revise(correction, before[key], now[key])

    def statements(self) -> Iterator[Statement]:
        """Every statement with all its evidence; sorted by IRI."""
        rows = self._db.execute(
            "SELECT statement, printed, body FROM occurrence "
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
        seen = any(draft.confirmed for draft in drafts)
        by_hand = all(piece.extractor == BY_HAND for piece in evidence)
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
            source_count=1 if len(found) == 1 else independent(printed for printed, _ in found),
            evidence=evidence,
            unchecked=not (seen or by_hand) and self._can_hurt(first.predicate, value),
            confirmed=seen,
            corrections=tuple(sorted({key for draft in drafts for key in draft.corrections})),
        )
        return replace(statement, salience=salience(statement, self.is_named))

    def _can_hurt(self, predicate: Relation, value: Node | Literal | Quotation | str) -> bool:
        """Whether a statement is to be marked until a person confirms it."""
        name = predicate.id.removeprefix(KG) if predicate.id.startswith(KG) else None
        target = value.label if isinstance(value, Node | Literal) else ""
        return self._terms.is_sensitive(name, predicate.label, target)

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
