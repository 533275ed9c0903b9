"""The server's addresses, and which job each becomes.

::

    /sparql                SPARQL 1.1 Protocol (query)
    /graph                 Graph Store HTTP Protocol, for reading: ?default or ?graph=IRI
    /entity/X, ...         the thing of that IRI: a page, Turtle, JSON-LD ...
    /search?q=             things by name
    /ask?q=                the answer to a question in plain words
    /neighbours/entity/X   what a thing is tied to
    /reconcile...          Reconciliation Service API
    /                      the page of `kg view`; ?focus=entity/X: around a thing
    /corrections           what was corrected; with --edit, POST adds and DELETE takes back
    /health, /metrics
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final

import msgspec
import pyoxigraph as ox
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from kg.serve.answering import Edit, Outcome
from kg.serve.description import FORM, description
from kg.serve.direct import Direct
from kg.serve.editor import Editor
from kg.serve.guard import Guard, may_edit
from kg.serve.markup import KINDS, PAGE_POLICY, html
from kg.serve.metrics import Metrics
from kg.serve.negotiation import GRAPHS, HTML, RESULTS, choose
from kg.serve.options import Options
from kg.serve.pool import Busy, Pool, Reply, Rest
from kg.serve.process import Ended
from kg.serve.protocol import Pairs, asked, form, pairs, posted
from kg.serve.sparql import GRAPH_FORMATS

log = logging.getLogger("kg.serve")

#: Formats that a link can name, where a browser cannot send another Accept.
_AS: Final = {"turtle": "text/turtle", "json": "application/ld+json", "html": HTML}
#: Seconds after which the server looks whether the client still waits.
_PATIENCE: Final = 0.2
_MOST: Final = 500


def application(options: Options, pool: Pool) -> ASGIApp:
    """The server as an ASGI application over these workers. What every request passes stands before
    Starlette, which a look-up never reaches."""
    metrics = Metrics()
    site = _Site(options, pool, metrics, Editor(options, pool))
    app = Starlette(routes=site.routes(), exception_handlers={HTTPException: _told})
    return metrics.counting(Guard(Direct(app, options, pool, metrics), options))


async def _told(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return PlainTextResponse(f"{error.detail}\n", error.status_code, error.headers)


class _Long(Response):
    """An answer that goes on: sent piece by piece, as fast as the client takes it. One that breaks
    off ends the connection, so that nobody takes a part for the whole."""

    def __init__(self, reply: Reply, rest: Rest, headers: Mapping[str, str]) -> None:
        super().__init__(status_code=reply.status, headers=dict(headers), media_type=reply.type)
        del self.headers["content-length"]
        self._first, self._rest = reply.body, rest

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await send(
                {"type": "http.response.start", "status": self.status_code,
                 "headers": self.raw_headers}
            )  # fmt: skip
            with _leaving(receive):
                await _piece(send, self._first)
                async for piece in self._rest:
                    await _piece(send, piece)
                await send({"type": "http.response.body", "body": b"", "more_body": False})
        except _Left:
            pass
        except Ended as error:  # no last piece: the connection ends, and the client knows
            log.warning("an answer broke off: %s", error)
        finally:
            self._rest.close()


async def _piece(send: Send, body: bytes) -> None:
    await send({"type": "http.response.body", "body": body, "more_body": True})


class _Left(Exception):
    """The client went away."""


@contextlib.contextmanager
def _leaving(receive: Receive) -> Iterator[None]:
    """A block that ends with `_Left` when the client goes away; it looks after a moment first."""
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    looking: list[asyncio.Task[None]] = []
    left = False

    async def look() -> None:
        nonlocal left
        while (await receive())["type"] != "http.disconnect":
            pass
        left = True
        if task is not None:
            task.cancel()

    timer = loop.call_later(_PATIENCE, lambda: looking.append(loop.create_task(look())))
    try:
        yield
    except asyncio.CancelledError:
        if not left:
            raise
        if task is not None:
            task.uncancel()
        raise _Left from None
    finally:
        timer.cancel()
        for one in looking:
            one.cancel()


class _Site:
    """The endpoints, over one pool."""

    def __init__(self, options: Options, pool: Pool, metrics: Metrics, editor: Editor) -> None:
        self._options, self._pool, self._metrics = options, pool, metrics
        self._editor = editor

    def routes(self) -> list[BaseRoute]:
        """All addresses."""
        get, both = ["GET", "HEAD", "OPTIONS"], ["GET", "HEAD", "POST", "OPTIONS"]

        def route(path: str, answer: Callable[..., Any], methods: Sequence[str]) -> Route:
            return Route(path, _options(answer, methods), methods=[*methods])

        return [
            route("/", self.home, get),
            route("/sparql", self.sparql, both),
            route("/graph", self.graph, get),
            route("/search", self.search, get),
            route("/ask", self.ask, get),
            route("/neighbours/{path:path}", self.neighbours, get),
            route("/reconcile", self.reconcile, both),
            route("/reconcile/suggest/{what}", self.suggest, get),
            route("/reconcile/preview", self.preview, get),
            route("/corrections", self.corrections, both),
            route("/corrections/{id}", self.undo, ["DELETE", "OPTIONS"]),
            route("/health", self.health, get),
            route("/metrics", self.metrics, get),
            *(route(f"/{kind}/{{path:path}}", self.thing, get) for kind in KINDS),
        ]

    # --- SPARQL --------------------------------------------------------------------------------

    async def sparql(self, request: Request) -> Response:
        """A query's answer; without a query, what the endpoint is."""
        accept = _accept(request)
        found = await asked(request, self._options.length)
        if found is None:
            return self._described(request)
        results, graphs = choose(accept, (*RESULTS, HTML)), choose(accept, GRAPHS)
        if results is None and graphs is None:
            raise HTTPException(406, f"Answers come as {', '.join((*RESULTS, *GRAPHS))}.")
        return await self._answer(
            request, "sparql", text=found.text, default=found.default, named=found.named,
            results=results, graphs=graphs, headers={"Vary": "Accept"},
        )  # fmt: skip

    def _described(self, request: Request) -> Response:
        media = choose(_accept(request), (*GRAPHS, HTML))
        if media is None:
            raise HTTPException(406, f"The description comes as {', '.join((*GRAPHS, HTML))}.")
        headers = {"Vary": "Accept"}
        if media == HTML:
            headers["Content-Security-Policy"] = PAGE_POLICY
            return Response(html("SPARQL", FORM), headers=headers, media_type=HTML)
        triples = self._pool.about.triples if self._pool.about else 0
        lines = description(self._url(request), triples)
        parsed = (quad.triple for quad in ox.parse(lines, format=ox.RdfFormat.N_TRIPLES))
        body = ox.serialize(parsed, format=GRAPH_FORMATS[media])
        return Response(body, headers=headers, media_type=media)

    async def graph(self, request: Request) -> Response:
        """A whole graph, by the Graph Store Protocol."""
        given = pairs(request, self._options.length)
        names = [value for key, value in given if key == "graph"]
        default = sum(key == "default" for key, _ in given)
        if len(names) + default != 1:
            raise HTTPException(400, "Name one graph: ?default, or ?graph=IRI")
        media = self._media(request, GRAPHS)
        name = names[0] if names else None
        return await self._answer(request, "dump", name=name, graphs=media)

    # --- things --------------------------------------------------------------------------------

    async def thing(self, request: Request) -> Response:
        """What the graph says of a thing."""
        path = _path(request)
        wanted = _one(pairs(request, self._options.length), "as")
        if wanted and wanted not in _AS:
            raise HTTPException(400, f"as={wanted}: there are {', '.join(_AS)}.")
        media = _AS[wanted] if wanted else self._media(request, (*GRAPHS, HTML))
        if media == HTML:
            return await self._answer(request, "page", path=path)
        return await self._answer(request, "describe", path=path, graphs=media)

    async def search(self, request: Request) -> Response:
        """Things by name."""
        given = pairs(request, self._options.length)
        media = self._media(request, ("application/json", HTML))
        return await self._answer(
            request, "search", text=_one(given, "q"), limit=_number(given, "limit", 20), type=media
        )

    async def ask(self, request: Request) -> Response:
        """The answer to a question in plain words."""
        given = pairs(request, self._options.length)
        media = self._media(request, ("application/json", HTML))
        return await self._answer(
            request, "ask", question=_one(given, "q"), limit=_number(given, "limit", 20), type=media
        )

    async def neighbours(self, request: Request) -> Response:
        """What a thing is tied to."""
        limit = _number(pairs(request, self._options.length), "limit", 100)
        path = _path(request).removeprefix("neighbours/")
        return await self._answer(request, "neighbours", path=path, limit=limit)

    async def home(self, request: Request) -> Response:
        """The page of `kg view`: of the graph, or of what is ``?focus=entity/X`` and around it."""
        focus = _one(pairs(request, self._options.length), "focus")
        if focus and not focus.startswith("entity/"):
            raise HTTPException(400, "The page is drawn around an entity: ?focus=entity/X")
        # its own policy, in the page, lets its scripts run and ask this server, and nothing else
        only = {"Content-Security-Policy": "frame-ancestors 'none'"}
        may = "edit" if self._options.edit else "read"
        return await self._answer(request, "view", focus=focus, may=may, headers=only)

    # --- reconciliation --------------------------------------------------------------------------

    async def reconcile(self, request: Request) -> Response:
        """The manifest, or candidates for a batch of names."""
        queries = _one(await form(request, self._options.length), "queries")
        if queries:
            return await self._answer(request, "reconcile", queries=queries)
        if request.method == "POST":
            raise HTTPException(400, "A batch of names is needed, as queries=...")
        return await self._answer(request, "manifest", url=self._url(request))

    async def suggest(self, request: Request) -> Response:
        """Names that begin as somebody typed."""
        what = request.path_params["what"]
        if what not in ("entity", "type", "property"):
            raise HTTPException(404, f"Nothing suggests {what}.")
        given = pairs(request, self._options.length)
        return await self._answer(
            request, "suggest", what=what, prefix=_one(given, "prefix"),
            cursor=_number(given, "cursor", 0),
        )  # fmt: skip

    async def preview(self, request: Request) -> Response:
        """A small page in a frame of the asking page."""
        name = _one(pairs(request, self._options.length), "id")
        frames = " ".join(self._options.origins) or "'none'"
        policy = PAGE_POLICY.replace("frame-ancestors 'none'", f"frame-ancestors {frames}")
        return await self._answer(
            request, "preview", id=name, headers={"Content-Security-Policy": policy}
        )

    # --- corrections -------------------------------------------------------------------------------

    async def corrections(self, request: Request) -> Response:
        """What was corrected, with what became of it; by POST, more of it."""
        if request.method != "POST":
            return await self._answer(request, "corrections", pending=self._editor.pending)
        may_edit(request, self._options)
        return _became(await self._editor.edit(Edit(await posted(request, self._options.length))))

    async def undo(self, request: Request) -> Response:
        """Take a correction back."""
        may_edit(request, self._options)
        return _became(await self._editor.edit(Edit(undo=[request.path_params["id"]])))

    # --- the server itself -----------------------------------------------------------------------

    async def health(self, _: Request) -> Response:
        """Whether it answers; 503 where no worker lives."""
        pool = self._pool
        status = "ok" if pool.alive and not pool.trouble else "degraded" if pool.alive else "down"
        return PlainTextResponse(f"{status}\n", 503 if status == "down" else 200)

    async def metrics(self, _: Request) -> Response:
        """Counts, as Prometheus reads them."""
        return PlainTextResponse(
            self._metrics.text(self._pool), media_type="text/plain; version=0.0.4"
        )

    # --- what they share ---------------------------------------------------------------------------

    def _media(self, request: Request, offers: tuple[str, ...]) -> str:
        media = choose(_accept(request), offers)
        if media is None:
            raise HTTPException(406, f"This comes as {', '.join(offers)}.")
        return media

    def _url(self, request: Request) -> str:
        """The address that the client knows this server by."""
        return (self._options.url or f"http://{request.headers['host']}").rstrip("/")

    async def _answer(
        self, request: Request, task: str, *, headers: Mapping[str, str] | None = None, **job: Any
    ) -> Response:
        """The answer of a worker to this job."""
        client = request.client.host if request.client else ""
        begun = time.perf_counter()
        try:
            with _leaving(request.receive):
                reply = await self._pool.ask({"task": task, **job}, client)
        except Busy as error:
            raise HTTPException(error.status, str(error), {"Retry-After": "1"}) from None
        except Ended as error:
            raise HTTPException(503 if error.late else 500, str(error)) from None
        except _Left:
            return Response(status_code=499)  # nobody reads it
        finally:
            self._metrics.took(task, time.perf_counter() - begun)
        own = {"Vary": "Accept", "X-Graph": reply.about.graph, **(headers or {})}
        if reply.type == HTML:
            own.setdefault("Content-Security-Policy", PAGE_POLICY)
        if reply.rest is None:
            return Response(reply.body, reply.status, own, media_type=reply.type)
        return _Long(reply, reply.rest, own)


