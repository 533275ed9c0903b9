"""One name, one type within an article."""

from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.nlp.consistency import entity_consistency

VOCAB = spacy.blank("en").vocab


def doc(text: str, *ents: tuple[str, int, str]) -> Doc:
    """Capitalised words are proper nouns; ``("Apple", 0, "ORG")``: the nth "Apple" is an ORG."""
    words = text.split()
    made = Doc(VOCAB, words=words, pos=["PROPN" if w[0].isupper() else "NOUN" for w in words])
    spans = []
    for name, nth, label in ents:
        parts = name.split()
        places = [i for i in range(len(words)) if words[i : i + len(parts)] == parts]
        spans.append(Span(made, places[nth], places[nth] + len(parts), label))
    made.ents = tuple(spans)
    return made


def labels(made: Doc) -> list[tuple[str, str]]:
    return [(span.text, span.label_) for span in entity_consistency(made).ents]


def test_the_type_that_most_mentions_have_wins() -> None:
    made = doc(
        "Midjourney grew . Midjourney answered . Disney sued Midjourney",
        ("Midjourney", 0, "ORG"), ("Midjourney", 1, "ORG"), ("Midjourney", 2, "PERSON"),
    )  # fmt: skip
    assert labels(made) == [("Midjourney", "ORG")] * 3


def test_a_missed_mention_is_found() -> None:
    made = doc("Runway grew . Netflix used Runway", ("Runway", 0, "ORG"), ("Netflix", 0, "ORG"))
    assert labels(made) == [("Runway", "ORG"), ("Netflix", "ORG"), ("Runway", "ORG")]


def test_a_part_of_a_longer_name_is_left_alone() -> None:
    made = doc(
        "Apple grew . Apple Records closed", ("Apple", 0, "ORG"), ("Apple Records", 0, "ORG")
    )
    assert labels(made) == [("Apple", "ORG"), ("Apple Records", "ORG")]


@pytest.mark.parametrize(
    ("text", "name", "left"),
    [
        ("the Netflix series won", "Netflix series", [("Netflix", "ORG")]),
        ("the Hubble telescope saw", "Hubble telescope", [("Hubble telescope", "ORG")]),
        ("a streaming company grew", "streaming company", []),
    ],
)
def test_a_description_is_no_name(text: str, name: str, left: list[tuple[str, str]]) -> None:
    assert labels(doc(text, (name, 0, "ORG"))) == left


def test_an_empty_article() -> None:
    assert labels(doc("nothing here")) == []
