"""LitBank (Bamman et al. 2020): a hundred novels before 1923, with who is meant."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

_GLUED: Final = frozenset(".,;:!?)]”’") | {"n't", "n’t", "..."}
_OPENS: Final = frozenset("([“‘")


def litbank(corpora: Path) -> Iterator[tuple[str, list[tuple[int, int, str]]]]:
    """The text of each document, put together from its words, and its mentions: where one starts
    and ends (characters), and whom it means. What nothing else means is left out."""
    with gzip.open(corpora / "litbank/train.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield _read(json.loads(line))


def _read(row: dict[str, Any]) -> tuple[str, list[tuple[int, int, str]]]:
    text = ""
    places: list[list[tuple[int, int]]] = []
    opened = joined = False
    for sentence in row["sents"]:
        own = []
        for word in sentence:
            closes = word == '"' and opened
            if text and not joined and not closes and not _is_glued(word):
                text += " "
            own.append((len(text), len(text) + len(word)))
            text += word
            if word == '"':
                opened = not opened
            joined = word in _OPENS or (word == '"' and opened)
        places.append(own)
    found = [
        (places[sentence][start][0], places[sentence][end - 1][1], group)
        for sentence, start, end, _, _, group in row["mentions"]
        if group is not None
    ]
    return text, found


def _is_glued(word: str) -> bool:
    return word in _GLUED or (word[0] in "'’" and 1 < len(word) < 4)
