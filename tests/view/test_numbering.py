from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.view.numbering import Numbering


@given(st.lists(st.text(max_size=8), max_size=60))
def test_texts_have_the_numbers_in_which_they_came(texts):
    found = Numbering()
    numbers = [found.take(text) for text in texts]
    each = list(dict.fromkeys(texts))
    assert [each[number] for number in numbers] == texts
    assert [found[number] for number in range(len(found))] == each
    assert [found.find(text) for text in each] == list(range(len(each)))


def test_the_table_grows_with_the_texts_and_knows_what_is_not_there():
    found = Numbering()
    for number in range(5_000):
        assert found.take(f"https://kg.example/entity/{number}") == number
    assert found.find("https://kg.example/entity/4999") == 4_999
    assert found.find("https://kg.example/entity/5000") == -1


def test_half_a_character_is_a_text_as_any_other():
    found = Numbering()
    assert found.take("\ud83d") == found.find("\ud83d") == 0
    assert found[0] == "\ud83d"
