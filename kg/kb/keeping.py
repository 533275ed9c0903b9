"""The knowledge base that a graph was built with: a file beside its results."""

from __future__ import annotations

import shutil
from itertools import chain
from pathlib import Path
from typing import Final

from kg.config import data_folder
from kg.errors import ConfigError
from kg.kb.entries import entries
from kg.kb.index import KnowledgeBase, write_index
from kg.layout import KB

#: Bases that come along, by name: the files they are made of.
SHIPPED: Final = {"places": ("places.tsv",), "world": ("places.tsv", "bodies.tsv")}
_SQLITE: Final = b"SQLite format 3\x00"


def base_in(folder: Path) -> KnowledgeBase | None:
    """The base of the graph in a folder, open; None where it has none."""
    path = folder / KB
    return KnowledgeBase(path) if path.exists() else None


def take_base(source: str | Path, folder: Path) -> None:
    """Give the graph in a folder a base: an index, a file to make one of, ``places`` or ``world`` for one
    that comes along, ``none`` for none any more. Raises `ConfigError` for a file that is no base."""
    if str(source) == "none":
        (folder / KB).unlink(missing_ok=True)
        return
    if str(source) in SHIPPED:
        files = [data_folder("seeds") / name for name in SHIPPED[str(source)]]
        write_index(chain.from_iterable(map(entries, files)), folder / KB)
        return
    path = Path(source)
    if is_index(path):
        KnowledgeBase(path).close()
        part = folder / f".{KB}.part"
        shutil.copyfile(path, part)
        part.replace(folder / KB)
    elif not write_index(entries(path), folder / KB):
        (folder / KB).unlink()
        raise ConfigError(f"{path}: no thing in it has an id, a label and a class that is known.")


def is_index(path: Path) -> bool:
    """Whether a file is an index. Raises `ConfigError` where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SQLITE)) == _SQLITE
    except OSError as error:
        raise ConfigError(f"{path}: cannot read the knowledge base: {error.strerror}.") from None
