"""Learns ``kg/extract/statements/related.npz``: how likely two ends stand in any relation (`training.background`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from kg.extract.statements.related import Related, with_kinds
from kg.teaching.network import regression
from kg.teaching.rows import Row, space_of

#: Directions of each part, what words weigh beside them, how strongly all is drawn to nought.
_KEPT, _WORDS, _PENALTY = 64, 2.0, 15.0
#: A feature that fewer pairs have is not learned from.
_SHARED = 3
_FOLDS = 5


def fitted(found: Sequence[Row], related: Sequence[bool], network: str) -> Related:
    """The weights that tell pairs that stand in a relation from those that don't."""
    space = space_of(found, _KEPT)
    named = [list(with_kinds(one.kinds, one.features)) for one in found]
    count = Counter(name for of in named for name in of)
    names = sorted(name for name, times in count.items() if times >= _SHARED)
    place = {name: n for n, name in enumerate(names)}
    total = len(found) + 1
    rare = np.array([np.log(total / (count[name] + 1)) for name in names])
    scale = (_WORDS * rare / np.log(total)).astype(np.float32)
    words = np.zeros((len(found), len(names)), np.float32)
    for n, of in enumerate(named):
        at = [place[name] for name in of if name in place]
        words[n, at] = scale[at]
    x = np.concatenate([space.of(found), words], axis=1)
    weights = regression(x, np.array(related, float), np.ones(len(found)), _PENALTY)
    parts = weights[: len(space.means) * _KEPT].reshape(len(space.means), _KEPT)
    states = np.stack([axes @ own for axes, own in zip(space.axes, parts, strict=True)])
    middles = (states * space.means).sum(axis=1)
    said = dict(zip(names, (weights[parts.size : -1] * scale).tolist(), strict=True))
    return Related(
        states.astype(np.float32), middles.astype(np.float32), said, float(weights[-1]), network
    )


def left_out(found: Sequence[Row], related: Sequence[bool], network: str) -> list[float]:
    """The scores of pairs by what was learned of other documents (``group``)."""
    scores = [0.0] * len(found)
    for fold in range(_FOLDS):
        kept = [n for n, one in enumerate(found) if one.group % _FOLDS != fold]
        made = fitted([found[n] for n in kept], [related[n] for n in kept], network)
        for n, one in enumerate(found):
            if one.group % _FOLDS == fold:
                scores[n] = made.score(one.kinds, one.states, one.features)
    return scores
