"""How many sources stand behind a statement: who printed the same text counts once.

A wire report that several outlets print, a page that is published again and a quotation that two
reports share are found by passage: two passages are one text where their sentences, or what stands
around these, share enough runs of three words. Each passage carries its own runs, so nothing is
looked up in another article and the order of articles changes nothing. All runs are compared, not a
sample of them (MinHash): a passage has about a hundred, of which a copy that was cut has ten left.
"""

from __future__ import annotations

import re
from array import array
from binascii import a2b_base64, b2a_base64
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

from kg.model import Article

_WORD: Final = re.compile(r"[^\W_]+")
_END: Final = re.compile(r"[.!?][\"'”’)\]]*\s+|\n")
_RUN: Final = 3  # words
_AROUND: Final = 50  # words on either side of a sentence
#: Of the shorter one's runs, so many are shared by sentences that are one text, and no fewer than.
_SENTENCE: Final = (0.6, 6)
#: The same for the text around: of two reports of one event that others wrote it is under 0.25.
_TEXT: Final = (0.3, 8)
#: Of outlets that count as one, so many texts are compared with those of others: each of thousands of
#: passages is compared with a few of each source, not with all.
_KEPT: Final = 8


class Printed:
    """The passages of an article, each as a line that `independent` reads."""

    def __init__(self, article: Article) -> None:
        text = article.text
        self._lines: dict[tuple[int, int], str] = {}
        self._outlet = " ".join((article.publisher or "").split())
        self._ends = [0, *(match.end() for match in _END.finditer(text)), len(text) + 1]
        self._starts = [match.start() for match in _WORD.finditer(text)]
        words = " ".join(_WORD.findall(text)).casefold().encode().split(b" ")
        runs = zip(*(words[first:] for first in range(_RUN)), strict=False)
        self._runs = array("I", map(crc32, map(b" ".join, runs)))

    def at(self, start: int, end: int) -> str:
        """The runs of the sentence, those of what stands around it, and who printed it."""
        first = bisect_left(self._starts, self._ends[bisect_right(self._ends, start) - 1])
        after = self._ends[min(bisect_left(self._ends, end), len(self._ends) - 1)]
        last = bisect_left(self._starts, after)
        if (first, last) not in self._lines:  # a sentence makes several statements
            inner = self._packed(first, last)
            outer = self._packed(max(0, first - _AROUND), last + _AROUND)
            self._lines[first, last] = f"{inner} {outer} {self._outlet}"
        return self._lines[first, last]

    def _packed(self, first: int, last: int) -> str:
        runs = array("I", sorted(set(self._runs[first : max(first, last - _RUN + 1)])))
        return b2a_base64(runs.tobytes(), newline=False).decode()


def independent(places: Iterable[str]) -> int:
    """How many outlets say it on their own account, of lines that `Printed.at` made.

    The articles of one outlet count once, and so does one text in several outlets. Articles that
    name no outlet are none of their own: only where nobody is named do they count, as one.
    """
    sources: list[_Source] = []
    for line in sorted(set(places)):
        inner, outer, outlet = line.split(" ", 2)
        text = (inner, outer)
        same = [s for s in sources if outlet in s.outlets or any(_is_one(text, t) for t in s.texts)]
        joined = _Source({outlet} - {""}, [text])
        for source in same:
            joined.outlets |= source.outlets
            joined.texts = [*source.texts, *joined.texts][:_KEPT]
            sources.remove(source)
        sources.append(joined)
    return max(1, sum(bool(source.outlets) for source in sources))


@dataclass(slots=True, eq=False)
class _Source:
    """Outlets that count as one, and some of what they printed."""

    outlets: set[str]
    texts: list[tuple[str, str]]


def _is_one(text: tuple[str, str], other: tuple[str, str]) -> bool:
    return _shared(text[0], other[0], *_SENTENCE) or _shared(text[1], other[1], *_TEXT)


def _shared(one: str, other: str, part: float, least: int) -> bool:
    here, there = _runs(one), _runs(other)
    both = len(here & there)
    return both >= least and both >= part * min(len(here), len(there))


@lru_cache(maxsize=4096)
def _runs(packed: str) -> frozenset[int]:
    made = array("I")
    made.frombytes(a2b_base64(packed))
    return frozenset(made)
