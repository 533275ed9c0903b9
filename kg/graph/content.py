"""The id of what a graph holds, which can be brought up to date: the sum of its triples' checksums.

Each triple, as its line of N-Triples, has a SHA-256; the id is their sum modulo 2 to the power of
256. So the order of triples makes no difference, and those that leave or come change the id without
a look at the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import Final

from kg.graph.spool import batches

_MODULUS: Final = 1 << 256


class Sum:
    """The sum of the checksums of lines."""

    def __init__(self, known: str = "") -> None:
        self._sum = int(known or "0", 16)

    def __str__(self) -> str:
        return f"{self._sum % _MODULUS:064x}"

    def add(self, lines: Iterable[str]) -> None:
        """Take lines in, none of which is in it."""
        self._sum += _sum(lines)

    def remove(self, lines: Iterable[str]) -> None:
        """Take lines out, all of which are in it."""
        self._sum -= _sum(lines)

    def each(self, lines: Iterable[str]) -> Iterable[str]:
        """The lines, each taken in."""
        for batch in batches(lines):
            self._sum += _sum(batch)
            yield from batch


def _sum(lines: Iterable[str]) -> int:
    sums = [sha256(line.encode()).digest() for line in lines]
    return sum([int.from_bytes(each, "big") for each in sums])
