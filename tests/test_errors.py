"""An unexpected error, told in a line."""

from __future__ import annotations

import pytest

from kg.errors import told


class Mute(Exception):
    def __str__(self) -> str:
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (KeyError("x"), "KeyError: 'x'"),
        (ValueError("no: number"), "ValueError: no: number"),
        (ZeroDivisionError(), "ZeroDivisionError"),
        (Mute(), "Mute"),
    ],
)
def test_kind_words_and_place(error, line) -> None:
    assert told(error) == line
    try:
        raise error
    except Exception as caught:
        kind, _, place = told(caught).rpartition(" (")
    assert kind == line
    assert "test_errors.py:" in place
