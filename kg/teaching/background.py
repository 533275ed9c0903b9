"""What general text is like: some thousand pairs of names, and of which of them nothing is told.

``background.npz`` has the pairs of persons, organisations and places of one half of Re-DocRED's
development part, whose annotators looked for 96 relations of Wikidata: of each pair whether it stands in any
of them, in this order, and not in which. With each stands how likely it is to, by what the other documents
tell (`kg.extract.statements.related`). Pairs that stand in none are counterexamples for whatever is taught;
and of what a taught relation tells of all of them, the share that stands in none is wrong. Made by ``python -m
training.background``, for one network.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from kg.teaching.rows import Space, Table

if TYPE_CHECKING:
    import numpy.typing as npt

FILE: Final = Path(__file__).with_suffix(".npz")
#: A feature that fewer of the pairs have is not kept.
_SHARED: Final = 3
_BETWEEN: Final = "\n"


@dataclass(frozen=True, slots=True, eq=False)
class Background:
    """The pairs, the space that they stand in, and which of them stand in a relation. ``pairs.groups`` are
    documents; ``network`` is the one whose states they are."""

    space: Space
    pairs: Table
    related: npt.NDArray[np.bool_]
    network: str


@cache
def background() -> Background:
    """The shipped background."""
    return read(FILE)


def read(path: Path) -> Background:
    """The background that a file holds."""
    with np.load(path) as data:
        space = Space(data["means"].astype(np.float32), data["axes"].astype(np.float32))
        points = data["points"].astype(np.float32) * data["scale"]
        names = bytes(data["names"]).decode().split(_BETWEEN)
        kinds = [tuple(one.split("|")) for one in bytes(data["kinds"]).decode().split(_BETWEEN)]
        parts = np.split(data["features"], np.cumsum(data["lengths"])[:-1])
        pairs = Table(
            points, tuple(tuple(names[n] for n in part) for part in parts),
            tuple((kinds[n][0], kinds[n][1]) for n in data["kind"]), data["groups"].astype(np.int64),
            data["likely"].astype(np.float32),
        )  # fmt: skip
        return Background(space, pairs, data["related"], bytes(data["network"]).decode())


def write(found: Background, path: Path) -> None:
    """Put a background into a file; the same one gives the same bytes."""
    count: dict[str, int] = {}
    for features in found.pairs.features:
        for name in features:
            count[name] = count.get(name, 0) + 1
    names = sorted(name for name, times in count.items() if times >= _SHARED)
    place = {name: n for n, name in enumerate(names)}
    own = [[place[name] for name in of if name in place] for of in found.pairs.features]
    kinds = sorted(set(found.pairs.kinds))
    scale = np.abs(found.pairs.points).max(axis=0) / 127
    np.savez_compressed(
        path,
        means=found.space.means.astype(np.float16), axes=found.space.axes.astype(np.float16),
        points=np.rint(found.pairs.points / scale).astype(np.int8), scale=scale.astype(np.float32),
        names=_bytes(_BETWEEN.join(names)), features=np.array([n for of in own for n in of], np.uint16),
        lengths=np.array([len(of) for of in own], np.uint16),
        kinds=_bytes(_BETWEEN.join("|".join(two) for two in kinds)),
        kind=np.array([kinds.index(two) for two in found.pairs.kinds], np.uint8),
        groups=found.pairs.groups.astype(np.uint16), likely=found.pairs.likely.astype(np.float16), related=found.related, network=_bytes(found.network),
    )  # fmt: skip


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
