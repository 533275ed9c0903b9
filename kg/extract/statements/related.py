"""How likely two ends of a sentence stand in any relation at all: what holds for most relations.

Most pairs of names that meet in a sentence have nothing to do with each other there, and which have is told by much the same
for all relations. So it is learned once, from some thousand pairs (``related.npz``, made by ``python
-m training.background`` for one network), and a taught relation (`kg.taught`) says how much it counts for it. A logistic
regression over the rows of states and the features of `kg.extract.statements.taught`, each feature alone
and with the kinds of both ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

FILE: Final = Path(__file__).with_suffix(".npz")
_BETWEEN: Final = "\n"


@dataclass(frozen=True, slots=True, eq=False)
class Related:
    """The weights: a row of ``states`` for each part of a pair, ``middles`` what the mean state of each would weigh;
    ``words`` those of features with a name. ``network`` is the one whose states they fit."""

    states: Floats
    middles: Floats
    words: Mapping[str, float]
    bias: float
    network: str

    def score(self, kinds: tuple[str, str], parts: Sequence[Floats], named: Iterable[str]) -> float:
        """The log odds that a pair with these kinds, rows and features stands in a relation."""
        total = self.bias + sum(self.words.get(name, 0.0) for name in with_kinds(kinds, named))
        for weights, middle, row in zip(self.states, self.middles, parts, strict=True):
            if row.any():
                total += float(weights @ row) - float(middle)
        return total


def with_kinds(kinds: tuple[str, str], named: Iterable[str]) -> Iterator[str]:
    """Features alone, and each with the kinds of both ends."""
    for name in named:
        yield name
        yield f"{name}@{kinds[0]}|{kinds[1]}"


@cache
def related() -> Related:
    """The shipped weights."""
    return read(FILE)


def read(path: Path) -> Related:
    """The weights that a file holds."""
    with np.load(path) as data:
        names = bytes(data["names"]).decode().split(_BETWEEN)
        words = dict(zip(names, data["words"].astype(float).tolist(), strict=True))
        return Related(
            data["states"].astype(np.float32), data["middles"], words, float(data["bias"]),
            bytes(data["network"]).decode(),
        )  # fmt: skip


def write(found: Related, path: Path) -> None:
    """Put weights into a file; the same ones give the same bytes."""
    np.savez_compressed(
        path,
        states=found.states.astype(np.float16), middles=found.middles.astype(np.float32),
        names=_bytes(_BETWEEN.join(found.words)), words=np.array([*found.words.values()], np.float16),
        bias=np.float64(found.bias), network=_bytes(found.network),
    )  # fmt: skip


def _bytes(text: str) -> npt.NDArray[np.uint8]:
    return np.frombuffer(text.encode(), np.uint8)
