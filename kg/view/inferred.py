"""What follows from the statements of a view by the ontology: rows for its page, each with its premises.

A fact is there only if all that it follows from is: the page shows what can be looked up in it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from kg.model import Inferred, Literal, Node, Statement

if TYPE_CHECKING:
    from kg.view.data import Tables


def inferred_rows(found: Iterable[Inferred], tables: Tables) -> list[list[Any]]:
    """The rows of facts whose ends and premises the tables have; what one follows from comes before it.

    A row: subject, relation, object (a node's number, or words), rule, whether it is disputed, the
    premises, and the statements that deny it. A premise is ``["s", ...]``, statements that tell the same
    fact, ``["i", row]``, another fact that follows, or ``["t", node]``, a thing with its class.
    """
    made = _Rows(tables)
    for one in found:
        made.number(one)
    return made.rows


class _Rows:
    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._numbers: dict[str, int | None] = {}
        self.rows: list[list[Any]] = []

    def number(self, found: Inferred) -> int | None:
        """The number of its row, which is made if need be; None if it cannot be shown."""
        if found.id not in self._numbers:
            row = self._row(found)
            if row is not None:
                self.rows.append(row)
            self._numbers[found.id] = None if row is None else len(self.rows) - 1
        return self._numbers[found.id]

    def _row(self, found: Inferred) -> list[Any] | None:
        nodes = self._tables.node_of
        target = found.object
        words = isinstance(target, Literal) or target.type == "Class"
        other = target.label if words else nodes.get(target.id)  # type: ignore[union-attr]
        premises = self._premises(found)
        if found.subject.id not in nodes or other is None or premises is None:
            return None
        numbers = self._tables.statement_of
        return [
            nodes[found.subject.id],
            self._tables.relation(found.predicate.id, found.predicate.label),
            other,
            found.rule,
            int(found.disputed),
            premises,
            [numbers[denial.id] for denial in found.denials if denial.id in numbers],
        ]

    def _premises(self, found: Inferred) -> list[list[Any]] | None:
        told: dict[Any, list[Any]] = {}
        for premise in found.follows_from:
            if isinstance(premise, Statement):
                target = getattr(premise.object, "id", None) or getattr(premise.object, "value", "")
                fact = told.setdefault((premise.subject.id, premise.predicate.id, target), ["s"])
                fact += [self._tables.statement_of.get(premise.id)]
            elif isinstance(premise, Node):
                told[premise.id] = ["t", self._tables.node_of.get(premise.id)]
            else:
                told[premise.id] = ["i", self.number(premise)]
        shown = [[part for part in fact if part is not None] for fact in told.values()]
        return shown if all(len(fact) > 1 for fact in shown) else None
