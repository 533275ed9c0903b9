"""What a phrase beside a verb is: when, where, how much, with what, or whom it is about."""

from __future__ import annotations

import pytest

from kg.extract.grammar.adjuncts import classify, on_clock
from kg.extract.grammar.arguments import argument
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
        ("She won a prize at 19.", "19", "age", False),
        ("She met Holm at 5.", "5", "at", False),
        ("Lund gave up at 8.40 on the bridge.", "8.40", "time", False),
        ("Lund was ranked at 19.", "19", "amount", False),
        ("Sales peaked at 8.40.", "8.40", "amount", False),
        ("The shares closed at 19.", "19", "amount", False),
    ],
)
def test_role_of_a_phrase(sentence, word, role, core):
    doc = load_pipeline()(sentence)
    mend(doc)
    (token,) = [t for t in doc if t.text == word]
    found = classify(token)
    assert (found.role, found.core) == (role, core)


def test_a_time_with_a_point_is_a_time_of_day():
    doc = load_pipeline()("Lund gave up at 8.40 on the bridge.")
    (token,) = [t for t in doc if t.text == "8.40"]
    told, amount = (on_clock(argument(token, role)) for role in ("time", "amount"))
    assert (told.literal.value, told.literal.datatype) == ("08:40:00", "xsd:time")
    assert amount.literal.value == "8.4"
