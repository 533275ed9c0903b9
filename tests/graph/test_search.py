"""Full text over names, statements and passages."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import QueryError
from kg.graph.search import INDEX
from kg.knowledge_graph import Graph
from kg.model import StatementArgument
from tests.support.graphs import landed, small


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    return landed(tmp_path_factory.mktemp("search"))


def found(folder: Path, words: str, **options: object) -> list[tuple[str, str]]:
    """Kind and words of each hit."""
    with Graph(folder) as graph:
        hits = graph.search(words, **options).hits
    return [(hit.kind, hit.told or hit.passage) for hit in hits]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("gallo", ("name", "Omar Gallo")),
        ("GALLÓ", ("name", "Omar Gallo")),
        ("replacing", ("statement", "CutMind 2 replaced crews")),
        ("acquisition", None),
        ("acquire", ("statement", "Alder Studios acquired Beacon Labs")),
        ('"ten times faster"', ("statement", "Ada Demir said “It was done ten times faster”")),
        ('"times ten"', None),
        ("por*", ("name", "Porthaven")),
        ("por", None),
        ("revenue", ("statement", "Beacon Labs revenue $40 million")),
    ],
)
def test_words_find_what_has_all_of_them(folder, words, told):
    hits = found(folder, words)
    assert (told in hits) if told else hits == []


def test_a_hit_tells_status_who_says_so_source_and_the_words(folder):
    with Graph(folder) as graph:
        (hit,) = graph.search("tool replaces", kinds=["statement"]).hits
        (article,) = [article for article in graph.articles() if article.id == hit.article]
        entity = graph.search("Ada Demir", kinds=["name"]).hits[0]
        assert graph.store.entity(entity.iri).label == "Ada Demir"
    assert (hit.status, hit.by, hit.source) == ("claimed", "Omar Gallo", article.source)
    assert article.text[hit.start : hit.end] == hit.passage
    assert hit.date == article.date


def test_statements_of_one_status_names_of_none_and_passages_of_one_source(folder):
    assert found(folder, "beacon", kinds=["statement"], statuses=["denied"]) == [
        ("statement", "Alder Studios acquired Beacon Labs")
    ]
    with Graph(folder) as graph:
        every = graph.search("beacon")
        source = next(hit.source for hit in every.hits if hit.kind == "passage")
        one = graph.search("beacon", source=source.upper()[:5])
    assert {hit.source for hit in one.hits} <= {hit.source for hit in every.hits if hit.source}
    assert "name" not in {hit.kind for hit in one.hits}


def test_the_best_are_given_and_all_are_counted(folder):
    with Graph(folder) as graph:
        few = graph.search("alder", limit=1)
        many = graph.search("alder", limit=100)
    assert few.counts == many.counts
    assert [hit for kind, _ in many.counts for hit in many.hits if hit.kind == kind] == list(
        many.hits
    )
    assert len(few.hits) == 3
    assert len(many.hits) == sum(count for _, count in many.counts)


@pytest.mark.parametrize(
    "words",
    ["NEAR(", 'a"b', "told:x", "* *", "beacon AND", "-labs", "x' OR 1=1 --", "a\0b", "(((a"],
)
def test_no_word_is_an_operator(folder, words):
    """What would be syntax of the index is a word, or none."""
    with Graph(folder) as graph:
        try:
            graph.search(words)
        except QueryError as error:
            assert "no word" in str(error)


@pytest.mark.parametrize("words", ["", "  ", "?!", '""'])
def test_no_word_at_all_is_told(folder, words):
    with Graph(folder) as graph, pytest.raises(QueryError, match="at least one"):
        graph.search(words)


def test_what_two_articles_tell_in_the_same_words_is_shown_once(tmp_path):
    parts = small()
    days = tuple(
        StatementArgument("time", "3 May", day, "xsd:date") for day in ("2024-05-03", "2025-05-03")
    )
    parts.statements[0] = replace(parts.statements[0], arguments=days)
    hits = found(landed(tmp_path, parts), parts.statements[0].subject.label, kinds=["statement"])
    assert [told.count("(time: 3 May)") for _, told in hits if "3 May" in told] == [1]


def test_a_later_search_uses_the_index_and_gives_the_same(tmp_path):
    out = landed(tmp_path)
    first = found(out, "studios")
    made = (out / "graph-1" / INDEX).stat()
    assert found(out, "studios") == first
    assert (out / "graph-1" / INDEX).stat().st_mtime_ns == made.st_mtime_ns


@pytest.mark.parametrize("content", [b"", b"no index", b"SQLite format 3\0" + b"x" * 5000])
def test_a_damaged_index_is_made_anew(tmp_path, content):
    out = landed(tmp_path)
    first = found(out, "studios")
    (out / "graph-1" / INDEX).write_bytes(content)
    assert found(out, "studios") == first
    assert (out / "graph-1" / INDEX).stat().st_size > 10_000


def test_the_index_is_no_damage_and_goes_with_its_store(tmp_path):
    out = landed(tmp_path)
    assert found(out, "gallo")
    with Graph(out) as graph:
        assert not [line for line in graph.damage() if "search" in line or "graph-1" in line]
    parts = small()
    parts = replace(
        parts,
        entities=[replace(e, label=e.label.replace("Gallo", "Pavlov")) for e in parts.entities],
    )
    landed(out, parts, number=2)
    assert not (out / "graph-1").exists()
    assert ("name", "Omar Pavlov (Gallo)") in found(out, "pavlov")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_nobody_may_write_is_searched_too(tmp_path):
    out = landed(tmp_path)
    (out / "graph-1").chmod(0o555)
    try:
        assert found(out, "gallo")
    finally:
        (out / "graph-1").chmod(0o755)


def test_a_place_where_no_index_can_be_kept_is_searched_too(tmp_path):
    out = landed(tmp_path)
    (out / "graph-1" / INDEX).mkdir()
    assert ("name", "Omar Gallo") in found(out, "gallo")
