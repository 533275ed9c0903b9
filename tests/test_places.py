"""What a place's name alone tells."""

from __future__ import annotations

import pytest

from kg.places import Known, known_place


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Lyon", Known("town", "FR")),
        ("the United States", Known("country", "US")),
        ("Texas", Known("state", "US")),
        ("Georgia", Known("country", "GE")),  # a country goes before a state
        ("French", Known("people", "FR")),
        ("Kurdish", Known("people")),  # of no one country
        ("Africa", Known("continent")),
        ("Lowick Harbour", None),
    ],
)
def test_a_name_tells_kind_and_land(name, known):
    assert known_place(name) == known
