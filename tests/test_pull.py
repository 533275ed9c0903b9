"""What was pushed to a store of another make comes back from it, triple for triple, also where it
cuts long answers or the pull is stopped; what is not all of it is no graph."""

from __future__ import annotations

import gzip
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

import kg
from kg.cli import run
from kg.errors import GraphError, KGError
from kg.graph.export import sorted_lines
from kg.pull import pull
from kg.push import push
from kg.remote import Store
from tests.support import stores
from tests.support.graphs import landed
from tests.test_push import parts

OURS = "urn:x:ours"


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory) -> Iterator[stores.Server]:
    with stores.oxigraph(tmp_path_factory.mktemp("oxigraph")) as server:
        yield server


@pytest.fixture(scope="module")
def virtuoso(tmp_path_factory) -> Iterator[stores.Server]:
    with stores.virtuoso(tmp_path_factory.mktemp("virtuoso")) as server:
        yield server


def lines(folder: Path) -> list[str]:
    with kg.open_graph(folder) as graph:
        return list(sorted_lines(graph.store))


def at(server: stores.Server, graph: str | None = OURS, *, updates: bool = False) -> Store:
    url = server.update if updates else server.query
    return Store(url, graph, user=server.user, password=server.password)


def pushed(server: stores.Server, folder: Path, graph: str | None = OURS) -> None:
    with kg.open_graph(folder) as made:
        push(made, at(server, graph, updates=True), batch=100)


@pytest.mark.parametrize("name", ["oxigraph", "virtuoso"])
def test_what_was_pushed_comes_back(name, request, tmp_path):
    server: stores.Server = request.getfixturevalue(name)
    for number in (1, 3, 2):
        folder = landed(tmp_path, parts(number), number)
        pushed(server, folder)
        ours = lines(folder)
        assert server.count(OURS) == len(ours)
        assert pull(at(server), tmp_path / "back.nt", batch=50) == len(ours)
        assert (tmp_path / "back.nt").read_text().splitlines() == ours
        assert pull(at(server), tmp_path / "back", batch=200) == len(ours)
        assert lines(tmp_path / "back") == ours
    assert not list(tmp_path.glob(".*pulling"))


def test_a_folder_that_was_pulled_is_a_graph_to_ask(oxigraph, tmp_path, capsys):
    folder = landed(tmp_path)
    pushed(oxigraph, folder, "urn:x:ask")
    words = ["pull", oxigraph.query, "--from-graph", "urn:x:ask", "--to"]
    assert run([*words, str(tmp_path / "back")]) == 0
    assert capsys.readouterr().out.startswith(f"{len(lines(folder)):,} triples in ")
    assert run(["explain", "Beacon Labs", "-g", str(tmp_path / "back")]) == 0
    assert "Beacon Labs may move to Porthaven" in capsys.readouterr().out
    for name in ("back.ttl", "back.nt.gz"):
        assert run([*words, str(tmp_path / name)]) == 0
    assert run(["diff", str(folder), str(tmp_path / "back.ttl")]) == 0
    with gzip.open(tmp_path / "back.nt.gz", "rt") as file:
        assert file.read().splitlines() == lines(folder)


def test_an_answer_that_was_cut_is_no_graph(virtuoso, tmp_path):
    folder = landed(tmp_path, parts(2))
    pushed(virtuoso, folder, "urn:x:long")
    assert len(lines(folder)) > virtuoso.cuts
    with pytest.raises(KGError, match="--batch"):
        pull(at(virtuoso, "urn:x:long"), tmp_path / "back.nt", batch=1_000_000)
    assert not (tmp_path / "back.nt").exists()


def test_a_pull_that_is_stopped_goes_on_where_it_was(oxigraph, tmp_path):
    """A proxy before the store lets some answers pass, then breaks off in one."""
    folder = landed(tmp_path, parts(3))
    pushed(oxigraph, folder, "urn:x:stopped")
    asked: list[str] = []
    limits = [0]

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            asked.append(body.decode())
            if len(asked) > limits[0]:
                self.send_error(400)
                return
            headers = {name: self.headers[name] for name in ("Content-Type", "Accept")}
            with urlopen(Request(oxigraph.query, body, headers)) as answer:
                content = answer.read()
                self.send_response(200)
                self.send_header("Content-Type", answer.headers["Content-Type"])
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

        def log_message(self, *_):
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=proxy.serve_forever, daemon=True).start()
    store = Store(f"http://127.0.0.1:{proxy.server_port}/", "urn:x:stopped")
    try:
        for limit in (1, 5, 9):
            asked.clear()
            limits[0] = limit
            with pytest.raises(KGError, match="400"):
                pull(store, tmp_path / "back.nt", batch=50)
        limits[0] = 1000
        taken = {*asked[2:-1]}
        asked.clear()
        assert pull(store, tmp_path / "back.nt", batch=50) == len(lines(folder))
        assert taken and not taken & {*asked}
        assert (tmp_path / "back.nt").read_text().splitlines() == lines(folder)
    finally:
        proxy.shutdown()
        proxy.server_close()


@pytest.mark.parametrize(
    ("answer", "kind", "told"),
    [
        (b"<https://a.example/a> <https://a.example/p> _:b .", "application/n-triples", "blank"),
        (b"<https://a.example/a> <https://a.example/p>", "application/n-triples", "no N-Triples"),
        (b"", "application/n-triples", "0 of 1"),
        (b"<html>", "text/html", "text/html"),
        (b"x" * 2_000_000, "application/n-triples", "bytes"),
    ],
)
def test_what_is_not_as_asked_is_refused(answer, kind, told, tmp_path):
    class Other(BaseHTTPRequestHandler):
        def do_POST(self):
            counting = b"COUNT" in self.rfile.read(int(self.headers["Content-Length"]))
            rows = {"results": {"bindings": [{"n": {"value": "1"}}]}}
            content = json.dumps(rows).encode() if counting else answer
            self.send_response(200)
            self.send_header(
                "Content-Type", "application/sparql-results+json" if counting else kind
            )
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Other)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        with pytest.raises(KGError, match=told):
            pull(Store(f"http://127.0.0.1:{server.server_port}/"), tmp_path / "back")
        assert not (tmp_path / "back").exists()
    finally:
        server.shutdown()
        server.server_close()


def test_no_other_folder_is_written_into(oxigraph, tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(GraphError, match="other files"):
        pull(at(oxigraph), tmp_path)
    with pytest.raises(KGError, match="allowed"):
        pushed(oxigraph, landed(tmp_path), "urn:x:most")
        pull(at(oxigraph, "urn:x:most"), tmp_path / "back", most=10)
