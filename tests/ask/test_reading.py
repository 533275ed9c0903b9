"""How a parsed question becomes a pattern: which end is open, and what stands at the others."""

from __future__ import annotations

import pytest

from kg.ask.question import NotUnderstood, Phrase
from kg.ask.reading import read
from kg.nlp.load import load_pipeline


def pattern(question: str) -> tuple[str, str, str, str, list[tuple[str, str]]]:
    """What is asked, then subject, verb, object and complements of the main clause; "?" is open."""

    def end(phrase: Phrase | None) -> str:
        if phrase is None:
            return "-"
        return f"?{phrase.head}" if phrase.asked else phrase.text

    found, *_ = read(load_pipeline()(question))
    clause = found.clauses[0]
    first, second = clause.subject, clause.object
    if clause.passive:
        first, second = clause.agent, clause.subject
    rest = [(c.marks[0], end(c.phrase)) for c in clause.complements]
    return found.asks, end(first), clause.verb, end(second), rest


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who sued Midjourney?", ("thing", "?", "sue", "Midjourney", [])),
        ("Who did Disney sue?", ("thing", "Disney", "sue", "?", [])),
        ("By whom was Midjourney sued?", ("thing", "?", "sue", "Midjourney", [])),
        ("Which firm was sued by Disney?", ("thing", "Disney", "sue", "?firm", [])),
        ("Who did the mayor meet with?", ("thing", "mayor", "meet", "-", [("with", "?")])),
        ("Who took over the harbour?", ("thing", "?", "take over", "harbour", [])),
        ("What did the firm found?", ("thing", "firm", "found", "?", [])),
        ("Where did they meet Ann Lee?", ("place", "they", "meet", "Ann Lee", [("where", "?")])),
        ("In what month did Ann resign?", ("time", "Ann", "resign", "-", [("when", "?month")])),
        ("How many people did it kill?", ("count", "it", "kill", "?people", [])),
        ("How long did Ann wait?", ("amount", "Ann", "wait", "-", [("duration", "?")])),
        ("Did Disney sue Midjourney?", ("truth", "Disney", "sue", "Midjourney", [])),
        ("How old is Ann Lee?", ("age", "Ann Lee", "be", "?age", [])),
        ("What does Ann plan to sell?", ("thing", "Ann", "sell", "?", [])),
        ("Who is said to own the ship?", ("thing", "?", "own", "ship", [])),
        ("Who is going to sell it?", ("thing", "?", "sell", "it", [])),
        ("What does Ann say killed Lee?", ("thing", "?", "kill", "Lee", [])),
        ("How many of the firms did Ann buy?", ("count", "Ann", "buy", "?firm", [])),
        ("At what price was it sold?", ("amount", "-", "sell", "it", [("amount", "?price")])),
        ("When did Ann Lee meet her son?", ("time", "Ann Lee", "meet", "son", [("when", "?")])),
        ("Where is Ann Lee from?", ("place", "Ann Lee", "be", "-", [("from", "?")])),
        ("Which country is Ann Lee from?", ("thing", "Ann Lee", "be", "-", [("from", "?")])),
        ("When did the book come out?", ("time", "book", "come out", "-", [("when", "?")])),
        ("Who came out against Lee?", ("thing", "?", "come out", "-", [("against", "Lee")])),
        ("What did Ann call the deal?", ("thing", "Ann", "call", "deal", [("as", "?")])),
        ("Who did Ann call a liar?", ("thing", "Ann", "call", "?", [("as", "liar")])),
        (
            "What did Ann ask him to do?",
            ("thing", "Ann", "ask", "-", [("to", "him"), ("clause", "?")]),
        ),
    ],
)
def test_the_order_of_words_makes_no_difference(question, wanted):
    assert pattern(question) == wanted


def test_a_description_keeps_its_post_and_whose_it_is():
    subject = read(load_pipeline()("What did the Netflix boss say?"))[0].clauses[0].subject
    assert subject is not None and subject.of is not None
    assert (subject.post, subject.of.text) == (("boss",), "Netflix")


def test_what_somebody_has_a_post_at_may_stand_in_front():
    (found, *_) = read(load_pipeline()("What is Ann Lee mayor of?"))
    post = found.clauses[0].object
    assert post is not None and post.head == "mayor" and post.of is not None and post.of.asked


def test_a_relative_clause_is_about_its_noun():
    (main,) = read(load_pipeline()("Who works for a firm that Disney sued?"))[0].clauses
    firm = main.complements[0].phrase
    (inner,) = firm.clauses
    assert inner.object is not None and inner.object.ref == firm.ref
    assert inner.subject is not None and inner.subject.text == "Disney"


def test_verbs_that_are_joined_share_what_is_asked_for():
    (found,) = read(load_pipeline()("Which firms sued Disney and bought Runway?"))
    assert [c.verb for c in found.clauses] == ["sue", "buy"]
    assert {c.subject.ref for c in found.clauses if c.subject} == {found.asked.ref}


@pytest.mark.parametrize(
    "question", ["The mayor resigned.", "Who sued whom?", "How nice is the tower?", "?"]
)
def test_what_is_no_question_of_a_kind_that_is_known_is_not_understood(question):
    with pytest.raises(NotUnderstood):
        read(load_pipeline()(question))
