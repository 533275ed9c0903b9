"""Where the nodes of a graph lie, and which of them hold together.

Everything here depends on the content alone: nodes are numbered in the order of their IRIs before
an algorithm with a seed sees them, so neither hash seeds nor the order of the input matter.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from kg.view.louvain import louvain
from kg.view.networkx_graph import Network

Floats = NDArray[np.float64]
Place = tuple[float, float]

#: Room for one node, in the units of the page at zoom 1 (CSS pixels).
_ROOM = 52.0
#: How far springs spread within a community; a screenful is looked at more closely, and gets more.
_TIGHT = 1.1
_DENSE = 450  # more nodes than these are drawn without springs
_CELLS = 250_000  # numbers that are held at a time while springs move


def communities(graph: Network, *, seed: int = 7) -> list[list[str]]:
    """The nodes in groups that hold together (Louvain), largest first; each is sorted."""
    plain, nodes = _plain(graph)
    return [[nodes[i] for i in group] for group in _communities(plain, seed)]


def _communities(plain: nx.Graph[int], seed: int) -> list[list[int]]:
    if plain.number_of_edges() == 0:
        return [[i] for i in range(len(plain))]
    groups = [sorted(group) for group in louvain(plain.adjacency(), seed=seed)]
    final: list[list[int]] = []
    for group in groups:
        if len(group) <= _DENSE:
            final.append(group)
        else:
            part = plain.subgraph(group)
            final += map(sorted, louvain(part.adjacency(), seed=seed, resolution=4))
    return sorted(final, key=lambda g: (-len(g), g))


def layout(
    graph: Network, *, seed: int = 7, groups: Mapping[str, int] | None = None
) -> dict[str, Place]:
    """Where each node lies (CSS pixels at zoom 1, centred on 0, 0): communities first, or the
    ``groups`` that are given (a number for each node).

    Each community is laid out by itself with springs, communities are discs that springs place,
    and discs that overlap are pushed apart. The same graph and seed give the same places.
    """
    plain, nodes = _plain(graph)
    discs = _grouped(plain, nodes, groups, seed) if groups else _communities(plain, seed)
    if not discs:
        return {}
    member = {i: k for k, group in enumerate(discs) for i in group}
    inner = _springs(plain, discs, seed)
    radii = np.array([_ROOM * 0.62 * math.sqrt(len(g)) + _ROOM * 0.6 for g in discs])
    centres = _discs(plain, member, radii, seed)
    places: dict[str, Place] = {}
    for k, group in enumerate(discs):
        for i, (x, y) in zip(group, inner[k] * (radii[k] - _ROOM * 0.6), strict=True):
            places[nodes[i]] = (round(float(centres[k][0] + x)), round(float(centres[k][1] + y)))
    return places


def _grouped(
    plain: nx.Graph[int], nodes: Sequence[str], groups: Mapping[str, int], seed: int
) -> list[list[int]]:
    """The groups that are given, largest first; a group too large for springs falls into
    communities."""
    found: dict[int, list[int]] = {}
    for i, iri in enumerate(nodes):
        found.setdefault(groups.get(iri, -1), []).append(i)
    discs: list[list[int]] = []
    for members in found.values():
        part = plain.subgraph(members)
        if len(members) <= _DENSE or part.number_of_edges() == 0:
            discs.append(members)
        else:
            discs += map(sorted, louvain(part.adjacency(), seed=seed))
    return sorted(discs, key=lambda g: (-len(g), g))


def arrange(
    graph: Network,
    nodes: Sequence[str],
    *,
    seed: int = 7,
    groups: Mapping[str, int] | None = None,
) -> dict[str, Place]:
    """Places for a screenful of ``nodes`` (up to 450), with room for every label: what is linked
    lies together, or what is in one of the ``groups`` that are given."""
    plain, order = _plain(graph)
    number = {iri: i for i, iri in enumerate(order)}
    chosen = [number[iri] for iri in list(nodes)[:_DENSE]]
    if not chosen:
        return {}
    part = plain.subgraph(chosen)
    home = {i: groups.get(order[i], -1) if groups else 0 for i in chosen}
    islands: dict[int, list[int]] = {}
    for i, number_of in _settled(part, home).items():
        islands.setdefault(number_of, []).append(i)
    sizes = {i: _name_box(str(graph.nodes[order[i]]["label"])) for i in chosen}
    # What is alone on the screen has its form.
    flat, shore = (_SCREEN, np.zeros(2)) if len(islands) == 1 else (_FLAT, _SHORE)
    drawn = [_island(plain, islands[k], sizes, seed, flat) for k in sorted(islands)]
    places = _in_rows(
        [spots for _, spots in drawn],
        [_room(spots, np.array([sizes[i] for i in ids])) + shore for ids, spots in drawn],
        _SCREEN,
    )
    return {
        order[i]: (round(float(x)), round(float(y)))
        for i, (x, y) in zip((i for ids, _ in drawn for i in ids), places, strict=True)
    }


#: A usual canvas is so many times as wide as high.
_SCREEN = 1.2
#: A group is drawn flatter: then more of them fit, and names lie beside each other.
_FLAT = 2.4
#: Room around a group's shapes for its outline and its title.
_SHORE = np.array([36.0, 64.0])


def _settled(part: nx.Graph[int], home: Mapping[int, int]) -> dict[int, int]:
    """Each node's group; one that is alone in its group goes to that of what it is linked to most."""
    count: dict[int, int] = {}
    for group in home.values():
        count[group] = count.get(group, 0) + 1
    settled = {}
    for i in sorted(home):
        beside = [(-part.edges[i, j]["weight"], home[j]) for j in part.adj[i] if count[home[j]] > 1]
        settled[i] = min(beside)[1] if count[home[i]] == 1 and beside else home[i]
    return settled


