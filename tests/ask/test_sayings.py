"""What somebody said about something, where no quotation has all words of the question; and what is none."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from tests.ask.town import everything_of

_STRIKE = """Tram drivers of Velden walk out

Tram drivers of Velden walked out on Monday after a row over night shifts. The mayor of Velden, Rosa Quist, wrote: "I trust both sides to behave with restraint and to talk."

Lars Ohm, the head of the drivers' union, said that the company had broken its promise on pay. "Nobody has paid us for the nights since June," Ohm said. Ada Brink, a passenger, said that she had walked to work."""

_FERRY = """Ferry hits pier in Holm

A ferry hit the pier of Holm on Friday. Captain Ivo Sand said: "The engine did not answer. We lost the power to steer." Mira Toft, a diver, said that the pier was safe."""


@pytest.fixture(scope="module")
def strike(tmp_path_factory) -> Iterator[kg.Graph]:
    articles = {"strike.txt": _STRIKE, "ferry.txt": _FERRY}
    with everything_of(articles, tmp_path_factory.mktemp("strike")) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "piece"),
    [
        ("What did the mayor of Velden write about restraint in the row?", "restraint"),
        ("What did Lars Ohm say about nights without pay since June?", "June"),
        ("What does Ivo Sand say happened to the engine?", "engine"),
    ],
)
def test_most_of_the_words_tell_which_quotation(strike, question, piece):
    assert piece in strike.ask(question).answers[0].label


@pytest.mark.parametrize(
    "question",
    [
        "What did Mira Toft say about restraint in the row?",  # another did
        "What did Lars Ohm say about the weather in Holm?",
        "What did Rosa Quist say about the company's promise on pay?",
        "What did Karl Quist say about restraint in the row?",  # a surname alone
    ],
)
def test_what_another_said_or_nobody_is_no_answer(strike, question):
    assert strike.ask(question).answers == ()
