"""Train the pipeline: ``python training/train.py WORK MINILM --epochs 5``.

Reads ``WORK/data.json.gz`` (see ``data.py``) and the encoder's folder; writes ``WORK/labels.json``,
``WORK/epochN.safetensors`` after each epoch and a line of development scores for each.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
import random
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.nlp.lemmas import script
from kg.nlp.wordpieces import Wordpieces
from training.data import TYPES
from training.headlines import cased, headline
from training.model import Parser, load_config

KINDS = ("upos", "xpos", "feats", "lemma")
NAMES = ["O", *(p + t for t in TYPES for p in ("B-", "I-"))]


def inventories(sents: list[dict]) -> dict[str, list[str]]:
    """All labels of the training trees; edit scripts that occur once are left out."""
    counts: dict[str, collections.Counter] = {k: collections.Counter() for k in (*KINDS, "rel")}
    for s in sents:
        if "head" not in s:
            continue
        for k in ("upos", "xpos", "feats"):
            counts[k].update(s[k])
        counts["rel"].update(r for r in s["rel"] if r != "root")
        counts["lemma"].update(map(script, s["words"], s["lemma"]))
    least = {"lemma": 3, "feats": 2, "rel": 2}
    out = {k: sorted(x for x, n in c.items() if n >= least.get(k, 1)) for k, c in counts.items()}
    out["ner"] = NAMES
    return out


class Coder:
    """Sentences to tensors."""

    def __init__(self, labels: dict[str, list[str]], pieces: Wordpieces) -> None:
        self.pieces = pieces
        self.index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}

    def sentence(self, s: dict) -> dict:
        n = len(s["words"])
        out = {"words": s["words"], "glued": [False, *(not x for x in s["sp"][:-1])]}
        out["tail_glued"] = not s["sp"][-1]
        out["doc"], out["par"], out["n"] = s["doc"], s["par"], n
        out["tree"] = "head" in s
        if out["tree"]:
            for k in KINDS:
                values = map(script, s["words"], s["lemma"]) if k == "lemma" else s[k]
                out[k] = [self.index[k].get(v, -100) for v in values]
            out["head"] = [i if h < 0 else h for i, h in enumerate(s["head"])]
            out["rel"] = [self.index["rel"].get(r, -100) for r in s["rel"]]
        else:
            for k in (*KINDS, "head", "rel"):
                out[k] = [-100] * n
        allowed = torch.zeros(n, len(NAMES), dtype=torch.bool)
        for i, tags in enumerate(s.get("ner") or [None] * n):
            if tags is not None:
                allowed[i, [self.index["ner"][t] for t in tags]] = True
        out["allowed"] = allowed
        out["size"] = sum(len(self.pieces.word(w)[0]) for w in s["words"])
        return out


def noisy(words: list[str], rng: random.Random) -> list[str]:
    """The words as another hand might write them: casing of headlines, curly quotes."""
    r = rng.random()
    if r < 0.03:
        words = [w.lower() for w in words]
    elif r < 0.06:
        words = [w.upper() for w in words]
    elif r < 0.09:
        small = {"a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "by", "with"}
        words = [w if i and w in small else w[:1].upper() + w[1:] for i, w in enumerate(words)]
    if rng.random() < 0.3:
        out, opened = [], False
        for w in words:
            new = w
            if w == '"':
                new = "”" if opened else "“"
                opened = not opened
            elif w in ("``", "''"):
                new = "“" if w == "``" else "”"
            elif w == "--":
                new = rng.choice(("—", "–"))
            elif "'" in w:
                new = w.replace("'", "’")
            out.append(new)
        words = out
    return words


def make_chunks(sents: list[dict], rng: random.Random, singles: float, limit: int) -> list[list]:
    """One epoch: each sentence once, alone or in a run of neighbours of one paragraph or text."""
    out, run, size, across, cap = [], [], 0, False, limit
    for s in sents:
        alone = rng.random() < singles
        new = run and (
            s["doc"] != run[-1]["doc"]
            or (s["par"] != run[-1]["par"] and not across)
            or size + s["size"] > cap
            or alone
        )
        if new:
            out.append(run)
            run = []
        if alone:
            out.append([s])
            continue
        if not run:
            size, across, cap = 0, rng.random() < 0.4, rng.choice((limit // 2, limit, limit))
        run.append(s)
        size += s["size"]
    if run:
        out.append(run)
    return out


def collate(chunks: list[list[dict]], coder: Coder, rng: random.Random | None) -> dict:
    rows = []
    for run in chunks:
        words, glued, start = [], [], []
        for j, s in enumerate(run):
            words += noisy(s["words"], rng) if rng else s["words"]
            g = list(s["glued"])
            g[0] = j > 0 and run[j - 1]["tail_glued"] and run[j - 1]["par"] == s["par"]
            glued += g
            sure = s["tree"] or j == 0
            start += [1 if sure else -100] + [0 if s["tree"] else -100] * (s["n"] - 1)
        rows.append((coder.pieces.chunk(words, glued), start))
    width = max(len(r[0][0]) for r in rows)
    b = len(rows)
    ids = torch.zeros(b, width, dtype=torch.long)
    shapes = torch.zeros(b, width, dtype=torch.long)
    mask = torch.zeros(b, 1, 1, width, dtype=torch.bool)
    first, last, where, start = [], [], [], []
    heads, sent = [], []
    longest = max(len(r[0][2]) for r in rows)
    nth = 0
    for i, ((x, y, f, la), st) in enumerate(rows):
        ids[i, : len(x)] = torch.tensor(x)
        shapes[i, : len(x)] = torch.tensor(y)
        mask[i, 0, 0, : len(x)] = True
        first += [i * width + k for k in f]
        last += [i * width + k for k in la]
        where += [i * longest + k for k in range(len(f))]
        start += st
        base = 0
        for s in chunks[i]:
            heads += [h + base if h >= 0 else -100 for h in s["head"]]
            sent += [nth] * s["n"]
            base += s["n"]
            nth += 1
    out = {"ids": ids, "shapes": shapes, "mask": mask, "b": b, "longest": longest}
    out["first"], out["last"] = torch.tensor(first), torch.tensor(last)
    out["where"] = torch.tensor(where)
    out["start"] = torch.tensor(start)
    out["head"], out["sent"] = torch.tensor(heads), torch.tensor(sent)
    flat = [s for run in chunks for s in run]
    for k in (*KINDS, "rel"):
        out[k] = torch.tensor([v for s in flat for v in s[k]])
    out["allowed"] = torch.cat([s["allowed"] for s in flat])
    return out


def arc_scores(model: Parser, tree: torch.Tensor, batch: dict) -> torch.Tensor:
    """For each word the scores of the words of its chunk; the word itself stands for the root."""
    dep, head, root = model.arc_parts(tree)
    b, n, where = batch["b"], batch["longest"], batch["where"]
    pad = dep.new_zeros(b * n, dep.shape[-1])
    d = pad.index_copy(0, where, dep).view(b, n, -1)
    h = pad.index_copy(0, where, head.to(dep.dtype)).view(b, n, -1)
    scores = torch.bmm(d, h.transpose(1, 2)).view(b * n, n)[where].float()
    sent = torch.full((b * n,), -1).index_copy(0, where, batch["sent"]).view(b, n)
    same = sent[where // n] == batch["sent"][:, None]
    own = where % n
    scores = scores.scatter(1, own[:, None], root.float()[:, None])
    return scores.masked_fill(~same, -1e4)


def losses(model: Parser, batch: dict) -> dict[str, torch.Tensor]:
    tags, tree, names = model.encode(
        batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"]
    )
    total = len(batch["where"])

    def ce(scores: torch.Tensor, gold: torch.Tensor) -> torch.Tensor:
        n = max(int((gold >= 0).sum()), total // 4)
        return F.cross_entropy(scores.float(), gold, ignore_index=-100, reduction="sum") / n

    out = {k: ce(v, batch[k]) for k, v in model.tag_scores(tags).items()}
    out["head"] = ce(arc_scores(model, tree, batch), batch["head"])
    dep, head = model.rel_parts(tree)
    keep = ((batch["rel"] >= 0) & (batch["head"] >= 0)).nonzero().squeeze(1)
    # row of the head word: the chunk's first row plus the head's place in the chunk
    base = torch.arange(total) - batch["where"] % batch["longest"]
    gold_head = (base + batch["head"])[keep]
    out["rel"] = ce(model.rel_scores(dep[keep], head[gold_head]), batch["rel"][keep])
    scores = F.log_softmax(model.name_scores(names).float(), -1)
    known = batch["allowed"].any(1)
    got = scores.masked_fill(~batch["allowed"], -1e4).logsumexp(1)
    out["ner"] = -(got * known).sum() / max(int(known.sum()), total // 4)
    return out


def batches(chunks: list[list], per: int, rng: random.Random | None) -> list[list[list]]:
    sized = [(sum(s["size"] for s in c) + 2, i) for i, c in enumerate(chunks)]
    if rng:
        rng.shuffle(sized)
    out: list[list[list]] = []
    pool = 4000 if rng is None else 600
    for k in range(0, len(sized), pool):
        batch: list[list] = []
        for size, i in sorted(sized[k : k + pool]):
            if batch and (len(batch) + 1) * size > per:
                out.append(batch)
                batch = []
            batch.append(chunks[i])
        if batch:
            out.append(batch)
    if rng:
        rng.shuffle(out)
    return out


def spans_of(tags: list[str]) -> set[tuple[int, int, str]]:
    from training.data import chunks as spans

    return set(spans(tags))


EXAM = {
    "PERSON": "PER",
    "ORG": "ORG",
    "GPE": "LOC",
    "LOC": "LOC",
    "FAC": "LOC",
    "PRODUCT": "PRODUCT",
    "WORK_OF_ART": "WORK_OF_ART",
    "EVENT": "EVENT",
}


@torch.no_grad()
def evaluate(model: Parser, parts: dict[str, list[dict]], coder: Coder, bf16: bool) -> dict:
    """Development scores with gold words and sentences, greedy heads."""
    from training.data import FINE

    model.eval()
    labels = model.labels
    out = {}
    for name, raw in parts.items():
        sents = [coder.sentence(s) for s in raw]
        for s, r in zip(sents, raw, strict=True):
            s["raw"] = r
        hit: collections.Counter = collections.Counter()
        gold_n = guess_n = both = 0
        rng = random.Random(1)
        todo = make_chunks(sents, rng, 0.0, 160)
        for group in batches(todo, 3000, None):
            batch = collate(group, coder, None)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bf16):
                tags, tree, names = model.encode(
                    batch["ids"], batch["shapes"], batch["mask"], batch["first"], batch["last"]
                )
                got = {k: v.argmax(-1) for k, v in model.tag_scores(tags).items()}
                heads = arc_scores(model, tree, batch).argmax(-1)
                dep, head = model.rel_parts(tree)
                base = torch.arange(len(heads)) - batch["where"] % batch["longest"]
                rels = model.rel_scores(dep, head[base + heads]).argmax(-1)
                ner = model.name_scores(names).argmax(-1).tolist()
            own = batch["where"] % batch["longest"]
            if name != "names_dev":
                right = heads == batch["head"]
                root = own == batch["head"]
                hit["words"] += len(heads)
                hit["UAS"] += int(right.sum())
                hit["LAS"] += int((right & (root | (rels == batch["rel"]))).sum())
                for k in KINDS:
                    hit[k] += int((got[k] == batch[k]).sum())
                st = batch["start"] * (own > 0)
                gs = got["start"] * (own > 0)
                hit["st_gold"] += int(st.sum())
                hit["st_guess"] += int(gs.sum())
                hit["st_both"] += int((st * gs).sum())
            at = 0
            for run in group:
                for s in run:
                    mine = [labels["ner"][t] for t in ner[at : at + s["n"]]]
                    at += s["n"]
                    if "gold_spans" not in s["raw"]:
                        continue
                    gold, free = set(), []
                    for a, b, kind in s["raw"]["gold_spans"]:
                        kinds = {EXAM.get(k) for k in FINE[kind]}
                        if kind in ("misc", "award") or len(kinds) > 1:
                            free.append((a, b))
                        elif FINE[kind] != ["O"]:
                            gold.add((a, b, kinds.pop()))
                    guess = set()
                    for a, b, kind in spans_of(mine):
                        k = EXAM.get(kind)
                        if k is None or (name == "ewt_dev" and k not in ("PER", "ORG", "LOC")):
                            continue
                        if any(a < y and x < b for x, y in free):
                            continue
                        guess.add((a, b, k))
                    gold_n += len(gold)
                    guess_n += len(guess)
                    both += len(gold & guess)
        r = (
            {
                k: round(100 * v / hit["words"], 2)
                for k, v in hit.items()
                if not k.startswith("st_") and k != "words"
            }
            if hit["words"]
            else {}
        )
        if hit["st_gold"]:
            r["start"] = round(200 * hit["st_both"] / (hit["st_gold"] + hit["st_guess"]), 2)
        if gold_n:
            r["ner"] = round(200 * both / (gold_n + guess_n), 2)
        out[name] = r
    model.train()
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("work", type=Path)
    p.add_argument("minilm", type=Path)
    p.add_argument("--epochs", type=int, default=5)
    p.add_argument("--lr", type=float, default=2e-4)
    p.add_argument("--head-lr", type=float, default=1.5e-3)
    p.add_argument("--decay", type=float, default=0.9, help="learning rate from layer to layer")
    p.add_argument("--batch", type=int, default=1600, help="wordpieces a batch")
    p.add_argument("--limit", type=int, default=180, help="wordpieces a chunk")
    p.add_argument("--singles", type=float, default=0.35)
    p.add_argument("--raw", type=float, default=0.3, help="share of the raw sentences an epoch")
    p.add_argument("--names", type=float, default=1.0, help="weight of the entities' loss")
    p.add_argument(
        "--headlines", type=float, default=0.0, help="headlines made, as a share of trees"
    )
    p.add_argument("--start", type=Path, help="weights to go on from, of the same data")
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--no-bf16", dest="bf16", action="store_false")
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    torch.set_flush_denormal(True)
    torch.manual_seed(a.seed)
    rng = random.Random(a.seed)
    with gzip.open(a.work / "data.json.gz", "rt", encoding="utf-8") as f:
        data = json.load(f)
    labels = inventories(data["train"])
    (a.work / "labels.json").write_text(json.dumps(labels, ensure_ascii=False))
    print({k: len(v) for k, v in labels.items()}, flush=True)
    coder = Coder(labels, Wordpieces.from_file(a.minilm / "tokenizer.json"))
    trees = data.pop("train")
    sents = [coder.sentence(s) for s in trees]
    trees = [s for s in trees if "head" in s]
    raw = [coder.sentence(s) for s in data.pop("raw", [])]
    pieces = sum(s["size"] for s in sents) + round(a.raw * sum(s["size"] for s in raw))
    model = Parser(load_config(a.minilm), labels)
    if a.start:
        model.load_state_dict(load_file(a.start))
    else:
        model.encoder.load_bert(a.minilm)
    groups: dict[tuple[float, bool], list] = collections.defaultdict(list)
    depth = len(model.encoder.layers)
    for name, w in model.named_parameters():
        plain = w.ndim < 2 or "mix" in name
        if name.startswith("encoder.layers."):
            rate = a.lr * a.decay ** (depth - 1 - int(name.split(".")[2]))
        elif name.startswith("encoder.shape"):
            rate = a.head_lr
        elif name.startswith("encoder."):
            rate = a.lr * a.decay**depth
        else:
            rate = a.head_lr
        groups[rate, plain].append(w)
    optimizer = torch.optim.AdamW(
        [
            {"params": ws, "lr": r, "weight_decay": 0.0 if plain else 0.01}
            for (r, plain), ws in groups.items()
        ],
        betas=(0.9, 0.98),
        fused=True,
    )

    def epoch_of(rng: random.Random) -> list[list[list[dict]]]:
        some = [s for s in raw if rng.random() < a.raw]
        for s in trees if a.headlines else ():
            made = headline(s, rng) if rng.random() < a.headlines else None
            if made:
                coded = coder.sentence(made)
                some.append(coded | {"words": cased(coded["words"], rng)})
        return batches(make_chunks(sents + some, rng, a.singles, a.limit), a.batch, rng)

    expected = len(epoch_of(random.Random(0)))
    total = int(expected * a.epochs)
    warm = max(1, int(0.06 * total))

    def rate(step: int) -> float:
        return min((step + 1) / warm, max(0.0, 1 - step / total) ** 1.0 + 0.01)

    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate)
    mean = {k: v.detach().clone() for k, v in model.state_dict().items()}
    print(f"{len(sents)} sentences, {pieces} pieces, {total} steps", flush=True)
    step, began, seen = 0, time.time(), 0
    run: collections.Counter = collections.Counter()
    for epoch in range(1, a.epochs + 1):
        model.train()
        for group in epoch_of(rng):
            batch = collate(group, coder, rng)
            with torch.autocast("cpu", dtype=torch.bfloat16, enabled=a.bf16):
                parts = losses(model, batch)
            loss = sum(v * (a.names if k == "ner" else 1.0) for k, v in parts.items())
            optimizer.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(model.parameters(), 2.0)
            optimizer.step()
            schedule.step()
            step += 1
            seen += batch["ids"].numel()
            if step % 4 == 0:
                keep = min(0.998, (1 + step) / (10 + step)) ** 4
                with torch.no_grad():
                    state = list(model.state_dict().values())
                    torch._foreach_lerp_(list(mean.values()), state, 1 - keep)
            run.update({k: v.item() for k, v in parts.items()})
            if step % 50 == 0:
                spent = time.time() - began
                line = " ".join(f"{k} {v / 50:.3f}" for k, v in run.items())
                print(f"{step}/{total} {spent:.0f}s {seen / spent:.0f}p/s {line}", flush=True)
                run.clear()
        save_file(mean, a.work / f"epoch{epoch}.safetensors")
        live = {k: v.detach().clone() for k, v in model.state_dict().items()}
        model.load_state_dict(mean)
        print(
            "epoch",
            epoch,
            f"{time.time() - began:.0f}s",
            json.dumps(evaluate(model, data, coder, a.bf16)),
            flush=True,
        )
        model.load_state_dict(live)
    assert math.isfinite(float(loss))


if __name__ == "__main__":
    main()
