"""A reader's verdicts, from the page into the graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg import corrections, open_graph
from kg.corrections import from_lines
from tests.support.graphs import landed, small

pytestmark = pytest.mark.browser


def statement(label: str) -> str:
    found = next(s for s in small().statements if s.predicate.label == label)
    return found.id.removeprefix("https://kg.example/")


@pytest.mark.parametrize(("label", "key"), [("leads", "a"), ("said", "r"), ("acquired", "r")])
def test_a_verdict_given_by_key_is_the_correction_that_the_command_makes(
    opened, tmp_path, label, key
):
    page = opened(fragment=f"#sel=s:%3A{statement(label)}")
    page.keyboard.press(key)
    assert "1 of 11 statements checked" in page.inner_text("#panel-details")
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click("#export-corrections")
    (found,) = from_lines(Path(waiting.value.path()).read_text(encoding="utf-8"))
    make = corrections.confirm if key == "a" else corrections.reject
    with open_graph(landed(tmp_path)) as graph:
        assert found == make(graph, f"https://kg.example/{statement(label)}")


def test_a_verdict_is_kept_and_taken_back_by_the_same_button(opened):
    page = opened(fragment=f"#sel=s:%3A{statement('leads')}")
    wrong = page.locator(".verdict button", has_text="Wrong")
    wrong.click()
    page.wait_for_timeout(500)  # the browser writes it down a moment later
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert wrong.get_attribute("aria-pressed") == "true"
    wrong.click()
    assert wrong.get_attribute("aria-pressed") == "false"
    assert "checked" not in page.inner_text(".verdict")
