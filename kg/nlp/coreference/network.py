"""A small network that says how likely each entity is the one that a pronoun or a noun stands for.

It sees the features of each choice (`kg.nlp.coreference.features`), what the encoder makes of
the mention's head and of the heads of the entity's mentions (``kg.analysis.Analysis.states``), and how
much a pronoun and those heads attend to each other in the encoder (``Analysis.attention``; Clark et
al. 2019 found heads there that do little else). A Doc of another pipeline has neither, and is judged
by the features alone.

Its numbers are multiples of powers of two, few enough digits long that sums of doubles are exact
in any order: every processor decides the same. ``network.npz`` is made by
``training/coreference.py``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

from kg.analysis import analysis_of
from kg.nlp.coreference.entities import Entity
from kg.nlp.coreference.features import kind_of
from kg.nlp.mentions import Candidate

Doubles = npt.NDArray[np.float64]
Attention = Mapping[int, tuple[int, npt.NDArray[np.uint8]]]
FILE: Final = Path(__file__).with_name("network.npz")
#: The kinds of mentions, in the order of their rows.
KINDS: Final = "pitn"
#: So many of an entity's last mentions are looked at.
_MENTIONS: Final = 5
#: Numbers of the network are so many to one.
FINE: Final = 1024.0
COARSE: Final = 64.0
#: The same of a level of attention, of which there are hundreds.
FINEST: Final = 65536.0
#: The encoder's heads, from the pronoun and back.
HEADS: Final = 144


@dataclass(slots=True)
class Choice:
    """A mention to resolve: the entities it may stand for with their features (the last choice,
    of no entity, has only features), and the heads of each entity's latest mentions and names."""

    mention: Candidate
    entities: list[Entity]
    features: list[list[str]]
    heads: list[list[int]]
    names: list[list[int]]


def heads_of(entity: Entity) -> tuple[list[int], list[int]]:
    """The places by which an entity is judged: heads of its last mentions, and of its last names."""
    last = entity.mentions[-_MENTIONS:]
    return [m.i for m in last], [m.i for m in entity.mentions if m.kind == "name"][-2:]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """The weights. ``views`` turn a state into three short vectors side by side: as the mention, as
    a mention of the entity, as a name of it. ``features`` has a row for each: what it adds to the
    hidden layer, and last what it adds to the score; one row of noughts follows. ``attended`` has for
    each kind of mention what a level of each head adds to the score, and last what it adds to be in
    the mention's window."""

    number: Mapping[str, int]
    views: npt.NDArray[np.float32]
    scale: Doubles
    shift: Doubles
    features: Doubles
    kinds: Doubles
    hidden: Doubles
    out: Doubles
    attended: Doubles

    def chances(self, choice: Choice, seen: Seen) -> list[float]:
        """How likely each choice is; they add up to one. ``seen`` has the views of the places."""
        known = self.number
        rows = [[known[f] for f in features if f in known] for features in choice.features]
        added = sums(self.features, rows)
        kind = KINDS.index(kind_of(choice.mention))
        layer = added[:, :-1] + self.kinds[kind]
        layer += pairs(choice, seen) @ self.hidden
        score = added[:, -1] + np.maximum(layer, 0.0) @ self.out
        score += attended(choice, seen.attention) @ self.attended[kind]
        return probabilities(score.tolist())

    def look(self, doc: Doc, places: Iterable[int]) -> Seen:
        """The views of these words of a Doc, those of one that has no states are nought."""
        states = analysis_of(doc).states
        at = sorted(set(places))
        views = np.zeros((len(at) + 1, len(self.scale)))
        if states is not None and states.shape[1] == self.views.shape[0]:
            views[:-1] = (states[at].astype(np.float32) @ self.views) * self.scale + self.shift
        return Seen({i: n for n, i in enumerate(at)}, views, analysis_of(doc).attention)


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """The views of some words, and in which row each stands, the last row is nought; the attention of
    pronouns (`kg.analysis.Analysis`)."""

    row: Mapping[int, int]
    views: Doubles
    attention: Attention = field(default_factory=dict)


def sums(table: Doubles, rows: Sequence[Sequence[int]]) -> Doubles:
    """For each list of numbers the sum of those rows of a table; the last row must be nought."""
    flat: list[int] = []
    starts = []
    for row in rows:
        starts.append(len(flat))
        flat += row or (-1,)
    added: Doubles = np.add.reduceat(table[flat], starts, axis=0)
    return added


def pairs(choice: Choice, seen: Seen) -> Doubles:
    """What the mention and each entity are to each other: both, and their products by number."""
    width = seen.views.shape[1] // 3
    size = len(choice.features)
    table = np.zeros((size, 7, width))
    own = short(seen.views[seen.row[choice.mention.i], :width])
    table[:, 0] = own
    if choice.heads:
        heads = [[seen.row[i] for i in row] for row in choice.heads]
        names = [[seen.row[i] for i in row] for row in choice.names]
        counts = np.array(
            [[len(row), max(len(name), 1)] for row, name in zip(heads, names, strict=True)]
        )
        table[:-1, 4] = seen.views[[row[-1] for row in heads], width : 2 * width]
        table[:-1, 5] = sums(seen.views[:, width : 2 * width], heads) / counts[:, :1]
        table[:-1, 6] = sums(seen.views[:, 2 * width :], names) / counts[:, 1:]
        table[:, 4:] = short(table[:, 4:])
    table[:, 1:4] = own * table[:, 4:]
    return table.reshape(size, -1)


def attended(choice: Choice, attention: Attention) -> Doubles:
    """For each choice the highest level of attention of each head between the pronoun and a mention of
    the entity, and whether one stands in the pronoun's window; noughts where none does."""
    table = np.zeros((len(choice.features), HEADS + 1))
    if choice.mention.i not in attention:
        return table
    start, rows = attention[choice.mention.i]
    for n, heads in enumerate(choice.heads):
        at = [i - start for i in heads if 0 <= i - start < len(rows)]
        if at:
            table[n, :-1] = rows[at].max(axis=0)
            table[n, -1] = 1.0
    return table


def short(view: Doubles) -> Doubles:
    """A view within -1 and 1, rounded."""
    rounded: Doubles = np.rint(np.clip(view, -1.0, 1.0) * COARSE) / COARSE
    return rounded


def probabilities(scores: Sequence[float]) -> list[float]:
    """Chances from log odds; they add up to one."""
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]


def as_network(arrays: Mapping[str, Any]) -> Network:
    """The network of the arrays that ``training/coreference.py`` makes."""
    names = bytes(arrays["features"]).decode().split("\n")
    rows = np.concatenate([arrays["joint"], arrays["alone"][:, None]], axis=1) / FINE
    fine = {k: arrays[k] / FINE for k in ("kinds", "hidden", "out")}
    return Network(
        {name: n for n, name in enumerate(names)}, arrays["views"].astype(np.float32),
        arrays["scale"], arrays["shift"], np.vstack([rows, np.zeros(rows.shape[1])]), **fine,
        attended=arrays["attended"] / FINEST,
    )  # fmt: skip


@cache
def shipped(path: Path = FILE) -> Network:
    """The shipped network."""
    with np.load(path, allow_pickle=False) as file:
        return as_network(file)
