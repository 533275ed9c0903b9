"""A merge that was kept, brought up to date: it costs what an update changes.

`Kept.update` takes articles out of the tables and puts others in, resolves the names that these
reach (`kg.merge.names`), and compares what the entities, statements and events that this may have
changed were with what they are: the difference is what the store has to lose and to gain. The tables
as they were are read beside those as they will be, by a second connection; nothing is final before
`Kept.commit`. The outcome is that of a whole merge, which tests compare.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from kg.corrections.articles import REASON, Book
from kg.graph.mapping import Mapper
from kg.graph.ontology import Ontology
from kg.graph.vocab import KG
from kg.merge.articles import drop_statements, take_statements
from kg.merge.corrected import Mending
from kg.merge.counts import Census
from kg.merge.merged import Merged
from kg.merge.names import Names
from kg.merge.tables import undo
from kg.merge.tally import Tally, keep_tally, read_tally
from kg.model import (
    ArticleResult,
    Corrected,
    Entity,
    Evidence,
    Statement,
    StatementArgument,
)
from kg.resolve.across import Key
from kg.seeds import Seed

#: So many statements weigh as much as an article.
_STATEMENTS = 50
#: Of more articles that may say otherwise, a statement is read whole twice.
_READ_APART = 30


@dataclass(frozen=True, slots=True)
class Difference:
    """What an update changes: lines of N-Triples that leave and come, and the ids of articles whose
    own lines all leave first."""

    removed: set[str]
    added: set[str]
    articles: frozenset[str]
    corrected: tuple[Corrected, ...]


@dataclass(slots=True)
class _Dirty:
    """What may be otherwise than before."""

    articles: set[str] = field(default_factory=set)
    statements: set[str] = field(default_factory=set)
    events: set[str] = field(default_factory=set)
    entities: set[str] = field(default_factory=set)
    #: The articles that may speak otherwise of an entity.
    told: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))


class TooFar(Exception):
    """An update reaches so much that a merge of all is cheaper, and takes less memory."""


class Kept:
    """The tables of an earlier merge, opened to be brought up to date. Use with ``with``: what is not
    committed is as if it never was. Anything wrong with them is an `sqlite3.Error`, a `ValueError` or
    a `LookupError`."""

    def __init__(self, path: Path) -> None:
        self._old = sqlite3.connect(path, isolation_level=None)
        self.db = sqlite3.connect(path, isolation_level=None)
        try:
            self.db.execute("PRAGMA journal_mode=WAL")
            self.db.execute("PRAGMA synchronous=NORMAL")
            self.db.execute("PRAGMA cache_size=-16000")
            self._old.execute("BEGIN")
            self._old.execute("SELECT 1 FROM meta").fetchone()
            self.db.execute("BEGIN IMMEDIATE")
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Kept:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the tables; what was not committed is undone."""
        self._old.close()
        self.db.close()

    def commit(self) -> None:
        """Make the tables as they were brought up to date final."""
        self._old.close()
        self.db.execute("COMMIT")

    def meta(self, name: str) -> Any:
        """What was kept under a name (`set_meta`); None for nothing."""
        row = self.db.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return None if row is None else json.loads(row[0])

    def update(
        self,
        gone: Collection[str],
        came: Iterable[ArticleResult],
        result_of: Callable[[str], ArticleResult],
        *,
        base: str,
        seeds: Sequence[Seed],
        ontology: Ontology,
        facts: Collection[str],
        book: Book,
        most: int = 10**9,
    ) -> Difference:
        """Take the articles ``gone`` out and put ``came`` in (in place of those of the same id).
        ``result_of`` gives the result of any other; base, seeds, ontology and the statuses that make
        ``facts`` are those of the whole merge. Raises `TooFar` when more than ``most`` articles say
        something else then."""
        db, mapper = self.db, Mapper(base, facts, ontology)
        undo(db)
        mending, names = Mending(db, book), Names(db, base, seeds)
        fresh = {result.article.id: result for result in came}
        known = {*self._corrected_articles(), *book.corrected_articles()}
        again = {key for key in known - fresh.keys() - set(gone) if self._is_here(key)}
        results = fresh | {key: result_of(key) for key in sorted(again)}
        left = {key for key in {*gone, *results} if self._is_here(key)}
        for key in sorted(left):
            names.touch(key)
            names.drop(key)
        for key in sorted(results):
            mended = book.mend(results[key])
            names.take(mended.result, mended.scopes)
            names.touch(key)
        self._touch_apart(names, mending)
        reached = names.resolve()
        mending.apply(names)
        dirty = _Dirty(articles={*left, *results}, entities=reached.entities)
        self._follow_groups(reached.groups, dirty)
        if len(dirty.articles) > most:
            raise TooFar(f"{len(dirty.articles)} articles")
        self._redraft(dirty, gone, results, result_of, base, book, mending)
        self._follow_nodes(dirty)
        self._follow_shared(dirty)
        if len(dirty.statements) > most * _STATEMENTS:
            raise TooFar(f"{len(dirty.statements)} statements")
        self._list_articles(left, results)
        corrected = tuple(mending.corrected())
        removed, added = self._difference(dirty, mapper, Merged(self._old, base, ontology),
                                          Merged(db, base, ontology), corrected)  # fmt: skip
        for key in sorted(fresh):
            added.update(mapper.article(fresh[key].article))
        set_meta(db, "corrected", sorted(book.corrected_articles()))
        both = frozenset(key for key in left if key in fresh or key in gone)
        return Difference(removed - added, added - removed, both, corrected)

    # --- names ---------------------------------------------------------------------------------

    def _corrected_articles(self) -> Iterable[str]:
        found: list[str] = self.meta("corrected") or []
        return found

    def _is_here(self, key: str) -> bool:
        found = self._old.execute("SELECT 1 FROM article WHERE key = ?", (key,))
        return found.fetchone() is not None

    def _touch_apart(self, names: Names, mending: Mending) -> None:
        """Names that a person keeps apart now or kept apart before, if that changed."""
        names.apart = mending.apart()
        before = {tuple(key): {tuple(k) for k in foes} for key, foes in self.meta("apart") or []}
        now: dict[Any, set[Key]] = {key: set(foes) for key, foes in names.apart.items()}
        for key in sorted(before.keys() | now.keys()):
            if before.get(key) != now.get(key):
                names.touch_key((key[0], key[1], key[2]))
        keep_apart(self.db, names)

    def _follow_groups(self, groups: Iterable[int], dirty: _Dirty) -> None:
        """The articles whose names have another entity now."""
        changed = set(groups)
        for table in (self._old, self.db):
            for kind, name, article, entity in table.execute(
                "SELECT g.family, g.name, g.article, g.entity FROM undo_grp u "
                "JOIN grp g ON g.id = u.id"
            ).fetchall():
                key = (kind, name, article)
                found = [_entity_of(side, key) for side in (self._old, self.db)]
                dirty.entities |= {iri for _, iri in found if iri} | ({entity} - {None})
                if found[0][1] != found[1][1] and found[1][0] is not None:
                    changed.add(found[1][0])
            for sql in ("SELECT iri FROM undo_entity", "SELECT iri FROM change"):
                dirty.entities |= {iri for (iri,) in table.execute(sql)}
        pairs = (
            "SELECT b.entity FROM grp a JOIN doubt d ON d.grp = a.id JOIN grp b ON b.id = d.other "
            "WHERE a.entity = ?"
        )
        for iri in tuple(dirty.entities):  # what may be one with these tells their IRIs
            for table in (self._old, self.db):
                dirty.entities |= {other for (other,) in table.execute(pairs, (iri,)) if other}
        for number in changed:
            rows = self.db.execute("SELECT DISTINCT article FROM local WHERE grp = ?", (number,))
            dirty.articles |= {article for (article,) in rows}

    # --- statements ----------------------------------------------------------------------------

    def _redraft(
        self,
        dirty: _Dirty,
        gone: Collection[str],
        results: Mapping[str, ArticleResult],
        result_of: Callable[[str], ArticleResult],
        base: str,
        book: Book,
        mending: Mending,
    ) -> None:
        """Take out what these articles said, and put in what they say now."""
        local = (
            "SELECT DISTINCT g.entity FROM local l JOIN grp g ON g.id = l.grp WHERE l.article = ?"
        )
        for key in sorted(dirty.articles):
            statements, events, iris = drop_statements(self.db, key)
            iris |= {iri for (iri,) in self._old.execute(local, (key,))}
            if key not in gone:
                mended = book.mend(results.get(key) or result_of(key))
                more, told = take_statements(self.db, base, mended, mending)
                statements, events = statements | more, events | told
                used = "SELECT iri FROM used WHERE article = ?"
                iris |= {iri for (iri,) in self.db.execute(used, (key,))}
                iris |= {iri for (iri,) in self.db.execute(local, (key,))}
            for iri in iris - {None}:
                dirty.told[iri].add(key)
            dirty.entities |= iris - {None}
            dirty.statements |= statements
            dirty.events |= events

    def _follow_nodes(self, dirty: _Dirty) -> None:
        """Statements and events whose entities have another label or class."""
        sql = "SELECT label, kind, named FROM entity WHERE iri = ?"
        for iri in dirty.entities:
            before = self._old.execute(sql, (iri,)).fetchone()
            now = self.db.execute(sql, (iri,)).fetchone()
            if before is None or now is None or before == now:
                continue
            articles = self.db.execute(
                "SELECT DISTINCT l.article FROM grp g JOIN local l ON l.grp = g.id "
                "WHERE g.entity = ?",
                (iri,),
            ).fetchall()
            for (article,) in articles:
                for table, column, found in (
                    ("occurrence", "statement", dirty.statements),
                    ("event", "key", dirty.events),
                ):
                    rows = self.db.execute(
                        f"SELECT {column} FROM {table} WHERE article = ? AND instr(body, ?)",  # noqa: S608
                        (article, json.dumps(iri, ensure_ascii=False)),
                    )
                    found.update(value for (value,) in rows)

    def _follow_shared(self, dirty: _Dirty) -> None:
        """Statements that make the same fact as one of these, or are about the same clause. (Those that
        have a piece of evidence in common with one are of the same article.)"""
        for column in ("triple", "clause"):
            shared: set[str] = set()
            for table in (self._old, self.db):
                # all occurrences of a statement have one fact, and one clause or none
                sql = f"SELECT {column} FROM occurrence WHERE statement = ? LIMIT 1"  # noqa: S608
                for iri in dirty.statements:
                    shared.update(value for (value,) in table.execute(sql, (iri,)) if value)
            following = (  # from one statement to the next: one may stand in thousands of articles
                f"SELECT statement FROM occurrence WHERE {column} = ? AND statement > ? "  # noqa: S608
                "ORDER BY statement LIMIT 1"
            )
            for table in (self._old, self.db):
                for value in shared:
                    last: tuple[str] | None = ("",)
                    while last is not None:
                        last = table.execute(following, (value, *last)).fetchone()
                        dirty.statements.update(last or ())

    def _list_articles(self, left: Iterable[str], results: Mapping[str, ArticleResult]) -> None:
        for key in left:
            self.db.execute("DELETE FROM article WHERE key = ?", (key,))
        list_articles(self.db, results.values())

    # --- what it comes to ----------------------------------------------------------------------

    def _difference(
        self,
        dirty: _Dirty,
        mapper: Mapper,
        old: Merged,
        new: Merged,
        corrected: Sequence[Corrected],
    ) -> tuple[set[str], set[str]]:
        census = Census()
        before: set[str] = set()
        now: set[str] = set()
        pairs = [_statements(iri, dirty, old, new) for iri in dirty.statements]
        differing = {piece.id for pair in pairs for piece in _pieces_of_one(*pair)}
        for pair in pairs:
            told = _arguments_told(*pair)
            for statement, arguments, lines, sign in zip(
                pair, told, (before, now), (-1, 1), strict=True
            ):
                if statement is not None:
                    census.statement(statement, sign)
                    pieces = [piece for piece in statement.evidence if piece.id in differing]
                    lines.update(mapper.statement(statement, arguments, pieces))
        for side, lines, sign in ((old, before, -1), (new, now, 1)):
            for key in dirty.events:
                for event in side.events_of(key):
                    census.event(event, sign)
                    lines.update(mapper.event(event))
        for iri in dirty.entities:
            for entity, lines, sign in zip(
                self._entities(iri, dirty, old, new), (before, now), (-1, 1), strict=True
            ):
                if entity is not None:
                    census.entity(entity, sign)
                    lines.update(mapper.entity(entity))
        before.update(self.meta("corrections") or [])
        lines_now = [line for found in corrected for line in mapper.correction(found)]
        now.update(lines_now)
        set_meta(self.db, "corrections", lines_now)
        census.add_to(self.db)
        changed = {name for what, name, _ in census.counts if what == "relation"}
        for db, lines in ((self._old, before), (self.db, now)):
            lines.update(self._vocabulary(db, changed, mapper))
        return before, now

    def _entities(
        self, iri: str, dirty: _Dirty, old: Merged, new: Merged
    ) -> tuple[Entity | None, Entity | None]:
        """An entity as it was and as it is, each with the articles that make a difference."""
        some = self._deciding(iri) | dirty.told.get(iri, set())
        keys = [side.keys(iri) for side in (old, new)]
        if not (old.changes(iri) or new.changes(iri)):  # else corrections may retire the same
            keys = [keys[0] - keys[1], keys[1] - keys[0]]
        before, now = old.entity(iri, some, keys[0]), new.entity(iri, some, keys[1])
        if before is None or now is None:
            return before and old.entity(iri), now and new.entity(iri)
        trivial = old.is_trivial(iri, before.label), new.is_trivial(iri, now.label)
        if trivial[0] != trivial[1] or self._reasons_differ(iri):
            return old.entity(iri), new.entity(iri)
        return before, now

    def _reasons_differ(self, iri: str) -> bool:
        """Whether a name that was the entity's and still is has another reason now."""
        sql = "SELECT family, name, article, reason FROM grp WHERE entity = ?"
        before, now = (
            {row[:3]: row[3] for row in db.execute(sql, (iri,))} for db in (self._old, self.db)
        )
        return any(before[key] != now[key] for key in before.keys() & now.keys())

    def _deciding(self, iri: str) -> set[str]:
        """The articles that decide what is said of an entity as a whole: one that its IRI names, and
        one in which a correction gave it a name."""
        found: set[str] = set()
        parts = iri.split("_")[1:]
        for db in (self._old, self.db):
            for part in {part[:8] for part in parts if len(part) >= 8}:
                rows = db.execute(
                    "SELECT key FROM article WHERE key >= ? AND key < ?", (part, part + "\x7f")
                )
                found |= {key for (key,) in rows}
            corrected = db.execute(
                "SELECT n.article FROM grp g JOIN known k ON k.raw = g.id AND k.reason = ?2 "
                "JOIN name n ON n.raw = k.raw AND n.reason = k.reason WHERE g.entity = ?1 LIMIT 1",
                (iri, REASON),
            )
            found |= {key for (key,) in corrected}
        return found

    def _vocabulary(
        self, db: sqlite3.Connection, changed: Collection[str], mapper: Mapper
    ) -> Iterator[str]:
        """What a graph declares; of relations in their own words only these, and one that stays."""

        def names(what: str) -> list[str]:
            return [n for (n,) in db.execute("SELECT name FROM met WHERE what = ?", (what,))]

        relations: dict[str, str] = {}
        label = "SELECT MIN(label) FROM met WHERE what = 'relation' AND name = ?"
        known = "SELECT DISTINCT name FROM met WHERE what = 'relation' AND name >= ? AND name < ?"
        own = {name for (name,) in db.execute(known, (KG, KG + "\U0010ffff"))}
        others = self.db.execute(
            "SELECT name FROM met WHERE what = 'relation' AND (name < ? OR name >= ?)",
            (KG, KG + "\U0010ffff"),
        )
        stays = next((name for (name,) in others if name not in changed), None)
        for name in {*own, *changed, *([stays] if stays else [])}:
            (least,) = db.execute(label, (name,)).fetchone()
            if least is not None:
                relations[name] = least
        return mapper.declare(names("class"), relations, names("role"), names("extractor"))


