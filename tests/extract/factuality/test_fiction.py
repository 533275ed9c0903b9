"""What only happens in a story is hypothetical; what is told of it is so."""

from __future__ import annotations

import pytest

from kg.extract.factuality.status import status
from kg.nlp.load import load_pipeline


def of(text: str, word: str) -> tuple[str, str | None]:
    doc = load_pipeline()(text)
    found = status(next(token for token in doc if token.text == word))
    return found.status, found.sourcing


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("In the film, Ivo Lund plays a guard who robs his bank.", "robs"),
        ("The drama follows Ivo Lund as he kills a rival in Bern.", "kills"),
        ("The novel tells the story of Ivo Lund, who murders his wife.", "murders"),
        ("In the novel, Ivo Lund robs Mia Vogel.", "robs"),
        ("The film, in which Ivo Lund kills his brother, opens on Friday.", "kills"),
        ("The comedy stars Mia Vogel as Rosa Lind, a clerk who steals a boat.", "steals"),
    ],
)
def test_a_plot_is_hypothetical(text: str, word: str) -> None:
    assert of(text, word)[0] == "hypothetical"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("In the film, Ivo Lund plays a guard who robs his bank.", "plays"),
        ("The drama follows Ivo Lund as he kills a rival in Bern.", "follows"),
        ("The documentary film follows Ivo Lund, who robs banks.", "robs"),
        ("The drama follows Ivo Lund, who robbed a bank in 1972.", "robbed"),
        ("In the series, Peru beats Chile 2-0.", "beats"),
        ("In the film, Orvo Systems uses a model that draws smoke.", "uses"),
        ("The film, which is produced by Tarn Films, opens on Friday.", "produced"),
        ("Ivo Lund plays for Leeds, who lead the league.", "lead"),
    ],
)
def test_what_is_told_of_a_story_is_so(text: str, word: str) -> None:
    assert of(text, word)[0] != "hypothetical"


def test_the_story_is_named() -> None:
    assert of("In the novel, Ivo Lund robs Mia Vogel.", "robs")[1] == "In the novel"
