"""Learn the weights of the coreference ranker from GUM's training part and GAP's development part.

    python -m training.coreference ../shared/corpora [--epochs 60] [--l2 0.0003]

The texts are parsed by the shipped pipeline from raw text, as they will be in use; the gold
clusters of GUM and the two marked names of GAP decide which candidate is right (where GAP says
that neither is, any other choice is). The loss is the negative log of the summed chances of the
right choices; full-batch RPROP, about a minute on one core, the same weights every time.

Because GAP's development part is learned from, its score is a five-fold one: `fold_weights` gives
the weights that have not seen a fold (``benchmarks/quality/coreference.py``).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from corpora.gap import gap_rows
from corpora.gum import GoldMention, gum
from kg.nlp.coreference.entities import Entity
from kg.nlp.coreference.links import Choice, Reader, weighed
from kg.nlp.coreference.names import link_names
from kg.nlp.coreference.ranker import WEIGHTS, Weights
from kg.nlp.mentions import Candidate, candidates

Example = tuple[list[list[str]], list[int]]
#: Epochs and the strength of the pull towards zero.
Settings = tuple[int, float]
SETTINGS: Settings = (60, 0.0003)
FOLDS = 5


def examples(doc: Doc, gold: list[GoldMention]) -> list[Example]:
    """The choices of a text with the right answers (indices; the last choice is "nothing")."""
    group: dict[int, str] = {}
    for m in sorted(gold, key=lambda m: m.start - m.end):
        for head in m.heads:
            group[head] = m.group
    found = candidates(doc)
    rows: list[Example] = []

    def decide(choice: Choice) -> Entity | None:
        mine = group.get(choice.mention.head.idx)
        right = []
        for i, entity in enumerate(choice.entities):
            if mine is not None and any(group.get(m.head.idx) == mine for m in entity.mentions):
                right.append(i)
        if choice.mention.pronoun or mine is not None:
            rows.append((choice.features, right or [len(choice.entities)]))
        return choice.entities[right[0]] if right else None

    Reader(doc, found, link_names(doc, found), decide).read()
    return rows


def gap_examples(doc: Doc, row: Mapping[str, str], known: Weights) -> list[Example]:
    """The choice of a GAP snippet; its other pronouns are resolved by the weights ``known``."""
    at = int(row["Pronoun-offset"])
    names = [
        (int(row[f"{x}-offset"]), len(row[x]), row[f"{x}-coref"].upper() == "TRUE") for x in "AB"
    ]
    rows: list[Example] = []
    usual = weighed(known)

    def decide(choice: Choice) -> Entity | None:
        if choice.mention.head.idx == at:
            right, wrong = set(), set()
            for i, entity in enumerate(choice.entities):
                for start, size, true in names:
                    if any(_over(m, start, start + size) for m in entity.names):
                        (right if true else wrong).add(i)
            if not any(true for *_, true in names):
                right = set(range(len(choice.features)))
            if right - wrong:
                rows.append((choice.features, sorted(right - wrong)))
        return usual(choice)

    found = candidates(doc)
    Reader(doc, found, link_names(doc, found), decide).read()
    return rows


def _over(mention: Candidate, start: int, end: int) -> bool:
    span = mention.head.doc[mention.start : mention.end]
    return span.start_char < end and start < span.end_char


def fit(rows: list[Example], epochs: int, l2: float) -> dict[str, float]:
    """The weights that make the right choices likely."""
    names: dict[str, int] = {}
    at: list[int] = []
    of: list[int] = []
    starts: list[int] = []
    right: list[bool] = []
    choice = 0
    for features, good in rows:
        starts.append(choice)
        for i, row in enumerate(features):
            for f in row:
                at.append(choice)
                of.append(names.setdefault(f, len(names)))
            right.append(i in good)
            choice += 1
    a, f = np.array(at), np.array(of)
    first, ok = np.array(starts), np.array(right)
    counts = np.bincount(f, minlength=len(names))
    sizes = np.diff(np.append(first, choice))
    w = np.zeros(len(names))
    step = np.full(len(names), 0.05)
    last = np.zeros(len(names))
    for _ in range(epochs):
        scores = np.bincount(a, weights=w[f], minlength=choice)
        scores -= np.repeat(np.maximum.reduceat(scores, first), sizes)
        power = np.exp(scores)
        chance = power / np.repeat(np.add.reduceat(power, first), sizes)
        good_sum = np.add.reduceat(chance * ok, first)
        target = chance * ok / np.repeat(good_sum, sizes)
        gradient = np.bincount(f, weights=(chance - target)[a], minlength=len(names)) / len(rows)
        gradient += l2 * w
        sign = gradient * last
        step = np.clip(
            np.where(sign > 0, step * 1.2, np.where(sign < 0, step * 0.5, step)), 1e-6, 0.5
        )
        last = np.where(sign < 0, 0, gradient)
        w -= np.sign(last) * step
    return {
        name: round(float(w[i]), 3)
        for name, i in sorted(names.items())
        if abs(w[i]) >= 0.01 and counts[i] >= 4
    }


def collect(
    nlp: Language, corpora: Path, settings: Settings
) -> tuple[list[Example], list[list[Example]]]:
    """The choices of GUM and those of GAP (a list for each snippet)."""
    gum_rows: list[Example] = []
    with nlp.select_pipes(disable=[n for n in nlp.pipe_names if n == "kg_coreference"]):
        for gold_doc, gold in gum(corpora / "gum/train"):
            gum_rows += examples(nlp(gold_doc.text), gold)
        known = fit(gum_rows, *settings)
        rows = gap_rows(corpora)
        gap: list[list[Example]] = [
            gap_examples(doc, row, known)
            for row, doc in zip(rows, nlp.pipe(r["Text"] for r in rows), strict=True)
        ]
    return gum_rows, gap


def fold_weights(
    gum_rows: list[Example], gap: list[list[Example]], settings: Settings, fold: int | None
) -> dict[str, float]:
    """The weights learned from all but one fold of GAP (None: from all of it)."""
    rows = gum_rows + [
        e for i, own in enumerate(gap) if i % FOLDS != fold for e in own for _ in range(2)
    ]
    return fit(rows, *settings)


def main() -> None:
    """Parse, learn, write the weights."""
    p = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--epochs", type=int, default=SETTINGS[0])
    p.add_argument("--l2", type=float, default=SETTINGS[1])
    a = p.parse_args()
    import kg.nlp.values  # noqa: F401
    from kg.nlp.load import load_pipeline

    nlp = load_pipeline()
    if "kg_values" not in nlp.pipe_names:
        nlp.add_pipe("kg_values")
    gum_rows, gap = collect(nlp, a.corpora, (a.epochs, a.l2))
    weights = fold_weights(gum_rows, gap, (a.epochs, a.l2), None)
    WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(gum_rows)} + {sum(map(len, gap))} choices, {len(weights)} weights")


if __name__ == "__main__":
    main()
