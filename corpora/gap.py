"""GAP (Webster et al. 2018): pronouns, each with two names that it may mean."""

from __future__ import annotations

import csv
import gzip
from pathlib import Path


def gap_rows(corpora: Path) -> list[dict[str, str]]:
    """The snippets of GAP's development part."""
    path = corpora / "gap/gap-development.tsv.gz"
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
