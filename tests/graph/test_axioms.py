"""What is read of an ontology's axioms."""

from __future__ import annotations

import pytest

from kg.errors import ConfigError
from kg.graph.axioms import load_axioms
from kg.graph.ontology import load_ontology
from kg.graph.vocab import KG
from kg.lexicon import Own

HEAD = """@prefix kg: <https://kg.example/ontology#> . @prefix x: <urn:x:> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""


def axioms(text: str):
    return load_axioms(Own("own.ttl", HEAD + text))


def test_the_shipped_axioms_are_those_that_hold_at_one_moment():
    shipped = load_axioms()
    chains = {
        tuple(r.removeprefix(KG) for r in (*chain, follows)) for chain, follows in shipped.chains
    }
    assert chains == {
        ("locatedIn", "locatedIn", "locatedIn"),
        ("subsidiaryOf", "subsidiaryOf", "subsidiaryOf"),
        ("headquarteredIn", "locatedIn", "headquarteredIn"),
        ("residesIn", "locatedIn", "residesIn"),
    }
    assert f"{KG}owns" not in shipped.moving()
    assert f"{KG}acquired" not in shipped.moving()


def test_every_axiom_of_relations_is_about_a_relation_that_is_declared():
    shipped, terms = load_axioms(), load_ontology().terms
    named = {*shipped.symmetric, *shipped.inverses, *(r for c, _ in shipped.chains for r in c)}
    for iri in named:
        assert terms[iri.removeprefix(KG)].kind == "relation", iri


def test_a_symmetric_relation_has_one_domain_and_range():
    shipped = load_axioms()
    for relation in shipped.symmetric:
        assert shipped.domains[relation] == shipped.ranges[relation], relation


def test_what_is_above_everything_is_left_out():
    shipped = load_axioms()
    assert all(f"{KG}relatedTo" not in above for above in shipped.relations.values())
    assert all("https://schema.org/Thing" not in above for above in shipped.classes.values())


def test_what_is_above_is_told_through_all_steps_and_what_is_equal_both_ways():
    own = axioms(
        "x:a rdfs:subPropertyOf x:b . x:b owl:equivalentProperty x:c . x:c rdfs:subPropertyOf x:a ."
    )
    assert own.relations["urn:x:a"] == {"urn:x:b", "urn:x:c"}
    assert own.relations["urn:x:c"] == {"urn:x:a", "urn:x:b"}


def test_lists_are_read_and_unnamed_classes_are_none():
    own = axioms(
        "x:a owl:propertyChainAxiom ( x:b x:c x:d ) ; rdfs:domain [ owl:unionOf ( x:E x:F ) ] ."
        " x:G owl:unionOf ( x:E x:F ) . x:e owl:inverseOf [ ] ."
    )
    assert (("urn:x:b", "urn:x:c", "urn:x:d"), "urn:x:a") in own.chains
    assert "urn:x:a" not in own.domains
    assert own.parts["urn:x:G"] == {"urn:x:E", "urn:x:F"}
    assert "urn:x:e" not in own.inverses


@pytest.mark.parametrize(
    ("kind", "wanted", "fits", "narrows"),
    [
        ("Company", "Organization", True, False),
        ("Organization", "Company", True, True),
        ("Thing", "Person", True, True),
        ("Person", "Organization", False, False),
        ("Topic", "Organization", False, False),
        ("Place", "Agent", True, False),
        ("Topic", "Agent", False, False),
        ("Film", "Thing", True, False),
    ],
)
def test_an_end_fits_where_its_class_does_not_speak_against_it(kind, wanted, fits, narrows):
    shipped = load_axioms()
    assert shipped.fits({KG + kind}, KG + wanted) is fits
    assert shipped.narrows({KG + kind}, KG + wanted) is narrows


def test_what_is_no_turtle_is_told_with_its_place():
    with pytest.raises(ConfigError, match=r"own\.ttl:\d+:\d+: not valid Turtle"):
        axioms("x:a rdfs:subPropertyOf")
