"""Servers that are slow, endless or lie: each costs bounded time and memory, and one failure."""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import subprocess
import threading
import time
import tracemalloc
from collections.abc import Callable, Iterator

import pytest

from kg.errors import ReadError
from kg.read import url as module
from kg.read.url import read_url

PAGE = b"<html><body><article><p>The strike in the port of Emsby has ended.</p></article></body></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = gzip.compress(bytes(30_000_000))  # 29 kB
WAIT = 0.4  # seconds; a fetch may take three times that, and what a busy machine adds
SLACK = 3.0


def drip(send: Callable[[bytes], None], data: bytes) -> None:
    """A byte at a time, each before the client loses patience with that one."""
    for place in range(len(data)):
        send(data[place : place + 1])
        time.sleep(WAIT / 8)


def slow_body(send: Callable[[bytes], None]) -> None:
    send(OK + b"Content-Length: 100000\r\n\r\n")
    drip(send, PAGE * 50)


def slow_head(send: Callable[[bytes], None]) -> None:
    drip(send, OK + b"X: " + b"x" * 60_000)


def slow_chunks(send: Callable[[bytes], None]) -> None:
    send(OK + b"Transfer-Encoding: chunked\r\n\r\n")
    while True:
        send(b"1\r\nx\r\n")
        time.sleep(WAIT / 8)


def silent(send: Callable[[bytes], None]) -> None:
    time.sleep(20)


def wait_and_see(send: Callable[[bytes], None]) -> None:
    """Interim answers without end."""
    while True:
        send(b"HTTP/1.1 100 Continue\r\n\r\n")
        time.sleep(WAIT / 8)


def endless_body(send: Callable[[bytes], None]) -> None:
    send(OK + b"\r\n")
    while True:
        send(PAGE * 1000)


def endless_redirect_body(send: Callable[[bytes], None]) -> None:
    send(b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n")
    while True:
        send(b"x" * 65_536)


def endless_head(send: Callable[[bytes], None]) -> None:
    send(OK)
    while True:
        send(b"X-More: " + b"x" * 1000 + b"\r\n")


def bomb(send: Callable[[bytes], None]) -> None:
    send(OK + b"Content-Encoding: gzip\r\n\r\n" + BOMB)


def torn_gzip(send: Callable[[bytes], None]) -> None:
    send(OK + b"Content-Encoding: gzip\r\n\r\n" + b"no gzip at all")


def other_coding(send: Callable[[bytes], None]) -> None:
    send(OK + b"Content-Encoding: br\r\n\r\n" + PAGE)


def redirect_in_a_ring(send: Callable[[bytes], None]) -> None:
    send(b"HTTP/1.1 302 Found\r\nLocation: /again\r\nContent-Length: 0\r\n\r\n")


def honest_gzip(send: Callable[[bytes], None]) -> None:
    send(OK + b"Content-Encoding: gzip\r\n\r\n" + gzip.compress(PAGE))


@contextlib.contextmanager
def serving(
    answer: Callable[[Callable[[bytes], None]], None], context: ssl.SSLContext | None = None
) -> Iterator[int]:
    """The port of a server on this machine that answers every request so."""
    listening = socket.create_server(("127.0.0.1", 0))

    def one(client: socket.socket) -> None:
        with contextlib.suppress(OSError):
            if context is not None:
                client = context.wrap_socket(client, server_side=True)
            with client:
                client.settimeout(20)
                client.recv(65_536)
                answer(client.sendall)

    def accept() -> None:
        with contextlib.suppress(OSError):
            while True:
                threading.Thread(target=one, args=(listening.accept()[0],), daemon=True).start()

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield listening.getsockname()[1]
    finally:
        listening.close()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch) -> None:
    monkeypatch.setenv("no_proxy", "*")


@pytest.mark.parametrize(
    ("answer", "message"),
    [
        (slow_body, "still not complete"),
        (slow_head, "still not complete"),
        (slow_chunks, "still not complete"),
        (wait_and_see, "still not complete"),
        (silent, "no answer within"),
        (endless_body, "more than the limit of 2 MB"),
        (endless_redirect_body, "redirect"),
        (endless_head, "cannot be fetched"),
        (bomb, "more than the limit of 2 MB"),
        (torn_gzip, "cannot be fetched"),
        (other_coding, "compressed as 'br'"),
        (redirect_in_a_ring, "redirect"),
    ],
)
def test_bounded_in_time_and_memory(answer, message) -> None:
    with serving(answer) as port:
        tracemalloc.start()
        start = time.monotonic()
        with pytest.raises(ReadError, match=message) as caught:
            list(read_url(f"http://127.0.0.1:{port}/", timeout=WAIT, max_bytes=2_000_000))
        took = time.monotonic() - start
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert took < 3 * WAIT + SLACK
    assert peak < 12_000_000
    assert f"127.0.0.1:{port}" in str(caught.value)


def test_compressed_page_is_read() -> None:
    with serving(honest_gzip) as port:
        [found] = read_url(f"http://127.0.0.1:{port}/")
    assert "port of Emsby has ended" in found.text


# --- names that lead elsewhere -----------------------------------------------------------------


