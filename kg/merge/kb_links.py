"""The names of the articles in a knowledge base: names of one thing are one, and told as it.

A name that surely means a thing is given to joining as a seed, so two names with one id are one;
the entity then has the thing's label, class and aliases. What is likely is told and joins nothing.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kg.kb.entries import Entry
from kg.kb.index import KnowledgeBase
from kg.kb.linking import Linked, is_elsewhere, link
from kg.model import Near
from kg.resolve.across import TOPIC, key_name
from kg.resolve.kinds import family
from kg.seeds import Seed

#: So many of the articles that have a name tell what stands around it.
_READ: Final = 200


class Links:
    """What the names in the tables of a merge mean in a base; without one, nothing."""

    def __init__(self, db: sqlite3.Connection, base: KnowledgeBase | None) -> None:
        self._db, self._base = db, base
        self._found: dict[tuple[str, str], Linked] = {}
        self._same: dict[str, str] = {}
        self._near: dict[str, dict[str, float]] = {}

    def seeds(self, known: Sequence[Seed]) -> tuple[Seed, ...]:
        """The seeds with the things that names surely mean; a name that a seed has is the seed's."""
        if self._base is None:
            return tuple(known)
        taken = {
            (family(s.type), key_name(family(s.type), name))
            for s in known
            for name in (s.label, *s.aliases)
        }
        names: defaultdict[str, set[str]] = defaultdict(set)
        things: dict[str, Entry] = {}
        rows = self._db.execute(
            "SELECT id, family, name FROM grp WHERE article = '' AND home IS NULL AND family <> ?"
            " ORDER BY family, name",
            (TOPIC,),
        ).fetchall()
        for number, of, name in rows:
            found = link(
                self._base,
                name,
                of,
                lambda number=number: self._around(number),  # type: ignore[misc]
                lambda number=number: self._is_elsewhere(number),  # type: ignore[misc]
            )
            if found is None:
                continue
            self._found[of, name] = found
            if found.sure and (of, name) not in taken:
                names[found.entry.id].add(name)
                things[found.entry.id] = found.entry
        made = (
            Seed(key, things[key].label, things[key].type, tuple(sorted(names[key])))
            for key in sorted(names)
        )
        return (*known, *made)

    def _around(self, number: int) -> set[str]:
        """The names in the articles that have a name."""
        rows = self._db.execute(
            "SELECT DISTINCT g.name FROM (SELECT DISTINCT article FROM local WHERE grp = ?"
            " ORDER BY article LIMIT ?) a JOIN local l ON l.article = a.article"
            " JOIN grp g ON g.id = l.grp WHERE g.id <> ? AND g.family <> ?",
            (number, _READ, number, TOPIC),
        )
        return {name for (name,) in rows}

    def _is_elsewhere(self, number: int) -> bool:
        """Whether most articles that have a name speak of sport or of times long past beside it."""
        rows = self._db.execute(
            "SELECT a.article, l.label FROM (SELECT DISTINCT article FROM local WHERE grp = ?"
            " ORDER BY article LIMIT ?) a JOIN local l ON l.article = a.article",
            (number, _READ),
        )
        texts: defaultdict[str, list[str]] = defaultdict(list)
        for article, label in rows:
            texts[article].append(label)
        return 2 * sum(map(is_elsewhere, texts.values())) > len(texts)

    def settle(self) -> None:
        """Tell the entities, once names have them; of two things that one is said to be, none is sure."""
        told: defaultdict[str, dict[str, Linked]] = defaultdict(dict)
        for (of, name), found in self._found.items():
            row = self._db.execute(
                "SELECT entity FROM grp WHERE family = ? AND name = ? AND article = ''", (of, name)
            ).fetchone()
            if row is not None and row[0] is not None:
                known = told[row[0]].get(found.entry.id)
                if known is None or (found.sure, found.score) > (known.sure, known.score):
                    told[row[0]][found.entry.id] = found
        for iri, links in told.items():
            sure = [found for found in links.values() if found.sure]
            if len(sure) == 1:
                self._same[iri] = sure[0].entry.id
                self._alias(iri, sure[0].entry)
            else:
                self._near[iri] = {key: found.score for key, found in links.items()}

    def _alias(self, iri: str, entry: Entry) -> None:
        row = self._db.execute("SELECT label, aliases FROM entity WHERE iri = ?", (iri,)).fetchone()
        if row is not None:
            names = {*json.loads(row[1]), entry.label, *entry.aliases} - {row[0]}
            made = json.dumps(sorted(names), ensure_ascii=False)
            self._db.execute("UPDATE entity SET aliases = ? WHERE iri = ?", (made, iri))

    def same_as(self, iri: str) -> tuple[str, ...]:
        """The thing that an entity surely is."""
        return (self._same[iri],) if iri in self._same else ()

    def near(self, iri: str) -> tuple[Near, ...]:
        """What an entity may be, the likeliest first."""
        found = (Near(key, score) for key, score in self._near.get(iri, {}).items())
        return tuple(sorted(found, key=lambda near: (-near.score, near.id)))
