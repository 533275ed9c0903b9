"""Statements to RDF and back: mapping, store, queries, checks, exports.

What other layers use::

    write_graph(folder, entities, statements, articles, settings=settings)
    with open_graph(folder) as graph:            # GraphStore
        graph.query("SELECT ...") -> Answer      # or a shipped query by name
        graph.entities(), graph.statements(), graph.articles()
        graph.rdf()                              # an rdflib graph over the same store
    explain(graph, "Netflix") -> Explained
    stats(graph) -> Stats
    check(graph) -> tuple[Violation, ...]
    search(graph, "harbour contract") -> Found
    network(graph) -> networkx.MultiDiGraph
"""

from __future__ import annotations

from kg.graph.explain import Explained, explain
from kg.graph.network import network
from kg.graph.query import Answer, shipped_queries
from kg.graph.search import Found, Hit, search
from kg.graph.shapes import Violation, check
from kg.graph.stats import Stats, stats
from kg.graph.store import GraphStore, open_graph, write_graph

__all__ = [
    "Answer",
    "Explained",
    "Found",
    "GraphStore",
    "Hit",
    "Stats",
    "Violation",
    "check",
    "explain",
    "network",
    "open_graph",
    "search",
    "shipped_queries",
    "stats",
    "write_graph",
]
