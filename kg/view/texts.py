"""The texts of the articles as a page holds them: block by block, each once; a passage is a place.

Memory holds one text at a time: where passages stand is looked up article by article, and blocks rest in a
file until the page is written.
"""

from __future__ import annotations

import json
from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from kg.model import Article, Block, Evidence, Statement
from kg.view.rows import Rows
from kg.view.select import Head

#: Characters up to which a page holds all texts whole; of more it holds the blocks it cites.
MOST_TEXT: Final = 3_000_000
#: One passage: article, start, end, and what its words and the kind of its block are by their hashes.
_Key = tuple[int, int, int, int, int]


class Texts:
    """Blocks of the articles of a page, and which of them its passages stand in: those of the
    ``statements``."""

    def __init__(
        self,
        heads: Sequence[Head],
        articles: Iterable[Article],
        statements: Iterable[Statement],
        most: int = MOST_TEXT,
    ) -> None:
        self._number = {head.id: number for number, head in enumerate(heads)}
        self.whole = sum(head.letters for head in heads) <= most
        self._odd: set[_Key] = set()  # passages that are no place within one block
        self._blocks = Rows()
        self._row = array("l", [0]) * len(heads)
        places = self._places(statements)
        for article in articles:
            number = self._number.get(article.id)
            if number is not None:
                self._row[number] = len(self._blocks)
                self._blocks.append(self._look(number, article, places[number]))
                places[number] = array("q")

    def passage(self, e: Evidence) -> list[Any]:
        """``[article, start, end]``; where that is no place within one block, the words and the
        kind of their block come along. The article is -1 where the page does not have it."""
        key = self._key(e)
        row: list[Any] = [*key[:3]]
        return row if key[0] >= 0 and key not in self._odd else [*row, e.text, e.block]

    def rows(self) -> Iterator[list[list[Any]]]:
        """For each article its blocks, as ``[kind, start, text]``."""
        return (json.loads(row) for row in self._blocks.at(self._row))

    def _key(self, e: Evidence) -> _Key:
        return self._number.get(e.article, -1), e.start, e.end, hash(e.text), hash(e.block)

    def _places(self, statements: Iterable[Statement]) -> list[array[int]]:
        """What is to be looked up in each article: four numbers a passage."""
        places = [array("q") for _ in self._number]
        for statement in statements:
            for e in statement.evidence:
                number, *place = self._key(e)
                if number >= 0:
                    places[number].extend(place)
        return places

    def _look(self, number: int, article: Article, places: array[int]) -> list[list[Any]]:
        """The blocks that the page has of an article; passages that are in none are remembered."""
        blocks = article.blocks or _of_one(article)
        starts = [block.start for block in blocks]
        cited = set()
        each = iter(places)
        for start, end, words, kind in zip(each, each, each, each, strict=True):
            at = bisect_right(starts, start) - 1
            if at >= 0:
                cited.add(at)
                block = blocks[at]
                fits = hash(article.text[start:end]) == words and hash(block.kind) == kind
                if fits and end <= block.end:
                    continue
            self._odd.add((number, start, end, words, kind))
        return [
            [block.kind, block.start, article.text[block.start : block.end]]
            for at, block in enumerate(blocks)
            if self.whole or at in cited
        ]


def inside(text: str, words: str) -> str | int:
    """Words as where they first stand in a text: a thousand times their place plus their length.
    The words themselves where they are not in it, or long."""
    at = text.find(words) if 0 < len(words) < 1000 else -1
    return words if at < 0 else at * 1000 + len(words)


def _of_one(article: Article) -> tuple[Block, ...]:
    return (Block("paragraph", 0, len(article.text)),) if article.text else ()