def _statements(
    iri: str, dirty: _Dirty, old: Merged, new: Merged
) -> tuple[Statement | None, Statement | None]:
    """A statement as it was and as it is. Of one with a tally they have the evidence of the articles
    that may say otherwise; of another, what the other articles say is read once."""
    few = len(dirty.articles) <= _READ_APART
    tally = read_tally(old.db, iri)
    if tally is not None and few:
        gone, came = old.said(iri, dirty.articles), new.said(iri, dirty.articles)
        after = tally.changed(gone, came) if gone != came else tally
        if after is not None:
            if after is not tally:
                keep_tally(new.db, iri, after)
            return old.tallied(iri, tally, gone), new.tallied(iri, after, came)
    now = new.said(iri)
    if few:
        stays = (said for said in now if said.article not in dirty.articles)
        before = sorted([*stays, *old.said(iri, dirty.articles)], key=attrgetter("place"))
    else:
        before = old.said(iri)
    made = Tally.of(now)
    if tally is not None or made is not None:
        keep_tally(new.db, iri, made)
    return old.statement_of(iri, before), new.statement_of(iri, now)


def _pieces_of_one(one: Statement | None, other: Statement | None) -> set[Evidence]:
    """The pieces of evidence that only one of the two has."""
    return {*(one.evidence if one else ())} ^ {*(other.evidence if other else ())}


