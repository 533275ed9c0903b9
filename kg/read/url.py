"""Addresses, fetched only because the user gave them.

Only http and https. An address on this machine or the local network is fetched when the user
writes it; a redirect is followed to such an address only from one. So a page on the internet
cannot send us to a service behind the firewall, and never to a file.
"""

from __future__ import annotations

import ipaddress
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPMessage
from pathlib import Path
from typing import IO, Any, Final
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts, article
from kg.read.decode import decode, size
from kg.read.html import page_article

_CHUNK: Final = 65_536
_HEADERS: Final = {
    "User-Agent": "kg (news knowledge graph; fetches one page a user asked for)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9,application/pdf;q=0.8",
    "Accept-Encoding": "identity",
}
_PAGES: Final = ("text/html", "application/xhtml+xml")
_TEXTS: Final = ("text/plain", "text/markdown")


def read_url(
    source: str | Path, /, *, timeout: float = 20, max_bytes: int = 20_000_000
) -> Iterator[Article]:
    """The article at an http or https address.

    ``timeout`` (seconds) bounds each wait and, threefold, the whole. Raises `ReadError` for
    another scheme, an error of the network or the server, more than ``max_bytes``, a content type
    that is neither page, text nor PDF, and a redirect that leaves the web (see the module).
    """
    url = str(source)
    _check_scheme(url, url)
    opener = urllib.request.build_opener(_Redirects(url))
    request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310 - scheme checked above
    try:
        with opener.open(request, timeout=timeout) as answer:
            kind = answer.headers.get_content_type()
            if kind not in (*_PAGES, *_TEXTS, "application/pdf"):
                raise ReadError(f"{url}: {kind} is no page, text or PDF; kg reads no such thing.")
            data = _body(answer, url, timeout, max_bytes)
            charset, final = answer.headers.get_content_charset(), answer.geturl()
    except urllib.error.HTTPError as error:
        raise ReadError(f"{url}: the server answers {error.code} {error.reason}.") from None
    except urllib.error.URLError as error:
        raise ReadError(f"{url}: cannot be fetched: {error.reason}.") from None
    except TimeoutError:
        raise ReadError(f"{url}: no answer within {timeout:g} seconds.") from None
    except (OSError, HTTPException, ValueError) as error:
        raise ReadError(f"{url}: cannot be fetched: {error}.") from None
    if not data.strip():
        raise ReadError(f"{url}: the page is empty.")
    if kind == "application/pdf":
        from kg.read.pdf import pdf_article

        yield pdf_article(data, url, url, url=final)
        return
    text, _ = decode(data, url, declared=charset)
    if kind in _PAGES:
        yield page_article(text, url, url=final)
    else:
        yield article(text, url, Facts(url=final))


def _body(answer: Any, url: str, timeout: float, max_bytes: int) -> bytes:
    deadline = time.monotonic() + 3 * timeout
    data = bytearray()
    while chunk := answer.read(_CHUNK):
        data += chunk
        if len(data) > max_bytes:
            raise ReadError(f"{url}: more than the limit of {size(max_bytes)}.")
        if time.monotonic() > deadline:
            raise ReadError(f"{url}: still not complete after {3 * timeout:g} seconds.")
    return bytes(data)


def _check_scheme(url: str, asked: str) -> None:
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError as error:
        raise ReadError(f"{asked}: not an address: {error}.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ReadError(f"{asked}: only http and https addresses are fetched, not {url!r}.")


def _is_local(url: str) -> bool:
    """Whether the host of an address is on this machine or the local network."""
    host = urlsplit(url).hostname or ""
    try:
        found = socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)
    except OSError:
        return False  # a proxy may know it; without one, opening it fails with a clear message
    return any(not ipaddress.ip_address(str(item[4][0]).split("%")[0]).is_global for item in found)


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows up to five redirects, none from the internet to the local network or a file."""

    max_redirections = 5

    def __init__(self, asked: str) -> None:
        self.asked = asked

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        _check_scheme(newurl, self.asked)
        if _is_local(newurl) and not _is_local(self.asked):
            raise ReadError(f"{self.asked}: redirects to {newurl!r} on the local network; refused.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
