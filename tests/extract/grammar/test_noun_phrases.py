"""From which word to which a noun phrase goes."""

from __future__ import annotations

import pytest

from kg.extract.grammar.noun_phrases import char_range, phrase_tokens, ranked
from kg.nlp.load import load_pipeline


def noun(text: str, word: str):
    return next(token for token in load_pipeline()(text) if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The old town hall burned.", "hall", "The old town hall"),
        ("The mayor of Oslo, a lawyer, resigned.", "mayor", "The mayor of Oslo"),
        ("The mayor and the judge resigned.", "mayor", "The mayor"),
        ("The firm that built the bridge closed.", "firm", "The firm"),
        ("The growing number of towns worried Lund.", "number", "The growing number of towns"),
        (
            "She was the first woman to lead the church.",
            "woman",
            "the first woman to lead the church",
        ),
        (
            "It is the only species known to eat ants.",
            "species",
            "the only species known to eat ants",
        ),
        ("They banned the group Orbex on Friday.", "group", "the group Orbex"),
        ("It won 338 seats, each with a member.", "seats", "338 seats"),
        ("Firms such as Halden grew.", "Firms", "Firms"),
        ("Over 80 seats were empty.", "seats", "Over 80 seats"),
        ("It sells intelligence (AI) software.", "software", "intelligence (AI) software"),
    ],
)
def test_what_belongs_to_it(text: str, word: str, expected: str):
    start, end = char_range(phrase_tokens(noun(text, word)))
    assert text[start:end] == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("It was the 37th country to legalize it.", "country", True),
        ("It was the last ship in port.", "ship", True),
        ("It fell last year.", "year", False),
        ("The ship left.", "ship", False),
    ],
)
def test_one_of_a_row(text: str, word: str, expected: bool):
    assert ranked(noun(text, word)) is expected
