"""What in an output folder is lost, or no longer as it was written.

Opening a graph looks at what can be seen at once (`store_damage`): the size of each file of the
store and the checksums of its small ones, which say what the others are. RocksDB checks each block
it reads. `damage` looks at the whole folder, ``deep`` at every byte of it.
"""

from __future__ import annotations

import io
import os
import re
from collections.abc import Iterator
from hashlib import file_digest, sha256
from pathlib import Path
from typing import IO, Final

from kg.errors import GraphError
from kg.folder import COPY, CORRECTIONS, Held, Manifest, hold, read_result, result_path
from kg.graph.content import Sum
from kg.graph.store import GraphStore, open_graph
from kg.layout import MANIFEST, OUTPUTS

#: Files that are read whole when a store is opened: they name and date the large ones.
_SMALL: Final = 65_536
#: Triples that are counted when a store is opened: 0.2 millionths of a second each.
_COUNTED: Final = 200_000
_MARK: Final = re.compile(
    rb"(?:<!-- kg graph ([0-9a-f]*) ([0-9a-f]{64}) -->|# kg graph ([0-9a-f]+))\n\Z"
)


def store_damage(path: Path, manifest: Manifest, *, deep: bool = False) -> tuple[str, ...]:
    """What of a store's files is lost or altered, one line each; all bytes are read if ``deep``."""
    found = []
    for name, (size, digest) in sorted(manifest.files.items()):
        file = path / name
        try:
            there = file.stat().st_size
            if there != size:
                found.append(f"{file}: {there:,} bytes, where {size:,} were written.")
            elif (deep or size <= _SMALL) and _digest(file) != digest:
                found.append(f"{file}: does not fit its checksum.")
        except OSError as error:
            found.append(f"{file}: cannot be read ({error.strerror}).")
    return tuple(found)


def count_damage(path: Path, manifest: Manifest, count: int) -> tuple[str, ...]:
    """One line when a store of ``count`` triples is not the one that was written."""
    if count == manifest.triples:
        return ()
    return (f"{path}: {count:,} triples, where {manifest.triples:,} were written.",)


def is_small(manifest: Manifest) -> bool:
    """Whether the store is counted when it is opened."""
    return manifest.triples <= _COUNTED


def damage(out: str | Path, *, deep: bool = False) -> tuple[str, ...]:
    """What in the output folder is lost or altered, one line each; empty where nothing is.

    All files are looked for, the store is counted. ``deep`` reads every byte: the store must give
    the content that ``graph.ttl`` was made of, each result must be as it was written. Raises
    `GraphError` where there is no graph, or no manifest to compare with.
    """
    folder = Path(out)
    held = hold(folder)
    try:
        return (
            *_store(held, deep),
            *_outputs(folder, held.manifest, deep),
            *_corrections(folder, held.manifest),
            *_results(folder, held.manifest, deep),
        )
    finally:
        held.close()


def _store(held: Held, deep: bool) -> Iterator[str]:
    copy = held.path / COPY
    try:
        if copy.read_bytes() != (held.path.parent / MANIFEST).read_bytes():
            yield f"{copy}: no longer a copy of the manifest."
    except OSError as error:
        yield f"{copy}: cannot be read ({error.strerror})."
    wrong = store_damage(held.path, held.manifest, deep=deep)
    yield from wrong
    if wrong:
        return
    try:
        with open_graph(held.path) as graph:
            yield from count_damage(held.path, held.manifest, len(graph))
            if deep and not _holds(graph, held.manifest):
                yield f"{held.path}: its content is not what was written."
    except (GraphError, OSError, RuntimeError, ValueError) as error:
        yield f"{held.path}: cannot be read ({error})."


def _holds(graph: GraphStore, manifest: Manifest) -> bool:
    """Whether a store has the content that was written."""
    from kg.graph.export import sorted_lines, turtle

    if not manifest.sum:  # of an older kg
        return turtle(graph, _Nowhere()) == manifest.content
    content = Sum()
    content.add(sorted_lines(graph))
    return str(content) == manifest.sum


def _outputs(out: Path, manifest: Manifest, deep: bool) -> Iterator[str]:
    for name in OUTPUTS:
        path = out / name
        if name not in manifest.outputs and not path.exists():
            continue
        try:
            with path.open("rb") as file:
                file.seek(max(0, path.stat().st_size - 200))
                mark = _MARK.search(file.read())
                if mark is None:
                    yield f"{path}: its last line, which names its graph, is lost."
                elif (mark[1] or mark[3]).decode() != manifest.content:
                    yield f"{path}: made of another graph than the store."
                elif deep and _before(file, len(mark[0])) != (mark[2] or mark[3]).decode():
                    yield f"{path}: does not fit its checksum."
        except OSError as error:
            yield f"{path}: cannot be read ({error.strerror})."


def _before(file: IO[bytes], mark: int) -> str:
    """The checksum of an output without its last line."""
    left = file.seek(0, os.SEEK_END) - mark
    file.seek(0)
    digest = sha256()
    while left and (piece := file.read(min(left, 1 << 20))):
        digest.update(piece)
        left -= len(piece)
    return digest.hexdigest()


def _corrections(out: Path, manifest: Manifest) -> Iterator[str]:
    path, written = out / CORRECTIONS, manifest.files.get(CORRECTIONS)
    try:
        if written is not None and _digest(path) != written[1]:
            yield f"{path}: changed since the last build; a build applies it."
    except OSError as error:
        yield f"{path}: cannot be read ({error.strerror})."


def _results(out: Path, manifest: Manifest, deep: bool) -> Iterator[str]:
    for key, listed in sorted(manifest.articles.items()):
        try:
            if deep:
                read_result(out, key)
            else:
                result_path(out, key).stat()
        except (GraphError, OSError) as error:
            reason = error.strerror if isinstance(error, OSError) else str(error)
            yield f"{result_path(out, key)} ({listed.source}): {reason}"


def _digest(file: Path) -> str:
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


class _Nowhere(io.StringIO):
    """A file that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)
