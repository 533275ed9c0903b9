"""What the network learned of relations that a user taught, as it stands beside the lexicon.

``words.ttl`` has its ``words.taught.json``: for each relation a logistic regression over the encoder's
states at the two ends, between them and on the path that joins them in the tree, and over a few
words (`kg.extract.statements.taught`). It fits one network only, whose fingerprint it carries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

from kg.errors import ConfigError
from kg.results import from_json

ENDING: Final = ".taught.json"
_FORMAT: Final = 2
#: The columns of the shipped encoder's states; others are refused as damaged.
_MOST: Final = 4_096


@dataclass(frozen=True, slots=True, eq=False)
class Taught:
    """One relation. ``states`` are a row of weights for each part of a pair, in the order of
    `kg.extract.statements.taught.rows`, ``middles`` what the mean state of each would weigh; ``words`` those of features with a name. A pair is told from
    ``least`` on, as possible, where there is such a score, and as the sentence has it from ``firm`` on, where there is one; for that
    it counts ``related`` times, too, how likely the pair stands in any relation (`kg.extract.statements.related`). ``sure`` are
    (score, share right from there on), as the examples tell it, ``firm_right`` is the share right of what is firm.
    ``subjects`` and ``objects`` are the kinds of ends that the examples have."""

    relation: str
    states: tuple[tuple[float, ...], ...]
    middles: tuple[float, ...]
    words: Mapping[str, float]
    bias: float
    least: float | None
    sure: tuple[tuple[float, float], ...]
    subjects: tuple[str, ...]
    objects: tuple[str, ...]
    examples: int = 0
    firm: float | None = None
    firm_right: float = 0.0
    related: float = 0.0

    def is_told(self, score: float) -> bool:
        """Whether what scored so is possible at least."""
        return self.least is not None and score >= self.least

    def is_sure(self, score: float, related: float = 0.0) -> bool:
        """Whether what scored so, and stands in some relation with these log odds, is no mere possibility."""
        return self.firm is not None and score + self.related * related >= self.firm

    def confidence(self, score: float, firm: bool = False) -> float:
        """The share that was right of what scored so, or more, and of what is firm, if it is."""
        shares = [share for least, share in self.sure if least <= score]
        return max([*shares, self.firm_right if firm else 0.0])


@dataclass(frozen=True, slots=True)
class Lessons:
    """All that was taught, by one network."""

    format: int
    network: str
    relations: tuple[Taught, ...] = field(default=())

    def of(self, relation: str) -> Taught | None:
        """What was learned of a relation."""
        return next((one for one in self.relations if one.relation == relation), None)


def beside(lexicon: str | Path) -> Path:
    """Where the file stands that belongs to a lexicon."""
    return Path(lexicon).with_suffix(ENDING)


@lru_cache(maxsize=8)
def read_lessons(text: str, name: str) -> Lessons:
    """The lessons of a file's text; ``name`` is for messages. Raises `ConfigError`."""
    again = "Teach the relations again: kg teach RELATION EXAMPLES."
    try:
        found = from_json(Lessons, text)
    except ValueError as error:
        raise ConfigError(f"{name}: not what 'kg teach' wrote ({error}). {again}") from None
    if found.format != _FORMAT:
        raise ConfigError(f"{name}: format {found.format}; this kg reads {_FORMAT}. {again}")
    for one in found.relations:
        widths = {len(row) for row in one.states}
        if len(widths) != 1 or len(one.middles) != len(one.states) or not 0 < max(widths) <= _MOST:
            raise ConfigError(f"{name}: {one.relation} has weights of several widths. {again}")
    return found


def lessons(network: str, relations: Mapping[str, Taught]) -> Lessons:
    """The lessons of these relations, sorted."""
    return Lessons(_FORMAT, network, tuple(relations[name] for name in sorted(relations)))
