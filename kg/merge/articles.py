"""What one article says, put into the tables of a merge and taken out again."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping

from kg.corrections.articles import Mended
from kg.merge.corrected import Mending
from kg.merge.drafts import Drafts, MarkKey, nodes, said_of
from kg.merge.tables import sealed
from kg.results import to_json


def take_statements(
    db: sqlite3.Connection, base: str, mended: Mended, mending: Mending
) -> tuple[set[str], set[str]]:
    """Put in what an article says, when its names have their entities: the statements and the keys
    of events that it tells of."""
    result = mended.result
    article = result.article.id
    iris: dict[str, str] = dict(
        db.execute(
            "SELECT l.key, g.entity FROM local l JOIN grp g ON l.grp = g.id WHERE l.article = ?",
            (article,),
        ).fetchall()
    )
    drafts = Drafts(base, result, iris, mended.marks)
    rows: dict[tuple[str, str], tuple[object, ...]] = {}
    used: set[str] = set()
    for draft in drafts.all():
        piece = draft.evidence
        used.update(nodes(draft))
        if (place := (draft.id, piece.id)) not in rows:  # a piece of evidence is one place
            rows[place] = (
                draft.id, article, piece.start, piece.id, drafts.printed(piece), said_of(draft),
                draft.object.statement, sealed(to_json(draft)),
            )  # fmt: skip
    told = {(json.dumps(told.key()), article, sealed(to_json(told))) for told in drafts.events()}
    db.executemany("INSERT INTO occurrence VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows.values())
    db.executemany("INSERT INTO used VALUES (?, ?)", [(iri, article) for iri in sorted(used)])
    db.executemany("INSERT INTO event VALUES (?, ?, ?)", sorted(told))
    if mended.marks or mended.gone:
        before = Drafts(base, mended.before, iris).ids()
        _revise(mending, mended, drafts.ids(), before)
    return {statement for statement, _ in rows}, {key for key, *_ in told}


def drop_statements(db: sqlite3.Connection, article: str) -> tuple[set[str], set[str], set[str]]:
    """Take out what an article says: the statements, the keys of events and the IRIs of entities that
    it told of."""
    found = tuple(
        {
            value
            for (value,) in db.execute(
                f"SELECT {column} FROM {table} WHERE article = ?",  # noqa: S608
                (article,),
            )
        }
        for table, column in (("occurrence", "statement"), ("event", "key"), ("used", "iri"))
    )
    for table in ("occurrence", "event", "used"):
        db.execute(f"DELETE FROM {table} WHERE article = ?", (article,))  # noqa: S608
    return found[0], found[1], found[2]


def _revise(
    mending: Mending, mended: Mended, now: Mapping[MarkKey, str], before: Mapping[MarkKey, str]
) -> None:
    """Tell which statements corrections changed or took out."""
    for key, correction in mended.gone.items():
        if key in before:
            mending.revise(correction, before[key], "")
    for key, mark in mended.marks.items():
        if key in before and key in now and before[key] != now[key]:
            for correction in mark.corrections:
                mending.revise(correction, before[key], now[key])
