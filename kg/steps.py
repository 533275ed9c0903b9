"""How far the work on one long article is, for whoever listens.

What takes long says now and then where it is (`step`); `heard` names who is told, `of` which
article it is about. Results know nothing of it. Articles that other processes have are silent:
their builds tell how many articles are done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Final

#: Told what is done, how much of it, and of how much (None: nobody knows).
Tell = Callable[[str, int, int | None], None]
#: Characters from which on an article is worth telling about: it takes some ten seconds.
LONG: Final = 100_000
_TELL: ContextVar[Tell | None] = ContextVar("kg_steps_tell", default=None)


@contextmanager
def heard(tell: Tell) -> Iterator[None]:
    """A block whose steps ``tell`` is told of."""
    token = _TELL.set(tell)
    try:
        yield
    finally:
        _TELL.reset(token)


@contextmanager
def of(source: str, length: int) -> Iterator[None]:
    """A block whose steps are those of an article of so many characters; of a short one none is
    told."""
    tell = _TELL.get()
    if tell is None:
        yield
        return

    def named(what: str, done: int, total: int | None) -> None:
        if length >= LONG:
            tell(f"{source}: {what}", done, total)

    with heard(named):
        yield


def step(what: str, done: int = 0, total: int | None = None) -> None:
    """Say where the work is: "paragraphs parsed", 120 of 900."""
    tell = _TELL.get()
    if tell is not None:
        tell(what, done, total)
