"""The graph in another store is the graph here, after every push, whatever stopped one before."""

from __future__ import annotations

import http.client
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg.cli import run
from kg.errors import ConfigError, KGError
from kg.graph.export import sorted_lines
from kg.model import Entity
from kg.push import Store, push
from tests.support import stores
from tests.support.graphs import BASE, Graph, landed, small
from tests.support.stores import free

MEAN = 'quotes "\'" and \\ and \n lines } ; DROP ALL # 東京 🙂'


def parts(number: int) -> Graph:
    """A state of the graph: more in some ways and less in others than the one before."""
    made = small()
    label = f"{MEAN} {number}"
    more = [Entity(f"{BASE}entity/Of_{n}", label, "Topic", (), (), True) for n in range(number * 3)]
    return replace(made, entities=[*made.entities, *more], statements=made.statements[number:])


@pytest.fixture(scope="module")
def oxigraph(tmp_path_factory) -> Iterator[str]:
    """The address of an Oxigraph server of ours."""
    with stores.oxigraph(tmp_path_factory.mktemp("other")) as server:
        yield server.url


def held(url: str, graph: str | None) -> list[str]:
    """What the other store holds in this graph, as sorted lines."""
    connection = http.client.HTTPConnection(url.removeprefix("http://"), timeout=30)
    path = "/store?default" if graph is None else f"/store?graph={graph}"
    connection.request("GET", path, headers={"Accept": "application/n-triples"})
    body = connection.getresponse().read()
    connection.close()
    return sorted(str(quad.triple) + " ." for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES))


def lines(folder: Path) -> list[str]:
    with kg.open_graph(folder) as graph:
        return sorted(sorted_lines(graph.store))


@pytest.mark.parametrize("name", [None, "urn:x:of-ours"])
def test_the_other_store_follows_the_graph(oxigraph, tmp_path, name):
    store = Store(f"{oxigraph}/update", name)
    before: list[str] = []
    for number in (1, 3, 2):
        folder = landed(tmp_path, parts(number), number)
        with kg.open_graph(folder) as graph:
            dry = push(graph, store, dry=True)
            done = push(graph, store, batch=50)
            again = push(graph, store)
        now = lines(folder)
        assert held(oxigraph, name) == now
        assert (done.added, done.removed) == (len({*now} - {*before}), len({*before} - {*now}))
        assert dry == done and (again.added, again.removed) == (0, 0)
        before = now


def test_a_push_that_is_stopped_goes_on_where_it_was(oxigraph, tmp_path):
    """A proxy before the store takes some batches, loses the answer to one, and then the rest."""
    passed: list[int] = []
    limits = [0]

    class Proxy(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if len(passed) >= limits[0]:
                self.send_error(400)  # no longer
                return
            passed.append(len(body))
            connection = http.client.HTTPConnection(oxigraph.removeprefix("http://"))
            connection.request(
                "POST", "/update", body, {"Content-Type": self.headers["Content-Type"]}
            )
            connection.getresponse().read()
            if len(passed) == limits[0]:
                self.send_error(400)  # it was taken, but nobody hears that
                return
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Proxy)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    store = Store(f"http://127.0.0.1:{server.server_port}/", "urn:x:stopped")
    try:
        for number, limit in ((1, 3), (2, 6), (3, 7)):
            limits[0] = limit
            folder = landed(tmp_path, parts(number), number)
            with kg.open_graph(folder) as graph, pytest.raises(KGError, match="Push again"):
                push(graph, store, batch=20)
        limits[0] = 10_000
        with kg.open_graph(folder) as graph:
            push(graph, store, batch=20)
        assert held(oxigraph, "urn:x:stopped") == lines(folder)
    finally:
        server.shutdown()
        server.server_close()


def test_all_of_it_is_sent_again_where_the_store_was_emptied(oxigraph, tmp_path):
    store, folder = Store(f"{oxigraph}/update", "urn:x:emptied"), landed(tmp_path)
    with kg.open_graph(folder) as graph:
        push(graph, store)
        connection = http.client.HTTPConnection(oxigraph.removeprefix("http://"))
        connection.request("DELETE", "/store?graph=urn:x:emptied")
        connection.getresponse().read()
        assert push(graph, store).added == 0
        assert push(graph, store, whole=True).added == len(lines(folder))
    assert held(oxigraph, "urn:x:emptied") == lines(folder)


def test_what_cannot_be_reached_is_told(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("kg.remote.PAUSE", 0)
    folder = landed(tmp_path)
    assert run(["push", f"http://127.0.0.1:{free()}/update", "-g", str(folder)]) == 2
    assert "Push again" in capsys.readouterr().err
    assert run(["push", "ftp://x", "-g", str(folder)]) == 2
    assert run(["push", "http://x/", "-g", str(folder), "--dry-run"]) == 0
    assert capsys.readouterr().out == f"{len(lines(folder)):,} triples to add, 0 to take away.\n"


@pytest.mark.parametrize("graph", ["urn:x> { } } ; DROP ALL #", "a b", "x\n", '"'])
def test_a_graph_is_named_by_an_iri(graph):
    with pytest.raises(ConfigError, match="IRI"):
        Store("http://localhost/", graph)


def test_a_secret_is_not_shown():
    told = repr(Store("http://localhost/", token="secret-1", user="me", password="secret-2"))
    assert "secret" not in told
