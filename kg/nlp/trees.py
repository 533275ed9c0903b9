"""From arc scores to one tree a sentence."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def tree(scores: Floats) -> Ints:
    """The head of each word of a sentence, the root being its own head.

    ``scores[i, j]`` says how well ``j`` heads ``i``, ``scores[i, i]`` how well ``i`` is the root.
    Each word's best head is taken where that makes a tree with one root (it nearly always does);
    else the best tree is searched for (Chu and Liu 1965, Edmonds 1967), one root enforced: each of
    the four words that are a root by the widest margin is tried.
    """
    heads: Ints = scores.argmax(1)
    if _is_tree(heads):
        return heads
    # Every tree takes one score of each row, so rows need no normalising, and no sum is rounded
    # in an order of the processor's own.
    plain = scores.astype(np.float64)
    np.fill_diagonal(plain, -np.inf)
    roots = np.argsort(plain.max(1) - scores.diagonal(), kind="stable")[:4]
    best, best_score = heads, -np.inf
    for root in roots.tolist():
        found = _arborescence(plain, root)
        total = math.fsum(scores[range(len(scores)), found].tolist())
        if total > best_score:
            best, best_score = found, total
    return best


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


def _cycle(heads: Ints, root: int) -> list[int]:
    up = heads.tolist()
    seen = [0] * len(up)
    for i in range(len(up)):
        j = i
        while j != root and seen[j] == 0:
            seen[j] = i + 1
            j = up[j]
        if j != root and seen[j] == i + 1:
            cycle = [j]
            k = up[j]
            while k != j:
                cycle.append(k)
                k = up[k]
            return cycle
    return []


def _arborescence(scores: npt.NDArray[np.float64], root: int) -> Ints:
    """The best spanning tree from ``root``; the diagonal of ``scores`` is minus infinity."""
    heads: Ints = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads, root)
    if not cycle:
        return heads
    inside = np.zeros(len(scores), bool)
    inside[cycle] = True
    rest = np.flatnonzero(~inside)
    inner = np.array(cycle)
    # contract the cycle to one node, the last of the smaller problem
    m = len(rest)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(rest, rest)]
    from_cycle = scores[np.ix_(rest, inner)]
    best_from = from_cycle.argmax(1)
    small[:m, m] = from_cycle.max(1)
    gain = scores[np.ix_(inner, rest)] - scores[inner, heads[inner]][:, None]
    best_into = gain.argmax(0)
    small[m, :m] = gain.max(0)
    np.fill_diagonal(small, -np.inf)
    found = _arborescence(small, int(np.flatnonzero(rest == root)[0]))
    heads = heads.copy()
    for k in range(m):
        if rest[k] == root:
            continue
        h = int(found[k])
        heads[rest[k]] = inner[best_from[k]] if h == m else rest[h]
    enter = int(found[m])
    heads[inner[best_into[enter]]] = rest[enter]
    heads[root] = root
    return heads
