"""Addresses, against a server on this machine."""

import contextlib
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.errors import ReadError
from kg.model import Failure
from kg.read.url import read_url

TEXT = "Port strike ends at last\n\nThe strike in the port of Emsby has ended, the board said."
PAGE = (
    "<html><body><article>"
    + "".join(f"<p>{p}</p>" for p in TEXT.split("\n\n"))
    + "</article></body></html>"
)


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        kind, body, where = {
            "/page": ("text/html; charset=utf-8", PAGE.encode(), None),
            "/text": (
                "text/plain; charset=latin-1",
                TEXT.replace("Emsby", "Émsby").encode("latin-1"),
                None,
            ),
            "/picture": ("image/png", b"\x89PNG", None),
            "/empty": ("text/html", b"", None),
            "/large": ("text/html", b"x" * 5000, None),
            "/moved": ("text/html", b"", "/page"),
            "/file": ("text/html", b"", "file:///etc/passwd"),
            "/ftp": ("text/html", b"", "ftp://example.com/a"),
            "/loop": ("text/html", b"", "/loop"),
            "/slow": ("text/html", b"", None),
        }.get(self.path, (None, b"", None))
        if self.path == "/slow":
            time.sleep(1.5)
        self.send_response(302 if where else 200 if kind else 404)
        if where:
            self.send_header("Location", where)
        self.send_header("Content-Type", kind or "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # the client went away
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


def test_page_and_text(server, read_all) -> None:
    page, text = read_all(f"{server}/page", f"{server}/text")
    assert page.text == TEXT
    assert page.url == page.source == f"{server}/page"
    assert "port of Émsby has" in text.text


def test_redirect_on_the_same_network_is_followed_and_told(server) -> None:
    [found] = read_url(f"{server}/moved")
    assert found.url == f"{server}/page"
    assert found.source == f"{server}/moved"


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/none", "404"),
        ("/picture", "image/png is no page"),
        ("/empty", "empty"),
        ("/large", "more than the limit"),
        ("/file", "not allowed|only http and https"),
        ("/ftp", "only http and https"),
        ("/loop", "redirect"),
        ("/slow", "no answer within"),
    ],
)
def test_bad_answer_is_refused_with_a_reason(server, path, message) -> None:
    with pytest.raises(ReadError, match=message) as caught:
        list(read_url(server + path, timeout=0.5, max_bytes=4000))
    assert f"{server}{path}" in str(caught.value)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "ftp://example.com/a", "http://", "http://[x", "data://x"]
)
def test_other_schemes_are_failures(address, read_all) -> None:
    [found] = read_all(address)
    assert isinstance(found, Failure)
    assert "address" in found.error
