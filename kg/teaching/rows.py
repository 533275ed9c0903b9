"""Pairs as a relation is learned from them: their rows of states in a small space, their features, their kinds.

The space is the same for all relations: of each part of a pair the strongest directions in general text,
none outweighing the rest. It stands in ``background.npz`` (`kg.teaching.background`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from zlib import crc32

import numpy as np

from kg.extract.statements.related import related
from kg.extract.statements.taught import Pair, ends, features, pairs_of, rows, states_of

if TYPE_CHECKING:
    import numpy.typing as npt
    from spacy.tokens import Doc

    from kg.extract.statements.pair_features import Place

    Floats = npt.NDArray[np.float32]

#: Directions of each part that are kept, and how far the weak ones are held back.
KEPT: Final = 32
_HELD_BACK: Final = 0.3
#: Pairs of general text: so many in all, so many of one sentence.
GENERAL: Final = 800
_OF_ONE: Final = 6


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """A pair as it is learned from. ``group`` is the sentence that it stands in, ``likely`` the log odds that it
    stands in any relation."""

    states: Sequence[Floats]
    features: tuple[str, ...]
    kinds: tuple[str, str]
    group: int
    likely: float = 0.0


def row(one: Pair, states: Floats, group: int) -> Row:
    """The row of a pair."""
    made = plain(one, states, group)
    return replace(made, likely=related().score(made.kinds, made.states, made.features))


def plain(one: Pair, states: Floats, group: int) -> Row:
    """The same, not knowing how likely it stands in any relation."""
    kinds = one.subject.label, one.object.label
    return Row(rows(one, states), tuple(features(one)), kinds, group)


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


@dataclass(frozen=True, slots=True, eq=False)
class Space:
    """For each part its mean state, and the directions that are kept, scaled."""

    means: Floats
    axes: Floats

    def of(self, found: Sequence[Row]) -> Floats:
        """The rows of pairs in this space; a part without words stands in the middle."""
        out = [np.zeros((len(found), 0), np.float32)]
        for part, (mean, axes) in enumerate(zip(self.means, self.axes, strict=True)):
            states = np.array([one.states[part] for one in found]).reshape(-1, len(mean))
            made = (states - mean) @ axes
            made[~states.any(axis=1)] = 0.0
            out.append(made.astype(np.float32))
        return np.concatenate(out, axis=1)


def space_of(found: Sequence[Row], directions: int = KEPT) -> Space:
    """The space of general pairs, so many directions of each part."""
    means, axes = [], []
    for part in range(len(found[0].states)):
        states = np.stack([one.states[part] for one in found]).astype(np.float64)
        states = states[states.any(axis=1)]
        mean = states.mean(axis=0)
        values, vectors = np.linalg.eigh(np.cov((states - mean).T, bias=True))
        values = np.maximum(values[::-1][:directions], 0.0)
        kept = vectors[:, ::-1][:, :directions] / np.sqrt(
            values + _HELD_BACK**2 * max(values[0], 1e-9)
        )
        size = np.sqrt((((states - mean) @ kept) ** 2).sum(axis=1).mean())
        means.append(mean)
        axes.append(kept / max(size, 1e-9))
    return Space(np.stack(means).astype(np.float32), np.stack(axes).astype(np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Pairs in the space, one a line; ``groups`` are sentences, or documents, ``likely`` as of `Row`."""

    points: Floats
    features: tuple[tuple[str, ...], ...]
    kinds: tuple[tuple[str, str], ...]
    groups: npt.NDArray[np.int64]
    likely: Floats

    def __len__(self) -> int:
        return len(self.features)

    def where(self, kept: npt.NDArray[np.bool_]) -> Table:
        """The pairs for which this is true."""
        at = np.flatnonzero(kept)
        return Table(
            self.points[at], tuple(self.features[n] for n in at),
            tuple(self.kinds[n] for n in at), self.groups[at], self.likely[at],
        )  # fmt: skip


def table(space: Space, found: Sequence[Row]) -> Table:
    """Pairs as a table."""
    return Table(
        space.of(found), tuple(one.features for one in found), tuple(one.kinds for one in found),
        np.array([one.group for one in found], np.int64), np.array([one.likely for one in found], np.float32),
    )  # fmt: skip


def joined(tables: Sequence[Table]) -> Table:
    """Several tables as one."""
    return Table(
        np.concatenate([one.points for one in tables]),
        tuple(f for one in tables for f in one.features),
        tuple(k for one in tables for k in one.kinds),
        np.concatenate([one.groups for one in tables]),
        np.concatenate([one.likely for one in tables]),
    )
