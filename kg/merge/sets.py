"""Numbers that belong together."""

from __future__ import annotations

from collections.abc import Iterator


class Sets:
    """Sets of numbers, in which each number that was joined with another is in one."""

    def __init__(self) -> None:
        self._parent: dict[int, int] = {}

    def __contains__(self, number: int) -> bool:
        return number in self._parent

    def __iter__(self) -> Iterator[int]:
        return iter(self._parent)

    def join(self, one: int, other: int) -> None:
        """Make one set of those of two different numbers; of one number nothing."""
        if one != other:
            low, high = sorted((self.find(one), self.find(other)))
            self._parent[high] = low

    def find(self, number: int) -> int:
        """The least number of its set."""
        parent = self._parent
        while (up := parent.setdefault(number, number)) != number:
            parent[number] = number = parent[up]
        return number
