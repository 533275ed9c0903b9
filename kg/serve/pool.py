"""Worker processes that answer jobs, ended and replaced when one runs over, renewed with the graph.

A worker holds one state of the graph as long as it lives. When a build has made a new one, a new
worker opens it, and from then on takes the place of those before: no job that begins after is given
to an older one, and a job that has begun is finished where it is.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kg.errors import GraphError
from kg.folder import state
from kg.serve.answering import HEADER
from kg.serve.options import Options

log = logging.getLogger("kg.serve")

#: Seconds between two looks at the folder, and before a worker that did not start is tried again.
_LOOK: Final = 0.5
_AGAIN: Final = 2.0
#: Seconds within which a worker opens the graph.
_OPENS: Final = 120.0
#: Seconds that a job may wait for a worker, beside its own time.
_WAITS: Final = 30.0
#: Bytes of an answer that wait for a slow client here; the worker waits beyond.
_AHEAD: Final = 1 << 20


_DIED: Final = "The process of the query died. It may have needed more memory than it may use."


class Busy(Exception):
    """Too many wait already: ``status`` 503, or 429 where they are all of one client."""

    def __init__(self, status: int, message: str) -> None:
        self.status = status
        super().__init__(message)


class Ended(Exception):
    """The job was ended: its time was over (``late``), or its process died."""

    def __init__(self, message: str, *, late: bool = False) -> None:
        self.late = late
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class About:
    """The state of the graph that a worker holds."""

    graph: str
    base: str
    triples: int


class Worker:
    """One process."""

    def __init__(self, process: asyncio.subprocess.Process, about: About) -> None:
        self._process = process
        self.about = about

    @classmethod
    async def start(cls, options: Options) -> Worker:
        """A process that has opened the graph. Raises `GraphError` with what it said, if not."""
        numbers = options.rows, options.bytes, options.memory
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "kg.serve.worker",
            str(options.folder), str(os.getpid()), *map(str, numbers),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, limit=_AHEAD,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,  # Ctrl-C is for the server; it ends its workers
        )  # fmt: skip
        worker = cls(process, About("", "", 0))
        try:
            async with asyncio.timeout(_OPENS):
                head, body, _ = await worker.begin()
            if head["status"] != 200:
                raise GraphError(body.decode().strip())
            worker.about = About(**msgspec.json.decode(body))
        except (Ended, TimeoutError) as error:
            await worker.stop()
            raise GraphError(f"a worker did not start: {error or 'it took too long'}") from None
        except BaseException:
            await worker.stop()
            raise
        return worker

    def give(self, job: Mapping[str, Any]) -> None:
        """Send a job; `begin` reads what comes of it."""
        assert self._process.stdin is not None
        content = msgspec.json.encode(job)
        try:
            self._process.stdin.write(HEADER.pack(b"J", len(content)) + content)
        except (OSError, RuntimeError) as error:  # it has just died
            raise Ended(_DIED) from error

    async def begin(self) -> tuple[dict[str, Any], bytes, bool]:
        """What the answer is, its first piece, and whether it is whole."""
        kind, content = await self._frame()
        if kind != b"H":
            raise Ended("a worker broke off.")
        head, first = msgspec.json.decode(content), b""
        kind, content = await self._frame()
        if kind == b"D":
            first = content
            if len(first) >= 1 << 16:
                return head, first, False
            kind, content = await self._frame()
        if kind == b"X":
            raise Ended(content.decode())
        return head, first, True

    async def pieces(self) -> AsyncIterator[bytes]:
        """What comes after the first piece."""
        while True:
            kind, content = await self._frame()
            if kind == b"E":
                return
            if kind == b"X":
                raise Ended(content.decode())
            yield content

    async def _frame(self) -> tuple[bytes, bytes]:
        assert self._process.stdout is not None
        try:
            kind, length = HEADER.unpack(await self._process.stdout.readexactly(HEADER.size))
            return kind, await self._process.stdout.readexactly(length) if length else b""
        except (asyncio.IncompleteReadError, ConnectionError):
            raise Ended(_DIED) from None

    async def ended(self) -> None:
        """Waits until the process has ended, however it does."""
        await self._process.wait()

    async def stop(self) -> None:
        """End the process, whatever it does."""
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()


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

    def __init__(self, pool: Pool, worker: Worker, end: float) -> None:
        self._pool, self._worker, self._end = pool, worker, end
        self._whole = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        pieces = self._worker.pieces()
        while True:
            try:
                async with asyncio.timeout_at(self._end):
                    piece = await anext(pieces)
            except StopAsyncIteration:
                self._whole = True
                return
            except TimeoutError:
                raise self._pool.late() from None
            yield piece

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
        loop = asyncio.get_running_loop()
        worker = await self._taken(client, loop.time() + _WAITS)
        end = loop.time() + self._options.timeout
        try:
            worker.give(job)
            async with asyncio.timeout_at(end):
                head, body, whole = await worker.begin()
        except TimeoutError:
            self.discard(worker)
            raise self.late() from None
        except BaseException:  # it died, or the client went away
            self.discard(worker)
            raise
        if whole:
            self.give_back(worker)
        rest = None if whole else Rest(self, worker, end)
        return Reply(head["status"], head["type"], body, worker.about, rest)

    def late(self) -> Ended:
        """What is told of a job whose time is over."""
        self.counts["queries ended"] += 1
        return Ended(
            f"No answer within {self._options.timeout:g} seconds, so the query was ended. Ask for "
            "less, or begin with what is rare: a name, a relation.",
            late=True,
        )

    async def _taken(self, client: str, end: float) -> Worker:
        if self._idle:
            return self._idle.pop()
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
            async with asyncio.timeout_at(end):
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

    def give_back(self, worker: Worker) -> None:
        """A worker is free: it takes the next job, unless it holds an older graph."""
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
        self._idle.append(worker)

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
            if now != seen or self.trouble:
                if await self._look():
                    seen = now
                self._later(self._fill())

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
            for old in self._idle:
                self._alive.discard(old)
                self._later(self._end(old))
            self._idle.clear()
        if len(self._alive) > self._options.workers and self._idle:
            surplus = self._idle.pop()
            self._alive.discard(surplus)
            self._later(self._end(surplus))
        self.give_back(worker)
        return True

    async def _mourn(self, worker: Worker) -> None:
        """Replace a worker that died while it had nothing to do; with a job, that finds out."""
        await worker.ended()
        if worker in self._idle:
            self._idle.remove(worker)
            self.discard(worker)
