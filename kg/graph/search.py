"""Full text over names, statements and passages of a graph.

The index is an SQLite FTS5 table, made at the first search and kept in the folder of the store. A
store is never changed once it is written, so its index always fits; a build that makes the next
store leaves the index behind with the old one.
"""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Callable, Collection, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kg.errors import KGError, QueryError
from kg.graph.store import GraphStore
from kg.graph.vocab import article_iri
from kg.model import Article, Entity, Node, Quotation, Statement
from kg.model import Literal as Value

Kind = Literal["name", "statement", "passage"]
KINDS: Final[tuple[Kind, ...]] = ("name", "statement", "passage")
#: The file beside those of the store; `kg.folder` does not count it among them.
INDEX: Final = "search.db"
_FORMAT: Final = 1  # of the table, in SQLite's `user_version`
_TABLE: Final = """CREATE VIRTUAL TABLE found USING fts5(
  told, words, kind UNINDEXED, iri UNINDEXED, status UNINDEXED, who UNINDEXED, rhetoric UNINDEXED,
  article UNINDEXED, source UNINDEXED, date UNINDEXED, first UNINDEXED, last UNINDEXED,
  tokenize = "porter unicode61 remove_diacritics 2")"""
_COLUMNS: Final = 12
#: What a statement says counts more than what stands around it.
_RANK: Final = "round(bm25(found, 4.0, 1.0), 9)"
_AROUND: Final = 32  # words of a passage that are shown
_TERM: Final = re.compile(r'"([^"]*)"?|(\S+)')
_Row = tuple[str | int | None, ...]
_Tell = Callable[[str, int, int | None], None]


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that has the words.

    ``told`` is it in words: a name with its other names, or subject, relation and object (empty for
    a passage). ``kind`` tells what ``iri`` is of: an entity, a statement or an article. ``status``
    and ``by`` (who says so) are a statement's; ``passage`` are the article's words from ``start``
    to ``end``, shortened in a passage that is long.
    """

    kind: Kind
    iri: str
    told: str = ""
    status: str = ""
    by: str = ""
    article: str = ""
    source: str = ""
    date: str = ""
    start: int = 0
    end: int = 0
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the best of each kind, and how many of each kind there are."""

    hits: tuple[Hit, ...]
    counts: tuple[tuple[Kind, int], ...]


def search(
    graph: GraphStore,
    words: str,
    *,
    kinds: Collection[Kind] = KINDS,
    statuses: Collection[str] = (),
    source: str = "",
    limit: int = 10,
    everything: bool = False,
    progress: _Tell | None = None,
) -> Found:
    """Names, statements and passages that have all these words, the best of each kind first.

    Case, accents and English endings make no difference; ``"in quotation marks"`` words follow
    each other, ``word*`` is the start of one. ``statuses`` keeps statements of these, ``source``
    what is from a source with that in its name (names have none); ``everything`` finds rhetoric, too. Equally good
    ones come in the order of their IRIs and places. ``progress`` is told how far the index is where one has to be made. Raises
    `QueryError` where no word is given.
    """
    match = _match(words)
    where = ["found MATCH ?", "kind = ?"]
    values: list[str] = []
    if not everything:
        where.append("rhetoric = 0")
    if statuses:
        where.append(f"(kind <> 'statement' OR status IN ({', '.join('?' * len(statuses))}))")
        values += sorted(statuses)
    if source:
        where.append("instr(lower(source), ?)")
        values.append(source.casefold())
    what = " AND ".join(where)
    hits: list[Hit] = []
    counts: list[tuple[Kind, int]] = []
    with closing(_index(graph, progress or _silent)) as index:
        for kind in (kind for kind in KINDS if kind in kinds):
            given = (match, kind, *values)
            (count,) = index.execute(f"SELECT count(*) FROM found WHERE {what}", given).fetchone()  # noqa: S608
            counts.append((kind, count))
            rows = index.execute(
                "SELECT kind, iri, told, status, who, article, source, date, first, last, "  # noqa: S608
                f"CASE kind WHEN 'passage' THEN snippet(found, 1, '', '', '…', {_AROUND}) ELSE words END "
                f"FROM found WHERE {what} ORDER BY {_RANK}, iri, first, last LIMIT ?",
                (*given, limit),
            )
            hits += [Hit(*row) for row in rows]
    return Found(tuple(hits), tuple(counts))


def _match(words: str) -> str:
    """The words as FTS5 takes them: each a string of its own, so that nothing is an operator."""
    terms = []
    for phrase, word in _TERM.findall(words):
        plain = (phrase or word).replace('"', " ").replace("\0", " ")
        if any(letter.isalnum() for letter in plain):
            terms.append(f'"{plain.rstrip("*")}"{"*" if word.endswith("*") else ""}')
    if not terms:
        raise QueryError(f"{words!r} has no word to search for; give at least one.")
    return " ".join(terms)


# --- the index ---------------------------------------------------------------------------------


