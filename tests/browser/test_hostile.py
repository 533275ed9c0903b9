"""Text that would like to be more than text stays text."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.model import Node, Quotation
from kg.view import write_view
from tests.support.browser import Watched
from tests.support.graphs import Graph, small

pytestmark = pytest.mark.browser

NASTY = (
    "<script>document.title='run'</script>",
    '"><img src=x onerror="document.title=\'run\'">',
    "</script><script>document.title='run'</script>",
    "<!--<script>",
    "javascript:document.title='run'",
    "{{data}} ${document.title='run'} {{constructor.constructor('run')()}}",
    "مرحبا بالعالم \u202eevil\u202c שלום",
    "👩‍👩‍👧‍👦🏳️‍🌈 naïve café \u2028\u2029\u0000\ufeff",
    "A" * 2000,
    '=HYPERLINK("http://evil.example")',
    "&lt;b&gt;&amp;amp;",
)


def hostile(name: str, words: str, url: str) -> Graph:
    """The small graph with one name, one article and all words and addresses replaced."""
    graph = small()

    def node(found: Node | None) -> Node | None:
        return (
            replace(found, label=name, aliases=(name,))
            if found and found.label == "Ada Demir"
            else found
        )

    statements = []
    for s in graph.statements:
        target = node(s.object) if isinstance(s.object, Node) else s.object
        if isinstance(target, Quotation):
            target = replace(target, text=words, cue=words)
        evidence = tuple(
            replace(e, text=f"{words} {e.text} {words}", subject_text=words) for e in s.evidence
        )
        statements.append(
            replace(s, subject=node(s.subject), object=target, attributed_to=node(s.attributed_to),
                    sourcing=words, place=words, evidence=evidence)
        )  # fmt: skip
    entities = [
        replace(e, label=name, aliases=(name,)) if e.label == "Ada Demir" else e
        for e in graph.entities
    ]
    articles = [
        replace(
            a, title=words, publisher=words, url=url, authors=(words,), text=f"{words} {a.text}"
        )
        for a in graph.articles
    ]
    return Graph(entities, statements, articles)


@pytest.fixture(scope="module")
def page(chromium):
    context = chromium.new_context(offline=True, viewport={"width": 1300, "height": 800})
    yield Watched(context.new_page())
    context.close()


#: A corrections file of somebody's, dropped on the page.
_DROP = """(words) => { const data = new DataTransfer();
  const line = JSON.stringify({ what: words, to: words, things: [{ name: words, type: words }], passages: [{ text: words }] });
  data.items.add(new File([`${line}\n{"what": [`], "mine.jsonl"));
  window.dispatchEvent(new DragEvent("drop", { dataTransfer: data, cancelable: true })); }"""


def try_out(page: Watched, graph: Graph, folder) -> str:
    path = write_view(folder / "hostile.html", *graph.parts())
    opened = page.open(path, "#sel=n:Ada_Demir&topics=1")
    title = opened.title()
    for tab in ("read", "claims", "quotes", "timeline", "statements", "sources", "details"):
        opened.click(f"#tab-{tab}")
    opened.locator("#panel-details .quiet-button").first.click()
    opened.evaluate(_DROP, graph.entities[2].label)
    opened.locator("#live", has_text="taken in").wait_for(state="attached")
    opened.fill("#search", graph.entities[2].label[:40])
    addresses = opened.locator("a[href]").evaluate_all(
        "all => all.map((a) => a.getAttribute('href'))"
    )
    assert all(a.startswith(("http://", "https://", "#")) for a in addresses)
    assert opened.locator("img:not(#printed), iframe, object, embed, form").count() == 0
    assert opened.locator("script").count() == 2
    assert opened.title() == title == "What the articles say"
    assert page.troubles == []
    heading = opened.evaluate("document.body.textContent")
    opened.goto("about:blank")
    return heading


@pytest.mark.parametrize("text", NASTY, ids=range(len(NASTY)))
def test_hostile_text_shows_as_text_and_runs_nothing(page, tmp_path, text):
    shown = try_out(page, hostile(text, text, text), tmp_path)
    assert text.replace("\u0000", "")[:200] in shown.replace("\u0000", "")


@given(st.lists(st.sampled_from(NASTY) | st.text(min_size=1, max_size=60), min_size=3, max_size=3))
@settings(
    max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_at_all_runs(page, tmp_path, texts):
    try_out(page, hostile(*texts), tmp_path)
