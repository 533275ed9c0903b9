"""What follows from the ontology, as a reader sees it: only where it is asked for, and down to the words."""

from __future__ import annotations

import pytest

import kg
from kg.view import write_view
from tests.browser.test_view import details, line_point
from tests.serve.conftest import serving
from tests.support.browser import Watched, axe_source
from tests.support.firefox import firefox
from tests.support.graphs import following, small

pytestmark = pytest.mark.browser
SWITCH = "#switch-inferred"


@pytest.fixture
def path(tmp_path):
    parts = small()
    return write_view(tmp_path / "a.html", *parts.parts(), inferred=following(parts))


def lines(page) -> int:
    """How many lines of what follows are drawn."""
    page.wait_for_timeout(60)
    return page.evaluate(
        "document.getElementById('canvas').view.lines.filter((l) => l.statements.some((s) => s.id < 0)).length"
    )


def test_a_page_without_has_no_switch(opened):
    page = opened()
    assert page.locator(SWITCH).count() == 0
    assert "Follows" not in page.inner_text("#legend-body")


def test_it_is_drawn_only_where_it_is_asked_for(opened, path):
    page = opened(path=path)
    assert not page.is_checked(SWITCH)
    assert lines(page) == 0
    assert "Follows from the ontology" in page.inner_text("#legend-body")
    page.check(SWITCH)
    assert lines(page) == 2
    assert "2 of 3 facts that follow" in page.inner_text("#shown")
    assert "follows=1" in page.evaluate("location.hash")
    page.uncheck(SWITCH)
    assert lines(page) == 0


def test_the_chain_leads_to_each_passage_and_to_who_denies_it(opened, path):
    page = opened(path=path, fragment="#follows=1")
    page.mouse.click(*line_point(page, "Ada Demir", "Beacon Labs"))
    said = details(page)
    assert "Ada Demir and Beacon Labs" in said
    for words in (
        "Follows", "one leads to the next", "disputed", "follows from:",
        "Ada Demir leads Alder Studios.", "Alder Studios acquired Beacon Labs.",
        "denied by:", "Alder Studios did not acquire Beacon Labs.",
    ):  # fmt: skip
        assert words in said
    assert said.count("denied by:") == 1  # not once more for what it follows from
    page.locator(".premises button.relation", has_text="leads").click()
    assert page.inner_text("#panel-details h2") == "Ada Demir leads Alder Studios"
    page.go_back()
    page.locator(".premises .premises").get_by_role("button", name="Read it in").first.click()
    assert page.get_attribute("#tab-read", "aria-selected") == "true"


def test_a_card_has_what_follows_also_of_a_class(opened, path):
    page = opened(path=path, fragment="#sel=n:CutMind_2")
    assert "Follows from the ontology" not in details(page)
    page.check(SWITCH)
    assert "Follows from the ontology" in details(page)
    assert "what that is done to is one" in details(page)


def test_what_follows_goes_with_what_it_follows_from(opened, path):
    page = opened(path=path, fragment="#follows=1")
    page.check("#status-5")  # denied only
    assert lines(page) == 0
    page.uncheck("#status-5")
    page.check("#status-0")
    assert lines(page) == 2


def test_a_focus_shows_what_only_follows_to_be_beside_it(opened, path):
    page = opened(path=path, fragment="#focus=Ada_Demir&hops=1")
    ids = "document.getElementById('canvas').view.ids.length"
    before = page.evaluate(ids)
    page.check(SWITCH)
    assert page.evaluate(ids) == before + 1


@pytest.mark.parametrize("size", [(1440, 900), (390, 844)])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_serious(opened, path, theme, size):
    fragment = f"#follows=1&theme={theme}&sel=n:Ada_Demir"
    page = opened(path=path, fragment=fragment, size=size, bypass_csp=True)
    page.add_script_tag(content=axe_source())
    found = page.evaluate("axe.run().then((r) => r.violations)")
    bad = [
        (v["id"], v["nodes"][0]["html"][:160])
        for v in found
        if v["impact"] in ("serious", "critical") or v["id"] == "color-contrast"
    ]
    assert bad == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_lines_and_their_words_stand_out_from_the_paper(opened, path, theme):
    page = opened(path=path, fragment=f"#theme={theme}")
    tone, paper = page.evaluate(
        """(theme) => [JSON.parse(document.getElementById("data").textContent).styles.follows[theme],
          getComputedStyle(document.documentElement).getPropertyValue("--paper").trim()]""",
        theme,
    )
    light, dark = sorted(map(luminance, (tone, paper)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Relative luminance, as WCAG 2 has it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_firefox_draws_it_too(path):
    with firefox() as page:
        page.open(path)
        page.click(SWITCH)
        count = "document.getElementById('canvas').view.lines.filter((l) => l.statements.some((s) => s.id < 0)).length"
        assert page.run(count) == 2


def test_the_pages_of_a_server_have_it_too(chromium, tmp_path):
    (tmp_path / "news.txt").write_text(
        "Fir Works is a subsidiary of Birch Holdings. Birch Holdings is a subsidiary of Cedar Group.\n"
    )
    kg.build(tmp_path / "news.txt", tmp_path / "out", infer=True).close()
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    watched = Watched(context.new_page())
    with serving(tmp_path / "out", "--workers", "1") as running:
        for place in ("", "?focus=entity/Fir_Works_org"):
            watched.page.goto(f"{running.url}/{place}")
            watched.page.wait_for_selector("html[data-ready]")
            watched.page.check(SWITCH)
            assert lines(watched.page) == 1, place
    context.close()
