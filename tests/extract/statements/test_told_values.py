"""Scores, votes, ages, hours and years of accounts stand where a statement tells them, with their unit."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.model import Article
from kg.nlp.load import load_pipeline
from tests.resolve.test_people import read


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Alder City lost 3-1 to Harbour Rovers.", ("score", "3-1", "3-1", "score")),
        ("Harbour Rovers won the final 22–10.", ("score", "22–10", "22-10", "score")),
        ("Harbour Rovers defeated Alder City by 2 goals to 1.", ("score", "2 goals to 1", "2-1", "score")),
        ("Dunmore Council voted 9 to 6 against Otto Brandt.", ("votes", "9 to 6", "9-6", "votes")),
        ("Petra Haas met Otto Brandt at 8pm ET on Monday.", ("time", "8pm ET", "20:00:00-05:00", None)),
        ("Dunmore Ltd opens its shop from 9am to 5pm.", ("time", "from 9am to 5pm", "09:00:00/17:00:00", None)),
        ("Dunmore Ltd sold Coldstream Quarries in the first half of 2025.", ("time", "first half of 2025", "2025-40", None)),
        ("Dunmore Ltd sold 1.5 lakh cars in FY24.", ("time", "FY24", "2024", "fiscal year")),
        ("Police arrested a woman in her 60s in Dunmore.", ("in", "in her 60s", "P60Y/P69Y", None)),
    ],
)  # fmt: skip
def test_a_value_is_told_beside_its_statement(text, told):
    arguments = {
        (a.role, a.label, a.literal.value, a.literal.unit)
        for linked in read(text).claims
        for a in linked.claim.arguments
        if a.literal is not None
    }
    assert told in arguments


def test_an_age_at_death_is_no_time() -> None:
    claims = [linked.claim for linked in read("Noel Rusk died on Sunday at the age of 91.").claims]
    (claim,) = claims
    assert (claim.predicate.property, claim.object.label) == ("dateOfDeath", "Sunday")
    assert [(a.role, a.label) for a in claim.arguments] == [("at", "age of 91")]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Dunmore Ltd lost between £4m and £6m.", ("lost", "4000000/6000000", "GBP")),
        ("Rents in Dunmore fell by between 5% and 7%.", ("fall by", "5/7", "%")),
        ("Dunmore Ltd expects to lose $3m.", ("lost", "3000000", "USD")),
        (
            "The trial of Petra Haas is scheduled for 9 May 2026.",
            ("be scheduled for", "2026-05-09", None),
        ),
        ("Polls in Velm were set for June 2026.", ("be set for", "2026-06", None)),
        ("Petra Haas is due in court on 9 May 2026.", ("be due on", "2026-05-09", None)),
    ],
)
def test_a_range_or_a_day_is_what_is_told_once(text, told):
    claims = extract(load_pipeline()(text), Article("a", "a", text)).claims
    values = [(c.predicate.label, c.object.literal) for c in claims]
    found = [(label, one.value, one.unit) for label, one in values if one is not None]
    assert found == [told]
    assert len(claims) == 1


def test_a_day_is_not_how_long() -> None:
    claims = [linked.claim for linked in read("Otto Brandt was jailed for three months.").claims]
    assert not any(c.object.literal and "for" in c.predicate.label for c in claims)


def test_a_mine_is_a_thing_and_mine_stands_for_one() -> None:
    text = "Dunmore Ltd bought the mine for £1.3m. Otto Brandt said the mistake was mine."
    labels = {e.label for e in read(text).entities}
    assert "mine" in labels
    (bought,) = [x.claim for x in read(text).claims if x.claim.predicate.property == "bought"]
    amounts = [(a.role, a.literal.value, a.literal.unit) for a in bought.arguments if a.literal]
    assert amounts == [("amount", "1300000", "GBP")]
    alone = read("Otto Brandt took the mistake for mine.")
    assert "mine" not in {e.label for e in alone.entities}
