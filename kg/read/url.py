"""Addresses, fetched only because the user gave them.

Only http and https. An address on this machine or the local network is fetched when the user
writes it; a redirect is followed to such an address only from one. So a page on the internet
cannot send us to a service behind the firewall, and never to a file. A name is looked up once for
each request, and the connection goes to the very address that was checked: a name server that
answers differently the next time changes nothing. Where a proxy is set, the proxy looks names up
and connects; then the target of a redirect is checked as well as this machine can.
"""

from __future__ import annotations

import ipaddress
import logging
import socket
import threading
import time
import urllib.error
import urllib.request
import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPMessage, HTTPResponse, HTTPSConnection
from pathlib import Path
from ssl import SSLContext, SSLSocket, create_default_context
from typing import IO, Any, Final
from urllib.parse import urlsplit

from kg.errors import ReadError
from kg.model import Article
from kg.read.article import Facts, article
from kg.read.decode import decode, size
from kg.read.html import page_articles

log = logging.getLogger("kg.read")
_CHUNK: Final = 65_536
_HEADERS: Final = {
    "User-Agent": "kg (news knowledge graph; fetches one page a user asked for)",
    "Accept": "text/html,application/xhtml+xml,application/rss+xml;q=0.9,application/atom+xml;q=0.9,"
    "application/xml;q=0.9,text/plain;q=0.9,application/pdf;q=0.8",
    "Accept-Encoding": "gzip",
}
_PAGES: Final = ("text/html", "application/xhtml+xml")
_FEEDS: Final = (
    "application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/xml",
    "text/xml",
)  # fmt: skip
_TEXTS: Final = ("text/plain", "text/markdown")
#: Content codings that are taken out, with the window that tells zlib which it is.
_CODINGS: Final = {"gzip": 31, "x-gzip": 31, "deflate": 15}
#: IPv6 addresses that stand for an IPv4 one, which the network may translate (RFC 6052).
_TRANSLATED: Final = ipaddress.IPv6Network("64:ff9b::/96")


def read_url(
    source: str | Path,
    /,
    *,
    timeout: float = 20,
    max_bytes: int = 20_000_000,
    near: bool | None = None,
) -> Iterator[Article | Exception]:
    """The article at an http or https address, or what a feed or sitemap there holds.

    ``near`` False refuses an address on the local network: one that a user did not write.

    ``timeout`` (seconds) bounds each wait and, threefold, the whole: looking up, redirects, head
    and body together, however slowly a server drips them. ``max_bytes`` bounds the body, also when
    it comes compressed. Raises `ReadError` for another scheme, an error of the network or the
    server, more than either bound, a content type that is neither page, feed, text nor PDF, and a
    redirect that leaves the web (see the module).
    """
    url = str(source)
    _check_scheme(url, url)
    clock = _Clock(timeout)
    request = urllib.request.Request(url, headers=_HEADERS)  # noqa: S310 - scheme checked above
    try:
        visit = _Visit(url, clock, near)
        with closing(_opener(visit).open(request, timeout=timeout)) as answer:
            kind = answer.headers.get_content_type()
            if kind not in (*_PAGES, *_TEXTS, *_FEEDS, "application/pdf"):
                raise ReadError(
                    f"{url}: {kind} is no page, feed, text or PDF; kg reads no such thing."
                )
            data = _body(answer, url, max_bytes)
            charset, final = answer.headers.get_content_charset(), answer.geturl()
    except urllib.error.HTTPError as error:
        error.close()
        raise ReadError(f"{url}: the server answers {error.code} {error.reason}.") from None
    except (urllib.error.URLError, OSError, HTTPException, ValueError, zlib.error) as error:
        raise _told(url, error, clock) from None
    if not data.strip():
        raise ReadError(f"{url}: the page is empty.")
    if kind == "application/pdf":
        from kg.read.pdf import pdf_article

        yield pdf_article(data, url, url, url=final)
        return
    if kind in _FEEDS:
        from kg.read.feed import feed_items

        yield from feed_items(data, url, url, near=visit.near is True)
        return
    text, _ = decode(data, url, declared=charset)
    if kind in _PAGES:
        yield from page_articles(text, url, url=final)
    else:
        yield article(text, url, Facts(url=final))


