"""Long reports: chapters are blocks, paragraphs run over pages, and it is told how far things are."""

from collections.abc import Callable
from pathlib import Path

import pytest

import kg
from benchmarks.quality.reading.make import paged
from benchmarks.speed.long import KINDS, chapters, write
from kg import steps
from kg.model import Article, Failure
from tests.support.needs import needs

Read = Callable[..., list[Article | Failure]]


@pytest.mark.parametrize("kind", KINDS)
def test_chapters_and_paragraphs_of_a_report_are_blocks(
    tmp_path: Path, read_all: Read, kind: str
) -> None:
    if kind == "pdf":
        needs("pypdf")
    path, given = write(kind, 30, tmp_path)
    [found] = read_all(path)
    assert isinstance(found, Article)
    blocks = [(b.kind, found.text[b.start : b.end]) for b in found.blocks]
    assert found.title == "Inquiry into the harbour of Velm"
    assert [("subheading", c.title) in blocks for c in given] == [True] * 3
    paragraphs = [("paragraph", p) for c in given for p in c.paragraphs]
    assert sum(p in blocks for p in paragraphs) >= 0.99 * len(paragraphs)
    assert not any("....." in words for _, words in blocks)


def test_footnotes_stand_behind_the_text_that_runs_over_the_page(tmp_path, read_all: Read) -> None:
    needs("pypdf")
    pages = [
        "The ferry Alma ran aground off Tinholm on Monday, as the harbour office told the\n"
        "council of Velm, and nobody was hurt when the tide turned and the crew went\n\n\n\n"
        "3 Letter of the harbour office.\n\n1",
        "ashore in two boats that had come from the village below the lighthouse.\n\n\n"
        "Sound Ferries owns the ship, and has promised to tow it away by the weekend.",
    ]
    (tmp_path / "a.pdf").write_bytes(paged(pages))
    [found] = read_all(tmp_path / "a.pdf")
    assert isinstance(found, Article)
    first, second, note = found.text.split("\n\n")
    assert first.endswith("the crew went ashore in two boats that had come from the village "
                          "below the lighthouse.")  # fmt: skip
    assert second.startswith("Sound Ferries")
    assert note == "3 Letter of the harbour office."


def test_over_the_limit_it_says_how_to_raise_it(tmp_path, read_all: Read) -> None:
    path, _ = write("txt", 10, tmp_path)
    [found] = read_all(path, max_characters=1000)
    assert isinstance(found, Failure)
    assert "more than the limit of 1,000" in found.error
    assert "max_characters" in found.hint and "--config" in found.hint


def test_steps_of_a_long_article_are_told_and_those_of_a_short_one_are_not(
    tmp_path, monkeypatch
) -> None:
    path, _ = write("txt", 10, tmp_path)
    told: list[tuple[str, int, int | None]] = []
    kg.build([path], tmp_path / "short", progress=lambda *step: told.append(step))
    assert not any("report.txt" in what for what, *_ in told)
    monkeypatch.setattr(steps, "LONG", 1000)
    kg.build([path], tmp_path / "long", progress=lambda *step: told.append(step))
    parsed = [step for step in told if step[0] == "report.txt: paragraphs parsed"]
    assert [done for _, done, _ in parsed] == list(range(1, len(parsed) + 1))
    assert parsed[-1][2] == len(parsed) > 50
    assert {what for what, *_ in told} >= {"report.txt: statements", "report.txt: names"}


def test_pages_of_a_long_pdf_are_told(tmp_path) -> None:
    needs("pypdf")
    page = "The ferry Alma ran aground off Tinholm on Monday, and nobody was hurt in it."
    (tmp_path / "a.pdf").write_bytes(paged([page.replace("Alma", f"Alma {n}") for n in range(60)]))
    told: list[tuple[str, int, int | None]] = []
    with steps.heard(lambda *step: told.append(step)):
        list(kg.read.read([tmp_path / "a.pdf"], settings=kg.load_config()))
    assert [(done, total) for _, done, total in told] == [(n, 60) for n in range(1, 61)]
    assert told[0][0].endswith("a.pdf: pages read")


def test_chapters_are_the_same_every_time() -> None:
    assert chapters(20) == chapters(20)
