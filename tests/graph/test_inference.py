"""The rules by which facts follow from facts, on facts by hand."""

from __future__ import annotations

import pytest

from kg.errors import GraphError
from kg.graph.axioms import load_axioms
from kg.graph.inference import TYPE, Step, World, follow
from kg.graph.vocab import KG
from kg.lexicon import Own

HEAD = """@prefix kg: <https://kg.example/ontology#> . @prefix x: <urn:x:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
KINDS = {
    "Place": ["Quay", "Harwick", "Kent", "England"],
    "Organization": ["Alder", "Birch", "Cedar"],
    "Person": ["Ann", "Bob"],
    "Thing": ["what"],
    "Company": ["Firm"],
}


def found(*facts: str, own: str = "", most: int = 1000, **told: set[str]) -> dict[str, Step]:
    """What follows from facts ("Ann spouse Bob"), as "Bob spouse Ann"."""
    known = {
        "denied": frozenset(map(fact, told.get("denied", ()))),
        "over": frozenset(map(fact, told.get("over", ()))),
        "years": {fact(f): frozenset(y.split()) for f, y in told.get("years", {}).items()},
    }
    unnamed = told.get("unnamed", set())
    kinds = {name: {KG + kind} for kind, names in KINDS.items() for name in names}
    world = World(frozenset(map(fact, facts)), kinds, kinds.keys() - unnamed, **known)
    axioms = load_axioms(Own("own.ttl", HEAD + own)) if own else load_axioms()
    steps = follow(axioms, world, most)
    return {plain(f): step for f, step in steps.items() if "schema.org" not in f[2]}


def fact(words: str) -> tuple[str, str, str]:
    subject, relation, target = words.split()
    return subject, relation if ":" in relation else KG + relation, target


def plain(told: tuple[str, str, str]) -> str:
    return " ".join(part.removeprefix(KG) for part in told).replace(TYPE, "is")


def relations(steps: dict[str, Step]) -> set[str]:
    return {words for words in steps if " is " not in words}


@pytest.mark.parametrize(
    ("told", "follows", "rule"),
    [
        ("Ann spouse Bob", "Bob spouse Ann", "symmetric"),
        ("Alder foundedBy Ann", "Ann founded Alder", "inverse"),
        ("Ann founded Alder", "Alder foundedBy Ann", "inverse"),
        ("Ann chiefExecutiveOf Alder", "Ann leads Alder", "subproperty"),
    ],
)
def test_a_fact_follows_from_one(told, follows, rule):
    steps = found(told)
    assert relations(steps) == {follows}
    assert steps[follows] == Step(rule, (fact(told),))


def test_a_thing_is_of_the_classes_above_its_own():
    assert found()["Firm is Organization"].rule == "subclass"
    assert not [words for words in found() if words.endswith("Thing")]


def test_places_within_places_are_joined_and_each_step_told():
    steps = found("Quay locatedIn Harwick", "Harwick locatedIn Kent", "Kent locatedIn England")
    assert relations(steps) == {
        "Quay locatedIn Kent", "Quay locatedIn England", "Harwick locatedIn England",
    }  # fmt: skip
    assert steps["Quay locatedIn Kent"].premises == (
        fact("Quay locatedIn Harwick"),
        fact("Harwick locatedIn Kent"),
    )
    assert {step.rule for words, step in steps.items() if " is " not in words} == {"transitive"}


def test_a_chain_joins_two_relations():
    steps = found("Ann residesIn Harwick", "Harwick locatedIn Kent")
    assert relations(steps) == {"Ann residesIn Kent"}
    assert steps["Ann residesIn Kent"].rule == "chain"


def test_what_holds_at_no_common_time_is_not_joined():
    facts = ("Alder subsidiaryOf Birch", "Birch subsidiaryOf Cedar")
    assert relations(found(*facts)) == {"Alder subsidiaryOf Cedar"}
    apart = {facts[0]: "2009 2010", facts[1]: "2014"}
    assert not relations(found(*facts, years=apart))
    assert relations(found(*facts, years={facts[0]: "2009 2010", facts[1]: "2010"}))
    assert relations(found(*facts, years={facts[0]: "2009"}))
    assert not relations(found(*facts, over={facts[0]}))


def test_the_years_of_a_join_hold_for_what_is_joined_to_it():
    facts = ("Alder subsidiaryOf Birch", "Birch subsidiaryOf Cedar", "Cedar subsidiaryOf Firm")
    steps = found(*facts, years={facts[0]: "2009", facts[2]: "2014"})
    assert relations(steps) == {"Alder subsidiaryOf Cedar", "Birch subsidiaryOf Firm"}


@pytest.mark.parametrize(
    "facts",
    [
        ("Ann founded Bob",),  # a person is no organisation
        ("Ann chiefExecutiveOf Kent",),
        ("Alder subsidiaryOf Kent", "Kent subsidiaryOf Birch"),
        ("Ann worksFor Alder", "Alder subsidiaryOf Birch"),
        ("Ann bornIn Harwick", "Harwick locatedIn Kent"),
        ("Alder acquired Birch",),
    ],
)
def test_nothing_follows_from_what_is_misread_or_not_sure(facts):
    assert not relations(found(*facts))


def test_things_without_a_name_join_nothing():
    facts = ("Quay locatedIn Harwick", "Harwick locatedIn Kent")
    assert not relations(found(*facts, unnamed={"Harwick"}))
    assert relations(found(*facts, unnamed={"Quay"}))


def test_nothing_follows_against_a_fact_or_of_a_thing_to_itself():
    circle = ("Harwick locatedIn Kent", "Kent locatedIn England", "England locatedIn Harwick")
    assert not relations(found(*circle))
    assert not relations(found("Harwick locatedIn Kent", "Kent locatedIn Harwick"))


def test_what_follows_from_a_disputed_fact_says_so():
    facts = ("Alder subsidiaryOf Birch", "Birch subsidiaryOf Cedar")
    assert found(*facts, denied={facts[1]})["Alder subsidiaryOf Cedar"].disputed
    assert not found(*facts)["Alder subsidiaryOf Cedar"].disputed


def test_what_is_itself_denied_is_disputed_and_so_is_what_follows_from_it():
    facts = ("Quay locatedIn Harwick", "Harwick locatedIn Kent", "Kent locatedIn England")
    steps = found(*facts, denied={"Quay locatedIn Kent"})
    assert steps["Quay locatedIn Kent"].disputed
    assert not steps["Harwick locatedIn England"].disputed
    # by way of Harwick, which nobody denies
    assert not steps["Quay locatedIn England"].disputed


def test_an_undisputed_way_is_taken_before_a_shorter_disputed_one():
    facts = (
        "Quay locatedIn Harwick", "Harwick locatedIn England",
        "Quay locatedIn Kent", "Kent locatedIn England",
    )  # fmt: skip
    step = found(*facts, denied={"Harwick locatedIn England"})["Quay locatedIn England"]
    assert step.premises == (fact("Quay locatedIn Kent"), fact("Kent locatedIn England"))
    assert not step.disputed


def test_the_same_facts_in_any_order_give_the_same_steps():
    facts = [f"Quay locatedIn {place}" for place in ("Harwick", "Kent")]
    facts += [f"{place} locatedIn England" for place in ("Harwick", "Kent")]
    assert found(*facts) == found(*reversed(facts))
    assert list(found(*facts)) == list(found(*reversed(facts)))


def test_a_class_is_told_more_closely_never_otherwise():
    own = "x:heads a owl:ObjectProperty ; rdfs:domain kg:Person ; rdfs:range x:Board ."
    own += " x:Board rdfs:subClassOf kg:Organization ."
    steps = found("what urn:x:heads Alder", own=own)
    assert steps["what is Person"].rule == "domain"
    assert steps["Alder is urn:x:Board"].rule == "range"
    assert not relations(steps)
    other = found("Kent urn:x:heads Alder", own=own)
    assert "Kent is Person" not in other
    assert "Alder is urn:x:Board" not in other  # the whole is misread


def test_axioms_of_the_users_count_beside_the_shipped():
    own = "x:daughterOf owl:equivalentProperty kg:subsidiaryOf . x:rivals a owl:SymmetricProperty ."
    own += " x:backs owl:propertyChainAxiom ( x:backs x:backs kg:subsidiaryOf ) ."
    assert relations(found("Alder subsidiaryOf Birch", own=own)) == {"Alder urn:x:daughterOf Birch"}
    assert relations(found("Alder urn:x:rivals Birch", own=own)) == {"Birch urn:x:rivals Alder"}
    row = ("Ann urn:x:backs Bob", "Bob urn:x:backs Alder", "Alder subsidiaryOf Birch")
    assert "Ann urn:x:backs Birch" in relations(found(*row, own=own))


def test_values_follow_to_the_relations_above_and_nowhere_else():
    own = "x:aged a owl:DatatypeProperty ; rdfs:subPropertyOf x:told ."
    world = World(frozenset([("Ann", "urn:x:aged", '"41"')]), {"Ann": {f"{KG}Person"}})
    steps = follow(load_axioms(Own("own.ttl", HEAD + own)), world)
    assert ("Ann", "urn:x:told", '"41"') in steps


def test_a_rule_that_runs_away_is_stopped_and_named():
    row = [f"p{n} locatedIn p{n + 1}" for n in range(30)]
    kinds = {f"p{n}": {f"{KG}Place"} for n in range(31)}
    world = World(frozenset(map(fact, row)), kinds, kinds.keys())
    with pytest.raises(GraphError, match=r"more than 100 facts.*locatedIn"):
        follow(load_axioms(), world, 100)
