"""A log-linear ranker of antecedents: the sum of the weights of a candidate's features.

The weights (``weights.json``) are learned by ``training/coreference.py`` from the training part of
GUM (Zeldes 2017, CC BY 4.0).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path

Weights = Mapping[str, float]
WEIGHTS = Path(__file__).with_name("weights.json")


@cache
def weights() -> Weights:
    """The shipped weights."""
    loaded: dict[str, float] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return loaded


def probabilities(choices: Sequence[Iterable[str]], known: Weights) -> list[float]:
    """How likely each choice is, given its features; they add up to one."""
    scores = [sum(known.get(f, 0.0) for f in choice) for choice in choices]
    top = max(scores)
    powers = [math.exp(s - top) for s in scores]
    total = sum(powers)
    return [p / total for p in powers]
