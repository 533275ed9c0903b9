"""What stands around a question and asks nothing."""

from __future__ import annotations

import pytest

from kg.ask.wording import plainly


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Who sued Orlo Mills?", "Who sued Orlo Mills?"),
        ("So, could you tell me who sued Orlo Mills?", "who sued Orlo Mills?"),
        ("I'd like to know when the mill closed", "when the mill closed"),
        ("Show me all bakeries in Brenna", "What are the bakeries in Brenna"),
        ("Give me the names of the owners", "What are the owners"),
        ("What is the name of the mayor's wife?", "What is the mayor's wife?"),
        ("Tell me about Petra Lind", "What is known about Petra Lind"),
        ("Who was it that sold the mill?", "Who sold the mill?"),
        ("What did Lind have to say about jobs?", "What did Lind say about jobs?"),
        ("Did Lind have to say sorry?", "Did Lind have to say sorry?"),
        ("What closed, in Ida Falk's words?", "What closed, according to Ida Falk?"),
        ("Orlo Mills closed, didn't it?", "Orlo Mills closed?"),
        ("What did Lind do for a living?", "What was Lind's job?"),
        ("What does Lind stand accused of?", "what is Lind accused of?"),
        ("Is Lind in favour of the sale?", "does Lind support the sale?"),
        ("What was the mill originally called?", "what was the mill founded as?"),
        ("Whom did Lind take the place of?", "Whom did Lind replace?"),
        ("How big was it, going by the miller?", "How big was it, according to the miller?"),
    ],
)
def test_a_question_is_put_plainly(text, plain):
    assert plainly(text) == plain
