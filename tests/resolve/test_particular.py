"""Which unnamed things are an article's own, and which are those of all articles."""

from __future__ import annotations

import pytest

import kg
from benchmarks.quality.settings import everything
from kg.model import Article
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.resolve.across import group_key
from kg.resolve.particular import is_counted


def scopes(text: str, label: str) -> set[str]:
    """The articles that the things of this label are known in: "" for all."""
    found = process(Article("x1", "a", text), load_pipeline(), everything())
    used = {key for one in found.claims for key in (one.subject, one.object, *one.arguments)}
    return {
        group_key(entity, "x1")[2]
        for entity in found.entities
        if entity.key in used and entity.label == label and not entity.named
    }


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("A baker sued Acme in May.", "baker"),
        ("An old baker sued Acme in May.", "old baker"),
        ("Acme sued another baker in May.", "baker"),
        ("The baker sued Acme in May.", "baker"),
        ("The old baker sued Acme in May.", "old baker"),
        ("Three bakers sued Acme in May.", "three bakers"),
        ("At least 12 bakers sued Acme in May.", "at least 12 bakers"),
        ("Several bakers sued Acme in May.", "several bakers"),
        ("An airstrike killed Tom Rae on Monday.", "airstrike"),
        ("Tom Rae died in an Israeli airstrike on Monday.", "Israeli airstrike"),
        ("Airstrikes destroyed Lowick on Monday.", "airstrike"),
        ("The lawyer of the baker sued Acme in May.", "lawyer of baker"),
    ],
)
def test_a_particular_one_is_the_articles_own(text: str, label: str) -> None:
    assert scopes(text, label) == {"x1"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Acme bought visual effects in May.", "visual effect"),
        ("Acme bought visual effects in May. Rivals sell the visual effects.", "visual effect"),
        ("Acme opposes generative AI.", "generative AI"),
        ("Acme fights climate change.", "climate change"),
        ("On Monday bakers sued Acme.", "baker"),
        ("Bakers sued Acme in May. A man defended bakers.", "baker"),
        ("Acme criticised the use of artificial intelligence.", "use of artificial intelligence"),
        ("The mayor of Lowick sued Acme in May.", "mayor of Lowick"),
        ("Acme uses the internet.", "internet"),
        (
            "Acme ordered a halt to offshore drilling operations against Norrland.",
            "halt to offshore drilling operations against Norrland",
        ),
        ("Acme opposed the trade war.", "trade war"),
        ("The 2024 election helped Acme.", "2024 election"),
        ("Ada Holm is a baker.", "baker"),
    ],
)
def test_kinds_and_matters_are_those_of_all_articles(text: str, label: str) -> None:
    assert scopes(text, label) == {""}


def test_a_bare_noun_of_a_headline_is_the_one_of_its_article() -> None:
    assert scopes("Baker sued Acme in May. A baker sued Acme over bread.", "baker") == {"x1"}


@pytest.mark.parametrize("label", ["dozens of men", "some 400 men", "1,200 men", "thirty-two men"])
def test_numbers_in_all_forms(label: str) -> None:
    assert is_counted(label)


@pytest.mark.parametrize("label", ["2025 budget", "men", "other men", "5G network", "few"])
def test_what_counts_nothing(label: str) -> None:
    assert not is_counted(label)


def test_bakers_are_a_kind_beside_a_baker() -> None:
    assert scopes("A baker sued Acme in May. Later bakers sued Dorall.", "baker") == {"x1", ""}


def test_articles_share_their_matters_and_not_their_men(tmp_path) -> None:
    for number, town in enumerate(("Lowick", "Harwick")):
        text = f"A man sued Acme in {town}. {town} bought visual effects from Acme."
        (tmp_path / f"{number}.txt").write_text(text, encoding="utf-8")
    files = sorted(tmp_path.glob("*.txt"))
    every = kg.load_config(pipeline={"confidence": 0.0, "confidence_sensitive": 0.0})
    graph = kg.build(files, tmp_path / "graph", settings=every)
    known = {(one.label, len(one.articles)) for one in graph.entities() if not one.named}
    assert known == {("man", 1), ("visual effect", 2)}
    again = kg.build(files[::-1], tmp_path / "again", settings=every)
    assert {one.id for one in graph.entities()} == {one.id for one in again.entities()}
