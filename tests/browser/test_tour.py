"""A tour: views with a caption, one after another, in the address and in a saved page."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser.test_review import saved, statement

pytestmark = pytest.mark.browser


def test_a_tour_is_made_shown_sent_saved_and_printed(opened, tmp_path):
    page = opened(fragment=f"#sel=s:%3A{statement('leads')}")
    page.keyboard.press("a")
    page.click("#show-tour")
    page.click("#add-step")
    page.keyboard.type("Who leads <b>the studio</b>")
    page.fill("#search", "Beacon Labs")
    page.keyboard.press("Enter")
    page.click("#focus")
    page.click("#add-step")
    page.keyboard.type("What is said of its rival")
    page.click("#step-earlier")
    assert page.inner_text("#tour .say") == "What is said of its rival"
    page.locator("#panel-details h2").click()
    page.keyboard.press("]")
    assert page.inner_text("#tour .say") == "Who leads <b>the studio</b>"
    assert page.inner_text("#panel-details h2") == "Ada Demir leads Alder Studios"
    assert page.locator("#leave-focus").count() == 0
    page.keyboard.press("]")
    assert "Around Beacon Labs" in page.inner_text("#bar")
    # The address holds it.
    again = opened(fragment=page.url[page.url.index("#") :])
    assert "1 of 2" in again.inner_text("#tour")
    # So does a saved page, with what was checked; its own policy lets it run.
    copy = tmp_path / "copy.html"
    copy.write_text(saved(page, "#export-page"), encoding="utf-8")
    third = opened(path=copy)
    assert "2 steps" in third.inner_text("#tour")
    third.click("#step-after")
    assert third.inner_text("#tour .say") == "What is said of its rival"
    third.click("#step-after")
    assert third.inner_text(".checked") == "confirmed"
    assert saved(third, "#export-page") == copy.read_text(encoding="utf-8")
    # On paper each step has its picture.
    third.evaluate("window.print = () => {}")
    third.click("#show-export")
    third.click("#export-tour")
    third.emulate_media(media="print")
    paper = third.locator("#tour-paper")
    assert paper.is_visible()
    assert third.locator("main").is_hidden()
    assert paper.locator("h2").all_inner_texts() == [
        "1. What is said of its rival",
        "2. Who leads <b>the studio</b>",
    ]
    widths = paper.locator("img").evaluate_all("all => all.map((e) => e.naturalWidth)")
    assert min(widths) > 300
    assert third.inner_text("#tour .say") == "Who leads <b>the studio</b>"
    assert Path(copy).stat().st_size > 100_000
