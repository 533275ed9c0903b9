"""The graph as a networkx graph: entities as nodes, statements as edges."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kg.model import Inferred, Node

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.store import GraphStore


def network(
    graph: GraphStore,
    statuses: Collection[str] | None = None,
    *,
    inferred: Iterable[Inferred] | None = None,
) -> nx.MultiDiGraph[str]:
    """Entities (nodes by IRI, with ``label``, ``type``, ``named``) and the statements between two
    of them (edges by statement IRI, with ``label``, ``predicate``, ``status``, ``sources``).

    ``statuses`` restricts the statements (default: all). Nodes and edges come sorted by IRI. With
    ``inferred``, what follows between two entities is an edge of the status ``inferred``, with its
    ``rule`` and ``premises`` (IRIs, parted by spaces), and each edge says whether it is one.
    """
    import networkx as nx

    made: nx.MultiDiGraph[str] = nx.MultiDiGraph()
    for entity in graph.entities():
        made.add_node(entity.id, label=entity.label, type=entity.type, named=entity.named)
    for statement in graph.statements():
        if statuses is not None and statement.status not in statuses:
            continue
        if not isinstance(statement.object, Node):
            continue
        for node in (statement.subject, statement.object):
            if node.id not in made:
                made.add_node(node.id, label=node.label, type=node.type, named=True)
        made.add_edge(
            statement.subject.id,
            statement.object.id,
            key=statement.id,
            label=statement.predicate.label,
            predicate=statement.predicate.id,
            status=statement.status,
            sources=statement.source_count,
            **({} if inferred is None else {"inferred": False}),
        )
    for found in inferred or ():
        if isinstance(found.object, Node) and found.object.id in made:
            made.add_edge(
                found.subject.id,
                found.object.id,
                key=found.id,
                label=found.predicate.label,
                predicate=found.predicate.id,
                status="inferred",
                sources=0,
                inferred=True,
                rule=found.rule,
                premises=" ".join(premise.id for premise in found.follows_from),
            )
    return made
