"""The server process: it listens, and runs the application until it is told to stop."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Final

import uvicorn

from kg.errors import GraphError
from kg.folder import hold
from kg.serve.options import Options
from kg.serve.routes import application

#: Connections at once; a client that holds one without asking is cut after so many seconds.
_CONNECTIONS: Final = 1024
_IDLE: Final = 15
#: Seconds that answers may still take when the server is told to stop.
_GRACE: Final = 5


class _Server(uvicorn.Server):
    """Tells when it is ready."""

    def __init__(self, config: uvicorn.Config, tell: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = tell

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._tell()


def run(options: Options, ready: Callable[[str], None] | None) -> None:
    """Listen and serve."""
    hold(options.folder).close()  # no graph: said at once
    with _listening(options) as listening:
        host, port = listening.getsockname()[:2]
        name = f"[{host}]" if ":" in host else host
        config = uvicorn.Config(
            application(options),
            access_log=False, log_config=None, log_level="warning", lifespan="on",
            server_header=False, proxy_headers=False, date_header=True, ws="none",
            limit_concurrency=_CONNECTIONS, timeout_keep_alive=_IDLE,
            timeout_graceful_shutdown=_GRACE,
        )  # fmt: skip
        server = _Server(config, lambda: ready(f"http://{name}:{port}") if ready else None)
        server.run([listening])
    if not server.started:
        raise GraphError(f"{options.folder}: the server did not start; see above.")


def _listening(options: Options) -> socket.socket:
    family = socket.AF_INET6 if ":" in options.host else socket.AF_INET
    made = socket.socket(family, socket.SOCK_STREAM)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind((options.host, options.port))
        made.listen(_CONNECTIONS)
    except BaseException:
        made.close()
        raise
    return made
