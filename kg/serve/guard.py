"""What every request must pass before anything else: its host, its token; and what every answer
carries: the headers that keep a browser from doing more with it than show it."""

from __future__ import annotations

import base64
import binascii
import hmac
import ipaddress
import re
from typing import Final

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.serve.markup import POLICY
from kg.serve.options import Options

#: Open without a token: whether the server lives is no secret.
_OPEN: Final = "/health"
_HOST: Final = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(?::\d{1,5})?", re.I)
_METHODS: Final = "GET, HEAD, POST, OPTIONS"


def may_edit(request: Request, options: Options) -> None:
    """Refuse an edit that is not allowed here, or that another page sends in a browser's name: such
    a page can make a browser that knows the token send it."""
    if not options.edit:
        raise HTTPException(403, "The graph is read-only here; kg serve --edit takes corrections.")
    host = request.headers["host"]
    ours = {f"http://{host}", f"https://{host}", (options.url or "").rstrip("/")}
    origin = request.headers.get("origin")
    site = request.headers.get("sec-fetch-site", "none")
    if (origin is not None and origin not in ours) or site not in ("same-origin", "none"):
        raise HTTPException(403, "Corrections are taken from this server's own page alone.")


class Guard:
    """An ASGI application around another."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self._app = app
        self._options = options
        self._token = options.token.encode() if options.token is not None else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = self._origin(headers.get("origin"))

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                _mark(message["headers"], origin)
            await send(message)

        refused = self._refused(scope, headers, origin)
        await (refused or self._app)(scope, receive, sending)

    def _refused(self, scope: Scope, headers: Headers, origin: str | None) -> Response | None:
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not (host := _HOST.fullmatch(hosts[0])):
            return PlainTextResponse("A request names one host.\n", 400)
        if not self._is_ours(host[1].lower()):
            # A name that somebody made lead here, so that their page in a browser could ask.
            return PlainTextResponse("This server does not go by that name; see --url.\n", 421)
        if origin and scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            allowed = {
                "Access-Control-Allow-Methods": _METHODS,
                "Access-Control-Allow-Headers": "Accept, Authorization, Content-Type",
                "Access-Control-Max-Age": "600",
            }
            return Response(status_code=204, headers=allowed)
        if self._token is not None and scope["path"] != _OPEN:
            given = _token(headers.get("authorization", ""))
            if given is None or not hmac.compare_digest(given, self._token):
                challenge = {"WWW-Authenticate": 'Bearer realm="kg", Basic realm="kg"'}
                return PlainTextResponse("A token is needed.\n", 401, challenge)
        return None

    def _is_ours(self, host: str) -> bool:
        if host in self._options.names:
            return True
        try:  # a number cannot be made to lead elsewhere
            ipaddress.ip_address(host.strip("[]"))
        except ValueError:
            return False
        return True

    def _origin(self, origin: str | None) -> str | None:
        """What a browser is told of whose pages may read the answer."""
        if origin is None:
            return None
        if "*" in self._options.origins:
            return "*"
        return origin if origin in self._options.origins else None


def _token(authorization: str) -> bytes | None:
    """The token of a request: as Bearer, or as the password of Basic, which browsers ask for."""
    scheme, _, given = authorization.partition(" ")
    given = given.strip()
    if scheme.lower() == "bearer":
        return given.encode()
    if scheme.lower() == "basic":
        try:
            return base64.b64decode(given, validate=True).partition(b":")[2]
        except binascii.Error:
            return None
    return None


_HEADERS: Final = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"no-referrer"))
_POLICY: Final = b"content-security-policy"


def _mark(headers: list[tuple[bytes, bytes]], origin: str | None) -> None:
    """Add what every answer carries; a page has a policy of its own."""
    headers += _HEADERS
    headers.append((b"cross-origin-resource-policy", b"cross-origin" if origin else b"same-origin"))
    if not any(name == _POLICY for name, _ in headers):
        headers.append((_POLICY, POLICY.encode()))
    if origin:
        headers.append((b"access-control-allow-origin", origin.encode()))
        headers.append((b"vary", b"Origin"))
