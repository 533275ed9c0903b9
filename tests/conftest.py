"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from kg.vocabulary import SHIPPED, use

# How long an example takes says more about what else the machine does than about kg.
settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")


@pytest.fixture(autouse=True)
def shipped_vocabulary() -> Iterator[None]:
    """A graph with an ontology or a lexicon of its own leaves them in use: no test inherits them."""
    yield
    use(SHIPPED)
