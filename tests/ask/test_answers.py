"""Questions in words that articles do not use, and their answers from articles of our own."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kg
from tests.ask.town import everything_of

_ARTICLES = {
    "court.txt": """Court jails former manager

A court in Dalby on Monday sentenced Owen Rusk, the former manager of Harrow Hill, to six years in prison. Rusk was convicted of fraud. He suffers from diabetes.

Tessa Moyle, a spokeswoman for Tolna Dairy, welcomed the sentence. Viktor Aune, the head of Tolna Dairy, did not comment. Lena Abbot is the chief of staff of Mayor Dana Holt.

Kestrel Capital, an investment fund, sued Halden Foods in March to stop its sale to Orlo Mills. Celia Brandt leads Kestrel Capital.""",
    "cup.txt": """Morvik Rovers win the cup

Morvik Rovers beat Torvane United 3–1 on Saturday. Jon Teal, a striker, is known as the Fox of Morvik.

Ada Lomax, the coach, retired because of ill health in May. Lomax had replaced Sten Rook in 2019.""",
}


@pytest.fixture(scope="module")
def news(tmp_path_factory) -> Iterator[kg.Graph]:
    with everything_of(_ARTICLES, tmp_path_factory.mktemp("news")) as found:
        yield found


@pytest.mark.parametrize(
    ("question", "wanted"),
    [
        ("What illness does Owen Rusk have?", ["diabetes"]),
        ("How long was Owen Rusk jailed for?", ["six years"]),
        ("Which crime was Owen Rusk found guilty of?", ["fraud"]),
        ("Who leads the firm that Tessa Moyle speaks for?", ["Viktor Aune"]),
        ("Whom does Tessa Moyle speak for?", ["Tolna Dairy"]),
        ("Whose spokeswoman is Tessa Moyle?", ["Tolna Dairy"]),
        ("Who is Dana Holt's chief of staff?", ["Lena Abbot"]),
        ("Who leads the fund that sued Halden Foods?", ["Celia Brandt"]),
        ("Why did Kestrel Capital sue Halden Foods?", ["stop its sale to Orlo Mills"]),
        ("What was the score when Morvik Rovers beat Torvane United?", ["3–1"]),
        ("What do people call Jon Teal?", ["Fox of Morvik"]),
        ("Why did Ada Lomax retire?", ["ill health"]),
        ("Whom did Ada Lomax take the place of?", ["Sten Rook"]),
    ],
)
def test_other_words_have_the_same_answer(news, question, wanted):
    assert [one.label.partition(" (")[0] for one in news.ask(question).answers] == wanted


@pytest.mark.parametrize(
    "question",
    [
        "What illness does Viktor Aune have?",
        "How long was Viktor Aune jailed for?",
        "Why did Morvik Rovers beat Torvane United?",
        "Who leads the fund that sued Tolna Dairy?",
        "What killed Owen Rusk?",
        "Who is Viktor Aune's chief of staff?",
        "Whom did Sten Rook take the place of?",
    ],
)
def test_what_is_not_told_has_no_answer(news, question):
    assert news.ask(question).answers == ()
