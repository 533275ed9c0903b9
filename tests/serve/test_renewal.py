"""A new build is taken up while clients ask: no answer is lost, none is of a state that is not.

``KG_SERVE_CLIENTS=64 KG_SERVE_SECONDS=60``: the long form (`make served`).
"""

from __future__ import annotations

import asyncio
import http.client
import os
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from itertools import cycle
from urllib.parse import quote

from kg.model import Entity
from kg.serve.options import Options
from kg.serve.pool import Pool
from kg.serve.process import About
from tests.serve.conftest import serving
from tests.support.graphs import BASE, Graph, landed, small

CLIENTS = int(os.environ.get("KG_SERVE_CLIENTS", "8"))
SECONDS = float(os.environ.get("KG_SERVE_SECONDS", "4"))
#: All that a state says of itself, in one answer.
QUERY = "SELECT ?label (COUNT(?e) AS ?n) { ent:State rdfs:label ?label . ?e skos:altLabel ?label } GROUP BY ?label"

#: The same, in part, by one pattern, which the server answers by itself.
LOOK_UP = "SELECT ?label { ent:State rdfs:label ?label }"


def state(number: int) -> Graph:
    """The small graph, with a thing whose name tells the number and as many that bear it too."""
    parts = small()
    label = f"state {number}"
    made = [Entity(f"{BASE}entity/State", label, "Topic", (), (), True)]
    made += [
        Entity(f"{BASE}entity/Of_{n}", f"thing {n}", "Topic", (label,), (), True)
        for n in range(number)
    ]
    return replace(parts, entities=[*parts.entities, *made])


@dataclass
class Client:
    """One that asks again and again on one connection, and keeps what is not as it should be."""

    host: str
    port: int
    answers: Counter[int] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def ask(self, until: float) -> None:
        connection, newest = http.client.HTTPConnection(self.host, self.port, timeout=60), 0
        for query in cycle((QUERY, LOOK_UP)):
            if time.monotonic() > until:
                break
            begun = time.monotonic()
            try:
                headers = {"Accept": "text/csv"}
                connection.request("GET", f"/sparql?query={quote(query)}", headers=headers)
                found = connection.getresponse()
                body, graph = found.read().decode(), found.headers.get("X-Graph", "")
            except (OSError, http.client.HTTPException) as error:
                self.wrong.append(f"lost: {error!r}")
                connection.close()
                continue
            self.slowest = max(self.slowest, time.monotonic() - begun)
            number = int(graph.split("-")[1]) if found.status == 200 else 0
            told = f",n\r\nstate {number},{number}" if query == QUERY else f"\r\nstate {number}"
            if body != f"label{told}\r\n" or number < newest:
                self.wrong.append(f"{found.status} {graph} after {newest}: {body}")
            newest = max(number, newest)
            self.answers[number] += 1
        connection.close()


def test_a_build_in_the_middle_loses_and_mixes_no_answer(tmp_path):
    landed(tmp_path, state(1))
    with serving(tmp_path, "--workers", "2") as running:
        until = time.monotonic() + SECONDS
        clients = [Client(running.host, running.port) for _ in range(CLIENTS)]
        threads = [threading.Thread(target=client.ask, args=(until,)) for client in clients]
        for thread in threads:
            thread.start()
        for number in (2, 3):
            time.sleep(SECONDS / 4)
            landed(tmp_path, state(number), number)
        for thread in threads:
            thread.join()
        answers = sum((client.answers for client in clients), Counter())
        wrong = [line for client in clients for line in client.wrong]
        slowest = max(client.slowest for client in clients)
        print(f"{CLIENTS} clients, {SECONDS:g} s: {dict(sorted(answers.items()))} answers by state, "
              f"{len(wrong)} wrong or lost, the slowest {slowest:.2f} s")  # fmt: skip
        assert not wrong
        assert min(client.answers.total() for client in clients) > 0
        end = time.monotonic() + 30
        while "graph-3" not in running.send("GET", "/search?q=state").headers["x-graph"]:
            assert time.monotonic() < end
            time.sleep(0.1)
        landed(tmp_path, state(4), 4)  # sweeps what nobody reads any more
        assert not (tmp_path / "graph-1").exists()


def test_a_build_that_is_damaged_is_not_taken_up(tmp_path):
    landed(tmp_path, state(1))
    with serving(tmp_path, "--workers", "1") as running:
        landed(tmp_path, state(2), 2)
        manifest = tmp_path / "manifest.json"
        whole = manifest.read_bytes()
        manifest.write_bytes(whole[:100])
        time.sleep(2)
        found = running.send("GET", "/search?q=state")
        assert found.status == 200
        manifest.write_bytes(whole)
        end = time.monotonic() + 30
        while "graph-2" not in running.send("GET", "/search?q=state").headers["x-graph"]:
            assert time.monotonic() < end
            time.sleep(0.1)
        assert running.send("GET", "/health").text == "ok\n"


class _Process:
    """A worker that answers with its name."""

    about = About("state", BASE, 1)

    def __init__(self, name: str) -> None:
        self.name = name

    def give(self, job: object) -> None: ...

    def done(self) -> None: ...

    async def begin(self) -> tuple[int, str, bytes, bool]:
        return 200, "text/plain", self.name.encode(), True


def test_a_process_that_has_read_nothing_yet_leaves_the_next_job_to_one_that_has():
    async def answers() -> list[bytes]:
        pool = Pool(Options())
        pool.about = _Process.about
        warm, fresh = _Process("warm"), _Process("fresh")
        pool._alive |= {warm, fresh}
        pool.give_back(warm)
        pool.give_back(fresh, fresh=True)
        return [(await pool.ask({}, "client")).body for _ in range(2)]

    with ThreadPoolExecutor(1) as own:  # a browser of other tests may have a loop in this one
        assert own.submit(asyncio.run, answers()).result() == [b"warm", b"warm"]
