"""Articles on the workers of a Dask cluster, each of which loads the language pipeline once.

With an address, on the cluster whose scheduler is there; without one, on a cluster of processes on
this machine, which ends with the run. Dask gives what a dead worker had to another one, and work to
a worker that comes late. What workers died of is tried once more with nothing else under way: dies
that one, too, it has no result (`Lost`), and the others have theirs.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from functools import partial
from hashlib import sha256
from itertools import islice
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, Final, TypeVar
from uuid import uuid4

from kg.errors import ConfigError, KGError

if TYPE_CHECKING:
    from distributed import Client, Future

T = TypeVar("T")
R = TypeVar("R")
log = logging.getLogger("kg.run")

#: Items under way for each thread of the cluster; more are sent when so few are left.
IN_FLIGHT, REFILL = 4, 2
#: Items under way or with a result that waits for an earlier one's, for each thread.
WAITING: Final = 16
#: Results after which the threads of the cluster are counted again.
_COUNT: Final = 50
#: Seconds within which a scheduler answers, and within which it has a worker.
_ANSWERS, _WORKERS = 20, 120
_QUIET: Final = 30.0  # seconds without a result after which a look is taken


class Lost(KGError):
    """Workers died of this item, also when it was the only one under way."""

    def __init__(
        self,
        words: str = "the workers that had it died, also when they had nothing else; their logs, or "
        "the system's, say of what (often memory)",
    ) -> None:
        super().__init__(words)


def dask(
    function: Callable[[T], R], items: Iterable[T], /, *, jobs: int = 2, scheduler: str = ""
) -> Iterator[R | Lost]:
    """``map(function, items)`` on a cluster; results in the order of the items.

    ``scheduler`` is the address of one (``tcp://10.0.0.5:8786``); without it ``jobs`` processes are
    started here. ``function`` and the items must travel between processes. An exception of
    ``function`` is raised. Raises `KGError` where there is no scheduler, or none with a worker, and
    `ConfigError` where Dask is not installed.
    """
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise ConfigError(
            "the runner 'dask' needs a package that is not there: pip install 'kg[dask]'"
        ) from error
    with _cluster(scheduler, jobs) as client:
        yield from _Run(client, function, scheduler).over(items)


@contextmanager
def _cluster(scheduler: str, jobs: int) -> Iterator[Client]:
    """A connection to the scheduler, or to one of our own."""
    import dask
    from distributed import Client, LocalCluster

    with ExitStack() as stack:
        if not scheduler:
            stack.enter_context(dask.config.set({"distributed.scheduler.allowed-failures": 0}))
            scheduler = stack.enter_context(
                LocalCluster(
                    n_workers=jobs,
                    threads_per_worker=1,
                    processes=True,
                    dashboard_address=None,
                    silence_logs=logging.CRITICAL,
                )
            ).scheduler_address
        try:
            client = Client(scheduler, timeout=_ANSWERS, set_as_default=False)
        except (OSError, ValueError) as error:
            raise KGError(
                f"no Dask scheduler at {scheduler!r}: {error}. Start one, with workers: dask "
                "scheduler; dask worker tcp://HOST:8786 --nthreads 1"
            ) from error
        stack.enter_context(client)
        try:
            client.wait_for_workers(1, timeout=_WORKERS)
        except TimeoutError as error:
            raise KGError(
                f"the Dask scheduler at {scheduler} has no worker after {_WORKERS} seconds. Start "
                f"some: dask worker {scheduler} --nthreads 1"
            ) from error
        yield client


class _Run:
    """The items that are under way."""

    def __init__(self, client: Client, function: Callable[[Any], Any], scheduler: str) -> None:
        from distributed.protocol.pickle import dumps

        self._client, self._scheduler = client, scheduler
        made = dumps(function)
        # A result of the cluster, which makes it again where it was lost, once for each worker.
        name = f"kg-function-{sha256(made).hexdigest()}"
        self._function = client.submit(_made, made, key=name)
        self._name = f"kg-{uuid4().hex}"
        self._finished: SimpleQueue[int] = SimpleQueue()
        self._futures: dict[int, tuple[Future[Any], Any]] = {}
        self._suspects: deque[tuple[int, Any]] = deque()
        self._trial: tuple[int, Any] | None = None
        self._threads, self._counted = 1, -_COUNT

    def over(self, items: Iterable[Any]) -> Iterator[Any]:
        """The results, in the order of the items."""
        source = enumerate(items)
        done: dict[int, Any] = {}
        given_out = 0
        more = True
        while more or self._futures or self._suspects:
            if more and not self._suspects and len(self._futures) <= REFILL * self._threads:
                self._count(given_out)
                room = WAITING * self._threads - len(done) - len(self._futures)
                wanted = min(IN_FLIGHT * self._threads - len(self._futures), room)
                batch = list(islice(source, max(0, wanted)))
                more = len(batch) == wanted or wanted <= 0
                self._give(batch)
            if self._suspects and not self._futures:
                self._trial = self._suspects.popleft()
                self._give([self._trial], again=True)
            if self._futures:
                done.update(self._finished_now())
            while given_out in done:
                yield done.pop(given_out)
                given_out += 1

    def _count(self, given_out: int) -> None:
        """How many threads there are now: workers come and go."""
        if given_out - self._counted >= _COUNT:
            self._threads = max(1, sum(self._client.nthreads().values()))
            self._counted = given_out

    def _give(self, batch: Sequence[tuple[int, Any]], *, again: bool = False) -> None:
        """Send these items, all in one message."""
        if not batch:
            return
        keys = [f"{self._name}-{index}{'-again' if again else ''}" for index, _ in batch]
        functions, items = [self._function] * len(batch), [item for _, item in batch]
        futures = self._client.map(_call, functions, items, key=keys)
        for (index, item), future in zip(batch, futures, strict=True):
            self._futures[index] = future, item
            future.add_done_callback(partial(_tell, self._finished, index))

    def _finished_now(self) -> dict[int, Any]:
        """The results that are there, by the numbers of their items: fetched all at once. None where
        an item is to be tried again."""
        found = {index: self._futures.pop(index) for index in self._awaited()}
        made = {index: f for index, (f, _) in found.items() if f.status == "finished"}
        results = dict(zip(made, self._client.gather([*made.values()]), strict=True))
        for index, (future, item) in found.items():
            if index not in made and (lost := self._failed(future, index, item)) is not None:
                results[index] = lost
        return results

    def _failed(self, future: Future[Any], index: int, item: Any) -> Lost | None:
        """What stands in place of a result that did not come; None where it is to be tried again.
        Raises what the function raised."""
        from distributed import KilledWorker

        error = future.exception() if future.status == "error" else None
        if isinstance(error, KilledWorker):
            if self._trial is not None and index == self._trial[0]:
                return Lost()
            log.warning("workers died of this or of what they had beside it: %s", error)
            self._suspects.append((index, item))
            return None
        if error is None:
            raise KGError(
                f"the Dask scheduler {self._scheduler} gave up its work ({future.status})."
            )
        raise error

    def _awaited(self) -> list[int]:
        """The numbers of the items that have ended: at least one, and all that have by now."""
        found: list[int] = []
        while not found:
            try:
                found.append(self._finished.get(timeout=_QUIET))
            except Empty:
                if not self._client.nthreads():
                    log.warning("the Dask cluster has no worker now; waiting for one")
        with suppress(Empty):
            while True:
                found.append(self._finished.get_nowait())
        return found


def _tell(finished: SimpleQueue[int], index: int, _: Future[Any]) -> None:
    finished.put(index)


def _made(function: bytes) -> Any:
    from distributed.protocol.pickle import loads

    return loads(function)


def _call(function: Callable[[Any], Any], item: Any) -> Any:
    return function(item)
