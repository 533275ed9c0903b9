"""The weights by which pairs of mentions are judged: one logistic regression a relation.

    python -m training.pairs CORPORA [--cross-validate] [--out kg/extract/statements/pairs.json.gz]

Trained on KnowledgeNet, folds 1 to 3 (Mesquita et al. 2019, CC-BY-SA-4.0), parsed by the shipped
pipeline. A passage teaches a relation only if it is annotated for it. FTRL-Proximal (McMahan et
al. 2013) with an L1 penalty keeps few weights; one pass order, no randomness, numpy only.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.language import Language
from spacy.tokens import Doc

from corpora.knowledgenet import overlap, passages
from kg.extract.statements.learned import RELATIONS, fits
from kg.extract.statements.pair_features import Place, features, pairs, places

ALPHA, BETA, L1, L2 = 0.15, 1.0, 1.5, 1.0
EPOCHS = 5
LEAST = 3  # a feature seen less often is left out
Ints = npt.NDArray[np.int64]


@dataclass(slots=True)
class Row:
    """One pair of one passage."""

    fold: int
    passage: str
    subject: tuple[int, int]
    object: tuple[int, int]
    labels: tuple[str, str]
    right: frozenset[str]
    annotated: frozenset[str]
    features: list[str]


def parse(nlp: Language, text: str) -> Doc:
    """The trees, names and values of a passage; coreference, which pairs do not use, is left
    out."""
    doc = nlp.make_doc(text)
    for name in ("kg_parser", "kg_values"):
        doc = nlp.get_pipe(name)(doc)
    try:
        _ = doc.ents
    except ValueError:  # a name with two spaces inside: one passage of 4,287
        doc.set_ents([])
    return doc


def rows(corpora: Path) -> Iterator[Row]:
    """Every pair of every passage with its features and its gold relations."""
    from kg.nlp.load import load_pipeline

    nlp = load_pipeline()
    for passage in passages(corpora):
        doc = parse(nlp, passage["text"])
        by_sentence: dict[int, list[Place]] = {}
        for place in places(doc):
            by_sentence.setdefault(place.head.sent.start, []).append(place)
        found = [pair for group in by_sentence.values() for pair in pairs(group)]
        for one, other in found:
            labels = (one.label, other.label)
            if not any(fits(name, *labels) for name in passage["annotated_properties"]):
                continue
            a, b = one.char, other.char
            right = frozenset(
                f["predicate"] for f in passage["facts"]
                if overlap(a, f["subject"]) and overlap(b, f["object"])
            )  # fmt: skip
            yield Row(
                int(passage["fold"]), passage["passage_id"], a, b, labels, right,
                frozenset(passage["annotated_properties"]),
                sorted(features(one, other, by_sentence[one.head.sent.start])),
            )  # fmt: skip


class Judge:
    """A logistic regression over feature numbers, trained one example at a time."""

    def __init__(self, size: int) -> None:
        self.z = np.zeros(size + 1)
        self.n = np.zeros(size + 1)
        self.size = size

    def weights(self, at: Ints | None = None) -> npt.NDArray[np.float64]:
        """The weights of these features (default: of all); most are zero."""
        z, n = (self.z, self.n) if at is None else (self.z[at], self.n[at])
        w = -(z - np.sign(z) * L1) / ((BETA + np.sqrt(n)) / ALPHA + L2)
        return np.where(np.abs(z) <= L1, 0.0, w)

    def score(self, at: Ints) -> float:
        """The probability for an example with these features."""
        return float(1 / (1 + np.exp(-np.clip(self.weights(at).sum(), -35, 35))))

    def learn(self, at: Ints, right: bool) -> None:
        """One step."""
        w = self.weights(at)
        p = 1 / (1 + np.exp(-np.clip(w.sum(), -35, 35)))
        g = p - right
        sigma = (np.sqrt(self.n[at] + g * g) - np.sqrt(self.n[at])) / ALPHA
        self.z[at] += g - sigma * w
        self.n[at] += g * g


def train(data: list[Row], relation: str, numbers: dict[str, int], coded: list[Ints]) -> Judge:
    """The judge of one relation. ``coded`` runs parallel to ``data``."""
    judge = Judge(len(numbers))
    chosen = [
        i for i, r in enumerate(data) if relation in r.annotated and fits(relation, *r.labels)
    ]
    order = sorted(chosen, key=lambda i: (hash_of(data[i]), i))
    for _ in range(EPOCHS):
        for i in order:
            judge.learn(coded[i], relation in data[i].right)
    return judge


def hash_of(row: Row) -> int:
    """A fixed shuffle."""
    import zlib

    return zlib.crc32(f"{row.passage}{row.subject}{row.object}".encode())


def code(data: list[Row], numbers: dict[str, int]) -> list[Ints]:
    """The feature numbers of each row; the last number is the bias."""
    bias = len(numbers)
    return [
        np.array([*(numbers[f] for f in r.features if f in numbers), bias], dtype=np.int64)
        for r in data
    ]


def number(data: list[Row]) -> dict[str, int]:
    """The features that occur often enough, numbered in order."""
    count = Counter(f for r in data for f in r.features)
    return {f: i for i, f in enumerate(sorted(f for f, n in count.items() if n >= LEAST))}


def cross_validate(data: list[Row]) -> dict[int, dict[tuple[str, int], float]]:
    """For each held-out fold: (relation, number of the row) -> score."""
    out: dict[int, dict[tuple[str, int], float]] = {}
    for fold in sorted({r.fold for r in data}):
        learned = [r for r in data if r.fold != fold]
        numbers = number(learned)
        coded, own = code(learned, numbers), code(data, numbers)
        found: dict[tuple[str, int], float] = {}
        for relation in RELATIONS:
            judge = train(learned, relation, numbers, coded)
            for i, row in enumerate(data):
                if row.fold == fold and relation in row.annotated and fits(relation, *row.labels):
                    found[relation, i] = judge.score(own[i])
        out[fold] = found
    return out


def write(data: list[Row], path: Path) -> int:
    """Train on all and write the weights that are not zero; the number of weights."""
    numbers = number(data)
    coded = code(data, numbers)
    names = [*sorted(numbers, key=lambda f: numbers[f]), ""]
    out: dict[str, dict[str, float]] = {}
    for relation in RELATIONS:
        weights = train(data, relation, numbers, coded).weights()
        out[relation] = {
            names[i]: round(float(w), 3) for i, w in enumerate(weights) if abs(w) >= 0.02
        }
    text = json.dumps(out, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    return sum(len(w) for w in out.values())


def main() -> None:
    """Train and write."""
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    p.add_argument("corpora", type=Path)
    p.add_argument("--out", type=Path, default=Path("kg/extract/statements/pairs.json.gz"))
    a = p.parse_args()
    print(write(list(rows(a.corpora)), a.out), "weights")


if __name__ == "__main__":
    main()
