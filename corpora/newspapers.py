"""Running news text of corpora that were made for other ends: an article an id, with its paragraphs."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any

#: Capitalised words that two stories share although they are about something else.
_COMMON = frozenset(
    "The He She It They In On But A An U.S. Mr. Monday Tuesday Wednesday Thursday Friday Saturday "
    "Sunday Last At Officials United States President Minister Prime".split()
)
_SHORT, _LONG = 4, 13


@dataclass(frozen=True, slots=True)
class Story:
    """An article; paragraphs of ``text`` are apart by an empty line."""

    id: str
    title: str | None
    text: str


def joined(words: list[str]) -> str:
    """Text of tokens: spaces before punctuation taken out, straight quotation marks made curly."""
    text = " ".join(words)
    text = re.sub(r" ([.,;:!?%)\]])", r"\1", text)
    text = re.sub(r"([(\[$]) ", r"\1", text)
    text = re.sub(r" ('s|'re|'ve|'d|'ll|n't|'m|')\b", r"\1", text)
    text = text.replace("`` ", "“").replace(" ''", "”")
    parts = text.split('"')
    text = parts[0] + "".join(
        ("“" if n % 2 == 0 else "”") + part for n, part in enumerate(parts[1:])
    )
    return re.sub(r" ”", "”", re.sub(r"“ ", "“", text))


def gmb(folder: Path) -> Iterator[Story]:
    """Stories of the Voice of America (``gmb/train.iob2.gz``), cut where nothing is shared with what went
    before, since the corpus has no borders: a border may be a sentence off. The id is a hash of the text."""
    for sentences in _cut(_sentences(folder / "train.iob2.gz")):
        if _SHORT <= len(sentences) <= _LONG:
            text = _paragraphs([joined(sentence) for sentence in sentences], 2)
            yield Story(f"gmb-{blake2b(text.encode(), digest_size=8).hexdigest()}", None, text)


def re3d(folder: Path) -> Iterator[Story]:
    """Press releases of governments, and other reports (``re3d/train.jsonl.gz``)."""
    for row in _rows(folder / "train.jsonl.gz"):
        text = re.sub(r"[ \t]*\n[ \t]*", "\n", row["text"].strip())
        yield Story(f"re3d-{row['id']}", row["title"], re.sub(r"\n+", "\n\n", text))


def men(folder: Path) -> Iterator[Story]:
    """Malaysian newspapers (``men/train.jsonl.gz``; for scores alone)."""
    for row in _rows(folder / "train.jsonl.gz"):
        yield Story(f"men-{row['id']}", None, row["text"])


def ecbplus(folder: Path, part: str) -> Iterator[Story]:
    """News of many publishers (``ecbplus/PART.jsonl.gz``; for scores alone), without addresses."""
    for row in _rows(folder / f"{part}.jsonl.gz"):
        said = [joined(sentence) for sentence in row["sents"]]
        kept = [line for line in said if not line.startswith("http") and len(line.split()) > 3]
        if len(kept) >= 6:
            yield Story(f"ecb-{row['doc'].replace('/', '_')}", None, _paragraphs(kept, 3))


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _paragraphs(sentences: list[str], each: int) -> str:
    return "\n\n".join(
        " ".join(sentences[start : start + each]) for start in range(0, len(sentences), each)
    )


def _sentences(path: Path) -> Iterator[list[str]]:
    words: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8", errors="replace") as lines:
        for line in lines:
            if line.strip():
                words.append(line.split("\t")[0])
            else:
                yield words
                words = []


def _cut(sentences: Iterator[list[str]]) -> Iterator[list[list[str]]]:
    story: list[list[str]] = []
    seen: set[str] = set()
    for words in sentences:
        names = {word for word in words if word[:1].isupper() and word not in _COMMON}
        about = names | {word.lower()[:6] for word in words if len(word) > 6}
        opens = bool(names) and words[0] not in ("He", "She", "It", "They", "But", "His", "Her")
        if (len(story) >= 3 and opens and not about & seen) or len(story) > _LONG:
            yield story
            story, seen = [], set()
        story.append(words)
        seen |= about
    yield story