def _island(
    plain: nx.Graph[int],
    members: Sequence[int],
    sizes: Mapping[int, tuple[float, float]],
    seed: int,
    flat: float,
) -> tuple[list[int], Floats]:
    """The members in some order and their places: what is linked lies together, each has room for
    its name, and the pieces lie side by side, the largest first."""
    part = plain.subgraph(members)
    pieces = sorted((sorted(p) for p in nx.connected_components(part)), key=lambda p: (-len(p), p))
    found: list[Floats] = []
    rooms: list[Floats] = []
    for ids, spots in zip(pieces, _springs(plain, pieces, seed, spread=2.0), strict=True):
        box = np.array([sizes[i] for i in ids])
        # What is linked to much crowds the middle: more room there, less at the rim.
        reach = np.maximum(np.hypot(spots[:, 0], spots[:, 1]), 1e-3)[:, None]
        scaled = spots * reach**-0.4 * np.array([96.0, 62.0]) * math.sqrt(len(spots))
        found.append(_apart(scaled, box, wide=1.2))
        rooms.append(_room(found[-1], box))
    return [i for ids in pieces for i in ids], _in_rows(found, rooms, flat)


def _name_box(label: str) -> tuple[float, float]:
    """Room for a shape and its name beneath, which the page cuts at 26 letters."""
    return max(44.0, min(len(label), 26) * 7.4 + 16), 58.0


def _room(spots: Floats, boxes: Floats) -> Floats:
    """Width and height of a drawing around 0, 0, names included."""
    room: Floats = (np.abs(spots) + boxes / 2).max(axis=0) * 2
    return room


def _in_rows(drawings: Sequence[Floats], rooms: Sequence[Floats], screen: float) -> Floats:
    """Drawings as a page is set: in their order, row by row, each row as wide as the widest; in as
    many rows as fill a screen that is ``screen`` times as wide as high best."""
    wide = [float(room[0]) for room in rooms]
    limits = [max(*wide, sum(wide) * 4 / n) for n in range(4, 4 * len(wide) + 1)]
    tries = [_broken(wide, limit) for limit in limits]

    def extent(rows: list[list[int]]) -> tuple[float, float]:
        across = max(sum(wide[i] for i in row) for row in rows)
        return across, sum(max(float(rooms[i][1]) for i in row) for row in rows)

    def zoom(rows: list[list[int]]) -> float:
        across, high = extent(rows)
        return min(screen / across, 1 / high)

    rows = max(tries, key=zoom)
    across, high = extent(rows)
    centres = np.zeros((len(drawings), 2))
    y = -high / 2
    for row in rows:
        tall = max(float(rooms[i][1]) for i in row)
        more = (across - sum(wide[i] for i in row)) / len(row)
        x = -across / 2
        for i in row:
            centres[i] = (x + (wide[i] + more) / 2, y + tall / 2)
            x += wide[i] + more
        y += tall
    return np.concatenate([spots + centres[i] for i, spots in enumerate(drawings)])


