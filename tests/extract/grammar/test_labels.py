from __future__ import annotations

import pytest

from kg.extract.grammar.labels import topic_label, type_hint
from kg.nlp.load import load_pipeline


def head(text: str, word: str):
    doc = load_pipeline()(text)
    return next(token for token in doc if token.text == word)


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("A radio station plays hymns.", "station", "Organization"),
        ("They met at a bus station.", "station", "Place"),
        ("It opened its first production facility.", "facility", "Place"),
        ("It drew on a credit facility.", "facility", None),
        ("He came to the Christmas party.", "party", "Event"),
        ("He joined the party.", "party", "Organization"),
        ("Two suicide bombers struck.", "bombers", "Group"),
        ("A doorman saw him.", "doorman", "Person"),
        ("She was held in the city prison.", "prison", "Place"),
        ("She was sent to prison.", "prison", None),
        ("They were no match for the ship.", "match", None),
        ("They lost the match.", "match", "Event"),
        ("Two Norwegian nationals were hurt.", "nationals", "Group"),
        ("The guards used excessive force.", "force", None),
        ("The force has left the town.", "force", "Organization"),
        ("They condemned the publication of the drawings.", "publication", None),
        ("Democrats in the Senate objected.", "Democrats", "Group"),
        ("It put down an insurgency.", "insurgency", "Event"),
    ],
)
def test_the_class_that_a_noun_tells(text: str, word: str, expected: str | None):
    assert type_hint(head(text, word)) == expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("The club gained 32 yards rushing.", "rushing", "32 yards rushing"),
        ("It brought her more headlines.", "headlines", "more headlines"),
        ("It brought her a large headline.", "headline", "large headline"),
        ("The paper had two meetings.", "meetings", "two meetings"),
    ],
)
def test_a_label_is_english(text: str, word: str, expected: str):
    assert topic_label(head(text, word)) == expected
