"""The view as a reader uses it: clicking, typing, going back, taking away."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.graph.mapping import Mapper
from kg.model import Relation
from kg.view import inline, write_view
from tests.support.browser import axe_source
from tests.support.graphs import BASE, small

pytestmark = pytest.mark.browser


def drawn(page) -> list[dict]:
    """The names on the graph, with their boxes; titles of stories have the id -1."""
    page.wait_for_timeout(60)
    return page.evaluate("document.getElementById('canvas').view.lastScene.named")


def shown(page) -> set[int]:
    return set(page.evaluate("document.getElementById('canvas').view.ids"))


def line_point(page, first: str, second: str) -> tuple[float, float]:
    """A point on the page where a reader sees the line between two entities."""
    page.wait_for_timeout(60)
    found = page.evaluate(
        """([first, second]) => {
          const canvas = document.getElementById("canvas"), view = canvas.view;
          const raw = JSON.parse(document.getElementById("data").textContent).nodes;
          const a = raw.findIndex((n) => n[1] === first), b = raw.findIndex((n) => n[1] === second);
          const curve = view.lastScene.curves.find((c) => c.line.from === a && c.line.to === b);
          const on = (t) => Object.fromEntries(["x", "y"].map((k) => [k, (1 - t) * (1 - t) * curve.from[k]
            + 2 * t * (1 - t) * curve.via[k] + t * t * curve.to[k]]));
          const box = canvas.getBoundingClientRect();
          const point = [0.5, 0.4, 0.6, 0.3, 0.7, 0.25, 0.75].map(on)
            .find((p) => view.nodeAt(p) < 0 && view.lineAt(p) === curve.line);
          return [point.x + box.left, point.y + box.top];
        }""",
        [first, second],
    )
    return found[0], found[1]


def node_point(page, label: str) -> tuple[float, float]:
    page.wait_for_timeout(60)
    found = page.evaluate(
        """(label) => {
          const canvas = document.getElementById("canvas"), view = canvas.view;
          const raw = JSON.parse(document.getElementById("data").textContent).nodes;
          const id = raw.findIndex((n) => n[1] === label);
          const point = view.camera.toScreen(view.places.get(id));
          const box = canvas.getBoundingClientRect();
          return [point.x + box.left, point.y + box.top];
        }""",
        label,
    )
    return found[0], found[1]


def details(page) -> str:
    return page.inner_text("#panel-details")


def choose(page, name: str) -> None:
    page.fill("#search", name)
    page.keyboard.press("Enter")


def open_facet(page, name: str) -> None:
    summary = page.locator("#filters summary", has_text=name)
    if summary.evaluate("e => !e.parentElement.open"):
        summary.click()


def download(page, button: str) -> str:
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click(button)
    return Path(waiting.value.path()).read_text(encoding="utf-8")


# --- the first screen --------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["small", "1000"])
def test_names_on_the_first_screen_do_not_overlap(opened, name):
    page = opened(name)
    boxes = drawn(page)
    assert len(boxes) >= (6 if name == "small" else 25)
    for i, a in enumerate(boxes):
        for b in boxes[i + 1 :]:
            apart = (
                a["right"] <= b["left"] or b["right"] <= a["left"]
                or a["bottom"] <= b["top"] or b["bottom"] <= a["top"]
            )  # fmt: skip
            assert apart, (a, b)


@pytest.mark.parametrize("name", ["small", "1000"])
def test_a_name_stands_nearest_to_its_own_shape(opened, name):
    page = opened(name)
    names = drawn(page)
    points = page.evaluate("document.getElementById('canvas').view.lastScene.points")
    shapes = {p["id"]: p for p in points}
    always = set(sorted(shapes)[:12])  # named in any case

    def gap(shape: dict, box: dict) -> float:
        x = max(box["left"] - shape["x"], 0, shape["x"] - box["right"])
        y = max(box["top"] - shape["y"], 0, shape["y"] - box["bottom"])
        return (x * x + y * y) ** 0.5 - shape["size"]

    others = [box for box in names if box["id"] not in always and box["id"] >= 0]
    assert others or name == "small"
    for box in others:
        nearest = min(shapes.values(), key=lambda shape: gap(shape, box))
        assert nearest["id"] == box["id"], (shapes[box["id"]], nearest, box)


def test_topics_without_a_name_are_hidden_until_asked_for(opened):
    page = opened()
    before = shown(page)
    page.check("#topics")
    assert len(shown(page)) == len(before) + 1
    assert "topics=1" in page.url


def test_the_legend_names_every_type_and_status_that_occurs(opened):
    page = opened()
    legend = page.inner_text("#legend")
    for word in ("Person", "Organisation", "Place", "Asserted", "Claimed", "Planned", "Possible",
                 "Hypothetical", "Denied"):  # fmt: skip
        assert word in legend
    assert page.locator("#legend svg").count() >= 11


def test_status_shows_in_dash_and_mark_not_in_colour_alone(opened):
    page = opened()
    looks = page.evaluate(
        """() => { const view = document.getElementById("canvas").view;
        return Object.fromEntries(view.lines.map((l) => [
          ["asserted", "claimed", "planned", "possible", "hypothetical", "denied"][l.status],
          String(JSON.parse(document.getElementById("data").textContent).styles.status[l.status].dash)])); }"""
    )
    page.check("#topics")
    assert looks["asserted"] == ""
    assert len({looks["asserted"], looks["planned"], looks["possible"]}) == 3
    marks = page.evaluate(
        "document.getElementById('canvas').view.lastScene.lines.map((l) => l.line.status)"
    )
    assert 5 in marks


# --- clicking ----------------------------------------------------------------------------------


def test_a_click_on_a_line_shows_sentence_words_article_and_status(opened):
    page = opened()
    page.mouse.click(*line_point(page, "Alder Studios", "CutMind 2"))
    text = details(page)
    assert "Asserted" in text
    assert "2 independent sources" in text
    assert "Studio tests video tool" in text
    assert "The Harbour Post, 6 August 2025" in text
    marks = page.locator("#panel-details mark").all_inner_texts()
    assert marks[:3] == ["Alder Studios", "has begun to use", "CutMind 2"]
    link = page.locator("#panel-details cite a").first
    assert link.get_attribute("href") == "https://news.example/a"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_words_within_words_are_marked_apart(opened, tmp_path):
    graph = small()
    changed = [
        replace(s, evidence=tuple(
            replace(e, text="Alder Studios boss Ada Demir spoke.", predicate_text="boss",
                    subject_text="Alder Studios boss Ada Demir", object_text="Alder Studios")
            for e in s.evidence
        )) if s.predicate.label == "leads" else s
        for s in graph.statements
    ]  # fmt: skip
    page = opened(path=write_view(tmp_path / "a.html", graph.entities, changed, graph.articles))
    page.mouse.click(*line_point(page, "Ada Demir", "Alder Studios"))
    marks = page.locator("#panel-details mark")
    assert marks.all_inner_texts() == ["Alder Studios", "boss", "Ada Demir"]
    assert marks.nth(2).get_attribute("class") == "subject"


def test_a_claim_names_its_speaker_and_shows_the_pronoun_as_it_stands(opened):
    page = opened(fragment="#topics=1")
    page.mouse.click(*line_point(page, "CutMind 2", "crews"))
    text = details(page)
    assert "Claimed" in text
    assert "according to Omar Gallo" in re.sub(r"\s+", " ", text)
    assert page.locator("#panel-details mark.subject").inner_text() == "the tool"


def test_what_one_article_asserts_and_another_denies_stands_together(opened):
    page = opened()
    assert "Where the articles disagree" in details(page)
    page.mouse.click(*line_point(page, "Alder Studios", "Beacon Labs"))
    badges = page.locator("#panel-details .badge").all_inner_texts()
    assert {"Asserted", "Denied"} <= set(badges)


def test_a_click_on_an_entity_shows_its_card(opened):
    page = opened()
    page.mouse.click(*node_point(page, "Ada Demir"))
    text = details(page)
    assert "Person" in text
    assert "Also: Demir" in text
    assert "leads" in text
    assert "Said" in text
    assert "“It was done ten times faster”" in text
    page.locator("#panel-details summary", has_text="Sources").click()
    page.locator("#panel-details .source", has_text="Studio tests video tool").wait_for()
    page.locator("#panel-details summary", has_text="Timeline").click()
    page.get_by_text("6 August 2025, reported").first.wait_for()


def test_a_card_folds_verbs_that_say_the_same_and_puts_one_thing_in_one_row(opened, tmp_path):
    parts = small()
    used = next(s for s in parts.statements if s.predicate.label == "used")
    labels = {"created": "created", "developed": "developed", "owns": "owns"}
    made = [
        replace(used, id=f"{used.id}{name}", status=status, predicate=Relation(f"{BASE}ontology#{name}", label))
        for name, label in labels.items() for status in ("asserted", "planned")
    ]  # fmt: skip
    made = [replace(s, id=f"{s.id}{s.status}") for s in made]
    page = opened(path=write_view(tmp_path / "a.html", parts.entities, made, parts.articles))
    page.mouse.click(*node_point(page, used.subject.label))
    rows = page.locator("#panel-details .fact").all_inner_texts()
    assert len(rows) == 2
    assert sorted(text.count("Planned") for text in rows) == [1, 2]
    assert "created, developed" in " ".join(rows)


def test_a_card_draws_what_is_around_and_a_click_there_goes_on(opened):
    page = opened()
    choose(page, "Alder Studios")
    around = page.locator("#panel-details svg.near")
    assert "CutMind 2" in around.get_attribute("aria-label")
    assert around.locator(".neighbour").count() >= 3
    around.locator(".neighbour", has_text="CutMind 2").first.click()
    assert page.inner_text("#panel-details h2") == "CutMind 2"


@pytest.mark.parametrize(
    ("button", "switch"), [("#add-speech", "#switch-speech"), ("#add-topics", "#topics")]
)
def test_a_picture_of_few_names_offers_what_else_there_is_to_draw(opened, button, switch):
    page = opened()
    page.click(button)
    assert page.is_checked(switch)
    assert page.locator(button).count() == 0
    assert opened("1000").locator("#add-speech, #add-topics").count() == 0


def test_each_shape_of_a_small_picture_has_its_name(opened):
    for page in (opened(), opened("1000")):
        named = {box["id"] for box in drawn(page)}
        assert shown(page) <= named


def test_a_speaker_s_card_lists_what_the_speaker_claims(opened):
    page = opened()
    choose(page, "Gallo")
    assert "What Omar Gallo claims" in details(page)
    assert "crews" in details(page)


# --- search and filters ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "down", "panel", "told"),
    [
        ("demir", 0, "#panel-details h2", "Ada Demir"),  # an alias, whatever its case
        ("demir", 1, "#panel-details h2", "Ada Demir leads Alder Studios"),
        ("ten faster", 0, "#panel-details h2", "Ada Demir said “It was done ten times faster”"),
        ("for the guild", 0, "#panel-read .found", "for the Guild"),
    ],
)
def test_one_box_finds_names_statements_quotations_and_text_by_keyboard(
    opened, typed, down, panel, told
):
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type(typed)
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.locator(panel).inner_text() == told


def test_of_a_question_a_file_says_where_it_can_be_asked(opened):
    page = opened()
    page.fill("#search", "what's Ada's job?")
    (told,) = page.locator('#found li[data-kind="question"]').all_inner_texts()
    assert r"kg ask 'what'\''s Ada'\''s job?'" in told
    page.keyboard.press("Enter")
    page.locator("#live", has_text=re.compile("copied|not copy")).wait_for(state="attached")
    assert page.is_hidden("#answer")
    for words in ("demir", "for the guild", "who"):
        page.fill("#search", words)
        assert page.locator('#found li[data-kind="question"]').count() == 0


def test_search_says_when_there_is_no_such_name(opened):
    page = opened()
    page.fill("#search", "zzz")
    assert page.inner_text("#found") == "Nothing found"
    page.keyboard.press("Escape")
    assert page.is_hidden("#found")


def test_counts_beside_filters_tell_what_choosing_would_leave(opened):
    page = opened()
    count = page.locator("label[for=status-0] .count").inner_text()
    assert count == "6"
    page.check("#status-0")
    assert page.inner_text("#passing") == "6 of 11 statements"
    assert page.locator("label[for=status-5] .count").inner_text() == "1"
    page.check("#status-5")
    assert page.inner_text("#passing") == "7 of 11 statements"


def test_all_filters_work_together_and_reset_takes_them_all_away(opened):
    page = opened()
    page.check("#status-0")
    open_facet(page, "Relation")
    page.locator("label", has_text="used").locator("input").check()
    assert page.inner_text("#passing") == "1 of 11 statements"
    page.fill("#min", "2")
    page.keyboard.press("Enter")
    assert page.inner_text("#passing") == "1 of 11 statements"
    page.fill("#date-from", "2025-10-01")
    page.keyboard.press("Tab")
    assert page.inner_text("#passing") == "0 of 11 statements"
    assert "Nothing passes these filters" in page.inner_text("#notice")
    page.click("#reset")
    assert page.inner_text("#passing") == "11 of 11 statements"
    assert page.is_hidden("#notice")
    assert page.locator(".chip[aria-label^='Remove']").count() == 0


@pytest.mark.parametrize(
    ("facet", "choice", "left"),
    [
        ("Type", "Place", 1),
        ("Source", "Morning Ledger", 4),
        ("Speaker", "Omar Gallo", 1),
        ("Speaker", "Ada Demir", 1),
    ],
)
def test_each_filter_leaves_what_it_says(opened, facet, choice, left):
    page = opened()
    open_facet(page, facet)
    row = page.locator("#filters label", has=page.get_by_text(choice, exact=True))
    assert row.locator(".count").inner_text() == str(left)
    row.locator("input").check()
    assert page.inner_text("#passing") == f"{left} of 11 statements"
    page.locator(".chip[aria-label^='Remove']").click()
    assert page.inner_text("#passing") == "11 of 11 statements"


def test_the_date_range_takes_in_both_ends(opened):
    page = opened()
    page.fill("#date-from", "2025-08-06")
    page.fill("#date-to", "2025-08-06")
    page.keyboard.press("Tab")
    assert page.inner_text("#passing") == "3 of 11 statements"


# --- around, and from one to the other ---------------------------------------------------------


def test_focus_shows_one_to_three_hops(opened):
    page = opened()
    choose(page, "Ada Demir")
    page.click("#focus")
    sizes = [len(shown(page))]
    for hops in ("2", "3"):
        page.click(f"#hops-{hops}")
        sizes.append(len(shown(page)))
    assert sizes[0] == 3
    assert sizes == sorted(set(sizes))
    page.click("#leave-focus")
    assert len(shown(page)) >= 7


def test_neighbours_expand_and_collapse(opened):
    page = opened()
    choose(page, "Ada Demir")
    page.click("#focus")
    before = shown(page)
    choose(page, "Alder Studios")
    page.click("#expand")
    assert shown(page) > before
    page.click("#collapse")
    assert shown(page) == before
    page.click("#hide")
    assert len(shown(page)) == len(before) - 1
    page.click("#undo")
    assert shown(page) == before


def test_a_path_shows_the_evidence_of_every_hop(opened):
    page = opened()
    page.click("#show-path")
    page.keyboard.type("Ada Demir")
    page.keyboard.press("Enter")
    page.keyboard.type("Guild of Crews")
    page.keyboard.press("Enter")
    assert "Path of 3 hops" in details(page)
    hops = page.locator("#panel-details .hop")
    assert hops.count() == 3
    for i in range(3):
        assert hops.nth(i).locator("blockquote").count() >= 1
        assert hops.nth(i).locator("cite").count() >= 1
    assert len(shown(page)) == 4


def test_a_path_that_the_filters_cut_is_told_so(opened):
    page = opened()
    page.check("#status-1")
    page.click("#show-path")
    page.keyboard.type("Ada Demir")
    page.keyboard.press("Enter")
    page.keyboard.type("Guild")
    page.keyboard.press("Enter")
    assert "No path between Ada Demir and Guild of Crews with these filters" in details(page)


# --- the lists ---------------------------------------------------------------------------------


def test_quotes_are_listed_by_speaker_and_searched(opened):
    page = opened()
    page.click("#tab-quotes")
    assert "1 quote by 1 speaker" in page.inner_text("#panel-quotes")
    page.fill("#find-quotes", "slower")
    assert "0 quotes" in page.inner_text("#panel-quotes")
    page.fill("#find-quotes", "TEN TIMES")
    assert "Ada Demir" in page.inner_text("#panel-quotes")
    page.locator("#panel-quotes button", has_text="Source").click()
    assert "Studio tests video tool" in details(page)


def test_the_timeline_goes_by_the_time_told_else_by_the_article(opened):
    page = opened()
    page.click("#tab-timeline")
    months = page.locator("#panel-timeline .month").all_inner_texts()
    assert months == ["September 2025", "August 2025", "February 2024"]
    assert "February 2024" in page.locator("#panel-timeline .event .when").all_inner_texts()


def test_a_range_brushed_on_the_timeline_filters_everything(opened):
    page = opened()
    page.click("#tab-timeline")
    box = page.locator(".histogram").bounding_box()
    page.mouse.move(box["x"] + 2, box["y"] + 30)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 30, steps=4)
    page.mouse.up()
    assert page.inner_text("#passing") == "5 of 11 statements"
    assert page.inner_text("#brushed") == "February 2024 to December 2024"
    page.click("#all-dates")
    page.focus("#brush-0")
    page.keyboard.press("End")  # by keyboard: the last month alone
    assert page.inner_text("#brushed") == "September 2025"
    assert page.inner_text("#passing") == "3 of 11 statements"
    page.click("#when-happened")
    page.click("#reset")
    assert "1 statement, newest first" in page.inner_text("#panel-timeline")
    summary = page.locator("#panel-timeline summary", has_text="Without a date")
    assert "10" in summary.inner_text()


def test_the_table_sorts_by_every_column_and_says_so(opened):
    page = opened()
    page.click("#tab-statements")
    for name in ("relation", "object", "status", "speaker", "date", "sources"):
        page.click(f"#sort-{name}")
        header = page.locator(f"th:has(#sort-{name})")
        assert header.get_attribute("aria-sort") == "ascending"
    page.click("#sort-sources")
    assert page.locator("th:has(#sort-sources)").get_attribute("aria-sort") == "descending"
    assert page.locator("#panel-statements tbody tr").first.inner_text().startswith("Alder Studios")
    page.click("#sort-relation")
    cells = page.locator("#panel-statements tbody tr td:nth-child(2)").all_inner_texts()
    words = [cell.removeprefix("not: ") for cell in cells]
    assert words == sorted(words)
    page.fill("#find-table", "porthaven")
    assert page.locator("#panel-statements tbody tr").count() == 1


def test_sources_lead_to_their_statements(opened):
    page = opened()
    page.click("#tab-sources")
    assert "3 articles of 3 outlets" in page.inner_text("#panel-sources")
    page.locator("#panel-sources .source", has_text="Wire Seven").get_by_text("Only this").click()
    assert "source=Wire+Seven" in page.url
    assert "1 article of 1 outlet" in page.inner_text("#panel-sources")


# --- links and files ---------------------------------------------------------------------------


def test_a_link_opens_the_same_view_again(opened):
    page = opened()
    page.check("#status-0")
    choose(page, "Alder Studios")
    page.click("#focus")
    page.click("#hops-2")
    page.click("#theme")
    page.click("#tab-timeline")
    fragment = page.url[page.url.index("#") :]
    again = opened(fragment=fragment)
    assert shown(again) == shown(page)
    assert again.inner_text("#panel-timeline") == page.inner_text("#panel-timeline")
    assert again.inner_text("#bar") == page.inner_text("#bar")
    assert again.get_attribute("html", "data-theme") == "dark"
    assert again.is_checked("#status-0")


def test_back_undoes_a_step(opened):
    page = opened()
    choose(page, "Alder Studios")
    page.click("#focus")
    choose(page, "Ada Demir")
    page.go_back()
    assert page.inner_text("#panel-details h2") == "Alder Studios"
    page.go_back()
    assert page.locator("#leave-focus").count() == 0


def test_a_link_to_what_is_not_there_opens_the_first_screen(opened):
    page = opened(fragment="#focus=Nobody&sel=n:Nothing&status=shouted&hops=99&from=%3Cscript%3E")
    assert "In brief" in details(page)
    assert page.inner_text("#passing") == "11 of 11 statements"


def store() -> ox.Store:
    made = ox.Store()
    mapper, graph = Mapper(BASE), small()
    lines = [
        *(line for entity in graph.entities for line in mapper.entity(entity)),
        *(line for statement in graph.statements for line in mapper.statement(statement)),
        *(line for article in graph.articles for line in mapper.article(article)),
    ]
    made.load("\n".join(lines).encode(), format=ox.RdfFormat.N_TRIPLES)
    return made


def test_turtle_holds_what_is_shown_and_nothing_that_the_graph_has_not(opened):
    page = opened(fragment="#topics=1")
    text = download(page, "#export-turtle")
    triples = list(ox.parse(text.encode(), format=ox.RdfFormat.TURTLE))
    known = store()
    assert [t for t in triples if ox.Quad(t.subject, t.predicate, t.object) not in known] == []
    links = [t for t in triples if str(t.predicate).endswith("#status>")]
    assert len(links) == 11


@pytest.mark.parametrize(
    "fragment",
    [
        "#topics=1",
        "#status=denied&status=claimed&topics=1",
        "#focus=Ada_Demir",
        "#source=Wire+Seven&min=1",
        "#from=2025-08-06&to=2025-08-31",
        "#from=2024-02-10&to=2024&by=happened",
        "#from=2024-02&to=2024-02-01&by=either",
        "#type=Person",
        "#speaker=Omar_Gallo&topics=1",
        "#min=2",
    ],
)
def test_the_query_gives_exactly_the_statements_in_view(opened, fragment):
    page = opened(fragment=fragment)
    query = download(page, "#export-sparql")
    turtle = download(page, "#export-turtle")
    shown_statements = set(re.findall(r"^(stmt:\w+) a kg:Statement", turtle, re.MULTILINE))
    found = {"stmt:" + row["statement"].value.rsplit("/", 1)[1] for row in store().query(query)}
    assert found == shown_statements
    assert found


def test_csv_has_a_row_for_each_passage(opened):
    page = opened(fragment="#topics=1")
    rows = list(csv.DictReader(io.StringIO(download(page, "#export-csv").lstrip("\ufeff"))))
    assert len(rows) == 12
    one = next(r for r in rows if r["subject"] == "CutMind 2")
    assert (one["relation"], one["object"], one["status"]) == ("replaced", "crews", "claimed")
    assert one["speaker"] == "Omar Gallo"
    text = next(a.text for a in small().articles if a.source == "ledger.txt")
    assert text[int(one["start"]) : int(one["end"])] == one["passage"]


def test_the_picture_is_a_png_of_the_canvas(opened):
    page = opened()
    page.click("#show-export")
    with page.expect_download() as waiting:
        page.click("#export-png")
    assert waiting.value.suggested_filename == "graph.png"
    data = Path(waiting.value.path()).read_bytes()
    assert data[:8] == b"\x89PNG\r\n\x1a\n"
    assert len(data) > 10_000


def test_a_passage_is_copied_as_a_citation(opened):
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.mouse.click(*line_point(page, "Ada Demir", "Alder Studios"))
    page.locator("button", has_text="Copy citation").first.click()
    page.wait_for_selector("button:has-text('Copied')")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == (
        "“Ada Demir leads Alder Studios.” — “Studio tests video tool”, The Harbour Post, "
        "6 August 2025, https://news.example/a (characters 119–149 of the article text)."
    )


# --- for everybody -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fragment", "size"),
    [
        ("", (1440, 900)),
        ("#theme=dark", (1440, 900)),
        ("#sel=n:Alder_Studios", (1440, 900)),
        ("#sel=l:Alder_Studios%3EBeacon_Labs&theme=dark", (1440, 900)),
        ("#tab=statements", (1440, 900)),
        ("#tab=read&sel=n:Alder_Studios", (1440, 900)),
        ("#tab=read&theme=dark", (390, 844)),
        ("#tab=claims&compare=outlet&compare=Morning+Ledger&compare=Wire+Seven", (1440, 900)),
        ("#tab=quotes&status=asserted&focus=Ada_Demir", (390, 844)),
        ("#tab=timeline&theme=dark", (390, 844)),
        ("#tab=sources", (1000, 700)),
    ],
)
def test_axe_finds_nothing_serious(opened, fragment, size):
    page = opened(fragment=fragment, size=size, bypass_csp=True)
    page.add_script_tag(content=axe_source())
    found = page.evaluate("axe.run().then((r) => r.violations)")
    serious = [
        (v["id"], [n["html"][:160] for n in v["nodes"]][:3], v["nodes"][0]["failureSummary"])
        for v in found
        if v["impact"] in ("serious", "critical") or v["id"] == "color-contrast"
    ]
    assert serious == []


def test_everything_on_the_graph_is_reached_by_keyboard(opened):
    page = opened()
    page.focus("#canvas")
    page.keyboard.press("ArrowRight")
    said = page.inner_text("#live")
    assert "statement" in said
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.locator("#panel-details h2").inner_text() in page.inner_text("#live")
    page.focus("#canvas")
    page.keyboard.press("f")
    assert page.locator("#leave-focus").count() == 1
    page.keyboard.press("Escape")
    assert "In brief" in details(page)


def test_tabs_follow_the_arrow_keys(opened):
    page = opened()
    page.focus("#tab-details")
    page.keyboard.press("ArrowRight")
    assert page.get_attribute("#tab-read", "aria-selected") == "true"
    assert page.evaluate("document.activeElement.id") == "tab-read"
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.id") == "tab-sources"


def test_focus_goes_from_the_head_over_filters_and_graph_to_the_details(opened):
    page = opened()
    seen = []
    for _ in range(80):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("document.activeElement.id"))
        if seen[-1] == "panel-details":
            break
    order = ["skip", "search", "show-path", "theme", "topics", "canvas", "tab-details"]
    found = [name for name in seen if name in order]
    assert found == order


def test_a_phone_shows_everything_without_scrolling_sideways(opened):
    page = opened(size=(390, 844))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("#show-filters")
    page.check("#status-0")
    page.click("#close-filters")
    assert page.is_hidden("#status-0")
    choose(page, "Alder Studios")
    assert page.inner_text("#panel-details h2") == "Alder Studios"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_dark_mode_follows_the_system_and_the_button(opened):
    page = opened(color_scheme="dark")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.click("#theme")
    assert page.get_attribute("html", "data-theme") == "light"
    assert "theme=light" in page.url


def test_print_leaves_out_what_paper_cannot_do(opened):
    page = opened(fragment="#sel=n:Ada_Demir")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert "6 August 2025, reported" in page.locator("#panel-details").text_content()
    page.emulate_media(media="print")
    for gone in ("#filters", ".tools", "#tabs", "#canvas"):
        assert page.locator(gone).first.is_hidden()
    assert page.locator("#printed").is_visible()
    assert page.locator("#printed").evaluate("e => e.naturalWidth") > 300
    assert "Said" in details(page)


# --- sizes -------------------------------------------------------------------------------------


def test_an_empty_graph_says_what_to_do(opened):
    page = opened("0")
    assert "This graph is empty" in page.inner_text("#notice")
    assert "kg build" in details(page)
    for tab in ("read", "claims", "quotes", "timeline", "statements", "sources"):
        page.click(f"#tab-{tab}")
    page.click("#zoom-fit")


def test_one_entity_stands_in_the_middle(opened):
    page = opened("1")
    assert shown(page) == {0}
    x, y = page.evaluate(
        "(() => { const p = document.getElementById('canvas').view.lastScene.points[0]; return [p.x, p.y]; })()"
    )
    box = page.locator("#canvas").bounding_box()
    assert abs(x - box["width"] / 2) < 30
    assert abs(y - box["height"] / 2) < 60


def test_a_thousand_entities_are_shown_step_by_step(opened):
    page = opened("1000")
    assert len(shown(page)) == 40
    page.click("#more")
    assert len(shown(page)) == 100
    page.click("#more")
    page.click("#more")
    assert len(shown(page)) > 700  # all that is linked to another shape
    assert drawn(page)
    page.click("#fewer")
    assert len(shown(page)) == 40


@pytest.mark.slow
def test_five_thousand_entities_and_twenty_thousand_statements_are_usable(opened):
    page = opened("5000")
    ready = page.evaluate("performance.getEntriesByName('kg-interactive')[0].startTime")
    assert ready < 5_000
    assert "5,000 entities, 20,000 statements" in page.inner_text("#summary")
    page.check("#status-5")
    assert page.inner_text("#passing").endswith("of 20,000 statements")
    page.click("#reset")
    page.fill("#search", "harbor")
    assert page.locator("#found li[data-kind=name]").count() == 6
    page.keyboard.press("Escape")
    while page.locator("#more").count():
        page.click("#more")
    page.wait_for_timeout(3000)
    assert page.evaluate("canvas.view.lastScene.points.length") > 3000
    page.click("#tab-statements")
    page.click("#sort-object")
    assert page.locator("#panel-statements tbody tr").count() == 40


def test_what_a_limit_left_out_is_told_with_how_to_see_it(opened):
    page = opened("1000", view={"limit_entities": 100, "limit_statements": 150})
    told = page.inner_text("#summary")
    assert "1,000 entities, 4,000 statements" in told
    assert "Left out of this file" in told
    assert "kg view --focus" in told


# --- elsewhere ---------------------------------------------------------------------------------


def test_the_view_runs_inside_a_notebook_s_frame(chromium, pages, tmp_path):
    notebook = tmp_path / "notebook.html"
    page_text = pages("small").read_text(encoding="utf-8")
    notebook.write_text(f"<!DOCTYPE html><body>{inline(page_text)}</body>", encoding="utf-8")
    page = chromium.new_page(viewport={"width": 1400, "height": 800})
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(notebook.as_uri())
    frame = page.frame_locator("iframe")
    frame.locator("html[data-ready]").wait_for()
    frame.locator("#search").fill("demir")
    frame.locator("#search").press("Enter")
    assert frame.locator("#panel-details h2").inner_text() == "Ada Demir"
    assert errors == []
    page.close()


def test_a_focus_from_python_is_where_the_page_opens(opened):
    page = opened(view={"focus": "ada demir", "hops": 2})
    assert "Around Ada Demir" in page.inner_text("#bar")
    assert page.get_attribute("#hops-2", "aria-pressed") == "true"
    assert "within 2 of ada demir" in page.inner_text("#summary")
