"""Questions to answers: what the graph says, and nothing that it does not."""

from __future__ import annotations

import pytest

import kg
from kg.ask.asking import LONGEST


def labels(graph: kg.Graph, question: str) -> list[str]:
    return [found.label for found in graph.ask(question).answers]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who sued Orlo Mills?", ["Halden Foods"]),
        ("who sued orlo mills", ["Halden Foods"]),
        ("By whom was Orlo Mills sued?", ["Halden Foods"]),
        ("Who took Orlo Mills to court?", ["Halden Foods"]),
        ("Whom did Halden Foods sue?", ["Orlo Mills"]),
        ("Which company was sued by Halden Foods?", ["Orlo Mills"]),
        ("When did Halden Foods sue Orlo Mills?", ["March 2024 (2024-03)"]),
        ("In which year did Halden Foods buy Castor Bakeries?", ["2021"]),
        ("Who snapped up Castor Bakeries?", ["Halden Foods"]),
        ("How much did Halden Foods pay for Castor Bakeries?", ["$12 million"]),
        ("Where is Orlo Mills based?", ["Brenna"]),
        ("When was Castor Bakeries founded?", ["1987"]),
        ("Who is the mayor of Brenna?", ["Jonas Berg"]),
        ("Who is the spokeswoman of Orlo Mills?", ["Petra Lind"]),
        ("Who did the mayor of Brenna meet?", ["Petra Lind"]),
        ("Who is Jonas Berg's wife?", ["Karin Berg"]),
        ("How old is Jonas Berg?", ["54"]),
        ("Where was Jonas Berg born?", ["Tolna"]),
        ("How many people does Castor Bakeries employ?", ["340 people"]),
        ("What did Ida Falk say?", ["the mill could close"]),
        ("What did Jonas Berg say about the mill?", ["The mill will stay open"]),
        ("Who said that the mill could close?", ["Ida Falk"]),
        ("Who sued a company that is based in Brenna?", ["Halden Foods"]),
        ("What does Halden Foods plan to open?", ["factory in Tolna"]),
        ("What is planned about Halden Foods?", ["Halden Foods opened factory in Tolna"]),
        ("What are Halden Foods' plans?", ["Halden Foods opened factory in Tolna"]),
        ("What is Halden Foods going to open?", ["factory in Tolna"]),
        ("Do you know who sued Orlo Mills?", ["Halden Foods"]),
        ("Name the mayor of Brenna", ["Jonas Berg"]),
        ("List the companies that Halden Foods sued.", ["Orlo Mills"]),
        ("mayor of Brenna?", ["Jonas Berg"]),
        ("Who speaks for Orlo Mills?", ["Petra Lind"]),
        ("What is Jonas Berg's age?", ["54"]),
        ("According to whom could the mill close?", ["Ida Falk"]),
        ("Who was Castor Bakeries bought by?", ["Halden Foods"]),
        ("Who is the embattled mayor of Brenna?", ["Jonas Berg"]),
        ("What is Jonas Berg mayor of?", ["Brenna"]),
        ("Where is Orlo Mills's head office?", ["Brenna"]),
        ("How many employees does Castor Bakeries have?", ["340 people"]),
        ("Is Jonas Berg married?", ["yes"]),
    ],
)
def test_a_question_finds_what_the_articles_say(graph, question, wanted):
    assert labels(graph, question) == wanted


@pytest.mark.parametrize(
    "question",
    [
        "Who did Orlo Mills sue?",  # the other way round
        "Who sued Castor Bakeries?",  # nobody
        "Who sued Orla Mills?",  # another name
        "Who is the mayor of Tolna?",  # another town
        "How many people work for Orlo Mills?",  # that its spokeswoman is named tells no number
        "Who is Jonas Berg's husband?",  # the passage says wife
        "Which newspaper sued Orlo Mills?",  # a company is none
        "Who sued Orlo Mills before 2023?",  # later
        "What did Petra Lind say about the mill?",  # others did
        "Who opened a factory in Tolna?",  # only planned
        "When did Nils Berg visit Rome?",
        "Who bought a company that Orlo Mills sued?",
        "Who is the deputy mayor of Brenna?",
        "Who is the former mayor of Brenna?",  # he still is
        "Who is accused of poisoning the mill?",
        "Who was mayor of Brenna before Jonas Berg?",
        "Where is Nils Berg from?",  # he only went to Lisbon
        "What did Jonas Berg call Petra Lind?",
    ],
)
def test_what_the_graph_does_not_say_is_not_answered(graph, question):
    found = graph.ask(question)
    assert found.answers == ()
    assert found.why


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Did Halden Foods sue Orlo Mills?", "yes"),
        ("Was Orlo Mills sued by Halden Foods?", "yes"),
        ("Is Jonas Berg the mayor of Brenna?", "yes"),
        ("Did Orlo Mills sue Halden Foods?", "silent"),
        ("Did Halden Foods buy Tolna Dairy?", "no"),
        ("Is it true that Halden Foods sued Orlo Mills?", "yes"),
        ("Halden Foods sued Orlo Mills, didn't it?", "yes"),
        ("Is Petra Lind the mayor of Brenna?", "silent"),
    ],
)
def test_yes_and_no_are_kept_apart_from_silence(graph, question, verdict):
    assert graph.ask(question).verdict == verdict


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Berlin is nice.", "Not understood"),
        ("Who zorked Orlo Mills?", "no relation"),
        ("How did Halden Foods sue Orlo Mills?", "Not understood"),
        ("How many times did Halden Foods sue Orlo Mills?", "not counted"),
        ("Who sued Nobody Inc?", "nothing called “Nobody Inc”"),
        ("What did he say?", "does not say whom"),
        ("", f"1 to {LONGEST}"),
        ("Who " * 300, f"1 to {LONGEST}"),
        ('Who sued "}} DROP ALL {{ <x>?', ""),
    ],
)
def test_what_is_not_understood_is_said_so(graph, question, says):
    found = graph.ask(question)
    assert found.answers == ()
    assert says in found.why


def test_every_answer_has_its_statements_and_words(graph):
    (answer,) = graph.ask("Who sued Orlo Mills?").answers
    (statement,) = answer.statements
    assert answer.iri == statement.subject.id
    assert statement.status == "asserted"
    assert "Halden Foods sued Orlo Mills" in {e.text for e in statement.evidence}


@pytest.mark.parametrize(
    "question",
    ["Who sued Orlo Mills?", "Who is the mayor of Brenna?", "What did Ida Falk say?"],
)
def test_the_query_that_is_shown_gives_the_same_things(graph, question):
    found = graph.ask(question)
    rows = graph.query(found.reading.sparql)
    given = {row["statement"] for row in rows}
    assert given == {s.id for answer in found.answers for s in answer.statements}


def test_what_comes_nearest_is_told_where_there_is_no_answer(graph):
    found = graph.ask("Who did Orlo Mills sue?")
    assert [(s.subject.label, s.object.label) for s in found.nearest] == [
        ("Halden Foods", "Orlo Mills")
    ]


def test_the_reading_tells_the_relation_that_was_found(graph):
    assert graph.ask("Who snapped up Castor Bakeries?").reading.told == (
        "Who – acquired (“snap up”) – Castor Bakeries"
    )


def test_the_same_question_has_the_same_answer(graph):
    question = "Who sued a company that is based in Brenna?"
    assert graph.ask(question) == graph.ask(question)
