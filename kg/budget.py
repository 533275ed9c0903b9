"""A bound on the processor time that one article may take.

This is the one clock that has a say in a build, and all it can do is to turn an article into a
failure: no result depends on it. It counts processor time, so a busy machine fails nothing.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from types import FrameType
from typing import Final

from kg.errors import TooSlow

#: Seconds after which the alarm rings again, if somebody's ``except`` swallowed it.
_AGAIN: Final = 0.5
#: The limit, and the time of this thread at which it is reached.
_END: ContextVar[tuple[float, float] | None] = ContextVar("kg_budget_end", default=None)


@contextmanager
def limited(seconds: float) -> Iterator[None]:
    """A block that raises `TooSlow` after so many seconds of processor time (0: never).

    In the main thread an alarm ends it wherever it is in Python code; in other threads, and where
    a system or somebody's profiler has no alarm to give, only `check` does.
    """
    if not seconds:
        yield
        return
    token = _END.set((seconds, time.thread_time() + seconds))
    try:
        if _has_alarm():
            with _alarm(seconds):
                yield
        else:
            yield
            check()
    finally:
        _END.reset(token)


def check() -> None:
    """Raise `TooSlow` if the time of the block of `limited` around this is over."""
    known = _END.get()
    if known is not None and time.thread_time() > known[1]:
        raise TooSlow(known[0])


def _has_alarm() -> bool:
    return (
        threading.current_thread() is threading.main_thread()
        and hasattr(signal, "setitimer")
        and signal.getsignal(signal.SIGPROF) in (signal.SIG_DFL, signal.SIG_IGN, None)
    )


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    armed, rang = True, False

    def ring(number: int, frame: FrameType | None) -> None:
        nonlocal rang
        if armed:
            rang = True
            raise TooSlow(seconds)

    before = signal.signal(signal.SIGPROF, ring)
    try:
        signal.setitimer(signal.ITIMER_PROF, seconds, _AGAIN)
        try:
            yield
        finally:
            armed = False
        if rang:  # swallowed on its way: what came of it is not to be trusted
            raise TooSlow(seconds)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
