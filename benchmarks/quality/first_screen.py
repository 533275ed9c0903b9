"""What the first screen of a graph's page tells in ten seconds, as a machine can count it.

::

    python -m benchmarks.quality.first_screen GRAPH...      # folders that kg build wrote
    python -m benchmarks.quality.first_screen output --shots FOLDER

For each graph: of the five most reported stories those whose headline stands in the text of the
screen, shapes without a name of their own, shapes whose name is not drawn, shapes without a line, pairs of names that overlap, names
off the screen, and the part of the canvas that shapes and names spread over.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import kg
from tests.support.browser import Watched, browser

_COUNT = """() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const view = document.getElementById("canvas").view;
  const scene = view.lastScene;
  const boxes = [...scene.named, ...scene.captions];
  const text = document.body.innerText + boxes.map((b) => b.story >= 0 ? data.stories[b.story][0] : "").join(" ");
  const told = data.stories.slice(0, 5).filter(([title]) => text.includes(title.replace(/\\s+/g, " ").slice(0, 60)));
  const linked = new Set(view.lines.flatMap((l) => [l.from, l.to]));
  const over = (a, b) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
  const all = [...boxes, ...scene.points.map((p) => ({ left: p.x, right: p.x, top: p.y, bottom: p.y }))];
  const side = (low, high) => Math.max(...all.map((b) => b[high])) - Math.min(...all.map((b) => b[low]));
  return {
    stories: `${told.length} of ${Math.min(5, data.stories.length)}`,
    shapes: view.ids.length,
    nameless: view.ids.filter((id) => data.nodes[id][3] === 0).length,
    unlabelled: view.ids.filter((id) => !boxes.some((b) => b.id === id)).length,
    unlinked: view.ids.filter((id) => !linked.has(id)).length,
    overlaps: boxes.flatMap((a, i) => boxes.slice(i + 1).filter((b) => over(a, b))).length,
    "cut off": boxes.filter((b) => b.left < 0 || b.top < 0 || b.right > scene.width || b.bottom > scene.height).length,
    canvas: Math.round(100 * side("left", "right") * side("top", "bottom") / scene.width / scene.height) / 100,
  };
}"""


def counts(chromium: Any, page: Path, shot: Path | None = None) -> dict[str, Any]:
    """The figures of one page on a screen of 1440 × 900."""
    context = chromium.new_context(offline=True, viewport={"width": 1440, "height": 900})
    try:
        opened = Watched(context.new_page()).open(page)
        opened.wait_for_timeout(200)
        if shot:
            opened.screenshot(path=shot)
        found: dict[str, Any] = opened.evaluate(_COUNT)
        return found
    finally:
        context.close()


def main() -> int:
    names = sys.argv[1:]
    shots = Path(names.pop()) if "--shots" in names else None
    names = [name for name in names if name != "--shots"]
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        for number, name in enumerate(names):
            page = kg.open_graph(name).view(Path(folder) / f"{number}.html")
            shot = shots / f"{Path(name).name}.png" if shots else None
            found = counts(chromium, page, shot)
            print(name, *(f"{key} {value}" for key, value in found.items()), sep="  ")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
