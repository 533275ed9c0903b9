"""Whether a sentence says that something is so, plans it, denies it, or lets somebody say it."""

from __future__ import annotations

import pytest

from kg.extract.factuality.status import Standing, status
from kg.nlp.load import load_pipeline
from tests.extract.trees import tree


def standing_of(name: str, word: str) -> Standing:
    doc = tree(name)
    (token,) = [t for t in doc if t.text == word]
    return status(token)


@pytest.mark.parametrize(
    ("sentence", "word", "expected"),
    [
        ("Chavez was charged", "killing", "possible"),
        ("Chavez was jailed", "killing", "asserted"),
        ("Chavez pleaded not guilty", "killing", "denied"),
        ("Chavez is accused", "leaving", "possible"),
        ("Chavez is accused", "hiding", "possible"),
        ("Chavez ruled out", "buying", "denied"),
        ("Unions called for", "ban", "hypothetical"),
        ("A storm is certain", "hit", "possible"),
        ("The court heard", "stabbed", "possible"),
        ("The court heard", "heard", "asserted"),
        ("Reportedly, two people", "died", "possible"),
        ("Reportedly, two people", "destroyed", "possible"),
        ("Banks could build a plant", "employs", "possible"),
        ("Banks opened a plant", "employs", "asserted"),
        ("The minister is due", "meet", "planned"),
        ("The committee meets", "meets", "planned"),
        ("Talks aimed at", "ending", "planned"),
        ("Talks aimed at", "began", "asserted"),
        ("If the bank wins", "copied", "hypothetical"),
        ("Ministers barred", "barred", "asserted"),
    ],
)
def test_the_words_around_a_verb_decide_how_it_stands(sentence: str, word: str, expected: str):
    assert standing_of(sentence, word).status == expected


@pytest.mark.parametrize(
    ("sentence", "word", "expected", "speaker"),
    [
        ("Prosecutors charged", "killing", "claimed", "Prosecutors"),
        ("The government's argument", "owned", "claimed", "government"),
        ("Banks rejected claims", "hid", "denied", "Banks"),
        ("According to the newspaper", "sold", "claimed", "newspaper"),
        ("Chavez cited a rule", "barring", "claimed", "Chavez"),
        ("Residents told the press", "searched", "claimed", "Residents"),
        ("Costs, he noted", "fallen", "claimed", "he"),
        ("Ministers barred", "broke", "claimed", "Ministers"),
        ("Records cited Chavez", "safe", "claimed", "Chavez"),
    ],
)
def test_what_somebody_says_is_theirs(sentence: str, word: str, expected: str, speaker: str):
    found = standing_of(sentence, word)
    assert found.status == expected
    assert found.attribution is not None
    assert found.attribution.text == speaker


def test_denied_is_negative():
    assert standing_of("Chavez ruled out", "buying").polarity == "negative"
    assert standing_of("A storm is certain", "hit").polarity == "positive"


@pytest.mark.parametrize("cut", ["didn ’ t", "didn ' t", "did n ’ t", "couldn 't"])
def test_a_not_that_was_cut_at_its_apostrophe_denies(cut: str):
    doc = load_pipeline()(f"Berg {cut} sue Acme.")
    (verb,) = [token for token in doc if token.text == "sue"]
    assert status(verb).status == "denied"
