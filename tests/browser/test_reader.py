"""The article's text beside the picture, and the claims board."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kg.model import Block, Relation
from kg.view import write_view
from tests.support.graphs import BASE, Graph, small

pytestmark = pytest.mark.browser

VIEW = "document.getElementById('canvas').view"


def with_rare_characters() -> Graph:
    """The small graph, its first text moved by characters that scripts count twice."""
    graph = small()
    added = "🏳️‍🌈👩‍👩‍👧 𝔽lags. "
    first = graph.articles[0]
    text = f"{added}{first.text}"
    where = {
        s.id: tuple(
            replace(e, start=e.start + len(added), end=e.end + len(added))
            if e.article == first.id
            else e
            for e in s.evidence
        )
        for s in graph.statements
    }
    graph.articles[0] = replace(first, text=text, blocks=(Block("paragraph", 0, len(text)),))
    graph.statements = [replace(s, evidence=where[s.id]) for s in graph.statements]
    return graph


def test_one_reads_a_text_in_step_with_picture_and_cards(opened, tmp_path):
    graph = with_rare_characters()
    page = opened(path=write_view(tmp_path / "graph.html", *graph.parts()))
    page.click("#tab-sources")
    page.get_by_role("button", name="Read Studio tests video tool").click()
    assert page.inner_text(".text") == graph.articles[0].text
    assert page.locator(".said").all_inner_texts() == ["has begun to use", "said", "leads"]
    assert page.inner_text(".text .voice") == "It was done ten times faster"
    # By keys, from statement to statement; the picture follows.
    page.keyboard.press("j")
    page.keyboard.press("k")
    assert page.inner_text(".said.current") == "leads"
    assert "3 of 3 statements" in page.inner_text("#reader-place")
    strong = f"{VIEW}.lastScene.curves.filter((c) => c.strong).length"
    page.wait_for_timeout(80)
    assert page.evaluate(strong) == 1
    # From the picture: all that is told of what one clicks.
    page.fill("#search", "CutMind")
    page.keyboard.press("Enter")
    assert page.locator(".said.current").all_inner_texts() == ["has begun to use"]
    assert "CutMind 2" in page.inner_text("#panel-read .foot")
    # To the card and back, and into another text by a passage.
    page.click("#reader-card")
    page.get_by_role("button", name="2 passages: Alder Studios used CutMind 2").click()
    page.get_by_role("button", name="Read it in Guild doubts studio's word").click()
    assert page.locator(".said.current").all_inner_texts() == ["uses"]
    assert "claimed" in page.locator(".said", has_text="replaces").get_attribute("class")
    address = page.url
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.url == address
    assert page.locator(".said.current").all_inner_texts() == ["uses"]


def test_two_outlets_are_compared_claim_by_claim(opened):
    page = opened(fragment="#tab=claims")
    assert "disputed" in page.locator(".claim").first.inner_text()
    page.click(".compare summary")
    page.select_option("#compare-a", label="Morning Ledger (4)")
    page.select_option("#compare-b", label="Wire Seven (5)")
    counts = page.locator(".shows button").all_inner_texts()
    assert [" ".join(text.split()) for text in counts] == [
        "Only Morning Ledger 3", "Only Wire Seven 4", "Both 0", "Against each other 1",
    ]  # fmt: skip
    row = page.locator(".claim").all_inner_texts()
    assert len(row) == 1
    assert "Denied" in row[0]
    assert "1 February 2024" in row[0]
    address = page.url
    page.click("#compare-by-speaker")
    assert "Omar Gallo" in page.inner_text("#compare-a")
    page.goto(address)
    assert page.inner_text("#show-against[aria-pressed=true]").startswith("Against")


def test_verbs_that_say_the_same_of_the_same_are_one_claim(opened, tmp_path):
    parts = small()
    told = [s for s in parts.statements if s.predicate.label == "used" and s.status == "asserted"]
    one, other = (
        replace(told[0], id=f"{told[0].id}{label}", predicate=Relation(f"{BASE}{path}", label))
        for path, label in (("ontology#bought", "bought"), ("relation/take_over", "take over"))
    )
    sold = replace(one, id=f"{one.id}sold", predicate=Relation(f"{BASE}ontology#sold", "sold"))
    page = write_view(tmp_path / "a.html", parts.entities, [one, other, sold], parts.articles)
    page = opened(path=page, fragment="#tab=claims")
    rows = page.locator(".claim").all_inner_texts()
    assert len(rows) == 2
    assert "“take over”" in rows[0] + rows[1]
    assert [row.count("Asserted") for row in rows] == [
        len(told[0].evidence) * 2,
        len(told[0].evidence),
    ]


def test_on_a_phone_a_tap_on_a_statement_of_the_text_tells_it(opened):
    page = opened(fragment="#tab=read", size=(390, 844), has_touch=True, is_mobile=True)
    page.locator(".said").first.tap()
    assert page.locator(".said.current").count() == 1
    assert page.locator("#panel-read .foot .badge").count() == 1
    page.locator(".foot .verdict button", has_text="Wrong").tap()
    assert "1 of 11 statements checked" in page.inner_text(".foot")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
