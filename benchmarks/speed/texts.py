"""The articles that the benchmarks read when none are named: news of 2019 and 2025 of
``../shared/corpora/raw`` where they are, and the articles of `seeds/articles` in any clone."""

from __future__ import annotations

import gzip
import json
import tempfile
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
_CORPORA = [
    ROOT.parent / "shared/corpora/raw" / name
    for name in ("wikinews_2019.jsonl.gz", "current_events.jsonl.gz")
]
_KEPT = []


def has_corpora() -> bool:
    """Whether the articles that targets were set with are there."""
    return any(path.is_file() for path in _CORPORA)


@cache
def default_files() -> tuple[Path, ...]:
    """Files of JSON lines with a ``text``."""
    found = tuple(path for path in _CORPORA if path.is_file())
    if found:
        return found
    from kg.config import load_config
    from kg.model import Article
    from kg.read import read

    print("without the corpora, of the eight articles of seeds/articles: figures are rougher")
    _KEPT.append(folder := tempfile.TemporaryDirectory(prefix="kg-bench-"))  # until the end
    made = Path(folder.name) / "seeds.jsonl.gz"
    with gzip.open(made, "wt", encoding="utf-8") as out:
        for article in read([ROOT / "seeds/articles"], settings=load_config()):
            if isinstance(article, Article):
                out.write(json.dumps({"text": article.text, "title": article.title}) + "\n")
    return (made,)
