"""Makes ``kg/teaching/background.npz``: what a relation that a user teaches is held against.

    python -m training.background ../shared/corpora

Of the documents of Re-DocRED's development part with an even number (the others are the exam of
``benchmarks.quality.teaching``), all pairs of names of persons, organisations and places of one sentence, and
whether they stand in any relation. To be made anew with every network; about a minute.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.quality.teaching import meetings, parsed
from kg.extract.statements.taught import pair, states_of
from kg.nlp.load import load_pipeline
from kg.nlp.words import network_of
from kg.teaching.background import FILE, Background, write
from kg.teaching.rows import Row, general, row, space_of, table
from kg.teaching.teaching import shipped_pairs

HALF = slice(0, None, 2)


def made(corpora: Path) -> Background:
    """The background of the looking half."""
    nlp = load_pipeline()
    with gzip.open(corpora / "redocred" / "dev.jsonl.gz", "rt", encoding="utf-8") as file:
        data = [json.loads(line) for line in file][HALF]
    parses = iter(list(parsed(nlp, (sentence for doc in data for sentence in doc["sents"]))))
    found: list[Row] = []
    related: list[bool] = []
    sentences = []
    for number, doc in enumerate(data):
        own = [next(parses) for _ in doc["sents"]]
        sentences += own
        told = {(h, t) for h, _, t, *_ in doc["relations"]}
        for ends, places in meetings(doc, own).items():
            for s, two in places:
                states = states_of(own[s])
                assert states is not None
                found.append(row(pair(*two), states, number))
                related.append(ends in told)
    space = space_of([*general(sentences), *shipped_pairs(nlp)])
    return Background(space, table(space, found), np.array(related), network_of(nlp))


def main(arguments: Sequence[str]) -> None:
    """Write it, and say how much it is."""
    found = made(Path(arguments[0]))
    write(found, FILE)
    none = int((~found.related).sum())
    print(f"{len(found.pairs)} pairs, {none} of them in no relation; {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