class Names:
    """A name server's answers, one list of addresses a question; the last one stays."""

    def __init__(self, **answers: list[list[str]]) -> None:
        self.answers = {name.replace("_", "."): list(lists) for name, lists in answers.items()}
        self.asked: list[str] = []

    def __call__(self, host: str, port: object, *_: object, **__: object) -> list[object]:
        if host.replace(".", "").isdigit():
            return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port or 0))]
        self.asked.append(host)
        lists = self.answers[host]
        found = lists.pop(0) if len(lists) > 1 else lists[0]
        return [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port or 0)) for address in found
        ]


@pytest.fixture
def internet(monkeypatch):
    """Makes names lead to addresses, and public addresses to this machine; gives what was
    connected to."""
    connected: list[str] = []
    real = socket.create_connection

    def connect(place: tuple[str, int], timeout: float) -> socket.socket:
        connected.append(place[0])
        return real(("127.0.0.1", place[1]), timeout)

    def with_names(names: Names) -> list[str]:
        monkeypatch.setattr(module.socket, "getaddrinfo", names)
        monkeypatch.setattr(module.socket, "create_connection", connect)
        return connected

    return with_names


def redirect_to(place: str) -> Callable[[Callable[[bytes], None]], None]:
    head = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()
    return lambda send: send(head)


def plain(send: Callable[[bytes], None]) -> None:
    send(OK + b"\r\n" + PAGE)


def test_connects_to_the_very_address_that_was_checked(internet) -> None:
    names = Names(news_test=[["8.8.8.8"]], rebind_test=[["9.9.9.9"], ["127.0.0.1"]])
    connected = internet(names)
    with serving(plain) as inner, serving(redirect_to(f"http://rebind.test:{inner}/")) as outer:
        list(read_url(f"http://news.test:{outer}/"))
    assert connected == ["8.8.8.8", "9.9.9.9"]
    assert names.asked == ["news.test", "rebind.test"]


def test_the_first_address_is_not_asked_for_again_to_judge_a_redirect(internet) -> None:
    """A name that is public when it is fetched and local a moment later opens no way inside."""
    names = Names(news_test=[["8.8.8.8"], ["127.0.0.1"]])
    connected = internet(names)
    to = "http://127.0.0.1:9/"
    with (
        serving(redirect_to(to)) as outer,
        pytest.raises(ReadError, match="local network; refused"),
    ):
        list(read_url(f"http://news.test:{outer}/"))
    assert connected == ["8.8.8.8"]


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["10.1.2.3"], ["169.254.169.254"], ["0.0.0.0"], ["9.9.9.9", "192.168.0.1"],
     ["::1"], ["::ffff:127.0.0.1"], ["64:ff9b::a00:1"], ["2002:7f00:1::"], ["fe80::1%eth0"],
     ["100.64.0.1"], ["224.0.0.1"]],
)  # fmt: skip
def test_redirect_from_the_internet_into_the_local_network_is_refused(internet, addresses) -> None:
    connected = internet(Names(news_test=[["8.8.8.8"]], inside_test=[addresses]))
    refused = pytest.raises(ReadError, match="local network; refused")
    with serving(redirect_to("http://inside.test/")) as port, refused:
        list(read_url(f"http://news.test:{port}/"))
    assert connected == ["8.8.8.8"]


def test_second_address_of_a_name_is_tried(monkeypatch) -> None:
    names = Names(two_test=[["127.0.0.2", "127.0.0.1"]])
    monkeypatch.setattr(module.socket, "getaddrinfo", names)
    with serving(plain) as port:
        [found] = read_url(f"http://two.test:{port}/")
    assert found.url == f"http://two.test:{port}/"


def test_name_server_that_never_answers_is_waited_for_no_longer(monkeypatch) -> None:
    monkeypatch.setattr(module.socket, "getaddrinfo", lambda *_, **__: time.sleep(5) or [])
    start = time.monotonic()
    with pytest.raises(ReadError, match="no answer within"):
        list(read_url("http://news.test/", timeout=WAIT))
    assert time.monotonic() - start < WAIT + SLACK


# --- encrypted ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A key and a certificate for secure.test, signed by itself."""
    folder = tmp_path_factory.mktemp("certificate")
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1",
         "-nodes", "-days", "2", "-subj", "/CN=secure.test", "-addext",
         "subjectAltName=DNS:secure.test", "-keyout", folder / "key.pem", "-out",
         folder / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.mark.parametrize(
    ("host", "answer", "message"),
    [
        ("secure.test", plain, None),
        ("other.test", plain, "certificate"),
        ("secure.test", slow_body, "still not complete"),
    ],
)
def test_encrypted_connection_asks_for_the_name_and_keeps_the_time(
    internet, certificate, monkeypatch, host, answer, message
) -> None:
    connected = internet(Names(secure_test=[["8.8.8.8"]], other_test=[["9.9.9.9"]]))
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    asked: list[str | None] = []
    context.sni_callback = lambda _, name, __: asked.append(name)
    with serving(answer, context) as port:
        address = f"https://{host}:{port}/"
        if message is None:
            [found] = read_url(address)
            assert "Emsby" in found.text
        else:
            with pytest.raises(ReadError, match=message):
                list(read_url(address, timeout=WAIT))
    assert asked == [host]
    assert connected == [{"secure.test": "8.8.8.8"}.get(host, "9.9.9.9")]
