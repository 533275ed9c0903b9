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
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from http.client import HTTPException
from pathlib import Path
from typing import Final

from kg.errors import ConfigError, KGError
from kg.folder import replacing, writing
from kg.graph.export import sorted_lines
from kg.knowledge_graph import Graph, unlike

#: Characters of one batch, beside its number of triples.
_LONGEST: Final = 500_000
#: Tries of a batch that the store could not take just now, and seconds before the second.
_TRIES: Final = 4
_PAUSE: Final = 1.0
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Store:
    """Where to send: the address that takes updates, and the named graph (None: the default one).
    ``token`` is sent as Bearer; ``user`` and ``password`` where the store asks for them."""

    url: str
    graph: str | None = None
    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ConfigError(f"{self.url!r} is no address such as http://localhost:7878/update")
        if self.graph is not None and any(c in self.graph for c in '<>"{}|^`\\ \n\t'):
            raise ConfigError(f"{self.graph!r} is no IRI of a graph.")


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
    opener = _opener(store)
    added = removed = 0
    changes = (change for change in unlike(_lines(sent), _lines(target)) if change[1] > last)
    for piece in _batches(changes, batch):
        _update(opener, store, piece)
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


def _update(
    opener: urllib.request.OpenerDirector, store: Store, piece: list[tuple[str, str]]
) -> None:
    """Send a batch. What the store cannot do just now is tried again."""
    text = " ;\n".join(
        _data(verb, [line for mark, line in piece if mark == sign], store.graph)
        for verb, sign in (("DELETE", "-"), ("INSERT", "+"))
        if any(mark == sign for mark, _ in piece)
    )
    headers = {"Content-Type": "application/sparql-update; charset=utf-8", "User-Agent": "kg"}
    if store.token is not None:
        headers["Authorization"] = f"Bearer {store.token}"
    for attempt in range(_TRIES):
        request = urllib.request.Request(store.url, text.encode(), headers, method="POST")  # noqa: S310
        try:
            with opener.open(request, timeout=_SECONDS):
                return
        except urllib.error.HTTPError as error:
            told = " ".join(error.read(500).decode(errors="replace").split())
            reason = f"{error.code} {error.reason}: {told}"
            if error.code < 500 and error.code not in (408, 429):
                break
        except (OSError, HTTPException) as error:
            reason = str(error) or type(error).__name__
        if attempt + 1 < _TRIES:
            time.sleep(_PAUSE * 2**attempt)
    raise KGError(
        f"{store.url}: did not take {len(piece):,} triples ({reason}). Push again when it does: "
        "what it has taken is not sent twice."
    )


def _data(verb: str, lines: list[str], graph: str | None) -> str:
    """``INSERT DATA { ... }``: a line of N-Triples is a triple of SPARQL."""
    triples = "\n".join(lines)
    return f"{verb} DATA {{ " + (f"GRAPH <{graph}> {{\n{triples}\n}}" if graph else triples) + " }"


def _opener(store: Store) -> urllib.request.OpenerDirector:
    """What sends; it follows no redirect, so that a token goes nowhere else."""
    handlers: list[urllib.request.BaseHandler] = [_Stay()]
    if store.user is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, store.url, store.user, store.password)
        handlers += [
            urllib.request.HTTPBasicAuthHandler(known),
            urllib.request.HTTPDigestAuthHandler(known),
        ]
    return urllib.request.build_opener(*handlers)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Takes a redirect as the error that it is for a POST."""

    def redirect_request(self, *_: object) -> None:
        return None
