from collections.abc import Callable
from pathlib import Path

import pytest

from kg.config import load_config
from kg.model import Article, Failure
from kg.read import read

Read = Callable[..., list[Article | Failure]]


@pytest.fixture
def read_all() -> Read:
    def run(*sources: str | Path, meta: object = None, **limits: object) -> list[Article | Failure]:
        return list(read(sources, settings=load_config(read=limits), meta=meta))  # type: ignore[arg-type]

    return run
