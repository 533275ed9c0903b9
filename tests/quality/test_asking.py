"""The exam of questions: what is wrong counts as wrong, what has no answer must get none."""

from __future__ import annotations

import hashlib
import json

import pytest

from benchmarks.quality import asking, gate
from benchmarks.quality.asking import Mark, Question, Score, judge, same
from kg.ask import Answered, Found

SUED = (("Disney", "The Walt Disney Company"), ("Universal",))


def question(kind: str = "who", answers: tuple[tuple[str, ...], ...] = SUED, **more) -> Question:
    return Question("q-1", "seeds", "Who sued Midjourney?", kind, answers, **more)


def answered(*labels: str, verdict=None) -> Answered:
    return Answered("?", answers=tuple(map(Found, labels)), verdict=verdict)


def mark(asked: Question, found: Answered) -> Mark:
    return judge(asked, found, lambda one: (one.label,))


@pytest.mark.parametrize(
    ("labels", "right", "accepted", "found"),
    [
        (("Disney", "Universal"), True, 2, 2),
        (("the walt disney company",), True, 1, 1),  # half of what there is
        (("Disney", "Netflix"), False, 1, 1),
        (("Midjourney",), False, 0, 0),
        (("Disneyland",), False, 0, 0),
        (("Disney", "Universal", "Disney", "Universal", "Disney", "Netflix"), True, 5, 2),
    ],
)
def test_an_answer_that_is_wrong_counts_as_wrong(labels, right, accepted, found):
    made = mark(question(), answered(*labels))
    assert (made.answered, made.right, made.given) == (True, right, len(labels))
    assert (made.accepted, made.found, made.wanted) == (accepted, found, 2)


def test_less_than_half_of_what_there_is_is_not_right_but_where_a_part_will_do():
    many = (("Disney",), ("Universal",), ("Sony",))
    assert not mark(question(answers=many), answered("Disney")).right
    assert mark(question(answers=many, partial=True), answered("Disney")).right
    assert not mark(question(answers=many, partial=True), answered("Disney", "Netflix")).right


def test_no_answer_is_neither_right_nor_answered():
    assert mark(question(), answered()) == Mark(False, False, 0, 0, 2, 0)


@pytest.mark.parametrize("given", ["yes", "no", "claimed"])
@pytest.mark.parametrize("gold", ["yes", "no", "claimed"])
def test_a_verdict_is_right_when_it_is_the_very_one(given, gold):
    made = mark(question("yes-no", ((gold,),)), answered(verdict=given))
    assert (made.answered, made.right) == (True, given == gold)


def test_silence_and_names_are_no_verdict():
    assert not mark(question("yes-no", (("yes",),)), answered(verdict="silent")).answered
    named = mark(question("yes-no", (("yes",),)), answered("yes"))
    assert (named.answered, named.right) == (True, False)
    asked_who = mark(question(), answered(verdict="yes"))
    assert (asked_who.answered, asked_who.right) == (True, False)


@pytest.mark.parametrize("gold", [(), (("silent",),)])
def test_what_has_no_answer_must_get_none(gold):
    score = Score()
    for found in (
        answered(),
        answered("Disney"),
        answered(verdict="silent"),
        answered(verdict="no"),
    ):
        asked = question("yes-no" if found.verdict else "who", gold)
        assert not asked.answerable
        score.add(asked, mark(asked, found))
    assert score.figures()["unanswerable"] == 25  # two of four


def test_figures_of_some_marks():
    score = Score()
    for found in (answered("Disney", "Universal"), answered("Netflix"), answered(), answered()):
        score.add(question(), mark(question(), found))
    assert score.figures() == {
        "answered": 0.5, "right": 0.5, "precision": pytest.approx(2 / 3), "recall": 0.25,
        "unanswerable": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("gold", "given", "yes"),
    [
        ("Ted Sarandos", "ted sarandos", True),
        ("Sarandos", "Ted Sarandos", False),
        ("2025-06", "June 2025", True),
        ("June", "2025-06", True),
        ("2025-06", "June", False),
        ("2025-06-03", "3 June 2025", True),
        ("2025-06-03", "Jun. 3, 2025", True),
        ("2025-06-03", "2025-06-04", False),
        ("2019", "2019-04", False),
        ("1.5 million euros", "€1,500,000", True),
        ("1.5 million euros", "1.5 million dollars", False),
        ("three", "3", True),
        ("three", "3 ships", True),
        ("14", "41", False),
        ("3–1", "3-1", True),
        ("3–1", "3", False),
        ("14", "14 of 27 seats", False),  # the annotation lists both forms
        ("40 %", "40 percent", True),
        ("in the city", "the city", False),
    ],
)
def test_names_dates_and_amounts_are_compared_by_what_they_mean(gold, given, yes):
    assert same(gold, given) is yes


def test_a_piece_of_what_was_said_is_enough_and_only_there():
    said = answered("“We had no time to lose,” he said")
    assert mark(question("said", (("no time to lose",),), words=True), said).right
    assert not mark(question("said", (("no time to lo",),), words=True), said).right
    assert not mark(question("said", (("no time to lose",),)), said).right


@pytest.mark.parametrize(
    ("label", "gold", "yes"),
    [
        ("June (2025-06)", "2025-06", True),
        ("2 (Disney, Universal)", "2", True),
        ("2 (Disney, Universal)", "3", False),
    ],
)
def test_what_stands_in_brackets_is_told_beside(label, gold, yes):
    assert any(same(gold, form) for form in asking.forms(label)) is yes


def test_an_alias_is_a_name_of_the_answer():
    asked = question(answers=(("Ted Sarandos",),))
    assert judge(asked, answered("Sarandos"), lambda one: (one.label, "Ted Sarandos")).right


def test_the_halves_are_parted_by_a_hash_and_nothing_stands_in_both():
    ids = {half: [json.loads(x)["id"] for x in asking.lines(half)] for half in asking.HALVES}
    for half, number in (("looking", 0), ("scoring", 1)):
        assert {hashlib.sha256(one.encode()).digest()[0] & 1 for one in ids[half]} == {number}
    assert len(set(ids["looking"] + ids["scoring"])) == sum(map(len, ids.values())) >= 250


def test_questions_on_the_corpora_hold_no_words_of_them_but_places():
    written = [json.loads(x) for half in asking.HALVES for x in asking.lines(half)]
    names = [n for row in written if row["set"] == "raw" for one in row["answers"] for n in one]
    assert len(names) > 100
    assert [name for name in names if len(name.split()) > 12] == []
    places = [name for name in names if asking._PLACE.fullmatch(name)]
    assert len(places) >= 20
    assert {one.set for one in asking.load("looking")} == {"seeds", "own"}


@pytest.mark.slow
def test_questions_are_answered_as_well_as_they_were():
    scores, _ = asking.exam()
    found = asking.together(scores[name, "scoring"] for name in ("seeds", "own"))
    assert gate.check("asking", found.figures(), asking.fingerprint(("seeds", "own"))) == []
