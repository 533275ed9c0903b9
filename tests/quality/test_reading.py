"""What is read of every kind of input, against its floors; and against trafilatura alone."""

from __future__ import annotations

import pytest

from benchmarks.quality.reading import PARTS, Score, cases, score
from benchmarks.quality.reading.__main__ import alone, main, ours
from kg.model import Article, Block, Failure


def test_every_kind_of_input_passes_the_gate() -> None:
    assert main([]) == 0


def test_pages_are_never_read_worse_than_by_trafilatura_alone() -> None:
    for part in PARTS:
        for case in cases(part):
            if case["file"].endswith(".html") and "make" not in case:
                own, other = score(ours([case])), score(alone([case]))
                assert own.blocks.found >= other.blocks.found, case["id"]
                assert own.fields.found >= other.fields.found, case["id"]
                assert len(own.silent) <= len(other.silent), case["id"]


WORDS = (
    "The mill at Orve burned down on Sunday night, and police suspect that somebody set the fire."
)


def scored(*items: Article | Failure, **gold: object) -> Score:
    case = {"id": "a", "article": [{"blocks": f"p|{WORDS}", **gold}] if gold else [], "refused": ""}
    return score([(case, items)])


def article(text: str, **facts: object) -> Article:
    return Article("", "a", text, blocks=(Block("paragraph", 0, len(text)),), **facts)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("items", "gold", "silent"),
    [
        ([article(WORDS)], {"title": "Fire"}, 0),
        ([article("Accept our cookies, and those of all of our partners, to go on.")], {"title": "Fire"}, 1),
        ([article(WORDS)], {}, 1),
        ([], {"title": "Fire"}, 1),
        ([Failure("a", "read", "no text")], {"title": "Fire"}, 0),
        ([article(WORDS[:20])], {"title": "Fire"}, 1),
        ([article(WORDS[:20], partial="a paywall")], {"title": "Fire"}, 0),
        ([article("The mill at Orve suspect that somebody burned down on Sunday night police.")], {"title": "Fire"}, 1),
    ],
)  # fmt: skip
def test_what_is_wrong_without_a_word_is_counted(items, gold, silent: int) -> None:
    assert len(scored(*items, **gold).silent) == silent


def test_wrong_blocks_and_metadata_are_counted() -> None:
    found = scored(article(WORDS, title="Flood"), title="Fire", date="2025-03-01")
    assert found.fields.recall == 0.0
    assert found.blocks_right == 1.0
    twice = scored(
        article("Menu of the day, and much else that is no text of it at all."), title="Fire"
    )
    assert twice.blocks_right == 0.0
