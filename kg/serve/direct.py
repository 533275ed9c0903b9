"""Look-ups that the server answers by itself: what matches one triple pattern, while that is little.

``SELECT ?p ?o { <X> ?p ?o }`` is most of what programs ask (rdflib's ``SPARQLStore`` asks nothing else).
The engine has an index for each such pattern, so each row costs the same, and an answer that grows
beyond a few kilobytes is given up after a millisecond or two and left to a worker. Nothing else is
evaluated here: there is no telling what another query takes. What is one pattern is said by a
grammar that knows a small part of SPARQL, without comments and escapes; what it does not know goes to
a worker as well.
"""

from __future__ import annotations

import asyncio
import contextlib
import re
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote_plus

import pyoxigraph as ox
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.errors import KGError
from kg.folder import Held, hold
from kg.graph.store import GraphStore, open_graph
from kg.graph.vocab import prefixes
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

_IRI: Final = r'<[^<>"{}|^`\\\x00-\x20]*>'
_NAME: Final = r"[A-Za-z][A-Za-z0-9]*:[A-Za-z_][A-Za-z0-9_]*"
_VARIABLE: Final = r"[?$][A-Za-z_][A-Za-z0-9_]*"
_LITERAL: Final = rf'"[^"\\\r\n]*"(?:@[A-Za-z]+|\^\^(?:{_IRI}|{_NAME}))?'
_PATTERN: Final = re.compile(
    rf"\s*(?:(?i:PREFIX)\s+[A-Za-z][A-Za-z0-9]*:\s*{_IRI}\s*)*"
    rf"(?i:SELECT)\s+(?:\*|{_VARIABLE}(?:\s+{_VARIABLE})*)\s*(?:(?i:WHERE)\s*)?"
    rf"\{{\s*({_IRI}|{_NAME}|{_VARIABLE})\s+({_IRI}|{_NAME}|{_VARIABLE}|a)\s+"
    rf"({_IRI}|{_NAME}|{_VARIABLE}|{_LITERAL})\s*\.?\s*\}}\s*(?:(?i:LIMIT)\s+\d{{1,9}}\s*)?",
    re.ASCII,
)


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
        if graph is None or media not in RESULT_FORMATS or not is_look_up(text):
            return ()
        most = min(_MOST, self._options.bytes, self._options.rows * ROW[media])
        body = _answer(graph, text, media, most)
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


def is_look_up(text: str) -> bool:
    """Whether a query is one pattern, whose places hold different variables or none.

    >>> is_look_up("SELECT ?p { <https://kg.example/entity/X> ?p ?o } LIMIT 10")
    True
    >>> is_look_up("SELECT ?x { ?x ?p ?x }"), is_look_up("SELECT * { ?a ?b ?c . ?d ?e ?f }")
    (False, False)
    """
    if len(text) > _LONGEST or not (found := _PATTERN.fullmatch(text)):
        return False
    variables = [place[1:] for place in found.groups() if place[0] in "?$"]
    return len(set(variables)) == len(variables)


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


def _answer(graph: GraphStore, text: str, media: str, most: int) -> bytes | None:
    """The answer; None where it is long, or none: a worker tells why."""
    names = {name: iri for name, iri in prefixes(graph.base).items() if f"{name}:" in text}
    short: Any = _Short(most)
    try:
        found = graph.store.query(text, prefixes=names)
        assert isinstance(found, ox.QuerySolutions)
        found.serialize(short, format=RESULT_FORMATS[media])
    except (_Long, SyntaxError, RuntimeError, OSError, ValueError):
        return None
    return bytes(short.held)


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
