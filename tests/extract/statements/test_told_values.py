"""Scores, votes, ages, hours and years of accounts stand where a statement tells them, with their unit."""

from __future__ import annotations

import pytest

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
    assert any(claim.object.label == "age of 91" for claim in claims)
    assert not any("91" in a.label for c in claims for a in c.arguments if a.role == "time")
