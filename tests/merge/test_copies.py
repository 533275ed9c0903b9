"""How many sources stand behind a statement."""

from __future__ import annotations

from itertools import permutations

import pytest

from benchmarks.quality.copies import pairs, score
from kg.merge.copies import Printed, independent
from kg.model import Article

WIRE = (
    "The town council of Brill voted on Monday to sell its two ice rinks to a private firm. "
    "The mayor called it a hard choice. Skaters had asked for a delay until the spring."
)
OTHER = (
    "Brill is giving up both of its ice rinks. A company from the coast gets them, it was decided."
)
QUOTED = "“We have never once been asked what the people of this valley want,” said Mia Holt."


def at(text, outlet, words="ice rinks"):
    start = text.index(words)
    made = Article("a", "a.txt", text, publisher=outlet)
    return Printed(made).at(start, start + len(words))


@pytest.mark.parametrize(
    ("places", "count"),
    [
        ([(WIRE, "A"), (OTHER, "B")], 2),
        ([(WIRE, "A"), (WIRE, "B")], 1),
        ([(WIRE, "A"), (OTHER, "A")], 1),
        ([(WIRE, "A"), (f"RINKS FOR SALE\n\n{WIRE} Now it is up to the courts.", "B")], 1),
        ([(WIRE, "A"), (WIRE[: WIRE.index(" The mayor")], "B"), (OTHER, "C")], 2),
        # B prints a copy of A's text, and a report of its own: all that B says is A's, too.
        ([(WIRE, "A"), (WIRE, "B"), (OTHER, "B"), (OTHER, "C")], 1),
        # Articles of no outlet are none of their own, but tell who prints the same.
        ([(WIRE, "A"), (OTHER, None)], 1),
        ([(WIRE, None), (OTHER, None)], 1),
        ([(WIRE, None), (WIRE, "A"), (WIRE, "B")], 1),
        ([], 1),
    ],
)
def test_who_prints_the_same_text_counts_once_in_any_order(places, count):
    lines = [at(text, outlet) for text, outlet in places]
    assert {independent(order) for order in permutations(lines)} == {count}


def test_a_quotation_that_two_reports_share_is_one_source():
    one = f"The hall was full when the meeting began. {QUOTED} Nobody from the ministry had come."
    two = f"It rained, and still they came from all the farms around.\n{QUOTED} The dam is to be built."
    words = "never once been asked"
    assert independent([at(one, "A", words), at(two, "B", words)]) == 1


def test_a_short_sentence_that_anybody_would_write_is_no_copy():
    assert independent([at("He sold the ice rinks.", "A"), at("He sold the ice rinks.", "B")]) == 2


def test_thousands_of_passages_are_counted_in_reasonable_time():
    texts = [
        f"Report {n} of {n % 7} towns: the ice rinks of place {n * 31} stay shut."
        for n in range(3000)
    ]
    assert independent(at(text, f"outlet {n % 40}") for n, text in enumerate(texts)) == 40


@pytest.mark.parametrize("pair", list(pairs("dev")), ids=lambda p: f"{p.event}-{p.kind}")
def test_a_copy_counts_once_and_a_report_of_its_own_twice(pair):
    assert pair.right, pair


def test_at_most_two_of_fifty_are_wrong_on_texts_that_no_rule_was_made_for():
    copies, missed, own, lost = score("scoring")
    assert (copies, own) == (26, 26)
    assert missed <= 1 and lost <= 1
