"""The names of a graph's things as an index: of a large graph on the disk, where it is looked up and not
read at each start.

The index is an SQLite file in the folder of the store, made by the first reader that looks for a name. A
build that changes a store leaves the file of the older one in the new folder, with a list of the things
that were touched; the next reader makes the new index of these. Of a small graph all names are read each
time, into memory.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Final, Generic, TypeVar

import pyoxigraph as ox

from kg.graph.named import names, plain, things
from kg.graph.store import GraphStore
from kg.graph.vocab import KG, LABEL, SAID, SKOS, TYPE, term

V = TypeVar("V")
#: The index, the one of an older store, and the things that were touched since; `kg.folder` does not
#: count them among the files of a store.
INDEX: Final = "names.db"
_OLDER: Final = "names.base"
_TOUCHED: Final = "names.touched"
_FORMAT: Final = 1  # of the tables, in SQLite's `user_version`
_FEW: Final = 3_000  # things of a small graph
_MOST: Final = 20_000  # touched things; of more, the index is made of the graph
_TABLES: Final = """
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT UNIQUE, label TEXT, kind TEXT, named INTEGER);
CREATE TABLE name (key TEXT, thing INTEGER, own INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE INDEX name_thing ON name (thing);
CREATE TABLE word (word TEXT, thing INTEGER, PRIMARY KEY (word, thing)) WITHOUT ROWID;
CREATE TABLE letters (letters TEXT, word TEXT, PRIMARY KEY (letters, word)) WITHOUT ROWID;
"""
_ALIAS: Final = term(f"{SKOS}altLabel")
_NAMED: Final = term(f"{KG}named")
_TELLS: Final = re.compile(
    "<([^>]*)> <(?:" + "|".join(re.escape(p.value) for p in (LABEL, _ALIAS, _NAMED, TYPE)) + ")> "
)
#: A name, as `plain` makes it, to another form by which the thing goes, too.
Other = Callable[[str], str]


class NameIndex:
    """All names of a graph, by `plain` text.

    ``label`` has the label of each thing, ``kind`` the local name of its class, ``named`` those with
    a name of their own; ``names`` the names of each, ``exact`` the things of each name (`own` without
    the other forms of names), ``inside`` those that have a word in a name, ``letters`` the words that
    have three letters in a row (``^`` and ``$`` at the ends).
    """

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        iris = "SELECT t.iri FROM {} x JOIN thing t ON t.id = x.thing WHERE "
        keys = "SELECT x.{} FROM {} WHERE "
        of = "thing t JOIN name x ON x.thing = t.id"
        told = "SELECT iri FROM thing"
        self.label: Mapping[str, str] = _One(db, "SELECT label FROM thing WHERE iri = ?", told)
        self.kind: Mapping[str, str] = _One(db, "SELECT kind FROM thing WHERE iri = ?", told)
        self.named: Set[str] = _Those(
            db, "SELECT 1 FROM thing WHERE named AND iri = ?", f"{told} WHERE named"
        )
        self.names: Mapping[str, Set[str]] = _Many(
            db, keys.format("key", of) + "t.iri = ? AND x.own", told
        )
        all_names = "SELECT DISTINCT key FROM name"
        self.exact: Mapping[str, Set[str]] = _Many(db, iris.format("name") + "x.key = ?", all_names)
        self.own: Mapping[str, Set[str]] = _Many(
            db, iris.format("name") + "x.key = ? AND x.own", f"{all_names} WHERE own"
        )
        self.inside: Mapping[str, Set[str]] = _Many(
            db, iris.format("word") + "x.word = ?", "SELECT DISTINCT word FROM word"
        )
        self.letters: Mapping[str, Set[str]] = _Many(
            db, "SELECT word FROM letters WHERE letters = ?", "SELECT DISTINCT letters FROM letters"
        )

    def kinds(self) -> frozenset[str]:
        """The classes that things have, by local name."""
        return frozenset(kind for (kind,) in self._db.execute("SELECT DISTINCT kind FROM thing"))

    def starting(self, word: str, within: str) -> set[tuple[str, str]]:
        """The things that have a word in a name that begins so, with each of their names that has the
        text ``within``."""
        rows = self._db.execute(
            "SELECT DISTINCT t.iri, x.key FROM word w JOIN name x ON x.thing = w.thing "
            "JOIN thing t ON t.id = w.thing "
            "WHERE w.word >= ? AND w.word < ? AND x.own AND instr(x.key, ?)",
            (word, word + "\U0010ffff", within),
        )
        return set(rows)


def name_index(graph: GraphStore, other: Other) -> NameIndex:
    """The index of a graph; made now where there is none that can be read."""
    folder = graph.folder
    if folder is not None and ((folder / INDEX).exists() or _is_large(graph)):
        for attempt in (_opened, _of_older, _of_all):
            with contextlib.suppress(OSError, sqlite3.DatabaseError):
                return NameIndex(attempt(folder, graph, other))
    kept = sqlite3.connect("", check_same_thread=False)  # ends with the connection
    _fill(kept, graph, other)
    return NameIndex(kept)


def _is_large(graph: GraphStore) -> bool:
    return sum(1 for _ in islice(things(graph.store), _FEW + 1)) > _FEW


def carry(before: Path, after: Path, lines: Iterable[str]) -> None:
    """Leave the index of a store, if it has one, to the store that was made of it; ``lines`` of
    N-Triples left or came."""
    with contextlib.suppress(OSError):  # none there, or one that cannot be linked: it is made anew
        older, touched = before / INDEX, {match[1] for match in map(_TELLS.match, lines) if match}
        if not older.exists():
            older = before / _OLDER
            touched |= {*(before / _TOUCHED).read_text(encoding="utf-8").split("\n")}
        if len(touched) <= _MOST:
            text = "\n".join(sorted(touched))
            (after / _TOUCHED).write_text(text, encoding="utf-8", newline="\n")
            os.link(older, after / _OLDER)


# --- making ------------------------------------------------------------------------------------


def _opened(folder: Path, graph: GraphStore, other: Other) -> sqlite3.Connection:
    """The index that is there. Raises `sqlite3.DatabaseError` for none, or one of another kg."""
    place = f"{(folder / INDEX).absolute().as_uri()}?mode=ro&immutable=1"
    db = sqlite3.connect(place, uri=True, check_same_thread=False)
    try:
        _check(db)
    except BaseException:
        db.close()
        raise
    return db


def _check(db: sqlite3.Connection) -> None:
    if db.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
        raise sqlite3.DatabaseError("an index of another kg")


def _of_older(folder: Path, graph: GraphStore, other: Other) -> sqlite3.Connection:
    """The index made of that of an older store."""
    touched = (folder / _TOUCHED).read_text(encoding="utf-8").split("\n")

    def fill(db: sqlite3.Connection) -> None:
        _check(db)
        for iri in touched:
            _drop(db, iri)
        _put(db, graph, other, touched)

    found = _beside(folder, graph, other, fill, folder / _OLDER)
    for name in (_OLDER, _TOUCHED):
        (folder / name).unlink(missing_ok=True)
    return found


def _of_all(folder: Path, graph: GraphStore, other: Other) -> sqlite3.Connection:
    return _beside(folder, graph, other, lambda db: _fill(db, graph, other))


def _beside(
    folder: Path,
    graph: GraphStore,
    other: Other,
    fill: Callable[[sqlite3.Connection], None],
    start: Path | None = None,
) -> sqlite3.Connection:
    """Make the index beside its place, and rename it there: others may read or make it meanwhile."""
    beside = folder / f"{INDEX}.{os.getpid()}.part"
    try:
        if start is not None:
            shutil.copyfile(start, beside)
        with contextlib.closing(sqlite3.connect(beside)) as db:
            db.execute("PRAGMA journal_mode = OFF")
            db.execute("PRAGMA synchronous = OFF")
            fill(db)
            db.commit()
        with beside.open("rb+") as file:
            os.fsync(file.fileno())
        beside.replace(folder / INDEX)
    finally:
        beside.unlink(missing_ok=True)
    return _opened(folder, graph, other)


def _fill(db: sqlite3.Connection, graph: GraphStore, other: Other) -> None:
    """Fill a new index with the names of all things."""
    db.executescript(f"PRAGMA cache_size = -65536; {_TABLES}")
    store, below = graph.store, f"{graph.base}entity/"
    ids = {iri: (number, named) for number, (iri, named) in enumerate(things(store), 1)}
    db.executemany(
        "INSERT INTO thing VALUES (?, ?, ?, ?, ?)",
        (
            (number, iri, iri.removeprefix(below), _kind(store, term(iri)), named)
            for iri, (number, named) in ids.items()
        ),
    )
    for iri, text, is_label in names(store):
        if iri in ids:
            number, _ = ids[iri]
            if is_label:
                db.execute("UPDATE thing SET label = ? WHERE id = ?", (text, number))
            _put_name(db, number, plain(text), other)
    _put_words(db, "SELECT DISTINCT key, thing FROM name WHERE own")
    db.execute(f"PRAGMA user_version = {_FORMAT}")


def _put(db: sqlite3.Connection, graph: GraphStore, other: Other, iris: Iterable[str]) -> None:
    """Put those of these in that are things."""
    store, below = graph.store, f"{graph.base}entity/"
    (last,) = db.execute("SELECT COALESCE(MAX(id), 0) FROM thing").fetchone()
    for number, iri in enumerate(iris, last + 1):
        node, label = term(iri), iri.removeprefix(below)
        for quad in store.quads_for_pattern(node, _NAMED, None):
            named = quad.object.value == "true"  # type: ignore[union-attr]
            for predicate in (_ALIAS, LABEL):
                for name in store.quads_for_pattern(node, predicate, None):
                    label = name.object.value  # type: ignore[union-attr]
                    _put_name(db, number, plain(label), other)
            row = (number, iri, label, _kind(store, node), named)
            db.execute("INSERT INTO thing VALUES (?, ?, ?, ?, ?)", row)
    _put_words(db, f"SELECT DISTINCT key, thing FROM name WHERE own AND thing > {last}")  # noqa: S608


def _put_name(db: sqlite3.Connection, number: int, key: str, other: Other) -> None:
    own = "INSERT INTO name VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET own = 1"
    db.execute(own, (key, number))
    if (form := other(key)) != key:
        db.execute("INSERT OR IGNORE INTO name VALUES (?, ?, 0)", (form, number))


def _put_words(db: sqlite3.Connection, names_of: str) -> None:
    """Put the words of these names in, and the letters of the words."""
    spelt: set[str] = set()
    for key, number in db.execute(names_of).fetchall():
        for word in key.split():
            db.execute("INSERT OR IGNORE INTO word VALUES (?, ?)", (word, number))
            if word not in spelt:
                spelt.add(word)
                rows = [(letters, word) for letters in triples(word)]
                db.executemany("INSERT OR IGNORE INTO letters VALUES (?, ?)", rows)


def _kind(store: ox.Store, node: ox.NamedNode) -> str:
    """The local name of the class of a thing."""
    found = store.quads_for_pattern(node, TYPE, None, SAID)
    kinds: list[str] = [quad.object.value for quad in found]  # type: ignore[union-attr]
    return min((kind.removeprefix(KG) for kind in kinds if kind.startswith(KG)), default="Thing")


def _drop(db: sqlite3.Connection, iri: str) -> None:
    """Take a thing out; the letters of its words may stay."""
    row = db.execute("SELECT id FROM thing WHERE iri = ?", (iri,)).fetchone()
    if row is None:
        return
    keys = db.execute("SELECT key FROM name WHERE thing = ?", row).fetchall()
    for word in {word for (key,) in keys for word in key.split()}:
        db.execute("DELETE FROM word WHERE word = ? AND thing = ?", (word, *row))
    db.executemany("DELETE FROM name WHERE key = ? AND thing = ?", [(*key, *row) for key in keys])
    db.execute("DELETE FROM thing WHERE id = ?", row)


def triples(word: str) -> set[str]:
    """Each three letters of a word that follow each other, its ends marked."""
    marked = f"^{word}$"
    return {marked[at : at + 3] for at in range(len(marked) - 2)}


# --- looking up --------------------------------------------------------------------------------


class _Table(Generic[V]):
    """What one query tells of a key, and another lists."""

    def __init__(self, db: sqlite3.Connection, one: str, every: str) -> None:
        self._db = db
        self._every = every
        self._rows = lru_cache(maxsize=1024)(lambda key: db.execute(one, (key,)).fetchall())

    def __iter__(self) -> Iterator[str]:
        return (key for (key,) in self._db.execute(self._every))

    def __len__(self) -> int:
        (count,) = self._db.execute(f"SELECT COUNT(*) FROM ({self._every})").fetchone()  # noqa: S608
        return int(count)

    def __contains__(self, key: object) -> bool:
        return bool(self._rows(key))


class _One(_Table[str], Mapping[str, str]):
    def __getitem__(self, key: str) -> str:
        for (value,) in self._rows(key):
            return str(value)
        raise KeyError(key)


class _Many(_Table[str], Mapping[str, Set[str]]):
    """Of what is not there nothing is told: an empty set."""

    def __getitem__(self, key: str) -> Set[str]:
        return {value for (value,) in self._rows(key)}


class _Those(_Table[str], Set[str]):
    pass
