"""Hard-wrapped text (lines of 40 to 132 columns) back to one line a paragraph.

A line break is taken out only when it was needed: the first word of the next line would not have
fit in the column. Headlines and decks, one below the other, have breaks that nothing needed.
"""

from __future__ import annotations

import itertools
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Final

#: Column widths that somebody wraps at.
NARROWEST: Final = 36
WIDEST: Final = 132
#: Characters of a line that is hardly a heading.
_LONG: Final = 55
#: The share of a column that a full line has at least.
_FULL: Final = 0.75
_BULLET: Final = re.compile(r"[-*•‣▪●◦·○■]\s|\d{1,2}[.)]\s")
_OPEN: Final = re.compile(r"[a-z]|[-–—]{1,2}\s")
_CLOSED: Final = re.compile(r"[.!?:;…]['\"”’)\]]*$")


def unwrap(lines: Sequence[str], *, narrowest: int = NARROWEST) -> list[str]:
    """The lines (stripped; empty ones part paragraphs), those of a wrapped paragraph joined.
    ``narrowest`` is how narrow a column may be: on paper narrower than in a text file."""
    groups = _groups(lines)
    several = [line for group in groups for line in group if len(group) > 1 and " " in line]
    width = max(map(len, several), default=0)
    pairs = [pair for group in groups for pair in itertools.pairwise(group)]
    needed = [pair for pair in pairs if _needed(*pair, width)]
    running = [pair for pair in pairs if _runs_on(*pair, width, narrowest)]
    wrapped = narrowest <= width <= WIDEST and (
        (len(needed) >= 3 and len(needed) >= 0.7 * len(pairs) and len(running) >= len(needed) // 4)
        or (bool(running) and 2 * len(running) >= len(pairs))
    )
    known = Counter(re.findall(r"\w+", " ".join(lines)) if wrapped else ())
    result: list[str] = []
    for group in groups:
        joined = [group[0]]
        for before, after in itertools.pairwise(group):
            broken = _needed(before, after, width) or _runs_on(before, after, width, narrowest)
            if wrapped and broken and not _is_item(after, group):
                joined[-1] = _join(joined[-1], after, known)
            else:
                joined.append(after)
        result += joined
    return result


def join_long(lines: Sequence[str]) -> list[str]:
    """The lines, one that is long and ends within a sentence with the next: a paragraph of two
    lines shows no column that it was wrapped at. For texts whose lines are known to be wrapped."""
    made: list[str] = []
    for before, line in zip(["", *lines], lines, strict=False):
        if line and len(before) >= _LONG and not _CLOSED.search(before):
            made[-1] = _join(made[-1], line, Counter())
        else:
            made.append(line)
    return made


def _is_item(line: str, group: Sequence[str]) -> bool:
    """Whether a line begins an item of a list; "23." does where the group has a "22." or it is 1."""
    if not _BULLET.match(line):
        return False
    number = re.match(r"\d+", line)
    before = int(number[0]) - 1 if number else 0
    return not before or any(re.match(rf"{before}[.)]\s", other) for other in group)


def join_full(lines: Sequence[str], width: int) -> list[str]:
    """The lines of what stands together on paper, one that is about as long as the column with the
    next: in proportional type a line of a paragraph ends a little sooner or later."""
    made = list(lines[:1])
    for before, line in itertools.pairwise(lines):
        if len(before) >= _FULL * width and not _is_item(line, lines):
            made[-1] = _join(made[-1], line, Counter())
        else:
            made.append(line)
    return made


def _groups(lines: Sequence[str]) -> list[list[str]]:
    groups: list[list[str]] = []
    open_group = False
    for line in lines:
        if not line:
            open_group = False
        elif open_group:
            groups[-1].append(line)
        else:
            groups.append([line])
            open_group = True
    return groups


def _needed(before: str, after: str, width: int) -> bool:
    return len(before) + 1 + len(after.split(" ", 1)[0]) > width - 3


def _runs_on(before: str, after: str, width: int, narrowest: int) -> bool:
    """Whether the second line clearly goes on with the sentence of a first that is near full."""
    if re.search(r"[a-z]-$", before) and after[:1].islower():
        return True
    return (
        _OPEN.match(after) is not None
        and not _CLOSED.search(before)
        and len(before) >= max(narrowest, 0.6 * width)
    )


@cache
def _halves() -> tuple[frozenset[str], frozenset[str]]:
    """The words that compounds begin with, and those that they end with."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return frozenset(data["before"].split()), frozenset(data["after"].split())


def _join(before: str, after: str, known: Counter[str]) -> str:
    """The two halves of "inter-/national" become one word; those of "long-/term" do not."""
    split = re.search(r"(\w+)-$", before)
    rest = re.match(r"[a-z]+", after)
    if split and rest:
        return (before[:-1] if _is_one(split[1], rest[0], known) else before) + after
    return f"{before} {after}"


def _is_one(first: str, second: str, known: Counter[str]) -> bool:
    """Whether a hyphen at the end of a line parts one word: the text has the whole word, or no
    compound is made of such halves."""
    if first + second in known:
        return True
    before, after = _halves()
    compound = first.lower() in before or second in after or known[first] > 1
    return first.isalpha() and not compound
