"""What `kg mcp` asks a worker: search, explain, quotes, query, diff, as JSON (ask: `kg.serve.asking`).

Every statement comes with its status, who says so, and the passages that say it, each with its article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import wraps
from itertools import islice
from typing import Any, Final

import msgspec

from kg.errors import GraphError, KGError
from kg.graph.reading import Reading
from kg.knowledge_graph import Graph, diff
from kg.model import Evidence, Literal, Node, Quotation, Statement
from kg.results import to_plain
from kg.serve.answering import Limits, Refused, Sink

#: Characters of a passage; passages of a statement; statements that a query's rows are told with.
_PASSAGE: Final = 600
_PASSAGES: Final = 5
_TOLD: Final = 20


def as_tool(task: Callable[..., dict[str, Any]]) -> Callable[..., None]:
    """The task: its value as JSON, what the library refuses as a refusal."""

    @wraps(task)
    def answered(graph: Graph, sink: Sink, limits: Limits, **job: Any) -> None:
        try:
            found = task(graph, limits, **job)
        except KGError as error:
            raise Refused(400, str(error)) from None
        found = {"graph": graph.name, **found}
        sink.whole("application/json", msgspec.json.encode(found))

    return answered


@as_tool
def search(
    graph: Graph, limits: Limits, *, words: str, limit: int, statuses: list[str]
) -> dict[str, Any]:
    """Names, statements and passages with these words."""
    kinds = ("statement",) if statuses else ("name", "statement", "passage")
    found = graph.search(words, kinds=kinds, statuses=statuses, limit=limit)
    hits = [{**to_plain(hit), "passage": hit.passage[:_PASSAGE]} for hit in found.hits]
    return {"found": hits, "counts": dict(found.counts)}


@as_tool
def explain(
    graph: Graph,
    limits: Limits,
    *,
    subject: str,
    predicate: str | None,
    object: str | None,
    limit: int,
) -> dict[str, Any]:
    """What is said of a thing, or of a triple, the most telling first."""
    found = graph.explain(subject, predicate, object)
    return {
        "things": [
            {"iri": e.id, "name": e.label, "class": e.type, "also": list(e.aliases[:20])}
            for e in found.entities[:limit]
        ],
        "statements": [plain_statement(graph, s) for s in found.statements[:limit]],
        "left": max(0, len(found.statements) - limit),
    }


@as_tool
def quotes(
    graph: Graph, limits: Limits, *, speaker: str | None, words: str, limit: int
) -> dict[str, Any]:
    """What was said, each utterance once, with each article's words for it."""
    wanted = _plain(words)
    found = [
        said
        for said in graph.quotes(speaker)
        if any(wanted in _plain(variant.text) for variant in said.variants)
    ]
    told = [
        {
            "speaker": said.speaker.label, "post": said.post, "said": said.text[:_PASSAGE],
            "articles": [
                {
                    "status": "denied" if variant.denied else "asserted",
                    "words": variant.text[:_PASSAGE], "speech": variant.speech,
                    "outlet": variant.outlet, "date": variant.date, "statement": variant.statement,
                    **_passage(variant.evidence),
                }
                for variant in said.variants[:_PASSAGES]
            ],
        }
        for said in found[:limit]
    ]  # fmt: skip
    return {"said": told, "left": max(0, len(found) - limit)}


@as_tool
def query(graph: Graph, limits: Limits, *, text: str, limit: int) -> dict[str, Any]:
    """The rows of a SPARQL query; the statements that they name, with their passages."""
    answer = graph.store.query(text)  # no file is read, as `Graph.query` would
    if answer.kind == "ask":
        return {"truth": answer.truth, "rows": [], "statements": [], "left": 0}
    rows: Iterable[Any] = answer if answer.kind == "select" else map(str, answer.triples)
    shown = list(islice(rows, min(limit, limits.rows)))
    below = f"{graph.base}statement/"
    cells = [value for row in shown if isinstance(row, dict) for value in row.values() if value]
    named = dict.fromkeys(cell for cell in cells if cell.startswith(below))
    return {
        "rows": shown,
        "statements": _told(graph, islice(named, _TOLD)),
        "left": max(0, len(answer) - len(shown)),
        "notes": list(answer.notes),
    }


@as_tool
def differ(graph: Graph, limits: Limits, *, old: str, only: str, limit: int) -> dict[str, Any]:
    """What this graph holds otherwise than an older one, with the passages that say it now."""
    found = [change for change in diff(old, graph.folder) if only in ("", change.what)]
    changes = []
    for change in found[:limit]:
        own = [iri for iri in reversed(change.ids) if change.kind == "statement"]
        plain = {**to_plain(change), "statements": _told(graph, own[:1])}
        changes.append(plain)
    return {"changes": changes, "left": max(0, len(found) - limit)}


def _told(graph: Graph, iris: Iterable[str]) -> list[dict[str, Any]]:
    """The statements among these that this graph has."""
    reading, told = Reading(graph.store.store, graph.base), []
    for iri in iris:
        try:
            told.append(plain_statement(graph, reading.statement(iri)))
        except GraphError:
            continue
    return told


def plain_statement(graph: Graph, s: Statement) -> dict[str, Any]:
    """A statement as JSON has it: status, who says so, and its passages."""
    return {
        "iri": s.id,
        "status": s.status,
        "subject": s.subject.label,
        "relation": s.predicate.label,
        "object": _object(s),
        "by": s.attributed_to.label if s.attributed_to else "",
        "details": {argument.role: argument.label for argument in s.arguments},
        "independent sources": s.source_count,
        "unchecked": s.unchecked,
        "passages": [_passage(piece) for piece in s.evidence[:_PASSAGES]],
    }


def _passage(piece: Evidence) -> dict[str, Any]:
    return {
        "passage": piece.text[:_PASSAGE], "source": piece.source, "article": piece.article,
        "start": piece.start, "end": piece.end,
    }  # fmt: skip


def _object(s: Statement) -> str:
    if isinstance(s.object, Quotation):
        return f"“{s.object.text[:_PASSAGE]}”"
    return s.object.label if isinstance(s.object, Node | Literal) else s.object


def _plain(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


TASKS: Final[dict[str, Any]] = {
    "tool search": search, "tool explain": explain, "tool quotes": quotes, "tool query": query,
    "tool diff": differ,
}  # fmt: skip
