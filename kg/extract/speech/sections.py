"""Sections of a round-up: several short talks on one page, each with a heading and an introduction.

A section begins where a heading stands between two turns, or before the first, and a paragraph of
the narrator's behind it: "The shopkeeper" / "Ada Venn runs the shop." / "Who buys?", or where the heading itself
introduces one: "The shopkeeper: Ada Venn, 33". Any other heading right before a question or within an
answer is a cross-head and begins none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg.extract.speech.page import Page, Turn
from kg.model import Article

#: "Ada Venn, 33", "The shopkeeper: Ada Venn".
_NAME: Final = r"[^\W\d_][\w’'-]+(?: [A-Z][\w’'-]+)+"
_INTRODUCES: Final = re.compile(
    rf"(?:^|: )(?=[A-Z]){_NAME}, \d\d\b|^The [a-z -]+: (?=[A-Z]){_NAME}(?:,|$)"
)


@dataclass(frozen=True, slots=True)
class Section:
    """Some turns in a row. ``heading`` is the range of what stands above them, ``start``/``end``
    the paragraphs that introduce them, or that heading; all empty where the turns begin without a heading."""

    heading: tuple[int, int]
    start: int
    end: int
    turns: tuple[Turn, ...]


def sections(article: Article, turns: Sequence[Turn]) -> tuple[Section, ...]:
    """The turns by section; empty where no heading with an introduction parts them."""
    page = Page(article)
    opening = list(_openings(page, turns))
    if len(opening) < 2:
        return ()
    ends = [first for first, _ in opening[1:]] + [len(turns)]
    return tuple(
        replace(one, turns=tuple(turns[first:last]))
        for (first, one), last in zip(opening, ends, strict=True)
    )


def _openings(page: Page, turns: Sequence[Turn]) -> Iterator[tuple[int, Section]]:
    """The turns with which a section begins, by their number, each with its section."""
    before = 0
    for number, turn in enumerate(turns):
        section = _opening(page, before, turn.mark[0] if turn.mark else turn.parts[0][0])
        if section.start < section.end or not number:
            yield number, section
        before = turn.parts[-1][1]


def _opening(page: Page, start: int, end: int) -> Section:
    """The last heading between these places, and the paragraphs behind it."""
    between = [one for one in page.blocks if start <= one.start and one.end <= end]
    heads = [i for i, one in enumerate(between) if one.kind == "subheading"]
    told = [one for one in between[heads[-1] :] if one.kind == "paragraph"] if heads else []
    head = between[heads[-1]] if heads else None
    if head is not None and not told and _INTRODUCES.search(page.text[head.start : head.end]):
        return Section((head.start, head.end), head.start, head.end, ())
    if head is None or not told:
        return Section((end, end), end, end, ())
    return Section((head.start, head.end), told[0].start, told[-1].end, ())
