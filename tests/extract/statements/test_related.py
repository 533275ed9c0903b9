"""How likely two ends stand in any relation at all."""

from __future__ import annotations

import numpy as np

from kg.extract.statements.related import Related, read, related, with_kinds, write
from kg.extract.statements.taught import ends, features, pair, rows, states_of
from kg.nlp.load import load_pipeline
from kg.nlp.words import network_of

SMALL = Related(
    np.ones((1, 2), np.float32), np.ones(1, np.float32), {"x": 2.0, "x@A|B": 0.5}, -1.0, "n"
)


def likely(text: str, subject: str, object_: str) -> float:
    """The log odds of two names of a sentence."""
    nlp = load_pipeline()
    doc = nlp(text)
    at = {doc[place.start : place.end].text: place for place in ends(doc)}
    one, states = pair(at[subject], at[object_]), states_of(doc)
    assert states is not None
    kinds = (one.subject.label, one.object.label)
    return related().score(kinds, rows(one, states), features(one))


def test_the_shipped_weights_are_of_the_shipped_network():
    """After a change of the network: python -m training.background CORPORA."""
    assert related().network == network_of(load_pipeline())


def test_a_feature_counts_alone_and_with_the_kinds_of_both_ends():
    assert list(with_kinds(("A", "B"), ["x"])) == ["x", "x@A|B"]
    part = np.array([3.0, 1.0], np.float32)
    assert SMALL.score(("A", "B"), [part], ["x", "y"]) == -1.0 + 2.5 + 3.0
    assert SMALL.score(("B", "A"), [part], ["x", "y"]) == -1.0 + 2.0 + 3.0


def test_a_part_without_words_counts_nothing():
    assert SMALL.score(("A", "B"), [np.zeros(2, np.float32)], []) == -1.0


def test_a_town_and_its_country_are_likelier_than_two_names_that_only_meet():
    near = likely("A flood hit Valencia, Spain, on Monday.", "Valencia", "Spain")
    far = likely("Ann Lee flew to Valencia before Bob Ray spoke.", "Bob Ray", "Valencia")
    assert near > far


def test_it_is_read_as_it_was_written_and_always_the_same(tmp_path):
    one, other = tmp_path / "one.npz", tmp_path / "other.npz"
    write(related(), one)
    write(read(one), other)
    assert one.read_bytes() == other.read_bytes()
    assert read(one).words == related().words