def _arguments_told(
    one: Statement | None, other: Statement | None
) -> tuple[list[StatementArgument], list[StatementArgument]]:
    """The arguments of both, without those, and without the evidence of those, that stay."""
    groups = _arguments_by_node(one), _arguments_by_node(other)
    here: list[StatementArgument] = []
    there: list[StatementArgument] = []
    for node in groups[0].keys() | groups[1].keys():
        before, now = (found.get(node, []) for found in groups)
        if before == now:
            continue
        if len(before) == len(now) == 1 and before[0].unit == now[0].unit:
            stays = {*before[0].evidence} & {*now[0].evidence}
            before, now = ([_without(side[0], stays)] for side in (before, now))
        here += before
        there += now
    return here, there


def _arguments_by_node(
    statement: Statement | None,
) -> dict[tuple[str | None, ...], list[StatementArgument]]:
    """The arguments by what makes them one node of the graph."""
    found: dict[tuple[str | None, ...], list[StatementArgument]] = {}
    for one in statement.arguments if statement else ():
        node = (one.role, one.label, one.value, one.datatype, one.entity)
        found.setdefault(node, []).append(one)
    return found


def _without(argument: StatementArgument, evidence: Collection[str]) -> StatementArgument:
    left = tuple(piece for piece in argument.evidence if piece not in evidence)
    return replace(argument, evidence=left)


def _entity_of(db: sqlite3.Connection, key: Key) -> tuple[int | None, str | None]:
    row = db.execute(
        "SELECT id, entity FROM grp WHERE family = ? AND name = ? AND article = ?", key
    ).fetchone()
    return (None, None) if row is None else (row[0], row[1])


def set_meta(db: sqlite3.Connection, name: str, value: Any) -> None:
    """Keep a value under a name."""
    db.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (name, json.dumps(value)))


def keep_apart(db: sqlite3.Connection, names: Names) -> None:
    """Keep the names that a person keeps apart."""
    set_meta(db, "apart", [[key, sorted(foes)] for key, foes in sorted(names.apart.items())])


def keep_tallies(merged: Merged) -> None:
    """Keep the tallies of statements of very many places, which were all told."""
    for iri in sorted(merged.often):
        keep_tally(merged.db, iri, Tally.of(merged.said(iri)))


def list_articles(db: sqlite3.Connection, results: Iterable[ArticleResult]) -> None:
    """Keep what a report tells of articles."""
    db.executemany(
        "INSERT OR REPLACE INTO article VALUES (?, ?, NULL, ?, ?)",
        [(r.article.id, r.article.source, r.sentences, len(r.abstentions)) for r in results],
    )
