"""What is known of a document: kept with it, made once, and made anew when what it rests on changes."""

from __future__ import annotations

from dataclasses import FrozenInstanceError, replace

import pytest

from kg.analysis import analysis_of, forget, keep, release
from tests.support.docs import make_doc

ROWS = "Ann PROPN 2 nsubj\nleft VERB 0 root\n. PUNCT 2 punct"


def test_what_follows_from_a_document_is_made_once():
    doc, made = make_doc(ROWS), []

    def words(of):
        made.append(of)
        return [token.text for token in of]

    assert analysis_of(doc).known[words] is analysis_of(doc).known[words]
    assert made == [doc]
    other = make_doc(ROWS)
    assert analysis_of(other).known[words] is not analysis_of(doc).known[words]


@pytest.mark.parametrize(
    "change",
    [forget, release, lambda doc: keep(replace(analysis_of(doc), rivals=frozenset({0})))],
    ids=["forgotten", "released", "a fact more"],
)
def test_it_falls_when_what_it_rests_on_changes(change):
    doc = make_doc(ROWS)

    def heads(of):
        return [token.head.i for token in of]

    assert analysis_of(doc).known[heads] == [1, 1, 1]
    doc[0].head = doc[2]
    assert analysis_of(doc).known[heads] == [1, 1, 1]
    change(doc)
    assert analysis_of(doc).known[heads] == [2, 1, 1]


def test_what_the_parts_told_outlives_the_forgetting_and_is_not_changed_in_place():
    doc = make_doc(ROWS)
    keep(replace(analysis_of(doc), arcs=(0.5, 1.0, 1.0)))
    forget(doc)
    assert analysis_of(doc).arcs == (0.5, 1.0, 1.0)
    assert analysis_of(doc).text == doc.text
    with pytest.raises(FrozenInstanceError):
        analysis_of(doc).arcs = ()
