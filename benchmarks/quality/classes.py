"""Classes that common nouns tell, on the development part of GUM, against pinned floors.

    python -m benchmarks.quality.classes ../shared/corpora [--part train] [--pin]

Asked is the head of each annotated mention that is a common noun (gold trees and lemmas): which
class `kg.extract.grammar.labels.type_hint` tells of it. GUM's ``person``, ``organization``, ``place`` and
``event`` are right as Person or Group, Organization or Group, Place, and Event; ``told`` is the
share that is right. ``false`` is the share of all other mentions (objects, times, plants,
abstracts) that are taken for one of these.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Final

from benchmarks.quality import gate
from corpora.gum import gum
from kg.extract.grammar.labels import type_hint

RIGHT: Final = {
    "person": ("Person", "Group"),
    "organization": ("Organization", "Group"),
    "place": ("Place",),
    "event": ("Event",),
}
TOLD: Final = frozenset(name for names in RIGHT.values() for name in names)


def main(arguments: list[str] | None = None) -> int:
    """Print the shares; 1 when a floor is missed."""
    p = gate.options(__doc__)
    p.add_argument("--part", choices=("dev", "train"), default="dev")
    a = gate.given(p, arguments)
    counts: Counter[str] = Counter()
    for doc, mentions in gum(a.corpora / "gum" / a.part):
        head = {token.idx: token for token in doc}
        for mention in mentions:
            token = head[mention.heads[0]]
            if token.pos_ != "NOUN":
                continue
            kind = mention.type if mention.type in RIGHT else "other"
            told = type_hint(token)
            counts[kind] += 1
            counts[f"{kind} told"] += told in RIGHT.get(kind, TOLD)
    scores = {f"{kind} told": counts[f"{kind} told"] / counts[kind] for kind in RIGHT}
    scores["false"] = counts["other told"] / counts["other"]
    print({kind: counts[kind] for kind in (*RIGHT, "other")})
    if a.part != "dev":
        print(scores)
        return 0
    files = sorted((a.corpora / "gum/dev").glob("*.gz"))
    return gate.settle("classes", scores, gate.files(*files), pinning=a.pin, ceilings=("false",))


if __name__ == "__main__":
    sys.exit(main())
