from __future__ import annotations

import pytest

from kg.config import load_config
from kg.model import Article, ArticleResult
from kg.nlp.load import load_pipeline
from kg.pipeline import process


def result(text: str) -> ArticleResult:
    article = Article("a", "a", text, date="2026-03-04")
    return process(article, load_pipeline(), load_config(pipeline={"confidence": 0.0}))


def told(text: str) -> set[str]:
    found = result(text)
    labels = {one.key: one.label for one in found.entities}
    return {
        f"{labels[c.subject]} | {c.claim.predicate.property or c.claim.predicate.label} | "
        f"{labels.get(c.object or '', c.claim.object.label)}"
        for c in found.claims
    }


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("Former prime minister Rosa Lind spoke. The rain stopped. "
         "The former prime minister left Leeds.", "Rosa Lind"),
        ("Former prime minister Rosa Lind and former prime minister Omar Tal spoke. "
         "The former prime minister left Leeds.", "former prime minister"),
        ("Prime Minister Rosa Lind spoke. The rain stopped. "
         "The former prime minister left Leeds.", "former prime minister"),
        ("Peruvian President Rosa Lind spoke. The rain stopped. The Peruvian leader left Leeds.", "Rosa Lind"),
        ("British Prime Minister Rosa Lind spoke. The rain stopped. "
         "The British prime minister left Leeds.", "Rosa Lind"),
        ("Peruvian President Rosa Lind and Peruvian Prime Minister Omar Tal spoke. The rain stopped. "
         "The Peruvian leader left Leeds.", "Peruvian leader"),
        ("Peruvian President Rosa Lind spoke. The rain stopped. The Chilean leader left Leeds.",
         "Chilean leader"),
    ],
)  # fmt: skip
def test_the_holder_of_a_post_is_who_was_said_to_have_it(text: str, who: str):
    assert f"{who} | leftPlace | Leeds" in told(text)


def test_what_has_a_chairman_is_a_body():
    text = "Orvell chairman Rosa Lind spoke. Orvell opened a shop."
    assert [e.type for e in result(text).entities if e.label == "Orvell"] == ["Organization"]


def test_no_post_is_at_a_bare_its():
    found = result("Nobody knew of the film. Its president, Rosa Lind, resigned.")
    roles = [c.claim for c in found.claims if c.claim.predicate.property == "hasRole"]
    assert [a.label for c in roles for a in c.arguments if a.role == "at"] == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The rain hurt Malawi. Farmers mourned the country's corn.", "Malawi's corn"),
        (
            "“Night Ferry” is a Maltese series. Critics praised the series’ music.",
            "Night Ferry’s music",
        ),
        ("The rain hurt the farm. Farmers mourned the country's corn.", "country's corn"),
    ],
)
def test_whose_it_is_is_told_by_name(text: str, expected: str):
    assert expected in {one.label for one in result(text).entities}


def test_the_names_that_tell_who_a_plural_is_do_it():
    found = told("Two firms, Orvell and Norr Air, signed the deal.")
    assert {"Orvell | signed | deal", "Norr Air | signed | deal"} <= found
    assert "two firms | signed | deal" in told("Two firms signed the deal.")
