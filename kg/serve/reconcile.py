"""The Reconciliation Service API 0.2 of the W3C community group: names of a table to things here.

What OpenRefine speaks: a manifest, batches of names, suggestions while somebody types, a preview.
An id is what an entity's IRI ends with; types and properties are local names of the ontology.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any, Final

import msgspec
import pyoxigraph as ox

from kg.graph.named import plain
from kg.graph.reading import Reading
from kg.graph.vocab import KG, LABEL, RDF, RDFS, TYPE, term
from kg.serve.answering import Limits, Refused, Sink
from kg.serve.lookup import Candidate, Served
from kg.serve.markup import STYLE
from kg.serve.pages import found_at, told_of

VERSIONS: Final = ("0.2",)
#: Names in one batch, candidates for one name.
_BATCH: Final = 500
_CANDIDATES: Final = 50
#: What a property that speaks against a candidate takes from its score.
_AGAINST: Final = 0.7
_FIRST: Final = 3
_SUGGESTED: Final = 20


class Property(msgspec.Struct):
    """A further cell of the row: the property and its value (text, number, ``{"id": ...}``)."""

    pid: str
    v: Any = None


class Query(msgspec.Struct):
    """One name of a batch, as the API has it."""

    query: str = ""
    type: str | list[str] = []
    limit: int = 10
    properties: list[Property] = []
    type_strict: str = "any"


def manifest(graph: Served, sink: Sink, limits: Limits, *, url: str) -> None:
    """What this service can do."""
    store = graph.store.store
    kinds = sorted(graph.names.index.kinds() - {"Thing"})
    suggest = {
        what: {"service_url": url, "service_path": f"/reconcile/suggest/{what}"}
        for what in ("entity", "property", "type")
    }
    _send(
        sink,
        {
            "versions": VERSIONS,
            "name": f"kg graph of {graph.base}",
            "identifierSpace": f"{graph.base}entity/",
            "schemaSpace": KG,
            "view": {"url": f"{url}/entity/{{{{id}}}}"},
            "preview": {
                "url": f"{url}/reconcile/preview?id={{{{id}}}}", "width": 420, "height": 240,
            },
            "suggest": suggest,
            "defaultTypes": [_named(store, kind) for kind in kinds],
        },
    )  # fmt: skip


def reconcile(graph: Served, sink: Sink, limits: Limits, *, queries: str) -> None:
    """Candidates for each name of a batch."""
    try:
        asked = msgspec.json.decode(queries, type=dict[str, Query])
    except (msgspec.DecodeError, RecursionError) as error:
        raise Refused(400, f"The queries are not as the API has them: {error}") from None
    if len(asked) > _BATCH:
        raise Refused(400, f"A batch has {_BATCH} names at most; this one has {len(asked):,}.")
    matcher = _Matcher(graph)
    _send(sink, {key: {"result": matcher.candidates(query)} for key, query in asked.items()})


class _Matcher:
    """Finds candidates in one graph."""

    def __init__(self, graph: Served) -> None:
        self._store = graph.store.store
        self._base = graph.base
        self._names = graph.names

    def candidates(self, query: Query) -> list[dict[str, Any]]:
        """What a name may mean, the likeliest first. One is a match when it alone has the very
        name, and no property of the row speaks against it."""
        wanted = [query.type] if isinstance(query.type, str) else query.type
        types = {below for kind in wanted for below in self._below(kind.removeprefix(KG))}
        hard = types if query.type_strict != "should" else set()
        limit = max(1, min(query.limit, _CANDIDATES))
        found = self._names.find(query.query, hard, _CANDIDATES) if query.query.strip() else []
        if wanted and hard == set() and query.type_strict != "should":
            found = []  # a class that the graph does not have
        judged = [(*self._judged(one, query.properties), one) for one in found]
        judged.sort(key=lambda item: -item[0])
        sure = len(judged) == 1 or (len(judged) > 1 and judged[1][0] < judged[0][0])
        return [
            {
                "id": one.iri.removeprefix(f"{self._base}entity/"),
                "name": one.label,
                "type": [_named(self._store, one.type)],
                "score": score,
                "match": number == 0 and sure and score >= 100,
                "features": features,
            }
            for number, (score, features, one) in enumerate(judged[:limit])
        ]

    def _judged(
        self, one: Candidate, properties: Iterable[Property]
    ) -> tuple[float, list[dict[str, Any]]]:
        score = one.score
        features: list[dict[str, Any]] = []
        for given in properties:
            values = self._values(one.iri, given.pid.removeprefix(KG))
            if not values:
                continue  # the articles say nothing of it
            fits = not values.isdisjoint(_spoken(given.v))
            features.append({"id": given.pid, "value": 100 if fits else 0})
            score *= 1 if fits else _AGAINST
        return round(score, 1), features

    def _values(self, iri: str, relation: str) -> set[str]:
        try:
            predicate = ox.NamedNode(KG + relation)
        except ValueError:
            return set()
        found = set()
        for quad in self._store.quads_for_pattern(ox.NamedNode(iri), predicate, None):
            if isinstance(quad.object, ox.Literal):
                found.add(plain(quad.object.value))
            elif isinstance(quad.object, ox.NamedNode):
                found |= self._names.aliases.get(quad.object.value, set())
                found.add(plain(quad.object.value.removeprefix(f"{self._base}entity/")))
        return found

    def _below(self, kind: str) -> set[str]:
        """A class and those below it that things here have."""
        found, queue = set(), [kind]
        while queue:
            now = queue.pop()
            if now in found:
                continue
            found.add(now)
            try:
                node = ox.NamedNode(KG + now)
            except ValueError:
                return set()
            below = self._store.quads_for_pattern(None, term(f"{RDFS}subClassOf"), node)
            queue += [_local(q.subject) for q in below]
        return found & {*self._names.index.kinds(), "Thing"}


def _spoken(value: Any) -> set[str]:
    """The forms of a cell's value, as names are compared."""
    if isinstance(value, Mapping):
        return {plain(str(value[key])) for key in ("id", "name") if key in value}
    if isinstance(value, list):
        return {form for one in value for form in _spoken(one)}
    return {plain(str(value))}


