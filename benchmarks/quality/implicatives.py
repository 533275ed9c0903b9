"""Does our table of governors say what readers do: what "X knew that S" and "X didn't" imply of S?

MegaVeridicality 2.1 has, for each of 773 verbs, how strongly readers took S to have happened when
they read "Somebody V-ed that S" and "Somebody didn't V that S". (The published norm is one figure
for both: high for verbs under which S holds either way.) MegaNegRaising 1.1 has, for each verb, how
far "didn't V that S" was read as "V-ed that not S".

Three questions are put to ``words/en/evidence.toml`` and ``status.toml``; each answer is the chance
that a verb which our table has on the one side has the higher figure than one on the other (the
area under the curve: 0.5 is a guess, 1 is full agreement):

- *keeps*: verbs under which the clause stays so, negated or not, against all others we list;
- *states*: verbs whose clause we state when they are affirmed, against all others;
- *raises*: verbs whose negation we read as a denial of the clause, against other verbs of thinking
  and saying.

Usage: ``python -m benchmarks.quality.implicatives CORPORA [--show] [--pin]`` (``--show``: the verbs
that disagree most)
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import fmean

from benchmarks.quality import gate
from kg.extract.factuality.evidence import signatures
from kg.extract.factuality.standing import lists

FRAMES = ("NP Ved that S", "NP was Ved that S")


def averages(file: Path, figure: str, frames: Sequence[str]) -> dict[str, float]:
    """Verb -> mean of a column over the rows with one of these frames."""
    found: defaultdict[str, list[float]] = defaultdict(list)
    with file.open(encoding="utf-8", newline="") as rows:
        for row in csv.DictReader(rows, delimiter="\t"):
            if row["frame"] in frames:
                found[row["verb"]].append(float(row[figure]))
    return {verb: fmean(figures) for verb, figures in found.items()}


def chance_above(higher: Iterable[float], lower: Iterable[float]) -> float:
    """The chance that one of ``higher`` is above one of ``lower``; a tie counts half."""
    low = list(lower)
    pairs = [1.0 if h > x else 0.5 if h == x else 0.0 for h in higher for x in low]
    return fmean(pairs)


def kept() -> set[str]:
    """Verbs under which our table leaves the clause so, negated or not."""
    both = ("asserted", None)
    table = signatures("verbs").items()
    return {w for w, s in table if s.negated == "asserted" and s.affirmed in both}


def stated() -> set[str]:
    """Verbs whose clause our lists state when they are affirmed."""
    return {word for word, kind in lists()["clause"].items() if kind == "factive"}


def raised() -> set[str]:
    """Verbs whose negation our table reads as a denial of the clause."""
    return {w for w, s in signatures("verbs").items() if s.negated == "denied"}


def listed() -> set[str]:
    return {*lists()["clause"], *signatures("verbs")}


def agreement(ours: set[str], others: set[str], figures: Mapping[str, float]) -> float:
    return chance_above(
        [figures[v] for v in ours if v in figures],
        [figures[v] for v in others - ours if v in figures],
    )


def against(ours: set[str], others: set[str], figures: Mapping[str, float]) -> str:
    """The five verbs on each side that readers put on the other."""
    low = sorted((figures[v], v) for v in ours if v in figures)[:5]
    high = sorted(((figures[v], v) for v in others - ours if v in figures), reverse=True)[:5]
    return f"ours, but low {low}; not ours, but high {high}"


def main(arguments: Sequence[str] | None = None) -> int:
    p = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--show", action="store_true", help="the verbs that disagree most")
    p.add_argument("--pin", action="store_true", help="raise the floors to these scores")
    given = p.parse_args(arguments)
    folder = given.corpora / "megaattitude"
    veridical = averages(folder / "veridicality.tsv", "veridicalitynorm", FRAMES)
    raising = averages(folder / "negraising.tsv", "negraising", ("NP V that S", "NP be V that S"))
    thinking = {w for w, k in lists()["clause"].items() if k in ("claim", "possible")} | raised()
    asked = (
        ("keeps", kept(), listed(), veridical),
        ("states", stated(), listed(), veridical),
        ("raises", raised(), thinking, raising),
    )
    for name, ours, others, figures in asked:
        known = [len({v for v in side if v in figures}) for side in (ours, others - ours)]
        print(f"{name}: {known[0]} verbs against {known[1]}")
        if given.show:
            print(against(ours, others, figures))
    scores = {name: agreement(ours, others, figures) for name, ours, others, figures in asked}
    files = gate.files(folder / "veridicality.tsv", folder / "negraising.tsv")
    return gate.settle("implicatives", scores, files, pinning=given.pin)


if __name__ == "__main__":
    sys.exit(main())
