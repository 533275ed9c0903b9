"""A graph taken from another store, by SPARQL queries: the counterpart of `kg.push`.

It is asked for in pieces, each the triples of those subjects whose MD5 begins alike, so that no
answer is longer than stores give (Virtuoso cuts one after 10,000 rows, and does not say so). How many each piece has
is asked first, and what comes is counted. Beside the target, ``.NAME.pulling/`` keeps the pieces that
are whole, until all are: a pull that is stopped goes on there.
"""

from __future__ import annotations

import gzip
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Final
from urllib.parse import urlencode

import pyoxigraph as ox

from kg.config import load_config
from kg.errors import GraphError, KGError
from kg.folder import Manifest, land, next_graph, read_manifest, store_files, writing
from kg.graph.spool import Spool
from kg.graph.store import open_graph, write_lines
from kg.graph.turtle import turtle_of
from kg.knowledge_graph import written
from kg.remote import Remote, Store
from kg.storing import Progress

#: Bytes that a triple may have on average, over a whole piece.
_LONG: Final = 4096
#: Pieces are made by so many digits of a hash at most, 16 to the power of that.
_DIGITS: Final = 4
_FORM: Final = "application/x-www-form-urlencoded"
_NTRIPLES: Final = "application/n-triples"
_ROWS: Final = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Plan:
    """What is pulled: from where, and the number of triples in each piece. What was kept of a pull
    with another plan is of no use."""

    url: str
    graph: str | None
    digits: int
    parts: dict[str, int]

    @property
    def triples(self) -> int:
        """How many there are."""
        return sum(self.parts.values())


def pull(
    store: Store,
    to: str | Path,
    *,
    batch: int = 5000,
    most: int = 100_000_000,
    progress: Progress | None = None,
) -> int:
    """Write what the store's graph holds to ``to``, and give the number of triples.

    A name that ends in ``.ttl`` or ``.nt`` (``.nt.gz``) is a file, sorted; any other a folder, which
    becomes a graph to ask (`kg.open_graph`). Answers have about ``batch`` triples; a graph of more
    than ``most`` is refused. Raises `KGError` when the store gives no more, or not all; the next
    pull goes on there.
    """
    target, remote = Path(to), Remote(store)
    is_file = target.name.endswith((".ttl", ".nt", ".nt.gz"))
    if not is_file:
        _check(target)
    kept = target.absolute().parent / f".{target.name}.pulling"
    plan = _plan(remote, store, batch)
    if plan.triples > most:
        raise KGError(f"{store.url}: {plan.triples:,} triples, more than the {most:,} allowed.")
    _resume(kept, plan)
    done = 0
    for part, count in plan.parts.items():
        path = kept / f"{part or 'all'}.nt.gz"
        if not path.exists():
            _fetch(remote, plan, part, path)
        done += count
        if progress is not None:
            progress("pulling", done, plan.triples)
    with Spool(_lines(kept / f"{part or 'all'}.nt.gz" for part in plan.parts)) as lines:
        (_file if is_file else _folder)(target, lines)
    shutil.rmtree(kept)
    return plan.triples


# --- asking --------------------------------------------------------------------------------------


def _where(graph: str | None, more: str = "") -> str:
    triples = "?s ?p ?o ."
    return f"{{ {f'GRAPH <{graph}> {{ {triples} }}' if graph else triples} {more} }}"


def _hash(digits: int) -> str:
    return f"SUBSTR(MD5(STR(?s)), 1, {digits})"


def _plan(remote: Remote, store: Store, batch: int) -> Plan:
    """How the graph is taken apart."""
    total = sum(_counts(remote, f"SELECT (COUNT(*) AS ?n) {_where(store.graph)}").values())
    digits = 0
    while total > batch * 16**digits and digits < _DIGITS:
        digits += 1
    if not digits:
        return Plan(store.url, store.graph, 0, {"": total} if total else {})
    where = _where(store.graph, f"FILTER(isIRI(?s)) BIND({_hash(digits)} AS ?part)")
    parts = _counts(remote, f"SELECT ?part (COUNT(*) AS ?n) {where} GROUP BY ?part")
    found = Plan(store.url, store.graph, digits, dict(sorted(parts.items())))
    if found.triples != total:
        raise KGError(
            f"{store.url}: {total:,} triples, of which {found.triples:,} are about an IRI. Blank "
            "nodes are not pulled; and nobody must write there meanwhile."
        )
    return found


