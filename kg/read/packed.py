"""``.gz`` and ``.zip`` of whatever else is read: unpacked one by one into a folder that goes."""

from __future__ import annotations

import gzip
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Final

from kg import registry
from kg.errors import ReadError
from kg.model import Article
from kg.read.archive import LEAST, RATIO, opened
from kg.read.characters import normalise
from kg.read.copied import named
from kg.read.decode import load, open_file, size
from kg.read.kind import ending_of

#: What is not unpacked a second time.
_PACKED: Final = (".gz", ".zip")


def read_gz(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """What is in a file that gzip packed, read by the ending before ``.gz``, else by its content.
    No more than a hundred times its size is unpacked (20 MB of any), and at most ``max_bytes``."""
    path = Path(source)
    load(path, max_bytes=max_bytes)
    limit = min(max_bytes, LEAST + RATIO * path.stat().st_size)
    try:
        with open_file(path) as file, gzip.GzipFile(fileobj=file) as packed:
            data = packed.read(limit + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise ReadError(f"{path}: cannot be unpacked: {error}.") from None
    if len(data) > limit:
        raise ReadError(
            f"{path}: unpacks to more than {size(limit)}; split it, or raise [read] max_bytes."
        )
    ending = reader_ending(path.stem) or ending_of(data)
    if ending in _PACKED:
        raise ReadError(f"{path}: packed twice; unpack it first.")
    yield from read_bytes(data, ending, str(path), path.name, max_bytes, timeout)


def read_zip(
    source: str | Path, /, *, max_bytes: int = 20_000_000, timeout: float = 0
) -> Iterator[Article | Exception]:
    """What is in the files of a zip file, in their order there; those that nobody reads (pictures,
    archives) are named in one error at the end. Names in it are never used as paths."""
    path = Path(source)
    others: Counter[str] = Counter()
    with opened(path, max_bytes=max_bytes) as archive:
        for name in archive.names:
            shown = _shown(name)
            if any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(shown).parts):
                continue
            ending = reader_ending(shown)
            if ending is None or ending in _PACKED:
                others[shown] += 1
                continue
            try:
                data = archive.read(name)
            except ReadError as error:
                yield error
                continue
            inner = f"{path.name}/{shown}"
            yield from read_bytes(data, ending, f"{path}/{shown}", inner, max_bytes, timeout)
    if others:
        names = ", ".join(list(others)[:5]) + (", ..." if len(others) > 5 else "")
        count = sum(others.values())
        files = "file" if count == 1 else "files"
        yield ReadError(f"{path}: {count:,} {files} in it that nobody reads: {names}.")


def _shown(name: str) -> str:
    """A member's name as it is shown: no way up, no control characters."""
    parts = PurePosixPath(normalise(name).replace("\\", "/").replace("\n", " ")).parts
    return "/".join(part for part in parts if part not in ("..", "/", ".")) or "?"


def reader_ending(name: str) -> str | None:
    """The ending of the name that a reader takes, the longest; None where none does."""
    from kg.read import suffixes

    found = [ending for ending in suffixes() if name.lower().endswith(ending)]
    return max(found, key=len) if found else None


def read_bytes(
    data: bytes, ending: str, where: str, source: str, max_bytes: int, timeout: float
) -> Iterator[Article | Exception]:
    """What the reader of this ending makes of these bytes; ``where`` stands in its messages,
    ``source`` in its articles."""
    from kg.read import suffixes

    reader = registry.get("readers", suffixes()[ending])
    with TemporaryDirectory(prefix="kg-") as folder:
        path = Path(folder) / f"member{ending}"
        path.write_bytes(data)
        yield from named(
            reader(str(path), max_bytes=max_bytes, timeout=timeout), path, where, source
        )
