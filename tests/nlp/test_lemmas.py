import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.lemmas import Lemmas, apply, script

words = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)


@given(words, words)
def test_a_script_turns_its_word_into_its_lemma(word: str, lemma: str) -> None:
    assert apply(script(word, lemma), word) == lemma


@pytest.mark.parametrize(
    ("word", "lemma", "other", "its_lemma"),
    [
        ("adopted", "adopt", "Accused", "accus"),  # the network has to know which words keep an e
        ("studies", "study", "Companies", "company"),
        ("Strikes", "strike", "WRITERS", "writer"),
        ("Netflix", "Netflix", "Runway", "Runway"),
    ],
)
def test_a_script_serves_words_of_its_kind(
    word: str, lemma: str, other: str, its_lemma: str
) -> None:
    assert apply(script(word, lemma), other) == its_lemma


def test_a_known_word_has_its_lemma_from_the_table() -> None:
    lemmas = Lemmas(["l|1|", "k|0|"], ["NNS", "NNP"], {"NNS": {"people": "person"}})
    assert lemmas("People", 0, 0) == "person"
    assert lemmas("actors", 0, 0) == "actor"
    assert lemmas("People", 1, 1) == "People"


def test_the_past_and_the_participle_share_what_is_known() -> None:
    lemmas = Lemmas(["l|1|"], ["VBD", "VBN"], {"VBN": {"fled": "flee"}})
    assert (lemmas("fled", 0, 0), lemmas("fled", 0, 1)) == ("flee", "flee")


def test_a_script_that_cuts_all_leaves_the_word() -> None:
    assert apply("l|5|", "Us") == "us"


@pytest.mark.parametrize(
    ("word", "tag", "wrong", "right"),
    [
        ("nominated", "VBD", "l|2|", "nominate"),
        ("forwarded", "VBN", "l|1|", "forward"),
        ("libraries", "NNS", "l|1|", "library"),
        ("witnesses", "NNS", "l|1|", "witness"),
        ("planning", "VBG", "l|3|", "plan"),
        ("Libraries", "NNPS", "k|1|", "Library"),
        ("overran", "VBD", "l|2|", "overrun"),
        ("realised", "VBD", "l|2|", "realise"),  # "realis" is a word of some kind, too
        ("barred", "VBN", "l|2|", "bar"),
        ("footage", "NN", "l|1|", "footage"),
        ("footage", "NNS", "l|1|", "footage"),
        ("phenomena", "NNS", "l|1|on", "phenomenon"),
        # no known word fits: what English spelling tells
        ("blorgled", "VBD", "l|1|", "blorgle"),
        ("grousted", "VBD", "l|1|", "groust"),
        ("plorbled", "VBN", "l|2|", "plorble"),
        ("tropped", "VBD", "l|2|", "trop"),
        ("Blunges", "VBZ", "l|2|", "blunge"),
        ("plorceded", "VBD", "l|2|", "plorcede"),
        ("grobiated", "VBN", "l|2|", "grobiate"),
        ("grimpses", "NNS", "l|2|", "grimpse"),
        # behind a hyphen
        ("co-forwarded", "VBD", "l|1|", "co-forward"),
        ("re-grousted", "VBN", "l|1|", "re-groust"),
        ("co-barred", "VBD", "l|2|", "co-bar"),
    ],
)
def test_a_lemma_that_is_no_word_gives_way_to_a_regular_one_that_is(
    word: str, tag: str, wrong: str, right: str
) -> None:
    known = ["nominate", "forward", "library", "witness", "plan", "footage", "phenomenon"]
    known += ["realis", "barr"]
    table = {"VBD": {"ran": "run"}, "VBZ": {"bars": "bar"}}
    lemmas = Lemmas([wrong], [tag, "VBD", "VBZ"], table, known)
    assert lemmas(word, 0, 0) == right


@pytest.mark.parametrize(
    ("word", "lemma"),
    [("forbidden", "forbid"), ("forbade", "forbid"), ("bitten", "bite"), ("stricken", "strike")],
)
def test_past_forms_that_no_ending_gives(word: str, lemma: str) -> None:
    lemmas = Lemmas(["l|0|"], ["VBD", "VBN"], {})
    assert [lemmas(word, 0, tag) for tag in (0, 1)] == [lemma, lemma]


@pytest.mark.parametrize(
    ("word", "tag", "right"),
    [
        ("flung", "VBD", "fling"),
        ("Wept", "VBD", "weep"),
        ("shone", "VBN", "shine"),
        ("outshone", "VBD", "outshine"),
        ("re-strung", "VBN", "re-string"),
        ("ground", "VBN", "grind"),
        ("bore", "VBD", "bear"),
        ("oxen", "NNS", "ox"),
        ("vertices", "NNS", "vertex"),
        ("corpses", "NNS", "corpse"),
        ("gallows", "NNS", "gallows"),
        # only where the tag tells
        ("bore", "NN", "bore"),
        ("ground", "VB", "ground"),
    ],
)
def test_an_irregular_form_has_its_lemma_whatever_the_network_says(
    word: str, tag: str, right: str
) -> None:
    assert Lemmas(["l|3|"], [tag], {"NNS": {"mice": "mouse"}}, ["ve"])(word, 0, 0) == right


def test_a_word_that_is_not_known_has_no_lemma_that_looks_like_another() -> None:
    lemmas = Lemmas(["=recommend"], ["VB"], {"VB": {"advise": "advise"}}, ["recommend"])
    assert lemmas("bereft", 0, 0) == "bereft"
