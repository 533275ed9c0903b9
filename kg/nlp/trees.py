"""From arc scores to one tree a sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def tree(scores: Floats) -> Ints:
    """The head of each word of a sentence, the root being its own head.

    ``scores[i, j]`` says how well ``j`` heads ``i``, ``scores[i, i]`` how well ``i`` is the root.
    Each word's best head is taken where that makes a tree with one root (it nearly always does);
    else the best tree with one root is searched for (Chu and Liu 1965, Edmonds 1967).
    """
    heads: Ints = scores.argmax(1)
    if _is_tree(heads):
        return heads
    # Every tree takes one score of each row, so rows need no normalising, and no sum is rounded in
    # an order of the processor's own. One more word is the head of roots, so far away that a second
    # root never pays.
    n = len(scores)
    rooted = np.full((n + 1, n + 1), -np.inf)
    rooted[:n, :n] = scores
    np.fill_diagonal(rooted, -np.inf)
    away = n * (float(scores.min()) - float(scores.max()) - 1)
    rooted[:n, n] = scores.diagonal().astype(np.float64) + away
    found = _arborescence(rooted, n)[:n]
    return np.where(found == n, np.arange(n), found)


def chances(scores: Floats, heads: Ints) -> Floats:
    """How probable the network finds each word's head: the softmax of its row, at ``heads``.

    In steps of a hundredth, told from doubles: another processor's exponential may differ in the
    sixteenth digit, which shows in none of them.
    """
    wide = scores.astype(np.float64)
    chosen = wide[np.arange(len(heads)), heads]
    with np.errstate(over="ignore"):
        odds = np.exp(wide - chosen[:, None]).sum(1)
    sure: Floats = np.round(1 / odds, 2).astype(np.float32)
    return sure


def _is_tree(heads: Ints) -> bool:
    up = heads.tolist()
    if sum(i == h for i, h in enumerate(up)) != 1:
        return False
    state = [0] * len(up)  # 0 new, 1 on the way, 2 reaches the root
    for i in range(len(up)):
        path = []
        j = i
        while state[j] == 0:
            state[j] = 1
            path.append(j)
            if up[j] == j:
                break
            j = up[j]
        if state[j] == 1 and up[j] != j:
            return False
        for k in path:
            state[k] = 2
    return True


def _arborescence(scores: npt.NDArray[np.float64], root: int) -> Ints:
    """The best spanning tree from ``root``, in time that grows with the square of its words.

    A path grows from each word to its best head. Where it runs into itself, the ring becomes one
    node in the place of its first: in the way Tarjan (1977) found for dense graphs, so that a page
    of commas, whose words all head their neighbours, takes no longer than a page of text.
    The diagonal of ``scores``, which are changed, is minus infinity.
    """
    n = len(scores)
    edges = np.arange(n * n).reshape(n, n)  # of a place in ``scores``: word * n + head
    node = list(range(n))  # what stands in a row: a word, or a ring with a number from n
    row = list(range(n))  # where a word's ring stands, by way of `find`
    above: dict[int, int] = {}
    inside: dict[int, list[int]] = {}
    edge: dict[int, int] = {}
    done = [False] * n
    done[root] = True

    def find(i: int) -> int:
        while row[i] != i:
            row[i] = row[row[i]]
            i = row[i]
        return i

    for start in range(n):
        path: list[int] = []
        at = find(start)
        while not done[at]:
            path.append(at)
            best = int(scores[at].argmax())
            edge[node[at]] = int(edges[at, best])
            scores[at] -= scores[at, best]
            at = best
            if at in path:
                ring = path[path.index(at) :]
                del path[path.index(at) :]
                inside[n + len(inside)] = [node[i] for i in ring]
                above.update((node[i], n + len(inside) - 1) for i in ring)
                node[at] = n + len(inside) - 1
                for i in ring:
                    row[i] = at
                _contract(scores, edges, ring)
        for i in path:
            done[i] = True
    return _expanded(n, root, {node[find(i)] for i in range(n)} - {root}, above, inside, edge)


def _contract(scores: npt.NDArray[np.float64], edges: Ints, ring: list[int]) -> None:
    """The rows and columns of the first of the ring are those of the whole ring from now on."""
    first, every = ring[0], np.arange(len(scores))
    best = scores[ring].argmax(0)
    scores[first], edges[first] = scores[ring].max(0), edges[np.array(ring)[best], every]
    best = scores[:, ring].argmax(1)
    scores[:, first], edges[:, first] = (
        scores[:, ring].max(1), edges[every, np.array(ring)[best]],
    )  # fmt: skip
    scores[:, ring[1:]] = -np.inf
    scores[first, ring] = -np.inf


def _expanded(
    n: int,
    root: int,
    tops: set[int],
    above: Mapping[int, int],
    inside: Mapping[int, Sequence[int]],
    edge: Mapping[int, int],
) -> Ints:
    """The heads of the words: a ring is open where its own edge comes in."""
    heads = np.full(n, root)
    waiting = [(top, edge[top]) for top in tops]
    while waiting:
        top, found = waiting.pop()
        at = found // n
        heads[at] = found % n
        while at != top:
            waiting += [(i, edge[i]) for i in inside[above[at]] if i != at]
            at = above[at]
    return heads
