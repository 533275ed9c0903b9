"""What somebody is said to have said, without marks: whose words, and which."""

from __future__ import annotations

import pytest

from kg.extract.speech.indirect import reported, told_by
from kg.nlp.load import load_pipeline


def told(text: str) -> list[tuple[str | None, list[str]]]:
    return [
        (one.speaker.text if one.speaker is not None else None, [text[s:e] for s, e in one.parts])
        for one in reported(load_pipeline()(text))
    ]


@pytest.mark.parametrize(
    ("text", "speaker", "parts"),
    [
        ("Lund said that the bank had closed.", "Lund", ["the bank had closed"]),
        ("As Lund remarked on Monday, the bank had closed.", "Lund", ["the bank had closed"]),
        ("The bank closed, Lund said on Monday.", "Lund", ["The bank closed"]),
        ("It would, Lund said, rain in Oslo.", "Lund", ["It would", "rain in Oslo"]),
        (
            "Lund told his mother, who lives in Ohio, that he would leave.", "Lund",
            ["he would leave"],
        ),
        (
            "The embassy confirmed two pilgrims died in the crash.", "embassy",
            ["two pilgrims died in the crash"],
        ),
        ("As Lund put it, the town is broke.", "Lund", ["the town is broke"]),
        (
            "Lund told a news conference Wednesday, the ministry had new plans.", "Lund",
            ["the ministry had new plans"],
        ),
        ("Lund told the agency, AFP, the talks had ended.", "Lund", ["the talks had ended"]),
        ("Lund told reporters late Monday the ship had left.", "Lund", ["the ship had left"]),
        ("Lund said early Monday the talks had ended.", "Lund", ["the talks had ended"]),
        ("Lund reported, citing hospital data, there were no deaths.", "Lund", ["there were no deaths"]),
        ("Lund says at least two women and children died.", "Lund", ["at least two women and children died"]),
        ("Lund said at least two pilots and a guard died.", "Lund",
         ["at least two pilots and a guard died"]),
        ("The court will decide whether the bank had closed, as Lund argued, or only moved.", "Lund",
         ["the bank had closed"]),
        ("It was reported that the bank had closed.", None, ["the bank had closed"]),
    ],
)  # fmt: skip
def test_the_words_that_are_told(text: str, speaker: str | None, parts: list[str]):
    assert told(text) == [(speaker, parts)]


@pytest.mark.parametrize(
    "text",
    [
        "Lund did not say that the bank had closed.",
        "One could argue that the bank is safe.",
        "Lund asked whether the bank was safe.",
        "Lund must explain what role he had in the sale.",
    ],
)
def test_what_was_not_said_is_not_told(text: str):
    assert told(text) == []


def test_a_word_knows_in_which_clause_it_is_told():
    doc = load_pipeline()("Lund said that the bank had closed.")
    assert told_by(doc[4]).speaker == doc[0]
    assert told_by(doc[0]) is None


@pytest.mark.parametrize(
    "text",
    [
        "The ministry planned a campaign to warn people that the water was bad.",
        "Oslo lifted rules that the council said unlawfully harmed the town.",
    ],
)
def test_what_is_only_to_be_said_or_lacks_its_subject_is_not_told(text: str):
    assert told(text) == []


def test_a_letter_to_tell_it_tells_it():
    text = "Orvell sent letters to tell customers that the bank had closed."
    assert told(text) == [("Orvell", ["the bank had closed"])]


def test_what_somebody_remarks_on_is_no_source_of_the_sentence() -> None:
    assert told("As Lund remarked on the vote, Holm left the hall.") == []
