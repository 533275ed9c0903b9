"""Who is answered: only requests to this host, only with the token where one is set, and scripts
of other pages only as told. Requests that are none are turned away."""

from __future__ import annotations

import base64
import socket
import subprocess
import sys

import pytest

from kg.errors import ConfigError
from kg.serve import Options, read_token
from tests.serve.conftest import serving
from tests.support.graphs import landed

SECRET = "a-token-of-our-own-42"


def raw(server, text: bytes) -> bytes:
    with socket.create_connection((server.host, server.port), timeout=20) as sock:
        sock.sendall(text)
        sock.shutdown(socket.SHUT_WR)
        found = b""
        while piece := sock.recv(65536):
            found += piece
        return found


# --- host ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200), ("LOCALHOST:8000", 200), ("127.0.0.1:1", 200), ("[::1]:9", 200),
        ("evil.example", 421), ("localhost.evil.example", 421), ("evil.example:8000", 421),
        ("127.0.0.1.evil.example", 421), ("localhost@evil.example", 400), ("a b", 400), ("", 400),
        ("localhost/x", 400), ("localhost:99999999", 400),
    ],
)  # fmt: skip
def test_only_requests_to_this_host_are_answered(server, host, status):
    for path in ("/sparql", "/health", "/graph?default", "/nothing"):
        found = raw(
            server, f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode()
        )
        if status == 200:
            assert b" 421 " not in found and b" 400 " not in found
        else:
            assert found.startswith(f"HTTP/1.1 {status} ".encode()), found


@pytest.mark.parametrize("hosts", [b"", b"Host: localhost\r\nHost: localhost\r\n"])
def test_a_request_names_one_host(server, hosts):
    found = raw(server, b"GET /health HTTP/1.1\r\n" + hosts + b"Connection: close\r\n\r\n")
    assert found.startswith(b"HTTP/1.1 400 ")


# --- token ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def guarded(tmp_path_factory):
    folder = tmp_path_factory.mktemp("guarded")
    (folder / "token").write_text(f"{SECRET}\n")
    options = ("--token-file", str(folder / "token"), "--host", "0.0.0.0", "--workers", "1")
    with serving(landed(folder), *options, "--url", "https://graph.example") as running:
        running.host = "127.0.0.1"
        yield running


def basic(text: str) -> str:
    return f"Basic {base64.b64encode(text.encode()).decode()}"


@pytest.mark.parametrize(
    ("given", "status"),
    [
        (f"Bearer {SECRET}", 200), (f"bearer  {SECRET}", 200), (basic(f"anybody:{SECRET}"), 200),
        (None, 401), ("", 401), ("Bearer", 401), ("Bearer ", 401), (f"Bearer {SECRET}x", 401),
        (f"Bearer {SECRET[:-1]}", 401), (SECRET, 401), (basic(SECRET), 401), ("Basic !!!", 401),
        ("Bearer \xe4\xf6", 401), (basic("a:"), 401),
    ],
)  # fmt: skip
def test_a_token_opens(guarded, given, status):
    headers = {} if given is None else {"Authorization": given}
    for path in ("/sparql", "/entity/Ada_Demir", "/", "/metrics", "/reconcile"):
        found = guarded.send("GET", path, **headers)
        assert found.status == status, path
        assert ("www-authenticate" in found.headers) is (status == 401)


def test_whether_it_lives_is_no_secret(guarded):
    assert guarded.send("GET", "/health").text == "ok\n"


def test_the_name_of_the_proxy_is_ours(guarded):
    headers = {"Authorization": f"Bearer {SECRET}", "Host": "graph.example"}
    manifest = guarded.send("GET", "/reconcile", **headers).json
    assert manifest["view"]["url"].startswith("https://graph.example/entity/")


def test_a_token_comes_from_the_environment(tmp_path):
    with serving(landed(tmp_path), "--workers", "1", KG_SERVE_TOKEN=SECRET) as running:
        assert running.send("GET", "/sparql").status == 401
        assert running.send("GET", "/sparql", Authorization=f"Bearer {SECRET}").status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "graph.example"])
def test_another_address_needs_a_token(host):
    with pytest.raises(ConfigError, match="--token-file"):
        Options(host=host)
    assert Options(host=host, token=SECRET).token == SECRET


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_this_machine_needs_none(host):
    assert Options(host=host).token is None


def test_a_token_is_not_shown():
    assert SECRET not in repr(Options(token=SECRET))


@pytest.mark.parametrize("token", ["", "short", "ümläut-ümläut-ümläut"])
def test_a_token_that_is_none_is_told(token, tmp_path):
    (tmp_path / "token").write_text(token)
    with pytest.raises(ConfigError, match="16"):
        Options(token=read_token(tmp_path / "token"))


@pytest.mark.parametrize("given", [{"url": "graph.example"}, {"origins": ("example",)}, {"url": "http://a@b"},
                                   {"origins": ("https://a.example/path",)}])  # fmt: skip
def test_an_address_that_is_none_is_told(given):
    with pytest.raises(ConfigError, match="such as"):
        Options(**given)


# --- other pages ---------------------------------------------------------------------------------


def test_scripts_of_another_page_read_only_as_told(server):
    told = server.send("GET", "/health", Origin="https://table.example")
    assert told.headers["access-control-allow-origin"] == "https://table.example"
    assert "Origin" in told.headers["vary"]
    other = server.send("GET", "/health", Origin="https://evil.example")
    assert "access-control-allow-origin" not in other.headers
    assert other.headers["cross-origin-resource-policy"] == "same-origin"


def test_a_browser_asks_before_it_posts(server):
    ask = {
        "Access_Control_Request_Method": "POST",
        "Access_Control_Request_Headers": "content-type",
    }
    found = server.send("OPTIONS", "/sparql", Origin="https://table.example", **ask)
    assert found.status == 204
    assert "POST" in found.headers["access-control-allow-methods"]
    other = server.send("OPTIONS", "/sparql", Origin="https://evil.example", **ask)
    assert "access-control-allow-methods" not in other.headers


# --- what is no request ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        b"\x00\x01\x02\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 200_000 + b"\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1e9\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: localhost\r\nAccept: "
        + b'"\\' * 20_000 + b"\r\nConnection: close\r\n\r\n",
        b"GET /sparql?" + b"a=b&" * 5000 + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    ],
    ids=range(10),
)  # fmt: skip
def test_what_is_no_request_harms_nobody(server, text):
    found = raw(server, text)
    assert b" 500 " not in found[:20]
    assert server.send("GET", "/health").status == 200


# --- starting ------------------------------------------------------------------------------------


def started(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", "serve", *words]
    return subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)


def test_a_server_that_cannot_start_says_why(tmp_path):
    nothing = started("-g", str(tmp_path))
    assert (nothing.returncode, "no graph here" in nothing.stderr) == (2, True)
    folder = landed(tmp_path / "out") if (tmp_path / "out").mkdir() is None else tmp_path
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        used = started("-g", str(folder), "--port", str(port))
    assert (used.returncode, "--port" in used.stderr) == (2, True)


def test_without_the_extra_it_is_named(tmp_path):
    hidden = (
        "import sys; sys.modules['starlette'] = None; from kg.cli import main; main(sys.argv[1:])"
    )
    command = [sys.executable, "-c", hidden, "serve", "-g", str(tmp_path)]
    found = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert found.returncode == 2
    assert "pip install 'kg[serve]'" in found.stderr
