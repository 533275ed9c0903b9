"""Sentences as newspapers write them, whole way through `extract`: what is stated and how it stands."""

from __future__ import annotations

from functools import cache

import pytest

from kg.extract import extract
from kg.model import Article, Claim
from kg.nlp.load import load_pipeline


@cache
def claims(text: str) -> tuple[Claim, ...]:
    return extract(load_pipeline()(text), Article("a", "a", text)).claims


def said(text: str) -> set[str]:
    """ "subject | relation | object", a relation of the ontology by its name."""
    return {
        f"{c.subject.label} | {c.predicate.property or c.predicate.label} | {c.object.label}"
        for c in claims(text)
    }


def standing(text: str, words: str) -> str:
    """The status of the claim whose words as `said` gives them begin with these."""
    (found,) = [
        c.status
        for c in claims(text)
        if f"{c.subject.label} | {c.predicate.property or c.predicate.label} | {c.object.label}"
        .startswith(words)
    ]  # fmt: skip
    return found


@pytest.mark.parametrize(
    ("text", "leads"),
    [
        ("Leeds mayor Anna Holm resigned in May.", "Leeds"),
        ("Leeds police chief Anna Holm resigned in May.", None),
        ("Peru's military chief, General Juan Vega, met the envoys in Lima.", None),
        ("Acme chief Lena Berg left for Orbex.", "Acme"),
        ("Acme content chief Lena Berg left for Orbex.", None),
        ("Labour Party leader Lena Berg left for Orbex.", "Labour Party"),
        ("New Philippine President Rosa Vega met the envoys in Lima.", "Philippines"),
    ],
)
def test_who_heads_a_part_does_not_lead_the_whole(text: str, leads: str | None):
    found = {c.object.label for c in claims(text) if c.predicate.property == "leads"}
    assert found == ({leads} if leads else set())
    assert any(c.predicate.property == "hasRole" for c in claims(text))


def test_what_stands_in_another_sentence_makes_no_post_a_future_one():
    text = "The bank will grow in the future. RKG vice president Previn Raman spoke in Oslo."
    assert standing(text, "Previn Raman | hasRole") == "asserted"
    text = "Its future president Previn Raman spoke in Oslo."
    assert standing(text, "Previn Raman | hasRole") == "planned"


def test_a_former_post_is_not_where_the_present_one_is():
    text = "Leeds mayor and former council chief Peer Holm sold the house."
    (former,) = [c for c in claims(text) if c.object.label == "council chief"]
    assert [a.label for a in former.arguments] == ["former"]
    (shared,) = [
        c
        for c in claims("Acme founder and chief executive Peer Holm sold the house.")
        if c.object.label == "chief executive"
    ]
    assert [a.label for a in shared.arguments] == ["Acme"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The army showcased two new tanks.", "army | showcase | two new tanks"),
        ("Rebels fought a battle against the army.", "rebel | fight | battle against army"),
        ("Rebels fought the army near Aden.", "rebel | foughtWith | army"),
        ("Students demonstrated in Aden.", "student | demonstrate in | Aden"),
        ("Students demonstrated against the law.", "student | protestedAgainst | law"),
        ("Karl Holm oversees the inquiry.", "Karl Holm | oversee | inquiry"),
        ("Orbex manages three hospitals.", "Orbex | operates | three hospitals"),
        ("The path leads to the harbour.", "path | lead to | harbour"),
        ("The leak led to a strike.", "leak | causes | strike"),
        ("Gunmen seized two soldiers.", "gunman | seize | two soldiers"),
        ("Anna Holm leads Rosa Vega by ten points.", "Anna Holm | lead | Rosa Vega"),
        ("Anna Holm moved to Oslo in May.", "Anna Holm | move to | Oslo"),
        ("Anna Holm lives in Oslo.", "Anna Holm | residesIn | Oslo"),
    ],
)
def test_a_relation_of_the_ontology_has_the_sense_of_the_verb(text: str, expected: str):
    assert expected in said(text)
