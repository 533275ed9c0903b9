"""What one query may take: beyond it is ended, and the next one is answered."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import os
import signal
import socket
import threading
import time
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import quote

import pytest

from kg.serve.options import Options
from kg.serve.pool import Pool
from tests.serve.conftest import ENDLESS, serving
from tests.support.graphs import landed
from tests.support.needs import needs

SELECT = "SELECT ?o { ent:Alder_Studios kg:used ?o }"
MANY = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT "


def wait_for(what) -> None:
    end = time.monotonic() + 30
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def run_apart(work: Coroutine[Any, Any, Any]) -> Any:
    """Run a coroutine in a thread of its own: Playwright's event loop may run in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_query_that_runs_over_is_ended_and_its_process_with_it(server):
    before = server.workers()
    found = server.query(ENDLESS)
    assert found.status == 503
    assert "1 seconds" in found.text
    wait_for(lambda: not all(map(is_there, before)))
    assert server.query(SELECT).status == 200
    wait_for(lambda: len(server.workers()) == 2)
    assert server.workers() != before


def test_more_endless_queries_than_workers_hold_up_nobody_for_good(server):
    with ThreadPoolExecutor(3) as threads:
        ended = [threads.submit(server.query, ENDLESS) for _ in range(3)]
        statuses = {future.result().status for future in ended}
    assert statuses == {503}
    assert server.query(SELECT).status == 200


def test_a_query_that_runs_over_after_its_first_rows_breaks_off(tmp_path):
    """Its status was sent before; that the answer is not whole must show."""
    endless = "?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(STRLEN(CONCAT(STR(?f), STR(?i), STR(?l))) < 0)"
    with serving(landed(tmp_path), "--workers", "1", "--timeout", "2") as running:
        rows = running.query("SELECT ?s ?p { ?s ?p ?o }").json["results"]["bindings"]
        subject, predicate = (rows[300][name]["value"] for name in "sp")
        with pytest.raises(http.client.IncompleteRead) as broken:
            running.query(
                f'SELECT ?x {{ ?s ?p ?o BIND("{"x" * 1000}" AS ?x) FILTER(?s != <{subject}> || '
                f"?p != <{predicate}> || EXISTS {{ {endless} }}) }}"
            )
    assert len(broken.value.partial) > 100_000


@pytest.mark.parametrize("accept", ["application/sparql-results+json", "application/sparql-results+xml",
                                    "text/csv", "text/tab-separated-values"])  # fmt: skip
@pytest.mark.parametrize(
    "text",
    ["SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT ", "SELECT (1 AS ?x) { ?a ?b ?c . ?d ?e ?f } LIMIT "],
)
def test_rows_are_counted_to_the_last(server, accept, text):
    assert server.query(f"{text}2000", Accept=accept).status == 200
    try:
        over = server.query(f"{text}2001", Accept=accept)
    except http.client.IncompleteRead:
        return  # it had begun
    assert over.status == 400
    assert "2,000 rows" in over.text


def test_triples_are_counted_too(server):
    text = "CONSTRUCT { ?a ?b ?c, ?f } WHERE { ?a ?b ?c . ?d ?e ?f } LIMIT 3000"
    try:
        found = server.query(text)
    except http.client.IncompleteRead:
        return
    assert found.status == 400


def test_a_long_answer_is_cut_so_that_it_shows(server):
    text = f'SELECT ("{"x" * 3000}" AS ?x) {{ ?a ?b ?c }}'  # 1.4 MB, where 1 may be
    with pytest.raises(http.client.IncompleteRead):
        server.query(text)
    assert server.query(SELECT).status == 200


def test_an_answer_of_many_pieces_is_whole(server):
    text = 'SELECT ("%s" AS ?x) { ?a ?b ?c } LIMIT 100' % ("x" * 3000)
    found = server.query(text)
    assert (found.status, found.text.count("x" * 3000)) == (200, 100)


def test_a_process_that_dies_is_replaced(server):
    with ThreadPoolExecutor(2) as threads:
        asked = [threads.submit(server.query, ENDLESS) for _ in range(2)]
        time.sleep(0.5)
        for pid in server.workers():
            os.kill(pid, signal.SIGKILL)
        assert {future.result().status for future in asked} <= {500, 503}
    assert server.query(SELECT).status == 200


def test_an_idle_process_that_dies_is_noticed(server):
    wait_for(lambda: len(server.workers()) == 2)
    for pid in server.workers():
        os.kill(pid, signal.SIGKILL)
    assert server.query(SELECT).status in (200, 500)  # it may be given to one that has just died
    assert server.query(SELECT).status == 200


def test_who_leaves_holds_up_nobody(server):
    for _ in range(4):
        with socket.create_connection((server.host, server.port)) as sock:
            sock.sendall(
                f"GET /sparql?query={quote(ENDLESS)} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode()
            )
            time.sleep(0.1)
    assert server.query(SELECT).status == 200


def test_a_query_of_much_memory_ends_alone(tmp_path):
    with serving(
        landed(tmp_path), "--workers", "1", "--memory", "700", "--timeout", "20"
    ) as running:
        big = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c"
        found = running.query(big)
        assert (found.status, "memory" in found.text) == (500, True)
        assert running.query(SELECT).status == 200


def test_a_body_that_does_not_come_is_408(monkeypatch):
    needs("starlette")
    from starlette.exceptions import HTTPException
    from starlette.requests import Request

    from kg.serve import protocol

    monkeypatch.setattr(protocol, "ARRIVES", 0.2)
    kind = (b"content-type", b"application/sparql-query")
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/sparql",
        "query_string": b"",
        "headers": [kind],
    }

    async def never() -> dict[str, object]:
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    with pytest.raises(HTTPException) as told:
        run_apart(protocol.asked(Request(scope, never), 100))
    assert told.value.status_code == 408


def test_who_asks_too_much_at_once_is_told(tmp_path):
    """One client may not fill the queue: others still get a place in it."""
    options = Options(landed(tmp_path), workers=1, queue=4, each=2)
    job = {"task": "sparql", "text": ENDLESS, "default": (), "named": (),
           "results": "text/csv", "graphs": None}  # fmt: skip

    async def crowd() -> list[int]:
        async with Pool(options) as pool:
            asked = [asyncio.create_task(pool.ask(job, client)) for client in "aaaabbbc"]
            done, rest = await asyncio.wait(asked, timeout=0.5)
            for task in rest:
                task.cancel()
            await asyncio.wait(rest)
            return sorted(task.exception().status for task in done)  # type: ignore[union-attr]

    assert run_apart(crowd()) == [429, 503, 503]


def test_a_server_that_is_killed_leaves_no_process(tmp_path):
    with serving(landed(tmp_path), "--workers", "2", "--timeout", "100") as running:
        threading.Thread(target=lambda: _quiet(running.query, ENDLESS), daemon=True).start()
        time.sleep(1)
        wait_for(lambda: len(running.workers()) == 2)
        workers = running.workers()
        running.process.kill()
        wait_for(lambda: not any(map(is_there, workers)))


def _quiet(ask, text: str) -> None:
    with contextlib.suppress(OSError, http.client.HTTPException):
        ask(text)
