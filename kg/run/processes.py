"""Many articles at once, each in a process of its own that loads the pipeline once.

Processes are spawned, not forked: the threads of the parser do not survive a fork. A process that
dies (out of memory, a crash in native code) costs the article it had, not the run: its result is
a `WorkerDied`, and a new process takes its place. Workers end with their parent, even when it is
killed in the middle of an article. What a worker logs is logged by the parent.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import pickle
from collections.abc import Callable, Iterable, Iterator
from logging.handlers import QueueHandler
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnContext
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from kg.errors import KGError, told
from kg.parent import end_with_parent
from kg.rings import collect_rarely, end_soon
from kg.threads import one_thread_each

T = TypeVar("T")
R = TypeVar("R")

#: Items that may be under way or wait for an earlier one, for each worker.
IN_FLIGHT = 4
_log = logging.getLogger("kg")


class WorkerDied(KGError):
    """The process that worked on this item ended by itself (``exit_code``; negative: a signal)."""

    def __init__(self, exit_code: int | None) -> None:
        self.exit_code = exit_code
        super().__init__(f"the worker process ended with exit code {exit_code}")


class _Worker:
    def __init__(self, context: SpawnContext, function: Callable[[Any], Any]) -> None:
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(
            target=_serve, args=(theirs, function, _log.getEffectiveLevel()), daemon=True
        )
        with one_thread_each():
            self.process.start()
        theirs.close()
        self.index: int | None = None

    def give(self, index: int, item: Any) -> None:
        self.index = index
        # If the process is gone already, `take` meets the closed pipe and tells.
        with contextlib.suppress(OSError):
            self.pipe.send(item)

    def take(self) -> Any:
        """The result; an exception that the function raised is raised here."""
        try:
            good, value, records = self.pipe.recv()
        except (EOFError, OSError):
            self.process.join()
            raise WorkerDied(self.process.exitcode) from None
        for record in records:
            log = logging.getLogger(record.name)
            if log.isEnabledFor(record.levelno):
                log.handle(record)
        if not good:
            raise value
        return value


def _stop(workers: list[_Worker]) -> None:
    """End them, all at once."""
    for worker in workers:
        worker.pipe.close()
    for worker in workers:
        worker.process.join(timeout=5)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()


class _Keeper(QueueHandler):
    """Keeps records, made plain to travel, until the answer takes them along."""

    def enqueue(self, record: logging.LogRecord) -> None:
        self.queue.append(record)  # type: ignore[attr-defined]


def _serve(pipe: Connection, function: Callable[[Any], Any], level: int) -> None:
    if (parent := multiprocessing.parent_process()) is not None:
        end_with_parent(parent.join)
    collect_rarely()
    records: list[logging.LogRecord] = []
    _log.addHandler(_Keeper(records))  # type: ignore[arg-type]
    _log.setLevel(level)
    with contextlib.suppress(EOFError, OSError, KeyboardInterrupt):
        while True:
            item = pipe.recv()
            try:
                answer = (True, function(item), records)
            except Exception as error:
                answer = (False, _travelling(error), records)
            _send(pipe, answer)
            records.clear()
    end_soon()


def _send(pipe: Connection, answer: tuple[bool, Any, list[logging.LogRecord]]) -> None:
    try:
        pipe.send(answer)
    except OSError:
        raise
    except Exception as error:
        wrong = KGError(f"a result cannot travel between processes: {told(error)}")
        pipe.send((False, wrong, answer[2]))


def _travelling(error: Exception) -> Exception:
    """The error, or its words where it would not survive the way to another process."""
    try:
        pickle.loads(pickle.dumps(error))  # noqa: S301 (our own, made in this line)
    except Exception:
        return KGError(told(error))
    return error


def processes(
    function: Callable[[T], R], items: Iterable[T], /, *, jobs: int = 2
) -> Iterator[R | WorkerDied]:
    """``map(function, items)`` over ``jobs`` processes; results in the order of the items.

    ``function`` and the items must travel between processes (plain functions, dataclasses). At
    most ``IN_FLIGHT * jobs`` items are taken ahead of the last result handed out. An exception of
    ``function`` is raised; a process that dies gives a `WorkerDied` as that item's result.
    """
    context = multiprocessing.get_context("spawn")
    source = enumerate(items)
    workers: list[_Worker] = []
    done: dict[int, R | WorkerDied] = {}
    next_out = taken = 0
    more = True
    try:
        while True:
            idle = [worker for worker in workers if worker.index is None]
            while more and taken - next_out < IN_FLIGHT * jobs:
                if not idle and len(workers) >= jobs:
                    break
                entry = next(source, None)
                if entry is None:
                    more = False
                    break
                if not idle:
                    idle.append(_Worker(context, function))
                    workers.append(idle[-1])
                idle.pop().give(*entry)
                taken += 1
            while next_out in done:
                yield done.pop(next_out)
                next_out += 1
            busy = {worker.pipe: worker for worker in workers if worker.index is not None}
            if not busy:
                if more and taken - next_out < IN_FLIGHT * jobs:
                    continue
                return
            for pipe in wait(list(busy)):
                worker = busy[pipe]  # type: ignore[index]
                index = worker.index
                assert index is not None
                worker.index = None
                try:
                    done[index] = worker.take()
                except WorkerDied as died:
                    done[index] = died
                    _stop([worker])
                    workers.remove(worker)
    finally:
        _stop(workers)
