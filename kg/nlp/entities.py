"""From tag scores to entity tags that fit together."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]


def best_tags(scores: Floats, tags: list[str]) -> Ints:
    """The best sequence of BIO tags for a sentence: an ``I-X`` follows a ``B-X`` or ``I-X`` only.

    ``tags`` is ``O`` and then, for each type, its ``B-`` and its ``I-``.
    """
    best: Ints = scores.argmax(1)
    if _fits(best, tags):
        return best
    n, k = scores.shape
    # every sequence takes one score of each row, so rows need no normalising
    wide = scores.astype(np.float64)
    follows = np.array(
        [[0.0 if b[0] != "I" or a[2:] == b[2:] else -np.inf for b in tags] for a in tags]
    )
    total = wide[0] + np.array([0.0 if t[0] != "I" else -np.inf for t in tags])
    back = np.zeros((n, k), np.int64)
    for i in range(1, n):
        ways = total[:, None] + follows
        back[i] = ways.argmax(0)
        total = ways[back[i], np.arange(k)] + wide[i]
    best = np.zeros(n, np.int64)
    best[-1] = total.argmax()
    for i in range(n - 1, 0, -1):
        best[i - 1] = back[i, best[i]]
    return best


def tag_chances(scores: Floats, tags: Ints) -> Floats:
    """How probable each of these tags is by the scores of its row alone, 0..1."""
    powers = np.exp(scores - scores.max(1, keepdims=True))
    chances: Floats = powers[np.arange(len(tags)), tags] / powers.sum(1)
    return chances


def _fits(best: Ints, tags: list[str]) -> bool:
    before = "O"
    for i in best.tolist():
        tag = tags[i]
        if tag[0] == "I" and before[2:] != tag[2:]:
            return False
        before = tag
    return True
