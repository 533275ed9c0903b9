"""Words of a heavy sense and a light one: what a sentence tells by which of them."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article
from kg.nlp.load import load_pipeline


def said(text: str) -> set[str]:
    """ "subject | relation | object", a relation of the ontology by its name."""
    found = extract(load_pipeline()(text), Article("a", "a", text)).claims
    return {
        f"{c.subject.label} | {c.predicate.property or c.predicate.label} | {c.object.label}"
        for c in found
    }


@pytest.mark.parametrize(
    ("text", "expected", "never"),
    [
        ("Peru occupies a fine location at the sea.", "Peru | occupy |", "occupied"),
        ("Karl Holm occupied the post of treasurer.", "Karl Holm | occupy |", "occupied"),
        ("Chile occupied Peru in 1881.", "Chile | occupied | Peru", "occupy"),
        ("The Labour Party took control of the Senate.", "Labour Party | take control of |", "acquired"),
        ("Orbex took control of Velmar Steel.", "Orbex | acquired | Velmar Steel", "take control of"),
        ("Karl Holm attacked Ida Moss as a liar.", "Karl Holm | attack |", "attacked"),
        ("Chile attacked Peru in 1879.", "Chile | attacked | Peru", "attack"),
        ("Ida Moss moved from Lima to Oslo in May.", "Ida Moss | residesIn | Oslo", "residesIn | Lima"),
        ("Ida Moss died in 1990.", "Ida Moss | dateOfDeath | 1990", "diedIn"),
        ("In 2004, about 170 pilgrims were killed.", "about 170 pilgrims | be killed in | 2004", "diedIn"),
    ],
)  # fmt: skip
def test_a_relation_has_the_weight_that_its_ends_give_it(text: str, expected: str, never: str):
    assert any(one.startswith(expected) for one in said(text))
    assert not any(f"| {never} |" in f"{one} |" for one in said(text))


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The United Nations food agency says the harvest has failed.", "United Nations food agency"),
        ("The Interfax news agency says the harvest has failed.", "Interfax"),
    ],
)  # fmt: skip
def test_a_part_of_a_body_speaks_for_itself(text: str, speaker: str):
    (quote,) = extract(load_pipeline()(text), Article("a", "a", text)).quotes
    assert quote.speaker is not None
    assert quote.speaker.label == speaker


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("Medals will be awarded in eight events Sunday.", "won"),
        ("The Red Cross has appealed for $3 million in food aid for Iraqis this year.", "Iraqis"),
    ],
)  # fmt: skip
def test_a_day_is_never_won_and_whom_it_is_for_is_not_what_is_asked(text: str, never: str):
    assert not any(never in one.split(" | ") for one in said(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peruvian media quote Karl Holm as saying it would wait.", "Peruvian media | quote | Karl Holm"),
        ("Peruvian authorities closed Orbex.", "Peruvian authorities | closed | Orbex"),
        ("Vega Cup, the first Grand Slam tennis tournament of the season, began.",
         "Vega Cup | isA | first Grand Slam tennis tournament of season"),
        ("Acme signed a deal to buy Orbex.", "Acme | bought | Orbex"),
    ],
)  # fmt: skip
def test_a_label_keeps_what_makes_it_true(text: str, expected: str):
    assert expected in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Karl Holm, the director, has created a new position to lead Orbex Institute efforts in Peru.",
        "Peru and Karl Holm signed an agreement to lead the Orbex Institute.",
    ],
)
def test_who_sets_it_up_is_not_who_will_do_it(text: str):
    assert not any("| leads |" in one for one in said(text))


def test_no_number_has_staff_and_a_town_lies_in_no_other():
    text = "Karl Holm is the best player on the team at number five."
    held = [
        c
        for c in extract(load_pipeline()(text), Article("a", "a", text)).claims
        if c.predicate.property == "hasRole"
    ]
    assert all(a.label != "number five" for c in held for a in c.arguments)
    text = "Rebels attacked the town of Vell, 120 kilometers south Port Rosk on the coast."
    assert not any(one.startswith("Port Rosk | locatedIn") for one in said(text))
