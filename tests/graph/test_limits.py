"""Queries that must not run: too long, interrupted, through another server, or no queries at all."""

from __future__ import annotations

import math
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import QueryError, QueryTimeout
from kg.graph.store import GraphStore
from tests.graph.small import write
from tests.graph.test_shapes import WHOLE, stored
from tests.support.graphs import landed

#: More than a million million rows, whatever the graph.
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n2 ?o }"
NEIGHBOURS = "SELECT ?p ?o WHERE { ent:Netflix ?p ?o } ORDER BY ?p ?o"


@pytest.fixture(scope="module")
def disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    with write(tmp_path_factory.mktemp("limits") / "graph-1") as graph:
        yield graph


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """A server on this machine: its address, and the requests that reached it."""
    paths: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            paths.append(self.path)
            body = b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_POST = do_GET

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql", paths
        server.shutdown()


def children() -> list[str]:
    """The command lines of processes that answer a query for this one."""
    done = subprocess.run(
        ["ps", "-o", "args=", "--ppid", str(os.getpid())],
        check=False,
        capture_output=True,
        text=True,
    )
    return [line for line in done.stdout.splitlines() if "kg.graph.apart" in line]


def test_a_query_that_takes_too_long_is_ended(disk: GraphStore) -> None:
    with pytest.raises(QueryTimeout, match=r"within 0\.5 seconds"):
        disk.query(ENDLESS, timeout=0.5)
    assert children() == []


@pytest.mark.parametrize(
    "query",
    [
        NEIGHBOURS,
        "ASK { ent:Netflix kg:used ent:Runway }",
        "CONSTRUCT WHERE { ent:Netflix ?p ?o }",
        "SELECT ?a ?b WHERE { ?a kg:used ?x OPTIONAL { ?x kg:sued ?b } }",
        'SELECT (1.50 AS ?x) ("é\\n"@en AS ?y) (<<( ent:a ent:b 1 )>> AS ?z) WHERE {}',
    ],
)
def test_a_limit_changes_no_answer(query: str, disk: GraphStore) -> None:
    assert disk.query(query, timeout=math.inf) == disk.query(query)


def test_a_shipped_query_with_a_limit_takes_its_parameters(disk: GraphStore) -> None:
    assert disk.query("who-used-what", timeout=30, who="netfl").text_rows() == [
        ["Netflix", "Runway", "2"]
    ]


def test_an_error_keeps_its_place_behind_a_limit(disk: GraphStore) -> None:
    with pytest.raises(QueryError) as caught:
        disk.query("SELECT ?x WHERE {\n ?x kg:used }", timeout=30)
    assert (caught.value.line, caught.value.column) == (2, 13)
    assert str(caught.value).endswith("   ?x kg:used }\n              ^")


def test_a_graph_in_memory_has_no_limits() -> None:
    with pytest.raises(QueryError, match="on disk"):
        stored(WHOLE).query("ASK {}", timeout=1)


@pytest.mark.parametrize(("number", "code", "said"), [("INT", 1, "Stopped."), ("KILL", -9, "")])
def test_an_interrupted_command_leaves_no_process(
    number: str, code: int, said: str, tmp_path: Path
) -> None:
    folder = landed(tmp_path)
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "query", ENDLESS, "--timeout", "120", "-g", folder],
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip

    def running() -> list[str]:
        """Processes of the session of the command."""
        done = subprocess.run(
            ["ps", "-o", "pid=,stat=,args=", "-s", str(process.pid)],
            check=False,
            capture_output=True,
            text=True,
        )
        return [line for line in done.stdout.splitlines() if "apart" in line and " Z" not in line]

    until(running)
    process.send_signal(getattr(signal, f"SIG{number}"))
    _, error = process.communicate(timeout=10)
    assert (process.returncode, error.strip()) == (code, said)
    until(lambda: not running())


