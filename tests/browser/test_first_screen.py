"""What a reader sees in the first ten seconds, and what mouse, fingers and keys then do."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from kg.model import Node
from kg.view import ViewOptions, write_view
from kg.view.select import Head
from kg.view.stories import stories
from tests.browser.test_view import details, drawn, line_point, node_point, shown
from tests.support.graphs import Graph, graph, small

pytestmark = pytest.mark.browser

VIEW = "document.getElementById('canvas').view"


def camera(page) -> dict:
    page.wait_for_timeout(60)
    return page.evaluate(f"(({{x, y, scale}}) => ({{x, y, scale}}))({VIEW}.camera)")


def used(page) -> float:
    """The part of the canvas that shapes and names spread over."""
    page.wait_for_timeout(60)
    return page.evaluate(
        f"""(() => {{ const s = {VIEW}.lastScene;
        const all = [...s.named, ...s.captions, ...s.points.map((p) => ({{left: p.x, right: p.x, top: p.y, bottom: p.y}}))];
        const side = (low, high) => Math.max(...all.map((b) => b[high])) - Math.min(...all.map((b) => b[low]));
        return side("left", "right") * side("top", "bottom") / s.width / s.height; }})()"""
    )


# --- ten seconds -------------------------------------------------------------------------------


def test_the_brief_tells_the_most_reported_stories_with_status_sources_and_passage(opened):
    page = opened("1000")
    parts = graph(1000)
    told = page.inner_text("#panel-details")
    headlines = [
        " ".join(s.title.split())[:60]
        for s in stories(list(map(Head.of, parts.articles)), parts.entities)[:5]
    ]
    assert sum(title in told for title in headlines) >= 4
    lines = page.locator("#panel-details .brief")
    assert 5 <= lines.count() <= 8
    first = lines.first
    assert first.locator(".badge").count() == 1
    assert re.search(r"\d+ source", first.inner_text())
    first.locator("summary").click()
    assert first.locator("blockquote").is_visible()


@pytest.mark.parametrize("fragment", ["", "#many=100", "#many=300", "#many=100000"])
def test_the_picture_fills_the_canvas_with_named_things_each_linked(opened, fragment):
    page = opened("1000", fragment)
    assert used(page) >= 0.6
    parts = graph(1000)
    plain = {e.label for e in parts.entities if not e.named}
    labels = page.evaluate(
        f"(() => {{ const raw = JSON.parse(document.getElementById('data').textContent).nodes;"
        f"return {VIEW}.ids.map((id) => raw[id][1]); }})()"
    )
    assert not plain & set(labels)
    ends = page.evaluate(f"{VIEW}.lines.flatMap((l) => [l.from, l.to])")
    assert shown(page) == set(ends)


def test_no_name_is_cut_off_at_an_edge(opened):
    page = opened("1000")
    width, height = page.evaluate(f"[{VIEW}.lastScene.width, {VIEW}.lastScene.height]")
    for box in drawn(page):
        assert box["left"] >= 0
        assert box["top"] >= 0
        assert box["right"] <= width
        assert box["bottom"] <= height


def drawn_words(page) -> list[str]:
    """The texts that one redraw writes on the canvas."""
    return page.evaluate(
        f"""(() => {{ const words = [], plain = CanvasRenderingContext2D.prototype.fillText;
        CanvasRenderingContext2D.prototype.fillText = function (text, ...at) {{ words.push(text); plain.call(this, text, ...at); }};
        {VIEW}.draw();
        CanvasRenderingContext2D.prototype.fillText = plain;
        return words; }})()"""
    )


def test_the_title_of_a_story_is_cut_between_words(opened):
    page = opened("1000")
    titles = page.evaluate("JSON.parse(document.getElementById('data').textContent).stories")
    known = {word for title, _ in titles for word in title.split()}
    outlines = [b for b in drawn(page) if b["id"] < 0]
    assert len(outlines) >= 5
    texts = drawn_words(page)
    for number in {b["story"] for b in outlines}:
        first = titles[number][0].split()[:2]
        line = next(text for text in texts if text.split()[:2] == first)
        assert {word for word in line.split() if word != "…"} <= known


@pytest.fixture
def pair():
    """What one article tells of a studio and its head: two things that a line links, and more of each."""
    parts = small()
    chosen = [
        s for s in parts.statements
        if s.subject.label in ("Ada Demir", "Alder Studios") and s.predicate.label in ("leads", "said", "acquired")
    ]  # fmt: skip
    return Graph(
        [e for e in parts.entities if e.label in ("Ada Demir", "Alder Studios", "Beacon Labs")],
        chosen,
        parts.articles,
    )


@pytest.mark.parametrize(
    ("size", "least"), [((1440, 900), 0.6), ((1280, 800), 0.6), ((390, 844), 0.5)]
)
def test_a_picture_of_a_few_shapes_tells_what_is_said_of_each(opened, pair, tmp_path, size, least):
    path = write_view(tmp_path / "a.html", *pair.parts())
    page = opened(path=path, size=size)
    assert 2 <= len(shown(page)) <= 4
    assert used(page) >= least
    words = " ".join(drawn_words(page))
    assert "It was done ten times faster" in words
    captions = page.evaluate(
        f"{VIEW}.lastScene.captions.map(({{s, ...box}}) => ({{...box, said: s?.id ?? -1}}))"
    )
    boxes = captions + drawn(page)
    for i, a in enumerate(boxes):
        assert a["left"] >= 0
        assert a["right"] <= page.evaluate(f"{VIEW}.lastScene.width")
        for b in boxes[i + 1 :]:
            assert (
                a["right"] <= b["left"]
                or b["right"] <= a["left"]
                or a["bottom"] <= b["top"]
                or b["bottom"] <= a["top"]
            )
    # A click on the words opens the statement.
    at = captions[0]
    box = page.locator("#canvas").bounding_box()
    page.mouse.click(
        box["x"] + (at["left"] + at["right"]) / 2, box["y"] + (at["top"] + at["bottom"]) / 2
    )
    rows = page.evaluate("JSON.parse(document.getElementById('data').textContent).statements")
    assert rows[at["said"]][0] in page.url.replace("%3A", ":")


def test_a_picture_saved_from_a_phone_leaves_the_phone_s_as_it_was(opened, pair, tmp_path):
    page = opened(path=write_view(tmp_path / "a.html", *pair.parts()), size=(390, 844))
    places = f"JSON.stringify([...{VIEW}.places])"
    before = page.evaluate(places)
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click("#export-svg")
    assert "ten times faster" in Path(waiting.value.path()).read_text(encoding="utf-8")
    assert page.evaluate(places) == before


def test_a_thing_that_no_line_leads_to_stands_there_only_with_words(opened, tmp_path):
    parts = small()
    labels = ("Beacon Labs", "Ada Demir")
    told = [
        s for s in parts.statements
        if s.subject.label in labels and not isinstance(s.object, Node)
    ]  # fmt: skip
    page = opened(path=write_view(tmp_path / "a.html", parts.entities, told, parts.articles))
    captioned = set(page.evaluate(f"{VIEW}.lastScene.captions.map((c) => c.id)"))
    linked = set(page.evaluate(f"{VIEW}.lines.flatMap((l) => [l.from, l.to])"))
    assert shown(page) == captioned | linked
    assert "$40 million" in " ".join(drawn_words(page))


def test_a_small_screen_gives_the_picture_its_room(opened):
    page = opened("1000", size=(1280, 800))
    assert page.locator("#canvas").bounding_box()["width"] >= 800
    assert page.locator("#filters").is_hidden()
    page.click("#show-filters")
    assert page.locator("#filters").is_visible()
    page.click("#close-filters")
    points = page.evaluate(f"{VIEW}.lastScene.points")
    for box in drawn(page):  # no name lies over another thing's shape
        assert not [
            p for p in points
            if p["id"] != box["id"] and box["left"] < p["x"] < box["right"] and box["top"] < p["y"] < box["bottom"]
        ]  # fmt: skip


def test_of_a_crowd_the_most_important_are_named(opened):
    page = opened("1000", "#many=100000&topics=1&attributes=1&speech=1")
    page.wait_for_timeout(200)
    named = {box["id"] for box in drawn(page)}
    assert set(sorted(shown(page))[:5]) <= named
    assert len(named) >= 25


def test_a_sentence_of_the_brief_shows_its_line_and_its_words(opened):
    page = opened("1000")
    page.locator(".sentence").first.click()
    assert page.locator("#panel-details blockquote").count() >= 1
    assert page.evaluate(f"{VIEW}.selected.size") >= 1
    picked = page.evaluate(f"[...{VIEW}.selected]")
    assert set(picked) <= shown(page)


def test_who_spoke_of_whom_and_what_somebody_is_are_drawn_only_when_asked(opened):
    page = opened()
    kinds = f"{VIEW}.lines.flatMap((l) => l.statements.map((s) => s.kind))"
    assert "quote" not in page.evaluate(kinds)
    page.check("#switch-speech")
    assert "quote" in page.evaluate(kinds)
    assert "speech=1" in page.url


def test_a_focus_and_a_path_leave_no_shape_without_its_line(opened):
    for fragment in ("#focus=Ada_Demir", "#path=Ada_Demir&path=The_Coast_Hour&path=Alder_Studios"):
        page = opened(fragment=fragment)
        ends = page.evaluate(f"{VIEW}.lines.flatMap((l) => [l.from, l.to])")
        assert len(shown(page)) == 3
        assert shown(page) == set(ends)


def test_what_can_hurt_says_that_nobody_checked_it(opened, tmp_path):
    parts = small()
    hurt = [replace(s, unchecked=True) for s in parts.statements]
    page = opened(path=write_view(tmp_path / "a.html", parts.entities, hurt, parts.articles))
    assert "machine-read, unchecked" in page.locator(".brief").first.inner_text()


def test_sources_disagree_only_across_articles(opened, tmp_path):
    parts = small()
    page = opened()
    assert "Where the articles disagree" in details(page)
    first = parts.articles[0].id
    one = [
        replace(s, evidence=tuple(replace(e, article=first) for e in s.evidence))
        for s in parts.statements
    ]
    page = opened(path=write_view(tmp_path / "a.html", parts.entities, one, parts.articles))
    assert "disagree" not in details(page)


def test_without_outlets_and_dates_no_file_passes_for_an_outlet(opened, tmp_path):
    parts = small()
    bare = [replace(a, publisher=None, date=None, title=None) for a in parts.articles]
    told = [replace(s, time=None) for s in parts.statements]
    page = opened(path=write_view(tmp_path / "a.html", parts.entities, told, bare))
    page.click("#tab-sources")
    assert "3 articles, newest first" in page.inner_text("#panel-sources")
    line = page.locator("#panel-sources .source", has_text="wire.txt").inner_text()
    assert line.count("wire.txt") == 1
    page.click("#tab-timeline")
    assert "Nothing here has a date" in page.inner_text("#panel-timeline")
    assert page.locator("#panel-timeline .event").count() == 0


# --- mouse -------------------------------------------------------------------------------------


def test_a_line_tells_what_it_is_under_the_mouse(opened):
    page = opened()
    page.mouse.move(*line_point(page, "Alder Studios", "CutMind 2"))
    assert "Alder Studios used CutMind 2 (asserted)" in page.inner_text("#tip")


def test_dragging_moves_a_shape_or_the_picture_and_opens_nothing(opened):
    page = opened()
    x, y = node_point(page, "Ada Demir")
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 30, steps=4)
    page.mouse.up()
    assert node_point(page, "Ada Demir") == pytest.approx((x + 60, y + 30), abs=3)
    before = camera(page)
    box = page.locator("#canvas").bounding_box()
    page.mouse.move(box["x"] + 6, box["y"] + 6)
    page.mouse.down()
    page.mouse.move(box["x"] + 46, box["y"] + 36, steps=4)
    page.mouse.up()
    assert camera(page)["x"] < before["x"]
    assert "In brief" in details(page)


def test_the_picture_fits_again_when_the_window_changes(opened):
    page = opened("1000")
    page.set_viewport_size({"width": 1000, "height": 640})
    page.wait_for_timeout(200)
    assert used(page) >= 0.5
    width = page.evaluate(f"{VIEW}.lastScene.width")
    assert all(box["right"] <= width for box in drawn(page))


# --- fingers -----------------------------------------------------------------------------------


@pytest.fixture
def phone(opened):
    page = opened("1000", size=(390, 844), has_touch=True, is_mobile=True)
    return page, page.context.new_cdp_session(page)


def drag(page, session, starts: list[tuple[float, float]], ways: list[tuple[float, float]]) -> None:
    """Fingers go down, a few steps their ways, and up again."""

    def touch(kind: str, step: int) -> None:
        fingers = [
            {"x": x + dx * step, "y": y + dy * step, "id": i}
            for i, ((x, y), (dx, dy)) in enumerate(zip(starts, ways, strict=True))
        ]
        points = fingers if kind != "touchEnd" else []
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
        page.wait_for_timeout(30)

    touch("touchStart", 0)
    for step in range(1, 8):
        touch("touchMove", step)
    touch("touchEnd", 8)
    page.wait_for_timeout(200)


def test_a_tap_on_a_name_opens_that_name_and_no_other(phone):
    page, _ = phone
    for number in range(4):
        box = page.locator("#canvas").bounding_box()
        names = [b for b in drawn(page) if b["id"] >= 0]
        name = names[number % len(names)]
        label = page.evaluate(
            "(id) => JSON.parse(document.getElementById('data').textContent).nodes[id][1]",
            name["id"],
        )
        page.touchscreen.tap(
            box["x"] + (name["left"] + name["right"]) / 2,
            box["y"] + (name["top"] + name["bottom"]) / 2,
        )
        page.wait_for_timeout(500)
        assert page.inner_text("#panel-details h2") == label
        page.evaluate("window.scrollTo(0, 0)")


def test_one_finger_scrolls_the_page_two_move_the_picture(phone):
    page, session = phone
    before = camera(page)
    drag(page, session, [(200, 600)], [(0, -30)])
    assert page.evaluate("window.scrollY") > 100
    assert camera(page) == before
    page.evaluate("window.scrollTo(0, 0)")
    drag(page, session, [(150, 400), (250, 400)], [(-8, 0), (8, 0)])
    assert camera(page)["scale"] > before["scale"] * 1.3
    assert page.evaluate("window.scrollY") == 0


def test_a_tour_comes_into_sight_where_it_lies_below_the_picture(phone):
    page, _ = phone
    page.tap("#show-tour")
    page.wait_for_timeout(200)
    box = page.locator("#tour").bounding_box()
    assert box["y"] + box["height"] <= 844 + 1
    page.tap("#add-step")
    page.keyboard.type("What happened first")
    page.evaluate("window.scrollTo(0, 0)")
    page.tap("#step-after")
    page.wait_for_timeout(200)
    box = page.locator("#tour .say").bounding_box()
    assert 0 <= box["y"] <= 844 - box["height"]


def test_after_a_tap_on_move_one_finger_moves_the_picture(phone):
    page, session = phone
    page.locator("#move").tap()
    before = camera(page)
    box = page.locator("#canvas").bounding_box()
    free = page.evaluate(
        f"""(() => {{ for (let x = 15; x < 280; x += 7) for (let y = 15; y < 280; y += 7)
          if ({VIEW}.nodeAt({{x, y}}) < 0) return [x, y]; }})()"""
    )
    drag(page, session, [(box["x"] + free[0], box["y"] + free[1])], [(10, 10)])
    assert camera(page)["x"] < before["x"]
    assert page.evaluate("window.scrollY") == 0
    page.locator("#move").tap()
    assert page.get_attribute("#move", "aria-pressed") == "false"


# --- keys and paper ----------------------------------------------------------------------------


def test_lines_are_reached_by_keyboard(opened):
    page = opened()
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("l")
    first = page.inner_text("#live")
    assert "Alder Studios" in first
    page.keyboard.press("l")
    assert page.inner_text("#live") != first
    page.keyboard.press("Enter")
    assert "Between two entities" in details(page)


def test_a_slash_opens_the_search_and_is_not_typed_into_it(opened):
    page = opened()
    page.keyboard.press("/")
    page.keyboard.press("/")
    page.keyboard.type("and/or")
    assert page.input_value("#search") == "and/or"


def test_the_table_breaks_no_word(opened):
    page = opened("300", "#tab=statements")
    broken = page.locator("#panel-statements tbody td").evaluate_all(
        """cells => cells.flatMap((td) => { const found = [], walk = document.createTreeWalker(td, 4);
          for (let n = walk.nextNode(); n; n = walk.nextNode()) for (const m of n.data.matchAll(/\\S+/g)) {
            const range = document.createRange(); range.setStart(n, m.index); range.setEnd(n, m.index + m[0].length);
            if (new Set([...range.getClientRects()].map((r) => Math.round(r.top))).size > 1) found.push(m[0]);
          } return found; })"""
    )
    assert broken == []


@pytest.mark.parametrize("size", [(1440, 900), (1280, 800), (390, 844)])
def test_the_table_fits_beside_the_picture(opened, size):
    page = opened("300", "#tab=statements", size=size)
    table = page.locator("#panel-statements .table")
    assert table.evaluate("e => e.scrollWidth <= e.clientWidth")
    heads = page.locator("#panel-statements th")
    assert heads.count() == 7
    box = table.bounding_box()
    for head in heads.all():
        place = head.bounding_box()
        assert place["x"] >= box["x"] - 1
        assert place["x"] + place["width"] <= box["x"] + box["width"] + 1


def test_a_long_head_leaves_the_search_its_room(opened):
    page = opened(
        "1000", view={"limit_entities": 100, "limit_statements": 150, "title": "A long title " * 20}
    )
    assert page.locator("#search").bounding_box()["width"] >= 200


def test_paper_has_no_buttons(opened):
    page = opened("300")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    framed = page.locator("button:visible").evaluate_all(
        "all => all.filter((b) => getComputedStyle(b).borderTopWidth !== '0px').map((b) => b.textContent)"
    )
    assert framed == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_picture_to_edit_is_whole_and_says_where_it_comes_from(opened, theme):
    page = opened("small", f"#theme={theme}")
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click("#export-svg")
    text = Path(waiting.value.path()).read_text(encoding="utf-8")
    assert text.startswith("<svg ")
    for words in (
        "What the articles say",
        "Alder Studios",
        "Asserted",
        "Sources: 3 articles",
        "The Harbour Post",
    ):
        assert words in text
    assert not re.search(r"<script|href|NaN|undefined", text)


def test_a_picture_is_twice_as_fine_as_the_screen(opened):
    page = opened()
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click("#export-png")
    data = Path(waiting.value.path()).read_bytes()
    wide = int.from_bytes(data[16:20], "big")
    assert wide == pytest.approx(2 * page.locator("#canvas").bounding_box()["width"], abs=4)


def test_nothing_is_left_out_below_the_limits(opened):
    page = opened("1000")
    assert "Left out" not in page.inner_text("#summary")
    assert ViewOptions().limit_entities >= ViewOptions().limit_statements
