from hypothesis import given
from hypothesis import strategies as st

from kg.extract.grammar.stretches import Stretches

RANGES = st.lists(
    st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda r: (r[0], r[0] + r[1])), max_size=12
)


@given(RANGES, st.integers(0, 35), st.integers(1, 9))
def test_the_stretches_that_touch_are_those_with_a_place_in_common(
    ranges: list[tuple[int, int]], start: int, length: int
) -> None:
    end = start + length
    touching = [n for n, (s, e) in enumerate(ranges) if s < end and start < e]
    found = Stretches(ranges)
    assert found.touching(start, end) == touching
    assert found.touch(start, end) == bool(touching)
