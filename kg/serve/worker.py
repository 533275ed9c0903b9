"""The process that answers: it holds one state of the graph, and takes one job after the other.

``python -m kg.serve.worker FOLDER PARENT ROWS BYTES MEMORY``. A job comes on stdin, an answer goes
to stdout, in frames: a letter, four bytes of length, the content.

::

    job     J {"task": "sparql", ...}
    answer  A 200 text/csv, a line's end, and all of it
       or   B 200 text/csv, a line's end, and a first piece;  D another piece ...;  E its end
            X in place of E: it broke off

Native code that evaluates a query knows no time limit. So whoever gave the job ends this process
when its time is over, and starts another.
"""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import msgspec

from kg.errors import GraphError, QueryError
from kg.knowledge_graph import Graph
from kg.parent import end_with_parent, gone
from kg.serve import asking, lookup, pages, reconcile, sparql, tools, view
from kg.serve.answering import HEADER, Limits, Refused, Sink
from kg.serve.lookup import Served

log = logging.getLogger("kg.serve")

#: name -> what answers such a job: it takes the graph, a sink, the limits and what the job says.
TASKS: Mapping[str, Callable[..., None]] = {
    **sparql.TASKS, **pages.TASKS, **lookup.TASKS, **reconcile.TASKS, **view.TASKS,
    **tools.TASKS, **asking.TASKS,
}  # fmt: skip


def answer(
    graph: Graph, sink: Sink, limits: Limits, task: Callable[..., None], job: dict[str, Any]
) -> None:
    """One job, whatever comes of it: its answer, or why there is none."""
    try:
        task(graph, sink, limits, **job)
        sink.end()
    except Refused as error:
        sink.fail(error.status, str(error))
    except QueryError as error:
        sink.fail(400, str(error))
    except (BrokenPipeError, KeyboardInterrupt):
        raise
    except Exception:
        log.exception("a job failed")
        sink.fail(500, "This could not be answered; the server's log says why.")


def main(folder: str, parent: int, limits: Limits, memory: int) -> None:
    """Say which graph this is, then answer jobs until there are no more."""
    logging.basicConfig()
    end_with_parent(partial(gone, parent))
    jobs, out = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what anything prints is no answer
    _limit(memory)
    try:
        graph = Served(folder)
    except GraphError as error:
        Sink(out, limits.bytes).fail(500, str(error))
        return
    about = {"graph": graph.name, "base": graph.base, "triples": len(graph)}
    sink = Sink(out, limits.bytes)
    sink.whole("application/json", msgspec.json.encode(about))
    sink.end()
    gc.freeze()  # what is there now stays, and need not be looked through
    while len(head := jobs.read(HEADER.size)) == HEADER.size:
        job = msgspec.json.decode(jobs.read(HEADER.unpack(head)[1]))
        answer(graph, Sink(out, limits.bytes), limits, TASKS[job.pop("task")], job)


def _limit(megabytes: int) -> None:
    """Let the system refuse more memory than this; a query that needs it ends the process."""
    if not megabytes or sys.platform != "linux":
        return
    import resource

    _, hard = resource.getrlimit(resource.RLIMIT_DATA)
    most = megabytes << 20
    resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))


if __name__ == "__main__":
    _folder, _parent, *_numbers = sys.argv[1:]
    _rows, _bytes, _memory = map(int, _numbers)
    main(_folder, int(_parent), Limits(_rows, _bytes), _memory)
