"""The network of coreference: exact in any order, and of use without states."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
import srsly

from kg.analysis import analysis_of, keep
from kg.nlp.coreference import find_clusters
from kg.nlp.coreference.links import Reader, weighed
from kg.nlp.coreference.names import link_names
from kg.nlp.coreference.network import HEADS, Choice, Seen, attended, pairs, shipped, short
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
        keep(replace(analysis_of(doc), states=None, attention={}))
    found = [[m.text for m in c] for c in find_clusters(doc)._.kg_clusters]
    assert any("Una Hale" in c and "She" in c for c in found)
    assert any("Ivo Lund" in c and "He" in c for c in found)
    assert not any("She" in c and "He" in c for c in found)


def test_of_an_entity_the_mention_attended_to_most_counts_if_it_is_in_the_window() -> None:
    asked, seen = choices(TEXT)
    she = next(c for c in asked if c.mention.pronoun == "she")
    start, rows = seen.attention[she.mention.i]
    table = attended(she, seen.attention)
    assert table.shape == (len(she.features), HEADS + 1)
    for heads, row in zip(she.heads, table, strict=False):
        assert row[-1] == 1.0
        assert np.array_equal(row[:-1], rows[[i - start for i in heads]].max(axis=0))
    assert not table[-1].any()
    far = {she.mention.i: (start + 1000, rows)}
    assert not attended(she, far).any()
    assert not attended(she, {}).any()


def test_what_attention_adds_is_the_same_in_any_order() -> None:
    known = shipped()
    asked, seen = choices(TEXT)
    rng = np.random.default_rng(3)
    table = np.concatenate([attended(choice, seen.attention) for choice in asked])
    order = rng.permutation(HEADS + 1)
    for weights in known.attended:
        one_by_one = sum(table[:, i] * weights[i] for i in order)
        assert np.array_equal(table @ weights, one_by_one)


def test_attention_is_that_of_the_words_of_the_document_and_changes_no_parse() -> None:
    nlp = load_pipeline()
    parser = nlp.get_pipe("kg_parser")
    text = "Una Hale  met\tIvo Lund. She left.\n\nHe stayed with  his dog."
    doc = parser(nlp.make_doc(text))
    found = analysis_of(doc)
    assert [doc[i].text for i in sorted(found.attention)] == ["She", "He", "his"]
    for i, (start, rows) in found.attention.items():
        words = doc[start : start + len(rows)]
        assert words[0].i <= i <= words[-1].i
        blank = [bool(token.is_space) for token in words]
        assert [not row.any() for row in rows] == blank
    parts = {name: data for name, data in parser._parts.items() if name != "attention.onnx"}
    bare = type(parser)(nlp.vocab)
    bare.from_bytes(srsly.msgpack_dumps(parts))
    other = bare(nlp.make_doc(text))
    assert not analysis_of(other).attention
    assert np.array_equal(analysis_of(other).states, found.states)
    assert [t.head.i for t in other] == [t.head.i for t in doc]
    assert bare.network == parser.network