def until(condition) -> None:
    """Wait until it is so, for half a minute at most."""
    for _ in range(300):
        if condition():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come about")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * WHERE { SERVICE <%s> { ?a ?b ?c } }",
        "SELECT * WHERE { service silent <%s> { ?a ?b ?c } }",
        "ASK { { SELECT ?a WHERE { SERVICE <%s> { ?a ?b ?c } } } }",
        "SELECT * WHERE { ?x kg:used ?y OPTIONAL { SERVICE <%s> { ?a ?b ?c } } }",
        "SELECT * WHERE { FILTER EXISTS { SERVICE <%s> { ?a ?b ?c } } }",
        "CONSTRUCT { ?a ?b ?c } WHERE { SERVICE <%s> { ?a ?b ?c } }",
        "DESCRIBE ?a WHERE { SERVICE <%s> { ?a ?b ?c } }",
        "SELECT * WHERE { VALUES ?s { <%s> } SERVICE ?s { ?a ?b ?c } }",
        "PREFIX : <%s> SELECT * WHERE { SERVICE : { ?a ?b ?c } }",
        "PREFIX : <%s> SELECT * WHERE { SERVICE: { ?a ?b ?c } }",
        "SELECT * WHERE { \\u0053ERV\\u0049CE <%s> { ?a ?b ?c } }",
        "SELECT * WHERE { SERVIC\\U00000045 <%s> { ?a ?b ?c } }",
        "SELECT * WHERE { SERVICE# a comment\n<%s> { ?a ?b ?c } }",
        "SELECT * WHERE { # a comment\rSERVICE <%s> { ?a ?b ?c } }",
        "SELECT * WHERE { BIND(1 AS ?x) ?a ?b 1SERVICE<%s>{?a ?b ?c} }",
        'SELECT * WHERE { BIND(1 AS ?x) FILTER(?x<?y#>"""\n) SERVICE <%s> { ?a ?b ?c } # """\n }',
        "SELECT * WHERE { ?x ent:it\\'s ?y . SERVICE <%s> { ?a ?b ?c } . ?z ent:it\\'s ?y }",
        "SELECT * WHERE { BIND('service' AS ?service) SERVICE <%s> { ?a ?b ?c } }",
    ],
)
def test_no_query_asks_another_server(
    query: str, disk: GraphStore, asked: tuple[str, list[str]]
) -> None:
    address, paths = asked
    with pytest.raises(QueryError):
        disk.query(query % address)
    assert paths == []


def test_another_server_is_asked_with_leave(disk: GraphStore, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    query = f"SELECT * WHERE {{ SERVICE <{address}> {{ ?a ?b ?c }} }}"
    for limit in (None, 30):
        with pytest.raises(QueryError, match="--allow-service"):
            disk.query(query, timeout=limit)
        assert paths == []
    assert len(disk.query(query, allow_service=True)) == 0
    assert len(paths) == 1


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?service kg:used ?y } # service",
        "PREFIX Service: <https://a.example/service#> ASK { Service:x kg:used 'SERVICE <x> {' }",
        "ASK { <https://service.example/> kg:used ?y }",
        "ASK { ?x rdfs:label 'Service'@en }",
    ],
)
def test_the_word_alone_is_no_request(query: str, disk: GraphStore) -> None:
    disk.query(query)


@pytest.mark.parametrize(
    "query",
    ["LOAD <%s>", "INSERT DATA { ent:a ent:b ent:c }", "PREFIX a: <b:c> DELETE WHERE { ?a ?b ?c }",
     "CLEAR ALL"],
)  # fmt: skip
def test_an_update_is_no_query(query: str, disk: GraphStore, asked: tuple[str, list[str]]) -> None:
    address, paths = asked
    with pytest.raises(QueryError, match="a query only reads"):
        disk.query(query.replace("%s", address))
    assert paths == []


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("who used what", "did you mean 'who-used-what'"),
        ("Netflix", "no query 'Netflix'"),
        ("what did Netflix buy?", "neither SPARQL nor a query that comes along"),
    ],
)
def test_what_is_no_query_is_told_apart(query: str, said: str, disk: GraphStore) -> None:
    with pytest.raises(Exception, match=r"--list|known: ") as caught:
        disk.query(query)
    assert said.casefold() in str(caught.value).casefold()


@pytest.mark.parametrize(
    ("query", "notes"),
    [
        ("SELECT * WHERE { ?a kg:usd ?b }", ["the graph has no kg:usd; did you mean kg:used?"]),
        (f"ASK {{ ?a a <{'https://kg.example/ontology#'}Persn> }}",
         ["the graph has no kg:Persn; did you mean kg:Person?"]),
        ("ASK { ?a rel:cost_abut ?b }",
         ["the graph has no rel:cost_abut; did you mean rel:cost_about?"]),
        ("ASK { ?a rel:zzzz ?b }", ["the graph has no rel:zzzz."]),
        ("ASK { ?a kg:acquired ?b ; rdfs:label 'kg:nonsense' } # kg:nothing", []),
        ("who-used-what", []),
    ],
)  # fmt: skip
def test_an_unknown_term_is_pointed_out(query: str, notes: list[str], disk: GraphStore) -> None:
    assert list(disk.query(query).notes) == notes
