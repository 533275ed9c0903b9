"""Where a text must break, and windows of words that fit the network."""

from __future__ import annotations

import re
from collections.abc import Sequence

_BLANK = re.compile(r"\n[^\S\n]*\n|\x0c|\u2029")
_LINE = re.compile(r"[^\S\n]*\n[^\S\n]*")
#: A text is hard-wrapped when this share of its lines end within a band of lengths.
_WRAP_SHARE = 0.6
_WRAP_LEAST = 40
_WRAP_MOST = 140


def is_hard_wrapped(paragraph: str) -> bool:
    """Is each single newline of this paragraph a line's end only, not a sentence's?

    True when the lines but the last are about equally long and could not have taken the first
    word of the next line: the mark of text filled to a width.
    """
    lines = [line.strip() for line in paragraph.strip().split("\n")]
    if len(lines) < 2:
        return False
    full = lines[:-1]
    width = max(map(len, full))
    if not _WRAP_LEAST <= width <= _WRAP_MOST or len(lines[-1]) > width + 12:
        return False
    filled = sum(
        len(line) + 1 + len((lines[i + 1].split() or [""])[0]) > width - 2
        and len(line) >= 0.6 * width
        for i, line in enumerate(full)
    )
    return filled >= _WRAP_SHARE * len(full) and (len(full) > 1 or len(full[0]) >= 60)


def hard_breaks(text: str) -> list[int]:
    """Offsets where a sentence must begin, for the newlines of a text.

    A blank line always ends a sentence; a single newline does unless its paragraph is
    hard-wrapped.
    """
    breaks = []
    start = 0
    ends = [(m.start(), m.end()) for m in _BLANK.finditer(text)] + [(len(text), len(text))]
    for a, b in ends:
        paragraph = text[start:a]
        if "\n" in paragraph.strip("\n") and not is_hard_wrapped(paragraph):
            breaks += [start + m.end() for m in _LINE.finditer(paragraph)]
        if b < len(text):
            breaks.append(b)
        start = b
    return breaks


def pack(sizes: Sequence[int], limit: int) -> list[tuple[int, int]]:
    """Runs ``[start, end)`` of neighbours whose sizes sum to at most ``limit`` (or of one)."""
    out: list[tuple[int, int]] = []
    start, total = 0, 0
    for i, size in enumerate(sizes):
        if i > start and total + size > limit:
            out.append((start, i))
            start, total = i, 0
        total += size
    if start < len(sizes):
        out.append((start, len(sizes)))
    return out
