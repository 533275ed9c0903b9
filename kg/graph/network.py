"""The graph as a networkx graph: entities as nodes, statements as edges."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from kg.model import Inferred, Node, Statement

if TYPE_CHECKING:
    import networkx as nx

    from kg.graph.inferred import Inferences
    from kg.graph.store import GraphStore


def network(
    graph: GraphStore,
    statuses: Collection[str] | None = None,
    *,
    inferred: Inferences | None = None,
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
        more: dict[str, Any] = {"status": statement.status, "sources": statement.source_count}
        more |= {} if inferred is None else {"inferred": False}
        _draw(made, statement, statement.object, more)
    for found in inferred.all() if inferred is not None else ():
        if isinstance(found.object, Node) and found.object.id in made:
            more = {"status": "inferred", "sources": 0, "inferred": True, "rule": found.rule}
            _draw(made, found, found.object, more | {"premises": " ".join(found.premises)})
    return made


def _draw(
    made: nx.MultiDiGraph[str], told: Statement | Inferred, target: Node, more: dict[str, Any]
) -> None:
    named = {"label": told.predicate.label, "predicate": told.predicate.id}
    made.add_edge(told.subject.id, target.id, key=told.id, **named, **more)
