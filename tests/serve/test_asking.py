"""Questions in plain words over a real server: what is answered, what is not, and within which limits."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.serve.conftest import HOSTILE, Server, hostile, serving
from tests.serve.test_things import HTML, Page
from tests.support.graphs import landed


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with time to load the pipeline, which the first question pays for."""
    folder = landed(tmp_path_factory.mktemp("asked"), hostile())
    with serving(folder, "--workers", "1", "--megabytes", "1") as running:
        yield running


def answer(server: Server, question: str, **more: str):
    found = server.get("/ask", {"q": question, **more}, Accept="application/json")
    assert (found.status, found.type) == (200, "application/json"), found.text
    return found.json
