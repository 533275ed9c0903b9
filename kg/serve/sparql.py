"""SPARQL queries and whole graphs, answered by the engine."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from kg.errors import QueryError
from kg.graph.query import solve
from kg.graph.service import refuse_service
from kg.graph.vocab import prefixes
from kg.knowledge_graph import Graph
from kg.serve.answering import Limits, Refused, Sink
from kg.serve.markup import cell, html
from kg.serve.negotiation import HTML

#: Bytes that the shortest row takes in each form of answer: what decides when rows are counted.
ROW: Final = {
    "application/sparql-results+json": 3, "application/json": 3, "text/csv": 1,
    "text/tab-separated-values": 1, "application/sparql-results+xml": 17, "application/xml": 17,
    "text/xml": 17,
}  # fmt: skip
#: Rows that a page shows.
_SHOWN: Final = 500
RESULT_FORMATS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
    "text/xml": ox.QueryResultsFormat.XML,
    "text/csv": ox.QueryResultsFormat.CSV,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
GRAPH_FORMATS: Final = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/json": ox.RdfFormat.JSON_LD,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/xml": ox.RdfFormat.RDF_XML,
    "text/xml": ox.RdfFormat.RDF_XML,
}


def sparql(
    graph: Graph,
    sink: Sink,
    limits: Limits,
    *,
    text: str,
    default: Iterable[str],
    named: Iterable[str],
    results: str | None,
    graphs: str | None,
) -> None:
    """The answer of a query, as ``results`` (SELECT, ASK) or ``graphs`` (None: cannot be)."""
    # the engine reads each prefix it is given anew for each query
    names = {name: iri for name, iri in prefixes(graph.base).items() if f"{name}:" in text}
    given = {
        "default_graph": [_graph_name(iri) for iri in default] or None,
        "named_graphs": [_graph_name(iri) for iri in named] or None,
    }
    if given["named_graphs"] and not given["default_graph"]:
        given["default_graph"] = []  # the dataset is what was named, and nothing else
    if given["default_graph"] and given["named_graphs"] is None:
        given["named_graphs"] = []
    try:
        refuse_service(text, names)
    except QueryError:
        raise Refused(403, "SERVICE asks another server; this one asks none.") from None
    except SyntaxError:
        pass  # told below, with its place

    def ask() -> Any:
        return solve(graph.store.store, text, names, allow_service=True, **given)  # none is there

    found = ask()
    is_graph = isinstance(found, ox.QueryTriples)
    media = graphs if is_graph else results
    if media is None:
        kind = "a graph" if is_graph else "rows or a truth"
        offered = ", ".join(GRAPH_FORMATS if is_graph else RESULT_FORMATS)
        raise Refused(406, f"This query gives {kind}, in one of: {offered}.")
    if media == HTML:
        sink.whole(HTML, _table(graph, found).encode())
        return
    least = 1 if is_graph else ROW[media]
    watch = limits.rows * least, lambda: _count(ask(), limits.rows)
    sink.start(media, None if isinstance(found, ox.QueryBoolean) else watch)
    form: Any = GRAPH_FORMATS[media] if is_graph else RESULT_FORMATS[media]
    found.serialize(sink, format=form)


def _table(graph: Graph, found: Any) -> str:
    """An answer as a page: a table of its first rows, with links to pages of things."""
    if isinstance(found, ox.QueryBoolean):
        return html("Answer", f"<h1>{'Yes' if found else 'No'}</h1>")
    names = [escape(variable.value) for variable in found.variables]
    rows = [
        "".join(f"<td>{'' if value is None else cell(graph.base, value)}" for value in row)
        for row in islice(found, _SHOWN + 1)
    ]
    more = f"<p>Only the first {_SHOWN} rows are shown.</p>" if len(rows) > _SHOWN else ""
    head = "".join(f"<th>{name}" for name in names)
    body = "\n".join(f"<tr>{row}" for row in rows[:_SHOWN])
    return html("Answer", f"<h1>Answer</h1><table><tr>{head}\n{body}</table>{more}")


def _graph_name(iri: str) -> ox.NamedNode:
    try:
        return ox.NamedNode(iri)
    except ValueError as error:
        raise Refused(400, f"{iri!r} is not the IRI of a graph: {error}") from None


def _count(found: Iterable[Any], most: int) -> None:
    """Refuse an answer of more rows. It is asked a second time for that, once it is so long that
    it may have too many: the engine writes rows and tells no number."""
    for number, _ in enumerate(found):
        if number >= most:
            raise Refused(400, f"The answer has more than {most:,} rows. Ask for less, with LIMIT.")


def dump(graph: Graph, sink: Sink, limits: Limits, *, name: str | None, graphs: str) -> None:
    """All triples of a graph: of the default graph, or of the one of that name."""
    store = graph.store.store
    if name is not None and not store.contains_named_graph(_graph_name(name)):
        raise Refused(404, f"No graph {name} here; everything is in the default graph: ?default")
    sink.start(graphs)
    source = ox.DefaultGraph() if name is None else _graph_name(name)
    to: Any = sink
    store.dump(to, GRAPH_FORMATS[graphs], from_graph=source)


TASKS: Final[dict[str, Any]] = {"sparql": sparql, "dump": dump}
