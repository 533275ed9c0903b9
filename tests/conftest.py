"""What all tests share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support import browser

# How long an example takes says more about what else the machine does than about kg.
settings.register_profile("kg", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("kg")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The one browser of a process: a second Playwright cannot start beside the first."""
    with browser.browser() as found:
        yield found
