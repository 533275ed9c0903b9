"""Attachments that the parser gets wrong in news, mended before anything is read."""

from __future__ import annotations

import pytest

from kg.extract import extract
from kg.extract.grammar.repair import mend
from kg.model import Article
from kg.nlp.load import load_pipeline
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


def heads(text: str, *words: str) -> list[str]:
    """What each word hangs on after the mending, of the shipped pipeline's parse."""
    doc = load_pipeline()(text)
    mend(doc)
    return [next(t for t in doc if t.text == word).head.text for word in words]


def test_a_noun_is_of_the_nearest_name_that_can_be_one():
    text = "He met Ann Berg, the head of Velmar Steel, the Hull-based firm that had won it."
    assert heads(text, "firm") == ["Steel"]
    assert heads("He met Ann Berg, the head of Velmar Steel, a lawyer.", "lawyer") != ["Steel"]


@pytest.mark.parametrize(
    ("text", "verb", "noun"),
    [
        ("Three people with knowledge of the sale, which was led by Orbex, left.", "led", "sale"),
        ("The mayor of the town, which was flooded in May, left.", "flooded", "town"),
        ("The mayor of the town, who was arrested in May, left.", "arrested", "mayor"),
        ("Two firms in the city, which were sold in May, closed.", "sold", "firms"),
        ("The Boy Scouts of America, which supports the plan, left.", "supports", "Scouts"),
    ],
)
def test_a_relative_clause_is_of_what_fits_in_kind_and_number(text: str, verb: str, noun: str):
    assert heads(text, verb) == [noun]


def test_what_stands_before_a_pair_of_nouns_is_the_object():
    assert heads("He fought the new plan tooth and nail.", "plan", "tooth", "new") == [
        "fought",
        "fought",
        "plan",
    ]
    assert heads("He broke a tooth and a nail.", "tooth") == ["broke"]


def test_a_gerund_behind_an_owner_is_what_was_done():
    text = "Her patient charting of the sky changed the science."
    assert heads(text, "charting", "patient") == ["changed", "charting"]


def test_who_was_charged_is_not_who_says_so() -> None:
    """The parser hung "Moe" on "said"."""
    doc = load_pipeline()("Moe was charged with theft, the court said.")
    moe, said = doc[0], next(t for t in doc if t.text == "said")
    moe.head, moe.dep_ = said, "nsubj"
    mend(doc)
    assert (moe.head.text, moe.dep_) == ("charged", "nsubj:pass")
    other = load_pipeline()("Moe, the court said, was charged with theft.")
    mend(other)
    assert other[0].head.text == "charged"


def test_of_two_subjects_of_a_verb_of_saying_the_first_is_that_of_what_is_told():
    text = (
        "Results from a test made when Venn was held were released Monday, showing a level of 0.07 percent, "
        "Highway Patrol Officer Tom Roe told The Lowick Post."
    )
    assert heads(text, "Results", "showing", "Tom") == ["released", "released", "told"]
    text = "The mayor, speaking in Lowick, said the mill was shut."
    assert heads(text, "mayor", "speaking") == ["said", "said"]


def test_an_owner_before_the_noun_does_not_hide_who_did_it():
    text = "Roe is the widow of a sheriff's deputy Nichols murdered."
    assert heads(text, "Nichols", "murdered") == ["murdered", "deputy"]
