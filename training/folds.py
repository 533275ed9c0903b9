"""CrossNER in five folds: ``python training/folds.py WORK MINILM --epochs 3``.

The shipped weights have seen four fifths of CrossNER, so their score on it is that of the fifth that
was held out. Here the same encoder learns names alone, five times from its start, each time without
the fifth that it is then asked about; trees are left out, which makes it quick and a little worse.
Prints F1 in per cent for each fold and for all together, as ``benchmarks/quality/pipeline.py``
counts: exact spans, types mapped, ``magazine``, ``academicjournal``, ``award`` and ``misc`` free.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import random
import sys
import time
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quality.pipeline import (
    CROSSNER,
    DOMAINS,
    OURS,
    crossner_fold,
    spaces,
    spans,
)
from kg.nlp.entities import best_tags
from kg.nlp.wordpieces import Wordpieces
from training.data import chunks
from training.model import Parser, load_config
from training.train import NAMES, Coder, batches, collate, inventories, make_chunks


def learn(coder: Coder, model: Parser, sents: list[dict], raw: list[dict], a) -> None:
    """Entities alone, with the layer-wise rates of ``train.py``."""
    rng = random.Random(a.seed)
    depth = len(model.encoder.layers)
    groups = []
    for name, w in model.named_parameters():
        layer = int(name.split(".")[2]) if name.startswith("encoder.layers.") else -1
        body = name.startswith("encoder.") and not name.startswith("encoder.shape")
        rate = a.lr * 0.9 ** (depth - 1 - layer) if body else a.head_lr
        groups.append({"params": [w], "lr": rate, "weight_decay": 0.01 if w.ndim > 1 else 0.0})
    optimizer = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)

    def epoch(rng: random.Random) -> list[list[list[dict]]]:
        some = [s for s in raw if rng.random() < a.raw]
        return batches(make_chunks(sents + some, rng, a.singles, 180), 1600, rng)

    total = a.epochs * len(epoch(random.Random(0)))
    warm = max(1, total // 16)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / warm, max(0.0, 1 - step / total) + 0.01)
    )
    model.train()
    for _ in range(a.epochs):
        for group in epoch(rng):
            batch = collate(group, coder, rng)
            with torch.autocast("cpu", dtype=torch.bfloat16):
                _, _, names = model.encode(
                    batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"]
                )
                scores = F.log_softmax(model.name_scores(names).float(), -1)
            known = batch["allowed"].any(1)
            got = scores.masked_fill(~batch["allowed"], -1e4).logsumexp(1)
            loss = -(got * known).sum() / max(1, int(known.sum()))
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()


@torch.no_grad()
def score(coder: Coder, model: Parser, corpora: Path, fold: int) -> collections.Counter:
    """Counts of right, given and wanted names of a fold."""
    model.eval()
    n: collections.Counter = collections.Counter()
    rows = [row for d in DOMAINS for row in crossner_fold(corpora, d, fold)]
    todo = []
    for words, tags in rows:
        s = {"words": words, "sp": spaces(words), "doc": "", "par": 0}
        todo.append((coder.sentence(s), spans(tags)))
    for at in range(0, len(todo), 16):
        group = todo[at : at + 16]
        batch = collate([[s] for s, _ in group], coder, None)
        _, _, names = model.encode(
            batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"]
        )
        scores = model.name_scores(names).numpy().astype(np.float32)
        begin = 0
        for s, gold in group:
            best = best_tags(scores[begin : begin + s["n"]], NAMES)
            begin += s["n"]
            free = [(x, y) for x, y, k in gold if k in CROSSNER and CROSSNER[k] is None]
            want = {(x, y, CROSSNER[k]) for x, y, k in gold if CROSSNER.get(k)}
            got = {
                (x, y, OURS[k])
                for x, y, k in chunks([NAMES[i] for i in best.tolist()])
                if k in OURS and not any(x < v and u < y for u, v in free)
            }
            n.update(right=len(want & got), system=len(got), gold=len(want))
    return n


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("corpora", type=Path)
    p.add_argument("work", type=Path)
    p.add_argument("minilm", type=Path)
    p.add_argument("--epochs", type=int, default=3)
    p.add_argument("--lr", type=float, default=3e-4)
    p.add_argument("--head-lr", type=float, default=1.5e-3)
    p.add_argument("--raw", type=float, default=0.2)
    p.add_argument("--singles", type=float, default=0.35)
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.set_num_threads(2)
    torch.set_flush_denormal(True)
    with gzip.open(a.work / "data.json.gz", "rt", encoding="utf-8") as f:
        data = json.load(f)
    labels = inventories(data["train"])
    coder = Coder(labels, Wordpieces.from_file(a.minilm / "tokenizer.json"))
    raw = [coder.sentence(s) for s in data["raw"]]
    others = [s for s in data["train"] if s.get("corpus") in ("wnut", "wikigold")]
    cross = [s for s in data["train"] + data["names_dev"] if s["doc"].startswith("crossner/")]
    sizes = collections.Counter(s["doc"].split("/")[1] for s in cross)
    total: collections.Counter = collections.Counter()
    for fold in range(5):
        began = time.time()
        keep = []
        for s in cross:
            _, domain, i = s["doc"].split("/")
            if int(i) * 25 // sizes[domain] % 5 != fold:
                keep.append(s)
        torch.manual_seed(a.seed)
        model = Parser(load_config(a.minilm), labels)
        model.encoder.load_bert(a.minilm)
        learn(coder, model, [coder.sentence(s) for s in others + keep], raw, a)
        n = score(coder, model, a.corpora, fold)
        total += n
        f1 = 200 * n["right"] / (n["system"] + n["gold"])
        print(f"fold {fold}  {f1:.2f}  {time.time() - began:.0f} s", flush=True)
    print(f"all      {200 * total['right'] / (total['system'] + total['gold']):.2f}")


if __name__ == "__main__":
    main()