def _told(url: str, error: Exception, clock: _Clock) -> ReadError:
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, ReadError):
        return reason
    if not isinstance(reason, TimeoutError):
        return ReadError(f"{url}: cannot be fetched: {reason}.")
    if clock.left() > 0:
        return ReadError(f"{url}: no answer within {clock.wait:g} seconds.")
    return ReadError(f"{url}: still not complete after {clock.whole:g} seconds.")


def _body(answer: HTTPResponse, url: str, max_bytes: int) -> bytes:
    """The body, unpacked: never more than ``max_bytes`` of it are held."""
    coding = answer.headers.get("Content-Encoding", "identity").strip().lower()
    if coding not in ("identity", "", *_CODINGS):
        raise ReadError(f"{url}: comes compressed as {coding!r}, which nobody asked for.")
    unpack = zlib.decompressobj(_CODINGS[coding]) if coding in _CODINGS else None
    data = bytearray()
    while chunk := answer.read(_CHUNK):
        data += unpack.decompress(chunk, max_bytes + 1 - len(data)) if unpack else chunk
        if len(data) > max_bytes:
            raise ReadError(f"{url}: more than the limit of {size(max_bytes)}.")
        if unpack and unpack.eof:
            break
    return bytes(data)


def _check_scheme(url: str, asked: str) -> None:
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise ReadError(f"{asked}: not an address: {error}.") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ReadError(f"{asked}: only http and https addresses are fetched, not {url!r}.")


# --- time --------------------------------------------------------------------------------------


class _Clock:
    """How long one may still wait: each time ``wait`` seconds, all in all ``whole``."""

    def __init__(self, wait: float) -> None:
        self.wait, self.whole = wait, 3 * wait
        self._end = time.monotonic() + self.whole

    def left(self) -> float:
        return min(self.wait, self._end - time.monotonic())

    def next(self) -> float:
        """Seconds for the next wait. Raises `TimeoutError` when all time is gone."""
        left = self.left()
        if left <= 0:
            raise TimeoutError("timed out")
        return left


class _InTime:
    """A socket that waits for no byte longer than its clock says."""

    clock: _Clock

    def recv_into(self, *args: Any, **options: Any) -> int:
        self.settimeout(self.clock.next())  # type: ignore[attr-defined]
        return super().recv_into(*args, **options)  # type: ignore[misc,no-any-return]

    def sendall(self, *args: Any, **options: Any) -> None:
        self.settimeout(self.clock.next())  # type: ignore[attr-defined]
        super().sendall(*args, **options)  # type: ignore[misc]


class _Socket(_InTime, socket.socket):
    pass


class _Secure(_InTime, SSLSocket):
    pass


# --- place -------------------------------------------------------------------------------------


