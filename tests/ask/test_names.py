"""Names as a question may have them."""

from __future__ import annotations

import pytest

from kg.ask.masking import masked
from kg.ask.names import Names, without_articles
from kg.ask.question import Phrase
from kg.ask.resolving import head_of, kinds, meant, unlike
from kg.graph.named import plain


@pytest.fixture(scope="module")
def names(graph) -> Names:
    return Names.of(graph.store)


def phrase(text: str, *, proper: bool = True) -> Phrase:
    words = tuple(text.split())
    lemmas = tuple(word.casefold() for word in words)
    return Phrase(0, text, words, lemmas, lemmas[-1], proper=proper, post=lemmas)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Halden Foods", {"Halden Foods"}),
        ("halden foods", {"Halden Foods"}),
        ("Lind", {"Petra Lind"}),
        ("singer Nils Berg", {"Nils Berg"}),
        ("Tolna Foods", set()),
        ("Petra", set()),
        ("Halden Mills", set()),
    ],
)
def test_a_name_means_what_it_can_stand_for_and_nothing_else(names, text, wanted):
    found = meant(phrase(text), names)
    assert {names.label[iri] for one in found for iri in one.iris} == wanted


def test_a_surname_of_several_people_has_several_readings(names):
    found = meant(phrase("Berg"), names)
    labels = [{names.label[iri] for iri in one.iris} for one in found]
    assert {"Nils Berg"} in labels
    assert len(labels) > 1


def test_names_that_are_known_give_way_to_plain_ones(names):
    text, given = masked("Who sued Orlo Mills before Nils Berg's visit?", names)
    assert text == "Who sued Siemens before Smith's visit?"
    assert {word: names.label[one.iris[0]] for word, one in given.items()} == {
        "Siemens": "Orlo Mills",
        "Smith": "Nils Berg",
    }


def test_a_name_is_compared_without_case_accents_and_articles():
    assert plain("  The Rosé & Co. ") == "the rose co"
    assert without_articles("speaker of the house") == "speaker of house"


@pytest.mark.parametrize(
    ("label", "head"),
    [("contract worth $84 million", "contract"), ("use of tools", "use"), ("gay man", "man")],
)
def test_the_word_that_says_what_a_described_thing_is(label, head):
    assert head_of(label) == head


def test_a_noun_tells_classes_and_what_it_is_not():
    assert "Company" in kinds("company")
    assert kinds("zork") == ()
    assert "parliament" in unlike("party")
    assert unlike("company") == ()
