"""What `explain` finds: a thing by its names, a statement by its parts."""

from __future__ import annotations

import pytest

from kg.errors import GraphError
from kg.graph import explain
from kg.graph.store import GraphStore
from tests.graph.small import (
    TEXT,
)


def test_explain_by_name_alias_and_triple(small: GraphStore) -> None:
    about = explain(small, "netflix inc.")
    assert [e.label for e in about.entities] == ["Netflix"]
    assert {s.id[-1] for s in about.statements} == {"1", "3"}
    triple = explain(small, "Netflix", "used", "Runway")
    assert [s.evidence[0].text for s in triple.statements] == [TEXT[:34]]
    assert [s.id[-1] for s in explain(small, "*", "sued", "Runway").statements] == ["3"]
    with pytest.raises(GraphError, match="Did you mean: Netflix"):
        explain(small, "Netflicks")
