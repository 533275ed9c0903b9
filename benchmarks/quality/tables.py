"""The exam of tables: what rows state, where the heads tell the relation, and where they do not.

Usage: ``python -m benchmarks.quality.tables [--show] [--pin]``
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.quality import gate
from benchmarks.quality.tally import Tally
from kg import load_pipeline
from kg.config import load_config
from kg.model import Article, Claim
from kg.pipeline import process
from kg.read.article import article
from kg.read.clean import Line

FILE = Path(__file__).parent / "gold" / "tables.toml"
Said = tuple[str, ...]


def table_article(table: Mapping[str, Any]) -> Article:
    """The article that a table stands in."""
    lines = [Line(table["before"], "paragraph")]
    lines += [Line(row, kind="table") for row in table["rows"].strip().splitlines()]
    lines.append(
        Line("The office that publishes it gave no further details on Monday.", "paragraph")
    )
    return article(lines, f"{table['id']}.html")


def wanted(table: Mapping[str, Any]) -> list[Said]:
    """What the table says, as a reader wrote it down."""
    return [tuple(map(str.strip, line.split("|"))) for line in table["says"].strip().splitlines()]


def said(claims: Sequence[Claim]) -> Iterator[Said]:
    """What was stated from it, in the same form."""
    for claim in claims:
        value = claim.object.literal
        words = claim.object.label
        if value is not None:
            words = " ".join(
                filter(None, [value.value, value.unit if value.unit != "years" else None])
            )
        when = [one.literal.value for one in claim.arguments if one.role == "time" and one.literal]
        yield (claim.subject.label, claim.predicate.label, words, *when)


def score() -> Tally:
    """What was found of all tables."""
    settings, nlp, total = load_config(), load_pipeline(), Tally()
    for table in tomllib.loads(FILE.read_text(encoding="utf-8"))["table"]:
        result = process(table_article(table), nlp, settings)
        claims = [one.claim for one in result.claims if one.claim.extractor == "tables"]
        gold, ours = wanted(table), list(said(claims))
        for one in gold:
            total.want(one in ours, f"{table['id']}: {' | '.join(one)}")
        for one in ours:
            total.give(one in gold, f"{table['id']}: {' | '.join(one)}")
    return total


def figures(total: Tally) -> dict[str, float]:
    """The scores that are pinned."""
    return {"precision": total.precision, "recall": total.recall}


def main(arguments: Sequence[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("--show", action="store_true", help="what is missed and what is wrong")
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    given = p.parse_args(arguments)
    total = score()
    if given.show:
        print(*(f"MISSED {line}" for line in total.missed), sep="\n")
        print(*(f"WRONG {line}" for line in total.wrong), sep="\n")
    return gate.settle("tables", figures(total), gate.files(FILE), pinning=given.pin)


if __name__ == "__main__":
    sys.exit(main())
