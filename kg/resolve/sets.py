"""Things that belong together: disjoint sets (union by path halving; Tarjan and van Leeuwen 1984)."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any, Generic, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """What has a least one."""

    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)


class Sets(Generic[T]):
    """Sets of numbers or keys, in which each that was joined with another is in one."""

    def __init__(self) -> None:
        self._parent: dict[T, T] = {}

    def __contains__(self, one: T) -> bool:
        return one in self._parent

    def __iter__(self) -> Iterator[T]:
        return iter(self._parent)

    def join(self, one: T, other: T) -> None:
        """Make one set of those of two that differ; of one by itself nothing."""
        if one != other:
            for each in (one, other):
                self._parent.setdefault(each, each)
            low, high = sorted((self.find(one), self.find(other)))
            self._parent[high] = low

    def find(self, one: T) -> T:
        """The least of its set; of what was never joined itself."""
        parent = self._parent
        while (up := parent.get(one, one)) != one:
            parent[one] = one = parent.get(up, up)
        return one
