"""A relation learned from a few pairs: a logistic regression over what the network makes of them.

Ten examples teach little, so what can be known without them is fixed before: the states of general
pairs (the user's own texts, else the shipped articles) tell which directions vary at all, and each part
of a pair keeps the strongest `KEPT` of them, none outweighing the rest. Words count where an example
has them, the more the rarer they are elsewhere. Examples and the others weigh the same together.
How it was chosen: ``docs/decisions/teaching.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from kg.extract.statements.taught import Pair, ends, features, pairs_of, rows, states_of
from kg.taught import Taught

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.tokens import Doc

    from kg.extract.statements.pair_features import Place

    Floats = npt.NDArray[np.float64]

#: Directions of each part that are kept, and how far the weak ones are held back.
KEPT: Final = 32
_HELD_BACK: Final = 0.3
#: What words weigh beside states, and how strongly all weights are drawn to nought.
_WORDS: Final = 1.2
_PENALTY: Final = 5.0
#: Pairs of general text: so many in all, so many of one sentence.
GENERAL: Final = 800
_OF_ONE: Final = 6
_FOLDS: Final = 10
#: A relation is learned well enough if, left out, so many examples are told, and the share right is so high.
FOUND: Final = 0.3
RIGHT: Final = 0.4
#: How many pairs that are none stand beside one that is, in a text.
BESIDE: Final = 40.0
_STEPS: Final = 30
#: Fewer examples than these may be told by chance.
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A pair as it is learned from. ``group`` is the sentence that it stands in."""

    states: Sequence[npt.NDArray[np.float32]]
    features: tuple[str, ...]
    kinds: tuple[str, str]
    group: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well a relation is learned: ``found`` of the examples are told when they are left out, and
    about ``right`` of what is told then is right where one pair in `BESIDE` holds, or among the examples and
    counterexamples, whichever is less. ``good`` says
    whether that is enough."""

    found: float
    right: float

    @property
    def good(self) -> bool:
        return self.found >= FOUND and self.right >= RIGHT


def row(one: Pair, states: npt.NDArray[np.float32], group: int) -> Row:
    """The row of a pair."""
    return Row(
        rows(one, states), tuple(features(one)), (one.subject.label, one.object.label), group
    )


def general(docs: Iterable[Doc], most: int = GENERAL) -> list[Row]:
    """Pairs of texts that were not made for teaching, a fixed choice of them."""
    found: list[tuple[int, Row]] = []
    for number, doc in enumerate(docs):
        states = states_of(doc)
        if states is None:
            continue
        groups: dict[int, list[Place]] = {}
        for place in ends(doc):
            groups.setdefault(place.head.sent.start, []).append(place)
        for start, group in groups.items():
            made = sorted(pairs_of(group), key=lambda p: _shuffled(p, start))[:_OF_ONE]
            found += [(_shuffled(p, number), row(p, states, -1)) for p in made]
    return [one for _, one in sorted(found, key=lambda item: item[0])[:most]]


def _shuffled(one: Pair, seed: int) -> int:
    words = one.subject.head.doc[one.subject.start : one.subject.end].text
    return crc32(f"{seed} {words} {one.subject.start} {one.object.start}".encode())


def learn(
    relation: str,
    right: Sequence[Row],
    wrong: Sequence[Row],
    others: Sequence[Row],
    against: Sequence[Row] = (),
) -> tuple[Taught, Outcome]:
    """What is learned of the pairs that hold (``right``), other ones of their sentences (``wrong``), counterexamples
    (``against``) and general ones, which are taken not to; and how well, each tenth of the sentences left out in turn."""
    space = _space([*right, *wrong, *against, *others])
    groups = sorted({one.group for one in right})
    folds = min(_FOLDS, len(groups))
    fold_of = {group: n % folds for n, group in enumerate(groups)}

    def fold(one: Row, n: int) -> int:
        return fold_of.get(one.group, n % folds)

    scores: dict[str, list[float]] = {"right": [], "wrong": [], "against": [], "others": []}
    parts = {"right": right, "wrong": wrong, "against": against, "others": others}
    for left_out in range(folds):
        kept = {k: [o for n, o in enumerate(v) if fold(o, n) != left_out] for k, v in parts.items()}
        out = {k: [o for n, o in enumerate(v) if fold(o, n) == left_out] for k, v in parts.items()}
        if not kept["right"] or not any(out.values()):
            continue
        model = _fit(space, kept["right"], [*kept["wrong"], *kept["against"], *kept["others"]])
        for k, v in out.items():
            scores[k] += model.scores(v).tolist()
    least, sure, outcome = _threshold(
        scores["right"], scores["against"], [*scores["wrong"], *scores["others"]]
    )
    model = _fit(space, right, [*wrong, *against, *others])
    return model.taught(relation, right, least, sure), outcome


# --- the space ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Space:
    """For each part its mean state, and the directions that are kept, scaled."""

    means: Floats
    axes: Sequence[Floats]

    def of(self, found: Sequence[Row]) -> Floats:
        """The rows of pairs in this space; a part without words stands in the middle."""
        out = []
        for part, axes in enumerate(self.axes):
            states = np.stack([one.states[part] for one in found]).astype(np.float64)
            made = (states - self.means[part]) @ axes
            made[~states.any(axis=1)] = 0.0
            out.append(made)
        return np.concatenate(out, axis=1)


def _space(found: Sequence[Row]) -> _Space:
    means, axes = [], []
    for part in range(len(found[0].states)):
        states = np.stack([one.states[part] for one in found]).astype(np.float64)
        states = states[states.any(axis=1)]
        mean = states.mean(axis=0) if len(states) else np.zeros(found[0].states[part].shape[0])
        values, vectors = np.linalg.eigh(np.cov((states - mean).T, bias=True)) if len(states) > 1 else (
            np.zeros(len(mean)), np.eye(len(mean))
        )  # fmt: skip
        values = np.maximum(values[::-1][:KEPT], 0.0)
        kept = vectors[:, ::-1][:, :KEPT] / np.sqrt(values + _HELD_BACK**2 * max(values[0], 1e-9))
        size = np.sqrt((((states - mean) @ kept) ** 2).sum(axis=1).mean()) if len(states) else 1.0
        means.append(mean)
        axes.append(kept / max(size, 1e-9))
    return _Space(np.stack(means), axes)


# --- the regression ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    space: _Space
    names: dict[str, int]
    scale: Floats
    weights: Floats
    bias: float

    def scores(self, found: Sequence[Row]) -> Floats:
        if not found:
            return np.zeros(0)
        made: Floats = _matrix(self.space, found, self.names, self.scale) @ self.weights + self.bias
        return made

    def taught(
        self, relation: str, right: Sequence[Row], least: float, sure: Sequence[tuple[float, float]]
    ) -> Taught:
        """The weights over plain states and features."""
        width = 0
        states, middles = [], []
        for mean, axes in zip(self.space.means, self.space.axes, strict=True):
            own = axes @ self.weights[width : width + axes.shape[1]]
            width += axes.shape[1]
            states.append(tuple(round(float(w), 4) for w in own))
            middles.append(round(float(mean @ own), 4))
        words = self.weights[width:] * self.scale
        return Taught(
            relation,
            tuple(states),
            tuple(middles),
            {
                name: round(float(words[n]), 4)
                for name, n in self.names.items()
                if abs(words[n]) >= 1e-4
            },
            round(self.bias, 4),
            round(least, 4),
            tuple((round(a, 4), round(b, 3)) for a, b in sure),
            tuple(sorted({one.kinds[0] for one in right})),
            tuple(sorted({one.kinds[1] for one in right})),
            len(right),
        )


def _matrix(space: _Space, found: Sequence[Row], names: dict[str, int], scale: Floats) -> Floats:
    words = np.zeros((len(found), len(names)))
    for n, one in enumerate(found):
        at = [names[name] for name in one.features if name in names]
        words[n, at] = scale[at]
    return np.concatenate([space.of(found), words], axis=1)


def _fit(space: _Space, right: Sequence[Row], wrong: Sequence[Row]) -> _Model:
    everywhere = Counter(name for one in (*right, *wrong) for name in one.features)
    own = sorted({name for one in right for name in one.features})
    names = {name: n for n, name in enumerate(own)}
    total = len(right) + len(wrong)
    rare = np.array([np.log((total + 1) / (everywhere[name] + 1)) for name in own])
    scale = _WORDS * rare / np.log(total + 1)
    x = _matrix(space, [*right, *wrong], names, scale)
    y = np.array([1.0] * len(right) + [0.0] * len(wrong))
    weight = np.where(y == 1.0, len(wrong) / max(len(right), 1), 1.0)
    found = regression(x, y, weight, _PENALTY)
    return _Model(space, names, scale, found[:-1], float(found[-1]))


def regression(x: Floats, y: Floats, weight: Floats, penalty: float) -> Floats:
    """The weights of a logistic regression with an L2 penalty, the bias last: Newton's method with
    halved steps, from nought."""
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    drawn = np.full(x.shape[1], penalty)
    drawn[-1] = 1e-3

    def loss(at: Floats) -> float:
        said = x @ at
        return float(
            (weight * (np.logaddexp(0.0, said) - y * said)).sum() + 0.5 * (drawn * at * at).sum()
        )

    at = np.zeros(x.shape[1])
    now = loss(at)
    for _ in range(_STEPS):
        chance = 1 / (1 + np.exp(-np.clip(x @ at, -30, 30)))
        slope = x.T @ (weight * (chance - y)) + drawn * at
        bend = (x * (weight * chance * (1 - chance) + 1e-9)[:, None]).T @ x
        bend[np.diag_indices_from(bend)] += drawn
        step, size = np.linalg.solve(bend, slope), 1.0
        while (then := loss(at - size * step)) >= now and size > 1e-3:
            size /= 2
        if now - then < 1e-5 * abs(now):
            break
        at, now = at - size * step, then
    return at


# --- from where on ------------------------------------------------------------------------------


def _threshold(
    right: Sequence[float], against: Sequence[float], others: Sequence[float]
) -> tuple[float, tuple[tuple[float, float], ...], Outcome]:
    """The score from which a pair is told: that with the best F1 of what was left out, `BESIDE`
    pairs that are none for each that is; the share right from each score on; and how good that is."""
    wrong = [*against, *others]
    share = BESIDE * len(right) / max(len(wrong), 1)
    best = (0.0, 0.0, 0.0, 0.0)
    sure: list[tuple[float, float]] = []
    for least in sorted(set(right)):
        told = sum(score >= least for score in right)
        slips = sum(score >= least for score in wrong)
        precise = (told + 1) / (told + share * slips + 2)
        sure.append((least, precise))
        f1 = 2 * told / (told + share * slips + len(right))
        if f1 > best[0]:
            best = (f1, least, told / len(right), precise)
    _, least, found, precise = best
    told = round(found * len(right))
    slips = sum(score >= least for score in against)
    if against:
        precise = min(precise, (told + 1) / (told + slips + 2))
    by_chance = told < _FEWEST
    return least, tuple(sure), Outcome(0.0 if by_chance else found, precise)
