"""Learn the weights of the coreference ranker from the training part of GUM.

    python -m training.coreference ../shared/corpora [--epochs 40] [--l2 0.002]

The texts are parsed by the shipped pipeline from raw text, as they will be in use; the gold
clusters decide which candidate is right. The loss is the negative log of the summed chances of the
right choices. Full-batch RPROP on at most some 40,000 sparse rows: about two minutes on one core,
the same weights every time.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import numpy as np
from spacy.tokens import Doc

from benchmarks.quality.coreference import GoldMention, gum
from kg.nlp.coreference.entities import Entity
from kg.nlp.coreference.links import Choice, Reader
from kg.nlp.coreference.names import link_names
from kg.nlp.coreference.ranker import WEIGHTS
from kg.nlp.mentions import candidates

Example = tuple[list[list[str]], list[int]]


def examples(doc: Doc, gold: list[GoldMention]) -> list[Example]:
    """The choices of a text with the right answers (indices; the last choice is "nothing")."""
    group: dict[int, str] = {}
    for m in sorted(gold, key=lambda m: m.start - m.end):
        for head in m.heads:
            group[head] = m.group
    found = candidates(doc)
    rows: list[Example] = []
    entity_of: dict[str, Entity] = {}

    def decide(choice: Choice) -> Entity | None:
        mine = group.get(choice.mention.head.idx)
        right = []
        for i, entity in enumerate(choice.entities):
            if mine is not None and any(group.get(m.head.idx) == mine for m in entity.mentions):
                right.append(i)
        if choice.mention.pronoun or mine is not None:
            rows.append((choice.features, right or [len(choice.entities)]))
        return choice.entities[right[0]] if right else None

    assert entity_of == {}
    Reader(doc, found, link_names(doc, found), decide).read()
    return rows


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
    for epoch in range(epochs):
        scores = np.bincount(a, weights=w[f], minlength=choice)
        scores -= np.repeat(np.maximum.reduceat(scores, first), sizes)
        power = np.exp(scores)
        chance = power / np.repeat(np.add.reduceat(power, first), sizes)
        good_sum = np.add.reduceat(chance * ok, first)
        target = chance * ok / np.repeat(good_sum, sizes)
        gradient = np.bincount(f, weights=(chance - target)[a], minlength=len(names)) / len(rows)
        gradient += l2 * w / 10
        sign = gradient * last
        step = np.clip(
            np.where(sign > 0, step * 1.2, np.where(sign < 0, step * 0.5, step)), 1e-6, 0.5
        )
        last = np.where(sign < 0, 0, gradient)
        w -= np.sign(last) * step
        if epoch % 10 == 9:
            print(f"epoch {epoch + 1}: loss {-np.log(good_sum).mean():.4f}")
    return {
        name: round(float(w[i]), 3)
        for name, i in sorted(names.items())
        if abs(w[i]) >= 0.01 and counts[i] >= 4
    }


def main() -> None:
    """Parse, learn, write the weights."""
    p = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--epochs", type=int, default=60)
    p.add_argument("--l2", type=float, default=0.01)
    a = p.parse_args()
    import kg.nlp.values
    from kg.nlp.load import load_pipeline

    nlp = load_pipeline()
    if "kg_values" not in nlp.pipe_names:
        nlp.add_pipe("kg_values")
    rows: list[Example] = []
    for gold_doc, gold in gum(a.corpora / "gum/train"):
        with nlp.select_pipes(disable=[n for n in nlp.pipe_names if n == "kg_coreference"]):
            rows += examples(nlp(gold_doc.text), gold)
    print(f"{len(rows)} choices")
    weights = fit(rows, a.epochs, a.l2)
    WEIGHTS.write_text(json.dumps(weights, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(weights)} weights")


if __name__ == "__main__":
    main()