def _broken(wide: Sequence[float], most: float) -> list[list[int]]:
    """Numbers of items, in rows that are at most so wide."""
    rows: list[list[int]] = [[]]
    used = 0.0
    for i, width in enumerate(wide):
        if rows[-1] and used + width > most + 1e-6:
            rows.append([])
            used = 0.0
        rows[-1].append(i)
        used += width
    return rows


def _plain(graph: Network) -> tuple[nx.Graph[int], list[str]]:
    """Numbered nodes in the order of their IRIs, one weighted edge a pair."""
    nodes = sorted(graph)
    number = {iri: i for i, iri in enumerate(nodes)}
    weights: dict[tuple[int, int], int] = {}
    for a, b in graph.edges():
        if a != b:
            pair = (min(number[a], number[b]), max(number[a], number[b]))
            weights[pair] = weights.get(pair, 0) + 1
    plain: nx.Graph[int] = nx.Graph()
    plain.add_nodes_from(range(len(nodes)))
    plain.add_weighted_edges_from((a, b, float(w)) for (a, b), w in sorted(weights.items()))
    return plain, nodes


def _springs(
    plain: nx.Graph[int], groups: Sequence[Sequence[int]], seed: int, *, spread: float = _TIGHT
) -> list[Floats]:
    """Places within the unit disc for the members of each group. A weak spring to a hub keeps loose
    pieces near."""
    shapes = [_shape(plain, members) for members in groups]
    by_size: dict[int, list[_Links]] = {}
    for members, shape in zip(groups, shapes, strict=True):
        if 1 < len(members) <= _DENSE:
            by_size.setdefault(len(members), []).append(shape)
    drawn: dict[tuple[int, _Links], Floats] = {}
    for size, found in by_size.items():
        alike = list(dict.fromkeys(found))  # many are linked alike: a pair, a star
        room = max(1, _CELLS // (size + 1) ** 2)
        for start in range(0, len(alike), room):
            some = alike[start : start + room]
            places = _sprung(size, some, seed, spread)
            drawn |= {(size, shape): spots for shape, spots in zip(some, places, strict=True)}
    return [
        drawn[len(members), shape] if (len(members), shape) in drawn else _sunflower(len(members))
        for members, shape in zip(groups, shapes, strict=True)
    ]


#: Who is linked to whom (places in a group), and how strongly.
_Links = tuple[tuple[int, int, float], ...]


def _shape(plain: nx.Graph[int], members: Sequence[int]) -> _Links:
    if not 1 < len(members) <= _DENSE:
        return ()
    place = {node: i for i, node in enumerate(members)}
    return tuple(
        (place[a], place[b], math.log2(1 + plain.edges[a, b]["weight"]))
        for a in members
        for b in sorted(plain.adj[a])
        if a < b and b in place
    )


def _sunflower(size: int) -> Floats:
    """Places without springs: of one alone, and of a community that would not split."""
    if size == 1:
        return np.zeros((1, 2))
    n = np.arange(size)
    angle, radius = n * math.pi * (3 - math.sqrt(5)), np.sqrt((n + 0.5) / size)
    return np.stack([radius * np.cos(angle), radius * np.sin(angle)], axis=1)


def _sprung(size: int, shapes: Sequence[_Links], seed: int, spread: float) -> list[Floats]:
    """The places of groups of one size, drawn side by side."""
    pull = np.full((len(shapes), size + 1, size + 1), 0.12)  # the last one is the hub
    pull[:, :size, :size] = pull[:, size, size] = 0.0
    for number, links in enumerate(shapes):
        for one, other, weight in links:
            pull[number, one, other] = pull[number, other, one] = weight
    steps = 90 if spread > _TIGHT else 40
    drawn = _drawn(pull, spread / math.sqrt(size), steps, seed)
    return [_in_disc(spots[:size] - spots[size]) for spots in drawn]


def _in_disc(spots: Floats) -> Floats:
    """Most of them within the unit disc, the farthest pulled to its rim."""
    far = np.hypot(spots[:, 0], spots[:, 1])
    reach: float = float(np.quantile(far, 0.9)) or 1.0
    length = far[:, None] / reach
    found = spots / reach
    inside: Floats = np.where(length > 1, found / np.maximum(length, 1e-9), found)
    return inside


def _drawn(pull: Floats, near: float, steps: int, seed: int) -> Floats:
    """Fruchterman and Reingold (1991): places that the links, weighted in ``pull``, draw together
    and all others push apart; ``near`` is how far apart two linked ones want to be. Several graphs
    of one size lie side by side in the first dimension.

    As `networkx.spring_layout` up to rounding and scale, in a fifth of the time.
    """
    start = np.random.RandomState(seed).rand(pull.shape[-1], 2).T
    x, y = (np.repeat(row[None], len(pull), axis=0) for row in start)
    heat = max(np.ptp(start, axis=1)) * 0.1
    cooling = heat / (steps + 1)
    pull = pull / near
    dx, dy, square, force = (np.empty_like(pull) for _ in range(4))  # made once: they are large
    for _ in range(steps):
        np.subtract(x[:, :, None], x[:, None], out=dx)
        np.subtract(y[:, :, None], y[:, None], out=dy)
        np.multiply(dx, dx, out=square)
        np.multiply(dy, dy, out=force)
        square += force
        np.maximum(square, 1e-4, out=square)
        np.divide(near * near, square, out=force)
        np.sqrt(square, out=square)
        square *= pull
        force -= square
        dx *= force
        dy *= force
        fx, fy = dx.sum(axis=-1), dy.sum(axis=-1)
        step = heat / np.maximum(np.hypot(fx, fy), 0.01)
        x += fx * step
        y += fy * step
        heat -= cooling
    return np.stack([x, y], axis=-1)


def _discs(plain: nx.Graph[int], member: Mapping[int, int], radii: Floats, seed: int) -> Floats:
    """Centres of the communities' discs, none over another: the linked ones near each other, the
    loose ones around them."""
    links: dict[tuple[int, int], float] = {}
    for a, b in plain.edges():
        pair = (min(member[a], member[b]), max(member[a], member[b]))
        if pair[0] != pair[1]:
            links[pair] = links.get(pair, 0.0) + float(plain.edges[a, b]["weight"])
    linked = sorted({k for pair in links for k in pair})[:_DENSE]
    centres = np.zeros((len(radii), 2))
    if linked:
        quotient: nx.Graph[int] = nx.Graph()
        quotient.add_weighted_edges_from((a, b, math.log2(1 + w)) for (a, b), w in links.items())
        (spots,) = _springs(quotient, [linked], seed)
        spread = 1.3 * math.sqrt(float((radii[linked] ** 2).sum()))
        centres[linked] = spots * np.array([1.25, 0.85]) * spread
        boxes = np.stack([radii[linked] * 2, radii[linked] * 2], axis=1)
        centres[linked] = _apart(centres[linked], boxes, steps=160)
    loose = [k for k in range(len(radii)) if k not in set(linked)]
    if loose:
        start = float((np.abs(centres[linked]) + radii[linked][:, None]).max()) if linked else 0.0
        ring, angle = start, 0.0
        for k in loose:  # outward rings, one disc after another
            room = float(radii[k]) * 2
            if ring == 0.0:
                ring = room
                continue
            if angle == 0.0:
                ring += room
            centres[k] = (ring * 1.25 * math.cos(angle), ring * 0.85 * math.sin(angle))
            angle += room / (ring * 0.85)
            if angle > 2 * math.pi - room / ring:
                angle = 0.0
    return centres


def _apart(spots: Floats, boxes: Floats, *, steps: int = 300, wide: float = 1.0) -> Floats:
    """The places, moved as little as need be so that no box lies over another.

    They go the shorter way; ``wide`` times as far sideways counts as short, too."""
    x, y = spots[:, 0].copy(), spots[:, 1].copy()
    half = boxes / 2
    room_x = half[:, None, 0] + half[None, :, 0]
    room_y = half[:, None, 1] + half[None, :, 1]
    tie = (np.arange(len(x))[:, None] - np.arange(len(x))[None, :]) * 1e-3
    apart = np.eye(len(x), dtype=bool)
    for _ in range(steps):
        dx, dy = x[:, None] - x[None, :], y[:, None] - y[None, :]
        over_x, over_y = room_x - np.abs(dx), room_y - np.abs(dy)
        hit = (over_x > 0) & (over_y > 0) & ~apart
        if not hit.any():
            break
        sideways = over_x < over_y * wide
        x += np.where(hit & sideways, over_x * np.sign(dx + tie) * 0.26, 0.0).sum(axis=1)
        y += np.where(hit & ~sideways, over_y * np.sign(dy + tie) * 0.26, 0.0).sum(axis=1)
    found = np.stack([x, y], axis=-1)
    centred: Floats = found - (found.max(axis=0) + found.min(axis=0)) / 2
    return centred
