"""Worker processes that answer jobs, ended and replaced when one runs over, renewed with the graph.

A worker holds one state of the graph as long as it lives. When a build has made a new one, a new
worker opens it, and from then on takes the place of those before: no job that begins after is given
to an older one, and a job that has begun is finished where it is.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from kg.errors import GraphError
from kg.folder import state
from kg.serve.options import Options
from kg.serve.process import About, Ended, Worker

log = logging.getLogger("kg.serve")

#: Seconds between two looks at the folder, and before a worker that did not start is tried again.
_LOOK: Final = 0.5
_AGAIN: Final = 5.0
#: Seconds that a job may wait for a worker, beside its own time.
_WAITS: Final = 30.0


class Busy(Exception):
    """Too many wait already: ``status`` 503, or 429 where they are all of one client."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Reply:
    """The answer to a job: a small one is whole in ``body``; ``rest`` gives what comes after."""

    status: int
    type: str
    body: bytes
    about: About
    rest: Rest | None = None


class Rest:
    """The pieces of a long answer after the first. `close` it: that gives the worker back, or ends
    it where it has more to say."""

    def __init__(self, pool: Pool, worker: Worker) -> None:
        self._pool, self._worker = pool, worker
        self._whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        try:
            async for piece in self._worker.pieces():
                yield piece
            self._whole = True
        except Ended as error:
            self._pool.count(error)
            raise

    def close(self) -> None:
        """Nobody reads on."""
        if self._whole:
            self._pool.give_back(self._worker)
        else:
            self._pool.discard(self._worker)


class Pool:
    """As many workers as the options say. Use it as an asynchronous context manager."""

    def __init__(self, options: Options) -> None:
        self._options = options
        self._idle: list[Worker] = []
        self._alive: set[Worker] = set()
        self._waiting: list[asyncio.Future[Worker]] = []
        self._by_client: dict[str, int] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ending: set[Worker] = set()
        self._filling = asyncio.Lock()
        self._closed = False
        self.about: About | None = None
        self.trouble = ""
        #: Called when another state of the graph is taken up.
        self.listeners: list[Callable[[], None]] = []
        self.counts = {"queries ended": 0, "workers started": 0, "graphs": 0, "turned away": 0}

    async def __aenter__(self) -> Pool:
        await self._look()
        if self.about is None:
            raise GraphError(self.trouble)
        self._later(self._fill())
        self._later(self._watch())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._closed = True
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(worker.stop() for worker in self._alive | self._ending))

    @property
    def busy(self) -> int:
        """How many workers answer now."""
        return len(self._alive) - len(self._idle)

    @property
    def waiting(self) -> int:
        """How many jobs wait for a worker."""
        return len(self._waiting)

    @property
    def alive(self) -> int:
        """How many workers there are."""
        return len(self._alive)

    # --- jobs ------------------------------------------------------------------------------------

    async def ask(self, job: Mapping[str, Any], client: str) -> Reply:
        """The answer to a job of this client. Raises `Busy` and `Ended`.

        Where there is a ``rest``, it must be closed.
        """
        worker = self._idle.pop() if self._idle else await self._turn(client)
        try:
            worker.give(job)
            status, type, body, whole = await worker.begin()
        except BaseException as error:  # it ran over or died, or the client went away
            self.discard(worker)
            self.count(error)
            raise
        if whole:
            self.give_back(worker)
        return Reply(status, type, body, worker.about, None if whole else Rest(self, worker))

    def count(self, error: BaseException) -> None:
        """A job was ended."""
        self.counts["queries ended"] += isinstance(error, Ended) and error.late

    async def _turn(self, client: str) -> Worker:
        """A worker, when it is this client's turn."""
        if len(self._waiting) >= self._options.queue:
            self.counts["turned away"] += 1
            raise Busy(503, "Too many wait for an answer. Try again in a moment.")
        if self._by_client.get(client, 0) >= self._options.each:
            self.counts["turned away"] += 1
            raise Busy(429, "You have too many requests waiting. Let some be answered first.")
        turn: asyncio.Future[Worker] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        self._by_client[client] = self._by_client.get(client, 0) + 1
        try:
            async with asyncio.timeout(_WAITS):
                return await turn
        except (TimeoutError, asyncio.CancelledError) as error:
            if turn.done() and not turn.cancelled():  # it was given one in the same moment
                self.give_back(turn.result())
            if isinstance(error, asyncio.CancelledError):
                raise
            self.counts["turned away"] += 1
            raise Busy(503, "No worker was free in time. Try again in a moment.") from None
        finally:
            if turn in self._waiting:
                self._waiting.remove(turn)
            self._by_client[client] -= 1
            if not self._by_client[client]:
                del self._by_client[client]

    def give_back(self, worker: Worker, *, fresh: bool = False) -> None:
        """A worker is free: it takes the next job, unless it holds an older graph. A ``fresh`` one, which has read
        nothing yet, takes it only where no other is free."""
        worker.done()
        if self._closed or worker not in self._alive:
            return
        if worker.about != self.about:
            self.discard(worker)
            return
        while self._waiting:
            turn = self._waiting.pop(0)
            if not turn.done():
                turn.set_result(worker)
                return
        self._idle.insert(0 if fresh else len(self._idle), worker)

    def discard(self, worker: Worker) -> None:
        """End a worker, now; another takes its place."""
        if worker in self._alive:
            self._alive.remove(worker)
            self._later(self._end(worker))
            self._later(self._fill())

    async def _end(self, worker: Worker) -> None:
        self._ending.add(worker)
        await worker.stop()
        self._ending.discard(worker)

    # --- workers ---------------------------------------------------------------------------------

    def _later(self, work: Any) -> None:
        if self._closed:
            work.close()
            return
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _watch(self) -> None:
        """Take up a new build, as soon as it is there."""
        seen = state(self._options.folder)
        while True:
            await asyncio.sleep(_LOOK if not self.trouble else _AGAIN)
            now = state(self._options.folder)
            if (now != seen or self.trouble) and await self._look():
                seen = now
                self._later(self._fill())

    async def renewed(self) -> bool:
        """Take up what a build has just made; whether that went well."""
        return await self._look()

    async def _look(self) -> bool:
        """Start a worker on what the folder holds now; whether that went well."""
        async with self._filling:
            return await self._more()

    async def _fill(self) -> None:
        """Start workers until there are enough of the current graph."""
        async with self._filling:
            while len(self._alive) < self._options.workers and await self._more():
                pass

    async def _more(self) -> bool:
        try:
            worker = await Worker.start(self._options)
        except GraphError as error:
            self.trouble = str(error)
            log.warning("%s", error)
            return False
        self.trouble = ""
        self.counts["workers started"] += 1
        self._alive.add(worker)
        self._later(self._mourn(worker))
        if worker.about != self.about:
            self.about = worker.about
            self.counts["graphs"] += 1
            for tell in self.listeners:
                tell()
            for old in self._idle:
                self._alive.discard(old)
                self._later(self._end(old))
            self._idle.clear()
        if len(self._alive) > self._options.workers and self._idle:
            surplus = self._idle.pop(0)
            self._alive.discard(surplus)
            self._later(self._end(surplus))
        self.give_back(worker, fresh=True)
        return True

    async def _mourn(self, worker: Worker) -> None:
        """Replace a worker that died while it had nothing to do; with a job, that finds out."""
        await worker.ended()
        if worker in self._idle:
            self._idle.remove(worker)
            self.discard(worker)
