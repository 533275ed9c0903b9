"""Events of whole builds: what sentences tell, joined over articles, gone with them."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

import kg
from benchmarks.quality.settings import everything
from kg.building import build, remove

ARTICLES = {
    "one.txt": "Brightwater acquired Coldstream in May 2024.",
    "two.txt": "Brightwater acquired Coldstream. The price was not told.",
    "three.txt": "Ada Berg was appointed finance minister by President Paul Novak in March 2020. "
    "Police arrested Jan Kowal in Gdansk on 4 March 2021. "
    "Ann Hill died in Leeds on 5 August 2019.",
    "four.txt": "Brightwater plans to acquire Helios in 2026. If Brightwater sues Helios in 2027, "
    "the price will fall. Brightwater did not sue Novatek in 2020. "
    "The company might sue Novatek in 2026.",
}


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text + "\n")
    return folder


def told(out: Path) -> dict[str, tuple[str, str | None, int]]:
    with kg.open_graph(out) as graph:
        assert graph.check() == ()
        return {e.label: (e.status, e.time, len(e.evidence)) for e in graph.events()}


def export(out: Path) -> str:
    file = io.StringIO()
    with kg.open_graph(out) as graph:
        graph.export("events", file)
        graph.export("turtle", file)
    return file.getvalue()


def test_sentences_become_events_with_their_status(articles, tmp_path):
    build([articles], tmp_path / "out", settings=everything())
    found = told(tmp_path / "out")
    assert found["acquisition of Coldstream by Brightwater"] == ("asserted", "2024-05", 2)
    assert found["death of Ann Hill"][:2] == ("asserted", "2019-08-05")
    assert found["acquisition of Helios by Brightwater"][0] == "planned"
    assert not [label for label, (status, _, _) in found.items()
                if label.startswith("lawsuit") and status == "asserted"]  # fmt: skip


def test_an_event_loses_what_a_removed_article_told_and_no_more(articles, tmp_path):
    build([articles], tmp_path / "all")
    remove(["one.txt"], tmp_path / "all")
    assert "acquisition of Coldstream by Brightwater" not in told(tmp_path / "all")
    others = [articles / name for name in reversed(ARTICLES) if name != "one.txt"]
    build(others, tmp_path / "some")
    assert export(tmp_path / "all") == export(tmp_path / "some")