def _index(graph: GraphStore, tell: _Tell) -> sqlite3.Connection:
    """The index of a graph, open; made now where there is none that can be read."""
    place = None if graph.folder is None else graph.folder / INDEX
    if place is not None and place.is_file():
        with contextlib.suppress(sqlite3.DatabaseError):
            return _opened(place)
    if place is not None:
        with contextlib.suppress(OSError, sqlite3.OperationalError):  # nobody may write there
            _made_at(place, graph, tell)
            return _opened(place)
    kept = sqlite3.connect("")  # a file without a name, which ends with the connection
    _fill(kept, graph, tell)
    return kept


def _opened(place: Path) -> sqlite3.Connection:
    """Raises `sqlite3.DatabaseError` for a file that is no index of ours."""
    index = sqlite3.connect(f"{place.absolute().as_uri()}?mode=ro", uri=True)
    try:
        if index.execute("PRAGMA user_version").fetchone()[0] != _FORMAT:
            raise sqlite3.DatabaseError(f"{place}: of another kg")
        index.execute("SELECT count(*) FROM found WHERE found MATCH 'a'").fetchone()
    except BaseException:
        index.close()
        raise
    return index


def _made_at(place: Path, graph: GraphStore, tell: _Tell) -> None:
    """Make the index beside its place, and rename it there: others may read or make it meanwhile."""
    beside = place.with_name(f"{INDEX}.{os.getpid()}.part")
    try:
        with closing(sqlite3.connect(beside)) as index:
            index.execute("PRAGMA journal_mode = OFF")
            index.execute("PRAGMA synchronous = OFF")
            _fill(index, graph, tell)
        beside.replace(place)
    finally:
        beside.unlink(missing_ok=True)


def _fill(index: sqlite3.Connection, graph: GraphStore, tell: _Tell) -> None:
    try:
        index.execute(_TABLE)
    except sqlite3.OperationalError as error:
        if "fts5" not in str(error):
            raise
        raise KGError(
            f"this Python's SQLite {sqlite3.sqlite_version} has no full-text search (FTS5); use a "
            "Python with one, or 'kg query'."
        ) from error
    marks = ", ".join("?" * _COLUMNS)
    index.executemany(f"INSERT INTO found VALUES ({marks})", _rows(graph, tell))  # noqa: S608
    index.execute("INSERT INTO found(found) VALUES ('optimize')")
    index.execute(f"PRAGMA user_version = {_FORMAT}")
    index.commit()


def _silent(what: str, done: int, total: int | None) -> None:
    pass


def _rows(graph: GraphStore, tell: _Tell) -> Iterator[_Row]:
    dates: dict[str, str] = {}
    for article in graph.articles():
        dates[article.id] = article.date or ""
        yield from _passages(article, article_iri(graph.base, article.id))
    for entity in graph.entities():
        yield _name(entity)
    for done, statement in enumerate(graph.statements(), 1):
        tell("making the index", done, None)
        yield _statement(statement, dates)


def _passages(article: Article, iri: str) -> Iterator[_Row]:
    places = [(b.start, b.end) for b in article.blocks] or [(0, len(article.text))]
    for start, end in places:
        told = (article.id, article.source, article.date or "", start, end)
        yield "", article.text[start:end], "passage", iri, "", "", 0, *told


def _name(entity: Entity) -> _Row:
    others = sorted(name for name in set(entity.aliases) if name not in entity.label)
    told = f"{entity.label} ({'; '.join(others)})" if others else entity.label
    return told, "", "name", entity.id, entity.type, "", 0, "", "", "", 0, 0


def _statement(statement: Statement, dates: dict[str, str]) -> _Row:
    words = "\n".join(dict.fromkeys(piece.text for piece in statement.evidence))
    who = statement.attributed_to.label if statement.attributed_to else statement.sourcing or ""
    place: _Row = ("", "", "", 0, 0)
    if statement.evidence:
        first = statement.evidence[0]
        date = dates.get(first.article, "")
        place = (first.article, first.source, date, first.start, first.end)
    rhetoric = int(statement.salience == 0)
    told = _told(statement)
    return told, words, "statement", statement.id, statement.status, who, rhetoric, *place


def _told(statement: Statement) -> str:
    """A statement in words: subject, relation, object, and what else is told of it."""
    negated = statement.polarity == "negative" and statement.status != "denied"
    relation = f"not {statement.predicate.label}" if negated else statement.predicate.label
    parts = [statement.subject.label, relation, _object(statement)]
    # One day in articles of two years is two arguments of the same words.
    parts += dict.fromkeys(f"({a.role}: {a.label})" for a in statement.arguments if a.label)
    return " ".join(part for part in parts if part)


def _object(statement: Statement) -> str:
    match statement.object:
        case Quotation() as quotation:
            return f"“{quotation.text}”"
        case Node() | Value() as target:
            return target.label
        case _:  # another statement: its words are in the evidence
            return ""
