"""A graph behind the standard protocols of the web: ``kg serve``.

::

    negotiation   which media type a client gets
    protocol      what a client asks: SPARQL 1.1 Protocol
    guard         host, token, headers: what every request and answer passes
    routes        addresses, and which job each becomes
    direct        look-ups that the server answers by itself
    pool          worker processes: given jobs, ended when one runs over, renewed with the graph
    assistants    the same graph as tools of the Model Context Protocol: tools
    editor        processes that write corrections: editing
    process       such a process as the server sees it
    worker        such a process; its jobs are in sparql, pages, view, lookup, asking, reconcile; what they give: answering

Read-only but with ``edit``, and on this machine alone unless told otherwise (`kg.serve.options.Options`). Needs the
extra ``kg[serve]``.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.errors import ConfigError, GraphError
from kg.serve.options import Options, read_token

__all__ = ["Options", "offer", "read_token", "serve"]


def serve(options: Options, *, ready: Callable[[str], None] | None = None) -> None:
    """Serve the graph until the process is told to stop; ``ready`` is called with the address.

    Raises `ConfigError` without the extra ``kg[serve]``, or where the address is taken, and
    `GraphError` where there is no graph.
    """
    try:
        from kg.serve.running import run
    except ImportError as error:
        name = (error.name or "").partition(".")[0]
        if name not in ("starlette", "uvicorn"):
            raise
        raise ConfigError(f"{name} is not installed; pip install 'kg[serve]'.") from None
    try:
        run(options, ready)
    except OSError as error:
        raise GraphError(
            f"{options.host}:{options.port}: cannot listen there: {error.strerror or error}. "
            "Choose another --port, or 0 for any that is free."
        ) from error


def offer(options: Options, old: Path | None = None) -> None:
    """Answer an assistant on standard input and output until that ends; ``old`` is what ``diff``
    compares with.

    Raises `ConfigError` without the extra ``kg[mcp]``, `GraphError` where there is no graph.
    """
    try:
        from kg.serve.assistants import run
    except ImportError as error:
        if (error.name or "").partition(".")[0] not in ("mcp", "anyio", "pydantic"):
            raise
        raise ConfigError(f"{error.name} is not installed; pip install 'kg[mcp]'.") from None
    run(options, old)
