import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from kg.nlp.entities import best_tags

TAGS = ["O", "B-PERSON", "I-PERSON", "B-ORG", "I-ORG"]


def named(*rows: dict[str, float]) -> list[str]:
    scores = np.array([[row.get(t, -9.0) for t in TAGS] for row in rows], np.float32)
    return [TAGS[i] for i in best_tags(scores, TAGS)]


def test_an_inside_without_a_beginning_is_repaired() -> None:
    assert named({"O": 0}, {"I-ORG": 3, "B-ORG": 2.9}, {"I-ORG": 3}) == ["O", "B-ORG", "I-ORG"]


def test_one_entity_has_one_type() -> None:
    assert named({"B-PERSON": 3}, {"I-ORG": 1, "I-PERSON": 0.9}) == ["B-PERSON", "I-PERSON"]


def test_a_sound_sequence_is_left_as_it_is() -> None:
    assert named({"B-ORG": 1}, {"B-ORG": 1}, {"O": 1}) == ["B-ORG", "B-ORG", "O"]


@given(st.integers(1, 12), st.integers(0, 1000))
def test_tags_always_fit_together(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, len(TAGS))).astype(np.float32)
    before = "O"
    for i in best_tags(scores, TAGS):
        if TAGS[i][0] == "I":
            assert before[2:] == TAGS[i][2:]
        before = TAGS[i]
