from __future__ import annotations

import pytest

from kg.config import load_config
from kg.model import Article, ArticleResult, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import process


def result(text: str, limit: float = 0.5) -> ArticleResult:
    article = Article("a", "a", text, date="2026-03-04", blocks=(Block("paragraph", 0, len(text)),))
    return process(article, load_pipeline(), load_config(pipeline={"confidence": limit}))


@pytest.mark.parametrize(
    "text",
    [
        "The measure eased the pressure.",
        "Bad weather hindered the effort.",
        "Initial findings point to a dry leaf.",
    ],
)
def test_what_names_nothing_is_not_told_by_default(text: str):
    found = result(text)
    assert not found.claims
    assert [one.reason for one in found.abstentions] == ["nothing named"]


def test_what_names_nothing_is_told_where_all_is_asked_for():
    assert result("The measure eased the pressure.", limit=0.0).claims


@pytest.mark.parametrize(
    "text",
    [
        "The measure eased the pressure on Norland.",  # a name at an end
        "Orvell unveiled a measure. It eased the pressure, said Ida Orr.",  # somebody's claim
        "Heavy rain delayed forty trains.",  # a number
        "The measure eased the pressure in Leeds.",  # a name beside it
        "Rebels killed a nurse.",  # a relation between things of a class
    ],
)
def test_what_has_a_name_a_number_or_a_class_in_it_is_told(text: str):
    assert result(text).claims


def test_what_a_noun_stands_for_is_a_name():
    found = result("The Tarn Committee met in Leeds. The committee eased the pressure.")
    assert {e.label for e in found.entities} >= {"Tarn Committee", "pressure"}


def test_a_topic_that_nobody_tells_of_any_more_is_gone():
    found = result("Norland sued Orvell. The measure eased the pressure.")
    assert "measure" not in {e.label for e in found.entities}
