import itertools

import pytest

from kg.nlp.segment import hard_breaks, is_hard_wrapped, pack

WRAPPED = """The company said on Thursday that it had reached an agreement
with the union after nine days of talks, and that members
would vote on the deal before the end of the month, when the
old contract expires."""
HEADLINES = """Strike ends
Members vote on Monday
The mayor of the city, who had called for talks, welcomed the deal."""


def pieces(text: str) -> list[str]:
    cuts = [0, *hard_breaks(text), len(text)]
    return [text[a:b].strip() for a, b in itertools.pairwise(cuts) if text[a:b].strip()]


def test_text_filled_to_a_width_is_one_paragraph() -> None:
    assert is_hard_wrapped(WRAPPED)
    assert pieces(WRAPPED) == [WRAPPED]


def test_short_lines_stand_alone() -> None:
    assert pieces(HEADLINES) == HEADLINES.split("\n")


@pytest.mark.parametrize("gap", ["\n\n", "\n \n", "\n\n\n", "\n\t\n"])
def test_a_blank_line_always_breaks(gap: str) -> None:
    assert pieces("of the" + gap + "old contract") == ["of the", "old contract"]
    assert pieces(WRAPPED + gap + HEADLINES) == [WRAPPED, *HEADLINES.split("\n")]


def test_a_text_of_one_line_has_no_breaks() -> None:
    assert hard_breaks("One line. Another sentence.") == []
    assert hard_breaks("") == []


def test_runs_hold_neighbours_up_to_the_limit() -> None:
    assert pack([3, 3, 3, 9, 1], 6) == [(0, 2), (2, 3), (3, 4), (4, 5)]
    assert pack([], 6) == []
