"""A relation learned from a few pairs: a logistic regression over what the network makes of them.

Ten examples teach little, so what can be known without them is fixed before: general text tells which
directions of the states vary at all (`kg.teaching.rows`), and pairs of it of which nothing is told are
counterexamples for every relation (`kg.teaching.background`). Words count where an example has them, the more
the rarer they are elsewhere. Examples and the others weigh the same together. How it was chosen:
``docs/decisions/teaching.md``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.taught import Taught
from kg.teaching.background import Background, background
from kg.teaching.rows import Row, Space, Table, joined, table

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Mask = npt.NDArray[np.bool_]

#: What words weigh beside states, and how strongly all weights are drawn to nought.
_WORDS: Final = 1.2
_PENALTY: Final = 5.0
#: Pairs of the background that are learned from, of those that stand in no relation.
_LEARNED: Final = 2_200
_FOLDS: Final = 10
#: A relation is learned well enough if, left out, so many examples are told, and the share right is so high.
FOUND: Final = 0.3
RIGHT: Final = 0.5
#: How many pairs that are none stand beside one that is, in a text.
BESIDE: Final = 20.0
#: Told as the sentence has it is what is right so often: by the background, and in the examples' sentences.
FIRM: Final = 0.82
_FIRM_THERE: Final = 0.82
_FIRM_FOUND: Final = 0.15
#: What the log odds that a pair stands in any relation weigh for that, beside the relation's own.
RELATED: Final = 0.5
#: Fewer examples than these may be told by chance; for a fact they stand in so many sentences, too.
_FEWEST: Final = 3
_FIRM_FEWEST: Final = 4
#: Examples of different sentences stand so many deviations above pairs of their kinds: by chance one time in a hundred.
_APART: Final = 2.33
_STEPS: Final = 60
_REMEMBERED: Final = 10


@dataclass(frozen=True, slots=True)
class Outcome:
    """How well a relation is learned: ``found`` of the examples are told when they are left out, and
    about ``right`` of what is told then is right where one pair in `BESIDE` holds, or among the examples and
    counterexamples, whichever is less. ``firm`` of the examples are told as the sentence has it, not as possible,
    and ``firm_right`` of these are right by the background. ``apart`` says whether examples left out score
    higher than pairs of their kinds that are none, by more than chance; ``good`` whether that is so, and
    enough is right to be told as possible, or as a fact."""

    found: float
    right: float
    firm: float = 0.0
    firm_right: float = 0.0
    apart: bool = True

    @property
    def guesses(self) -> bool:
        """Whether enough of what is less sure is right to be told as possible."""
        return self.found >= FOUND and self.right >= RIGHT

    @property
    def good(self) -> bool:
        return self.apart and (self.guesses or self.firm > 0)


def learn(
    relation: str,
    right: Sequence[Row],
    wrong: Sequence[Row],
    others: Sequence[Row],
    against: Sequence[Row] = (),
    known: Background | None = None,
) -> tuple[Taught, Outcome]:
    """What is learned of the pairs that hold (``right``), other ones of their sentences (``wrong``), counterexamples
    (``against``) and general ones, which are taken not to; and how well, each tenth of the sentences left out in turn.
    ``known`` is the background, the shipped one if not given."""
    known = known or background()
    none = np.flatnonzero(~known.related)
    learned = np.zeros(len(known.pairs), bool)
    learned[none[:: max(1, len(none) // _LEARNED)]] = True
    space = known.space
    parts = {
        "right": table(space, right), "wrong": table(space, wrong), "against": table(space, against),
        "others": table(space, others), "none": known.pairs.where(learned),
    }  # fmt: skip
    scores = _left_out(parts)
    model = _fit(parts["right"], joined(list(parts.values())[1:]))
    rest = known.pairs.where(~learned)
    found = model.scores(rest)
    alone = _Told(parts, scores, found, rest.kinds, known.related[~learned])
    least, sure, outcome = _threshold(scores, alone.apart())
    with_any = {name: own + RELATED * parts[name].likely for name, own in scores.items()}
    told = _Told(
        parts, with_any, found + RELATED * rest.likely, rest.kinds, known.related[~learned]
    )
    firm, share, precise = told.firm()
    outcome = replace(outcome, firm=share, firm_right=precise)
    made = model.taught(space, relation, parts["right"], least, sure)
    if firm is not None:
        made = replace(
            made, least=least if outcome.guesses else None, firm=round(firm, 4),
            firm_right=round(precise, 3), related=RELATED,
        )  # fmt: skip
    return made, outcome


def _left_out(parts: dict[str, Table]) -> dict[str, Floats]:
    """The scores of all pairs by what was learned without their sentence, or their document."""
    groups = sorted({int(group) for group in parts["right"].groups})
    folds = min(_FOLDS, len(groups))
    fold_of = {group: n % folds for n, group in enumerate(groups)}
    fold = {
        name: np.array(
            [g % folds if name == "none" else fold_of.get(int(g), n % folds)
             for n, g in enumerate(one.groups)], np.int64,
        )
        for name, one in parts.items()
    }  # fmt: skip
    scores = {name: np.zeros(len(one)) for name, one in parts.items()}
    for left_out in range(folds):
        kept = {name: one.where(fold[name] != left_out) for name, one in parts.items()}
        if not len(kept["right"]):
            continue
        model = _fit(kept["right"], joined(list(kept.values())[1:]))
        for name, one in parts.items():
            here = fold[name] == left_out
            scores[name][here] = model.scores(one.where(here))
    return scores


# --- the regression ----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, eq=False)
class _Model:
    names: dict[str, int]
    scale: npt.NDArray[np.float32]
    weights: Floats
    bias: float

    def scores(self, found: Table) -> Floats:
        made: Floats = _matrix(found, self.names, self.scale) @ self.weights + self.bias
        return made

    def taught(
        self,
        space: Space,
        relation: str,
        right: Table,
        least: float,
        sure: Sequence[tuple[float, float]],
    ) -> Taught:
        """The weights over plain states and features."""
        width = 0
        states, middles = [], []
        for mean, axes in zip(space.means, space.axes, strict=True):
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
            tuple(sorted({subject for subject, _ in right.kinds})),
            tuple(sorted({object_ for _, object_ in right.kinds})),
            len(right),
        )


def _matrix(
    found: Table, names: dict[str, int], scale: npt.NDArray[np.float32]
) -> npt.NDArray[np.float32]:
    words = np.zeros((len(found), len(names)), np.float32)
    for n, features in enumerate(found.features):
        at = [names[name] for name in features if name in names]
        words[n, at] = scale[at]
    return np.concatenate([found.points, words], axis=1)


def _fit(right: Table, wrong: Table) -> _Model:
    everywhere = Counter(name for one in (right, wrong) for of in one.features for name in of)
    own = sorted({name for of in right.features for name in of})
    names = {name: n for n, name in enumerate(own)}
    total = len(right) + len(wrong)
    rare = np.array([np.log((total + 1) / (everywhere[name] + 1)) for name in own])
    scale = (_WORDS * rare / np.log(total + 1)).astype(np.float32)
    x = _matrix(joined([right, wrong]), names, scale)
    y = np.array([1.0] * len(right) + [0.0] * len(wrong))
    weight = np.where(y == 1.0, len(wrong) / max(len(right), 1), 1.0)
    found = regression(x, y, weight, _PENALTY)
    return _Model(names, scale, found[:-1], float(found[-1]))


def regression(x: npt.NDArray[np.floating], y: Floats, weight: Floats, penalty: float) -> Floats:
    """The weights of a logistic regression with an L2 penalty, the bias last, by L-BFGS from nought."""
    x = np.concatenate([x, np.ones((len(x), 1), x.dtype)], axis=1)
    drawn = np.full(x.shape[1], penalty)
    drawn[-1] = 1e-3

    def loss(at: Floats) -> tuple[float, Floats]:
        said = (x @ at.astype(x.dtype)).astype(np.float64)
        total = (weight * (np.logaddexp(0.0, said) - y * said)).sum()
        total += 0.5 * (drawn * at * at).sum()
        chance = 1 / (1 + np.exp(-np.clip(said, -30, 30)))
        slope = x.T @ (weight * (chance - y)).astype(x.dtype)
        return float(total), slope.astype(np.float64) + drawn * at

    at = np.zeros(x.shape[1])
    now, slope = loss(at)
    past: list[tuple[Floats, Floats]] = []
    for _ in range(_STEPS):
        step, size = _step(slope, past), 1.0
        while True:
            there = at - size * step
            then, next_slope = loss(there)
            if then <= now - 1e-4 * size * float(slope @ step) or size < 1e-4:
                break
            size /= 2
        if (there - at) @ (next_slope - slope) > 1e-12:
            past = [*past, (there - at, next_slope - slope)][-_REMEMBERED:]
        done = now - then < 1e-5 * abs(now)
        at, now, slope = there, then, next_slope
        if done:
            break
    return at


def _step(slope: Floats, past: Sequence[tuple[Floats, Floats]]) -> Floats:
    """The slope, bent by what the last steps tell of the curve."""
    step = slope.copy()
    shares = []
    for moved, turned in reversed(past):
        share = (moved @ step) / (turned @ moved)
        step -= share * turned
        shares.append(share)
    if past:
        moved, turned = past[-1]
        step *= (moved @ turned) / (turned @ turned)
    else:
        step /= max(float(np.abs(slope).sum()), 1.0)
    for (moved, turned), share in zip(past, reversed(shares), strict=True):
        step += moved * (share - (turned @ step) / (turned @ moved))
    return step


# --- from where on ------------------------------------------------------------------------------


def _threshold(
    scores: dict[str, Floats], apart: bool
) -> tuple[float, tuple[tuple[float, float], ...], Outcome]:
    """The score from which a pair is told: that with the best F1 of what was left out, `BESIDE`
    pairs that are none for each that is; the share right from each score on; and how good that is."""
    right, against = scores["right"], scores["against"]
    wrong = np.concatenate([scores[name] for name in ("against", "wrong", "others", "none")])
    share = BESIDE * len(right) / max(len(wrong), 1)
    best = (0.0, 0.0, 0.0, 0.0)
    sure: list[tuple[float, float]] = []
    for least in np.unique(right).tolist():
        told, slips = int((right >= least).sum()), int((wrong >= least).sum())
        precise = (told + 1) / (told + share * slips + 2)
        sure.append((least, precise))
        f1 = 2 * told / (told + share * slips + len(right))
        if f1 > best[0]:
            best = (f1, least, told / len(right), precise)
    _, least, found, precise = best
    told = round(found * len(right))
    if len(against):
        precise = min(precise, (told + 1) / (told + int((against >= least).sum()) + 2))
    by_chance = told < _FEWEST
    return least, tuple(sure), Outcome(0.0 if by_chance else found, precise, apart=apart)


class _Told:
    """What is told from a score on: of the examples, of their sentences, of the background. Only pairs of
    the examples' kinds count."""

    def __init__(
        self,
        parts: dict[str, Table],
        scores: dict[str, Floats],
        rest: Floats,
        kinds: Sequence[tuple[str, str]],
        related: Mask,
    ) -> None:
        subjects = {one for one, _ in parts["right"].kinds}
        objects = {other for _, other in parts["right"].kinds}

        def suited(of: Sequence[tuple[str, str]]) -> Mask:
            return np.array([a in subjects and b in objects for a, b in of], bool)

        own = {name: scores[name][suited(parts[name].kinds)] for name in scores}
        fits = suited(kinds)
        self.right, self.groups = scores["right"], parts["right"].groups
        self.beside = np.concatenate([own["wrong"], own["against"]])
        self.none = np.concatenate([own["none"], rest[fits & ~related]])
        self.related = rest[fits & related]
        self.wrong = np.concatenate([self.beside, own["others"], own["none"]])

    def apart(self) -> bool:
        """Whether the examples, left out, score higher than pairs of their kinds, by more than chance."""
        if not len(self.wrong):
            return True
        ordered = np.sort(self.wrong)
        places = np.searchsorted(ordered, self.right) / len(ordered)
        sentences = [float(places[self.groups == group].mean()) for group in np.unique(self.groups)]
        chance = _APART / (12 * len(sentences)) ** 0.5
        return bool(np.mean(sentences) - 0.5 > chance)

    def firm(self) -> tuple[float | None, float, float]:
        """The least score from which enough is right to be told as the sentence has it, the share of the examples
        that is told from there on, and the share right of all that is; no score where none is good enough."""
        if len(np.unique(self.groups)) < _FIRM_FEWEST:
            return None, 0.0, 0.0
        for least in np.unique(self.right).tolist():
            here = self.right >= least
            told = int(here.sum())
            if told < max(_FIRM_FEWEST, _FIRM_FOUND * len(self.right)):
                break
            slips = int((self.beside >= least).sum())
            some, none = int((self.related >= least).sum()), int((self.none >= least).sum())
            precise = (some + 1) / (some + none + 3)
            if precise >= FIRM and told / (told + slips + 1) >= _FIRM_THERE:
                return least, told / len(self.right), precise
        return None, 0.0, 0.0
