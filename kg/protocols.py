"""The seams: what a reader, an extractor, a runner and an exporter look like.

Each is a plain callable. Register your own with `kg.registry.register` or an entry point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol, TypeVar

from kg.model import Article, Claim, Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")
R = TypeVar("R")


class Reader(Protocol):
    """Reads one source (a file or an address) and yields its articles, cleaned.

    Raises `kg.errors.ReadError` when nothing can be read; a reader of many articles may yield a
    `kg.errors.ReadError` instance in place of a bad one, and goes on.
    """

    def __call__(self, source: str | Path, /) -> Iterator[Article | Exception]: ...


class Extractor(Protocol):
    """Yields the claims and quotes that a parsed article makes, in text order.

    ``doc`` is the parse of exactly ``article.text`` (so ``token.idx`` is an offset in it).
    """

    def __call__(self, doc: Doc, article: Article, /) -> Iterable[Claim | Quote]: ...


class Runner(Protocol):
    """Has the shape of the builtin ``map``; results come in the order of the items."""

    def __call__(self, function: Callable[[T], R], items: Iterable[T], /) -> Iterator[R]: ...


class Exporter(Protocol):
    """Writes a graph to an open text file, sorted, so that two runs are the same bytes."""

    def __call__(self, graph: Any, to: IO[str], /) -> None: ...
