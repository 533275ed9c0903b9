"""Is it so: the status and certainty of predicates against UDS-IH2 (Rudinger et al. 2018).

    python -m benchmarks.quality.uds ../shared/corpora [--errors N] [--part dev] [--pin]

Annotators judged predicates of the English Web Treebank from -3 (certainly did not happen) to 3
(certainly did). Our reading of a predicate becomes a number: certainty x 3, negative where denied;
planned, hypothetical and possible count as little or nothing (see `VALUES`).

- **Macro F1** over three classes: *happened* (label > 1), *open* (-1 to 1), *did not* (< -1);
  ours: asserted or claimed, (possible, planned, hypothetical), denied. The annotators label
  much of what is planned or supposed "did not happen", so the classes are not ours; the two-class
  F1 (happened or not) leaves that question out.
- **Pearson r** and **mean absolute error** of the numbers, as in the paper.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spacy.language import Language

from benchmarks.quality import gate
from benchmarks.quality.facts import macro_f1
from benchmarks.quality.pretokenised import docs
from kg.extract.factuality.status import Standing, status

#: What a status says about whether it happened, on the corpus' scale.
VALUES = {
    "asserted": 2.6, "claimed": 2.2, "possible": 0.2, "planned": -0.4, "hypothetical": -1.2,
    "denied": -2.4,
}  # fmt: skip


@dataclass
class Scores:
    """Pairs of gold and ours; the properties are the published figures."""

    labels: list[float] = field(default_factory=list)
    ours: list[float] = field(default_factory=list)
    classes: list[tuple[str, str]] = field(default_factory=list)
    lines: list[tuple[float, str]] = field(default_factory=list)

    @property
    def macro_f1(self) -> float:
        """Over happened, open, did not."""
        return macro_f1(self.classes)

    @property
    def two_class_f1(self) -> float:
        """Over happened, not happened (or open)."""
        return macro_f1((_two(a), _two(b)) for a, b in self.classes)

    @property
    def pearson(self) -> float:
        """Pearson's correlation."""
        return correlation(self.labels, self.ours)

    @property
    def error(self) -> float:
        """Mean absolute error."""
        pairs = zip(self.labels, self.ours, strict=True)
        return sum(abs(a - b) for a, b in pairs) / max(len(self.labels), 1)

    def figures(self) -> dict[str, float]:
        """The published figures."""
        return {
            "macro_f1": self.macro_f1,
            "two_class_f1": self.two_class_f1,
            "pearson": self.pearson,
            "error": self.error,
        }


def _two(name: str) -> str:
    return "happened" if name == "happened" else "not"


def correlation(a: Sequence[float], b: Sequence[float]) -> float:
    """Pearson's r of two equally long sequences."""
    n = len(a)
    mean_a, mean_b = sum(a) / n, sum(b) / n
    over = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    under = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    return float(over / under**0.5) if under else 0.0


def value(standing: Standing) -> float:
    """A standing on the corpus' scale."""
    if standing.status not in ("denied", "asserted", "claimed") and standing.polarity == "negative":
        return -VALUES[standing.status] if VALUES[standing.status] > 0 else VALUES[standing.status]
    return VALUES[standing.status]


def class_of(label: float) -> str:
    """The class of a gold label."""
    return "happened" if label > 1 else "did not" if label < -1 else "open"


def our_class(standing: Standing) -> str:
    """The class of our reading."""
    if standing.status in ("asserted", "claimed"):
        return "happened"
    return "did not" if standing.status == "denied" else "open"


def path(corpora: Path, part: str) -> Path:
    """The file of a part of the exam."""
    return corpora / "uds_ih2" / f"{part}.jsonl.gz"


def exam(nlp: Language, corpora: Path, part: str = "dev") -> Scores:
    """Our status of the judged predicates."""
    with gzip.open(path(corpora, part), "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    into = Scores()
    parsed = docs(nlp, (row["text"].split(" ") for row in rows))
    for row, doc in zip(rows, parsed, strict=True):
        for target in row["targets"]:
            token = doc[target["span1"][0]]
            label = float(target["label"])
            standing = status(token)
            ours = value(standing)
            into.labels.append(label)
            into.ours.append(ours)
            into.classes.append((class_of(label), our_class(standing)))
            into.lines.append(
                (
                    abs(label - ours),
                    f"{label:+.2f} {standing.status:12} {token.text}: {row['text']}",
                )
            )
    return into


def main(arguments: list[str] | None = None) -> int:
    """Print the figures, and the worst errors on request; 1 when a floor of dev is missed."""
    from kg.nlp.load import load_pipeline

    p = gate.options(__doc__)
    p.add_argument("--part", default="dev", choices=("dev", "train"))
    p.add_argument("--errors", type=int, default=0)
    a = gate.given(p, arguments)
    into = exam(load_pipeline(), a.corpora, a.part)
    print(f"predicates {len(into.labels)}")
    for _, line in sorted(into.lines, key=lambda x: (-x[0], x[1]))[: a.errors]:
        print(line)
    if a.part != "dev":
        print(into.figures())
        return 0
    return gate.settle(
        "uds", into.figures(), gate.files(path(a.corpora, a.part)),
        pinning=a.pin, ceilings=["error"],
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(main())
