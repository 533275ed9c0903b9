"""Columns of a printed page, one after the other.

Takes a page as it was laid out, in characters of one width (`pypdf`'s layout mode): what stands
beside each other on paper stands beside each other in a line, with a wide gap between.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from statistics import median
from typing import Final

from kg.read.unwrap import unwrap

#: Characters of a line in the narrowest column.
NARROWEST: Final = 18
_PART: Final = re.compile(r"\S+(?: {1,3}\S+)*")
#: Rows with as many parts before a page has columns, and their share of all rows.
_ROWS: Final = 4
_SHARE: Final = 0.3
#: Words of a part, on the average: fewer, and the rows are those of a table.
_WORDS: Final = 3
_RAGGED: Final = 8  # how far a part may begin beside its column


def in_columns(page: str) -> str | None:
    """The text of a page with columns, one below the other, their paragraphs joined; what stands
    over all columns is where it stands. None for a page without columns."""
    rows = [[(m.start(), m[0]) for m in _PART.finditer(line)] for line in page.split("\n")]
    filled = [row for row in rows if row]
    count = max((2, 3), key=lambda n: sum(len(row) == n for row in filled))
    several = [row for row in filled if len(row) == count]
    if len(several) < max(_ROWS, _SHARE * len(filled)):
        return None
    words = [len(text.split()) for row in several for _, text in row]
    if sum(words) < _WORDS * len(words):
        return None
    starts = [median(row[column][0] for row in several) for column in range(count)]
    return "\n".join(_ordered(rows, starts))


def _ordered(rows: Sequence[Sequence[tuple[int, str]]], starts: Sequence[float]) -> list[str]:
    made: list[str] = []
    columns: list[list[str]] = [[] for _ in starts]

    def flush() -> None:
        lines: list[str] = []
        for column in columns:
            held = "\n".join(column).strip("\n").split("\n")
            lines += held if not lines or _runs_on(lines[-1]) else ["", *held]
            column.clear()
        made.extend(["", *unwrap(lines, narrowest=NARROWEST), ""] if any(lines) else [])

    first = next(n for n, row in enumerate(rows) if len(row) == len(starts))
    for number, row in enumerate(rows):
        placed = _placed(row, starts) if number >= first else None
        if placed is None:
            flush()
            made.append(" ".join(text for _, text in row))
            continue
        for column, text in enumerate(placed):
            columns[column].append(text)
    flush()
    return made


def _runs_on(line: str) -> bool:
    """Whether the paragraph goes on at the head of the next column."""
    return not re.search(r"[.!?:…][\"”’')\]]*$", line)


def _placed(row: Sequence[tuple[int, str]], starts: Sequence[float]) -> list[str] | None:
    """The words of a row by column; None where a part runs from one column into the next.

    A layout in characters of one width is ragged: a column begins a little sooner or later in each
    row, most of all behind a short line.
    """
    if len(row) == len(starts):
        return [text for _, text in row]
    placed = [""] * len(starts)
    for start, text in row:
        column = max((n for n, at in enumerate(starts) if at <= start + _RAGGED), default=0)
        later = starts[column + 1 :]
        if later and start + len(text) > later[0] + _RAGGED:
            return None
        placed[column] = f"{placed[column]} {text}".strip()
    return placed
