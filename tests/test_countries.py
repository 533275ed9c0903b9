"""Countries and the words for their people."""

from __future__ import annotations

import pytest

from kg.countries import countries, country, is_country, is_nation, is_of_continent


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Norwegian", "Norway"),
        ("british", "United Kingdom"),
        ("Emirati", "United Arab Emirates"),
        ("Korean", None),  # of two countries
        ("Lowick", None),
    ],
)
def test_a_word_for_a_people_means_one_country_or_none(word, name):
    assert country(word) == name


def test_every_word_is_one_countrys_and_written_small():
    assert all(is_country(name) and country(name.lower()) is None for name in countries())
    assert is_country("U.S.") and not is_country("Lowick")


def test_of_a_double_people_the_last_word_counts():
    assert is_nation("Iranian-American") and is_nation("Kurds") and not is_nation("Iran-based")


def test_a_continent_has_no_citizens():
    assert is_of_continent("Europeans") and not is_of_continent("African-American")
