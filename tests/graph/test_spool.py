from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import spool as module
from kg.graph.spool import Spool


@pytest.fixture
def small_pieces(monkeypatch):
    monkeypatch.setattr(module, "_PIECE", 10)
    monkeypatch.setattr(module, "_BATCH", 3)
    monkeypatch.setattr(module, "_BLOCK", 5)  # less than a line


def test_many_lines_come_back_from_disk_sorted_and_once(small_pieces):
    lines = [f"line ü {number % 37:02}" for number in range(400)]
    with Spool(lines) as spool:
        assert list(spool) == sorted(set(lines))
        assert list(spool) == sorted(set(lines))


@given(st.lists(st.text(st.characters(exclude_characters="\n\r", codec="utf-8"))))
def test_lines_are_those_that_went_in(lines):
    with Spool(lines) as spool:
        assert list(spool) == sorted(set(lines))
