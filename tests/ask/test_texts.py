"""Texts of a graph that are looked up by their words."""

from __future__ import annotations

import re

import pytest

from kg.ask.texts import Texts
from kg.graph.vocab import KG, SCHEMA


@pytest.fixture(scope="module")
def said(graph) -> Texts:
    return Texts(graph.store, f"{SCHEMA}text")


def texts(graph, iris) -> set[str]:
    rows = graph.query(
        "SELECT ?text WHERE { VALUES ?q { " + " ".join(f"<{i}>" for i in iris) + " } "
        "?q schema:text ?text }"
    )
    return {row["text"] for row in rows}


@pytest.mark.parametrize(
    ("beginnings", "least", "pattern"),
    [
        ((("mill",),), 1, r"\bmill"),
        ((("mill",), ("clos",)), 2, r"\bmill.*\bclos"),
        ((("zebra", "op"),), 1, r"\bop"),
        ((("MILL",),), 1, r"\bmill"),
    ],
)
def test_words_are_found_by_how_they_begin(graph, said, beginnings, least, pattern):
    found = texts(graph, said.having(beginnings, least))
    assert found
    assert all(re.search(pattern, one) for one in found)


def test_so_many_words_have_to_be_there(said):
    assert said.having((("mill",), ("zebra",)), 1)
    assert said.having((("mill",), ("zebra",)), 2) == ()


def test_a_whole_word_is_not_the_beginning_of_another(said):
    assert said.having((("clos",),), 1)
    assert said.having((("clos",),), 1, whole=True) == ()
    assert said.having((("mill",),), 1, whole=True)


def test_a_number_tells_nothing(said):
    assert said.having((("12",),), 1) is None


def test_too_many_are_not_told(graph, monkeypatch):
    monkeypatch.setattr("kg.ask.texts._MOST", 0)
    assert Texts(graph.store, f"{KG}predicateText").having((("sued",),), 1) is None
