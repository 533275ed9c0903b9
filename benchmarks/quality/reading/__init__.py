"""Reading, scored: what a newsroom has on its disk, and the text that a person would read.

``looking.toml`` and ``scoring.toml`` hold inputs of our own writing, as many of each kind in both;
they were written before the readers; ``later.toml`` pages that were written when these were done,
``newest.toml`` inputs of kinds that came last. A case names a file, its ``input`` (``{1}`` stands for the
first expected block; ``wrap`` wraps its lines; ``make`` writes a packed or drawn format from it)
and what must come of it: articles with their blocks (``p|`` paragraph, ``s|`` subheading, ``k|``
key point, ``c|`` caption, ``t|`` row of a table, ``h|`` headline) and metadata, ``partial`` where
the reader must say that the text is not whole, ``refused`` where it must say why there is none.

Scores: *blocks* is the share of expected and given blocks that are the same, kind and words, in an
article of the same place (headlines count under metadata, as titles); *metadata* the share of
titles, dates, authors, publishers and addresses that are right, with ``partial``; *silent* counts
what nobody was told: an article where a refusal was due, an article that lacks without a failure,
words of something else in an article, words in another order than they stand (two columns read as
one), or the half of an article without ``partial``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.quality.tally import Tally
from kg.model import Article, Failure

FOLDER = Path(__file__).parent
PARTS = ("looking", "scoring", "later", "newest")
KINDS = {
    "h": "headline", "s": "subheading", "k": "keypoint", "p": "paragraph", "c": "caption",
    "t": "table",
}  # fmt: skip
FIELDS = ("title", "date", "authors", "publisher", "url")


@dataclass(slots=True)
class Score:
    """``silent`` holds a line for each text that was wrong without a word."""

    blocks: Tally
    fields: Tally
    silent: list[str]

    @property
    def blocks_right(self) -> float:
        extra = self.blocks.ours - self.blocks.right
        return self.blocks.found / max(self.blocks.gold + extra, 1)


def cases(part: str) -> list[dict[str, Any]]:
    """The cases of one half."""
    data = tomllib.loads((FOLDER / f"{part}.toml").read_text(encoding="utf-8"))
    return list(data["case"])


def score(given: Iterable[tuple[Mapping[str, Any], Sequence[Article | Failure]]]) -> Score:
    """The scores of what was read of each case."""
    total = Score(Tally(), Tally(), [])
    for case, items in given:
        articles = [item for item in items if isinstance(item, Article)]
        failures = [item.error for item in items if isinstance(item, Failure)]
        wanted = case.get("article", [])
        for number, gold in enumerate(wanted):
            article = articles[number] if number < len(articles) else None
            _compare(total, f"{case['id']} {number + 1}", gold, article)
            if article is None and not failures:
                total.silent.append(f"{case['id']}: an article lacks, and nothing says so")
        for article in articles[len(wanted) :]:
            total.silent.append(f"{case['id']}: an article too many: {article.text[:80]!r}")
            for _, words in blocks_of(article):
                total.blocks.give(False, f"{case['id']}: {words}")
        if reason := case.get("refused"):
            said = any(reason.lower() in error.lower() for error in failures)
            total.fields.want(said, f"{case['id']}: not refused for {reason!r}: {failures}")
    return total


def blocks_of(article: Article) -> Iterator[tuple[str, str]]:
    """The blocks of an article that are scored: kind and words."""
    for block in article.blocks:
        if block.kind != "headline":
            yield block.kind, article.text[block.start : block.end]


def _compare(total: Score, name: str, gold: Mapping[str, Any], article: Article | None) -> None:
    lines = [line.split("|", 1) for line in gold["blocks"].strip().splitlines()]
    wanted = [(KINDS[kind], " ".join(words.split())) for kind, words in lines if kind != "h"]
    got = list(blocks_of(article)) if article else []
    for block in wanted:
        total.blocks.want(block in got, f"{name}: {block[0]}: {block[1]}")
    for block in got:
        total.blocks.give(block in wanted, f"{name}: {block[0]}: {block[1]}")
    partial = getattr(article, "partial", None) or ""
    for field in FIELDS:
        if field in gold:
            value = getattr(article, field, None)
            value = list(value) if isinstance(value, tuple) else value
            total.fields.want(value == gold[field], f"{name}: {field}: {value!r}")
    if "partial" in gold:
        total.fields.want(gold["partial"] in partial, f"{name}: partial: {partial!r}")
    elif article is not None and partial:
        total.fields.want(False, f"{name}: is whole, not {partial!r}")
    if article is not None:
        total.silent += _silent(name, [words for _, words in wanted], got, partial, gold["blocks"])


def _silent(
    name: str, wanted: Sequence[str], got: Sequence[tuple[str, str]], partial: str, whole: str
) -> Iterator[str]:
    known = {"|", *whole.replace("|", " ").split()}
    for _, words in got:
        strange = [word for word in words.split() if word not in known]
        mixed = not any(words in whole or whole in words for whole in wanted)
        if len(strange) >= 3 and 4 * len(strange) >= len(words.split()):
            yield f"{name}: something else: {words[:100]!r}"
        elif mixed and len(words.split()) >= 8:
            yield f"{name}: words that do not stand so: {words[:100]!r}"
    right = sum(len(words) for words in wanted if words in {words for _, words in got})
    text = sum(len(words) for _, words in got)
    if 2 * max(right, text) < sum(map(len, wanted)) and not partial:
        yield f"{name}: less than half of it"
