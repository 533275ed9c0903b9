import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.nlp import trees
from kg.nlp.trees import chances, tree


def is_tree(heads: tuple[int, ...]) -> bool:
    if sum(i == h for i, h in enumerate(heads)) != 1:
        return False
    for i in range(len(heads)):
        j, steps = i, 0
        while heads[j] != j and steps <= len(heads):
            j, steps = heads[j], steps + 1
        if steps > len(heads):
            return False
    return True


@settings(max_examples=150)
@given(st.integers(1, 5), st.integers(0, 10_000))
def test_the_best_tree_with_one_root_is_found(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32) * 2
    log = scores - np.log(np.exp(scores).sum(1, keepdims=True))
    found = tuple(tree(scores).tolist())
    assert is_tree(found)
    # roots beyond the four likeliest are not tried
    best = max(
        sum(log[i, h] for i, h in enumerate(heads))
        for heads in itertools.product(range(n), repeat=n)
        if is_tree(heads)
    )
    mine = sum(log[i, h] for i, h in enumerate(found))
    assert mine >= best - 1e-4 or n > 4


@given(st.integers(1, 40), st.integers(0, 10_000))
def test_any_scores_give_a_tree(n: int, seed: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(n, n)).astype(np.float32)
    assert is_tree(tuple(tree(scores).tolist()))


def test_two_words_that_head_each_other_are_untied() -> None:
    scores = np.array([[0, 5, 1], [6, 2, 0], [4, 0, 0]], np.float32)
    assert tree(scores).tolist() == [1, 1, 0]


def test_the_chance_of_a_head_is_its_share_of_all_heads() -> None:
    scores = np.log(np.array([[0.7, 0.2, 0.1], [0.25, 0.5, 0.25], [0.1, 0.3, 0.6]], np.float32))
    assert chances(scores, np.array([0, 0, 2])).tolist() == np.float32([0.7, 0.25, 0.6]).tolist()


def test_a_head_that_is_next_to_impossible_has_no_chance() -> None:
    scores = np.array([[0, 200], [0, 0]], np.float32)
    assert chances(scores, np.array([0, 0])).tolist() == [0.0, 0.5]


def test_words_that_all_head_their_neighbours_are_contracted_once_each(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rings: list[int] = []
    contract = trees._contract
    monkeypatch.setattr(
        trees, "_contract", lambda s, e, ring: (rings.append(len(ring)), contract(s, e, ring))
    )
    n = 120
    scores = np.zeros((n, n), np.float32)
    for i in range(n - 1):
        scores[i, i + 1] = scores[i + 1, i] = 5
    assert is_tree(tuple(tree(scores).tolist()))
    assert sum(size - 1 for size in rings) < n
