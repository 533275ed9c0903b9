"""The articles that wait, through a runner: what each says, in their order."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from socket import gethostname
from typing import Any, Final, cast

from kg import registry
from kg.config import Settings
from kg.errors import ConfigError, KGError
from kg.fingerprint import pipeline_fingerprint
from kg.model import Article, ArticleResult, Failure
from kg.pipeline import Worker, travelling
from kg.protocols import Runner
from kg.results import from_json
from kg.run.cores import worth

log = logging.getLogger("kg.building")


def processed(
    spool: Path, todo: Sequence[str], worker: Worker, cores: int
) -> Iterator[tuple[str, ArticleResult | Failure]]:
    """What the articles of a file say, one a line, whose ids are ``todo``; a failure in place of one
    without a result. ``cores`` are used where the settings don't say how many. Raises `KGError`
    where a runner is none."""
    if not todo:
        return
    settings = worker.settings
    jobs = settings.build.jobs or worth(len(todo), cores)
    name, runner = _runner(settings, jobs)
    if name != "serial":  # of another package's runner, nobody knows where it works
        strict = name in ("processes", "dask")
        worker = replace(worker, parts=travelling(settings, strict=strict))
    sources: dict[str, str] = {}

    def waiting() -> Iterator[Article]:
        with spool.open(encoding="utf-8") as file:
            for line in file:
                article = from_json(Article, line)
                sources[article.id] = article.source
                yield article

    function = Alike(worker) if name == "dask" else worker
    results = iter(runner(function, waiting(), jobs=jobs))
    for key in todo:
        result = next(results, None)
        source = sources.pop(key, None)
        if isinstance(result, Exception) and source is not None:
            log.warning("%s: %s", source, result, exc_info=result)
            yield key, Failure(source, "process", str(result), "The others are in the graph.")
        elif isinstance(result, Failure) or (
            isinstance(result, ArticleResult) and result.article.id == key
        ):
            yield key, result
        else:
            raise KGError(
                f"runner {name!r} (from {registry.origin('runners', name)}) gave "
                f"{type(result).__name__} where the result of {source or key} was due: it is to "
                "give one result an article, in their order. Choose another runner."
            )


def _runner(settings: Settings, jobs: int) -> tuple[str, Runner]:
    """The runner of the settings, by name: more than one job is for processes, a scheduler for Dask."""
    name, scheduler = settings.build.runner, settings.build.scheduler
    if name == "serial" and (scheduler or jobs > 1):
        name = "dask" if scheduler else "processes"
    runner = registry.get("runners", name)
    return name, partial(cast(Any, runner), scheduler=scheduler) if name == "dask" else runner


def reading(settings: Settings) -> Callable[[Any, Iterable[Any]], Iterator[Any]] | None:
    """The runner that files are read with, where the settings name a cluster that is there."""
    name, runner = _runner(settings, 1)
    if name != "dask" or not settings.build.scheduler:
        return None
    return lambda function, items: runner(function, items, jobs=1)


@dataclass(frozen=True, slots=True)
class Alike:
    """The worker, for another machine: it refuses to work where kg, its language pipeline or a
    library is another than here, whose results would be kept as if they were of this one."""

    worker: Worker

    def __call__(self, article: Article) -> ArticleResult | Failure:
        if not self.worker.parts:  # with parts of a process the fingerprint is made up
            here, there = self.worker.fingerprint, _fingerprint_of(self.worker)
            if there != here:
                raise ConfigError(
                    f"the worker on {gethostname()} has another kg, language pipeline or library "
                    f"(its fingerprint is {there}, here it is {here}). Install the same there."
                )
        return self.worker(article)


_FINGERPRINTS: Final[dict[str, str]] = {}


def _fingerprint_of(worker: Worker) -> str:
    """The fingerprint of the same pipeline in this process, found out once."""
    if worker.fingerprint not in _FINGERPRINTS:
        own = pipeline_fingerprint(worker.settings, worker.seeds, worker.vocabulary)
        _FINGERPRINTS[worker.fingerprint] = own
    return _FINGERPRINTS[worker.fingerprint]
