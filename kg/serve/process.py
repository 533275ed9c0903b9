"""A worker process, as the server sees it: it is given a job, and read or ended."""

from __future__ import annotations

import asyncio
import contextlib
import os
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from kg.errors import GraphError
from kg.serve.answering import HEADER
from kg.serve.options import Options

#: Seconds within which a worker opens the graph.
_OPENS: Final = 120.0
#: Bytes of an answer that wait for a slow client here; the worker waits beyond.
_AHEAD: Final = 1 << 20
_DIED: Final = "The process of the query died. It may have needed more memory than it may use."


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

    def __init__(self, process: asyncio.subprocess.Process, seconds: float) -> None:
        assert process.stdin is not None and process.stdout is not None
        self._process, self._seconds = process, seconds
        self._jobs, self._answers = process.stdin, process.stdout
        self._timer: asyncio.TimerHandle | None = None
        self._late = False
        self.about = About("", "", 0)

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
        worker = cls(process, options.timeout)
        try:
            async with asyncio.timeout(_OPENS):
                status, _, body, _ = await worker.begin()
            if status != 200:
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
        """Send a job; `begin` reads what comes of it. When its time is over, the process is
        ended, whatever it does."""
        content = msgspec.json.encode(job)
        try:
            self._jobs.write(HEADER.pack(b"J", len(content)) + content)
        except (OSError, RuntimeError) as error:  # it has just died
            raise Ended(_DIED) from error
        self._timer = asyncio.get_running_loop().call_later(self._seconds, self._overrun)

    def _overrun(self) -> None:
        self._late = True
        self._kill()

    def done(self) -> None:
        """The job is done within its time."""
        if self._timer is not None:
            self._timer.cancel()

    async def begin(self) -> tuple[int, str, bytes, bool]:
        """Status, type and first piece of the answer, and whether that is all of it."""
        kind, content = await self._frame()
        head, _, piece = content.partition(b"\n")
        status, _, type = head.decode().partition(" ")
        return int(status), type, piece, kind == b"A"

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
        try:
            kind, length = HEADER.unpack(await self._answers.readexactly(HEADER.size))
            return kind, await self._answers.readexactly(length) if length else b""
        except (asyncio.IncompleteReadError, ConnectionError):
            if self._late:
                raise Ended(
                    f"No answer within {self._seconds:g} seconds, so the query was ended. Ask for "
                    "less, or begin with what is rare: a name, a relation.",
                    late=True,
                ) from None
            raise Ended(_DIED) from None

    async def ended(self) -> None:
        """Waits until the process has ended, however it does."""
        await self._process.wait()

    async def stop(self) -> None:
        """End the process, whatever it does."""
        self.done()
        self._kill()
        await self._process.wait()

    def _kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
