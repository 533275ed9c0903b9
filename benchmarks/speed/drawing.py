"""What a redraw costs: the page's own canvas, vis-network (as pyvis ships it) and, if asked, sigma.

::

    python -m benchmarks.speed.drawing                        # 2,000 and 5,000 entities
    python -m benchmarks.speed.drawing --sigma FOLDER         # with graphology.umd.min.js and sigma.min.js in it

All draw the same invented graph at the same places in headless Chromium without a graphics card. The figure is
processor time of the whole browser for one redraw (mean of ten), and beside it the time on the clock.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.view import ViewOptions, write_view
from kg.view.graph_layout import layout
from kg.view.networkx_graph import network, vis_network
from kg.view.styles import family, status_style
from tests.support.browser import browser
from tests.support.graphs import Graph, graph

SIZES = (2000, 5000)
TIMES = 10

_FRAME = "new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
_VIS = """new vis.Network(document.body, {nodes: new vis.DataSet(DATA.nodes.map((n) => ({id: n.id, label: n.label, x: n.x,
  y: n.y, shape: n.shape, color: n.color, size: 8}))), edges: new vis.DataSet(DATA.edges.map((e) => ({from: e.from, to: e.to,
  color: e.color, dashes: e.dash.length ? e.dash : false, arrows: "to", smooth: false})))},
  {physics: false, layout: {improvedLayout: false}})"""
_SIGMA = """(() => { const g = new graphology.MultiDirectedGraph();
  for (const n of DATA.nodes) g.addNode(n.id, {label: n.label, x: n.x, y: -n.y, size: 4, color: n.color});
  for (const e of DATA.edges) g.addEdge(e.from, e.to, {size: 1, color: e.color});
  return new Sigma(g, document.body, {allowInvalidContainer: true}); })()"""


def page_of(parts: Graph, scripts: list[str], start: str) -> str:
    """A bare page that draws the graph with a library; `window.shown` is what it made."""
    drawn = network(parts.entities, parts.statements)
    places = layout(drawn)
    nodes = [
        {"id": iri, "label": data["label"], "x": places[iri][0], "y": places[iri][1],
         "shape": family(data["type"])["shape"], "color": family(data["type"])["light"]}
        for iri, data in drawn.nodes(data=True)
    ]  # fmt: skip
    edges = [
        {"from": a, "to": b, "color": status_style(d["status"])["light"], "dash": status_style(d["status"])["dash"]}
        for a, b, d in drawn.edges(data=True)
    ]  # fmt: skip
    data = json.dumps({"nodes": nodes, "edges": edges}).replace("<", "\\u003c")
    code = "".join(f"<script>{text}</script>" for text in scripts)
    return (
        "<!DOCTYPE html><meta charset=utf-8><style>html,body{margin:0;height:100%}</style><body>"
        f"{code}<script>const DATA = {data}; window.shown = {start};</script>"
    )


def processor_time() -> float:
    """Seconds of all processes below this one, the ended ones included."""
    parents, used = {}, {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                fields = (folder / "stat").read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue
            parents[int(folder.name)] = int(fields[1])
            used[int(folder.name)] = int(fields[11]) + int(fields[12])
    ours = {os.getpid()}
    while more := {p for p, above in parents.items() if above in ours} - ours:
        ours |= more
    return sum(used.get(p, 0) for p in ours - {os.getpid()}) / os.sysconf("SC_CLK_TCK")


def redraws(page: Any, redraw: str) -> tuple[float, float]:
    """Processor time and time on the clock of one redraw, in seconds."""
    page.wait_for_timeout(3000)
    act = f"async () => {{ for (let i = 0; i < {TIMES}; i += 1) {{ {redraw}; await {_FRAME}; }} }}"
    page.evaluate(act)
    used, clock = processor_time(), time.perf_counter()
    page.evaluate(act)
    return (processor_time() - used) / TIMES, (time.perf_counter() - clock) / TIMES


def main() -> int:
    folder = Path(sys.argv[sys.argv.index("--sigma") + 1]) if "--sigma" in sys.argv else None
    print("entities lines  drawn by       processor    clock")
    with tempfile.TemporaryDirectory() as scratch, browser() as chromium:
        for size in SIZES:
            parts = graph(size)
            pages: list[tuple[str, str | None, str, str]] = [
                ("own canvas", None, "#many=100000&topics=1&attributes=1&speech=1", "document.getElementById('canvas').view.draw()"),
                ("vis-network", page_of(parts, [vis_network()], _VIS), "", "window.shown.redraw()"),
            ]  # fmt: skip
            if folder:
                code = [
                    next(folder.rglob(name)).read_text(encoding="utf-8")
                    for name in ("graphology.umd.min.js", "sigma.min.js")
                ]
                pages.append(("sigma", page_of(parts, code, _SIGMA), "", "window.shown.refresh()"))
            for name, text, fragment, redraw in pages:
                path = Path(scratch) / "page.html"
                if text is None:
                    write_view(path, *parts.parts(), options=ViewOptions(topics=True))
                else:
                    path.write_text(text, encoding="utf-8")
                page = chromium.new_page(viewport={"width": 1440, "height": 900})
                page.goto(path.as_uri() + fragment)
                used, clock = redraws(page, redraw)
                print(
                    f"{size:8} {len(parts.statements):6} {name:12} {used:8.3f} s {clock:8.3f} s",
                    flush=True,
                )
                page.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
