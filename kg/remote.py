"""Another store, reached by HTTP: its address, what it asks for, and requests that are tried again."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import IO, Any, Final, TypeVar

from kg.errors import ConfigError, KGError

T = TypeVar("T")
#: Tries of a request that the store could not answer just now, and seconds before the second.
_TRIES: Final = 4
PAUSE: Final = 1.0
_SECONDS: Final = 120.0


@dataclass(frozen=True, slots=True)
class Store:
    """Where it is: the address that takes updates or queries, and the named graph (None: the
    default one). ``token`` is sent as Bearer; ``user`` and ``password`` where it asks for them."""

    url: str
    graph: str | None = None
    token: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        if not self.url.startswith(("http://", "https://")):
            raise ConfigError(f"{self.url!r} is no address such as http://localhost:7878/query")
        if self.graph is not None and any(c in self.graph for c in '<>"{}|^`\\ \n\t'):
            raise ConfigError(f"{self.graph!r} is no IRI of a graph.")


class Refused(KGError):
    """The store did not answer, or not with what was asked for."""


class Remote:
    """Requests to a store."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._opener = _opener(store)

    def post(
        self, body: str, kind: str, read: Callable[[IO[bytes], str], T], accept: str = "*/*"
    ) -> T:
        """What ``read`` makes of the answer and its media type. What the store cannot do just now,
        or what breaks off, is asked again. Raises `Refused`."""
        headers = {
            "Content-Type": kind, "User-Agent": "kg", "Accept": accept,
        }  # fmt: skip
        if self._store.token is not None:
            headers["Authorization"] = f"Bearer {self._store.token}"
        for attempt in range(_TRIES):
            request = urllib.request.Request(  # noqa: S310 (the address is http or https)
                self._store.url, body.encode(), headers, method="POST"
            )
            try:
                with self._opener.open(request, timeout=_SECONDS) as answer:
                    return read(answer, answer.headers.get_content_type())
            except urllib.error.HTTPError as error:
                told = " ".join(error.read(500).decode(errors="replace").split())
                reason = f"{error.code} {error.reason}: {told}"
                if error.code < 500 and error.code not in (408, 429):
                    break
            except (OSError, HTTPException) as error:
                reason = str(error) or error.__class__.__name__
            if attempt + 1 < _TRIES:
                time.sleep(PAUSE * 2**attempt)
        raise Refused(f"{self._store.url}: {reason}")


def _opener(store: Store) -> urllib.request.OpenerDirector:
    """What sends; it follows no redirect, so that a token goes nowhere else."""
    handlers: list[urllib.request.BaseHandler] = [_Stay()]
    if store.user is not None:
        known = urllib.request.HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, store.url, store.user, store.password)
        handlers += [
            urllib.request.HTTPBasicAuthHandler(known),
            urllib.request.HTTPDigestAuthHandler(known),
        ]
    return urllib.request.build_opener(*handlers)


class _Stay(urllib.request.HTTPRedirectHandler):
    """Takes a redirect as the error that it is for a POST."""

    def redirect_request(self, *_: Any) -> None:
        return None
