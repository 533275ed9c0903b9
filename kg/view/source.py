"""Where a view takes entities, statements and articles from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from kg.model import Article, Entity, Statement

T = TypeVar("T", Article, Entity, Statement)


@dataclass(frozen=True, slots=True)
class Stream(Generic[T]):
    """Items that are read where they are needed: ``all`` of them, sorted by IRI, or ``one`` by its IRI."""

    all: Callable[[], Iterable[T]]
    one: Callable[[str], T | None]

    def __call__(self) -> Iterable[T]:
        """All of them."""
        return self.all()


#: Items, or a function that gives them anew at each call, sorted by IRI: then memory holds what is
#: shown, and of the rest a few numbers; of a `Stream` it holds not even the statements that are shown.
Source = Iterable[T] | Callable[[], Iterable[T]] | Stream[T]
