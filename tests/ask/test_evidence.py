"""Questions whose words are not those of the graph: synonyms, nouns for verbs, descriptions, the words
around a passage; and what these must not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from tests.ask.town import everything_of

_PORT = """Ferry strike in Port Ellan

The Danish prime minister, Nora Lund, visited Port Ellan on Monday. Clara Voss dismissed the harbour master, Piet Brand, in May 2022. Dockers ended a strike in Port Ellan in June 2021. A ferry struck a pier in December, killing 14 people.

Ostrand Lines pardoned nobody. President Ada Reuss pardoned Piet Brand in 2023. Ostrand Lines delivered 300 lifejackets to Port Ellan. Ostrand Lines cancelled its order for two ferries.

The storm closed the port for three days. Clara Voss said that traders would lose two million euros. Leo Hart, a tennis player, defeated Tom Rask of Norway in the final. Leo Hart has won the cup three times.

Nora Lund said that the government would pay for the repairs."""


@pytest.fixture(scope="module")
def port(tmp_path_factory) -> Iterator[kg.Graph]:
    with everything_of({"port.txt": _PORT}, tmp_path_factory.mktemp("port")) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("When did Clara Voss sack Piet Brand?", ["May 2022 (2022-05)"]),
        ("When did Ada Reuss give Piet Brand a pardon?", ["2023"]),
        ("How many people lost their lives because of the ferry?", ["14 people"]),
        ("How many lifejackets did Ostrand Lines hand out?", ["300 lifejackets"]),
        ("What did Ostrand Lines call off?", ["order for two ferries"]),
        ("Where did the Danish prime minister go?", ["Port Ellan"]),
        ("Whom did the tennis player beat?", ["Tom Rask"]),
        ("What did Clara Voss say about the storm?", ["traders would lose two million euros"]),
    ],
)
def test_other_words_find_what_the_passage_says(port, question, wanted):
    assert [found.label for found in port.ask(question).answers] == wanted


@pytest.mark.parametrize(
    "question",
    [
        "When did Piet Brand sack Clara Voss?",  # the other way round
        "When did Nora Lund sack Piet Brand?",  # somebody else
        "Where did the Swedish prime minister go?",  # of another country
        "Whom did Leo Hart beat in Norway?",  # the loser is from there
        "Who beat Leo Hart?",
        "Who said that Clara Voss would pay for the repairs?",  # another name
        "How many trucks did Ostrand Lines hand out?",
        "What did Nora Lund say about Leo Hart?",
    ],
)
def test_words_that_stand_near_do_not_answer_another_question(port, question):
    assert port.ask(question).answers == ()


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Has Clara Voss fired Piet Brand?", "yes"),
        ("Has Piet Brand fired Clara Voss?", "silent"),
        ("Did a ferry hit a pier?", "yes"),
    ],
)
def test_a_question_of_yes_or_no_may_use_other_words(port, question, verdict):
    assert port.ask(question).verdict == verdict


def test_it_is_told_that_words_and_no_relation_answer(port):
    found = port.ask("How many people lost their lives because of the ferry?")
    assert found.reading is not None
    assert found.reading.told.startswith("by the words of passages")
    shown = {row["statement"] for row in port.query(found.reading.sparql)}
    assert shown == {s.id for answer in found.answers for s in answer.statements}
