"""What is told to be a noun, looked up from the noun."""

from __future__ import annotations

import re

import pytest

from kg.ask import described
from kg.ask.described import Described, noun_pattern
from kg.ask.names import Names
from kg.graph.vocab import KG


@pytest.fixture
def things(graph):
    return Described(graph.store, Names.of(graph.store))


@pytest.mark.parametrize("noun", ["mayor", "singer", "union leader"])
def test_what_is_told_to_be_a_noun_is_what_a_look_at_everything_finds(graph, things, noun):
    relations = "kg:isA, kg:hasRole"
    found = things.told_as((noun,), relations)
    pattern = noun_pattern((noun,)).replace("\\", "\\\\")
    rows = graph.query(
        f"SELECT DISTINCT ?a {{ ?s rdf:subject ?a ; rdf:predicate ?p ; rdf:object/rdfs:label ?l "
        f'FILTER(?p IN ({relations})) FILTER(REGEX(?l, "{pattern}", "i")) }}'
    )
    assert found
    assert list(found) == sorted(row["a"] for row in rows)


def test_more_than_can_be_listed_are_not_told(things, monkeypatch):
    monkeypatch.setattr(described, "_MOST", 0)
    assert things.told_as(("mayor",), "kg:hasRole") is None


def test_a_noun_is_found_whole_in_singular_and_plural():
    has = re.compile(noun_pattern(("night bus", "tram")), re.IGNORECASE)
    assert [bool(has.search(text)) for text in ("Night buses", "a night bus", "Trams", "tramway")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_only_relations_of_many_statements_are_worth_a_list(things, monkeypatch):
    relations = [f"{KG}hasRole", f"{KG}none"]
    assert not things.many(relations)
    monkeypatch.setattr(described, "_FEW", 1)
    assert things.many(relations)
