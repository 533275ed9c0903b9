"""What a question asks in other terms."""

from __future__ import annotations

import pytest

from kg.ask.question import NotUnderstood, Phrase, Question
from kg.ask.reading import read
from kg.nlp.load import load_pipeline


def ways(question: str) -> tuple[Question, ...]:
    return read(load_pipeline()(question))


def told(question: Question) -> tuple[str, str, str, list[tuple[str, str]]]:
    """Subject, verb, object and complements of the main clause; "?" is open."""

    def end(phrase: Phrase | None) -> str:
        return "-" if phrase is None else f"?{phrase.head}" if phrase.asked else phrase.text

    clause = question.clauses[0]
    first, second = clause.subject, clause.object
    if clause.passive:
        first, second = clause.agent, clause.subject
    rest = [(c.marks[0], end(c.phrase)) for c in clause.complements]
    return end(first), clause.verb, end(second), rest


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("Who speaks for Siemens?", ("spokesperson", "be", "?", [])),
        ("What are the firms that Siemens sued?", ("Siemens", "sue", "?firm", [])),
        ("Who was the firm bought by?", ("?", "buy", "firm", [])),
        ("What was Smith's comment about jobs?", ("Smith", "say", "?", [("about", "jobs")])),
        ("How did Smith describe the deal?", ("Smith", "describe", "deal", [("as", "?")])),
        ("What statement did Smith make on jobs?", ("Smith", "say", "?", [("about", "jobs")])),
        ("What post was Smith given?", ("-", "appoint", "Smith", [("as", "?post")])),
        ("What is the ship called?", ("-", "know", "ship", [("as", "?")])),
        ("What are Smith's plans?", ("-", "plan", "?", [("about", "Smith")])),
        ("What does Smith intend to do?", ("-", "plan", "?", [("about", "Smith")])),
        ("Who said something about jobs?", ("?", "say", "-", [("about", "jobs")])),
        ("Is Smith dead?", ("Smith", "die", "-", [])),
        ("Who called the sale a mistake?", ("?", "call", "sale", [("as", "mistake")])),
        ("What disease does Smith have?", ("Smith", "suffer", "-", [("from", "?")])),
        ("What illness is Smith living with?", ("Smith", "suffer", "-", [("from", "?")])),
        ("Who was given two years by the court?", ("-", "sentence", "?", [("to", "two years")])),
        ("How many years did Smith get?", ("-", "sentence", "Smith", [("to", "?year")])),
        ("Who was jailed for two years?", ("-", "sentence", "?", [("to", "two years")])),
        ("Who was mayor of Oslo before Smith?", ("Smith", "succeed", "?", [])),
        ("Who was mayor of Oslo after Smith?", ("?", "succeed", "Smith", [])),
        ("What nickname did the paper give Smith?", ("paper", "call", "Smith", [("as", "?")])),
        ("Why did Smith sell the ship?", ("Smith", "sell", "ship", [("why", "?")])),
        (
            "By what score did Siemens beat Toyota?",
            ("Siemens", "beat", "Toyota", [("score", "?score")]),
        ),
        (
            "Which crime was Smith found guilty of?",
            ("-", "find guilty", "Smith", [("of", "?crime")]),
        ),
    ],
)
def test_a_question_is_put_as_a_graph_tells_it(question, wanted):
    assert told(ways(question)[0]) == wanted


def test_an_accusation_asks_for_the_deed_first():
    first, second = ways("Who is suspected of selling the ship?")
    assert told(first) == ("?", "sell", "ship", [])
    assert "claimed" in first.statuses
    assert told(second)[1] == "suspect"


def test_a_post_that_was_offered_is_only_planned():
    (found,) = ways("Which post did Smith offer to Jones?")
    assert told(found) == ("Jones", "have", "?post", [])
    assert found.statuses == ("planned",)


def test_whoever_says_so_may_have_said_it_in_these_words():
    first, second = ways("According to whom did the mill close in May?")
    assert first.source is not None
    assert first.source.asked
    assert told(second)[:2] == ("?whom", "say") or told(second)[:2] == ("?", "say")
    assert "mill" in second.clauses[0].content


def test_a_phrase_behind_a_noun_may_belong_to_the_verb():
    found = [told(way) for way in ways("Did Smith grant access to the camp?")]
    assert ("Smith", "grant", "access", [("to", "camp")]) in found


def test_an_event_takes_place_or_was_set():
    verbs = [way.clauses[0].verb for way in ways("When is the trial?")]
    assert verbs == ["be", "take place", "hold", "schedule", "plan"]


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What killed Smith?", ("Smith", "die", "-", [("of", "?")])),
        ("What do people call Smith?", ("-", "know", "Smith", [("as", "?")])),
        ("How did Smith describe the deal?", ("Smith", "say", "?", [("about", "deal")])),
        ("How much did Smith pay for the ship?", ("Smith", "buy", "ship", [("amount", "?")])),
        ("Who sold the ship to Smith?", ("Smith", "buy", "ship", [("from", "?")])),
        ("When is Epiphany?", ("-", "observe", "Epiphany", [("when", "?")])),
    ],
)
def test_a_second_way_is_told_otherwise(question, wanted):
    first, *others = map(told, ways(question))
    assert first != wanted
    assert wanted in others


@pytest.mark.parametrize(
    ("question", "verb"),
    [
        ("Who was given two medals by the court?", "give"),
        ("How long did Smith wait?", "wait"),
        ("Who was mayor of Oslo before 2010?", "be"),
        ("Who sold the ship in Madrid?", "sell"),
    ],
)
def test_what_only_looks_alike_is_not_turned(question, verb):
    assert {told(way)[1] for way in ways(question)} == {verb}


def test_a_former_post_is_over():
    assert ways("Who is the former mayor of Oslo?")[0].past
    assert not ways("Who is the mayor of Oslo?")[0].past


def test_what_is_being_done_may_be_planned():
    assert [way.clauses[0].planned for way in ways("Which firm is cutting jobs?")] == [False, True]
    assert not any(way.clauses[0].planned for way in ways("Which firm cut jobs?"))


def test_who_killed_somebody_is_no_illness():
    assert [told(way)[1] for way in ways("Who killed Smith?")] == ["kill"]


def test_a_relative_clause_may_be_of_either_noun():
    found = [
        way.clauses[0].subject for way in ways("Who is the mayor of the town that sued Siemens?")
    ]
    assert [noun.of.clauses != () for noun in found if noun.of] == [False, True]


def test_what_the_parse_takes_for_a_name_of_who_is_what_somebody_is():
    (found,) = ways("Who is the director of the Vienna clinic that hired Smith?")
    assert told(found)[1] == "be"


@pytest.mark.parametrize(
    "question",
    ["Who is Smith's chief of staff?", "Who was the chief of staff of Smith?"],
)
def test_a_post_has_two_nouns(question):
    clause = ways(question)[0].clauses[0]
    post = next(end for end in clause.ends if not end.asked)
    assert " ".join(post.post).endswith("chief of staff")
    assert post.of.text == "Smith"


def test_all_that_anybody_said_is_no_answer():
    with pytest.raises(NotUnderstood, match="say what about"):
        ways("Who said something?")
