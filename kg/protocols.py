"""The seams: what a reader, an extractor, a runner and an exporter look like.

Each is a plain callable, called as its Protocol says, whoever wrote it. Register your own with `kg.registry.register` or an entry point.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING, Protocol, TypeVar

from kg.model import Article, Claim, Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc

    from kg.graph import GraphStore

T = TypeVar("T")
R = TypeVar("R")


class Reader(Protocol):
    """Reads one source (a file or an address) and yields its articles, cleaned.

    ``max_bytes`` bounds what is read of a source (of one line, where a source is a list), and
    ``timeout`` the seconds for one address; settings ``read.max_bytes`` and ``read.timeout``. An
    attribute ``suffixes`` names the endings of the files it reads (default: ``.`` and its name).
    The id of an article is made anew from its content, whatever the reader puts there.

    Raises `kg.errors.ReadError` when nothing can be read; a reader of many articles may yield a
    `kg.errors.ReadError` instance in place of a bad one, and goes on.
    """

    def __call__(
        self, source: str | Path, /, *, max_bytes: int, timeout: float
    ) -> Iterator[Article | Exception]: ...


class Extractor(Protocol):
    """Yields the claims and quotes that a parsed article makes, in text order.

    ``doc`` is the parse of exactly ``article.text`` (so ``token.idx`` is an offset in it).
    """

    def __call__(self, doc: Doc, article: Article, /) -> Iterable[Claim | Quote]: ...


class Runner(Protocol):
    """Has the shape of the builtin ``map``: one result an item, in the order of the items.

    ``jobs`` is how many may be worked on at once (setting ``build.jobs``). An exception in place
    of a result says that this item got none. ``function`` can travel between processes.
    """

    def __call__(
        self, function: Callable[[T], R], items: Iterable[T], /, *, jobs: int
    ) -> Iterator[R | Exception]: ...


class Exporter(Protocol):
    """Writes a graph to an open text file, sorted, so that two runs are the same bytes."""

    def __call__(self, graph: GraphStore, to: IO[str], /) -> None: ...
