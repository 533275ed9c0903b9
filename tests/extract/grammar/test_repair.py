"""Attachments that the parser gets wrong in news, mended before anything is read."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.grammar.repair import mend
from kg.model import Article
from tests.extract.parsed import doc_of, expected, parses, told


@pytest.mark.parametrize("sentence", list(expected("mended")))
def test_sentence_says_what_a_careful_reader_reads(sentence: str) -> None:
    doc = doc_of(sentence, "mended")
    found = extract(doc, Article("a", "a", doc.text), ("relations", "nominals"))
    assert [told(c) for c in found.claims] == expected("mended")[sentence]


def test_every_parse_has_its_expectation() -> None:
    assert list(parses("mended")) == list(expected("mended"))


@pytest.mark.parametrize("sentence", list(parses("mended")))
def test_a_mended_parse_stays_as_it_is_and_is_still_one_tree(sentence: str) -> None:
    doc = doc_of(sentence, "mended")
    mend(doc)
    once = [(t.head.i, t.dep_) for t in doc]
    mend(doc)
    assert [(t.head.i, t.dep_) for t in doc] == once
    assert [t.dep_ for t in doc if t.head == t] in (["root"], ["ROOT"])
    assert all(any(a.head == a for a in (t, *t.ancestors)) for t in doc)


@pytest.mark.parametrize(
    ("sentence", "phrase", "verb"),
    [
        ("The army fires rockets at enemy troops in northern Kosta.", "troops", "fires"),
        ("Soldiers arrested 12 people in Kabul on Monday.", "Kabul", "arrested"),
        ("The law reduces youth access to firearms.", "firearms", "access"),
        ("Two priests failed to report abuse of children by a bishop.", "bishop", "abuse"),
    ],
)
def test_a_phrase_hangs_on_what_it_tells_about(sentence: str, phrase: str, verb: str) -> None:
    doc = doc_of(sentence, "mended")
    mend(doc)
    assert next(t for t in doc if t.text == phrase).head.text == verb
