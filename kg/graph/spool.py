"""Lines, sorted and each once, whatever their number: in memory while they are few, else on disk in
sorted pieces that are merged while they are read."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from types import TracebackType
from typing import IO, Final

_PIECE: Final = 200_000  # lines sorted in memory at a time
_BATCH: Final = 1_000


class Spool:
    """Takes lines, gives them back sorted and distinct (iteration). Use with ``with``:
    the pieces on disk are files without a name, which end with it."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines: list[str] = []
        self._pieces: list[IO[str]] = []
        for batch in batches(lines):
            self.take(batch)

    def take(self, lines: Iterable[str]) -> None:
        """Take more lines."""
        self._lines.extend(lines)
        if len(self._lines) >= _PIECE:
            self._spill()

    def __iter__(self) -> Iterator[str]:
        self._lines.sort()
        if not self._pieces:
            return _distinct(self._lines)
        return _distinct(heapq.merge(*map(_read, self._pieces), self._lines))

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        for piece in self._pieces:
            piece.close()
        self._lines = []
        self._pieces = []

    def _spill(self) -> None:
        file = tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n")  # noqa: SIM115
        self._pieces.append(file)
        for batch in batches(sorted(set(self._lines))):
            file.write("\n".join([*batch, ""]))
        self._lines = []


def _distinct(lines: Iterable[str]) -> Iterator[str]:
    """Sorted lines, each once."""
    last: str | None = None
    for line in lines:
        if line != last:
            yield line
        last = line


def _read(file: IO[str]) -> Iterator[str]:
    file.seek(0)
    return (line[:-1] for line in file)


def batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines, a thousand at a time."""
    waiting = iter(lines)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
