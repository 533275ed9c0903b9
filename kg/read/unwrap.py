"""Hard-wrapped text (lines of 40 to 80 columns) back to one line a paragraph.

A line break is taken out only when it was needed: the first word of the next line would not have
fit in the column. Headlines and decks, one below the other, have breaks that nothing needed.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

#: Column widths that somebody wraps at.
NARROWEST: Final = 36
WIDEST: Final = 110
_BULLET: Final = re.compile(r"[-*•‣▪●◦·○■]\s|\d{1,2}[.)]\s")
_OPEN: Final = re.compile(r"[a-z]|[-–—]{1,2}\s")
_CLOSED: Final = re.compile(r"[.!?:;…]['\"”’)\]]*$")


def unwrap(lines: Sequence[str]) -> list[str]:
    """The lines (stripped; empty ones part paragraphs), those of a wrapped paragraph joined."""
    groups = _groups(lines)
    several = [line for group in groups for line in group if len(group) > 1 and " " in line]
    width = max(map(len, several), default=0)
    pairs = [pair for group in groups for pair in itertools.pairwise(group)]
    needed = [pair for pair in pairs if _needed(*pair, width)]
    running = [pair for pair in pairs if _runs_on(*pair, width)]
    wrapped = NARROWEST <= width <= WIDEST and (
        (len(needed) >= 3 and len(needed) >= 0.7 * len(pairs) and len(running) >= len(needed) // 4)
        or (bool(running) and 2 * len(running) >= len(pairs))
    )
    known = set(re.findall(r"\w+", " ".join(lines))) if wrapped else set()
    result: list[str] = []
    for group in groups:
        joined = [group[0]]
        for before, after in itertools.pairwise(group):
            broken = _needed(before, after, width) or _runs_on(before, after, width)
            if wrapped and broken and not _BULLET.match(after):
                joined[-1] = _join(joined[-1], after, known)
            else:
                joined.append(after)
        result += joined
    return result


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


def _runs_on(before: str, after: str, width: int) -> bool:
    """Whether the second line clearly goes on with the sentence of a first that is near full."""
    return (
        _OPEN.match(after) is not None
        and not _CLOSED.search(before)
        and len(before) >= max(NARROWEST, 0.6 * width)
    )


def _join(before: str, after: str, known: set[str]) -> str:
    """The two halves of "inter-/national" become one word when the text has that word."""
    split = re.search(r"(\w+)-$", before)
    rest = re.match(r"[a-z]\w*", after)
    if split and rest:
        whole = split[1] + rest[0] in known
        return (before[:-1] if whole else before) + after
    return f"{before} {after}"
