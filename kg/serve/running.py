"""The server process: it listens, and runs the application until it is told to stop."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import Callable
from functools import partial
from typing import Final

import uvicorn

from kg.folder import hold
from kg.serve.options import Options
from kg.serve.pool import Pool
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

        async def work() -> None:
            async with Pool(options) as pool:
                config = uvicorn.Config(
                    application(options, pool),
                    access_log=False, log_config=None, lifespan="off", ws="none",
                    server_header=False, proxy_headers=False,
                    limit_concurrency=_CONNECTIONS, timeout_keep_alive=_IDLE,
                    timeout_graceful_shutdown=_GRACE,
                )  # fmt: skip
                gc.freeze()  # what is there now stays, and need not be looked through
                tell = partial(ready, f"http://{name}:{port}") if ready else _nothing
                await _Server(config, tell).serve([listening])

        with asyncio.Runner(loop_factory=_loop()) as runner:
            runner.run(work())


def _nothing() -> None:
    """Nobody wants to know."""


def _loop() -> Callable[[], asyncio.AbstractEventLoop] | None:
    """uvloop's event loop where that is installed."""
    try:
        import uvloop
    except ImportError:
        return None
    return uvloop.new_event_loop


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
