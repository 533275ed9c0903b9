"""Look-ups that the server answers by itself: what matches a few patterns about one thing, while
that is little.

``SELECT ?p ?o { <X> ?p ?o }`` and ``SELECT ?s ?p { ?s rdf:subject <X> ; rdf:predicate ?p }`` are most of what
programs ask (rdflib's ``SPARQLStore`` asks nothing else). The engine has an index for each single pattern, so
each row costs the same, and an answer that grows beyond a few kilobytes is given up after a
millisecond or two and left to a worker. Of several patterns, what can match is counted first, as far as
the engine could look at it without finding a row. Nothing else is
evaluated here: there is no telling what another query takes. What is a look-up is said by a
grammar that knows a small part of SPARQL, without comments and escapes; what it does not know goes to
a worker as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote_plus

import pyoxigraph as ox
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import KGError
from kg.folder import Held, hold
from kg.graph.store import GraphStore, open_graph
from kg.graph.vocab import SAID, TYPE, prefixes
from kg.serve.metrics import Metrics
from kg.serve.negotiation import HTML, RESULTS, choose
from kg.serve.options import Options
from kg.serve.pool import Pool
from kg.serve.sparql import RESULT_FORMATS, ROW

#: Bytes of an answer that is given here, and of a query that is looked at.
_MOST: Final = 1 << 14
_LONGEST: Final = 2_000
#: Seconds until a state that could not be opened is tried again.
_AGAIN: Final = 1.0

#: Patterns of a look-up, and triples that they may match together.
_PATTERNS: Final = 3
_TRIPLES: Final = 200

_IRI: Final = r'<[^<>"{}|^`\\\x00-\x20]*>'
_NAME: Final = r"[A-Za-z][A-Za-z0-9]*:[A-Za-z_][A-Za-z0-9_]*"
_VARIABLE: Final = r"[?$][A-Za-z_][A-Za-z0-9_]*"
_LITERAL: Final = rf'"[^"\\\r\n]*"(?:@[A-Za-z]+|\^\^(?:{_IRI}|{_NAME}))?'
_PREFIX: Final = rf"(?i:PREFIX)\s+([A-Za-z][A-Za-z0-9]*):\s*({_IRI})\s*"
_QUERY: Final = re.compile(
    rf"\s*((?:{_PREFIX})*)(?i:SELECT)\s+(?:\*|{_VARIABLE}(?:\s+{_VARIABLE})*)\s*"
    rf"(?:(?i:WHERE)\s*)?\{{([^{{}}]*)\}}\s*(?:(?i:LIMIT)\s+\d{{1,9}}\s*)?",
    re.ASCII,
)
_PREFIXES: Final = re.compile(_PREFIX, re.ASCII)
#: A term, with the blank that parts it from the next one; or what parts patterns.
_TOKENS: Final = re.compile(
    rf"\s*(?:({_IRI}|{_NAME}|{_VARIABLE}|{_LITERAL}|a)(?=[\s;.]|$)|([;.]))", re.ASCII
)

#: Subject, predicate and object, as they are written.
Pattern = tuple[str, str, str]


class Direct:
    """An ASGI application before another, which gets what is not answered here."""

    def __init__(self, app: ASGIApp, options: Options, pool: Pool, metrics: Metrics) -> None:
        self._app, self._options, self._metrics = app, options, metrics
        self._open = _Open(options.folder, pool)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"] == "/sparql" and scope["method"] == "GET":
            begun = time.perf_counter()
            if found := self._found(scope):
                self._metrics.took("direct", time.perf_counter() - begun)
                for message in found:
                    await send(message)
                return
        await self._app(scope, receive, send)

    def _found(self, scope: Scope) -> tuple[dict[str, Any], ...]:
        """The answer's messages; none where it is not for here."""
        name, _, written = scope["query_string"].partition(b"=")
        if name != b"query" or b"&" in written or len(written) > 3 * _LONGEST:
            return ()
        text = unquote_plus(written.decode("latin-1"), errors="replace")
        accept = b", ".join(value for key, value in scope["headers"] if key == b"accept")
        media = choose(accept.decode("latin-1"), (*RESULTS, HTML))
        graph = self._open.now()
        if graph is None or media not in RESULT_FORMATS:
            return ()
        asked = look_up(text)
        if asked is None:
            return ()
        most = min(_MOST, self._options.bytes, self._options.rows * ROW[media])
        body = _answer(graph, text, asked, media, most)
        if body is None:
            return ()
        headers = [
            (b"content-length", str(len(body)).encode()), (b"content-type", media.encode()),
            (b"vary", b"Accept"), (b"x-graph", self._open.name.encode()),
        ]  # fmt: skip
        if media.startswith("text/"):
            headers[1] = (b"content-type", f"{media}; charset=utf-8".encode())
        return (
            {"type": "http.response.start", "status": 200, "headers": headers},
            {"type": "http.response.body", "body": body},
        )


@dataclass(frozen=True, slots=True)
class LookUp:
    """Patterns about one thing, and the prefixes that the query declares."""

    patterns: tuple[Pattern, ...]
    names: dict[str, str]


def look_up(text: str) -> LookUp | None:
    """The patterns of a query that asks for nothing more; their variables differ, but for the thing
    that all are about.

    >>> look_up("SELECT ?p { <https://kg.example/entity/X> ?p ?o } LIMIT 10").patterns
    (('<https://kg.example/entity/X>', '?p', '?o'),)
    >>> look_up("SELECT ?x { ?x ?p ?x }"), look_up("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    (None, None)
    """
    if len(text) > _LONGEST or not (found := _QUERY.fullmatch(text)):
        return None
    patterns = _patterns(found[4])
    places = [patterns[0][0], *(place for p in patterns for place in p[1:])] if patterns else []
    variables = [place[1:] for place in places if place[0] in "?$"]
    if not patterns or len(set(variables)) != len(variables):
        return None
    return LookUp(patterns, {name: iri[1:-1] for name, iri in _PREFIXES.findall(found[1])})


