"""What every taught relation is held against."""

from __future__ import annotations

import numpy as np

from kg.nlp.load import load_pipeline
from kg.nlp.words import network_of
from kg.teaching.background import background, read, write
from kg.teaching.rows import KEPT


def test_the_shipped_background_is_of_the_shipped_network():
    """After a change of the network: python -m training.background CORPORA."""
    assert background().network == network_of(load_pipeline())


def test_it_has_pairs_in_a_relation_and_more_in_none():
    known = background()
    assert len(known.pairs) == len(known.related)
    assert known.pairs.points.shape[1] == 4 * KEPT
    assert 0.1 < known.related.mean() < 0.5
    assert len(np.unique(known.pairs.groups)) > 100


def test_it_is_read_as_it_was_written_and_always_the_same(tmp_path):
    known = background()
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    write(known, one)
    write(read(one), other)
    again = read(other)
    assert one.read_bytes() == other.read_bytes()
    assert again.pairs.kinds == known.pairs.kinds
    assert again.pairs.features == known.pairs.features
    assert np.allclose(again.pairs.points, known.pairs.points, atol=0.02)
    assert np.array_equal(again.pairs.likely, known.pairs.likely)


def test_pairs_in_a_relation_are_likelier_to_be_by_what_other_documents_tell():
    known = background()
    likely = known.pairs.likely
    assert np.median(likely[known.related]) > np.quantile(likely[~known.related], 0.8)
