"""Words as evidence compares them."""

from __future__ import annotations

import pytest

from kg.ask.stems import stems
from kg.ask.synonyms import synonyms


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("stopped the ferries", "stop a ferry"),
        ("U.S. soldiers", "the American soldier"),
        ("Danish towns", "a town of Denmark"),
        ("the children won", "child wins"),
        ("hoping for planes", "hope for a plane"),
        ("she felt it", "feels"),
        ("the UN council", "the council of the United Nations"),
    ],
)
def test_forms_of_a_word_are_one(one, other):
    assert set(stems(one)) == set(stems(other))


def test_other_words_stay_others():
    assert not set(stems("a bus of Norway")) & set(stems("us, the Swedish"))


@pytest.mark.parametrize(
    ("one", "other"), [("planes", "plans"), ("cars", "cares"), ("wine", "won")]
)
def test_a_last_e_tells_short_words_apart(one, other):
    assert stems(one) != stems(other)


def test_verbs_have_those_that_stand_for_them():
    assert "cancel" in synonyms("call off")
    assert synonyms("zork") == ()
