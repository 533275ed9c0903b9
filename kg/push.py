"""The graph sent to another store, by SPARQL 1.1 Update: what differs from the last time, in batches.

Beside the graph, ``OUT/pushed/ID/`` keeps what a store was sent, ID being a hash of its address and
graph::

    sent.nt.gz      all triples that are there, sorted
    target.nt.gz    those that a push under way makes of them
    reached         the last line of the batch that was taken last

A push goes through both sorted lists at once, so it needs no memory, and whatever it is stopped by, the
next one first does the rest of it: to add a triple that is there, or to delete one that is not,
changes nothing.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import KGError
from kg.folder import replacing, writing
from kg.graph.export import sorted_lines
from kg.knowledge_graph import Graph, unlike
from kg.remote import Refused, Remote, Store

__all__ = ["Pushed", "Store", "push"]

#: Characters of one batch, beside its number of triples.
_LONGEST: Final = 500_000


@dataclass(frozen=True, slots=True)
class Pushed:
    """How many triples were added and taken away."""

    added: int
    removed: int


#: Called with how many triples were sent so far.
Progress = Callable[[int], None]


def push(
    graph: Graph,
    store: Store,
    *,
    batch: int = 1000,
    whole: bool = False,
    dry: bool = False,
    progress: Progress | None = None,
) -> Pushed:
    """Make the store hold what the graph holds, and tell what that took.

    Only what differs from the last push is sent; ``whole`` sends all of it (the store was emptied),
    ``dry`` nothing. Raises `KGError` when the store takes no more; the next push goes on there.
    """
    folder = graph.folder / "pushed" / _id(store)
    if dry:
        sent = () if whole else _lines(folder / "sent.nt.gz")
        changes = [mark for mark, _ in unlike(sent, sorted_lines(graph.store))]
        return Pushed(changes.count("+"), changes.count("-"))
    folder.mkdir(parents=True, exist_ok=True)
    with writing(folder):
        if whole:
            for path in folder.glob("*.gz"):
                path.unlink()
            (folder / "reached").unlink(missing_ok=True)
        rest = _send(folder, store, batch, progress)  # of a push that was stopped
        _write(folder / "target.nt.gz", sorted_lines(graph.store))
        now = _send(folder, store, batch, progress)
    return Pushed(rest.added + now.added, rest.removed + now.removed)


def _id(store: Store) -> str:
    return hashlib.sha256(f"{store.url}\n{store.graph or ''}".encode()).hexdigest()[:16]


def _send(folder: Path, store: Store, batch: int, progress: Progress | None) -> Pushed:
    """Make what was sent the target, from where the last push came to."""
    target, sent, reached = (folder / name for name in ("target.nt.gz", "sent.nt.gz", "reached"))
    if not target.exists():
        return Pushed(0, 0)
    last = reached.read_text(encoding="utf-8") if reached.exists() else ""
    remote = Remote(store)
    added = removed = 0
    changes = (change for change in unlike(_lines(sent), _lines(target)) if change[1] > last)
    for piece in _batches(changes, batch):
        _update(remote, store.url, store.graph, piece)
        with replacing(reached) as file:
            file.write(piece[-1][1])
        marks = [mark for mark, _ in piece]
        added, removed = added + marks.count("+"), removed + marks.count("-")
        if progress is not None:
            progress(added + removed)
    # In this order: a stop between the two sends the difference again, which changes nothing.
    reached.unlink(missing_ok=True)
    target.replace(sent)
    return Pushed(added, removed)


def _batches(changes: Iterable[tuple[str, str]], most: int) -> Iterator[list[tuple[str, str]]]:
    piece: list[tuple[str, str]] = []
    length = 0
    for change in changes:
        if piece and (len(piece) == most or length + len(change[1]) > _LONGEST):
            yield piece
            piece, length = [], 0
        piece.append(change)
        length += len(change[1])
    if piece:
        yield piece


def _lines(path: Path) -> Iterator[str]:
    if path.exists():
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n")


def _write(path: Path, lines: Iterable[str]) -> None:
    beside = path.with_name(f".{path.name}.part")
    with gzip.open(beside, "wt", encoding="utf-8", newline="\n", compresslevel=3) as file:
        file.writelines(f"{line}\n" for line in lines)
    beside.replace(path)


# --- one update ----------------------------------------------------------------------------------


def _update(remote: Remote, url: str, to: str | None, piece: list[tuple[str, str]]) -> None:
    """Send a batch."""
    text = " ;\n".join(
        _data(verb, [line for mark, line in piece if mark == sign], to)
        for verb, sign in (("DELETE", "-"), ("INSERT", "+"))
        if any(mark == sign for mark, _ in piece)
    )
    try:
        remote.post(text, "application/sparql-update; charset=utf-8", lambda *_: None)
    except Refused as error:
        raise KGError(
            f"{url}: did not take {len(piece):,} triples ({str(error).removeprefix(f'{url}: ')}). "
            "Push again when it does: what it has taken is not sent twice."
        ) from error


def _data(verb: str, lines: list[str], graph: str | None) -> str:
    """``INSERT DATA { ... }``: a line of N-Triples is a triple of SPARQL."""
    triples = "\n".join(lines)
    return f"{verb} DATA {{ " + (f"GRAPH <{graph}> {{\n{triples}\n}}" if graph else triples) + " }"
