"""What a noun with "the" or a possessive stands for, and whom it cannot mean."""

from __future__ import annotations

import pytest

from benchmarks.quality.settings import everything
from kg.model import Article, Mention
from kg.nlp.load import load_pipeline
from kg.pipeline import process
from kg.resolve.called import may_mean


def labels_at(text: str, words: str) -> set[str]:
    """The labels of the participants whose words these are, wherever a claim has them."""
    found = process(Article("a", "a", text), load_pipeline(), everything())
    labels = {entity.key: entity.label for entity in found.entities}
    out = set()
    for linked in found.claims:
        claim = linked.claim
        parts = [(claim.subject, linked.subject), (claim.object, linked.object)]
        for one, key in parts:
            if key is not None and text[one.start : one.end] == words:
                out.add(labels[key])
    return out


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        (
            "The government of Norway fell. In May the government closed the port.",
            "the government",
            "government of Norway",
        ),
        (
            "The Norwegian government fell in Norway. In May the government closed the port.",
            "the government",
            "Norwegian government",
        ),
        (
            "A gas explosion destroyed the mill. The explosion killed two workers.",
            "The explosion",
            "gas explosion",
        ),
        (
            "The Harbour Commission met in Oslo. On Friday the commission fined the yard.",
            "the commission",
            "Harbour Commission",
        ),
        (
            "Anna Rask visited Rosk Republic in 1985. Karl Holm rules the former Rosk Republic.",
            "the former Rosk Republic",
            "former Rosk Republic",
        ),
        # Another town's is another.
        (
            "The Leeds police raided a pub in Leeds. Meanwhile, in Hull, the police arrested two men.",
            "the police",
            "police",
        ),
        (
            "The Leeds police raided a pub in Leeds. Later, in Leeds, the police arrested two men.",
            "the police",
            "police of Leeds",
        ),
        ("Anna Rask retired. Her brother sold the yard.", "Her brother", "Anna Rask's brother"),
    ],
)
def test_the_article_tells_what_a_noun_stands_for(text: str, words: str, label: str) -> None:
    assert labels_at(text, words) == {label}


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        (
            "The Norwegian government and the Danish government met. "
            "In May the government closed the port.",
            "the government",
            "government",
        ),
        # Whose it is comes later, and may be another story's; a continent has none.
        (
            "In May the government closed the port. The Norwegian government met in Norway.",
            "the government",
            "government",
        ),
        (
            "African ships came to Africa. In May the government closed the port.",
            "the government",
            "government",
        ),
        (
            "A gas explosion destroyed the mill. A second explosion hit the quay. "
            "The explosion killed two workers.",
            "The explosion",
            "explosion",
        ),
        (
            "An explosion destroyed the mill. A gas explosion hit the quay. "
            "The explosion killed two workers.",
            "The explosion",
            "explosion",
        ),
        ("Anna Rask sold her yard.", "her yard", "yard"),
    ],
)
def test_where_two_fit_a_noun_keeps_its_words(text: str, words: str, label: str) -> None:
    assert labels_at(text, words) == {label}


