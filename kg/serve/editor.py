"""Corrections that clients send, each written by a process of its own, one after the other."""

from __future__ import annotations

import asyncio
import logging
import os
import sys
from typing import Final

import msgspec

from kg.serve.answering import Edit, Outcome
from kg.serve.options import Options
from kg.serve.pool import Pool

log = logging.getLogger("kg.serve")

#: Seconds that a client waits until its correction is in the graph; it is told later otherwise.
_PATIENCE: Final = 20.0
#: Edits that wait at once.
_MOST: Final = 32


class Editor:
    """Writes, and makes the workers take up what it wrote."""

    def __init__(self, options: Options, pool: Pool) -> None:
        self._options, self._pool = options, pool
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[Outcome]] = set()

    @property
    def pending(self) -> int:
        """How many edits are not done yet."""
        return len(self._tasks)

    async def edit(self, asked: Edit) -> Outcome:
        """What became of it; 202 where that takes long, and it goes on. A client that goes away
        changes nothing in that."""
        if len(self._tasks) >= _MOST:
            return Outcome(503, "Too many corrections wait. Try again in a moment.")
        task = asyncio.create_task(self._edit(asked))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        done, _ = await asyncio.wait({task}, timeout=_PATIENCE)
        return task.result() if done else Outcome(202, "It will be in the graph later.")

    async def _edit(self, asked: Edit) -> Outcome:
        async with self._turn:
            outcome = await self._written(asked)
            if outcome.status != 200:
                log.warning("a correction was not taken: %s", outcome.message)
            elif await self._pool.renewed():
                log.info("%d corrections were taken", len(asked.add) + len(asked.undo))
            return outcome

    async def _written(self, asked: Edit) -> Outcome:
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-P", "-m", "kg.serve.editing",
            str(self._options.folder), str(os.getpid()),
            stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            start_new_session=True,
        )  # fmt: skip
        told, _ = await process.communicate(msgspec.json.encode(asked))
        if process.returncode or not told:
            return Outcome(500, "The correction could not be written; the server's log says why.")
        return msgspec.json.decode(told, type=Outcome)