def _form(query: str) -> str:
    """The query as a form: Virtuoso 7 never answers one that is posted as it is."""
    return urlencode({"query": query})


def _counts(remote: Remote, query: str) -> dict[str, int]:
    def read(answer: IO[bytes], _: str) -> dict[str, int]:
        rows = json.load(answer)["results"]["bindings"]
        return {row.get("part", {}).get("value", ""): int(row["n"]["value"]) for row in rows}

    try:
        return remote.post(_form(query), _FORM, read, _ROWS)
    except (ValueError, KeyError, TypeError) as error:
        raise KGError(f"a count was asked for, and came as something else ({error!r}).") from error


def _fetch(remote: Remote, plan: Plan, part: str, path: Path) -> None:
    """Keep a piece, when all of it is here."""
    count = plan.parts[part]
    only = f"FILTER({_hash(plan.digits)} = '{part}')" if part else ""
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {_where(plan.graph, only)}"
    most = count * _LONG + (1 << 20)

    def read(answer: IO[bytes], kind: str) -> list[str]:
        if kind != _NTRIPLES:
            raise KGError(f"{plan.url}: gives {kind}, where {_NTRIPLES} was asked for.")
        content = answer.read(most + 1)
        if len(content) > most:
            raise KGError(f"{plan.url}: more than {most:,} bytes for {count:,} triples.")
        return list(_parsed(content, plan.url))

    lines = sorted({*remote.post(_form(query), _FORM, read, _NTRIPLES)})
    if len(lines) != count:
        raise KGError(
            f"{plan.url}: gave {len(lines):,} of {count:,} triples. Either it cuts long answers (ask for "
            "less at once: --batch), or a graph has to be named (--from-graph), or somebody writes "
            "there just now. Pull again; what is here is not asked for twice."
        )
    beside = path.with_name(f".{path.name}.part")
    with gzip.open(beside, "wt", encoding="utf-8", newline="\n", compresslevel=3) as file:
        file.writelines(f"{line}\n" for line in lines)
    beside.replace(path)


def _parsed(content: bytes, url: str) -> Iterator[str]:
    try:
        for quad in ox.parse(content, format=ox.RdfFormat.N_TRIPLES, lenient=True):
            if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode):
                raise KGError(f"{url}: holds blank nodes, which are not pulled.")
            yield f"{quad.triple} ."
    except SyntaxError as error:
        raise KGError(f"{url}: what came is no N-Triples: {error}") from error


# --- keeping -------------------------------------------------------------------------------------


def _resume(kept: Path, plan: Plan) -> None:
    """Keep what a stopped pull of the same left, and nothing else."""
    named = json.dumps(asdict(plan), sort_keys=True)
    note = kept / "plan.json"
    if note.is_file() and note.read_text(encoding="utf-8") == named:
        return
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    note.write_text(named, encoding="utf-8", newline="\n")


def _lines(paths: Iterable[Path]) -> Iterator[str]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                yield line.rstrip("\n")


def _file(target: Path, lines: Iterable[str]) -> None:
    if target.name.endswith(".gz"):
        with gzip.open(target, "wt", encoding="utf-8", newline="\n") as packed:
            packed.writelines(f"{line}\n" for line in lines)
        return
    with written(target) as file:
        if target.name.endswith(".ttl"):
            turtle_of(lines, load_config().graph.base, file)
        else:
            file.writelines(f"{line}\n" for line in lines)


def _check(folder: Path) -> None:
    """Whether a folder may be pulled into: a new one, or one that only pulls wrote."""
    manifest = read_manifest(folder)
    if manifest is not None and manifest.articles:
        raise GraphError(f"{folder}: a graph built from articles. Name another folder.")
    if manifest is None and folder.exists() and any(folder.iterdir()):
        raise GraphError(f"{folder}: holds other files. Name another folder.")


def _folder(target: Path, lines: Iterable[str]) -> None:
    """Make a folder whose graph this is; it has no articles to build on."""
    with writing(target):
        before = read_manifest(target) or Manifest()
        place = next_graph(target, before)
        triples = write_lines(place, lines)
        (target / "results").mkdir(exist_ok=True)
        with open_graph(place) as graph:
            settings = load_config(graph={"base": graph.base})
        named = {name: settings.plain()[name] for name in ("pipeline", "resolve", "graph")}
        land(
            target,
            Manifest(
                graph=place.name, settings=named, triples=triples, files=store_files(place),
                outputs=(),
            ),
            (),
        )  # fmt: skip
