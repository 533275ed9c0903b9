from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from kg.graph.store import GraphStore
from kg.model import Entity
from tests.graph.small import ARTICLES, ENTITIES, B, two_employers, write
from tests.support.graphs import graph as invented


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """A few statements by hand."""
    with write(tmp_path_factory.mktemp("small") / "graph-1") as graph:
        yield graph


@pytest.fixture(scope="session")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[GraphStore]:
    """Two hundred invented statements."""
    made = invented(60, 200)
    folder = tmp_path_factory.mktemp("large") / "graph-1"
    spoken_of = [entity for entity in made.entities if entity.articles]
    with write(folder, spoken_of, made.statements, made.articles) as graph:
        yield graph


@pytest.fixture
def employed(tmp_path) -> Iterator[GraphStore]:
    """One post that two articles tell, each with another employer."""
    role = Entity(f"{B}entity/director", "director", "Topic", (), ("a1", "a2"), False)
    pieces = [*ARTICLES, replace(ARTICLES[0], id="a2", source="a2.txt")]
    with write(tmp_path / "g", [*ENTITIES, role], [two_employers()], pieces) as graph:
        yield graph
