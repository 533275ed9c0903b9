from __future__ import annotations

from collections.abc import Iterator

import pytest

from kg import registry
from tests.faults.attack import World, make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> Iterator[World]:
    """Outputs to attack, built once."""
    yield make_world(tmp_path_factory.mktemp("faults") / "world")
    registry._REGISTERED["runners"].pop("ready", None)
