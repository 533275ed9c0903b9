"""What is counted in a graph."""

from __future__ import annotations

from kg.graph import network, stats
from kg.graph.store import GraphStore


def test_stats_count_what_is_there(small: GraphStore) -> None:
    numbers = stats(small)
    assert numbers.articles == 1
    assert dict(numbers.statements) == {"asserted": 3, "denied": 1}
    assert numbers.quotes == 1
    assert numbers.connected[0] == ("Netflix", "Organization", 1, 2)
    assert network(small, statuses={"asserted"}).number_of_edges() == 1
