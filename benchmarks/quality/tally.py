"""Counts of an exam, and the figures they give."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """``found`` of ``gold`` are the annotated things that ours cover, ``right`` of ``ours`` those
    of ours that the annotation confirms; ``missed`` and ``wrong`` are lines for a reader."""

    gold: int = 0
    found: int = 0
    ours: int = 0
    right: int = 0
    missed: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def want(self, found: bool, line: str = "") -> None:
        """Count an annotated thing."""
        self.gold += 1
        self.found += found
        if line and not found:
            self.missed.append(line)

    def give(self, right: bool, line: str = "") -> None:
        """Count one of ours."""
        self.ours += 1
        self.right += right
        if line and not right:
            self.wrong.append(line)

    @property
    def recall(self) -> float:
        """Share of gold found."""
        return self.found / max(self.gold, 1)

    @property
    def precision(self) -> float:
        """Share of ours that are right."""
        return self.right / max(self.ours, 1)

    @property
    def f1(self) -> float:
        """The harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def errors(self, number: int) -> Iterator[str]:
        """``number`` errors of each kind, spread over the exam."""
        for name, lines in (("MISSED", self.missed), ("WRONG", self.wrong)):
            yield from (f"{name} {line}" for line in spread(lines, number))


def spread(lines: list[str], number: int) -> Iterable[str]:
    """``number`` of the lines, evenly over all."""
    return lines[:: max(1, len(lines) // max(number, 1))][:number]
