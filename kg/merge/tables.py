"""The tables that a merge works in, and keeps between builds (`kg.merge.update`).

An article's entities (``local``) stand in the group of their own name (``raw``), and in the group
that all articles together give it (``grp``): another family's where that outweighs it, another
person's where two have one name. ``label``, ``known`` and ``met`` count, so that nothing has to be
read again to tell what is left when an article goes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final
from zlib import crc32

_TABLES: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE article (key TEXT PRIMARY KEY, source TEXT, stamp TEXT, sentences INTEGER,
    silent INTEGER) WITHOUT ROWID;
CREATE TABLE local (article TEXT, key TEXT, raw INTEGER, grp INTEGER, label TEXT, kind TEXT,
    mentions INTEGER, PRIMARY KEY (article, key)) WITHOUT ROWID;
CREATE TABLE name (raw INTEGER, article TEXT, text TEXT, reason TEXT, grp INTEGER,
    PRIMARY KEY (raw, article, text, reason)) WITHOUT ROWID;
CREATE TABLE grp (id INTEGER PRIMARY KEY, family TEXT, name TEXT, article TEXT, apart TEXT,
    home INTEGER, part INTEGER, parted TEXT, entity TEXT, reason TEXT, UNIQUE (family, name, article));
CREATE TABLE label (raw INTEGER, label TEXT, kind TEXT, mentions INTEGER, articles INTEGER,
    PRIMARY KEY (raw, label, kind)) WITHOUT ROWID;
CREATE TABLE known (raw INTEGER, text TEXT, reason TEXT, articles INTEGER,
    PRIMARY KEY (raw, text, reason)) WITHOUT ROWID;
CREATE TABLE alias (family TEXT, text TEXT, name TEXT, PRIMARY KEY (family, text, name)) WITHOUT ROWID;
CREATE TABLE variant (family TEXT, text TEXT, name TEXT, way TEXT, PRIMARY KEY (family, text, name))
    WITHOUT ROWID;
CREATE TABLE doubt (grp INTEGER, other INTEGER, score REAL, why TEXT, PRIMARY KEY (grp, other)) WITHOUT ROWID;
CREATE TABLE life (raw INTEGER, article TEXT, body TEXT, PRIMARY KEY (raw, article)) WITHOUT ROWID;
CREATE TABLE dated (article TEXT PRIMARY KEY, day TEXT) WITHOUT ROWID;
CREATE TABLE entity (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, named INTEGER, aliases TEXT,
    phrase INTEGER, seed TEXT) WITHOUT ROWID;
CREATE TABLE used (iri TEXT, article TEXT, PRIMARY KEY (iri, article)) WITHOUT ROWID;
CREATE TABLE occurrence (statement TEXT, article TEXT, start INTEGER, evidence TEXT, printed TEXT,
    triple TEXT, clause TEXT, body TEXT);
CREATE TABLE tally (statement TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
CREATE TABLE event (key TEXT, article TEXT, body TEXT);
CREATE TABLE change (iri TEXT PRIMARY KEY, body TEXT) WITHOUT ROWID;
CREATE TABLE undo_grp (id INTEGER PRIMARY KEY, entity TEXT);
CREATE TABLE undo_entity (iri TEXT PRIMARY KEY, label TEXT, kind TEXT, named INTEGER, aliases TEXT,
    phrase INTEGER, seed TEXT) WITHOUT ROWID;
CREATE TABLE met (what TEXT, name TEXT, label TEXT, times INTEGER, PRIMARY KEY (what, name, label))
    WITHOUT ROWID;
"""
#: What resolution looks for, made when all names are counted: a whole index costs a part of what its
#: entries cost one by one.
_OF_NAMES: Final = """
CREATE INDEX local_raw ON local (raw);
CREATE INDEX local_grp ON local (grp);
CREATE INDEX name_grp ON name (grp, article);
CREATE INDEX label_label ON label (label);
CREATE INDEX doubt_other ON doubt (other);
CREATE INDEX grp_entity ON grp (entity);
CREATE INDEX grp_name ON grp (name);
CREATE INDEX grp_home ON grp (home) WHERE home IS NOT NULL;
CREATE INDEX grp_part ON grp (part) WHERE part IS NOT NULL;
CREATE INDEX entity_seed ON entity (seed) WHERE seed IS NOT NULL;
"""
#: What brings statements and events together, made when all are there. Their rows are large: they stay
#: in the order in which articles give them.
_OF_STATEMENTS: Final = """
CREATE UNIQUE INDEX occurrence_place ON occurrence (statement, article, start, evidence);
CREATE INDEX event_key ON event (key, article);
"""
#: What only an update looks for; made when a merge is kept.
_KEPT: Final = """
CREATE INDEX alias_name ON alias (name, family);
CREATE INDEX variant_name ON variant (name, family);
CREATE INDEX used_article ON used (article);
CREATE INDEX occurrence_article ON occurrence (article);
CREATE INDEX occurrence_triple ON occurrence (triple, statement);
CREATE INDEX occurrence_clause ON occurrence (clause, statement) WHERE clause IS NOT NULL;
CREATE INDEX event_article ON event (article);
CREATE INDEX entity_label ON entity (label);
"""


