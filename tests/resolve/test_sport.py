"""Teams that are called like their town, and letters that mean something else on pages of sport."""

from __future__ import annotations

import pytest

from kg.config import load_config
from kg.model import Article, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.resolve.sport import is_of_sport
from kg.seeds import load_seeds


def entities(text: str) -> dict[str, tuple[str, str]]:
    """Class, and why it is one of this article alone, of each entity by its label."""
    article = Article("a", "a", text, blocks=(Block("paragraph", 0, len(text)),))
    result = process(article, load_pipeline(), load_config(), seeds=load_seeds())
    return {one.label: (one.type, one.apart) for one in result.entities}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Chicago signed goalkeeper Tom Varga on Friday.", "Organization"),
        ("Denver beat Chicago 3-1 on Friday.", "Organization"),
        ("Chicago coach Ana Ruiz sold the house.", "Organization"),
        ("Chicago signed goalkeeper Tom Varga on Friday. He lives in Chicago.", "Place"),
        ("Chicago signed a deal with Denver on Friday.", "Place"),
        (
            "Chicago signed goalkeeper Tom Varga after the win in Chicago's 3-1 game on Friday.",
            "Organization",
        ),
        ("Chicago mayor Ana Ruiz sold the house.", "Place"),
    ],
)
def test_a_town_that_does_what_only_teams_do_is_a_team(text: str, kind: str):
    assert entities(text)["Chicago"][0] == kind


def test_a_country_that_plays_stays_a_country():
    assert (
        entities(
            "The king of Norway left for Oslo. He came back to Norway in May. Norway beat Peru 3-1 on Friday."
        )["Norway"][0]
        == "Place"
    )


def test_letters_on_a_page_of_sport_are_no_regulator():
    page = "The SEC beat the Big East 3-1 in the tournament. Coaches liked the games of the season."
    assert entities(page)["SEC"][1]
    assert is_of_sport(page)
    assert not entities("The SEC sued the bank Orvell over a fraud in May.")["SEC"][1]
