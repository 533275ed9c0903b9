"""Values are spelled as the store gives them back."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.graph.literals import clean, quoted, typed
from kg.graph.vocab import XSD

KEY = ox.NamedNode("https://kg.example/a")


def back(literal: ox.Literal) -> str:
    store = ox.Store()
    store.add(ox.Quad(KEY, KEY, literal))
    dumped = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()).decode()
    return dumped.removeprefix(f"{KEY} {KEY} ").removesuffix(" .\n")


@given(st.text(st.characters()))
def test_any_text_is_escaped_as_the_store_escapes_it(text):
    assert quoted(text) == back(ox.Literal(clean(text)))


@pytest.mark.parametrize("character", [chr(n) for n in (*range(0x180), 0x2028, 0xFFFE, 0xFFFF)])
def test_each_odd_character_is_escaped_as_the_store_escapes_it(character):
    assert quoted(f"a{character}") == back(ox.Literal(f"a{character}"))


@pytest.mark.parametrize(
    "value", ["1", "0", "-7", "007", "123456789012", "1.50", "0.9", "2025-04-31", "true", "1e3"]
)
@pytest.mark.parametrize(
    "kind", ["integer", "decimal", "date", "boolean", "double", "string", "anyURI"]
)
def test_typed_values_are_spelled_as_the_store_gives_them_back(value, kind):
    assert typed(value, XSD + kind) == back(ox.Literal(value, datatype=ox.NamedNode(XSD + kind)))


def test_a_datatype_that_is_no_iri_is_an_error():
    with pytest.raises(ValueError, match="IRI"):
        typed("1", "no datatype")
