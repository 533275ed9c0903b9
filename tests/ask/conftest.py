"""The graph of a small town, built once for each module that asks it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from tests.ask.town import town


@pytest.fixture(scope="package")
def graph(tmp_path_factory) -> Iterator[kg.Graph]:
    with town(tmp_path_factory.mktemp("town")) as found:
        yield found