def _patterns(body: str) -> tuple[Pattern, ...]:
    """``s p o ; p o . s p o``; none where it is something else."""
    found: list[Pattern] = []
    words: list[str] = []
    at = 0
    body = body.rstrip()
    while at < len(body):
        token = _TOKENS.match(body, at)
        if token is None:
            return ()
        at = token.end()
        if token[1]:
            words.append(token[1])
        if token[2] or at == len(body):
            if len(words) != 3 or words[0][0] in '"a' or words[1][0] == '"' or words[2] == "a":
                return ()
            found.append((words[0], words[1], words[2]))
            words = [words[0]] if token[2] == ";" else []
    is_whole = not words and len(found) <= _PATTERNS and len({s for s, _, _ in found}) == 1
    return tuple(found) if is_whole else ()


class _Long(Exception):
    """The answer is too long to be given here."""


class _Short:
    """What an answer is written to; it takes so many bytes."""

    def __init__(self, most: int) -> None:
        self.held, self._most = bytearray(), most

    def write(self, data: bytes) -> int:
        self.held += data
        if len(self.held) > self._most:
            raise _Long
        return len(data)

    def flush(self) -> None:
        """Nothing is sent before all is there."""


def _answer(graph: GraphStore, text: str, asked: LookUp, media: str, most: int) -> bytes | None:
    """The answer; None where there is none here: a worker gives it, or tells why not."""
    names = {**_names(graph.base), **asked.names}
    short: Any = _Short(most)
    try:
        if len(asked.patterns) > 1:
            _refuse_long(graph.store, asked.patterns, names)
        used = {name: iri for name, iri in names.items() if f"{name}:" in text}
        found = graph.store.query(text, prefixes=used)
        assert isinstance(found, ox.QuerySolutions)
        found.serialize(short, format=RESULT_FORMATS[media])
    except (_Long, SyntaxError, RuntimeError, OSError, ValueError, LookupError):
        return None
    return bytes(short.held)


@cache
def _names(base: str) -> dict[str, str]:
    return dict(prefixes(base))


def _refuse_long(store: ox.Store, patterns: Iterable[Pattern], names: Mapping[str, str]) -> None:
    """Raise `_Long` where the engine may look at much before it finds a row, or where no pattern says
    which things are meant. It begins with what is said by predicate and object, and of each thing
    found there reads one pattern after the other; what it finds by the last one is a row already."""
    terms = [(_term(s, names), _term(p, names), _term(o, names)) for s, p, o in patterns]
    subject = terms[0][0]
    closed = [term for term in terms if None not in term[1:]] if subject is None else []
    left = [term for term in terms if term not in closed]
    if subject is None and not closed:
        raise _Long
    found = 0
    things: list[Any] = [subject]
    for _, predicate, target in closed:
        most = islice(store.quads_for_pattern(None, predicate, target, SAID), _TRIPLES + 1)
        things = [quad.subject for quad in most]
        found += len(things)
    if found <= _TRIPLES and (subject is not None or len(left) > 1):
        for _, predicate, target in left:
            for thing in things:
                most = islice(store.quads_for_pattern(thing, predicate, target, SAID), _TRIPLES + 1)
                found += sum(1 for _ in most)
    if found > _TRIPLES:
        raise _Long


def _term(written: str, names: Mapping[str, str]) -> Any:
    """The term; None for a variable. A `LookupError` or `ValueError` where it is none."""
    first = written[0]
    if first in "?$":
        return None
    if first == "<":
        return ox.NamedNode(written[1:-1])
    if first == '"':
        value, _, kind = written[1:].rpartition('"')
        if kind.startswith("@"):
            return ox.Literal(value, language=kind[1:])
        return ox.Literal(value, datatype=_term(kind[2:], names)) if kind else ox.Literal(value)
    if written == "a":
        return TYPE
    name, _, local = written.partition(":")
    return ox.NamedNode(names[name] + local)


class _Open:
    """The state of the graph that the workers have, once it is open here as well."""

    def __init__(self, folder: Path, pool: Pool) -> None:
        self._folder, self._pool = folder, pool
        self._held: Held | None = None
        self._graph: GraphStore | None = None
        self._opening: asyncio.Task[None] | None = None
        self._tried = 0.0
        self.name = ""
        pool.listeners.append(self.follow)

    def now(self) -> GraphStore | None:
        """The graph; None until the state that workers have now is open."""
        if self._pool.about is None or self._pool.about.graph == self.name:
            return self._graph
        if time.monotonic() > self._tried + _AGAIN:
            self.follow()
        return None

    def follow(self) -> None:
        """Open the state that there is now, and let go of the one before: its files can go."""
        if self._opening is None or self._opening.done():
            self._opening = asyncio.create_task(self._take())

    async def _take(self) -> None:
        wanted = ""
        while self._pool.about is not None and self._pool.about.graph != wanted:
            wanted, self._tried = self._pool.about.graph, time.monotonic()
            with contextlib.suppress(KGError):
                held, graph = await asyncio.to_thread(self._opened)
                name = f"{held.path.name}-{held.manifest.content[:16]}"
                if name != wanted:  # a newer one, that no worker has yet
                    held.close()
                    continue
                before = self._held
                self._held, self._graph, self.name = held, graph, name
                if before is not None:
                    before.close()

    def _opened(self) -> tuple[Held, GraphStore]:
        held = hold(self._folder)
        try:
            return held, open_graph(held.path)
        except BaseException:
            held.close()
            raise