def fresh_tables(place: str | Path) -> sqlite3.Connection:
    """Empty tables, in a new file or in memory, that a whole merge fills."""
    db = sqlite3.connect(place)
    db.executescript(
        "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-16000;"
        "PRAGMA temp_store=FILE;" + _TABLES
    )
    return db


def index_names(db: sqlite3.Connection) -> None:
    """Add what resolution needs, when the names of all articles are counted."""
    _all(db, _OF_NAMES)


def index_statements(db: sqlite3.Connection) -> None:
    """Add what brings statements and events together, when those of all articles are there."""
    _all(db, _OF_STATEMENTS)


def _all(db: sqlite3.Connection, statements: str) -> None:
    db.execute("PRAGMA cache_size=-4000")  # sorting takes as much again
    for statement in statements.split(";"):
        db.execute(statement)
    db.execute("PRAGMA cache_size=-16000")


def index_for_updates(db: sqlite3.Connection) -> None:
    """Add what an update of these tables needs."""
    db.commit()
    db.executescript(_KEPT + "PRAGMA journal_mode=WAL;")


_ROW: Final = "OLD.iri, OLD.label, OLD.kind, OLD.named, OLD.aliases, OLD.phrase, OLD.seed"
_TRIGGERS: Final = (
    "undo_home AFTER UPDATE OF entity ON grp BEGIN "
    "INSERT OR IGNORE INTO undo_grp VALUES (OLD.id, OLD.entity); END",
    f"undo_change AFTER UPDATE ON entity BEGIN INSERT OR IGNORE INTO undo_entity VALUES ({_ROW}); END",  # noqa: S608
    f"undo_end AFTER DELETE ON entity BEGIN INSERT OR IGNORE INTO undo_entity VALUES ({_ROW}); END",  # noqa: S608
)


@contextmanager
def remembered(db: sqlite3.Connection) -> Iterator[None]:
    """What is changed inside, of entities and whose they are, can be undone (`undo`)."""
    for trigger in _TRIGGERS:
        db.execute(f"CREATE TEMP TRIGGER {trigger}")
    yield
    for trigger in _TRIGGERS:
        db.execute(f"DROP TRIGGER {trigger.split(maxsplit=1)[0]}")


def sealed(body: str) -> str:
    """A text with its checksum, for what is read again long after."""
    return f"{body}{crc32(body.encode()):08x}"


def opened(text: str) -> str:
    """The text that was `sealed`. Raises ``ValueError`` where it is no longer as it was."""
    body = text[:-8]
    if sealed(body) != text:
        raise ValueError("a row does not fit its checksum")
    return body


def undo(db: sqlite3.Connection) -> None:
    """Make entities and groups as they were before corrections."""
    db.execute("INSERT OR REPLACE INTO entity SELECT * FROM undo_entity")
    db.execute("UPDATE grp SET entity = u.entity FROM undo_grp u WHERE u.id = grp.id")
    db.execute("DELETE FROM undo_entity")
    db.execute("DELETE FROM undo_grp")