def _became(outcome: Outcome) -> Response:
    """An edit's answer."""
    if outcome.status not in (200, 202):
        again = {"Retry-After": "5"} if outcome.status == 503 else None
        raise HTTPException(outcome.status, outcome.message, again)
    told = {"corrections": outcome.corrections, "graph": outcome.graph, "note": outcome.message}
    return Response(msgspec.json.encode(told), outcome.status, media_type="application/json")


def _options(answer: Callable[..., Any], methods: Sequence[str]) -> Callable[..., Any]:
    """The endpoint, which says what it takes when it is asked by OPTIONS."""

    async def endpoint(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers={"Allow": ", ".join(methods)})
        found: Response = await answer(request)
        return found

    return endpoint


def _accept(request: Request) -> str:
    return ", ".join(request.headers.getlist("accept"))


def _path(request: Request) -> str:
    """The path as it was sent, without the slash before it: escapes are part of an IRI."""
    raw: bytes = request.scope.get("raw_path") or request.scope["path"].encode()
    return raw.partition(b"?")[0].decode("latin-1").removeprefix("/")


def _one(given: Pairs, name: str) -> str:
    return next((value for key, value in given if key == name), "")


def _number(given: Pairs, name: str, default: int) -> int:
    text = _one(given, name) or str(default)
    if not (text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= _MOST):
        raise HTTPException(400, f"{name}={text[:20]}: a number from 0 to {_MOST} is needed.")
    return int(text)
