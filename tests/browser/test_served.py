"""The server's pages in a real browser: they show, they link, and no policy of theirs is broken."""

from __future__ import annotations

import base64

import pytest

import kg
from kg import corrections
from kg.view import ViewOptions, write_view
from tests.corrections.test_folder import stored
from tests.serve.conftest import HOSTILE, hostile, serving
from tests.support.browser import Watched
from tests.support.graphs import landed, small

pytestmark = pytest.mark.browser


def test_people_find_their_way(chromium, tmp_path):
    parts = hostile()
    folder = landed(tmp_path, parts)
    write_view(folder / "graph.html", *parts.parts())
    context = chromium.new_context()
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    try:
        with serving(folder, "--workers", "1") as running:
            page.goto(f"{running.url}/")
            assert page.locator("canvas").count() > 0  # the scripts of the view ran
            page.goto(f"{running.url}/sparql")
            page.get_by_role("button", name="Ask").click()
            page.locator("td").first.wait_for()
            page.get_by_label("Name").fill("alder")
            page.get_by_role("button", name="Look up").click()
            page.get_by_role("link", name="Alder Studios").first.click()
            assert page.get_by_role("heading").inner_text() == "Alder Studios"
            assert page.evaluate("getComputedStyle(document.body).maxWidth") != "none"
            page.goto(f"{running.url}/entity/Bad")
            assert page.get_by_role("heading").inner_text() == HOSTILE
    finally:
        context.close()
    assert [words for words in said if "404" not in words] == []  # a browser looks for an icon


SECRET = "a-token-of-our-own-42"


@pytest.fixture
def page(chromium):
    """A page that sends the token; nothing may go wrong in it, and no policy be broken."""
    token = base64.b64encode(f"me:{SECRET}".encode()).decode()
    context = chromium.new_context(extra_http_headers={"Authorization": f"Basic {token}"})
    watched = Watched(context.new_page())
    yield watched.page
    context.close()
    assert [
        told for told in watched.troubles if not told.startswith("request: http://127.0.")
    ] == []


def test_names_that_the_page_does_not_hold_are_found_and_shown(page, tmp_path):
    parts = small()
    folder = landed(tmp_path, parts)
    write_view(folder / "graph.html", *parts.parts(), options=ViewOptions(focus="Ada Demir"))
    with serving(folder, "--workers", "1", KG_SERVE_TOKEN=SECRET) as running:
        page.goto(f"{running.url}/")
        page.fill("#search", "guild")
        found = page.locator('#found li[data-kind="elsewhere"]')
        found.wait_for()
        assert "Guild of Crews" in found.inner_text()
        found.click()
        page.wait_for_url("**/?focus=*")
        page.locator("h2", has_text="Guild of Crews").wait_for()
        assert "Beacon Labs" in page.inner_text("#panel-details")
        page.fill("#search", "Beacon Labs")
        page.locator('#found li[data-kind="name"]').first.click()
        page.get_by_role("link", name="All around it").click()
        page.wait_for_url("**Beacon_Labs")
        page.locator("h2", has_text="Beacon Labs").wait_for()


def test_a_question_in_the_box_is_answered_by_the_server(page, tmp_path):
    parts = hostile()
    folder = landed(tmp_path, parts)
    write_view(folder / "graph.html", *parts.parts())
    with serving(folder, "--workers", "1", KG_SERVE_TOKEN=SECRET) as running:
        page.goto(f"{running.url}/")
        page.fill("#search", "Who acquired Beacon Labs?")
        page.locator('#found li[data-kind="question"]').wait_for()
        page.keyboard.press("Enter")
        page.locator("#answer .outcome").wait_for(timeout=60_000)
        told = page.inner_text("#answer")
        for words in (
            "Understood as",
            "Alder Studios",
            "Alder Studios acquired Beacon Labs.",
            "But:",
            "did not acquire",
        ):
            assert words in told
        page.locator("#answer").get_by_role("button", name="Alder Studios", exact=True).click()
        page.locator("h2", has_text="Alder Studios").wait_for()
        page.locator("#answer").press("Escape")
        assert page.locator("#answer").is_hidden()
        assert page.evaluate("document.activeElement.id") == "search"
        page.fill("#search", "did alder studios acquire beacon labs")
        page.keyboard.press("Enter")
        page.locator("#answer .outcome", has_text="Yes: the graph says so.").wait_for()
        assert page.locator("#answer h3").count() == 0
        page.fill("#search", f"What did {HOSTILE} say?")
        page.keyboard.press("Enter")
        page.locator("#answer .outcome").wait_for()
        assert HOSTILE in page.inner_text("#answer h2")


def test_what_is_corrected_in_the_page_is_kept_on_the_server(page, tmp_path):
    folder = stored(tmp_path / "out")
    with kg.open_graph(folder) as graph:
        first = next(s for s in graph.statements() if s.predicate.label == "used")
        made = corrections.reject(graph, first.id)
    with serving(folder, "--workers", "1", "--edit", KG_SERVE_TOKEN=SECRET) as running:
        page.goto(f"{running.url}/#sel=s:%3Astatement/{first.id.rpartition('/')[2]}")
        page.keyboard.press("r")
        page.click("#show-filters")
        page.click("#filters summary:has-text('Review')")
        page.click("#save-there")
        page.locator("#server .pending li").wait_for(timeout=60_000)
        assert "rejected" in page.inner_text("#server .pending")
        page.click("#reload")
        page.wait_for_load_state()
        assert page.locator("#server .pending li").count() == 0
        listed = running.send("GET", "/corrections", Authorization=f"Bearer {SECRET}").json
        assert [one["id"] for one in listed["corrections"]] == [made.id]
    with kg.open_graph(folder) as graph:
        assert first.id not in {s.id for s in graph.statements()}


def test_a_page_that_a_server_gave_asks_nobody_as_a_file(chromium, tmp_path):
    parts = small()
    folder = landed(tmp_path, parts)
    write_view(folder / "graph.html", *parts.parts())
    with serving(folder, "--workers", "1", "--edit", KG_SERVE_TOKEN=SECRET) as running:
        body = running.send("GET", "/", Authorization=f"Bearer {SECRET}").body
    saved = tmp_path / "saved.html"
    saved.write_bytes(body)
    context = chromium.new_context()
    watched, asked = context.new_page(), []
    watched.on("request", lambda request: asked.append(request.url))
    watched.goto(saved.as_uri())
    watched.fill("#search", "guild")
    watched.wait_for_timeout(400)
    assert watched.locator("#save-there").count() == 0
    context.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
