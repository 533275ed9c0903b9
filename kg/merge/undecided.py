"""What the tables of a merge tell of names that may be one, and the pairs that nobody decides.

What is weighed of a name is told by the articles that have it, so an article that comes or goes changes
nothing about others.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Final

from kg.model import Near
from kg.resolve.across import TOPIC, Key
from kg.resolve.conflicts import Facts
from kg.resolve.likeness import Seen, Weighed, weigh
from kg.results import from_json

#: A form that so many names may have is nobody's.
MOST: Final = 8
#: So many of the articles that have a name tell what stands beside it.
_READ: Final = 200


class Likely:
    """Names of the tables that may be one (`kg.resolve.across.Likeness`); of one resolution."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self._seen: dict[Key, Seen] = {}

    def claimants(self, family: str, form: str) -> Sequence[tuple[str, str]]:
        """The names that may be written so, each with the way; none where they are too many."""
        found = self._db.execute(
            "SELECT name, way FROM variant WHERE family = ? AND text = ? ORDER BY name LIMIT ?",
            (family, form, MOST + 1),
        ).fetchall()
        return found if len(found) <= MOST else ()

    def names(self, family: str, texts: Iterable[str]) -> set[str]:
        """The names that may be written as any of these, but for forms that too many may have."""
        rows = self._db.execute(
            "SELECT (SELECT json_group_array(name) FROM (SELECT name FROM variant "
            "WHERE family = ?2 AND text = t.value LIMIT ?3)) FROM json_each(?1) t",
            (json.dumps([*texts], ensure_ascii=False), family, MOST + 1),
        )
        each = (json.loads(found) for (found,) in rows if found != "[]")
        return {name for found in each if len(found) <= MOST for name in found}

    def weigh(self, way: str, one: Key, other: Key) -> Weighed:
        """Whether two are one."""
        return weigh(way, self._told(one), self._told(other), one[0])

    def doubt(self, one: Key, other: Key, found: Weighed) -> None:
        """Remember a pair that is likely one, but not surely."""
        for pair in ((one, other), (other, one)):
            self._db.execute(
                "INSERT OR REPLACE INTO doubt SELECT a.id, b.id, ?, ? FROM grp a, grp b "
                "WHERE a.family = ? AND a.name = ? AND a.article = ? "
                "AND b.family = ? AND b.name = ? AND b.article = ?",
                (found.score, found.why, *pair[0], *pair[1]),
            )

    def _told(self, key: Key) -> Seen:
        if key not in self._seen:
            self._seen[key] = self._read(key)
        return self._seen[key]

    def _read(self, key: Key) -> Seen:
        number = self._db.execute(
            "SELECT id FROM grp WHERE family = ? AND name = ? AND article = ?", key
        ).fetchone()[0]
        rows = self._db.execute(
            "SELECT DISTINCT l.article, d.day FROM local l JOIN dated d ON d.article = l.article "
            "WHERE l.grp = ? ORDER BY l.article LIMIT ?",
            (number, _READ),
        ).fetchall()
        articles = json.dumps([article for article, _ in rows])
        around = self._db.execute(
            "SELECT DISTINCT g.family, g.name FROM local l JOIN grp g ON g.id = l.raw "
            "WHERE l.article IN (SELECT value FROM json_each(?)) AND l.grp <> ? "
            "AND g.family <> ? AND g.article = ''",
            (articles, number, TOPIC),
        )
        types = self._db.execute("SELECT DISTINCT kind FROM local WHERE grp = ?", (number,))
        lives = self._db.execute(
            "SELECT body FROM life WHERE raw = ? ORDER BY article LIMIT ?", (number, MOST)
        )
        return Seen(
            around=frozenset(around.fetchall()),
            articles=frozenset(article for article, _ in rows),
            types=frozenset(kind for (kind,) in types),
            years=tuple(sorted({int(day[:4]) for _, day in rows if day[:4].isdigit()})),
            lives=tuple(from_json(Facts, body) for (body,) in lives),
        )


def undoubt(db: sqlite3.Connection, numbers: Iterable[int]) -> None:
    """Forget the pairs of these groups."""
    for number in numbers:
        db.execute("DELETE FROM doubt WHERE grp = ?1 OR other = ?1", (number,))


def near(db: sqlite3.Connection, iri: str) -> tuple[Near, ...]:
    """The entities that an entity may be one with, the likeliest first."""
    rows = db.execute(
        "SELECT DISTINCT b.entity, d.score, d.why FROM grp a JOIN doubt d ON d.grp = a.id "
        "JOIN grp b ON b.id = d.other WHERE a.entity = ?1 AND b.entity <> ?1 "
        "ORDER BY d.score DESC, b.entity, d.why",
        (iri,),
    )
    best: dict[str, Near] = {}
    for other, score, why in rows:
        best.setdefault(other, Near(other, score, why))
    return tuple(best.values())
