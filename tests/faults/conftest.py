from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.faults.attack import World, make_world

from kg import registry


@pytest.fixture(scope="session")
def world(tmp_path_factory) -> Iterator[World]:
    """Outputs to attack, built once."""
    yield make_world(tmp_path_factory.mktemp("faults") / "world")
    registry._REGISTERED["runners"].pop("ready", None)
