"""A real server in a process of its own, and a client that says what came back, byte for byte."""

from __future__ import annotations

import http.client
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from kg.model import Entity
from tests.support.graphs import BASE, Graph, landed, small
from tests.support.needs import needs

#: Asks for hundreds of millions of rows: no machine is through with it within a test.
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l FILTER(?c < ?f && ?i > ?l) }"
HOSTILE = '<script>alert(1)</script>" onmouseover="x'


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    host: str
    port: int

    @property
    def url(self) -> str:
        return f"http://{self.host}:{self.port}"

    def send(
        self,
        method: str,
        path: str,
        body: bytes | str | None = None,
        timeout: float = 60,
        **headers: str,
    ) -> Answer:
        """One request on a connection of its own; ``Content_Type="..."`` is a header."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=timeout)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, path, body, named)
            found = connection.getresponse()
            plain = {name.lower(): value for name, value in found.getheaders()}
            return Answer(found.status, plain, found.read())
        finally:
            connection.close()

    def get(
        self, path: str, given: dict[str, str] | list[tuple[str, str]] = (), **headers: str
    ) -> Answer:  # type: ignore[assignment]
        """A GET with these parameters."""
        return self.send("GET", f"{path}?{urlencode(given)}" if given else path, **headers)

    def query(self, text: str, **headers: str) -> Answer:
        """A query by GET."""
        return self.get("/sparql", {"query": text}, **headers)

    def workers(self) -> set[int]:
        """The processes that answer."""
        listed = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        if not listed.exists():
            pytest.skip("processes are listed on Linux alone")
        return {int(pid) for pid in listed.read_text().split()}


@contextmanager
def serving(folder: Path, *options: str, **environment: str) -> Iterator[Server]:
    """A server over this folder, for as long as the block lasts."""
    needs("starlette")
    needs("uvicorn")
    process = subprocess.Popen(
        [sys.executable, "-m", "kg", "serve", "-g", str(folder), "--port", "0", *options],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **environment},
    )
    try:
        assert process.stderr is not None
        said = process.stderr.readline()
        found = re.search(r"http://(\S+):(\d+)", said)
        assert found, said + process.stderr.read()
        yield Server(process, found[1], int(found[2]))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=30)


def hostile() -> Graph:
    """The small graph, with names and passages that would like to be more than text."""
    parts = small()
    bad = Entity(f"{BASE}entity/Bad", HOSTILE, "Person", ("javascript:alert(1)",), (), True)
    far = Entity(f"{BASE}entity/Café_é", "Café é", "Place", (), (), True)
    old = Entity(f"{BASE}entity/Zo%C3%AB", "Zoë", "Person", (), (), True)
    first, *rest = parts.statements
    evidence = replace(first.evidence[0], text=f"{HOSTILE} & so on")
    mean = replace(
        first, evidence=(evidence,), arguments=(), subject=replace(first.subject, label=HOSTILE)
    )
    return replace(parts, entities=[*parts.entities, bad, far, old], statements=[mean, *rest])


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """One server for all tests that leave it as it is: limits are low."""
    folder = landed(tmp_path_factory.mktemp("served"), hostile())
    options = ("--timeout", "1", "--rows", "2000", "--megabytes", "1", "--workers", "2")
    with serving(folder, *options, "--cors", "https://table.example") as running:
        yield running
