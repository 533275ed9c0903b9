"""What a phrase beside a verb is: when, where, how much, with what, or whom it is about."""

from __future__ import annotations

import pytest

from kg.extract.grammar.adjuncts import classify
from kg.extract.grammar.repair import mend
from kg.nlp.load import load_pipeline


@pytest.mark.parametrize(
    ("sentence", "word", "role", "core"),
    [
        ("Lund was sentenced to 73 months in prison.", "months", "to", True),
        ("The mine reopened after six months of closure.", "months", "after", False),
        ("Holm won with 51% of the vote.", "%", "amount", False),
        ("The union called for 20 years of peace.", "years", "for", True),
        ("The bridge closed in May.", "May", "time", False),
        ("The house was sold for 5 million euros.", "euros", "amount", False),
        ("Lund spoke of the wreck in a statement.", "statement", "in", False),
        ("Ships sank during the war.", "war", "during", False),
        ("The council imposed sanctions on Iran.", "Iran", "on", True),
        ("Lund works in Leeds.", "Leeds", "place", True),
        ("The convoy drove through Leeds.", "Leeds", "place", False),
        ("The town repaired the wall with a crane.", "crane", "instrument", True),
        ("Lund worked with Holm.", "Holm", "with", True),
    ],
)
def test_role_of_a_phrase(sentence, word, role, core):
    doc = load_pipeline()(sentence)
    mend(doc)
    (token,) = [t for t in doc if t.text == word]
    found = classify(token)
    assert (found.role, found.core) == (role, core)
