"""Tables of things as ``seeds/places.tsv`` is one: the first line names the columns, several values of a
cell are parted by "|", quotation marks mean themselves.
"""

from __future__ import annotations

import bz2
import csv
import gzip
from pathlib import Path
from typing import IO


def opened(path: Path) -> IO[str]:
    """A file of text, open; one that ends in ``.gz`` or ``.bz2`` is unpacked on the way."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8")
    if path.suffix == ".bz2":
        return bz2.open(path, "rt", encoding="utf-8")
    return path.open(encoding="utf-8")


def rows(file: IO[str]) -> csv.DictReader[str]:
    """The rows of an open table, each a cell by the name of its column; ``fieldnames`` are these."""
    return csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)


def values(cell: str) -> tuple[str, ...]:
    """The values of a cell, each once.

    >>> values("Lyons| Lugdunum|Lyons|")
    ('Lyons', 'Lugdunum')
    """
    return tuple(dict.fromkeys(part.strip() for part in cell.split("|") if part.strip()))
