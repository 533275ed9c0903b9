"""Who says it, and that quotations and claims agree about it, through the whole pipeline."""

from __future__ import annotations

import pytest

from kg.extract import Extraction, extract
from kg.model import Article, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import parse


def read(text: str) -> Extraction:
    article = Article("a", "a.txt", text, blocks=(Block("paragraph", 0, len(text)),))
    return extract(parse(article, load_pipeline()), article)


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ('"The plant is safe," said Maria Lopez, who runs it.', "Maria Lopez"),
        ("According to its spokesman, Peter Lowe, the company has hired two ships.", "Peter Lowe"),
        ('The Brandt campaign called the vote "a complete and utter fraud".', "Brandt campaign"),
        ("One of the guards said the gate was locked.", "One of the guards"),
        ("According to official statements, Lund, who was ill, is to sail.", "official statement"),
        (
            "Maria Lopez promised to sell the yard, but the Harbour Union stopped her, "
            "saying the city still needs it.",
            "Harbour Union",
        ),
        (
            "Maria Lopez said the gate was safe, but the road would close, adding that buses would run.",
            "Maria Lopez",
        ),
        ("Maria Lopez said she believes Orbex bought the yard.", "Maria Lopez"),
        ("The doctor said he thinks Maria Lopez died of a stroke.", "doctor"),
        (
            "Maria Lopez said there is some doubt as growers began drawing up plans to meet the rules. "
            "'We need more light on seeds, how much there will be and who pays for it.'",
            "Maria Lopez",
        ),
        ("Lopez said the plan was fair, adding that the council had backed it.", "Lopez"),
        ("The court blocked the law on Monday, ruling that it harmed workers.", "court"),
        ("The agency has plans to widen the road and says it will hire workers.", "agency"),
    ],
)
def test_quotations_and_claims_name_one_speaker(text: str, speaker: str) -> None:
    found = read(text)
    named = {quote.speaker.label for quote in found.quotes if quote.speaker is not None}
    named |= {claim.attribution.label for claim in found.claims if claim.attribution is not None}
    assert named == {speaker}


@pytest.mark.parametrize(("word", "speaker"), [("saying", "guard"), ("adding", "paper")])
def test_who_speaks_again_in_what_is_told(word: str, speaker: str) -> None:
    found = read(f"The paper said guards had called for help, {word} the gate was locked.")
    assert [q.speaker and q.speaker.label for q in found.quotes] == ["paper", speaker]


@pytest.mark.parametrize(
    "text",
    [
        "The company is expected to argue that the law is unfair.",
        "One could argue that the law is unfair.",
        "Lopez did not say that the law is unfair.",
    ],
)
def test_what_nobody_has_said_yet_is_no_quotation(text: str) -> None:
    assert read(text).quotes == ()


def test_another_who_believes_it_is_not_the_speaker() -> None:
    found = read("Carlos Lopez said she believes Orbex bought the yard.")
    assert "Carlos Lopez" not in {c.attribution.label for c in found.claims if c.attribution}
