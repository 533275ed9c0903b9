from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.events.identity import Told, enough, events, finer, finest
from kg.model import StatementArgument

SUIT = Told(
    type="Lawsuit", status="asserted", attribution=None, scope="", once=True,
    core=(("defendant", "e:M"), ("plaintiff", "e:D")),
    participants=(("defendant", "e:M"), ("plaintiff", "e:D")),
    time=None, places=(), values=(), statements=("s:1",), evidence=(("ev:1", "D sued M"),),
    article="a1",
)  # fmt: skip


def groups(*told):
    return [sorted(t.article for t in found) for _, found in events(told)]


def at(article, time, **more):
    return replace(SUIT, article=article, time=time, **more)


def place(words):
    return (StatementArgument("place", words),)


@pytest.mark.parametrize(
    ("time", "other", "expected"),
    [
        ("2025-06-11", "2025-06", True),
        ("2025-06-11", "2025", True),
        ("2025-06-11", "--06", True),
        ("2025-06", "--06", True),
        ("2025-06", "2025-06", False),
        ("2025-06", "2025-06-11", False),
        ("2025-06", "2024", False),
        ("2025-06", "--07", False),
        ("2025", "--06", False),
        ("2025-06/2025-07", "2025-06", False),
    ],
)
def test_a_finer_time_lies_within_the_other(time, other, expected):
    assert finer(time, other) is expected


def test_contradicting_times_give_none():
    assert finest(["2025", "2025-06-11", "--06"]) == "2025-06-11"
    assert finest(["2025-06", "2025-07"]) is None
    assert finest([]) is None


def test_a_vaguer_telling_of_what_happens_once_joins_the_precise_one():
    assert groups(at("a1", "2025-06-11"), at("a2", "2025-06"), at("a3", None)) == [
        ["a1", "a2", "a3"]
    ]


def test_a_vague_telling_that_can_mean_two_joins_neither():
    found = groups(at("a1", "2025-06-11"), at("a2", "2025-06-30"), at("a3", "2025-06"))
    assert sorted(found) == [["a1"], ["a2"], ["a3"]]


def test_what_can_happen_again_is_one_only_on_the_same_day_in_the_same_place():
    def attack(article, time, *where):
        return replace(SUIT, type="Attack", once=False, article=article, time=time, places=where)

    assert groups(attack("a1", "2019-11-12"), attack("a2", "2019-11-12")) == [["a1", "a2"]]
    assert len(groups(attack("a1", "2019-11"), attack("a2", "2019-11"))) == 2
    assert len(groups(attack("a1", None), attack("a2", None))) == 2
    rafah = attack("a1", "2019-11-12", *place("Rafah"))
    assert len(groups(rafah, attack("a2", "2019-11-12", *place("Gaza")))) == 2
    assert groups(rafah, replace(rafah, article="a2")) == [["a1", "a2"]]


TIMES = st.sampled_from([None, "2025", "2025-06", "2025-06-11", "2025-06-30", "--06", "2024-06"])


@given(st.lists(st.tuples(TIMES, st.booleans()), max_size=6), st.randoms())
def test_the_order_of_tellings_changes_nothing(drawn, random):
    told = [at(f"a{i}", time, once=True) for i, (time, _) in enumerate(drawn)]
    shuffled = random.sample(told, len(told))
    assert list(events(told)) == list(events(shuffled))
    assert sorted(t.article for _, found in events(told) for t in found) == sorted(
        t.article for t in told
    )
    for _, found in events(told):
        if any(t.time for t in found):
            assert finest(t.time for t in found if t.time) is not None


def test_a_plain_triple_is_no_event_and_a_third_thing_makes_it_one():
    assert not enough([SUIT])
    assert enough([at("a1", "2025")])
    assert enough([replace(SUIT, places=place("Leeds"))])
    assert enough([replace(SUIT, participants=(*SUIT.participants, ("cause", "e:c")))])
    assert enough([SUIT, at("a2", "2025")])


def test_of_a_death_the_name_and_the_day_are_enough():
    death = replace(
        SUIT, type="Death", single=True, time="2019-05-13",
        core=(("deceased", "e:D"),), participants=(("deceased", "e:D"),),
    )  # fmt: skip
    assert enough([death])
    assert not enough([replace(death, time=None)])
    assert not enough([replace(death, scope="a1")])
    assert not enough([replace(death, single=False)])


def test_nameless_participants_need_a_time_or_a_place():
    habit = replace(
        SUIT, scope="a1", participants=(*SUIT.participants, ("cause", "e:c")), time=None
    )
    assert not enough([habit])
    assert enough([replace(habit, time="2025")])
