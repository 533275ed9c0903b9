"""The statement that is most likely meant, where none has all words of a question; and what is not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from kg.ask.alike import alike, verbs_alike
from tests.ask.town import everything_of

_MINE = """Miners die at Harrow Hill

On Tuesday a court in Dalby convicted Owen Rusk, the former manager of the pit at Harrow Hill, of fraud. Ada Lomax, a prosecutor, praised the jury. Rusk was arrested in May 2021 after the explosion.

A spokesman said that at least 29 miners were killed by the blast. Owen Rusk died at the age of 61.

Petra Vale, the mayor of Dalby, dismissed Jon Teal on Friday. Jon Teal criticised the union."""


_PORTS = """Senator unveils plan for ports

Senator Ross Quill unveiled a plan for ports worth $40 million in Halden on Monday. In July Quill had held a speech in Morvik.

Mayor Dana Holt claimed that Quill banned boats from the harbour. She once lived in Torvane, where she met the founder of the Green Keel Party.

Iris Mott, the founder of the Blue Oar Party, works for the University of Halden. The Green Keel Party was founded by Sten Rook.

On Friday Iris Mott visited members of the Green Keel Party in Morvik. The council gave Lena Abbot a one year sentence on Sunday."""


@pytest.fixture(scope="module")
def ports(tmp_path_factory) -> Iterator[kg.Graph]:
    with everything_of({"ports.txt": _PORTS}, tmp_path_factory.mktemp("ports")) as found:
        yield found


@pytest.fixture(scope="module")
def mine(tmp_path_factory) -> Iterator[kg.Graph]:
    with everything_of({"mine.txt": _MINE}, tmp_path_factory.mktemp("mine")) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("How many miners were killed by the blast at Harrow Hill?", ["29 miners"]),
        ("How old was Owen Rusk when he died?", ["61"]),
        ("Whom did the mayor of Dalby sack last Friday?", ["Jon Teal"]),
    ],
)
def test_what_has_most_of_the_words_answers(mine, question, wanted):
    found = [one.label.removeprefix("at least ") for one in mine.ask(question).answers]
    assert found == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Whom did the mayor of Harrow Hill sack last Friday?",
        "Who sacked the mayor of Dalby?",
        "How far is the court from Harrow Hill?",
        "How many judges were killed by the blast at Harrow Hill?",
        "Whom did the union criticise?",
        "When was Ada Lomax arrested after the explosion?",
    ],
)
def test_another_name_noun_or_direction_is_not_answered(mine, question):
    assert mine.ask(question).answers == ()


@pytest.mark.parametrize(
    "question",
    [
        "What did Quill unveil in his July speech in Morvik?",
        "What did Ross Quill unveil in Torvane?",
        "Did Quill ban boats from Torvane?",
        "Where does the founder of the Green Keel Party work?",
        "Whom did the founder of the Green Keel Party visit?",
        "How many votes did the council give Lena Abbot?",
        "What did Dana Holt unveil in Halden?",
        "What did Ross Quill unveil in Morvik?",
    ],
)
def test_what_another_did_or_was_done_elsewhere_is_not_answered(ports, question):
    found = ports.ask(question)
    assert found.answers == () or found.verdict == "silent"


def test_what_was_done_there_is_answered(ports):
    found = ports.ask("What did Ross Quill unveil in Halden?")
    assert [one.label for one in found.answers] == ["plan for ports worth $40 million"]


def test_whether_something_is_so_may_be_told_in_other_words(mine):
    assert mine.ask("Did a court find Owen Rusk guilty?").verdict == "yes"
    assert mine.ask("Did a court find Petra Vale guilty?").verdict == "silent"


def test_words_alike_are_synonyms_and_derived_words():
    assert ("physician",) in alike("doctor", "NOUN")
    assert ("evacuat",) in alike("evacuation", "NOUN")
    assert ("evacuation",) not in verbs_alike("evacuate")


def test_of_a_large_graph_articles_are_found_by_names(tmp_path_factory, monkeypatch):
    monkeypatch.setattr("kg.ask.candidates._FEW", 0)
    with everything_of({"mine.txt": _MINE}, tmp_path_factory.mktemp("mine")) as fresh:
        assert [one.label for one in fresh.ask("How old was Rusk when he died?").answers] == ["61"]


def test_a_post_alone_is_of_the_one_country_that_its_article_tells_of(tmp_path_factory):
    storm = "Storm hits Iceland\n\nA storm hit Iceland on Monday. Prime minister Bera Holt said that ten homes were lost."
    talks = "Leaders of Norway and Finland meet\n\nNorway and Finland held talks on Monday. Prime minister Kai Roth said that they went well."
    articles = {"storm.txt": storm, "talks.txt": talks}
    with everything_of(articles, tmp_path_factory.mktemp("posts")) as graph:
        found = graph.ask("Who is the prime minister of Iceland?").answers
        assert [one.label for one in found] == ["Bera Holt"]
        assert graph.ask("Who is the prime minister of Norway?").answers == ()
        assert graph.ask("Who is the foreign minister of Iceland?").answers == ()
