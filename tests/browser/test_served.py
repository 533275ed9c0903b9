"""The server's pages in a real browser: they show, they link, and no policy of theirs is broken."""

from __future__ import annotations

import pytest

from kg.view import write_view
from tests.serve.conftest import HOSTILE, hostile, serving
from tests.support.graphs import landed

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
