"""The page of `kg view`, of a graph of any size: as the build wrote it, or of what is around a name.

What is around a name is read from the store by itself, so its cost follows what is shown and not the
graph. The page knows that a server shows it, and asks it for names that it does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from heapq import nlargest
from itertools import islice
from typing import Any, Final
from urllib.parse import quote

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.inferred import Inferences
from kg.graph.reading import Reading
from kg.graph.vocab import KG, term
from kg.knowledge_graph import Graph
from kg.model import Article, Entity, Inferred, Statement
from kg.serve.answering import Limits, Sink
from kg.serve.pages import found_at, told_of
from kg.view import ViewOptions, render
from kg.view.html import served
from kg.view.select import mentioned

#: Statements of the name itself; of its neighbours, each; neighbours that are looked at.
_OWN: Final = 400
_OTHERS: Final = 100
_NEIGHBOURS: Final = 60
#: Statements of a neighbour among which the most telling are looked for.
_LOOKED: Final = 1_000
#: Statements of a page that no build wrote.
_FIRST: Final = 500


def view(graph: Graph, sink: Sink, limits: Limits, *, focus: str, may: str) -> None:
    """The page around the thing at the path ``focus``; without one, of the whole graph."""
    page = _around(graph, focus) if focus else _built(graph) or _telling(graph)
    sink.whole("text/html", served(page, may))


def _built(graph: Graph) -> bytes:
    """The page that the build wrote, if it shows this state of the graph."""
    try:
        page = (graph.folder / "graph.html").read_bytes()
    except OSError:
        return b""
    _, mark, told = page.rpartition(b"<!-- kg graph ")
    content = told.partition(b" ")[0].decode(errors="replace")
    return page if mark and content[:16] == graph.name.rpartition("-")[2] else b""


@lru_cache(maxsize=1)  # a worker has one graph, which stays as it is
def _telling(graph: Graph) -> bytes:
    """A page of the most telling statements."""
    quads = graph.store.store.quads_for_pattern(None, term(f"{KG}salience"), None)
    ranked = ((float(q.object.value), q.subject.value) for q in quads)  # type: ignore[union-attr]
    iris = {iri for _, iri in nlargest(_FIRST, ranked)}
    if not iris:
        return _page(graph, list(graph.statements())[:_FIRST])
    reading = Reading(graph.store.store, graph.base)
    below = f"{graph.base}statement/"
    return _page(graph, [reading.statement(iri) for iri in sorted(iris) if iri.startswith(below)])


def _around(graph: Graph, focus: str) -> bytes:
    """A page of what is told of a thing, and of its neighbours among each other."""
    node = found_at(graph, focus)
    reading = Reading(graph.store.store, graph.base)
    reading.entity(node.value)
    own = {iri: reading.statement(iri) for iri in told_of(graph, node)[:_OWN]}
    near: dict[str, None] = {}
    for statement in own.values():
        near.update(dict.fromkeys(sorted(mentioned(statement))))
    inside = {node.value, *near}
    for iri in [iri for iri in near if iri != node.value][:_NEIGHBOURS]:
        for other in told_of(graph, ox.NamedNode(iri), _LOOKED)[:_OTHERS]:
            if other not in own and mentioned(found := reading.statement(other)) <= inside:
                own[other] = found
    far = {
        statement.id: statement
        for found in islice(_following(graph, [node.value]), _NEIGHBOURS)
        for statement in _told_by(found)
    }
    hops = 1 if far.keys() <= own.keys() else 2  # what a chain goes on to lies further off
    told = sorted((own | far).values(), key=lambda s: s.id)
    return _page(graph, told, node.value, hops)


def _following(graph: Graph, names: Iterable[str]) -> Iterable[Inferred]:
    """What follows about these things, if the graph was built with that."""
    store = graph.store.store
    return Inferences(store, store, graph.base).telling(names) if graph.infers else ()


def _told_by(found: Inferred) -> Iterator[Statement]:
    """The statements that a fact follows from in the end, and those that deny it."""
    yield from found.denials
    for premise in found.follows_from:
        if isinstance(premise, Statement):
            yield premise
        elif isinstance(premise, Inferred):
            yield from _told_by(premise)


def _page(
    graph: Graph, statements: list[Statement], focus: str | None = None, hops: int = 1
) -> bytes:
    reading = Reading(graph.store.store, graph.base)
    names = {iri for statement in statements for iri in mentioned(statement)}
    names.update([focus] if focus else [])
    entities = [found for iri in sorted(names) if (found := _entity(reading, iri))]
    cited = sorted({piece.article for s in statements for piece in s.evidence})
    articles = [_article(graph, reading, key) for key in cited]
    options = ViewOptions(base=graph.base, focus=focus, hops=hops, excerpts=True)
    return render(entities, statements, articles, options, _following(graph, names)).encode()


def _entity(reading: Reading, iri: str) -> Entity | None:
    try:
        return reading.entity(iri)
    except GraphError:
        return None


def _article(graph: Graph, reading: Reading, key: str) -> Article:
    return reading.article(f"{graph.base}article/{quote(key, safe='')}")


TASKS: Final[dict[str, Any]] = {"view": view}
