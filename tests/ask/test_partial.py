"""What of a question may be left aside, and when not."""

from __future__ import annotations

import pytest

from kg.ask.partial import lesser
from kg.ask.reading import read
from kg.nlp.load import load_pipeline


def gone(question: str) -> list[str]:
    (asked, *_) = read(load_pipeline()(question))
    return [c.phrase.text for _, less in lesser(asked, {}, ()) for c in less]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who did Smith meet on Wednesday?", ["Wednesday"]),
        ("What did Smith say after the defeat?", ["defeat"]),
        ("What did Smith say when the mill closed?", ["when the mill closed"]),
        ("Who did Smith meet in 2019?", []),  # a date
        ("Who did Smith meet in Oslo?", []),  # a name
        ("What did Smith say about the mill?", []),  # what it is about
        ("What did Smith give to the mayor?", []),  # who else took part
        ("Did Smith meet Jones at the mill?", []),  # of yes or no all counts
    ],
)
def test_only_an_occasion_is_left_aside(question, wanted):
    assert gone(question) == wanted


def test_the_answer_says_what_was_left_aside(graph):
    found = graph.ask("What did Ida Falk say after the meeting?")
    assert [answer.label for answer in found.answers] == ["the mill could close"]
    assert "left aside: “after meeting”" in found.reading.told


def test_another_time_is_no_answer(graph):
    assert graph.ask("Who did the mayor of Brenna meet on Friday?").answers == ()