def _addresses(host: str, clock: _Clock) -> Sequence[str]:
    """The numeric addresses of a host: the one place where a name is looked up."""
    found: list[Any] = []

    def look_up() -> None:
        try:
            found.extend(socket.getaddrinfo(host, None, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            found.append(error)

    # The system's resolver knows no time limit; a thread that hangs is left behind.
    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(clock.next())
    if not found:
        raise TimeoutError("timed out")
    if isinstance(found[0], Exception):
        raise found[0]
    return tuple(dict.fromkeys(str(item[4][0]) for item in found))


def _is_public(address: str) -> bool:
    """Whether an address is out on the internet: not this machine, not the local network, and no
    other way to write an address of either."""
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour
        if ip in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None and not _is_public(str(inner)):
            return False
    return ip.is_global and not ip.is_multicast


class _Visit:
    """What one fetch may connect to: where the address that the user wrote led to decides."""

    def __init__(self, asked: str, clock: _Clock, near: bool | None = None) -> None:
        self.asked, self.clock, self.near = asked, clock, near
        self._how = "leads" if near is False else "redirects"

    def connect(self, proxied: str | None, place: tuple[str, int], *_: Any) -> _Socket:
        """A connection to the host, or, for the host ``proxied``, to its proxy at that place."""
        host, port = place
        addresses = self._checked(proxied or host, known=proxied is None)
        problem: OSError = OSError(f"{host} has no address")
        for address in addresses if proxied is None else _addresses(host, self.clock):
            try:
                made = socket.create_connection((address, port), timeout=self.clock.next())
            except OSError as error:
                problem = error
                continue
            if self.near is None:
                self.near = proxied is None and not _is_public(address)
            made.settimeout(self.clock.next())
            result = _Socket(fileno=made.detach())
            result.settimeout(self.clock.next())
            result.clock = self.clock
            log.debug("%s: connected to %s port %d", self.asked, address, port)
            return result
        raise problem

    def _checked(self, host: str, *, known: bool) -> Sequence[str]:
        """The addresses of a host. Only the first host may be local, and what a local one names."""
        try:
            addresses = _addresses(host, self.clock)
        except OSError:
            if known:
                raise
            addresses = ()  # a proxy may know it
        if self.near is False and not all(map(_is_public, addresses)):
            raise ReadError(
                f"{self.asked}: {self._how} to {host!r} on the local network; refused. If you trust "
                "that address, give it to kg yourself."
            )
        return addresses


class _Plain(HTTPConnection):
    def __init__(self, host: str, *, visit: _Visit, proxied: str | None, **more: Any) -> None:
        super().__init__(host, **more)
        self._create_connection = partial(visit.connect, proxied)


class _Encrypted(HTTPSConnection):
    def __init__(self, host: str, *, visit: _Visit, proxied: str | None, **more: Any) -> None:
        super().__init__(host, **more)
        self._create_connection = partial(visit.connect, proxied)
        self._clock = visit.clock

    def connect(self) -> None:
        super().connect()
        secure: Any = self.sock
        secure.clock = self._clock


class _Http(urllib.request.HTTPHandler):
    def __init__(self, visit: _Visit) -> None:
        super().__init__()
        self._visit = visit

    def http_open(self, req: urllib.request.Request) -> HTTPResponse:
        return self.do_open(_Plain, req, visit=self._visit, proxied=_proxied(req))  # type: ignore[arg-type]


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, visit: _Visit) -> None:
        super().__init__()
        self._visit = visit

    def https_open(self, req: urllib.request.Request) -> HTTPResponse:
        more = {"visit": self._visit, "proxied": _proxied(req), "context": _context()}
        return self.do_open(_Encrypted, req, **more)  # type: ignore[arg-type]


def _context() -> SSLContext:
    context = create_default_context()
    context.sslsocket_class = _Secure
    return context


def _proxied(req: urllib.request.Request) -> str | None:
    """The host of the address where the request goes to a proxy; None where it goes there."""
    host = urlsplit(req.full_url).hostname
    return host if urlsplit(f"//{req.host}").hostname != host else None


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows up to five redirects, none to anything but the web."""

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
        fp.close()  # else urllib would read the rest of it, however long
        _check_scheme(newurl, self.asked)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(visit: _Visit) -> urllib.request.OpenerDirector:
    return urllib.request.build_opener(_Http(visit), _Https(visit), _Redirects(visit.asked))


# --- for whoever comes back --------------------------------------------------------------------


def fetch(
    url: str, *, headers: Mapping[str, str], timeout: float = 20, max_bytes: int = 20_000_000
) -> tuple[int, HTTPMessage, bytes]:
    """Status, headers and body of the answer to a request with these further headers; an error of
    the server is an answer, too. Bounds and errors are those of `read_url`."""
    _check_scheme(url, url)
    clock = _Clock(timeout)
    request = urllib.request.Request(url, headers={**_HEADERS, **headers})  # noqa: S310 - checked
    try:
        with closing(_opener(_Visit(url, clock)).open(request, timeout=timeout)) as answer:
            return answer.status, answer.headers, _body(answer, url, max_bytes)
    except urllib.error.HTTPError as error:
        error.close()
        return error.code, HTTPMessage(), b""
    except (urllib.error.URLError, OSError, HTTPException, ValueError, zlib.error) as error:
        raise _told(url, error, clock) from None