@pytest.mark.parametrize(
    ("text", "name", "label", "noun", "can"),
    [
        ("Minister Olav Stene spoke. He wants to try the gunman.", "Olav Stene", "PERSON",
         "the gunman", False),
        ("Olav Stene, the gunman, spoke. Police held the suspect.", "Olav Stene", "PERSON",
         "the suspect", True),
        ("Prosecutor Olav Stene spoke. Two saw the man.", "Olav Stene", "PERSON", "the man", False),
        ("Olav Stene, 30, fell. Two saw the man.", "Olav Stene", "PERSON", "the man", True),
        ("Mayor Olav Stene spoke. They asked the mayor.", "Olav Stene", "PERSON", "the mayor", True),
        ("Minister Olav Stene spoke. They asked the local minister.", "Olav Stene", "PERSON",
         "the local minister", False),
        ("The pilot of the plane, Olav Stene, fell.", "Olav Stene", "PERSON", "The pilot", True),
        ("The Front won. In May the army moved.", "Front", "ORG", "the army", False),
        ("The coalition to stop the Front met. In May the coalition won.", "Front", "ORG",
         "the coalition", False),
        ("The Sorrel Army won. In May the army moved.", "Sorrel Army", "ORG", "the army", True),
        ("Castell Marine grew. In May the firm moved.", "Castell Marine", "ORG", "the firm", True),
        ("Tarnix, a maker of pictures, grew. In May the platform moved.", "Tarnix", "ORG",
         "the platform", False),
        ("The platform Tarnix grew. In May the platform moved.", "Tarnix", "ORG", "the platform", True),
        # what the words before the noun tell must be told
        ("Castell Marine, a Danish shipping firm, grew. In May the Danish firm moved.",
         "Castell Marine", "ORG", "the Danish firm", True),
        ("The Oslo-based Castell Marine of Norway grew. In May the Oslo firm moved.",
         "Castell Marine", "ORG", "the Oslo firm", True),
        ("Castell Marine grew. In May the Danish shipping firm moved.", "Castell Marine", "ORG",
         "the Danish shipping firm", False),
        ("Castell Marine, which sued a Danish bank, grew. In May the Danish firm moved.",
         "Castell Marine", "ORG", "the Danish firm", False),
        ("Castell Marine grew. In May the embattled firm moved.", "Castell Marine", "ORG",
         "the embattled firm", True),
        ("Netflix grew. In May the streaming giant moved.", "Netflix", "ORG",
         "the streaming giant", True),  # as everybody knows
        ("Singer Olav Stene spoke. Two saw the ageing singer.", "Olav Stene", "PERSON",
         "the ageing singer", False),
        ("Singer Olav Stene spoke. Two saw the veteran singer.", "Olav Stene", "PERSON",
         "the veteran singer", True),
        ("The U.S. envoy Olav Stene spoke. Two saw the American envoy.", "Olav Stene", "PERSON",
         "the American envoy", True),
        ("Olav Stene, the ageing singer, spoke.", "Olav Stene", "PERSON", "the ageing singer", True),
    ],
)  # fmt: skip
def test_nobody_is_the_gunman_by_nearness_alone(
    text: str, name: str, label: str, noun: str, can: bool
) -> None:
    start, place = text.index(name), text.index(noun)
    named = Mention(start, start + len(name), name, "name", label, 1)
    said = Mention(place, place + len(noun), noun, "noun", None, 1)
    assert may_mean(text, said, [named]) is can


@pytest.mark.parametrize(
    ("text", "words", "label"),
    [
        ("The Danish shipping firm Rask hired Tarn Yards, a shipyard. The shipping firm joined Orbex.",
         "The shipping firm", "Rask"),
        ("Netflix hired Tarn Yards, a shipyard. The streaming firm joined Orbex.",
         "The streaming firm", "Netflix"),
        ("Rask hired Tarn Yards, a shipyard. The shipping firm joined Orbex.",
         "The shipping firm", "shipping firm"),
    ],
)  # fmt: skip
def test_a_noun_phrase_means_the_one_that_is_so_described(
    text: str, words: str, label: str
) -> None:
    assert labels_at(text, words) == {label}


def test_a_ship_is_not_the_one_it_is_called_after() -> None:
    text = "Anna Rask was born in Oslo. The MV Anna Rask left Bergen. Anna Rask praised the crew."
    found = process(Article("a", "a", text), load_pipeline(), everything())
    assert {"Anna Rask", "MV Anna Rask"} <= {entity.label for entity in found.entities}


def test_what_a_country_has_is_its_own() -> None:
    text = (
        "The government of Samoa met in Samoa on Friday. "
        "On Monday the prime minister closed the port."
    )
    assert labels_at(text, "the prime minister") == {"prime minister of Samoa"}
