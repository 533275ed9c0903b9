"""Articles in threads of one process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def threads(function: Callable[[T], R], items: Iterable[T], /, *, jobs: int) -> Iterator[R]:
    """The builtin ``map`` with ``jobs`` threads."""
    with ThreadPoolExecutor(jobs) as pool:
        yield from pool.map(function, items)
