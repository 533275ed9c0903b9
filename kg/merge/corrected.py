"""Corrections applied to the entities of all articles: joined, called and typed as a person says.

What a correction says is looked up by names, after the articles' own names are joined and have their
IRIs; so an IRI is what it would be without, and the one that a merge retires is told. Corrections
that contradict each other do nothing; which they are, is told.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from kg.corrections.articles import Book
from kg.corrections.lines import READINGS, told
from kg.merge.names import Names
from kg.merge.tables import remembered
from kg.model import Corrected, Correction, Thing
from kg.resolve.across import Key

#: Kinds that give an entity one value, so that two values contradict each other.
_SINGLE = ("rename", "retype", "link")


@dataclass(slots=True)
class Changes:
    """What corrections made of an entity, by IRI: IRIs that it replaces, others' IRIs for it, further
    names, and the ids of the corrections."""

    replaces: list[str] = field(default_factory=list)
    same_as: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    corrections: set[str] = field(default_factory=set)


class Mending:
    """Applies a book's corrections to the tables of a merge; `corrected` tells what became of each."""

    def __init__(self, db: sqlite3.Connection, book: Book) -> None:
        self._db = db
        self._book = book
        self._of: dict[str, list[str]] = {}  # correction -> the entities it is about
        self._state: dict[str, tuple[str, str]] = {}
        self._into: dict[str, str] = {}
        self._revised: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        self.changes: defaultdict[str, Changes] = defaultdict(Changes)

    def apart(self) -> Mapping[Key, frozenset[Key]]:
        """The names that are never joined: each -> the others."""
        found: defaultdict[Key, set[Key]] = defaultdict(set)
        for correction in self._each("distinct"):
            one, other = map(self._book.key, correction.things)
            found[one].add(other)
            found[other].add(one)
        return {key: frozenset(others) for key, others in found.items()}

    def apply(self, names: Names, link: Callable[[], None] = lambda: None) -> None:
        """Apply what is about entities, so that it can be undone. To be called when each has its
        IRI. ``link`` is called between: when entities are joined, before their names are added."""
        with remembered(self._db):
            self._entities()
            names.give_aliases(self.changes)
            link()
            self._aliases()

    def _entities(self) -> None:
        for correction in self._book.corrections:
            if correction.what in (*READINGS, "add"):
                continue
            if correction.what == "split":  # which has a name of its own, or is in no article
                part = correction.things[1]
                iri = self._iri(replace(part, scope=correction.id)) or self._iri(part)
                self._of[correction.id] = [iri] if iri and self._book.met(correction) else []
                continue
            found = [self._iri(thing) for thing in correction.things]
            lost = [t.name for t, iri in zip(correction.things, found, strict=True) if iri is None]
            self._of[correction.id] = [iri for iri in found if iri is not None]
            if lost:
                names = " and ".join(f"“{name}”" for name in lost)
                self._state[correction.id] = "waiting", f"nothing is called {names} now"
        self._join()
        for what in _SINGLE:
            self._give(what)
        for correction in self._each("alias", "split", "distinct"):
            if correction.id in self._state:
                continue
            for iri in self._of.get(correction.id, ()):
                home = self._home(iri)
                self.changes[home].corrections.add(correction.id)
                if correction.what == "alias":
                    self.changes[home].aliases.add(correction.to)

    def _aliases(self) -> None:
        """Add the further names to those that articles give, and keep what is told of each entity."""
        for iri, change in sorted(self.changes.items()):
            if not change.aliases:
                continue
            label, known = self._db.execute(
                "SELECT label, aliases FROM entity WHERE iri = ?", (iri,)
            ).fetchone()
            names = sorted({*json.loads(known), *change.aliases} - {label})
            self._db.execute(
                "UPDATE entity SET aliases = ? WHERE iri = ?",
                (json.dumps(names, ensure_ascii=False, separators=(",", ":")), iri),
            )
        self._db.execute("DELETE FROM change")
        self._db.executemany(
            "INSERT INTO change VALUES (?, ?)",
            [
                (
                    iri,
                    json.dumps(
                        {
                            "replaces": sorted(change.replaces),
                            "same_as": sorted(change.same_as),
                            "corrections": sorted(change.corrections),
                        }
                    ),
                )
                for iri, change in sorted(self.changes.items())
            ],
        )

    def revise(self, correction: str, old: str, new: str) -> None:
        """Remember that a correction made one statement of another, or took it out ("")."""
        self._revised[correction].add((old, new))

    def corrected(self) -> Iterator[Corrected]:
        """What became of each correction, by id. To be called when all statements are taken."""
        for correction in self._book.corrections:
            state, note = self._state.get(correction.id, ("applied", ""))
            if clashes := self._book.conflicts(correction):
                state, note = "conflict", f"contradicts {', '.join(sorted(clashes))}"
            elif missing := self._book.missing(correction):
                met = self._book.met(correction)
                state, note = (state if met else "waiting"), missing
            yield Corrected(
                correction,
                state,  # type: ignore[arg-type]
                note,
                tuple(sorted({self._home(iri) for iri in self._of.get(correction.id, ())})),
                tuple(sorted(self._revised[correction.id])),
                told(correction),
            )

    # --- merging -------------------------------------------------------------------------------

    def _join(self) -> None:
        """Bring together what is one, unless something else says that it is two."""
        pairs = list(self._pairs())
        between: defaultdict[frozenset[str], set[str]] = defaultdict(set)
        for correction, one, other in pairs:
            between[frozenset((one, other))].add(correction.id)
        waiting: set[str] = set()
        for correction in self._each("distinct"):
            found = self._of.get(correction.id, [])
            if len(found) == 2 and found[0] == found[1]:
                note = (
                    f"both names are one entity's, {found[0]}; part its mentions: kg correct split"
                )
                self._state[correction.id] = "conflict", note
            elif len(found) == 2:
                guilty = {key for pair in _paths(between, *found) for key in between[pair]}
                if guilty:
                    self._clash([correction.id], guilty)
                    self._clash(sorted(guilty), {correction.id})
                    waiting |= guilty
        parent: dict[str, str] = {}

        def find(iri: str) -> str:
            parent.setdefault(iri, iri)
            while parent[iri] != iri:
                iri = parent[iri]
            return iri

        good = [pair for pair in pairs if pair[0].id not in waiting]
        for _, one, other in good:
            low, high = sorted((find(one), find(other)))
            parent[high] = low
        merged: defaultdict[str, list[tuple[Correction, str, str]]] = defaultdict(list)
        for pair in good:
            merged[find(pair[1])].append(pair)
        for group in merged.values():
            self._merge(group)

    def _pairs(self) -> Iterator[tuple[Correction, str, str]]:
        """Two entities that a correction says are one."""
        for correction in self._each("merge", "alias"):
            found = list(self._of.get(correction.id, ()))
            if correction.what == "alias" and len(found) == 1:
                kind, named = correction.things[0].type, correction.things[0].named
                other = self._iri(Thing(correction.to, kind, named), by_name_only=True)
                found += [other] if other else []
            if len(found) == 2:
                yield correction, found[0], found[1]

    def _merge(self, pairs: Sequence[tuple[Correction, str, str]]) -> None:
        """One entity of all of these: the one that is kept wherever it is named."""
        kept = {one for _, one, _ in pairs}
        gone = {other for _, one, other in pairs if one != other}
        keep = min(kept - gone or kept)
        for iri in sorted((kept | gone) - {keep}):
            self._into[iri] = keep
            self._db.execute("UPDATE grp SET entity = ? WHERE entity = ?", (keep, iri))
            self._db.execute(
                "UPDATE entity SET named = MAX(named, (SELECT named FROM entity WHERE iri = ?)) "
                "WHERE iri = ?", (iri, keep)
            )  # fmt: skip
            self._db.execute("DELETE FROM entity WHERE iri = ?", (iri,))
            self.changes[keep].replaces.append(iri)
        self.changes[keep].corrections |= {correction.id for correction, _, _ in pairs}

    def _give(self, what: str) -> None:
        """Give each entity its label, class or address."""
        wanted: defaultdict[str, list[Correction]] = defaultdict(list)
        for correction in self._each(what):
            for iri in self._of.get(correction.id, ()):
                wanted[self._home(iri)].append(correction)
        for iri, found in sorted(wanted.items()):
            ids = {correction.id for correction in found}
            if len({correction.to for correction in found}) > 1:
                for key in ids:
                    self._clash([key], ids - {key})
                continue
            to, change = found[0].to, self.changes[iri]
            change.corrections |= ids
            if what == "rename":
                label = self._db.execute("SELECT label FROM entity WHERE iri = ?", (iri,))
                change.aliases.add(label.fetchone()[0])
                self._db.execute("UPDATE entity SET label = ? WHERE iri = ?", (to, iri))
            elif what == "retype":
                self._db.execute("UPDATE entity SET kind = ? WHERE iri = ?", (to, iri))
            else:
                change.same_as.add(to)

    def _clash(self, ids: Sequence[str], others: set[str]) -> None:
        for key in ids:
            known = self._state.get(key, ("", ""))[1].removeprefix("contradicts ").split(", ")
            told = sorted({*others, *(k for k in known if k)} - {key})
            self._state[key] = "conflict", f"contradicts {', '.join(told)}"

    # --- names ---------------------------------------------------------------------------------

    def _each(self, *kinds: str) -> Iterator[Correction]:
        return (c for c in self._book.corrections if c.what in kinds)

    def _home(self, iri: str) -> str:
        return self._into.get(iri, iri)

    def _iri(self, thing: Thing, *, by_name_only: bool = False) -> str | None:
        """The entity that a thing is: by its group, by that of another class, by its label."""
        family, name, scope = self._book.key(thing)
        found = self._db.execute(
            "SELECT family, entity FROM grp INDEXED BY grp_name "
            "WHERE name = ? AND article = ? AND entity IS NOT NULL",
            (name, scope),
        ).fetchall()
        homes = {iri for kind, iri in found if kind == family} or {iri for _, iri in found}
        if len(homes) == 1:
            return str(homes.pop())
        if homes or scope or by_name_only:
            return None
        labelled = self._db.execute("SELECT iri FROM entity WHERE label = ?", (thing.name,))
        rows = labelled.fetchall()
        return str(rows[0][0]) if len(rows) == 1 else None


def _paths(edges: Iterable[frozenset[str]], one: str, other: str) -> set[frozenset[str]]:
    """The edges by which one node is reached from the other, on any way that passes no node twice."""
    from networkx import Graph, biconnected_component_edges

    graph: Graph[str] = Graph()
    graph.add_edges_from((min(edge), max(edge)) for edge in edges if len(edge) == 2)
    if one not in graph or other not in graph:
        return set()
    direct, is_there = frozenset((one, other)), graph.has_edge(one, other)
    graph.add_edge(one, other)
    for block in biconnected_component_edges(graph):
        found = {frozenset(edge) for edge in block}
        if direct in found:
            return found if is_there else found - {direct}
    return set()
