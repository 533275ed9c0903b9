"""How fast a view opens and answers, side by side with plain pyvis on the same graph.

::

    python -m benchmarks.speed.view             # all sizes
    python -m benchmarks.speed.view 1000        # one

Each page is opened in headless Chromium with the network off. "Interactive" is the time from
opening the file to the first frame after which a click is answered (median of three loads). For
pyvis it is the end of its stabilisation, before which its picture moves and answers nothing; its
page is given vis-network inline, for without a network it would draw nothing at all.
"""

from __future__ import annotations

import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from kg.view import ViewOptions, write_view
from kg.view.networkx_graph import network, to_pyvis, vis_network
from tests.support.browser import browser
from tests.support.graphs import graph

#: Entities and the most seconds to interactive that we allow ourselves.
SIZES = {300: 1.0, 1000: 2.0, 5000: 5.0}
PATIENCE = 60  # seconds that pyvis is waited for

_ACT = """async (act) => {
  const times = [];
  for (let i = 0; i < 5; i += 1) {
    const start = performance.now();
    new Function("i", act)(i);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[2];
}"""
#: With everything on the canvas: until counts and lists answer, and until the picture follows.
_ACT_ALL = """async () => {
  const times = [], pictures = [];
  for (let i = 0; i < 3; i += 1) {
    const start = performance.now();
    document.querySelector(`#status-${i}`).click();
    times.push(performance.now() - start);
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    pictures.push(performance.now() - start);
    await new Promise((done) => setTimeout(done, 300));
  }
  return [times.sort((a, b) => a - b)[1], pictures.sort((a, b) => a - b)[1]];
}"""
_FILTER = "document.querySelector(`#status-${i % 6}`).click()"
_SEARCH = """const box = document.querySelector('#search'); box.value = ['har', 'a', 'ze', 'm', 'port'][i];
  box.dispatchEvent(new Event('input'))"""


def ours(chromium: Any, path: Path) -> dict[str, float]:
    loads = []
    answers: dict[str, float] = {}
    for _ in range(3):
        context = chromium.new_context(
            offline=True, bypass_csp=True, viewport={"width": 1440, "height": 900}
        )
        page = context.new_page()
        page.goto(path.as_uri())
        page.wait_for_selector("html[data-ready]", timeout=60_000)
        loads.append(
            page.evaluate("performance.getEntriesByName('kg-interactive')[0].startTime") / 1000
        )
        if not answers:
            answers = {
                "filter": page.evaluate(_ACT, _FILTER),
                "search": page.evaluate(_ACT, _SEARCH),
            }
            page.evaluate("document.querySelector('#reset').click()")
            while page.locator("#more").count():
                page.click("#more")
            page.wait_for_timeout(2000)
            answers["all"], answers["picture"] = page.evaluate(_ACT_ALL)
        context.close()
    return {"interactive": statistics.median(loads), **answers}


def plain_pyvis(chromium: Any, path: Path) -> float | None:
    """Seconds until pyvis's picture stands still, or None after `PATIENCE`."""
    page = chromium.new_context(offline=True, viewport={"width": 1440, "height": 900}).new_page()
    start = time.perf_counter()
    try:
        page.goto(path.as_uri(), timeout=PATIENCE * 1000, wait_until="commit")
        page.wait_for_selector("html[data-still]", timeout=PATIENCE * 1000)
        return time.perf_counter() - start
    except Exception as error:
        if "Timeout" not in type(error).__name__ + str(error):
            raise
        return None
    finally:
        page.context.close()


def pyvis_page(parts: Any, path: Path) -> None:
    picture = to_pyvis(network(parts.entities, parts.statements))
    page = picture.generate_html(notebook=False)
    page = page.replace("<head>", f"<head><script>{vis_network()}</script>", 1)
    watch = (
        "network.once('stabilizationIterationsDone', () => setTimeout(() => "
        "{ document.documentElement.dataset.still = 'yes'; }));\n return network;"
    )
    if "return network;" not in page:
        raise SystemExit("pyvis's template has changed; adapt this benchmark.")
    path.write_text(page.replace("return network;", watch, 1), encoding="utf-8")


def main() -> int:
    if not (shutil.which("chromium") or shutil.which("chromium-browser")):
        print("no Chromium on this machine: the view is not measured")
        return 0
    sizes = {int(n): SIZES.get(int(n), 5.0) for n in sys.argv[1:]} or SIZES
    failed = False
    print(
        "entities statements  write    MB  interactive  filter  search  all: filter, picture  pyvis"
    )
    with tempfile.TemporaryDirectory() as folder, browser() as chromium:
        for size, allowed in sizes.items():
            parts = graph(size)
            start = time.perf_counter()
            path = write_view(
                Path(folder) / f"{size}.html", *parts.parts(), options=ViewOptions(topics=True)
            )
            written = time.perf_counter() - start
            found = ours(chromium, path)
            pyvis_path = Path(folder) / f"pyvis{size}.html"
            pyvis_page(parts, pyvis_path)
            other = plain_pyvis(chromium, pyvis_path)
            print(
                f"{size:8} {len(parts.statements):10} {written:5.1f} s {path.stat().st_size / 1e6:5.1f}"
                f" {found['interactive']:10.2f} s {found['filter']:4.0f} ms {found['search']:4.0f} ms"
                f" {found['all']:8.0f} ms {found['picture'] / 1000:6.1f} s"
                + (f"  {other:.1f} s" if other else f"  > {PATIENCE} s"),
                flush=True,
            )
            failed |= found["interactive"] > allowed
            failed |= path.stat().st_size > 260_000 + 1_000 * len(parts.statements)
            failed |= size <= 5000 and max(found["filter"], found["search"]) > 100
    return int(failed)


if __name__ == "__main__":
    raise SystemExit(main())
