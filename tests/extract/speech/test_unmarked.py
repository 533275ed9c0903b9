from __future__ import annotations

import re

import pytest

from kg.config import load_config
from kg.model import Article, ArticleResult, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import process


def read(text: str) -> ArticleResult:
    blocks = tuple(Block("paragraph", m.start(), m.end()) for m in re.finditer(r"[^\n]+", text))
    settings = load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0})
    return process(Article("a", "a", text, blocks=blocks), load_pipeline(), settings)


def said(text: str) -> list[tuple[str | None, str]]:
    result = read(text)
    names = {entity.key: entity.label for entity in result.entities}
    return [(names.get(q.speaker or ""), q.quote.text) for q in result.quotes
            if q.quote.speech == "direct"]  # fmt: skip


def stands(text: str, words: str) -> list[tuple[str, str | None]]:
    """Status and speaker of each claim of the sentence that begins with these words."""
    result = read(text)
    names = {entity.key: entity.label for entity in result.entities}
    start = text.index(words)
    end = text.find(".", start)
    return [
        (one.claim.status, names.get(one.attribution or ""))
        for one in result.claims
        if start <= one.claim.predicate.start < end
    ]


RELEASE = "The museum closed on Friday.\n\nDirector Anna Berg said:\n\n"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        # a line that a colon ends: what stands under it, to the end
        (f"{RELEASE}We sold the house to the city.\n\nThe city will open a school there.",
         "We sold the house to the city. The city will open a school there."),
        ("The museum closed.\n\nThe Culture Minister, Anna Berg, said:\n\nThe city owns the house.",
         "The city owns the house."),
        # up to where the narrator speaks of her, or a heading comes
        (f"{RELEASE}We sold the house to the city.\n\nBerg joined the museum in 2010.",
         "We sold the house to the city."),
        (f"{RELEASE}We sold the house to the city.\n\nNotes to editors\n\nThe museum has ten rooms.",
         "We sold the house to the city."),
        (f"{RELEASE}We sold it.\n\nBo Lund said the price was low.", "We sold it."),
        # within a line, as far as "we" are spoken of
        ("Anna Berg said: We sold the house. The city will build a school. We wish it luck. "
         "Bo Lund bought the garden.",
         "We sold the house. The city will build a school. We wish it luck."),
    ],
)  # fmt: skip
def test_a_statement_without_marks_is_a_quotation(text: str, words: str):
    assert said(text) == [("Anna Berg", words)]


@pytest.mark.parametrize(
    "text",
    [
        "The museum has three rooms:\n\nThe first room has a piano.",
        "Anna Berg gave the museum two things:\n\nThe first one was a piano.",
        f"{RELEASE}- Sell the house.\n- Open a school.",  # a list
        "The rules are clear: The city owns the house. The museum pays the rent.",
    ],
)
def test_what_stands_under_another_colon_is_nobodys_speech(text: str):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "speaker", "words"),
    [
        ("Anna Berg said the house was old. We sold it to the city. Bo Lund bought the garden.",
         "Anna Berg", "We sold it to the city."),
        ('"The house is old," Anna Berg said in a letter. We sold it to the city.',
         "Anna Berg", "We sold it to the city."),
        ("We sold the house to the city. It was far too old, Anna Berg said.",
         "Anna Berg", "We sold the house to the city."),
    ],
)  # fmt: skip
def test_a_sentence_of_we_is_whose_the_sentence_beside_it_tells(
    text: str, speaker: str, words: str
):
    assert (speaker, words) in said(text)
    assert all(who == speaker for _, who in stands(text, words[:8]))


@pytest.mark.parametrize(
    "text",
    [
        "The museum closed on Friday. Our guards left the house.",
        "Anna Berg said the house was old. Bo Lund disagreed. Our guards left the house.",
        # whoever writes the article is "I" in it
        "Anna Berg said the house was old. I asked her why. Our guards left the house.",
        "Anna Berg told me the house was old. Our guards left the house.",
        # she would not call herself by name
        "Anna Berg said the house was old. Our guards and Berg left the house.",
        "Anna Berg said the house was old, but Bo Lund said it was new. Our guards left the house.",
        "The museum closed on Friday.\n\nOur guards left the house. The house is old.",
    ],
)
def test_a_sentence_of_we_that_nobody_is_told_to_say_is_left_out(text: str):
    assert stands(text, "Our guards") == []
    assert "unheard" in {one.reason for one in read(text).abstentions}


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        # not who speaks: everybody, the paper, a name, a country
        ("Saturn is the second planet of our solar system.", "Saturn", ("asserted", None)),
        ("Our reporter visited the house.", "Our reporter", ("asserted", None)),
        ("Soldiers of World War I built the house.", "Soldiers", ("asserted", None)),
        ("The US bought the house.", "The US", ("asserted", None)),
        # somebody else is told to say it
        ("Anna Berg said that our guards left the house.", "our guards", ("claimed", "Anna Berg")),
        ("Anna Berg stressed the need to train our guards.", "Anna", ("asserted", None)),
    ],
)
def test_words_that_only_look_like_a_speakers_stay_as_they_are(
    text: str, words: str, expected: tuple[str, str | None]
):
    assert expected in stands(text, words)


@pytest.mark.parametrize("line", ["Interview: Anna Berg", "Words and pictures: Anna Berg"])
def test_whose_name_stands_behind_interview_asked(line: str) -> None:
    text = (
        f"CULTURE\n\nThe composer talks about her first opera.\n\n{line}\n\n"
        "You came four months late. What happened?\n\n"
        "I wrote the third act twice. My brother read it to me in the kitchen in Oslo.\n\n"
        "Was there a quarrel with the theatre?\n\n"
        "There was none. I flew home in July and my mother was ill.\n\n"
        "What will you do now?\n\n"
        "I will sleep for a week. After that I will write a song for the school in Bergen."
    )
    assert len(said(text)) == 3
    assert "Anna Berg" not in [speaker for speaker, _ in said(text)]
