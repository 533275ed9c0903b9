"""Lines, sorted and each once, whatever their number: in memory while they are few, else on disk in
sorted pieces that are merged while they are read."""

from __future__ import annotations

import heapq
import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice, pairwise
from types import TracebackType
from typing import Final

_PIECE: Final = 50_000  # lines sorted in memory at a time
_BATCH: Final = 1_000
_BLOCK: Final = 16_384  # bytes of a piece in memory while pieces are merged


class Spool:
    """Takes lines, gives them back sorted and distinct (iteration). Use with ``with``:
    the pieces on disk stand one behind the other in a file without a name, which ends with it."""

    def __init__(self, lines: Iterable[str] = ()) -> None:
        self._lines: list[str] = []
        self._file = tempfile.TemporaryFile()  # noqa: SIM115
        self._ends = [0]
        for batch in batches(lines):
            self.take(batch)

    def take(self, lines: Iterable[str]) -> None:
        """Take more lines."""
        self._lines.extend(lines)
        if len(self._lines) >= _PIECE:
            self._spill()

    def __iter__(self) -> Iterator[str]:
        self._lines.sort()
        pieces = [self._read(*span) for span in pairwise(self._ends)]
        return _distinct(heapq.merge(*pieces, self._lines) if pieces else self._lines)

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, trace: TracebackType | None
    ) -> None:
        self._file.close()
        self._lines = []

    def _spill(self) -> None:
        self._file.seek(self._ends[-1])
        for batch in batches(sorted(set(self._lines))):
            self._file.write("\n".join([*batch, ""]).encode())
        self._ends.append(self._file.tell())
        self._lines = []

    def _read(self, start: int, end: int) -> Iterator[str]:
        """The lines of a piece."""
        rest = b""
        while start < end:
            self._file.seek(start)
            block = self._file.read(min(_BLOCK, end - start))
            start += len(block)
            whole, line_end, rest = (rest + block).rpartition(b"\n")
            if line_end:
                yield from whole.decode().split("\n")


def _distinct(lines: Iterable[str]) -> Iterator[str]:
    """Sorted lines, each once."""
    last: str | None = None
    for line in lines:
        if line != last:
            yield line
        last = line


def batches(lines: Iterable[str]) -> Iterator[list[str]]:
    """The lines, a thousand at a time."""
    waiting = iter(lines)
    while batch := list(islice(waiting, _BATCH)):
        yield batch
