"""What a client asks: the SPARQL 1.1 Protocol's ways to send a query.

By GET, by POST of a form, by POST of the query itself; ``default-graph-uri`` and
``named-graph-uri`` beside it. What is not as the protocol says is an `HTTPException` with the status
for it: 400 a request that is not well formed, 408 one that does not arrive, 413 and 414 a long one,
415 a body of another type.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
JSON: Final = "application/json"
LINES: Final = ("application/jsonl", "application/x-ndjson")
UPDATE: Final = "application/sparql-update"
#: Seconds within which a request has to arrive.
ARRIVES: Final = 15.0
_FIELDS: Final = 1000
_PASSED: Final = 16
_GRAPHS: Final = ("default-graph-uri", "named-graph-uri")

Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """A query and the graphs it is asked of (none: those of the query, or all)."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


async def asked(request: Request, length: int) -> Asked | None:
    """The query of a request, of at most so many bytes; None where none is given at all."""
    given = pairs(request, length)
    if request.method in ("GET", "HEAD"):
        return None if not given else _asked(given)
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.headers.get("content-encoding", "identity") != "identity":
        raise HTTPException(415, "A body is read as it is, without Content-Encoding.")
    if kind == FORM:
        if any(name in ("query", "update", *_GRAPHS) for name, _ in given):
            raise HTTPException(400, "A form has its parameters in the body, none in the address.")
        # a query is three times as long at most when it is escaped
        body = await _body(request, 3 * length)
        return _asked(_read(body, length))
    if kind == QUERY:
        text = _decoded(await _body(request, length))
        return _asked([("query", text), *given])
    if kind == UPDATE:
        raise HTTPException(403, "The graph is read-only here: updates are not taken.")
    raise HTTPException(
        415, f"Send a query as {FORM} or {QUERY}.", {"Accept-Post": f"{FORM}, {QUERY}"}
    )


def pairs(request: Request, length: int) -> Pairs:
    """The parameters in a request's address, in order."""
    written = request.scope["query_string"]
    if len(written) > 3 * length:
        raise HTTPException(414, "The address is too long. Send the query by POST.")
    return _read(written, length)


def _asked(given: Pairs) -> Asked:
    if any(name == "update" for name, _ in given):
        raise HTTPException(403, "The graph is read-only here: updates are not taken.")
    texts = [value for name, value in given if name == "query"]
    if len(texts) != 1:
        raise HTTPException(400, f"One query is needed, with query=...; there are {len(texts)}.")
    default, named = (tuple(v for name, v in given if name == graph) for graph in _GRAPHS)
    return Asked(texts[0], default, named)


def _read(written: bytes, length: int) -> Pairs:
    try:
        found = parse_qsl(
            written.decode("ascii"), keep_blank_values=True, errors="strict",
            max_num_fields=_FIELDS,
        )  # fmt: skip
    except ValueError as error:
        raise HTTPException(400, f"The parameters are no escaped UTF-8: {error}") from None
    if any(len(value.encode()) > length for _, value in found):
        raise HTTPException(413, f"The query is longer than {length:,} bytes.")
    return found


def _decoded(body: bytes) -> str:
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        raise HTTPException(400, f"The query is not UTF-8: {error}") from None


async def _body(request: Request, most: int) -> bytes:
    """The body. Too much of it is not read to the end."""
    declared = int(request.headers.get("content-length", "0"))  # the server has looked at it
    # The rest of a body that is not much too long is let pass, so that the client hears why.
    close = {} if 0 < declared <= _PASSED * most else {"Connection": "close"}
    too_long = HTTPException(413, f"The request is longer than {most:,} bytes.", close)
    if declared > most:
        raise too_long
    body = bytearray()
    try:
        async with asyncio.timeout(ARRIVES):
            async for piece in request.stream():
                body += piece
                if len(body) > most:
                    raise too_long
    except TimeoutError:
        raise HTTPException(
            408, f"The request did not arrive within {ARRIVES:g} seconds.", {"Connection": "close"}
        ) from None
    return bytes(body)


async def posted(request: Request, length: int) -> list[dict[str, Any]]:
    """The objects of a body: one as JSON, a list of them, or JSON Lines. A form is none of these,
    so no page can send one without asking first."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (JSON, *LINES):
        raise HTTPException(
            415, f"Send {JSON} or {LINES[0]}.", {"Accept-Post": f"{JSON}, {LINES[0]}"}
        )
    body = await _body(request, length)
    try:
        decoder = msgspec.json.Decoder()
        found = decoder.decode_lines(body) if kind in LINES else decoder.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise HTTPException(400, f"The body is no JSON: {error}") from None
    objects = found if isinstance(found, list) else [found]
    if not objects or not all(isinstance(one, dict) for one in objects):
        raise HTTPException(422, "One correction is needed, or more: objects.")
    return objects


async def form(request: Request, length: int) -> Pairs:
    """The parameters of a request: in its address, and in its body when that is a form."""
    given = pairs(request, length)
    if request.method == "POST":
        kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != FORM:
            raise HTTPException(415, f"Send {FORM}.", {"Accept-Post": FORM})
        given += _read(await _body(request, 3 * length), length)
    return given
