"""The exam of reading: the scores of both halves, ours and those of trafilatura alone.

Usage: ``python -m benchmarks.quality.reading [--show] [--pin]`` (``--show``: the looking half)
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.quality import gate
from benchmarks.quality.reading import FOLDER, PARTS, Score, cases, score
from benchmarks.quality.reading.make import content, make
from kg.config import load_config
from kg.model import Article, Block, Failure
from kg.read import read
from kg.read.dates import iso_date

Read = tuple[Mapping[str, Any], Sequence[Article | Failure]]


def ours(given: Sequence[Mapping[str, Any]]) -> Iterator[Read]:
    """What `kg.read.read` makes of each case."""
    settings = load_config()
    with TemporaryDirectory() as folder:
        for case in given:
            yield case, list(read([make(case, Path(folder))], settings=settings))


def alone(given: Sequence[Mapping[str, Any]]) -> Iterator[Read]:
    """What trafilatura alone makes of each page, with its tables, without its bullets."""
    from trafilatura import bare_extraction

    for case in given:
        found: Any = bare_extraction(
            content(case).decode(), with_metadata=True, include_tables=True
        )
        if found is None or not (found.text or "").strip():
            yield case, [Failure(case["file"], "read", "nothing found")]
            continue
        blocks, text = [], ""
        for line in filter(None, map(str.strip, found.text.split("\n"))):
            words = line.removeprefix("- ").strip("| ")
            kind = _kind(words, case)
            if kind != "headline":
                blocks.append(Block(kind, len(text), len(text) + len(words)))
            text += words + "\n\n"
        authors = tuple(filter(None, (found.author or "").split("; ")))
        yield case, [
            Article(
                "", case["file"], text, found.title, iso_date(found.date or ""), found.sitename,
                found.url, authors, blocks=tuple(blocks),
            )
        ]  # fmt: skip


def _kind(words: str, case: Mapping[str, Any]) -> Any:
    """Trafilatura's text has no kinds: it is given the right one wherever the words are right, and
    its headline is taken off."""
    from benchmarks.quality.reading import KINDS

    for article in case.get("article", ()):
        if words == article.get("title"):
            return "headline"
        for line in article["blocks"].strip().splitlines():
            if line[2:] == words:
                return KINDS[line[0]]
    return "paragraph"


def scores(part: str, found: Score, name: str = "") -> dict[str, float]:
    """The figures of one half."""
    head = f"{part}, {name}: " if name else f"{part}: "
    return {
        f"{head}blocks right": found.blocks_right,
        f"{head}metadata right": found.fields.recall,
        f"{head}silent wrong texts": float(len(found.silent)),
    }


def main(arguments: Sequence[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument(
        "--show", action="store_true", help="the errors, but those of the half for scoring"
    )
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    given = p.parse_args(arguments)
    figures: dict[str, float] = {}
    for part in PARTS:
        whole = cases(part)
        found = score(ours(whole))
        figures |= scores(part, found)
        if given.show and part != "scoring":
            print(*found.silent, *found.fields.missed, sep="\n")
            print(*(f"MISSED {line}" for line in found.blocks.missed), sep="\n")
            print(*(f"WRONG {line}" for line in found.blocks.wrong), sep="\n")
    pages = [
        case
        for part in PARTS
        for case in cases(part)
        if case["file"].endswith(".html") and "make" not in case
    ]
    figures |= scores("pages", score(ours(pages)), "ours")
    for name, value in scores("pages", score(alone(pages)), "trafilatura alone").items():
        print(f"{name:45} {value:9.4f}")
    exam = gate.files(*(FOLDER / f"{part}.toml" for part in PARTS), FOLDER / "make.py")
    return gate.settle(
        "reading",
        figures,
        exam,
        pinning=given.pin,
        ceilings=[name for name in figures if name.endswith("silent wrong texts")],
    )


if __name__ == "__main__":
    sys.exit(main())
