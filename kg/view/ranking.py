"""How important the nodes of a graph are."""

from __future__ import annotations

import math
from array import array
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from kg.view.networkx_graph import Network

Floats = NDArray[np.float64]


def measure(graph: Network) -> dict[str, float]:
    """How important each node is, 0 to 1: half its PageRank in the undirected graph, half the
    number of articles it stands in (logarithmic)."""
    nodes = sorted(graph)
    if not nodes:
        return {}
    number = {iri: i for i, iri in enumerate(nodes)}
    ends = [number[iri] for a, b in graph.edges() if a != b for iri in sorted((a, b))]
    scores = importance([graph.nodes[iri]["articles"] for iri in nodes], array("i", ends))
    return dict(zip(nodes, scores, strict=True))


def importance(articles: Sequence[int], ends: array[int]) -> array[float]:
    """How important numbered nodes are, as `measure` counts it: of the number of articles each
    stands in, and the ``ends`` of links, one pair after the other (the smaller number first)."""
    if not articles:
        return array("d")
    central = _pagerank(len(articles), ends)
    known = np.fromiter((math.log1p(count) for count in articles), float, len(articles))
    score = 0.5 * central / central.max() + 0.5 * known / max(known.max(), 1e-9)
    return array("d", (round(value, 6) for value in memoryview(score)))


def _pagerank(size: int, ends: array[int], damping: float = 0.85) -> Floats:
    """Power iteration; networkx's own wants scipy, which nothing else here needs. Links count once."""
    rank = np.full(size, 1 / size)
    if not ends:
        return rank
    both = np.array(ends, np.int64).reshape(-1, 2)
    one, other = np.divmod(np.unique(both[:, 0] * size + both[:, 1]), size)
    source = np.concatenate([one, other])
    target = np.concatenate([other, one])
    out = np.bincount(source, minlength=size)
    for _ in range(60):
        share = np.where(out > 0, rank / np.maximum(out, 1), 0.0)
        idle = rank[out == 0].sum() / size
        rank = (1 - damping) / size + damping * (
            np.bincount(target, weights=share[source], minlength=size) + idle
        )
    return rank
