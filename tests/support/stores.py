"""Other stores, as real servers in processes of their own: Oxigraph's and Virtuoso."""

from __future__ import annotations

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from tests.support.needs import needs


@dataclass(frozen=True)
class Server:
    """Where it takes updates and queries, and who may update. ``cuts``: rows after which it cuts
    an answer, and does not say so."""

    name: str
    url: str
    update: str
    query: str
    user: str | None = None
    password: str = ""
    cuts: int | None = None

    def count(self, graph: str | None) -> int:
        """How many triples it says a graph has."""
        where = f"GRAPH <{graph}> {{ ?s ?p ?o }}" if graph else "?s ?p ?o"
        host, _, path = self.query.removeprefix("http://").partition("/")
        connection = http.client.HTTPConnection(host, timeout=60)
        asked = quote(f"SELECT (COUNT(*) AS ?n) {{ {where} }}")
        headers = {"Accept": "application/sparql-results+json"}
        connection.request("GET", f"/{path}?query={asked}", headers=headers)
        rows = json.loads(connection.getresponse().read())["results"]["bindings"]
        connection.close()
        return int(rows[0]["n"]["value"])


def free() -> int:
    """A port that nobody uses."""
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


@contextmanager
def _running(words: Sequence[str], port: int) -> Iterator[None]:
    process = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        end = time.monotonic() + 60
        while True:
            with socket.socket() as sock:
                if sock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None and time.monotonic() < end
            time.sleep(0.05)
        yield
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[Server]:
    """Oxigraph's own server."""
    beside, port = Path(sys.executable).with_name("oxigraph"), free()
    program = str(beside) if beside.exists() else needs("oxigraph")
    url = f"http://127.0.0.1:{port}"
    with _running(
        [program, "serve", "--location", str(folder), "--bind", url.removeprefix("http://")], port
    ):
        yield Server("oxigraph", url, f"{url}/update", f"{url}/query")


@contextmanager
def virtuoso(folder: Path, *, cuts: int = 300) -> Iterator[Server]:
    """Virtuoso, with a database of its own in ``folder``."""
    program, port = needs("virtuoso"), free()
    names = ("Database", "Log", "Lock", "Transaction", "Temporary")
    files = {name: folder / name.lower() for name in names}
    (folder / "virtuoso.ini").write_text(
        f"""[Database]
DatabaseFile = {files["Database"]}
ErrorLogFile = {files["Log"]}
LockFile = {files["Lock"]}
TransactionFile = {files["Transaction"]}
xa_persistent_file = {folder / "xa"}
[TempDatabase]
DatabaseFile = {files["Temporary"]}
TransactionFile = {folder / "temporary-transaction"}
[Parameters]
ServerPort = 127.0.0.1:{free()}
NumberOfBuffers = 2000
DirsAllowed = {folder}
[HTTPServer]
ServerPort = 127.0.0.1:{port}
[SPARQL]
ResultSetMaxRows = {cuts}
"""
    )
    url = f"http://127.0.0.1:{port}"
    with _running([program, "-f", "-c", str(folder / "virtuoso.ini")], port):
        yield Server(
            "virtuoso", url, f"{url}/sparql-auth", f"{url}/sparql", "dba", "dba", cuts=cuts
        )  # what a new database has