# --- suggestions, preview ------------------------------------------------------------------------


def suggest(
    graph: Served, sink: Sink, limits: Limits, *, what: str, prefix: str, cursor: int
) -> None:
    """Things, classes or relations whose names begin so, from the ``cursor``-th on."""
    store, most = graph.store.store, cursor + _SUGGESTED
    rows: list[dict[str, Any]]
    if what == "entity":
        found = graph.names.starting(prefix, most)
        rows = [
            {
                "id": c.iri.removeprefix(f"{graph.base}entity/"),
                "name": c.label,
                "notable": [_named(store, c.type)],
            }
            for c in found
        ]
    else:
        known = _classes(graph) if what == "type" else _relations(store)
        named = (_named(store, name) for name in known)
        key = plain(prefix)
        rows = [{**row} for row in named if plain(row["name"]).startswith(key)]
    _send(sink, {"result": rows[cursor:most]})


def _classes(graph: Served) -> list[str]:
    return sorted(graph.names.index.kinds())


def _relations(store: ox.Store) -> list[str]:
    """The relations of the ontology that statements here have."""
    quads = store.quads_for_pattern(None, TYPE, term(f"{RDF}Property"))
    declared = {_local(q.subject) for q in quads}
    for kind in ("ObjectProperty", "DatatypeProperty"):
        owl = term(f"http://www.w3.org/2002/07/owl#{kind}")
        declared |= {_local(q.subject) for q in store.quads_for_pattern(None, TYPE, owl)}
    used = (
        name for name in declared
        if any(True for _ in store.quads_for_pattern(None, term(KG + name), None))
    )  # fmt: skip
    return sorted(used)


def preview(graph: Served, sink: Sink, limits: Limits, *, id: str) -> None:
    """A small page that tells what a thing is, to be shown in a frame."""
    node = found_at(graph, f"entity/{id}")
    reading = Reading(graph.store.store, graph.base)
    entity = reading.entity(node.value)
    body = "".join(_preview(reading, told_of(graph, node)))
    also = f"<br>also: {escape(', '.join(entity.aliases))}" if entity.aliases else ""
    page = (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f"<title>{escape(entity.label)}</title><style>{STYLE}</style></head><body>"
        f'<b>{escape(entity.label)}</b> <span class="note">{escape(entity.type)}{also}</span>'
        f"<ul>{body}</ul></body></html>\n"
    )
    sink.whole("text/html", page.encode())


def _preview(reading: Reading, iris: list[str]) -> Iterator[str]:
    for iri in iris[:_FIRST]:
        s = reading.statement(iri)
        words = s.evidence[0].text if s.evidence else ""
        yield f'<li><span class="status {escape(s.status)}">{escape(s.status)}</span>'
        yield f"{escape(words)}</li>"


def _named(store: ox.Store, name: str) -> dict[str, str]:
    """A class or relation with its label."""
    for quad in store.quads_for_pattern(term(KG + name), LABEL, None):
        return {"id": name, "name": quad.object.value}  # type: ignore[union-attr]
    return {"id": name, "name": name}


def _local(node: object) -> str:
    return node.value.removeprefix(KG) if isinstance(node, ox.NamedNode) else ""


def _send(sink: Sink, value: Any) -> None:
    sink.whole("application/json", msgspec.json.encode(value))


TASKS: Final[dict[str, Any]] = {
    "manifest": manifest, "reconcile": reconcile, "suggest": suggest, "preview": preview,
}  # fmt: skip
