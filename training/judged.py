"""The statements that readers judged, article by article, to be made again as they are made today.

`wholes` are articles that one reader judged whole, or of which one judged a draw (``judged/training``,
``judged/newspapers``: a file is a set); `rounds` are articles of the rounds of two readers
(``judged/twice-*.jsonl``), as `kg build` reads them, since the marks stand at offsets of that.
"""

from __future__ import annotations

import json
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality.precision import Linked, content, evidence
from benchmarks.quality.whole import Judged, articles, load
from corpora.newspapers import ecbplus
from kg.config import load_config
from kg.model import Article
from kg.read import read

ROOT = Path(__file__).resolve().parent.parent
JUDGED = ROOT / "benchmarks" / "quality" / "judged"
#: An article, what it is of, and what was judged of it.
Whole = tuple[Article, str, dict[str, Judged]]
Round = tuple[Article, str, list[dict[str, Any]]]


def wholes(corpora: Path, part: str) -> Iterator[Whole]:
    """The articles of a folder, each with its set and its judged statements by key."""
    texts = articles(corpora)
    for path in sorted((JUDGED / part).glob("*.tsv")):
        known: defaultdict[str, dict[str, Judged]] = defaultdict(dict)
        for one in load(path):
            known[one.article][one.key] = one
        for name in sorted(known):
            yield texts[name], path.stem, known[name]


def rounds(corpora: Path) -> Iterator[Round]:
    """The articles of the rounds, each with its round and the judged rows."""
    texts = {name: one.text for name, one in articles(corpora).items()}
    for part in ("train", "dev"):
        texts |= {story.id: story.text for story in ecbplus(corpora / "ecbplus", part)}
    for path in sorted((*JUDGED.glob("talks-*.jsonl"), *JUDGED.glob("press-*.jsonl"))):
        told = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        texts |= {f"{path.name}:{n}": row["text"] for n, row in enumerate(told, 1)}
    for path in sorted(JUDGED.glob("twice-*.jsonl")):
        judged: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for row in map(json.loads, path.read_text("utf-8").splitlines()):
            judged[row["article"].removeprefix("wikinews_2020_half:")].append(row)
        for article in _read(sorted(set(judged) & set(texts)), texts):
            yield article, path.stem, judged[article.id]


def still(row: Mapping[str, Any], made: Iterable[Linked]) -> Linked | None:
    """The one statement that is made today of the words of a round's row, with its status; None where
    there is none, or several."""
    place, status = (row["start"], row["end"]), row["status"]
    here = [one for one in made if evidence(one) == place and content(one).status == status]
    return here[0] if len(here) == 1 else None


def _read(names: Sequence[str], texts: Mapping[str, str]) -> Iterator[Article]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.jsonl")
        lines = (json.dumps({"id": name, "text": texts[name]}) for name in names)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        for article in read([str(path)], settings=load_config()):
            if isinstance(article, Article):
                name = names[int(article.source.rpartition(":")[2]) - 1]
                yield Article(name, name, article.text, article.title, blocks=article.blocks)
