"""Every name of a question counts."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    "question",
    [
        "What is Petra Lind's job at Madrid?",
        "Who said that the Madrid mill could close?",
        "How old is the Madrid mayor Jonas Berg?",
        "How many Madrid people does Castor Bakeries employ?",
    ],
)
def test_a_name_that_no_article_of_the_answer_has_leaves_it_open(graph, question):
    found = graph.ask(question)
    assert found.answers == () or found.verdict == "silent"


def test_a_name_beside_what_is_asked_for_may_stand_in_the_article(graph):
    found = graph.ask("How old is the Brenna mayor Jonas Berg?")
    assert [answer.label for answer in found.answers] == ["54"]
