"""Stretches of a text, asked which of them touch another: found by their places, not one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from itertools import accumulate


class Stretches:
    """Ranges of characters (or tokens), each with its number in the order in which it is given."""

    def __init__(self, found: Iterable[tuple[int, int]]) -> None:
        ordered = sorted((start, end, number) for number, (start, end) in enumerate(found))
        self._ordered = ordered
        self._starts = [start for start, _, _ in ordered]
        self._reach = list(accumulate((end for _, end, _ in ordered), max))

    def touch(self, start: int, end: int) -> bool:
        """Whether one of them has something in common with this range."""
        before = bisect_left(self._starts, end)
        return before > 0 and self._reach[before - 1] > start

    def touching(self, start: int, end: int) -> list[int]:
        """The numbers of all that have something in common with this range, the lowest first."""
        found: list[int] = []
        at = bisect_left(self._starts, end) - 1
        while at >= 0 and self._reach[at] > start:
            _, reach, number = self._ordered[at]
            if reach > start:
                found.append(number)
            at -= 1
        return sorted(found)
