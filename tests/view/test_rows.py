from __future__ import annotations

import json

import pytest

from kg.view import rows as module
from kg.view.rows import Rows


@pytest.mark.parametrize("most", [0, 10**6])
def test_rows_come_back_in_their_order_or_by_their_places(monkeypatch, most):
    monkeypatch.setattr(module, "_IN_MEMORY", most)
    told = [[number, "<script>\n" * number] for number in range(20)]
    rows = Rows(told)
    assert len(rows) == 20
    assert [json.loads(row) for row in rows] == told
    assert [json.loads(row) for row in rows.at([7, 0, 19])] == [told[7], told[0], told[19]]


def test_a_row_has_no_line_and_no_tag_in_it():
    (row,) = Rows([["</script>\n\u2028"]])
    assert b"\n" not in row
    assert b"<" not in row
