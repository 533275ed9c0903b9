"""A process that ends with the one that started it, however that one ends and whatever it does then."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from typing import Final

#: Linux: the signal that a process gets when the thread that started it ends.
_PR_SET_PDEATHSIG: Final = 1


def end_with_parent(wait: Callable[[], object]) -> None:
    """From now on this process ends when ``wait`` returns, which waits for its parent to end.

    Linux kills it then without being asked, also inside native code that lets no other thread of
    Python run; and when the thread that started it ends.
    """
    if sys.platform == "linux":
        _killed_by_the_system()
    threading.Thread(target=_end_after, args=(wait,), daemon=True).start()


def gone(parent: int) -> None:
    """Looks every second, and returns when the process of this id is the parent no more."""
    while os.getppid() == parent:  # it may have ended before the system was asked
        time.sleep(1)


def _killed_by_the_system() -> None:
    import ctypes

    with contextlib.suppress(OSError, AttributeError):  # a libc without it: the thread is left
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _end_after(wait: Callable[[], object]) -> None:
    wait()
    os._exit(1)
