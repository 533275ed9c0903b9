"""KnowledgeNet (Mesquita et al. 2019): passages with the relations that are marked in them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any


def passages(corpora: Path) -> list[dict[str, Any]]:
    """The passages of KnowledgeNet, folds 1 to 3."""
    path = corpora / "knowledgenet/folds123.jsonl.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def overlap(a: tuple[int, int], fact_end: dict[str, Any]) -> bool:
    """Whether a range and a gold mention share a character."""
    return bool(a[0] < fact_end["end"] and fact_end["start"] < a[1])
