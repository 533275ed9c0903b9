"""A knowledge base as one SQLite file: names lead to things."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.errors import ConfigError
from kg.kb.entries import Entry
from kg.resolve.kinds import family
from kg.resolve.names import normal, person_parts
from kg.resolve.variants import known_as

#: Changes when an index of an older version cannot be read any more.
_VERSION: Final = 2
_TABLES: Final = """
CREATE TABLE thing (id TEXT PRIMARY KEY, label TEXT, type TEXT, family TEXT, aliases TEXT,
    description TEXT, within TEXT, rank REAL, code TEXT, links TEXT) WITHOUT ROWID;
CREATE TABLE name (name TEXT, family TEXT, id TEXT, own INTEGER,
    PRIMARY KEY (name, family, id)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A thing that a name can mean; ``own`` where the name is its label and no mere alias."""

    entry: Entry
    own: bool


def name_key(name: str, kind: str) -> str:
    """What two spellings of a name of that class share, as the names of articles are compared."""
    if family(kind) == "person":
        return " ".join(person_parts(name)) or normal(name)
    return known_as(family(kind), normal(name))


def write_index(things: Iterable[Entry], path: str | Path) -> int:
    """Write the things as an index into a new file, and give their number. Of two with one id the
    later one counts."""
    target = Path(path)
    part = target.with_name(f".{target.name}.part")
    part.unlink(missing_ok=True)
    db = sqlite3.connect(part)
    try:
        db.executescript(
            f"PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA user_version={_VERSION};"
            + _TABLES
        )
        for entry in things:
            _take(db, entry)
        count: int = db.execute("SELECT COUNT(*) FROM thing").fetchone()[0]
        db.execute("CREATE INDEX thing_code ON thing (code)")
        db.commit()
    except BaseException:
        db.close()
        part.unlink(missing_ok=True)
        raise
    db.close()
    part.replace(target)
    return count


def _take(db: sqlite3.Connection, entry: Entry) -> None:
    of = family(entry.type)
    db.execute("DELETE FROM name WHERE id = ?", (entry.id,)) if _known(db, entry.id) else None
    lists = (
        json.dumps(part, ensure_ascii=False) for part in (entry.aliases, entry.within, entry.links)
    )
    aliases, within, links = lists
    db.execute(
        "INSERT OR REPLACE INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (entry.id, entry.label, entry.type, of, aliases, entry.description, within, entry.rank,
         entry.code, links),
    )  # fmt: skip
    names = {name_key(alias, entry.type): 0 for alias in entry.aliases}
    names[name_key(entry.label, entry.type)] = 1
    db.executemany(
        "INSERT OR REPLACE INTO name VALUES (?, ?, ?, ?)",
        [(name, of, entry.id, own) for name, own in names.items() if name],
    )


def _known(db: sqlite3.Connection, key: str) -> bool:
    return db.execute("SELECT 1 FROM thing WHERE id = ?", (key,)).fetchone() is not None


class KnowledgeBase:
    """An index that is there, to read. Raises `ConfigError` for a file that is none."""

    def __init__(self, path: str | Path) -> None:
        try:
            self._db = sqlite3.connect(f"file:{Path(path).absolute()}?mode=ro", uri=True)
            version = self._db.execute("PRAGMA user_version").fetchone()[0]
        except sqlite3.Error as error:
            raise ConfigError(
                f"{path}: no knowledge base: {error}. Make one: kg kb make"
            ) from error
        if version != _VERSION:
            raise ConfigError(
                f"{path}: no knowledge base of this version. Make it anew: kg kb make"
            )
        self.unknown = self._known_to_few()
        self._named = lru_cache(maxsize=4096)(self._read_label)

    def __enter__(self) -> KnowledgeBase:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._named.cache_clear()
        self._db.close()

    def __len__(self) -> int:
        count: int = self._db.execute("SELECT COUNT(*) FROM thing").fetchone()[0]
        return count

    def _known_to_few(self) -> float:
        """The rank that a hundredth of the things has or exceeds."""
        row = self._db.execute(
            "SELECT rank FROM thing ORDER BY rank DESC LIMIT 1 OFFSET ?", (len(self) // 100,)
        ).fetchone()
        return float(row[0]) if row else 0.0

    def candidates(self, name: str, of: str = "") -> tuple[Candidate, ...]:
        """What a name (as `name_key` leaves it) can mean, of a family of classes or of all; by id."""
        rows = self._db.execute(
            "SELECT t.*, n.own FROM name n JOIN thing t ON t.id = n.id WHERE n.name = ?"
            " AND (? = '' OR n.family = ?) ORDER BY t.id",
            (name, of, of),
        )
        return tuple(
            Candidate(
                Entry(
                    key, label, kind, tuple(json.loads(aliases)), description,
                    tuple(json.loads(within)), rank, code, tuple(json.loads(links)),
                ),
                bool(own),
            )
            for key, label, kind, _, aliases, description, within, rank, code, links, own in rows
        )  # fmt: skip

    def has(self, key: str) -> bool:
        """Whether a thing of this id is in it."""
        return _known(self._db, key)

    def around(self, entry: Entry) -> tuple[str, ...]:
        """The names of what a thing lies in."""
        return tuple(name for part in entry.within for name in self._named(part))

    def _read_label(self, part: str) -> tuple[str, ...]:
        rows = self._db.execute(
            "SELECT label, aliases FROM thing WHERE code = ?1 OR id = ?1 ORDER BY id", (part,)
        ).fetchall()
        names = [name for label, aliases in rows for name in (label, *json.loads(aliases))]
        return tuple(dict.fromkeys(normal(name) for name in (names or [part])))
