"""A graph as a networkx graph, to measure, lay out or go on with elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.errors import ConfigError
from kg.model import Entity, Node, Quotation, Statement

if TYPE_CHECKING:
    Network = nx.MultiDiGraph[str]
else:
    Network = nx.MultiDiGraph


def network(entities: Iterable[Entity], statements: Iterable[Statement]) -> Network:
    """The graph as a directed multigraph of networkx.

    Nodes are IRIs with ``label``, ``type``, ``named`` and ``articles`` (a count); edges have the
    statement's IRI as key, and ``relation``, ``status`` and ``sources``. A quotation links its
    speaker with what it is about; values and clauses are no nodes.
    """
    graph: Network = nx.MultiDiGraph()
    for entity in sorted(entities, key=lambda e: e.id):
        graph.add_node(
            entity.id,
            label=entity.label,
            type=entity.type,
            named=entity.named,
            articles=len(entity.articles),
        )
    links: list[tuple[str, str, str, str, str, int]] = []
    for s in statements:
        target = s.object
        if isinstance(target, Node):
            others: tuple[str, ...] = (target.id,)
        else:
            others = target.about if isinstance(target, Quotation) else ()
        links += [
            (s.id, s.subject.id, other, s.predicate.label, s.status, s.source_count)
            for other in others
            if s.subject.id in graph and other in graph
        ]
    for iri, subject, other, relation, status, sources in sorted(links):
        graph.add_edge(subject, other, key=iri, relation=relation, status=status, sources=sources)
    return graph


def to_pyvis(
    graph: Network, places: Mapping[str, tuple[float, float]] | None = None, **options: Any
) -> Any:
    """The network as a `pyvis.network.Network`, to go on with in pyvis; ``options`` are its own.

    Physics is off when ``places`` are given. For a page that makes no requests use
    `kg.view.html`: pyvis 0.3.2 links to other hosts whatever ``cdn_resources`` says.
    """
    from pyvis.network import Network as Pyvis

    from kg.view.styles import family, status_style

    picture = Pyvis(**{"directed": True, "cdn_resources": "in_line", **options})
    for iri, data in graph.nodes(data=True):
        look = family(data["type"])
        extra = {}
        if places is not None:
            extra = {"x": places[iri][0], "y": places[iri][1], "physics": False}
        picture.add_node(
            iri, label=data["label"], shape=look["shape"], color=look["light"], size=14, **extra
        )
    for a, b, data in graph.edges(data=True):
        style = status_style(data["status"])
        picture.add_edge(
            a, b, label=data["relation"], color=style["light"], dashes=style["dash"] or False
        )
    return picture


@cache
def vis_network() -> str:
    """vis-network's script as pyvis ships it, with its licence note, without the link to its source map.

    Found as a file: importing pyvis would import IPython. Raises `ConfigError` where pyvis lacks it."""
    spec = find_spec("pyvis")
    folder = Path(spec.origin).parent if spec and spec.origin else None
    found = sorted(folder.glob("lib/vis-*/vis-network.min.js")) if folder else []
    if not found:
        raise ConfigError("pyvis has no vis-network.min.js here; install pyvis 0.3.2 again.")
    return re.sub(r"//# sourceMappingURL=.*\s*\Z", "", found[-1].read_text(encoding="utf-8"))
