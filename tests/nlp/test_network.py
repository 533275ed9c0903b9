"""The network of coreference: exact in any order, and of use without states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from kg.analysis import analysis_of, keep
from kg.nlp.coreference import find_clusters
from kg.nlp.coreference.links import Reader, weighed
from kg.nlp.coreference.names import link_names
from kg.nlp.coreference.network import Choice, Seen, pairs, shipped, short
from kg.nlp.load import load_pipeline
from kg.nlp.mentions import candidates

TEXT = (
    "Una Hale, who leads Norvik Group, met Ivo Lund on Monday. She told reporters that the company "
    "had sold its ferries. He said they were old."
)


def choices(text: str) -> tuple[list[Choice], Seen]:
    nlp = load_pipeline()
    with nlp.select_pipes(disable=["kg_coreference"]):
        doc = nlp(text)
    found = candidates(doc)
    asked: list[Choice] = []
    usual = weighed(shipped(), doc, found)
    Reader(doc, found, link_names(doc, found), lambda c: (asked.append(c), usual(c))[1]).read()
    return asked, shipped().look(doc, (m.i for m in found))


def test_sums_are_the_same_in_any_order() -> None:
    known = shipped()
    asked, seen = choices(TEXT)
    assert len(asked) > 4
    rng = np.random.default_rng(3)
    for choice in asked:
        table = pairs(choice, seen)
        right = table @ known.hidden
        order = rng.permutation(table.shape[1])
        one_by_one = sum(table[:, i : i + 1] * known.hidden[i] for i in order)
        assert np.array_equal(right, one_by_one)


def test_views_of_a_word_do_not_depend_on_those_beside_it() -> None:
    nlp = load_pipeline()
    doc = nlp(TEXT)
    known = shipped()
    together = known.look(doc, range(len(doc)))
    for place in range(0, len(doc), 5):
        assert np.array_equal(known.look(doc, [place]).views[0], together.views[place])


def test_views_are_cut_and_rounded() -> None:
    assert short(np.array([-3.0, 0.013, 0.5, 2.0])).tolist() == [-1.0, 1 / 64, 0.5, 1.0]


@pytest.mark.parametrize("states", [True, False])
def test_a_document_without_states_is_read_by_features_alone(states: bool) -> None:
    nlp = load_pipeline()
    with nlp.select_pipes(disable=["kg_coreference"]):
        doc = nlp(TEXT)
    if not states:
        keep(replace(analysis_of(doc), states=None))
    found = [[m.text for m in c] for c in find_clusters(doc)._.kg_clusters]
    assert any("Una Hale" in c and "She" in c for c in found)
    assert any("Ivo Lund" in c and "He" in c for c in found)
    assert not any("She" in c and "He" in c for c in found)
