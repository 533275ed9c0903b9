"""Simple queries a second: ``kg serve`` beside Oxigraph's own server, same triples, same client.

    python -m benchmarks.speed.serve [--statements 3000] [--seconds 4] [--rounds 3] [--clients 1 8]
                                    [--query SPARQL]

Three queries, about one thing each, which the clients ask of all things in turn, each on a connection
that it keeps. The two servers take turns; the best round counts. The ratio of answers a second wants
a machine with a free core for clients and servers each; the processor time that an answer takes (of
the server with its workers) tells on a busy one, too. Needs the extra ``kg[serve]`` and Oxigraph's
server (``pip install oxigraph``). The status is 1 where the ratio misses its floor.
"""

from __future__ import annotations

import argparse
import http.client
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote

from tests.support.graphs import graph as invented
from tests.support.graphs import landed

FLOOR, AIM = 0.5, 0.9
_PREFIXES = (
    "PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> "
    "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> "
)
QUERIES = (
    "SELECT ?p ?o {{ <{0}> ?p ?o }}",
    _PREFIXES + "SELECT ?label {{ <{0}> rdfs:label ?label }}",
    _PREFIXES + "SELECT ?st ?p {{ ?st rdf:subject <{0}> ; rdf:predicate ?p }} LIMIT 10",
)


@dataclass(frozen=True)
class Served:
    """A server that runs: where it is asked, and its process."""

    name: str
    port: int
    path: str
    pid: int


def processor(pid: int) -> float:
    """Processor seconds of a process and of the processes it started (Linux; else 0)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return 0.0
    own = (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")
    return own + sum(processor(int(child)) for child in children)


def ask(served: Served, queries: Iterator[str], until: float, counts: list[int]) -> None:
    """Ask on one connection until then; the number of answers."""
    connection, count = http.client.HTTPConnection("127.0.0.1", served.port), 0
    while time.monotonic() < until:
        headers = {"Accept": "application/sparql-results+json"}
        connection.request("GET", f"{served.path}?query={quote(next(queries))}", headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200 or not body.endswith(b"}"):
            raise RuntimeError(f"{served.name}: {answer.status} {body!r}")
        count += 1
    connection.close()
    counts.append(count)


def measured(
    served: Served, queries: list[str], clients: int, seconds: float
) -> tuple[float, float]:
    """Answers a second, and the server's processor seconds for one."""
    counts: list[int] = []
    begun, used = time.monotonic(), processor(served.pid)
    threads = [
        threading.Thread(
            target=ask,
            args=(served, islice(cycle(queries), number, None), begun + seconds, counts),
        )
        for number in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    total = sum(counts)
    return total / (time.monotonic() - begun), (processor(served.pid) - used) / total


@contextmanager
def running(words: list[str], port: int, name: str, path: str) -> Iterator[Served]:
    """A server, from when it listens until the block ends."""
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(300):
            time.sleep(0.1)
            with socket.socket() as sock:
                if sock.connect_ex(("127.0.0.1", port)) == 0:
                    break
        time.sleep(2)  # all workers
        yield Served(name, port, path, process.pid)
    finally:
        process.terminate()
        process.wait()


def free() -> int:
    """A port that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def main() -> int:
    """Print the table; 1 where the floor is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--statements", type=int, default=3000)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8])
    parser.add_argument("--query", metavar="SPARQL", help="ask this in place of the three")
    given = parser.parse_args()
    beside = Path(sys.executable).with_name("oxigraph")
    oxigraph = str(beside) if beside.exists() else shutil.which("oxigraph")
    if oxigraph is None:
        print("left out: Oxigraph's server is not installed (pip install oxigraph)")
        return 0
    made = invented(given.statements // 3, given.statements)
    queries = [text.format(entity.id) for entity in made.entities for text in QUERIES]
    if given.query:
        queries = [given.query]
    missed = False
    with tempfile.TemporaryDirectory() as name:
        out = landed(Path(name), made)
        store = shutil.copytree(out / "graph-1", Path(name) / "copy")
        ports = free(), free()
        ours = [sys.executable, "-m", "kg", "serve", "-g", str(out), "--port", str(ports[0])]
        raw = [oxigraph, "serve-read-only", "--location", str(store)]
        raw += ["--bind", f"127.0.0.1:{ports[1]}"]
        with (
            running(ours, ports[0], "kg", "/sparql") as kg,
            running(raw, ports[1], "oxigraph", "/query") as other,
        ):
            for clients in given.clients:
                found: dict[str, list[tuple[float, float]]] = {"kg": [], "oxigraph": []}
                for _ in range(given.rounds):
                    for served in (kg, other):
                        found[served.name].append(measured(served, queries, clients, given.seconds))
                rates = {who: max(rate for rate, _ in rows) for who, rows in found.items()}
                costs = {who: min(cost for _, cost in rows) for who, rows in found.items()}
                ratio = rates["kg"] / rates["oxigraph"]
                missed |= ratio < FLOOR
                print(
                    f"{clients:3} clients: kg {rates['kg']:6.0f}/s, {costs['kg'] * 1e6:4.0f} µs of "
                    f"processor each; oxigraph {rates['oxigraph']:6.0f}/s, "
                    f"{costs['oxigraph'] * 1e6:4.0f} µs; ratio {ratio:.2f} (floor {FLOOR}, aim {AIM})"
                )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
