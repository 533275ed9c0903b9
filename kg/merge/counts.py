"""What a graph holds, in numbers that an update can correct: what a report tells, and the terms that
the graph has to declare."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator

from kg.model import Entity, Event, Node, Quotation, Statement

#: What is counted, of which IRI or name, under which label.
Met = tuple[str, str, str]


class Census:
    """Counts of entities, statements and events; with ``sign`` -1 they are taken back."""

    def __init__(self) -> None:
        self.counts: Counter[Met] = Counter()

    def entity(self, entity: Entity, sign: int = 1) -> None:
        """Count an entity."""
        self.counts["entity", entity.type, ""] += sign
        self.counts["class", entity.type, ""] += sign

    def statement(self, statement: Statement, sign: int = 1) -> None:
        """Count a statement."""
        counts, predicate = self.counts, statement.predicate
        counts["relation", predicate.id, predicate.label] += sign
        counts["unchecked", "", ""] += sign * statement.unchecked
        for piece in statement.evidence:
            counts["extractor", piece.extractor, ""] += sign
        if isinstance(statement.object, Node):
            counts["class", statement.object.type, ""] += sign
        if isinstance(statement.object, Quotation):
            counts["quotes", "", ""] += sign
            return
        counts["statement", statement.status, ""] += sign
        if "/relation/" in predicate.id:
            counts["open", predicate.label, ""] += sign * len(statement.evidence)

    def event(self, event: Event, sign: int = 1) -> None:
        """Count an event."""
        self.counts["class", event.type, ""] += sign
        for participant in event.participants:
            self.counts["role", participant.role, ""] += sign

    def each_entity(self, entities: Iterable[Entity]) -> Iterator[Entity]:
        """The entities, each counted when it is taken."""
        for entity in entities:
            self.entity(entity)
            yield entity

    def each_statement(self, statements: Iterable[Statement]) -> Iterator[Statement]:
        """The statements, each counted when it is taken."""
        for statement in statements:
            self.statement(statement)
            yield statement

    def each_event(self, events: Iterable[Event]) -> Iterator[Event]:
        """The events, each counted when it is taken."""
        for event in events:
            self.event(event)
            yield event

    def add_to(self, db: sqlite3.Connection) -> None:
        """Add these counts to those of the tables of a merge."""
        changed = [(*met, times) for met, times in self.counts.items() if times]
        db.executemany(
            "INSERT INTO met VALUES (?, ?, ?, ?) "
            "ON CONFLICT DO UPDATE SET times = times + excluded.times",
            changed,
        )
        db.executemany(
            "DELETE FROM met WHERE what = ? AND name = ? AND label = ? AND times = 0",
            [row[:3] for row in changed],
        )


def counted(db: sqlite3.Connection, what: str) -> tuple[tuple[str, int], ...]:
    """What the tables count, the most frequent first."""
    rows = db.execute(
        "SELECT name, SUM(times) AS times FROM met WHERE what = ? GROUP BY name "
        "ORDER BY times DESC, name",
        (what,),
    )
    return tuple((name, times) for name, times in rows)
