"""How often Python looks for rings of values: what is made here are millions of values and few rings.

As often as Python does by itself would take up to a tenth of a build. Before it ends a process looks once more,
through all that the language pipeline has loaded, which takes 0.35 seconds.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_COLLECT: Final = 30_000  # new values after which Python looks for rings of them


def collect_rarely() -> tuple[int, int, int]:
    """From now on rings are looked for rarely in this process; how often they were before (`gc.get_threshold`)."""
    usual = gc.get_threshold()
    gc.set_threshold(_COLLECT, *usual[1:])
    return usual


@contextmanager
def rare_collections() -> Iterator[None]:
    """The same while the block lasts."""
    usual = collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*usual)


def end_soon() -> None:
    """To be called where a process has only to end: no rings are looked for any more in what there is."""
    gc.freeze()
