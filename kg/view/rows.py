"""Tables that grow with the graph: their rows are JSON from the start, on disk once they are many."""

from __future__ import annotations

import json
import tempfile
from array import array
from collections.abc import Iterable, Iterator
from typing import Any, Final

import msgspec

_ESCAPES: Final = tuple((c.encode(), f"\\u{ord(c):04x}".encode()) for c in "<>&\u2028\u2029")
#: So many bytes of a table's rows stay in memory.
_IN_MEMORY: Final = 500_000


def to_json(value: Any) -> bytes:
    """JSON that can stand in a ``<script>`` block: nothing in it can end the block, or a line."""
    try:
        text = msgspec.json.encode(value)
    except UnicodeEncodeError:  # half a character, of an article that another program stored
        plain = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = plain.encode("utf-8", "replace")
    for character, escape in _ESCAPES:
        text = text.replace(character, escape)
    return text


class Rows:
    """The rows of a table, in the order in which they come."""

    def __init__(self, rows: Iterable[list[Any]] = ()) -> None:
        self._file = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self._ends = array("Q", [0])
        for row in rows:
            self.append(row)

    def append(self, row: list[Any]) -> None:
        """Take one more row."""
        told = to_json(row)
        self._file.write(told + b"\n")  # JSON has no line breaks of its own
        self._ends.append(self._ends[-1] + len(told) + 1)

    def __len__(self) -> int:
        return len(self._ends) - 1

    def __iter__(self) -> Iterator[bytes]:
        self._file.seek(0)
        return (line[:-1] for line in self._file)

    def at(self, places: Iterable[int]) -> Iterator[bytes]:
        """The rows at these places, in their order."""
        for place in places:
            self._file.seek(self._ends[place])
            yield self._file.read(self._ends[place + 1] - self._ends[place] - 1)
