from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resolve import kinds, names


def test_the_examples_in_the_docstrings_are_true():
    for module in (names, kinds):
        assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Netflix", "NETFLIX"),
        ("Netflix’s", "Netflix"),
        ("the Screen Actors Guild", "Screen Actors Guild"),
        ("Universal Studios Inc.", "Universal Studios"),
        ("Beyoncé", "Beyonce"),
        ("“Squid Game”", "Squid Game"),
        ("U.S.", "US"),
        ("AT&T", "AT & T"),
        ("\N{CYRILLIC CAPITAL LETTER VE}ank of V\N{CYRILLIC SMALL LETTER IE}lm", "Bank of Velm"),
    ],
)
def test_spellings_of_one_name(one, other):
    assert names.normal(one) == names.normal(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Apple", "Apple TV+"),
        ("Sora", "Sora 2"),
        ("Bank of England", "Bank of China"),
        ("C", "C++"),
        (
            "\N{CYRILLIC CAPITAL LETTER EM}\N{CYRILLIC SMALL LETTER O}\N{CYRILLIC SMALL LETTER A}",
            "Moa",
        ),
    ],
)
def test_different_names(one, other):
    assert names.normal(one) != names.normal(other)


@given(st.text(max_size=60))
def test_normal_forms_stay_and_slugs_fit_an_iri(name):
    once = names.normal(name)
    assert names.normal(once) == once or len(names.normal(once)) < len(once)
    made = names.slug(name)
    assert made
    assert not set(made) & set(" <>\"{}|^`\\/#?%&'()")


@pytest.mark.parametrize(
    ("short", "full", "is_it"),
    [("AI", "artificial intelligence", True), ("WTO", "World Trade Organization", True),
     ("AI", "Amnesty International", True), ("SAG", "Sony", False), ("it", "ink tank", False), ("US", "US Senate", False)],
)  # fmt: skip
def test_acronyms(short, full, is_it):
    assert names.is_acronym_of(short, full) is is_it
