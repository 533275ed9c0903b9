"""What can hurt somebody: a class of relations, a mark, a count, until a person confirms it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from benchmarks.quality.settings import everything
from kg.building import build
from kg.config import load_config
from kg.graph.ontology import load_ontology
from kg.knowledge_graph import Graph
from kg.lexicon import Own
from kg.model import Article, Block
from kg.nlp.load import load_pipeline
from kg.pipeline import process

TEXT = "Police arrested Ivo Lund on Monday. Lund is a thief. Lund robbed a bank. Lund bought a car."


@pytest.mark.parametrize(
    ("relation", "label", "target", "sensitive"),
    [
        ("arrested", "arrested", "Ivo Lund", True),
        ("childOf", "child of", "Eva Lund", True),
        ("bought", "bought", "prison", False),
        ("isA", "is a", "convicted thief", True),
        ("isA", "is a", "painter", False),
        (None, "rob", "bank", True),
        (None, "be jailed in", "Oslo", True),
        (None, "be under", "arrest", True),
        (None, "have", "cancer", True),
        (None, "praise", "prison", False),
        (None, "illuminate", "bridge", False),
    ],
)
def test_a_relation_is_sensitive_by_its_class_or_its_words(
    relation: str | None, label: str, target: str, sensitive: bool
) -> None:
    assert load_ontology().is_sensitive(relation, label, target) is sensitive


def test_a_relation_of_the_users_can_be_sensitive() -> None:
    own = Own(
        "own.ttl",
        "@prefix kg: <https://kg.example/ontology#> . @prefix owl: <http://www.w3.org/2002/07/owl#> ."
        "kg:evicted a owl:ObjectProperty, kg:SensitiveRelation .",
    )
    assert load_ontology(own=own).is_sensitive("evicted", "evicted")
    assert not load_ontology().is_sensitive("evicted", "evicted")


def test_it_is_marked_counted_and_listed(tmp_path: Path) -> None:
    source = tmp_path / "lund.txt"
    source.write_text(f"Lund\n\nMarch 3, 2026\n\n{TEXT}\n", encoding="utf-8")
    report = build([source], tmp_path / "out", settings=everything())
    with Graph(tmp_path / "out") as graph:
        marked = {s.predicate.label for s in graph.explain("Ivo Lund").statements if s.unchecked}
        assert marked == {"arrested", "is a", "rob"}
        assert report.unchecked == graph.stats().unchecked == 3
        assert len(list(graph.query("sensitive").rows)) == 3
        assert graph.check() == ()
        graph.export("jsonl", tmp_path / "out.jsonl")
        lines = (tmp_path / "out.jsonl").read_text(encoding="utf-8").splitlines()
        told = [json.loads(line) for line in lines]
        assert {s["predicate"]["label"] for s in told if s.get("unchecked")} == marked
        assert all(s["unchecked"] is True for s in told if "unchecked" in s)
    turtle = (tmp_path / "out" / "graph.ttl").read_text(encoding="utf-8")
    assert turtle.count("kg:review kg:Unchecked") == 3
    assert "machine-read, unchecked" in (tmp_path / "out" / "graph.html").read_text(
        encoding="utf-8"
    )


@pytest.mark.parametrize(("limit", "kept"), [(0.0, True), (1.0, False)])
def test_it_asks_for_more_certainty(limit: float, kept: bool) -> None:
    article = Article("a", "a", TEXT, blocks=(Block("paragraph", 0, len(TEXT)),))
    settings = load_config(pipeline={"confidence": 0.0, "confidence_sensitive": limit})
    labels = {c.claim.predicate.label for c in process(article, load_pipeline(), settings).claims}
    assert "bought" in labels
    assert ("arrested" in labels) is kept
