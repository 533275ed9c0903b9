"""Cells that a spreadsheet would run are defused; everything else, and every number, is as it was."""

from __future__ import annotations

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph import cells
from kg.graph.cells import Rows, harmless

STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
BEFORE = st.text(alphabet=" \"'\u00a0“”‘’", max_size=4)


def written(rows: list[list[str]], *, raw: bool = False) -> list[list[str]]:
    """The cells as a program reads them."""
    out = io.StringIO()
    for row in rows:
        Rows(out, raw=raw).writerow(row)
    return list(csv.reader(io.StringIO(out.getvalue(), newline="")))


@given(BEFORE, st.sampled_from(STARTS), st.text())
def test_what_starts_like_a_formula_starts_with_an_apostrophe(before, sign, rest) -> None:
    text = before + sign + rest
    shown = harmless(text)
    assert shown.removeprefix("'") == text or shown == text
    if not re.fullmatch(r"[+-][\d.,]+([eE][+-]?\d+)?%?", text):
        assert shown == f"'{text}"


@given(
    st.text().filter(
        lambda text: not re.match(r"[\s\"'\u2018-\u201f\ufeff]*[=+\-@＝＋－＠\t\r\n]", text)
    )
)
def test_other_text_is_left_alone(text) -> None:
    assert harmless(text) == text


@given(
    st.floats(allow_nan=False, allow_infinity=False)
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
)
def test_numbers_stay_numbers(number) -> None:
    assert harmless(str(number)) == str(number)
    assert harmless(f"+{abs(number)}") == f"+{abs(number)}"


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(exclude_categories=["Cs"], exclude_characters="\0")),
            min_size=2,
            max_size=4,
        ),
        max_size=4,
    )
)
def test_raw_cells_come_back_as_they_were(rows) -> None:
    assert written(rows, raw=True) == rows


@given(st.lists(st.text(alphabet="=+-@\t\r\n\"', ;1a"), min_size=2, max_size=4))
def test_no_cell_as_read_again_starts_like_a_formula(cells) -> None:
    [row] = written([cells])
    for cell in row:
        start = cell.lstrip(" ")
        assert not start.startswith(STARTS) or re.fullmatch(r"[+-][\d.,]+%?", start)


@pytest.mark.parametrize(
    "text",
    ["-4.5", "+3", "-1,000,000", "-.5", "-12%", "+1e-9", "-1.5E+10", "2025-08-06", "Oslo", "", "a=b",
     "“We won,” he said"],
)  # fmt: skip
def test_kept(text) -> None:
    assert harmless(text) == text


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1+1", "-1-1", "-2+3+cmd|' /C calc'!A0", "@SUM(A1)", " =1", "\"=1", "“=1”", "\t=1",
     "\rx", "- he said", "-", "+", "+44 20 7946", "＝1+1", "\ufeff=1", "-1-"],
)  # fmt: skip
def test_defused(text) -> None:
    assert harmless(text) == f"'{text}"


def test_the_page_defuses_cells_by_the_same_rules() -> None:
    page = (Path(__file__).parents[2] / "kg/view/page/export.js").read_text(encoding="utf-8")
    for name, own in (("FORMULA", cells._FORMULA), ("NUMBER", cells._NUMBER)):
        found = re.search(rf"^const {name} = /\^(.*?)\$?/;$", page, re.MULTILINE)
        assert found
        assert found[1] == own.pattern.replace('\\"', '"')


def test_every_table_that_is_written_goes_through_the_same_cells() -> None:
    package = Path(__file__).parents[2] / "kg"
    writers = [
        p.name for p in package.rglob("*.py") if "csv.writer(" in p.read_text(encoding="utf-8")
    ]
    assert writers == ["cells.py"]
