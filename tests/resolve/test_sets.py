from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.resolve.sets import Sets

NUMBER = st.integers(0, 12)


@given(st.lists(st.tuples(NUMBER, NUMBER)))
def test_what_is_joined_is_in_one_set_whatever_the_order(pairs):
    sets, again = Sets[int](), Sets[int]()
    for one, other in pairs:
        sets.join(one, other)
    for one, other in reversed(pairs):
        again.join(other, one)
    assert {n: sets.find(n) for n in sets} == {n: again.find(n) for n in again}
    assert all(sets.find(one) == sets.find(other) for one, other in pairs if one != other)
    assert all(sets.find(number) <= number for number in sets)


def test_a_number_that_was_joined_with_itself_alone_is_in_none():
    sets = Sets[int]()
    sets.join(3, 3)
    assert 3 not in sets
