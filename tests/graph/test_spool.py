from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import spool as module
from kg.graph.spool import Spool

KEY = "<https://kg.example/a> <https://kg.example/b>"


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(module, "_PIECE", 10)
    monkeypatch.setattr(module, "_BATCH", 3)


def test_many_lines_come_back_from_disk_sorted_and_once(small_pieces):
    lines = [f"line {number % 37:02}" for number in range(400)]
    with Spool(lines) as spool:
        assert list(spool) == sorted(set(lines))
        assert list(spool) == sorted(set(lines))


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"))))
def test_lines_are_those_that_went_in(lines):
    with Spool(lines) as spool:
        assert list(spool) == sorted(set(lines))


@pytest.mark.parametrize(
    "value", ["1", "0", "-7", "007", "123456789012", "1.50", "0.9", "2025-04-31", "true", "1e3"]
)
@pytest.mark.parametrize("kind", ["integer", "decimal", "date", "boolean", "double", "string"])
def test_values_are_spelled_as_the_store_gives_them_back(value, kind):
    line = f'{KEY} "{value}"^^<http://www.w3.org/2001/XMLSchema#{kind}> .'
    store = ox.Store()
    store.load(line.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True)
    stored = [f"{quad.triple} ." for quad in store]
    with Spool() as spool:
        spool.triples(
            [
                f"{next(iter(ox.parse(line.encode(), format=ox.RdfFormat.N_TRIPLES, lenient=True))).triple} ."
            ]
        )
        assert list(spool) == stored
