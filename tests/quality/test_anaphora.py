"""What readers say that phrases mean, and how our links are scored against it."""

import json
from pathlib import Path

import pytest

from benchmarks.quality.anaphora import GOLD, Exam, Link, places, readings, scores
from benchmarks.quality.identity import PARTS
from kg.model import Article, Block

TEXT = "Maria Long left Long Island. She likes it. The minister slept."


def answers(folder: Path, text: str) -> Path:
    path = folder / "one.txt"
    path.write_text(text, "utf-8")
    return path


def test_a_form_of_a_name_is_found_where_it_stands_alone() -> None:
    assert places(("Long", "Maria Long"), TEXT) == [(0, 10), (16, 20)]
    assert places(("Mar",), TEXT) == []


def test_what_a_reader_wrote_is_read(tmp_path: Path) -> None:
    path = answers(tmp_path, "=== ARTICLE 3\nP1 = Maria Long\nU1 = a lamp\n1 P1\n2 U1\n3 -\n4 ?\n")
    read = readings(path)[3]
    said = [read.said(number, TEXT) for number in (1, 2, 3, 4)]
    assert said == [[[0, 10]], "unnamed", "none", None]


@pytest.mark.parametrize(
    ("meant", "names", "right"),
    [
        (((0, 10),), ((0, 10),), True),
        (((0, 10),), ((16, 27),), False),
        ((), ((0, 10),), False),
        (None, ((0, 10),), False),
        (((0, 10),), (), False),
    ],
)
def test_a_link_is_right_where_a_name_of_the_thing_stands(meant, names, right) -> None:  # type: ignore[no-untyped-def]
    article = Article("a", "a", TEXT, blocks=(Block("paragraph", 0, len(TEXT)),))
    assert Link(Exam(article, {}), (29, 32), "pronoun", meant, names).right is right


def test_precision_counts_links_and_recall_counts_names() -> None:
    article = Article("a", "a", TEXT, blocks=(Block("paragraph", 0, len(TEXT)),))
    exam = Exam(article, {})
    found = [
        Link(exam, (29, 32), "pronoun", ((0, 10),), ((0, 10),)),
        Link(exam, (39, 41), "pronoun", ((16, 27),), ()),
        Link(exam, (43, 55), "noun", None, ((0, 10),)),
    ]
    table = scores(found)
    assert table["all, precision"] == 0.5
    assert table["all, recall"] == 0.5
    assert table["pronoun, precision"] == 1.0


def test_the_gold_has_two_halves_and_no_text() -> None:
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    assert {row["part"] for row in rows} == set(PARTS)
    assert len({row["id"] for row in rows}) == len(rows)
    said = {said for row in rows for *_, said in row["phrases"] if isinstance(said, str)}
    assert said <= {"none", "unnamed"}
