"""Makes the pictures of the view in ``docs/pictures``, from the demo articles.

::

    python -m docs.pictures               # builds the demo graph first
    python -m docs.pictures output        # of a graph that is there
    python -m docs.pictures --hundred X   # hundred-articles.png: of the graph X of the first hundred
                                          # articles of Wikinews 2019 (raw/wikinews_2019.jsonl.gz)

Needs Chromium and the development extra (Playwright).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import kg
from tests.support.browser import Watched, browser

FOLDER = Path(__file__).parent / "pictures"
DESK, PHONE, WIDE = (1280, 800), (390, 844), (1440, 900)
HUNDRED = (("hundred-articles", WIDE, "", ()),)


#: A picture is a name, a window, what the address says, and what the reader does.
DEMO = (
    ("first-screen", DESK, "", ()),
    ("card", DESK, "", (("search", "Netflix"), ("click", "#focus"))),
    ("evidence", DESK, "", (("search", "Netflix"), ("click", "#focus"), ("passage", ""))),
    ("path", DESK, "", (("path", "Ted Sarandos"), ("path", "Midjourney"))),
    ("read", DESK, "#tab=read", (("key", "j"), ("key", "j"))),
    ("claims", DESK, "#tab=claims", (("click", ".compare summary"), ("pair", ""))),
    ("timeline", DESK, "#tab=timeline", ()),
    ("quotes", DESK, "#tab=quotes", ()),
    ("dark", DESK, "#theme=dark", (("search", "OpenAI"),)),
    ("phone", PHONE, "", ()),
)


def take(chromium: Any, page: Path, pictures: tuple[Any, ...]) -> None:
    """Make these pictures of a page."""
    for name, (wide, high), fragment, steps in pictures:
        context = chromium.new_context(
            offline=True, viewport={"width": wide, "height": high}, device_scale_factor=1
        )
        watch = Watched(context.new_page())
        opened = watch.open(page, fragment)
        for step, value in steps:
            if step == "search":
                opened.fill("#search", value)
                opened.keyboard.press("Enter")
            elif step == "key":
                opened.keyboard.press(value)
            elif step == "pair":
                for side, number in (("a", 1), ("b", 2)):
                    opened.select_option(f"#compare-{side}", index=number)
            elif step == "click":
                opened.click(value)
            elif step == "passage":
                opened.locator("#panel-details .group .quiet-button").first.click()
            elif step == "path":
                if not opened.locator("#path-0").count():
                    opened.click("#show-path")
                opened.keyboard.type(value)
                opened.keyboard.press("Enter")
        opened.evaluate("document.activeElement.blur()")
        opened.wait_for_timeout(200)
        opened.screenshot(path=FOLDER / f"{name}.png")
        context.close()
        if watch.troubles:
            raise SystemExit(f"{name}: {watch.troubles}")


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    hundred = sys.argv[1:2] == ["--hundred"]
    title = {} if hundred else {"title": "What the demo articles say"}
    with tempfile.TemporaryDirectory() as scratch:
        if sys.argv[1:]:
            graph = kg.open_graph(sys.argv[-1])
        else:
            graph = kg.build(["seeds/articles"], out=Path(scratch) / "graph")
        page = graph.view(Path(scratch) / "graph.html", **title)
        with browser() as chromium:
            take(chromium, page, HUNDRED if hundred else DEMO)


if __name__ == "__main__":
    main()
