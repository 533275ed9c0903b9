"""A query answered in a process apart, because nothing ends one that runs in this process.

Oxigraph evaluates in native code that knows no time limit and no Ctrl-C. So a query with a limit
is given to ``python -m kg.graph.apart STORE``, which opens the same store, and is killed when the
time is over or the caller is interrupted: no thread is left behind. It costs a tenth of a second.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from kg.errors import GraphError, QueryError, QueryTimeout
from kg.graph.query import Found, solve
from kg.lexicon import Own
from kg.parent import end_with_parent, gone
from kg.results import from_plain, to_plain

if TYPE_CHECKING:
    from kg.graph.inferred import Infer

_SOLUTIONS = ox.QueryResultsFormat.JSON
_TRIPLES = ox.RdfFormat.N_TRIPLES


def solve_apart(
    store: Path,
    text: str,
    prefixes: Mapping[str, str],
    *,
    timeout: float,
    allow_service: bool,
    infer: Infer | None = None,
) -> Found:
    """As `kg.graph.query.solve`, within so many seconds (``math.inf``: any), the last row included.
    With ``infer`` that process infers, too, where the store was not written with what follows.

    Raises `QueryTimeout` when they are over, `QueryError` for what `solve` raises it for, and
    `GraphError` when the process dies or the store is there no more.
    """
    request = {"text": text, "prefixes": dict(prefixes), "allow_service": allow_service}
    request |= {"infer": {"base": infer.base, "own": to_plain(infer.own)}} if infer else {}
    process = subprocess.Popen(  # noqa: S603 (our own interpreter and module)
        [sys.executable, "-P", "-m", "kg.graph.apart", str(store), str(os.getpid())],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )
    try:
        body, said = process.communicate(
            json.dumps(request).encode(), timeout=None if math.isinf(timeout) else timeout
        )
    except subprocess.TimeoutExpired:
        raise QueryTimeout(
            f"no answer within {timeout:g} seconds, so the query was ended. Ask for less, begin with "
            "what is rare (a name, a relation), or allow more time."
        ) from None
    finally:  # Ctrl-C, too
        process.kill()
        process.wait()
    head, _, rest = body.partition(b"\n")
    if not head:
        told = said.decode(errors="replace").strip().rpartition("\n")[2]
        raise GraphError(f"the query's process died with exit code {process.returncode}: {told}")
    return _read(json.loads(head), rest)


def _read(head: dict[str, Any], body: bytes) -> Found:
    match head["kind"]:
        case "query error":
            raise QueryError(head["message"], head["line"], head["column"])
        case "graph error":
            raise GraphError(head["message"])
        case "graph":
            return [quad.triple for quad in ox.parse(body, format=_TRIPLES)]
        case _:
            return ox.parse_query_results(body, format=_SOLUTIONS)


def _main(store: str, parent: int) -> None:
    """Answer the request on stdin: a line of JSON that says what comes, and what comes."""
    end_with_parent(partial(gone, parent))
    request = json.load(sys.stdin)
    body: bytes | None = b""
    try:
        whole, dataset = _opened(store), dict[str, Any]()
        if given := request.pop("infer", None):
            from kg.graph.inferred import Infer

            own = given["own"] and from_plain(Own, given["own"])
            whole, dataset = Infer(given["base"], own).of(whole)
        found = solve(whole, **request, **dataset)
        if isinstance(found, list):
            raise TypeError("triples are given as a list by this module alone")
        graph = isinstance(found, ox.QueryTriples)
        body = found.serialize(format=_TRIPLES if graph else _SOLUTIONS)  # type: ignore[arg-type]
        head: dict[str, Any] = {"kind": "graph" if graph else "solutions"}
    except QueryError as error:
        head = {"kind": "query error", "message": str(error)}
        head |= {"line": error.line, "column": error.column}
    except GraphError as error:
        head = {"kind": "graph error", "message": str(error)}
    sys.stdout.buffer.write(json.dumps(head).encode() + b"\n" + (body or b""))
    sys.stdout.buffer.flush()


def _opened(store: str) -> ox.Store:
    try:
        return ox.Store.read_only(store)
    except OSError as error:
        raise GraphError(
            f"{store}: cannot be opened any more ({error}). A build may have written a new graph; "
            "open it again."
        ) from error


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
