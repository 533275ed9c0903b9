"""The names of all articles, and which of them are one entity of the graph.

`Names.take` counts the names of an article, `Names.drop` takes them out again, `Names.resolve` tells
what they mean together. What `kg.resolve.across` decides is decided by few names at a time: those of
one name (families, people of one name), those that second names and seeds join, those whose IRIs
would be the same. So an article that comes or goes decides anew what its own names reach, and all
else stays; the outcome is that of all names at once.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any, Final

from kg.merge.tables import index_names
from kg.merge.undecided import MOST, Likely, undoubt
from kg.model import ArticleResult
from kg.resolve.across import (
    JOINING,
    TOPIC,
    Apart,
    Group,
    Joined,
    Key,
    best_label,
    group_key,
    has_capital,
    join,
    key_name,
    local_name,
    outvoted,
    seed_iris,
    seed_names,
    topic_type,
)
from kg.resolve.conflicts import Facts, facts_of, parted
from kg.resolve.kinds import family
from kg.resolve.linking import SHARED
from kg.resolve.sets import Sets
from kg.resolve.variants import SOUND, forms
from kg.results import from_json, to_json
from kg.seeds import Seed

_AT_ONCE: Final = 1_000
_SEVERAL: Final = "one of several people of this name"
#: The names that articles have for an entity: those of whole groups, of what they took in, of parts.
_TEXTS: Final = (
    "WITH whole AS (SELECT id FROM grp WHERE entity = ?1 AND home IS NULL AND parted IS NULL "
    "AND part IS NULL) "
    "SELECT k.text FROM whole w JOIN known k ON k.raw = w.id WHERE k.reason <> ?2 UNION "
    "SELECT k.text FROM whole w JOIN grp g ON g.home = w.id JOIN known k ON k.raw = g.id "
    "WHERE k.reason <> ?2 UNION "
    "SELECT n.text FROM grp g JOIN name n ON n.grp = g.id WHERE g.entity = ?1 AND g.home IS NULL "
    "AND (g.parted IS NOT NULL OR g.part IS NOT NULL) AND n.reason <> ?2"
)
#: Counts of labels and names, added to those that there are.
_LABELLED: Final = (
    "INSERT INTO label VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "mentions = mentions + excluded.mentions, articles = articles + excluded.articles"
)
_KNOWN: Final = (
    "INSERT INTO known VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET "
    "articles = articles + excluded.articles"
)
_THESE: Final = "(SELECT value FROM json_each(?))"
_COUNTS: Final = f"SELECT raw, label, kind, mentions, articles FROM label WHERE raw IN {_THESE}"  # noqa: S608
_PART: Final = (
    "SELECT grp, label, kind, SUM(mentions), COUNT(DISTINCT article) FROM local "  # noqa: S608
    f"WHERE grp IN {_THESE} GROUP BY grp, label, kind"
)
#: Two groups of a family that may be one: a name and the only one whose second name it is, a name and one
#: that may be written so, names that sound alike; of forms that not more than so many names may have.
_SECOND_NAMES: Final = (
    "SELECT o.id, t.id FROM (SELECT text, MIN(name) AS name FROM alias WHERE family = :family "
    "GROUP BY text HAVING COUNT(*) = 1) a "
    "JOIN grp o ON o.family = :family AND o.name = a.name AND o.article = '' "
    "JOIN grp t ON t.family = :family AND t.name = a.text AND t.article = ''"
)
_SPELLINGS: Final = (
    "SELECT o.id, t.id FROM variant v "
    "JOIN grp t ON t.family = :family AND t.name = v.text AND t.article = '' "
    "JOIN grp o ON o.family = :family AND o.name = v.name AND o.article = '' WHERE v.family = :family "
    "AND (SELECT COUNT(*) FROM variant w WHERE w.family = :family AND w.text = v.text) <= :most"
)
_SOUNDS: Final = (
    "SELECT o.id, t.id FROM (SELECT text, MIN(name) AS name FROM variant "
    "WHERE family = :family AND text >= '~' GROUP BY text HAVING COUNT(*) BETWEEN 2 AND :most) f "
    "JOIN variant v ON v.family = :family AND v.text = f.text "
    "JOIN grp o ON o.family = :family AND o.name = f.name AND o.article = '' "
    "JOIN grp t ON t.family = :family AND t.name = v.name AND t.article = ''"
)
#: Settled groups: those that no other took in.
_SETTLED: Final = (
    "SELECT id, family, name, article, parted, part, entity FROM grp WHERE home IS NULL "
)


@dataclass(slots=True)
class Reached:
    """What a resolution reached: IRIs of entities that are gone, new or perhaps otherwise now, and
    groups (by number) whose articles have to look up their entities again."""

    entities: set[str] = field(default_factory=set)
    groups: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """An entity that is to have the IRI of a key, spelled as a seed has it."""

    label: str
    kind: str
    key: Key
    named: bool = True
    phrase: bool = False
    seed: str | None = None
    #: Numbers of its groups, with the reason of each.
    groups: tuple[tuple[int, str], ...] = ()


class Names:
    """Names in the tables of a merge. ``apart`` are those that a person keeps apart."""

    def __init__(self, db: sqlite3.Connection, base: str, seeds: Sequence[Seed] = ()) -> None:
        self._db = db
        self._base = base
        self._know(seeds)
        self._known = seed_iris(seeds)
        self.apart: Apart = MappingProxyType({})
        self._touched: set[str] = set()  # names
        self._topics: set[int] = set()
        self._labels: set[str] = set()
        self._lives: set[int] | None = None  # all, in a whole merge
        self._lost: set[str] = set()  # seeds of entities that went

    def _know(self, seeds: Sequence[Seed]) -> None:
        """Take what is known beforehand."""
        self._seeds = tuple(seeds)
        self._phrases = seed_names(seeds)
        self._numbers: dict[str, set[int]] = {}
        for number, seed in enumerate(self._seeds):
            for text in (seed.label, *seed.aliases):
                name = key_name(family(seed.type), text)
                self._numbers.setdefault(name, set()).add(number)

    # --- articles ------------------------------------------------------------------------------

    def take(self, result: ArticleResult, scopes: Mapping[str, str]) -> None:
        """Count an article's names. ``scopes`` are those of entities that a correction keeps apart."""
        article = result.article.id
        keys = [group_key(entity, article) for entity in result.entities]
        if scopes:
            given = [scopes.get(entity.key) for entity in result.entities]
            keys = [(*k[:2], k[2] if s is None else s) for k, s in zip(keys, given, strict=True)]
        groups = self._numbered(keys)
        own = {e.key: key for e, key in zip(result.entities, keys, strict=True)}
        here = {e.key: e for e in result.entities}
        local, labels = [], Counter[tuple[int, str, str]]()  # of two entities of one key, the last
        for name, entity in here.items():
            raw, home = groups[own[name]]
            mentions = max(1, len(entity.mentions))
            local.append((article, name, raw, home, entity.label, entity.type, mentions))
            labels[raw, entity.label, entity.type] += mentions
        known = {
            (groups[own[e.key]], n.text, n.reason): None for e in result.entities for n in e.names
        }
        lives = {
            groups[own[name]][0]: to_json(facts)
            for name, facts in reversed(facts_of(result).items())
            if name in own and not own[name][2]
        }
        run = self._db.executemany
        run("INSERT OR REPLACE INTO local VALUES (?, ?, ?, ?, ?, ?, ?)", local)
        run(
            "INSERT OR IGNORE INTO name VALUES (?, ?, ?, ?, ?)",
            [(raw, article, text, reason, home) for (raw, home), text, reason in known],
        )
        run(
            "UPDATE grp SET apart = ? WHERE family = ? AND name = ? AND article = ?",
            [(e.apart, *key) for e, key in zip(result.entities, keys, strict=True) if e.apart],
        )
        run(
            "INSERT OR IGNORE INTO life VALUES (?, ?, ?)",
            [(raw, article, body) for raw, body in lives.items()],
        )
        self._db.execute(
            "INSERT OR REPLACE INTO dated VALUES (?, ?)", (article, result.article.date or "")
        )
        run(_LABELLED, [(*label, mentions, 1) for label, mentions in labels.items()])
        run(_KNOWN, [(raw, text, reason, 1) for (raw, _), text, reason in known])

    def _numbered(self, keys: Iterable[Key]) -> dict[Key, tuple[int, int]]:
        """The numbers of groups, which are made where they are not there: their own, and that of the
        group that has taken them in."""
        found = {}
        for key in dict.fromkeys(keys):
            row = self._db.execute(
                "SELECT id, COALESCE(home, id) FROM grp "
                "WHERE family = ? AND name = ? AND article = ?",
                key,
            ).fetchone()
            if row is None:
                sql = "INSERT INTO grp (family, name, article) VALUES (?, ?, ?)"
                number = self._db.execute(sql, key).lastrowid
                assert number is not None
                row = number, number
            found[key] = row
        return found

    def drop(self, article: str) -> None:
        """Take an article's names out."""
        self._db.execute(
            "UPDATE label SET mentions = label.mentions - l.mentions, articles = articles - 1 "
            "FROM (SELECT raw, label, kind, SUM(mentions) AS mentions FROM local "
            "WHERE article = ? GROUP BY raw, label, kind) l "
            "WHERE label.raw = l.raw AND label.label = l.label AND label.kind = l.kind",
            (article,),
        )
        self._db.execute(
            "UPDATE known SET articles = articles - 1 FROM name n WHERE n.article = ?1 "
            "AND n.raw IN (SELECT raw FROM local WHERE article = ?1) "
            "AND known.raw = n.raw AND known.text = n.text AND known.reason = n.reason",
            (article,),
        )
        raws = "(SELECT raw FROM local WHERE article = ?1)"
        for table in ("label", "known"):
            self._db.execute(
                f"DELETE FROM {table} WHERE articles = 0 AND raw IN {raws}",  # noqa: S608
                (article,),
            )
        for table in ("name", "life", "local"):
            self._db.execute(
                f"DELETE FROM {table} WHERE article = ?1 AND raw IN {raws}",  # noqa: S608
                (article,),
            )
        self._db.execute("DELETE FROM dated WHERE article = ?", (article,))

    def touch(self, article: str) -> None:
        """Remember that the names of an article, which was taken or will be dropped, are to be
        resolved again."""
        rows = self._db.execute(
            "SELECT g.id, g.family, g.name, l.label FROM local l JOIN grp g ON g.id = l.raw "
            "WHERE l.article = ?",
            (article,),
        )
        for number, kind, name, label in rows:
            if kind == TOPIC:
                self._topics.add(number)
            else:
                self._touched.add(name)
                self._labels.add(label)
        lives = self._db.execute(
            "SELECT f.raw FROM life f WHERE f.article = ?1 "
            "AND f.raw IN (SELECT raw FROM local WHERE article = ?1)",
            (article,),
        )
        self._lives = (self._lives or set()) | {number for (number,) in lives}

    def touch_key(self, key: Key) -> None:
        """Remember that a name is to be resolved again."""
        kind, name, article = key
        self._lives = self._lives or set()
        if kind != TOPIC:
            self._touched.add(name)
            return
        found = self._db.execute(
            "SELECT id FROM grp WHERE family = ? AND name = ? AND article = ?",
            (kind, name, article),
        )
        self._topics.update(number for (number,) in found)

    # --- resolution ----------------------------------------------------------------------------

    def resolve_all(self, linked: Callable[[Sequence[Seed]], Sequence[Seed]] = tuple) -> None:
        """Resolve the names of all articles, which nobody did before. ``linked`` adds what they
        mean to the seeds, when those of one name are brought together."""
        index_names(self._db)
        several = self._db.execute(
            "SELECT name FROM grp WHERE family <> ?1 GROUP BY name "
            "HAVING COUNT(DISTINCT family) > 1 UNION SELECT g.name FROM life f "
            "JOIN grp g ON g.id = f.raw GROUP BY f.raw HAVING COUNT(*) > 1",
            (TOPIC,),
        ).fetchall()
        for (name,) in several:
            self._settle(name)
        self._know(linked(self._seeds))
        kinds = self._db.execute("SELECT DISTINCT family FROM grp ORDER BY 1").fetchall()
        for (kind,) in kinds:
            if kind == TOPIC:
                continue
            rows = self._db.execute(_SETTLED + "AND family = ? ORDER BY id", (kind,))
            while some := rows.fetchmany(_AT_ONCE):
                for group in self._groups(some):
                    if group.labels:
                        self._note_aliases(group)
            for some in self._beside_each_other(kind):
                numbers = {row[1:4]: row[0] for row in some}
                groups = [group for group in self._groups(some, noted=True) if group.labels]
                seeds = self._seeds_of(group.key[1] for group in groups)
                found = join(groups, seeds, self.apart, self._claims, Likely(self._db))
                self._make([_wanted(joined, numbers) for joined in found], Reached())
        self._resolve_topics(
            self._db.execute(
                "SELECT id, name, article FROM grp WHERE family = ? ORDER BY name, article",
                (TOPIC,),
            ),
            Reached(),
        )
        self._db.execute(
            "UPDATE entity SET aliases = (SELECT json_group_array(text) FROM "
            "(SELECT DISTINCT n.text AS text FROM grp g JOIN name n ON n.grp = g.id "
            "WHERE g.entity = entity.iri AND n.text <> entity.label AND n.reason <> ? "
            "ORDER BY n.text))",
            (SHARED,),
        )

    def _beside_each_other(self, kind: str) -> Iterator[list[Any]]:
        """The settled groups of a family, some at a time, when all second names are noted: those that
        may be joined are together."""
        sets = self._linked(kind)
        rows = self._db.execute(_SETTLED + "AND family = ? ORDER BY id", (kind,))
        while some := rows.fetchmany(_AT_ONCE):
            yield [row for row in some if row[0] not in sets]
        linked = sorted((sets.find(number), number) for number in sets)
        waiting: list[int] = []
        for _, found in groupby(linked, key=itemgetter(0)):
            waiting += [number for _, number in found]
            if len(waiting) >= _AT_ONCE:
                yield self._of_these(_SETTLED + f"AND id IN {_THESE}", waiting)
                waiting = []
        yield self._of_these(_SETTLED + f"AND id IN {_THESE}", waiting)

    def _linked(self, kind: str) -> Sets[int]:
        """The groups of a family that second names, spellings and seeds may join."""
        sets = Sets[int]()
        for sql in (_SECOND_NAMES, _SPELLINGS, _SOUNDS):
            for one, other in self._db.execute(sql, {"family": kind, "most": MOST}):
                sets.join(one, other)
        first: dict[int, int] = {}
        named = "SELECT id, name FROM grp WHERE family = ? AND article = ''"
        for number, name in self._db.execute(named, (kind,)):
            for seed in self._numbers.get(name, ()):
                sets.join(first.setdefault(seed, number), number)
        return sets

    def _seeds_of(self, names: Iterable[str]) -> list[Seed]:
        """The seeds that have one of these names."""
        found = {number for name in names for number in self._numbers.get(name, ())}
        return [self._seeds[number] for number in sorted(found)]

    def resolve(self) -> Reached:
        """Resolve what was touched anew, and what that reaches."""
        reached = Reached()
        keys: set[Key] = set()
        texts: set[tuple[str, str]] = set()
        for name in sorted(self._touched):
            rows = self._named(name)
            keys |= {(kind, name, article) for _, kind, article, *_ in rows}
            old = "SELECT family, text FROM alias WHERE name = ?"
            texts |= set(self._db.execute(old, (name,)).fetchall())
            # The entities of groups that may be taken in or parted.
            reached.entities |= {row[-1] for row in rows if row[-1] is not None}
        kinds = {kind for kind, *_ in keys}
        gone = set(reached.entities)
        for name in sorted(self._touched):
            reached.groups |= self._settle(name)
        fresh = {name: self._settled(name) for name in sorted(self._touched)}
        for groups in fresh.values():
            for _, group in groups:
                keys.add(group.key)
                kinds.add(group.key[0])
                if not group.key[2]:
                    texts |= {(group.key[0], alias) for alias in group.aliases}
        texts |= {(kind, name) for kind in kinds for name in self._touched}
        single = self._owners(texts)
        for name, groups in fresh.items():
            for kind in kinds:
                for table in ("alias", "variant"):
                    self._db.execute(
                        f"DELETE FROM {table} WHERE family = ? AND name = ?",  # noqa: S608
                        (kind, name),
                    )
            for _, group in groups:
                self._note_aliases(group)
        single |= self._owners(texts)
        keys |= single | {(kind, text, "") for kind, text in texts}
        keys |= {(kind, other, "") for kind, name, _ in keys for other in self._alike(kind, name)}
        self._rejoin(keys, gone, reached)
        self._redo_topics(reached)
        self.give_aliases(reached.entities)
        return reached

    def _owners(self, texts: Iterable[tuple[str, str]]) -> set[Key]:
        """The names that alone have one of these second names."""
        found = set()
        for kind, text in texts:
            owners = self._claims(kind, text)
            if len(owners) == 1:
                found.add((kind, owners[0], ""))
        return found

    def _claims(self, kind: str, text: str) -> list[str]:
        rows = self._db.execute(
            "SELECT name FROM alias WHERE family = ? AND text = ? LIMIT 2", (kind, text)
        )
        return [name for (name,) in rows]

    def _note_aliases(self, group: Group) -> None:
        kind, name, article = group.key
        if article:
            return
        if group.aliases:
            self._db.executemany(
                "INSERT OR IGNORE INTO alias VALUES (?, ?, ?)",
                [(kind, alias, name) for alias in group.aliases - {name}],
            )
        self._db.executemany(
            "INSERT OR IGNORE INTO variant VALUES (?, ?, ?, ?)",
            [(kind, form, name, way) for form, way in forms(kind, name) if form != name],
        )

    # --- one name ------------------------------------------------------------------------------

    def _named(self, name: str) -> list[Any]:
        return self._db.execute(
            "SELECT id, family, article, home, part, parted, entity FROM grp "
            "WHERE name = ? AND family <> ? ORDER BY family, article",
            (name, TOPIC),
        ).fetchall()

    def _settle(self, name: str) -> set[int]:
        """Bring the groups together that one article took for a place and another for a series;
        part the people of one name whose lives conflict. The groups whose members changed."""
        changed: set[int] = set()
        rows = self._named(name)
        for number, *_, part, separate, _ in rows:
            if separate is not None and part is None:
                self._unpart(number)
                changed.add(number)
        rows = self._named(name) if changed else rows
        groups = self._raw_groups(name)
        home: dict[int, int] = {}
        if len({group.key[0] for group in groups.values()}) > 1:
            home = self._outvoted(groups)
        for number, _, _, old, part, *_ in rows:
            if part is not None:
                continue
            new = home.get(number)
            if number in groups and new != old:
                self._move(number, new)
                changed |= {old or number, new or number}
            if number not in groups:
                self._db.execute("DELETE FROM grp WHERE id = ?", (number,))
                undoubt(self._db, [number])
        for number, group in groups.items():
            if group.key[0] == "person" and not group.key[2] and number not in home:
                changed |= self._part_people(number, name, number in changed)
        return changed

    def _raw_groups(self, name: str) -> dict[int, Group]:
        rows = self._db.execute(
            "SELECT g.id, g.family, g.article, l.label, l.kind, l.mentions, l.articles FROM grp g "
            "JOIN label l ON l.raw = g.id WHERE g.name = ? AND g.family <> ? "
            "ORDER BY g.family, g.article",
            (name, TOPIC),
        )
        groups: dict[int, Group] = {}
        for number, kind, article, label, of, mentions, articles in rows:
            group = groups.setdefault(number, Group((kind, name, article)))
            group.labels[label] += mentions
            group.types[of] += mentions
            group.articles += articles
        return groups

    def _outvoted(self, groups: Mapping[int, Group]) -> dict[int, int]:
        number = {group.key: key for key, group in groups.items()}
        inside = {key: [key] for key in groups}
        home: dict[int, int] = {}
        for loser, winner in outvoted(list(groups.values())).items():
            here, there = number[winner], number[loser]
            both = {winner[0], loser[0]} == {"organization", "made"}
            if both and self._in_one_article(inside[here], there):
                continue  # "Orion unveiled the Orion": a text that speaks of both knows
            home[there] = here
            inside[here].append(there)
        return home

    def _in_one_article(self, some: Sequence[int], other: int) -> bool:
        found = self._db.execute(
            "SELECT 1 FROM local a JOIN local b ON a.article = b.article "
            "WHERE a.raw = ? AND b.raw IN (SELECT value FROM json_each(?)) LIMIT 1",
            (other, json.dumps(some)),
        )
        return found.fetchone() is not None

    def _move(self, raw: int, home: int | None) -> None:
        here = home or raw
        self._db.execute("UPDATE local SET grp = ? WHERE raw = ?", (here, raw))
        self._db.execute("UPDATE name SET grp = ? WHERE raw = ?", (here, raw))
        self._db.execute("UPDATE grp SET home = ?, entity = NULL WHERE id = ?", (home, raw))

    def _part_people(self, number: int, name: str, again: bool) -> set[int]:
        """Part the people of one full name, where what articles tell of their lives conflicts."""
        if not (again or self._lives is None or number in self._lives):
            return set()
        told = self._db.execute("SELECT article, body FROM life WHERE raw = ?", (number,))
        lives = {article: from_json(Facts, body) for article, body in told}
        if len(lives) < 2:
            return set()
        rows = self._db.execute(
            "SELECT DISTINCT l.article, d.day = '', d.day FROM local l JOIN dated d "
            "ON d.article = l.article WHERE l.grp = ? ORDER BY 2, 3, 1",
            (number,),
        )
        order = [article for article, *_ in rows]
        people = parted(lives, order)
        if not people:
            return set()
        self._db.execute("UPDATE grp SET parted = ? WHERE id = ?", (_SEVERAL, number))
        parts = {number}
        for article, (which, why) in sorted(people.items()):
            if which:
                first = next(a for a in order if people[a][0] == which)
                self._db.execute(
                    "INSERT OR IGNORE INTO grp (family, name, article, part, parted) "
                    "VALUES ('person', ?, ?, ?, ?)",
                    (name, first, number, why),
                )
                part = self._number(("person", name, first))
                parts.add(part)
                for table in ("local", "name"):
                    self._db.execute(
                        f"UPDATE {table} SET grp = ? WHERE grp = ? AND article = ?",  # noqa: S608
                        (part, number, article),
                    )
        return parts

    def _number(self, key: Key) -> int:
        row = self._db.execute(
            "SELECT id FROM grp WHERE family = ? AND name = ? AND article = ?", key
        ).fetchone()
        return int(row[0])

    def _unpart(self, number: int) -> None:
        """Give the parts of a name back to it. What a correction put into one stays there."""
        for table in ("local", "name"):
            self._db.execute(
                f"UPDATE {table} SET grp = ?1 WHERE raw IN "  # noqa: S608
                "(SELECT ?1 UNION ALL SELECT id FROM grp WHERE home = ?1)",
                (number,),
            )
        parts = self._db.execute("SELECT id FROM grp WHERE part = ?", (number,)).fetchall()
        for (part,) in parts:
            undoubt(self._db, [part])
            self._db.execute(
                "DELETE FROM grp WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM label WHERE raw = ?1)",
                (part,),
            )
        self._db.execute(
            "UPDATE grp SET parted = NULL, part = NULL WHERE id = ?1 OR part = ?1", (number,)
        )

    def _settled(self, name: str) -> list[tuple[int, Group]]:
        rows = self._db.execute(
            _SETTLED + "AND name = ? AND family <> ? ORDER BY family, article", (name, TOPIC)
        ).fetchall()
        return [(row[0], group) for row, group in zip(rows, self._groups(rows), strict=True)]

    def _groups(self, rows: Sequence[Any], *, noted: bool = False) -> list[Group]:
        """Settled groups with all that their members count, read together. Second names are those that
        were ``noted``, or made of what articles give."""
        groups = {row[0]: Group(row[1:4]) for row in rows}
        whole = {row[0]: groups[row[0]] for row in rows if row[4] is row[5] is None}
        homes = f"SELECT id, home FROM grp WHERE home IN {_THESE}"  # noqa: S608
        inside = whole | {n: whole[home] for n, home in self._of_these(homes, whole)}
        parts = groups.keys() - whole.keys()
        for sql, of in ((_COUNTS, inside), (_PART, {n: groups[n] for n in parts})):
            for number, label, kind, mentions, articles in self._of_these(sql, of):
                group = of[number]
                group.labels[label] += mentions
                group.types[kind] += mentions
                group.articles += articles
        if noted:
            self._give_noted(groups.values())
            return list(groups.values())
        joining = ", ".join(f"'{reason}'" for reason in JOINING)
        known = f"SELECT raw, text FROM known WHERE raw IN {_THESE} AND reason IN ({joining})"  # noqa: S608
        given = f"SELECT grp, text FROM name WHERE grp IN {_THESE} AND reason IN ({joining})"  # noqa: S608
        for sql, of in ((known, inside), (given, {n: groups[n] for n in parts})):
            for number, text in set(self._of_these(sql, of)):
                of[number].aliases.add(key_name(of[number].key[0], text))
        for group in groups.values():
            group.aliases.discard("")
        return list(groups.values())

    def _give_noted(self, groups: Iterable[Group]) -> None:
        """Give groups the second names that were noted of their names."""
        of = {group.key[:2]: group for group in groups if not group.key[2]}
        sql = f"SELECT family, name, text FROM alias WHERE name IN {_THESE}"  # noqa: S608
        for kind, name, text in self._of_these(sql, {name for _, name in of}):
            if (kind, name) in of:
                of[kind, name].aliases.add(text)

    def _of_these(self, sql: str, these: Iterable[int | str], *more: str) -> list[Any]:
        """The rows of a query of some numbers or names."""
        given = json.dumps([*these], ensure_ascii=False)
        return self._db.execute(sql, (given, *more)).fetchall() if given != "[]" else []

    # --- names that are one --------------------------------------------------------------------

    def _row(self, key: Key) -> Any:
        return self._db.execute(
            _SETTLED + "AND family = ? AND name = ? AND article = ?", key
        ).fetchone()

    def _entity_of(self, number: int) -> str | None:
        row = self._db.execute("SELECT entity FROM grp WHERE id = ?", (number,)).fetchone()
        found: str | None = row[0]
        return found

    def _rejoin(self, keys: Iterable[Key], gone: set[str], reached: Reached) -> None:
        """Join these groups anew, with all that were (entities ``gone``) or are one with them."""
        rows, before = self._together(keys, gone)
        reached.entities |= gone
        self._delete(gone)
        undoubt(self._db, (row[0] for row in rows.values()))
        wanted = []
        numbers = {key: row[0] for key, row in rows.items()}
        for kind in sorted({key[0] for key in rows}):
            of_kind = [row for key, row in sorted(rows.items()) if key[0] == kind]
            groups = self._groups(of_kind, noted=True)
            found = join(groups, self._seeds, self.apart, self._claims, Likely(self._db))
            wanted += [_wanted(joined, numbers) for joined in found]
        self._make(wanted, reached)
        for number in numbers.values():
            if before.get(number) != self._entity_of(number):
                reached.groups.add(number)

    def _together(
        self, keys: Iterable[Key], gone: set[str]
    ) -> tuple[dict[Key, Any], dict[int, str]]:
        """These groups and all that were or are one with them, and the entities that they had."""
        rows: dict[Key, Any] = {}
        before: dict[int, str] = {}
        waiting, old = {*keys}, sorted(gone)
        met: dict[Key, Any] = {}
        while waiting or old:
            if not waiting:
                found = self._db.execute(f"{_SETTLED} AND entity = ? AND family <> ?",
                                         (old.pop(), TOPIC))  # fmt: skip
                met = {row[1:4]: row for row in found}
                waiting = {*met}
                continue
            fresh = {key: met.get(key) or self._row(key) for key in waiting - rows.keys()}
            fresh = {key: row for key, row in fresh.items() if row is not None}
            rows |= fresh
            waiting = self._beside(fresh)
            for number, *_, entity in fresh.values():
                if entity is not None:
                    before[number] = entity
                    if entity not in gone:
                        gone.add(entity)
                        old.append(entity)
        return rows, before

    def _beside(self, keys: Iterable[Key]) -> set[Key]:
        """The groups that these groups are joined with, by second names, spellings and seeds."""
        of: defaultdict[str, set[str]] = defaultdict(set)
        for kind, name, article in keys:
            if not article:
                of[kind].add(name)
        found: set[Key] = set()
        for kind, names in of.items():
            own = self._of_these(
                f"SELECT text, name FROM alias WHERE name IN {_THESE} AND family = ?",  # noqa: S608
                names,
                kind,
            )
            owners = dict(
                self._of_these(
                    f"SELECT text, MIN(name) FROM alias WHERE text IN {_THESE} AND family = ? "  # noqa: S608
                    "GROUP BY text HAVING COUNT(*) = 1",
                    names | {text for text, _ in own},
                    kind,
                )
            )
            others = {text for text, name in own if owners.get(text) == name}
            others |= {owners[name] for name in names & owners.keys()}
            others |= self._spelled(kind, names)
            for number in {n for name in names for n in self._numbers.get(name, ())}:
                seed = self._seeds[number]
                if family(seed.type) == kind:
                    others |= {key_name(kind, text) for text in (seed.label, *seed.aliases)}
            found |= {(kind, other, "") for other in others}
        return found

    def _spelled(self, kind: str, names: Collection[str]) -> set[str]:
        """The names that names are weighed with."""
        made = {form for name in names for form, _ in forms(kind, name)}
        sounds = {form for form in made if form.startswith(SOUND)}
        return (made - sounds) | Likely(self._db).names(kind, sounds.union(names))

    def _alike(self, kind: str, name: str) -> list[str]:
        """The names that a name may be weighed with, however many they are."""
        found = []
        for form, _ in forms(kind, name):
            if not form.startswith(SOUND):
                found.append(form)
                continue
            sql = "SELECT name FROM variant WHERE family = ? AND text = ?"
            found += [other for (other,) in self._db.execute(sql, (kind, form))]
        return found

    # --- IRIs ----------------------------------------------------------------------------------

    def _delete(self, iris: Iterable[str]) -> None:
        """Take entities out."""
        for iri in iris:
            row = self._db.execute("SELECT seed FROM entity WHERE iri = ?", (iri,)).fetchone()
            if row is not None:
                self._lost |= {row[0]} - {None}
                self._db.execute("DELETE FROM entity WHERE iri = ?", (iri,))

    def _make(self, wanted: Iterable[_Wanted], reached: Reached) -> None:
        """Give each entity its IRI."""
        for one in wanted:
            iri = self._iri(one)
            reached.entities.add(iri)
            way = "IGNORE" if one.phrase else "REPLACE"  # a name takes it over from phrases
            self._db.execute(
                f"INSERT OR {way} INTO entity VALUES (?, ?, ?, ?, '[]', ?, ?)",  # noqa: S608
                (iri, one.label, one.kind, one.named, one.phrase, one.seed),
            )
            self._db.executemany(
                "UPDATE grp SET entity = ?1, reason = COALESCE(parted, apart, ?2) WHERE id = ?3",
                [(iri, reason, number) for number, reason in one.groups],
            )

    def _iri(self, one: _Wanted) -> str:
        """The IRI of an entity: of a seed that is one of its name, of its label."""
        local = self._known.get(one.seed or "") or local_name(one.key)
        return f"{self._base}entity/{local}"

    # --- phrases -------------------------------------------------------------------------------

    def _redo_topics(self, reached: Reached) -> None:
        """Look up the phrases again that were touched, or that read like a name that was."""
        rows = []
        before = {}
        for number in sorted(self._dirty_topics(reached)):
            row = self._db.execute(
                "SELECT name, article, entity FROM grp WHERE id = ?", (number,)
            ).fetchone()
            if row is None:
                continue
            name, article, entity = row
            if entity is not None:
                before[number] = entity
                reached.entities.add(entity)
                if self._made_of_phrases(entity):
                    self._delete([entity])
            if self._topic_labels(number):
                rows.append((number, name, article))
            else:
                self._db.execute("DELETE FROM grp WHERE id = ?", (number,))
        rows.sort(key=lambda row: row[1:])
        self._resolve_topics(rows, reached)
        for number, *_ in rows:
            entity = self._entity_of(number)
            reached.entities.add(str(entity))
            if before.get(number) != entity:
                reached.groups.add(number)

    def _dirty_topics(self, reached: Reached) -> set[int]:
        labels = set(self._labels)
        for number in reached.groups:
            found = self._db.execute("SELECT label FROM local WHERE grp = ?", (number,))
            labels |= {label for (label,) in found}
        for name in self._seeds_near(reached.entities):
            labels |= self._spellings(name)
        dirty = self._topics | self._phrased(labels)
        for iri in reached.entities:
            if self._db.execute("SELECT 1 FROM entity WHERE iri = ?", (iri,)).fetchone() is None:
                dirty |= self._phrases_of(iri)
        waiting = set(dirty)
        while waiting:  # phrases that have a seed's name go together: the first of them makes it
            more: set[int] = set()
            for number in waiting:
                for seed in self._seeds_read(self._topic_labels(number)):
                    more |= self._phrased(self._spellings(seed.id))
                row = self._db.execute("SELECT entity FROM grp WHERE id = ?", (number,)).fetchone()
                if row is not None and row[0] is not None and self._made_of_phrases(row[0]):
                    more |= self._phrases_of(row[0])
            waiting = more - dirty
            dirty |= more
        return dirty

    def _phrases_of(self, iri: str) -> set[int]:
        """The phrases that mean an entity."""
        found = self._db.execute("SELECT id FROM grp WHERE entity = ? AND family = ?", (iri, TOPIC))
        return {number for (number,) in found}

    def _made_of_phrases(self, iri: str) -> bool:
        """Whether no name but phrases made this entity."""
        row = self._db.execute("SELECT phrase FROM entity WHERE iri = ?", (iri,)).fetchone()
        return row is not None and bool(row[0])

    def _seeds_near(self, iris: Iterable[str]) -> set[str]:
        """Seeds whose entity may be another one than before."""
        found = set(self._lost)
        for iri in iris:
            row = self._db.execute("SELECT seed FROM entity WHERE iri = ?", (iri,)).fetchone()
            found |= {row[0]} - {None} if row is not None else set()
        for name in self._touched:
            found |= {self._seeds[number].id for number in self._numbers.get(name, ())}
        return found

    def _spellings(self, seed: str) -> set[str]:
        return {text for text, found in self._phrases.items() if found.id == seed}

    def _seeds_read(self, labels: Iterable[str]) -> list[Seed]:
        found = (self._phrases.get(label) for label in labels if has_capital(label))
        return [seed for seed in found if seed is not None]

    def _phrased(self, labels: Iterable[str]) -> set[int]:
        """The phrases that some article spells so."""
        return {
            number
            for label in labels
            if has_capital(label)
            for (number,) in self._db.execute(
                # CROSS: from the label to its groups; SQLite would go through all phrases there are
                "SELECT l.raw FROM label l CROSS JOIN grp g ON g.id = l.raw "
                "WHERE l.label = ? AND g.family = ?",
                (label, TOPIC),
            )
        }

    def _topic_labels(self, number: int) -> list[str]:
        rows = self._db.execute("SELECT DISTINCT label FROM label WHERE raw = ?", (number,))
        return [label for (label,) in rows]

    def _resolve_topics(self, rows: Iterable[Any], reached: Reached) -> None:
        """Each topic an entity of its own, unless it reads like a name that is known. ``rows`` are
        in the order of name and article."""
        made: dict[str, set[Key]] = {}
        for number, name, article in rows:
            self._topic(number, (TOPIC, name, article), made, reached)

    def _topic(self, number: int, key: Key, made: dict[str, set[Key]], reached: Reached) -> None:
        """One topic. ``made`` are the seeds that phrases were found to be, with these phrases."""
        labels: Counter[str] = Counter()
        types: Counter[str] = Counter()
        for label, kind, mentions in self._db.execute(
            "SELECT label, kind, mentions FROM label WHERE raw = ?", (number,)
        ):
            labels[label] += mentions
            types[kind] += mentions
        foes = self.apart.get(key, ())
        known = {seed.id: seed for seed in self._seeds_read(labels)}
        if len(known) == 1:
            (seed,) = known.values()
            own = self._db.execute("SELECT iri FROM entity WHERE seed = ?", (seed.id,)).fetchone()
            if own is None:
                scope = "" if seed.id in self._known else sha256(seed.id.encode()).hexdigest()
                kind = family(seed.type)
                of = (kind, key_name(kind, seed.label), scope)
                one = _Wanted(seed.label, seed.type, of, phrase=True, seed=seed.id)
                self._make([one], reached)
                own = (self._iri(one),)
                made[seed.id] = set()
            if seed.id in made:
                if not made[seed.id].intersection(foes):
                    made[seed.id].add(key)
                    self._put(number, own[0], "seed")
                    return
            elif not self._is_other(own[0], foes):
                self._put(number, own[0], "seed")
                return
        else:
            homes = {
                row[0]
                for label in sorted(labels)
                if has_capital(label)
                for row in self._db.execute(
                    "SELECT DISTINCT h.entity FROM label l JOIN grp g ON l.raw = g.id "
                    "JOIN grp h ON h.id = COALESCE(g.home, g.id) "
                    "WHERE l.label = ? AND h.article = '' AND h.family NOT IN ('person', ?)",
                    (label, TOPIC),
                )
            }
            if len(homes) == 1 and not self._is_other(iri := homes.pop(), foes):
                self._put(number, iri, "same words")
                return
        self._make(
            [
                _Wanted(
                    best_label(_common(labels)), topic_type(types), key, named=False, phrase=True,
                    groups=((number, "same words"),),
                )
            ],
            reached,
        )  # fmt: skip

    def _put(self, number: int, iri: str, reason: str) -> None:
        self._db.execute(
            "UPDATE grp SET entity = ?, reason = ? WHERE id = ?", (iri, reason, number)
        )

    def _is_other(self, iri: str, apart: Iterable[Key]) -> bool:
        """Whether one of the names that are kept apart has this entity."""
        found = "SELECT 1 FROM grp WHERE entity = ? AND family = ? AND name = ? AND article = ?"
        return any(self._db.execute(found, (iri, *key)).fetchone() for key in apart)

    def give_aliases(self, iris: Iterable[str]) -> None:
        """Give each of these entities the names that its articles have for it."""
        for iri in iris:
            row = self._db.execute("SELECT label FROM entity WHERE iri = ?", (iri,)).fetchone()
            if row is None:
                continue
            texts = {text for (text,) in self._db.execute(_TEXTS, (iri, SHARED))}
            names = json.dumps(sorted(texts - {row[0]}), ensure_ascii=False, separators=(",", ":"))
            self._db.execute("UPDATE entity SET aliases = ? WHERE iri = ?", (names, iri))


def _wanted(joined: Joined, numbers: Mapping[Key, int]) -> _Wanted:
    return _Wanted(
        joined.label,
        joined.type,
        joined.home,
        seed=joined.seed.id if joined.seed else None,
        groups=tuple((numbers[key], joined.reasons[key]) for key in joined.groups),
    )


def _common(labels: Mapping[str, int]) -> dict[str, int]:
    """The labels of a phrase without capitals that another article does without: "president" for
    "President"."""
    return {n: times for n, times in labels.items() if n == n.lower() or n.lower() not in labels}
