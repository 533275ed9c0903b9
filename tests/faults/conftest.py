from __future__ import annotations

import pytest

from kg import registry
from tests.faults.attack import World, make_world, ready


@pytest.fixture(scope="session")
def outputs(tmp_path_factory) -> World:
    """Outputs to attack, built once."""
    return make_world(tmp_path_factory.mktemp("faults") / "world")


@pytest.fixture
def world(outputs, monkeypatch) -> World:
    """The outputs to attack; builds of this test take the results from them."""
    monkeypatch.setitem(registry._REGISTERED["runners"], "ready", ready(outputs.results))
    return outputs
