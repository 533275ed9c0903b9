"""On how many threads numpy multiplies: on one, in processes of our own.

What is multiplied here is small (who a pronoun means), and as many threads as there are cores mostly wait for
one another, busily: of the processor time of a build on two cores they took a third. numpy reads how many when
it is imported, so this is told before. Whoever sets the variable says how many.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

#: OpenBLAS, which numpy brings along; Accelerate, with which it multiplies on macOS.
_VARIABLES: Final = ("OPENBLAS_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def one_thread() -> None:
    """From now on, in this process (if numpy is not imported yet) and in those that it starts."""
    for name in _VARIABLES:
        os.environ.setdefault(name, "1")


@contextmanager
def one_thread_each() -> Iterator[None]:
    """The same for the processes that are started in the block; this one stays as it is."""
    own = [name for name in _VARIABLES if name not in os.environ]
    one_thread()
    try:
        yield
    finally:
        for name in own:
            os.environ.pop(name, None)
