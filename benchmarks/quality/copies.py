"""Copies counted as sources of their own, and sources of their own taken for copies.

    python -m benchmarks.quality.copies [--show]

``gold/copies.txt`` has 25 events, each with what a wire sent, two copies and two reports of others:
50 pairs that are one source and 50 that are two. ``--show`` prints the wrong pairs of the half that
rules may be tuned on.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.merge.copies import Printed, independent
from kg.model import Article

GOLD = Path(__file__).parent / "gold" / "copies.txt"


@dataclass(frozen=True, slots=True)
class Pair:
    """The wire's text and another one of its event; ``kind`` is ``own`` or how it was copied."""

    event: str
    half: str
    kind: str
    one: str
    other: str

    def counted(self) -> int:
        """As how many sources the two count."""
        return independent([printed(self.one, "The Wire"), printed(self.other, "The Herald")])

    @property
    def right(self) -> bool:
        return self.counted() == (2 if self.kind == "own" else 1)


def printed(marked: str, outlet: str) -> str:
    """The marked words of a text, as its outlet printed them."""
    start, end = marked.index("[["), marked.index("]]") - 2
    text = marked.replace("[[", "").replace("]]", "")
    return Printed(Article("a", "a.txt", text, publisher=outlet)).at(start, end)


def pairs(half: str = "") -> Iterator[Pair]:
    """The pairs of a half, or of both."""
    for event in GOLD.read_text(encoding="utf-8").split("\n## ")[1:]:
        head, *texts = event.split("\n= ")
        name, part = head.split()
        wire, *others = (text.split("\n", 1) for text in texts)
        for kind, text in others:
            if half in ("", part):
                yield Pair(name, part, kind, wire[1].strip(), text.strip())


def score(half: str = "") -> tuple[int, int, int, int]:
    """Copies, of these counted as sources of their own; reports of others, of these lost."""
    found = list(pairs(half))
    own = [pair for pair in found if pair.kind == "own"]
    copies = [pair for pair in found if pair.kind != "own"]
    missed, lost = (sum(not pair.right for pair in some) for some in (copies, own))
    return len(copies), missed, len(own), lost


def main() -> None:
    for half in ("dev", "scoring"):
        copies, missed, own, lost = score(half)
        print(f"{half}: {missed} of {copies} copies counted twice, {lost} of {own} reports lost")
    if "--show" in sys.argv[1:]:
        for pair in pairs("dev"):
            if not pair.right:
                print(f"\n{pair.event} {pair.kind}\n{pair.one}\n--\n{pair.other}")


if __name__ == "__main__":
    main()
