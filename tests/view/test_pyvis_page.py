from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest

from kg import open_graph
from kg.cli import run
from kg.view import ViewOptions, render_pyvis
from tests.support.browser import Watched
from tests.support.graphs import landed, small


def test_pyvis_draws_the_named_things_and_every_line_between_them():
    page = render_pyvis(*small().parts())
    assert '"label":"Ada Demir"' in page
    assert '"label":"crews"' not in page
    assert '"label":"crews"' in render_pyvis(*small().parts(), options=ViewOptions(topics=True))
    assert '"dashes":[2,5]' in page


def test_only_vis_network_and_its_start_may_run_and_nothing_is_linked():
    page = render_pyvis(*small().parts())
    policy = html.unescape(re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1])
    assert policy.count("'sha256-") == 3
    assert "unsafe" not in policy
    assert not re.search(r"<script[^>]*src|<link[^>]*href=\"(?!data:)|sourceMappingURL", page)
    assert "Apache 2.0 License" in page


def test_the_command_and_the_graph_write_it_beside_the_page(tmp_path, capsys):
    out = landed(tmp_path)
    assert run(["view", "--pyvis", "--graph", str(out), "--focus", "Ada Demir"]) == 0
    assert capsys.readouterr().out.strip() == str(out / "network.html")
    page = (out / "network.html").read_text(encoding="utf-8")
    assert '"label":"Alder Studios"' in page
    assert '"label":"Porthaven"' not in page
    with open_graph(out) as graph:
        whole = graph.network_page(tmp_path / "all.html").read_text(encoding="utf-8")
    assert '"label":"Porthaven"' in whole


@pytest.mark.browser
def test_it_shows_itself_without_a_network_and_runs_no_text(chromium, tmp_path):
    parts = small()
    nasty = "</script><script>document.title='run'</script><img src=x onerror=alert(1)>"
    entities = [replace(e, label=nasty) if e.label == "Ada Demir" else e for e in parts.entities]
    path = tmp_path / "network.html"
    path.write_text(render_pyvis(entities, parts.statements, parts.articles), encoding="utf-8")
    context = chromium.new_context(offline=True)
    try:
        watch = Watched(context.new_page())
        watch.page.goto(path.as_uri())
        count = "document.getElementById('network').network.body.nodeIndices.length"
        watch.page.wait_for_function(f"{count} > 5")
        assert watch.page.title() == "What the articles say"
        assert watch.troubles == []
    finally:
        context.close()
