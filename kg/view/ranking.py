"""How important the nodes of a graph are."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

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
    pairs = {
        (number[a], number[b]) if a < b else (number[b], number[a])
        for a, b in graph.edges()
        if a != b
    }
    scores = importance([graph.nodes[iri]["articles"] for iri in nodes], pairs)
    return dict(zip(nodes, scores, strict=True))


def importance(articles: Sequence[int], pairs: Iterable[tuple[int, int]]) -> list[float]:
    """How important numbered nodes are, as `measure` counts it: of the number of articles each
    stands in, and the pairs that are linked (each once, the smaller number first)."""
    if not articles:
        return []
    central = _pagerank(len(articles), sorted(pairs))
    known = np.array([math.log1p(count) for count in articles])
    score = 0.5 * central / central.max() + 0.5 * known / max(known.max(), 1e-9)
    return [round(value, 6) for value in score.tolist()]


def _pagerank(size: int, pairs: Sequence[tuple[int, int]], damping: float = 0.85) -> Floats:
    """Power iteration; networkx's own wants scipy, which nothing else here needs."""
    rank = np.full(size, 1 / size)
    if not pairs:
        return rank
    both = np.array(pairs)
    source = np.concatenate([both[:, 0], both[:, 1]])
    target = np.concatenate([both[:, 1], both[:, 0]])
    out = np.bincount(source, minlength=size)
    for _ in range(60):
        share = np.where(out > 0, rank / np.maximum(out, 1), 0.0)
        idle = rank[out == 0].sum() / size
        rank = (1 - damping) / size + damping * (
            np.bincount(target, weights=share[source], minlength=size) + idle
        )
    return rank
