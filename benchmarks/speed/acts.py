"""What one act of a reader costs on the page of a graph: a click, a filter, a search.

::

    python -m benchmarks.speed.acts GRAPH...      # folders that kg build wrote

Figures are processor seconds of the whole browser for one act (mean of twelve), in headless Chromium without a graphics
card: opening the page until it answers, then acts on the first screen, with each tab open, and with every shape and line drawn.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from pathlib import Path
from typing import Any

import kg
from benchmarks.speed.drawing import processor_time
from tests.support.browser import Watched, browser

_TIMES = 12
_ALL = "many=100000&topics=1&attributes=1&speech=1"
_TABS = ("read", "claims", "quotes", "timeline", "statements", "sources")
_FILTER = "document.querySelector(`#status-${i % 3}`).click()"
_SEARCH = """const box = document.querySelector('#search'); box.focus();
  box.value = ['har', 'a', 'ze', 'm', 'port', 'in'][i % 6]; box.dispatchEvent(new Event('input'))"""
_CLICK = """const view = document.querySelector('#canvas').view, inside = view.lastScene.points.filter((p) => p.inside);
  const point = inside[(i * 7) % inside.length]; view.click({x: point.x, y: point.y})"""
_ACT = """async () => {
  for (let i = 0; i < TIMES; i += 1) {
    DO;
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
  }
}"""


def seconds(page: Any, act: str) -> float:
    """Processor time of one act; each is done once before it counts."""
    script = _ACT.replace("TIMES", str(_TIMES)).replace("DO", f"{{ {act} }}")
    page.evaluate(script)
    page.wait_for_timeout(1500)
    before = processor_time()
    page.evaluate(script)
    page.wait_for_timeout(300)
    return (processor_time() - before) / _TIMES


def measured(chromium: Any, path: Path) -> dict[str, float]:
    """The figures of one page."""
    found: dict[str, float] = {}
    acts = {"click": ("", _CLICK), "filter": ("", _FILTER), "search": ("", _SEARCH)}
    acts |= {f"filter, {tab}": (f"tab={tab}", _FILTER) for tab in _TABS}
    everything = [
        "click",
        "search",
        "filter",
        *(f"filter, {tab}" for tab in ("claims", "timeline", "statements")),
    ]
    acts |= {f"all: {name}": (f"{_ALL}&{acts[name][0]}", acts[name][1]) for name in everything}
    for name, (address, act) in acts.items():
        context = chromium.new_context(offline=True, bypass_csp=True, viewport={"width": 1440, "height": 900})  # fmt: skip
        empty = context.new_page()
        before = processor_time()
        page = Watched(empty).open(path, f"#{address}")
        if name == "click":
            found["open"] = processor_time() - before
        page.wait_for_timeout(1500)
        found[name] = seconds(page, act)
        context.close()
    return found


def main() -> int:
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        for number, name in enumerate(sys.argv[1:]):
            path = kg.open_graph(name).view(Path(folder) / f"{number}.html")
            data = re.search(r'id="data">(.*?)</script>', path.read_text(encoding="utf-8"), re.S)
            shown = json.loads(data.group(1)) if data else {}
            print(f"{name}: {len(shown['statements'])} statements, {len(shown['articles'])} articles,"
                  f" {path.stat().st_size / 1e6:.1f} MB")  # fmt: skip
            for act, cost in measured(chromium, path).items():
                print(f"  {act:28} {cost:6.3f} s", flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
