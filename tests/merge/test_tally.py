"""A tally tells of a statement what all its places tell."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from kg.merge import tally
from kg.merge.drafts import Draft, Target
from kg.merge.tables import fresh_tables
from kg.merge.tally import Said, Tally, keep_tally, of_tally, read_tally, together
from kg.model import BY_HAND, Evidence, Literal, Quotation, Relation, StatementArgument


@pytest.fixture(autouse=True)
def few(monkeypatch) -> None:
    monkeypatch.setattr(tally, "OFTEN", 2)


def said(dice: Random, article: str) -> Said:
    """A place where it is said how many work somewhere, in one of several ways."""
    start = dice.randrange(500)
    piece = Evidence(
        id=f"urn:{article}:{start}", article=article, source=f"{article}.txt", start=start,
        end=start + 40, text="It employs 300 people.", subject_text="It",
        predicate_text="employs", object_text="300 people", extractor="rules", block="text",
    )  # fmt: skip
    roles = dice.sample(["at", "since", "as"], dice.randint(0, 3))
    draft = Draft(
        id="urn:statement", subject="urn:acme", status="asserted", polarity="positive",
        predicate=Relation("urn:employs", dice.choice(["employs", "has on its staff"])),
        object=Target(literal=Literal("300", "xsd:integer", dice.choice(["300", "some 300"]))),
        certainty=dice.choice([0.5, 0.75, 1.0]), confidence=dice.choice([0.41, 0.8, 1 / 3]),
        evidence=piece, sourcing=dice.choice([None, "officials", "aides"]),
        time=dice.choice([None, "2024", "2025-03"]), place=dice.choice([None, "Oslo"]),
        arguments=tuple(StatementArgument(role, dice.choice("xyz")) for role in roles),
        confirmed=dice.random() < 0.1, corrections=("c1",) if dice.random() < 0.1 else (),
    )  # fmt: skip
    return Said((article, start, piece.id), f"{dice.randrange(9)} x outlet", draft)


def without_places(told, places):
    """What is told but where: of these places that stays."""
    kept = {one.draft.evidence.id for one in places}
    arguments = {
        replace(a, evidence=tuple(e for e in a.evidence if e in kept)) for a in told.arguments
    }
    return (
        told.first, set(told.labels), told.certainty, told.confidence, told.sourcing, told.time,
        told.place, set(told.literals), arguments, set(told.printed), told.confirmed,
        told.corrections,
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(5))
def test_a_tally_follows_what_comes_and_goes_and_survives_the_disk(seed):
    dice, db = Random(seed), fresh_tables(":memory:")
    here = {f"a{n}": said(dice, f"a{n}") for n in range(6)}
    kept = Tally.of(list(here.values()))
    assert kept is not None
    for step in range(20):
        gone = dice.sample(sorted(here), dice.randint(0, 2))
        came = [said(dice, f"b{step}-{n}") for n in range(dice.randint(1, 3))]
        kept = kept.changed([here.pop(key) for key in gone], came)
        here |= {one.article: one for one in came}
        now = sorted(here.values(), key=lambda one: one.place)
        assert kept == Tally.of(now)
        keep_tally(db, "urn:statement", kept)
        kept = read_tally(db, "urn:statement")
        told = of_tally(kept, now[0].draft, came)
        assert without_places(told, came) == without_places(together(now), came)
        assert told.evidence == tuple(one.draft.evidence for one in came)
    keep_tally(db, "urn:statement", None)
    assert read_tally(db, "urn:statement") is None


def test_no_tally_is_kept_of_what_takes_all_places_to_tell():
    dice = Random(1)
    one, other = said(dice, "a"), said(dice, "b")
    hand = replace(one.draft, evidence=replace(one.draft.evidence, extractor=BY_HAND))
    quoted = replace(
        one.draft, object=Target(quotation=Quotation("urn:q", "Yes.", "direct", None, 0, 4))
    )
    both = Tally.of([one, other])
    assert both is not None and Tally.of([one]) is None
    for draft in (hand, quoted):
        assert Tally.of([replace(one, draft=draft), other]) is None
        assert both.changed([], [replace(one, draft=draft)]) is None
    assert both.changed([one], []) is None
    with pytest.raises(ValueError, match="does not fit"):
        both.changed([said(dice, "c")], [one, other])
