"""Turns of two layouts that name nobody: lines that begin with a dash, and a life as told to a paper.

In a *dialogue* each line begins with a dash ("— How did you find out?") and the parties take turns
line by line; lines without a dash are the narrator's. Where a run of lines doesn't tell which of
the two asks, its words are nobody's. What was *told to* somebody ("As told to Femi Carr") is the words
of one person, who is "I" in it, up to the last paragraph in which this person speaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract.speech.alternating import asked_in
from kg.extract.speech.page import (
    INTERVIEWEE,
    QUOTED,
    YOU,
    Page,
    Speaker,
    Turn,
    asks,
    invites,
    is_closing,
    of_self,
    speaks_on,
    words,
)

_DASH: Final = re.compile(r"[—–―-]{1,2}\s+(?=\S)")
_LEAST_LINES: Final = 4
_LEAST: Final = 2  # lines that ask, or in which somebody speaks of themselves
_NEAR: Final = 3  # blocks from the beginning, or the end, in which it stands who was told


def dialogue(page: Page) -> Iterator[Turn]:
    """The turns of lines with dashes; nothing where fewer than two ask, and are answered."""
    runs = list(_runs(page))
    lines = [i for run in runs for i in run]
    told = [(run, _who_asks(page, run)) for run in runs]
    asked = [i for run, first in told if first is not None for i in run[first::2]]
    answers = [i for i in lines if i not in asked]
    addressed = sum(YOU.search(page.words(i)) is not None for i in asked)
    if (
        len(lines) < _LEAST_LINES
        or min(sum(asks(page.words(i)) for i in asked), addressed) < _LEAST
    ):
        return
    if sum(of_self(page.words(i)) for i in answers) < _LEAST:
        return
    for run, first in told:
        for at, i in enumerate(run):
            asking = first is None or at % 2 == first
            yield _line(page, i, asking=asking)


def as_told(page: Page) -> Iterator[Turn]:
    """The paragraphs of what somebody told, a turn each; nothing where it isn't told to anybody."""
    count = len(page.blocks)
    near = [i for i in range(count) if i < _NEAR or i >= count - _NEAR]
    notes = [i for i in near if words().as_told.search(page.words(i))]
    if not notes and not words().as_told.search(page.title):
        return
    first = notes[0] + 1 if notes and notes[0] < _NEAR else 0
    last = notes[-1] if notes and notes[-1] >= max(first, count - _NEAR) else count
    own = [i for i in range(first, last) if _is_told(page, i)]
    speaking = [i for i in own if speaks_on(page.words(i))]
    if len(speaking) < _LEAST or 2 * len(speaking) < len(own):
        return
    for i in own:
        if speaking[0] <= i <= speaking[-1]:
            block = page.blocks[i]
            who = Speaker(INTERVIEWEE, block.start, block.start)
            yield Turn(who, False, ((block.start, block.end),))


def _is_told(page: Page, i: int) -> bool:
    prose = page.blocks[i].kind == "paragraph"
    return prose and not is_closing(page.words(i))


def _runs(page: Page) -> Iterator[list[int]]:
    """The blocks that begin with a dash, those that follow each other together."""
    run: list[int] = []
    for i in range(len(page.blocks)):
        if page.blocks[i].kind == "caption":
            continue
        if _DASH.match(page.words(i)):
            run.append(i)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _who_asks(page: Page, run: Sequence[int]) -> int | None:
    """Whether who asks has the first (0) or the second (1) line of the run; None where nothing
    tells."""
    first, second = (sum(_asks(page, i) for i in run[side::2]) for side in (0, 1))
    if first >= 2 * second and first:
        return 0
    return 1 if second >= 2 * first and second else None


def _asks(page: Page, i: int) -> bool:
    """Whether the line asks, and doesn't in its last words only: "I said no. Why would I?"."""
    text = QUOTED.sub(" ", page.words(i))
    return (asks(text) or invites(_DASH.sub("", text, count=1))) and not of_self(text)


def _line(page: Page, i: int, *, asking: bool) -> Turn:
    block = page.blocks[i]
    dash = _DASH.match(page.text, block.start, block.end)
    start = dash.end() if dash else block.start
    if asking:
        return replace(asked_in(page, i), parts=((start, block.end),))
    return Turn(Speaker(INTERVIEWEE, start, start), False, ((start, block.end),))
