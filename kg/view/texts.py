"""The texts of the articles as a page holds them: block by block, each once; a passage is a place."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from kg.model import Article, Block, Evidence

#: Characters up to which a page holds all texts whole; of more it holds the blocks it cites.
MOST_TEXT = 3_000_000


class Texts:
    """Blocks of the articles of a page, and which of them its passages stand in."""

    def __init__(self, articles: Sequence[Article], most: int = MOST_TEXT) -> None:
        self._articles = articles
        self._number = {a.id: number for number, a in enumerate(articles)}
        self._blocks = [_blocks(a) for a in articles]
        self._starts = [[block.start for block in blocks] for blocks in self._blocks]
        self._cited: set[tuple[int, int]] = set()
        self.whole = sum(len(a.text) for a in articles) <= most

    def passage(self, e: Evidence) -> list[Any]:
        """``[article, start, end]``; where that is no place within one block, the words and the
        kind of their block come along. The article is -1 where the page does not have it."""
        number = self._number.get(e.article, -1)
        row: list[Any] = [number, e.start, e.end]
        at = bisect_right(self._starts[number], e.start) - 1 if number >= 0 else -1
        if at >= 0:
            block = self._blocks[number][at]
            self._cited.add((number, at))
            fits = self._articles[number].text[e.start : e.end] == e.text
            if fits and e.end <= block.end and e.block == block.kind:
                return row
        return [*row, e.text, e.block]

    def rows(self) -> list[list[Any]]:
        """For each article its blocks, as ``[kind, start, text]``. Call it once all passages are
        told."""
        return [
            [
                [block.kind, block.start, article.text[block.start : block.end]]
                for at, block in enumerate(self._blocks[number])
                if self.whole or (number, at) in self._cited
            ]
            for number, article in enumerate(self._articles)
        ]


def inside(text: str, words: str) -> str | int:
    """Words as where they first stand in a text: a thousand times their place plus their length.
    The words themselves where they are not in it, or long."""
    at = text.find(words) if 0 < len(words) < 1000 else -1
    return words if at < 0 else at * 1000 + len(words)


def _blocks(article: Article) -> tuple[Block, ...]:
    return article.blocks or ((Block("paragraph", 0, len(article.text)),) if article.text else ())
