"""One article after the other, in this process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def serial(function: Callable[[T], R], items: Iterable[T], /, *, jobs: int = 1) -> Iterator[R]:
    """The builtin ``map``: results in the order of the items. ``jobs`` is of no meaning here."""
    return map(function, items)
