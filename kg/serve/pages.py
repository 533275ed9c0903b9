"""A page for each thing of the graph, and what the graph says of it as RDF.

A thing is found below its IRI's path: ``https://kg.example/entity/Netflix`` at ``/entity/Netflix``.
Pages are plain HTML without scripts; whatever an article brought stands in them escaped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import islice
from typing import Any, Final
from urllib.parse import quote, unquote

import pyoxigraph as ox

from kg.errors import GraphError
from kg.graph.reading import Reading
from kg.graph.turtle import turtle_text
from kg.graph.vocab import DCTERMS, KG, LABEL, OA, PROV, RDF, SAID, SCHEMA, prefixes, term
from kg.knowledge_graph import Graph
from kg.model import Entity, Literal, Node, Quotation, Statement
from kg.serve.answering import Limits, Refused, Sink
from kg.serve.markup import cell, href, html
from kg.serve.sparql import GRAPH_FORMATS

#: Statements on a page, the most telling first; triples that lead to a thing, in its RDF.
_SHOWN: Final = 100
_INCOMING: Final = 5_000


def found_at(graph: Graph, path: str) -> ox.NamedNode:
    """The thing at this path, as it was sent: escaped or not. Refused with 404 if there is none."""
    for form in dict.fromkeys((path, unquote(path), quote(unquote(path), safe="/:@!$&'()*+,;=~"))):
        try:
            node = ox.NamedNode(graph.base + form)
        except ValueError:
            continue
        if any(True for _ in graph.store.store.quads_for_pattern(node, None, None, SAID)):
            return node
    raise Refused(404, f"The graph has nothing at /{path}")


# --- as RDF --------------------------------------------------------------------------------------


def describe(graph: Graph, sink: Sink, limits: Limits, *, path: str, graphs: str) -> None:
    """What the graph says of a thing, in RDF: its own triples, those of its parts, and those that
    lead to it (of a thing that very many lead to, so many)."""
    triples = _described(graph, found_at(graph, path))
    if graphs == "text/turtle":
        names = tuple(prefixes(graph.base).items())
        sink.whole(graphs, turtle_text((f"{triple} ." for triple in triples), names).encode())
        return
    sink.whole(graphs, ox.serialize(triples, format=GRAPH_FORMATS[graphs]) or b"")


def _described(graph: Graph, node: ox.NamedNode) -> list[ox.Triple]:
    store = graph.store.store
    triples: list[ox.Triple] = []
    queue: list[Any] = [node]
    seen: set[object] = {node}
    while queue:
        for quad in store.quads_for_pattern(queue.pop(), None, None, SAID):
            triples.append(quad.triple)
            if quad.object not in seen and _is_part(graph, quad):
                seen.add(quad.object)
                queue.append(quad.object)
    incoming = store.quads_for_pattern(None, None, node, SAID)
    triples += [q.triple for q in islice(incoming, _INCOMING) if q.subject not in seen]
    return sorted(triples, key=str)


_PARTS: Final = (f"{PROV}wasDerivedFrom", f"{KG}argument", f"{OA}hasSelector", f"{KG}merge")


def _is_part(graph: Graph, quad: ox.Quad) -> bool:
    """Whether the object belongs to the subject: evidence, its words, an argument."""
    if quad.predicate.value not in _PARTS or not isinstance(quad.object, ox.NamedNode):
        return False
    return not quad.object.value.startswith(f"{graph.base}article/")


# --- as HTML -------------------------------------------------------------------------------------


def page(graph: Graph, sink: Sink, limits: Limits, *, path: str) -> None:
    """The page of a thing."""
    node = found_at(graph, path)
    reading = Reading(graph.store.store, graph.base)
    show = {"entity": _entity, "statement": _statement}.get(path.partition("/")[0], _thing)
    try:
        title, body = show(graph, reading, node)
    except GraphError:  # it is there, but not whole: a thing that another one replaced
        title, body = _thing(graph, reading, node)
    here = escape(quote(path, safe="/%:@!$&'()*+,;=~"))
    iri = f'<p class="note">{escape(node.value)} · as '
    iri += f'<a href="/{here}?as=turtle">Turtle</a>, <a href="/{here}?as=json">JSON-LD</a></p>'
    sink.whole("text/html", html(title, f"<h1>{escape(title)}</h1>{iri}{body}").encode())


def _entity(graph: Graph, reading: Reading, node: ox.NamedNode) -> tuple[str, str]:
    entity = reading.entity(node.value)
    iris = told_of(graph, node)
    parts = [f'<p class="note">{escape(entity.type)}{_also(entity)}</p>']
    parts += [listed(graph, reading, [reading.statement(iri) for iri in iris[:_SHOWN]])]
    if len(iris) > _SHOWN:
        parts.append(f"<p>and {len(iris) - _SHOWN:,} more; ask by SPARQL for all.</p>")
    return entity.label, "".join(parts)


def _also(entity: Entity) -> str:
    return f" · also: {escape(', '.join(entity.aliases))}" if entity.aliases else ""


def told_of(graph: Graph, node: ox.NamedNode, most: int | None = None) -> list[str]:
    """The statements about a thing, or by it, the most telling first; ``most``: of so many that the
    store gives first, in each role."""
    store = graph.store.store
    found = {
        quad.subject.value
        for predicate in (f"{RDF}subject", f"{RDF}object", f"{KG}attributedTo")
        for quad in islice(store.quads_for_pattern(None, term(predicate), node), most)
        if isinstance(quad.subject, ox.NamedNode)
    }
    statements = (iri for iri in found if iri.startswith(f"{graph.base}statement/"))
    return sorted(statements, key=lambda iri: (-_salience(store, iri), iri))


def _salience(store: ox.Store, iri: str) -> float:
    for quad in store.quads_for_pattern(ox.NamedNode(iri), term(f"{KG}salience"), None):
        return float(quad.object.value)  # type: ignore[union-attr]
    return 0.5


def _statement(graph: Graph, reading: Reading, node: ox.NamedNode) -> tuple[str, str]:
    found = reading.statement(node.value)
    words = f"{found.subject.label} {found.predicate.label} {_words(found)}"
    return words, listed(graph, reading, [found])


def listed(graph: Graph, reading: Reading, statements: Sequence[Statement]) -> str:
    """Statements as a list in HTML, each with status, who says so, and its passages."""
    items = "".join(f"<li>{''.join(_told(graph, reading, s))}</li>\n" for s in statements)
    return f"<ol>{items}</ol>" if items else "<p>No statement is about it.</p>"


def _told(graph: Graph, reading: Reading, s: Statement) -> Iterator[str]:
    yield f'<span class="status {escape(s.status)}">{escape(s.status)}</span>'
    yield f"{_node(graph, s.subject)} {escape(s.predicate.label)} {_object(graph, s)}"
    if s.attributed_to:
        yield f" (says {_node(graph, s.attributed_to)})"
    for argument in s.arguments:
        yield f" · {escape(argument.role)}: {escape(argument.label)}"
    if s.unchecked:
        yield " · machine-read, unchecked"
    yield f' · <a href="{href(graph.base, s.id)}">statement</a>'
    for piece in s.evidence:
        where = f"{graph.base}article/{quote(piece.article, safe='')}"
        yield f"<blockquote>{escape(piece.text)}<br>"
        yield f'<span class="note">{_cited(graph, where, piece.source)}, {piece.start}–{piece.end}'
        yield "</span></blockquote>"


def _cited(graph: Graph, article: str, source: str) -> str:
    """Publisher, date and title of an article, with a link to its page."""
    values = {
        quad.predicate.value: quad.object.value
        for quad in graph.store.store.quads_for_pattern(ox.NamedNode(article), None, None)
        if isinstance(quad.object, ox.Literal)
    }
    keys = ("publisher", "datePublished", "headline")
    told = [values[f"{SCHEMA}{key}"] for key in keys if values.get(f"{SCHEMA}{key}")]
    return f'<a href="{href(graph.base, article)}">{escape(", ".join(told) or source)}</a>'


def _words(s: Statement) -> str:
    target = s.object
    if isinstance(target, Quotation):
        return f"“{target.text}”"
    return target.label if isinstance(target, Node | Literal) else target


def _object(graph: Graph, s: Statement) -> str:
    if isinstance(s.object, Node):
        return _node(graph, s.object)
    if isinstance(s.object, str):
        return f'<a href="{href(graph.base, s.object)}">what another statement says</a>'
    return escape(_words(s))


def _node(graph: Graph, node: Node) -> str:
    return f'<a href="{href(graph.base, node.id)}">{escape(node.label)}</a>'


def _thing(graph: Graph, reading: Reading, node: ox.NamedNode) -> tuple[str, str]:
    """Anything else: a table of its triples."""
    rows: list[tuple[str, ox.NamedNode | ox.Literal]] = sorted(
        (
            (quad.predicate.value, quad.object)
            for quad in graph.store.store.quads_for_pattern(node, None, None, SAID)
            if isinstance(quad.object, ox.NamedNode | ox.Literal)
        ),
        key=lambda row: (row[0], str(row[1])),
    )
    named = (f"{DCTERMS}title", f"{SCHEMA}headline", LABEL.value)
    title = next((o.value for p, o in rows if p in named), node.value)
    return title, f"<table>{''.join(_rows(graph, rows))}</table>"


def _rows(graph: Graph, rows: Iterable[tuple[str, ox.NamedNode | ox.Literal]]) -> Iterator[str]:
    for predicate, value in rows:
        yield f"<tr><th>{escape(_short(graph, predicate))}<td>{cell(graph.base, value)}\n"


def _short(graph: Graph, iri: str) -> str:
    for name, space in prefixes(graph.base).items():
        if iri.startswith(space):
            return f"{name}:{iri[len(space) :]}"
    return iri


TASKS: Final[dict[str, Any]] = {"describe": describe, "page": page}
