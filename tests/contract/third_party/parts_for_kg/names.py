"""The names in a graph, one a line."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from kg.graph import GraphStore


def names(graph: GraphStore, to: IO[str], /) -> None:
    """Writes the labels of all entities, sorted."""
    to.writelines(f"{label}\n" for label in sorted(entity.label for entity in graph.entities()))
