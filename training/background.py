"""Makes ``kg/teaching/background.npz``: what a relation that a user teaches is held against; and
``kg/extract/statements/related.npz``: how likely two ends stand in any relation.

    python -m training.background ../shared/corpora

Of the documents of Re-DocRED's development part with an even number (the others are the exam of
``benchmarks.quality.teaching``), all pairs of names of persons, organisations and places of one sentence, and
whether they stand in any relation. To be made anew with every network; some minutes.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.quality.teaching import meetings, parsed
from kg.extract.statements import related as any_relation
from kg.extract.statements.taught import pair, states_of
from kg.nlp.load import load_pipeline
from kg.nlp.words import network_of
from kg.teaching.background import FILE, Background, write
from kg.teaching.rows import Row, general, plain, space_of, table
from kg.teaching.teaching import shipped_pairs
from training.related import fitted, left_out

HALF = slice(0, None, 2)


def made(corpora: Path) -> Background:
    """The background of the looking half; what it tells of any relation is written on the way."""
    nlp = load_pipeline()
    network = network_of(nlp)
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
                found.append(plain(pair(*two), states, number))
                related.append(ends in told)
    any_relation.write(fitted(found, related, network), any_relation.FILE)
    any_relation.related.cache_clear()
    scores = left_out(found, related, network)
    found = [replace(one, likely=score) for one, score in zip(found, scores, strict=True)]
    space = space_of([*general(sentences), *shipped_pairs(nlp)])
    return Background(space, table(space, found), np.array(related), network)


def main(arguments: Sequence[str]) -> None:
    """Write both, and say how much it is."""
    found = made(Path(arguments[0]))
    write(found, FILE)
    none = int((~found.related).sum())
    sizes = " and ".join(f"{path.stat().st_size:,}" for path in (FILE, any_relation.FILE))
    print(f"{len(found.pairs)} pairs, {none} of them in no relation; {sizes} bytes")


if __name__ == "__main__":
    main(sys.argv[1:])
