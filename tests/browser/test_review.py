"""What a reader says, from the page into the graph and back into a page."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg import corrections, open_graph
from kg.corrections import from_lines
from tests.support.graphs import landed, small

pytestmark = pytest.mark.browser


def statement(label: str) -> str:
    found = next(s for s in small().statements if s.predicate.label == label)
    return found.id.removeprefix("https://kg.example/")


def saved(page, button: str = "#export-corrections") -> str:
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_text(encoding="utf-8")


def drop(page, text: str) -> None:
    """A file is dropped on the page."""
    page.evaluate(
        """(text) => { const data = new DataTransfer();
          data.items.add(new File([text], "corrections.jsonl"));
          window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true })); }""",
        text,
    )
    page.locator("#live", has_text="taken in").wait_for(state="attached")


@pytest.mark.parametrize(("label", "key"), [("leads", "a"), ("said", "r"), ("acquired", "r")])
def test_a_verdict_given_by_key_is_the_correction_that_the_command_makes(
    opened, tmp_path, label, key
):
    page = opened(fragment=f"#sel=s:%3A{statement(label)}")
    page.keyboard.press(key)
    assert "1 of 11 statements checked" in page.inner_text("#panel-details")
    (found,) = from_lines(saved(page))
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


def test_all_that_a_reader_mends_goes_out_as_corrections_and_comes_back_by_a_drop(opened, tmp_path):
    page = opened(fragment=f"#sel=s:%3A{statement('leads')}&topics=1")
    page.keyboard.press("a")
    page.fill("#search", "replaced")
    page.keyboard.press("Enter")
    page.keyboard.press("s")
    page.select_option(".verdict select", "possible")
    page.fill("#search", "Gallo")
    page.keyboard.press("Enter")
    page.locator("#panel-details h2").click()  # the keys are the page's again
    page.keyboard.press("m")
    page.keyboard.type("ada")
    page.keyboard.press("Enter")
    page.locator("#panel-details h2").click()
    page.keyboard.press("d")
    page.keyboard.type("guild")
    page.keyboard.press("Enter")
    page.locator("#panel-details h2").click()
    page.keyboard.press("c")
    page.select_option("#mend-class", "Organization")
    lines = saved(page)
    found = {c.what: c for c in from_lines(lines)}
    with open_graph(landed(tmp_path)) as graph:
        replaced = f"https://kg.example/{statement('replaced')}"
        leads = f"https://kg.example/{statement('leads')}"
        assert set(found.values()) == {
            corrections.confirm(graph, leads),
            corrections.status(graph, replaced, "possible"),
            corrections.merge(graph, "Omar Gallo", "Ada Demir"),
            corrections.distinct(graph, "Omar Gallo", "Guild of Crews"),
            corrections.retype(graph, "Omar Gallo", "Organization"),
        }
    # What goes out of the page tells it.
    rows = list(csv.DictReader(io.StringIO(saved(page, "#export-csv").lstrip("\ufeff"))))
    said = {row["relation"]: row["review"] for row in rows}
    assert (said["leads"], said["replaced"], said["used"]) == ("confirmed", "status: possible", "")
    # Another reader's page takes the file in, and filters by it; a line that is none is told.
    other = opened()
    drop(other, lines + "no correction\n" + json.dumps({"what": 3}) + "\n")
    assert "5 corrections taken in; 2 lines left" in other.inner_text("#live")
    assert "2 of 11 statements checked" in other.inner_text("#live")
    other.locator("#filters summary", has_text="Review").click()
    other.select_option("#review", "checked")
    assert other.inner_text("#passing") == "2 of 11 statements"
    assert "review=checked" in other.url
    assert set(from_lines(saved(other))) == set(found.values())
    other.get_by_role("button", name="Take back: “Omar Gallo” is Organization").click()
    assert {c.what for c in from_lines(saved(other))} == set(found) - {"retype"}
