"""Who does what a verb tells, also where another clause says it: a sentence for each construction."""

from __future__ import annotations

import pytest

from kg.extract.grammar.subjects import agent, is_passive, subject
from kg.nlp.load import load_pipeline


def verb(text: str, word: str):
    return next(token for token in load_pipeline()(text) if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The board voted and the mayor resigned.", "resigned", "mayor"),
        ("Halden sued Brook and won.", "won", "Halden"),
        ("Halden plans to expand.", "expand", "Halden"),
        ("Halden urged Lund to resign.", "resign", "Lund"),
        ("Halden promised Lund to pay.", "pay", "Halden"),
        ("Lund was asked to leave.", "leave", "Lund"),
        ("The city banned Lund from flying.", "flying", "Lund"),
        ("They accused Lund of stealing money.", "stealing", "Lund"),
        ("Officials called on drivers to wait.", "wait", "drivers"),
        ("Police filmed Lund leaving the bar.", "leaving", "Lund"),
        ("The mayor, who lives in Oslo, resigned.", "lives", "mayor"),
        ("The law that Halden wrote failed.", "wrote", "Halden"),
        ("Lund is a lawyer who defended Brook.", "defended", "Lund"),
        ("The scene made by Halden was long.", "made", "scene"),
        ("A bomb exploded, killing 12 people.", "killing", "bomb"),
        ("The court blocked the bill, ruling that it was unfair.", "ruling", "court"),
        ("Its plan to expand failed.", "expand", "Its"),
        ("Lund sold the farm to pay his debts.", "pay", "Lund"),
        ("Halden sent officers to guard the square.", "guard", "officers"),
        ("Halden sent a probe to study Venus.", "study", "Halden"),
        ("The tent was built to last.", "last", "tent"),
        ("The tool is used by the centre for classifying storms.", "classifying", "centre"),
        ("Peru imposed a fine on Halden for selling guns.", "selling", "Halden"),
        ("A fine was imposed on Halden for selling guns.", "selling", "Halden"),
        ("The strike was ended by the union by accepting the offer.", "accepting", "union"),
        ("Berg was named by the council to succeed Lund.", "succeed", "Berg"),
        ("Halden congratulated Lund for ending the strike.", "ending", "Lund"),
        ("The court disqualified Lund from serving as mayor.", "serving", "Lund"),
        ("Norr will accept bids from three firms to build a bridge.", "build", "firms"),
        ("The mayor's nominee to lead the port spoke.", "lead", "nominee"),
    ],
)
def test_who_does_it(text: str, word: str, expected: str):
    found = subject(verb(text, word))
    assert found is not None
    assert found.text == expected


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The deal would allow Lund to stay if adopted.", "adopted"),
        ("The challenge is to compare prices.", "compare"),
        ("Costs could be lowered by closing two mills.", "closing"),
        ("She researched ways to stop the virus.", "stop"),
        ("The charter called for naming Lund as mayor.", "naming"),
        ("Plans are underway to expand the port.", "expand"),
    ],
)
def test_where_nobody_is_named_nobody_does_it(text: str, word: str):
    assert subject(verb(text, word)) is None


def test_a_passive_has_its_agent():
    sued = verb("Halden was sued by Brook.", "sued")
    assert is_passive(sued)
    assert (subject(sued).text, agent(sued).text) == ("Halden", "Brook")
    sued = verb("Halden sued Brook by accident.", "sued")
    assert not is_passive(sued)
    assert agent(sued) is None
