"""What stands "according to" somebody: which words are the source's."""

from __future__ import annotations

import pytest

from kg.extract.speech.according_to import according_clause, source_of
from kg.nlp.load import load_pipeline


def clause(text: str):
    return according_clause(next(t for t in load_pipeline()(text) if t.lower_ == "according"))


@pytest.mark.parametrize(
    ("text", "source", "parts"),
    [
        (
            "Two databases were found open, according to Acme.", "Acme",
            ["Two databases were found open"],
        ),
        (
            "According to Acme, a security firm, two databases were found open.", "Acme",
            ["two databases were found open"],
        ),
        (
            "While some wrote of it, according to Lund nobody knew the man.", "Lund",
            ["nobody knew the man"],
        ),
        ("Prices rose and, according to the bank, wages fell.", "bank", ["wages fell"]),
        ("According to Acme, the towers are to be sold.", "Acme", ["the towers are to be sold"]),
        (
            "The quake, according to the agency, was the strongest in years.", "agency",
            ["The quake", "was the strongest in years"],
        ),
    ],
)  # fmt: skip
def test_the_words_of_a_source(text: str, source: str, parts: list[str]):
    found = clause(text)
    assert found.speaker.text == source
    assert [text[start:end] for start, end in found.parts] == parts
    assert text[found.cue_start : found.cue_end].lower() == "according to"


def test_a_verb_is_no_source():
    doc = load_pipeline()("The council is according the town new rights.")
    assert source_of(next(t for t in doc if t.lower_ == "according")) is None
