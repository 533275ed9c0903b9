"""A graph in pieces: each a file of its own that a loader takes beside the others.

What belongs together lies in one piece: all triples of a subject, all statements of an entity. Which
piece that is, a hash of its name tells: another graph has the same entity in the piece of the same
number. Nothing is held in memory but the line at hand.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Final

from kg.errors import KGError, UnknownName
from kg.graph.cells import Rows
from kg.graph.export import CSV_COLUMNS, article_line, csv_row, sorted_lines, statement_line
from kg.graph.store import GraphStore
from kg.graph.turtle import split_line, turtle_of

#: A line, and the name of what it belongs to.
Lines = Iterator[tuple[str, str]]
Open = Callable[[Path], AbstractContextManager[IO[str]]]


def shards(
    graph: GraphStore, format: str, folder: Path, number: int, *, opener: Open, raw: bool = False
) -> tuple[Path, ...]:
    """Write the graph to so many files in the folder, ``graph-1-of-8.nt`` and so on; their paths.

    ``opener`` opens a file to write. The pieces of ``nt``, ``jsonl``, ``articles`` and ``csv`` have the
    lines of the whole export in its order (each of ``csv`` with its header), those of ``turtle``
    are files of Turtle. Raises `UnknownName` for another format, and `KGError` where pieces of
    another number lie in the folder.
    """
    if format not in FORMATS:
        raise UnknownName("format in pieces", format, FORMATS)
    ending = ENDINGS.get(format, format)
    paths = tuple(folder / f"graph-{n}-of-{number}.{ending}" for n in range(1, number + 1))
    others = sorted(set(folder.glob(f"graph-*-of-*.{ending}")) - set(paths))
    if others:
        raise KGError(f"{folder}: has pieces of another number ({others[0].name}); take them away.")
    with ExitStack() as stack:
        files = [stack.enter_context(opener(path)) for path in paths]
        if format == "turtle":
            _turtle(graph, files)
        else:
            for file in files if format == "csv" else ():
                file.write(_row(CSV_COLUMNS, raw=raw))
            for key, line in FORMATS[format](graph, raw):
                files[piece_of(key, number)].write(line)
    return paths


def piece_of(name: str, number: int) -> int:
    """The piece that a name belongs to, counted from 0."""
    return int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % number


def _ntriples(graph: GraphStore, raw: bool) -> Lines:
    return ((split_line(line)[0][1:-1], f"{line}\n") for line in sorted_lines(graph))


def _jsonl(graph: GraphStore, raw: bool) -> Lines:
    for statement in graph.statements():
        line = json.dumps(statement_line(statement, graph.base), ensure_ascii=False)
        yield statement.subject.id, f"{line}\n"


def _articles(graph: GraphStore, raw: bool) -> Lines:
    return ((article.id, f"{article_line(article)}\n") for article in graph.articles())


def _csv(graph: GraphStore, raw: bool) -> Lines:
    return ((s.subject.id, _row(csv_row(s), raw=raw)) for s in graph.statements())


FORMATS: Final[Mapping[str, Callable[[GraphStore, bool], Lines]]] = {
    "turtle": _ntriples, "nt": _ntriples, "jsonl": _jsonl, "articles": _articles, "csv": _csv,
}  # fmt: skip
ENDINGS: Final = {"turtle": "ttl", "articles": "jsonl"}


def _turtle(graph: GraphStore, files: list[IO[str]]) -> None:
    """Turtle has to see a subject's triples one after the other: first lines, then Turtle of them."""
    with ExitStack() as stack:
        waiting = [
            stack.enter_context(TemporaryFile("w+", encoding="utf-8", newline="\n")) for _ in files
        ]
        for key, line in _ntriples(graph, True):
            waiting[piece_of(key, len(files))].write(line)
        for lines, file in zip(waiting, files, strict=True):
            lines.seek(0)
            turtle_of((line[:-1] for line in lines), graph.base, file)


def _row(cells: Iterable[object], *, raw: bool) -> str:
    out = io.StringIO()
    Rows(out, raw=raw).writerow(cells)
    return out.getvalue()
