"""Train a large teacher, then the shipped small student on it: ``python training/distil.py WORK OUT``.

Made for one graphics card. Reads ``WORK/pack.npz``, ``gold.json`` and ``labels.json`` (see ``pack.py``) and
packed weights of both networks (``weights.py``). All sentences lie on the card; a batch is cut
out of them there. The teacher learns from the annotated corpora. Then the student learns from the
same, and from what the teacher says of every word, also of text that nobody has annotated; both
see the same noise (Beyer et al. 2022: "a patient and consistent teacher"). Each stage has a budget
in seconds, and its learning rate falls to nought at its end.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from training.model import Parser
from training.weights import unpack

KINDS = ("upos", "xpos", "feats", "lemma")
CLS, SEP, SPECIAL_SHAPE, GLUED = 101, 102, 16, 8
#: Corpora whose names are not by hand: here the teacher is believed instead.
SILVER = {"gmb"}


class Data:
    """All sentences on the device."""

    def __init__(self, work: Path, device: torch.device) -> None:
        z = np.load(work / "pack.npz")
        meta = json.loads((work / "gold.json").read_text())
        self.parts, self.gold = meta["parts"], meta["gold"]
        self.corpora = meta["corpora"]
        self.device = device
        s = {k[2:]: z[k] for k in z.files if k.startswith("s_")}
        self.n, self.pieces, self.doc, self.par = s["n"], s["pieces"], s["doc"], s["par"]
        self.part, self.tree = s["part"], s["tree"].astype(bool)
        self.corpus = s["corpus"]
        self.word0 = np.concatenate([[0], np.cumsum(self.n)])
        self.piece0 = np.concatenate([[0], np.cumsum(self.pieces)])

        def put(x: np.ndarray, kind: torch.dtype = torch.int64) -> Tensor:
            return torch.from_numpy(np.ascontiguousarray(x).astype(np.int64)).to(device).to(kind)

        self.ids = torch.stack([put(z["ids"]), put(z["curly"])])
        count = z["w_pieces"].astype(np.int64)
        first = np.concatenate([[0], np.cumsum(count)])[:-1]
        self.first, self.last = put(first), put(first + count - 1)
        spread = np.repeat(np.arange(len(count)), count)
        shapes = np.stack([z["w_" + k][spread] for k in ("shape", "lower", "upper", "title")])
        self.shapes = put(shapes)
        self.glued = put(z["w_glued"][spread])
        self.labels = {k: put(z["w_" + k]) for k in (*KINDS, "rel", "head", "allowed")}
        sent = np.repeat(np.arange(len(self.n)), self.n)
        self.sent = put(sent)
        begins = np.zeros(len(sent), np.int64)
        begins[self.word0[:-1]] = 1
        self.begins = put(begins)
        self.is_tree = put(self.tree[sent])
        silver = [i for i, c in enumerate(self.corpora) if c in SILVER]
        self.is_silver = put(np.isin(self.corpus, silver)[sent])
        self.is_own = put((self.part == self.parts.index("own"))[sent])

    def chosen(self, shares: dict[str, float], rng: np.random.Generator) -> np.ndarray:
        """Sentences of an epoch: of each part (or corpus) a share, in stretches of neighbours."""
        keep = np.zeros(len(self.n), bool)
        for name, share in shares.items():
            part, _, corpus = name.partition("/")
            here = self.part == self.parts.index(part)
            if corpus:
                here &= (
                    self.corpus == self.corpora.index(corpus) if corpus in self.corpora else False
                )
            # texts are taken whole, so that sentences keep their neighbours
            taken = rng.random(self.doc.max() + 1) < share
            keep[here] = taken[self.doc[here]]
        return np.flatnonzero(keep)

    def chunks(
        self, sents: np.ndarray, rng: random.Random, singles: float, limit: int
    ) -> np.ndarray:
        """Runs of neighbours [first sentence, last sentence + 1), as in ``train.py``."""
        out: list[tuple[int, int]] = []
        doc, par, size = self.doc.tolist(), self.par.tolist(), self.pieces.tolist()
        start, total, cap, across = -1, 0, limit, False
        before = -9
        for s in sents.tolist():
            alone = rng.random() < singles
            new = start >= 0 and (
                s != before + 1 or doc[s] != doc[before] or (par[s] != par[before] and not across)
                or total + size[s] > cap or alone
            )  # fmt: skip
            if new:
                out.append((start, before + 1))
                start = -1
            if alone:
                out.append((s, s + 1))
                start = -1
            else:
                if start < 0:
                    start, total = s, 0
                    across, cap = rng.random() < 0.4, rng.choice((limit // 2, limit, limit))
                total += size[s]
            before = s
        if start >= 0:
            out.append((start, before + 1))
        return np.array(out, np.int64).reshape(-1, 2)

    def batches(
        self, chunks: np.ndarray, per: int, rng: np.random.Generator | None
    ) -> list[np.ndarray]:
        """Chunks of about one length together, ``per`` wordpieces with padding a batch."""
        size = self.piece0[chunks[:, 1]] - self.piece0[chunks[:, 0]] + 2
        noise = rng.random(len(size)) * 8 if rng is not None else 0
        order = np.argsort(size + noise, kind="stable")
        out, at = [], 0
        padded = (size[order] + 7) // 8 * 8
        while at < len(order):
            end, widest = at, 0
            while end < len(order):
                widest = max(widest, int(padded[end]))
                if end > at and widest * (end + 1 - at) > per:
                    break
                end += 1
            out.append(chunks[order[at:end]])
            at = end
        if rng is not None:
            rng.shuffle(out)  # type: ignore[arg-type]
        return out

    def batch(self, chunks: np.ndarray, rng: np.random.Generator | None) -> dict[str, Tensor]:
        """One batch, cut out on the device; words in rows of their chunk, padded."""
        d = self.device
        p0, w0 = self.piece0[chunks[:, 0]], self.word0[chunks[:, 0]]
        np_, nw = self.piece0[chunks[:, 1]] - p0, self.word0[chunks[:, 1]] - w0
        b = len(chunks)
        t, n = int((np_.max() + 2 + 7) // 8 * 8), int((nw.max() + 7) // 8 * 8)
        kind = np.zeros(b, np.int64)
        quotes = np.zeros(b, np.int64)
        if rng is not None:
            r = rng.random(b)
            kind = (r < 0.03) * 1 + ((r >= 0.03) & (r < 0.06)) * 2 + ((r >= 0.06) & (r < 0.09)) * 3
            quotes = (rng.random(b) < 0.3).astype(np.int64)
        flat = np.stack([p0, np_, w0, nw, kind, quotes])
        g = torch.from_numpy(flat)
        g = (g.pin_memory() if d.type == "cuda" else g).to(d, non_blocking=True)
        gp, gn, gw, gm, gk, gq = g[0], g[1], g[2], g[3], g[4], g[5]
        at = torch.arange(t, device=d)[None] - 1
        inside = (at >= 0) & (at < gn[:, None])
        place = (gp[:, None] + at).clamp(0, self.ids.shape[1] - 1)
        ids = self.ids[gq[:, None], place]
        ids = torch.where(
            inside, ids, torch.where(at < 0, CLS, torch.where(at == gn[:, None], SEP, 0))
        )
        word = torch.arange(n, device=d)[None]
        real = word < gm[:, None]
        words = (gw[:, None] + word).clamp(max=len(self.sent) - 1)
        first = (self.first[words] - gp[:, None] + 1).clamp(0, t - 1)
        last = (self.last[words] - gp[:, None] + 1).clamp(0, t - 1)
        # the first word of a chunk is glued to nothing
        glued = self.glued[place] * (at > last[:, :1] - 1)
        shapes = torch.where(inside, self.shapes[gk[:, None], place] + GLUED * glued, SPECIAL_SHAPE)
        row = torch.arange(b, device=d)[:, None]
        first, last = first * real, last * real
        out = {"ids": ids, "shapes": shapes, "real": real}
        out["mask"] = (at <= gn[:, None])[:, None, None]
        out["first"], out["last"] = row * t + first, row * t + last
        for k in (*KINDS, "rel"):
            out[k] = torch.where(real, self.labels[k][words], -100)
        out["sent"] = torch.where(real, self.sent[words], -1 - row)
        begins = self.begins[words]
        tree = self.is_tree[words].bool()
        begin_at = torch.where(begins.bool(), word, 0).cummax(1).values
        head = self.labels["head"][words]
        out["head"] = torch.where(real & (head >= 0), head + begin_at, -100)
        start = torch.where(tree | (word == 0), begins, -100)
        out["start"] = torch.where(real, start, -100)
        allowed = torch.where(real, self.labels["allowed"][words], 0)
        out["allowed"] = (allowed[..., None] >> torch.arange(21, device=d)) & 1 > 0
        out["silver"] = self.is_silver[words].bool()
        out["loud"] = 1.0 + 2.0 * self.is_own[words]
        out["words"] = words
        return out


def scores(
    model: Parser, batch: dict, ids: Tensor, heads: Tensor | None = None
) -> dict[str, Tensor]:
    """Everything the network says; labels of arcs for ``heads`` (default: its own best ones)."""
    tags, tree, names = model.encode(
        ids, batch["shapes"], batch["mask"], batch["first"], batch["last"]
    )
    out = {k: v.float() for k, v in model.tag_scores(tags).items()}
    out["ner"] = model.name_scores(names).float()
    dep, head, root = model.arc_parts(tree)
    arcs = torch.bmm(dep, head.transpose(1, 2)).float()
    n = arcs.shape[1]
    eye = torch.eye(n, dtype=torch.bool, device=arcs.device)
    arcs = torch.where(eye, root.float()[:, :, None], arcs)
    same = batch["sent"][:, :, None] == batch["sent"][:, None, :]
    out["head"] = arcs.masked_fill(~same, -1e4)
    gold = batch["head"]
    best = out["head"].detach().argmax(-1) if heads is None else heads
    best = torch.where(gold >= 0, gold, best)
    out["heads"] = best
    d, h = model.rel_parts(tree)
    h = torch.gather(h, 1, best[..., None].expand(-1, -1, h.shape[-1]))
    out["rel"] = model.rel_scores(d, h).float()
    return out


def mean(values: Tensor, where: Tensor, least: Tensor) -> Tensor:
    return (values * where).sum() / torch.maximum(where.sum(), least)


def gold_losses(out: dict[str, Tensor], batch: dict) -> dict[str, Tensor]:
    """What is annotated, by head of the network."""
    least = batch["real"].sum() / 4
    losses = {}
    for k in (*KINDS, "start", "head", "rel"):
        gold = batch[k]
        ce = F.cross_entropy(
            out[k].flatten(0, 1), gold.flatten(), ignore_index=-100, reduction="none"
        )
        losses[k] = mean(ce.view_as(gold), gold >= 0, least)
    known = batch["allowed"].any(-1)
    log = F.log_softmax(out["ner"], -1)
    got = log.masked_fill(~batch["allowed"], -1e4).logsumexp(-1)
    losses["ner"] = mean(-got.clamp(min=-20), known * batch["loud"], least)
    return losses


def soft_losses(
    out: dict[str, Tensor], taught: dict[str, Tensor], batch: dict
) -> dict[str, Tensor]:
    """How far the student is from the teacher (Kullback-Leibler), by head."""
    real = batch["real"]
    losses = {}
    for k in (*KINDS, "start", "head", "rel", "ner"):
        target = taught[k].softmax(-1)
        if k == "ner":
            # the teacher may not say what the annotation rules out
            allowed = batch["allowed"]
            within = target * allowed
            mass = within.sum(-1, keepdim=True)
            use = allowed.any(-1, keepdim=True) & ~batch["silver"][..., None] & (mass > 0.02)
            target = torch.where(use, within / mass.clamp(min=1e-6), target)
        kl = (target * (target.clamp(min=1e-9).log() - F.log_softmax(out[k], -1))).sum(-1)
        losses[k] = mean(kl, real, torch.ones((), device=kl.device))
    return losses


class Trainer:
    """A network in half precision, its weights in full, and their running mean."""

    def __init__(
        self, model: Parser, lr: float, head_lr: float, decay: float, frozen: int = 0
    ) -> None:
        self.model = model
        named = [(n, p) for n, p in model.named_parameters() if "encoder.far" not in n]
        self.names = [n for n, _ in named]
        self.params = [p for _, p in named]
        self.masters = [p.detach().float().clone() for p in self.params]
        depth = len(model.encoder.layers)
        groups: dict[tuple[float, bool], list[Tensor]] = {}
        for name, p, m in zip(self.names, self.params, self.masters, strict=True):
            plain = p.ndim < 2 or "mix" in name
            if name.startswith("encoder.layers."):
                rate = lr * decay ** (depth - 1 - int(name.split(".")[2]))
            elif name.startswith("encoder.shape"):
                rate = head_lr
            elif name.startswith("encoder."):
                rate = lr * decay**depth
            else:
                rate = head_lr
            groups.setdefault((rate, plain), []).append(m)
            m.grad = torch.zeros_like(m)
        self.optimizer = torch.optim.AdamW(
            [
                {"params": ws, "lr": r, "weight_decay": 0.0 if plain else 0.01, "base": r}
                for (r, plain), ws in groups.items()
            ],
            betas=(0.9, 0.98),
            fused=self.masters[0].is_cuda,
        )
        self.mean = [m.clone() for m in self.masters]
        self.steps = 0

    def step(self, loss: Tensor, rate: float, keep_most: float) -> None:
        for g in self.optimizer.param_groups:
            g["lr"] = g["base"] * rate
        for p in self.params:
            p.grad = None
        loss.backward()
        with torch.no_grad():
            self.update(keep_most)

    def update(self, keep_most: float) -> None:
        have = [
            (m.grad, p.grad)
            for m, p in zip(self.masters, self.params, strict=True)
            if p.grad is not None
        ]
        torch._foreach_copy_([a for a, _ in have], [b for _, b in have])
        grads = [m.grad for m in self.masters]
        norm = torch.linalg.vector_norm(torch.stack(torch._foreach_norm(grads)))
        scale = (2.0 / (norm + 1e-6)).clamp(max=1.0)
        torch._foreach_mul_(grads, scale)
        self.optimizer.step()
        torch._foreach_copy_(self.params, self.masters)
        self.steps += 1
        keep = min(keep_most, (1 + self.steps) / (10 + self.steps))
        torch._foreach_lerp_(self.mean, self.masters, 1 - keep)

    @torch.no_grad()
    def use(self, values: list[Tensor]) -> None:
        torch._foreach_copy_(self.params, values)

    def state(self) -> dict[str, Tensor]:
        return dict(zip(self.names, self.mean, strict=True))


@torch.no_grad()
def evaluate(model: Parser, data: Data, ids_of, per: int) -> dict:
    """Scores on the development parts: trees with gold words, names without any later rule."""
    model.eval()
    names = model.labels["ner"]
    result = {}
    kind = {"PERSON": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
    wide = kind | {"PRODUCT": "PRODUCT", "WORK_OF_ART": "WORK_OF_ART", "EVENT": "EVENT"}
    docred = kind | {"NORP": "LOC"}
    for part in ("ewt_dev", "gum_dev", "names_dev", "redocred_dev"):
        sents = np.flatnonzero(data.part == data.parts.index(part))
        if not len(sents):
            continue
        chunks = data.chunks(sents, random.Random(1), 0.0, 160)
        hit: dict[str, Tensor] = {}
        tags = np.zeros(data.word0[-1], np.int64)
        for group in data.batches(chunks, per, None):
            batch = data.batch(group, None)
            gold_head = batch["head"]
            out = scores(
                model, batch | {"head": torch.full_like(gold_head, -100)}, ids_of(batch["ids"])
            )
            has = gold_head >= 0
            right = has & (out["heads"] == gold_head)
            root = gold_head == torch.arange(gold_head.shape[1], device=gold_head.device)
            got = {"words": has.sum(), "UAS": right.sum()}
            got["LAS"] = (right & (root | (out["rel"].argmax(-1) == batch["rel"]))).sum()
            for k in KINDS:
                got[k] = (has & (out[k].argmax(-1) == batch[k])).sum()
            first = torch.zeros_like(has)
            first[:, 0] = True
            s, g = out["start"].argmax(-1) * has * ~first, (batch["start"] == 1) * has * ~first
            got |= {"s": s.sum(), "g": g.sum(), "both": (s * g).sum()}
            for k, v in got.items():
                hit[k] = hit.get(k, 0) + v
            real = batch["real"]
            tags[batch["words"][real].cpu().numpy()] = out["ner"].argmax(-1)[real].cpu().numpy()
        n = {k: int(v) for k, v in hit.items()}
        r = {}
        if n["words"]:
            r = {k: round(100 * n[k] / n["words"], 2) for k in ("UAS", "LAS", *KINDS)}
            r["start"] = round(200 * n["both"] / max(1, n["s"] + n["g"]), 2)
        mine = {"ewt_dev": kind, "redocred_dev": docred}.get(part, wide)
        gold_n = guess_n = both = loose = 0
        for i, spans in data.gold.get(part, ()):
            a0 = data.word0[i]
            guess = spans_of([names[t] for t in tags[a0 : data.word0[i + 1]]])
            free = [(a, b) for a, b, k in spans if k is None]
            want = {(a, b, k) for a, b, k in spans if k}
            got_ = {
                (a, b, mine[k]) for a, b, k in guess
                if k in mine and not any(a < y and x < b for x, y in free)
            }  # fmt: skip
            gold_n, guess_n, both = gold_n + len(want), guess_n + len(got_), both + len(want & got_)
            loose += len({x[:2] for x in want} & {x[:2] for x in got_})
        if gold_n:
            r["ner"] = round(200 * both / (gold_n + guess_n), 2)
            r["ner spans"] = round(200 * loose / (gold_n + guess_n), 2)
        result[part] = r
    model.train()
    return result


def spans_of(tags: list[str]) -> list[tuple[int, int, str]]:
    out, start, kind = [], -1, ""
    for i, t in enumerate([*tags, "O"]):
        if start >= 0 and (t[0] != "I" or t[2:] != kind):
            out.append((start, i, kind))
            start = -1
        if t != "O" and start < 0:
            start, kind = i, t[2:]
    return out


class Feed:
    """Batches without end, the next epoch put together while this one is learned."""

    def __init__(
        self, data: Data, shares: dict[str, float], per: int, seed: int, singles: float
    ) -> None:
        self.data, self.shares, self.per, self.singles = data, shares, per, singles
        self.rng, self.nrng = random.Random(seed), np.random.default_rng(seed)
        self.noise = np.random.default_rng(seed + 1)
        self.pool = ThreadPoolExecutor(1)
        self.next = self.pool.submit(self.make)
        self.epochs, self.todo = 0, []

    def make(self) -> list[np.ndarray]:
        sents = self.data.chosen(self.shares, self.nrng)
        chunks = self.data.chunks(sents, self.rng, self.singles, 180)
        return self.data.batches(chunks, self.per, self.nrng)

    def take(self) -> dict[str, Tensor]:
        if not self.todo:
            self.todo = self.next.result()
            self.length = len(self.todo)
            self.next = self.pool.submit(self.make)
            self.epochs += 1
        return self.data.batch(self.todo.pop(), self.noise)

    def done(self) -> float:
        return self.epochs - len(self.todo) / max(1, getattr(self, "length", 1))


def run(
    name: str,
    trainer: Trainer,
    feed: Feed,
    seconds: float,
    most_epochs: float,
    loss_of,
    score,
    every: float,
    keep: float,
) -> None:
    """Train until the budget of seconds or of epochs is used up."""
    began, said, scored = time.time(), time.time(), time.time()
    total: Tensor | None = None
    pieces = steps = 0
    lost = 0.0  # time spent on scores
    while True:
        spent = time.time() - began - lost
        done = max(spent / seconds, feed.done() / most_epochs if feed.epochs else 0.0)
        if done >= 1:
            break
        rate = min(1.0, (trainer.steps + 1) / 150, 1 - done + 0.005)
        batch = feed.take()
        parts = loss_of(batch)
        loss = sum(parts.values())
        trainer.step(loss, rate, keep)
        pieces += batch["ids"].numel()
        steps += 1
        now = torch.stack([v.detach() for v in parts.values()])
        total = now if total is None else total + now
        if time.time() - said > 8:
            values = (total / steps).tolist()
            line = " ".join(f"{k} {v:.3f}" for k, v in zip(parts, values, strict=True))
            print(
                f"{name} {trainer.steps} steps {feed.done():.2f} epochs {time.time() - began:.0f}s "
                f"{pieces / (time.time() - said):.0f} p/s {line}",
                flush=True,
            )
            said, total, pieces, steps = time.time(), None, 0, 0
        if time.time() - scored > every:
            start = time.time()
            trainer.use(trainer.mean)
            print(name, f"at {done:.2f}", json.dumps(score()), flush=True)
            trainer.use(trainer.masters)
            lost += time.time() - start
            scored = said = time.time()
            total, pieces, steps = None, 0, 0
    trainer.use(trainer.mean)
    print(
        name,
        f"{feed.done():.2f} epochs {trainer.steps} steps {time.time() - began:.0f}s",
        json.dumps(score()),
        flush=True,
    )


def save(state: dict[str, Tensor], out: Path, parts: int) -> None:
    """Weights in half precision, in several files of about one size."""
    from safetensors.torch import save_file

    out.mkdir(parents=True, exist_ok=True)
    half: dict[str, Tensor] = {}
    for k, whole in state.items():
        v = whole.detach().half().cpu()
        if v.numel() > 5_000_000:  # a table of words, by rows
            for i, rows in enumerate(v.chunk(3)):
                half[f"{k}#{i}"] = rows.contiguous()
        else:
            half[k] = v.contiguous()
    files: list[dict[str, Tensor]] = [{} for _ in range(parts)]
    sizes = [0] * parts
    for k, v in sorted(half.items(), key=lambda x: -x[1].numel()):
        i = sizes.index(min(sizes))
        files[i][k] = v
        sizes[i] += v.numel()
    for i, f in enumerate(files):
        save_file(f, out / f"student{i}.safetensors")


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("work", type=Path)
    p.add_argument("out", type=Path)
    p.add_argument("--device", default="cuda")
    p.add_argument("--teacher-seconds", type=float, default=150)
    p.add_argument("--teacher-epochs", type=float, default=12)
    p.add_argument("--student-seconds", type=float, default=200)
    p.add_argument("--teacher-batch", type=int, default=10000)
    p.add_argument("--student-batch", type=int, default=12000)
    p.add_argument("--teacher-lr", type=float, default=1.2e-4)
    p.add_argument("--student-lr", type=float, default=5e-4)
    p.add_argument("--every", type=float, default=60)
    p.add_argument("--own", type=float, default=1.0)
    p.add_argument("--seed", type=int, default=1)
    p.add_argument("--random-teacher", action="store_true", help="to try the program without MPNet")
    p.add_argument("--taught", type=Path, help="a teacher trained before (OUT/../teacher.pt)")
    p.add_argument("--start", type=Path, help="a student trained before")
    a = p.parse_args()
    began = time.time()
    device = torch.device(a.device)
    torch.manual_seed(a.seed)
    torch.set_float32_matmul_precision("high")
    labels = json.loads((a.work / "labels.json").read_text())
    data = Data(a.work, device)
    print(
        f"data {time.time() - began:.1f}s {len(data.n)} sentences {data.ids.shape[1]} pieces",
        flush=True,
    )
    config, state = unpack(a.work / "teacher", ("table",) if a.random_teacher or a.taught else ())
    table = state.pop("table").long().to(device)
    if a.taught:
        state = torch.load(a.taught, map_location="cpu")
    half = torch.bfloat16 if device.type == "cuda" else torch.float32
    teacher = Parser(config, labels)
    got = teacher.load_state_dict({k: v.float() for k, v in state.items()}, strict=False)
    print("teacher: new", len(got.missing_keys), "unknown", got.unexpected_keys, flush=True)
    teacher.to(device, half).train()
    config, state = unpack(a.work / "student")
    student = Parser(config, labels)
    if a.start:
        state = torch.load(a.start, map_location="cpu")
    student.load_state_dict({k: v.float() for k, v in state.items()})
    student.to(device, half).train()
    print(f"weights {time.time() - began:.1f}s", flush=True)
    a.out.mkdir(parents=True, exist_ok=True)
    wide = 3 * a.teacher_batch

    def bert(ids: Tensor) -> Tensor:
        return ids

    def mpnet(ids: Tensor) -> Tensor:
        return table[ids]  # rows of the teacher's shortened table

    print("student as shipped", json.dumps(evaluate(student, data, bert, wide)), flush=True)
    shares = {"train": 1.0, "raw": 0.5, "own": a.own, "more": 1.0, "more/gmb": 0.35}
    feed = Feed(data, shares, a.teacher_batch, a.seed, 0.35)
    trainer = Trainer(teacher, a.teacher_lr, 1e-3, 0.92)

    def learn(batch: dict) -> dict[str, Tensor]:
        parts = gold_losses(scores(teacher, batch, mpnet(batch["ids"])), batch)
        return {k: v * (1.5 if k == "ner" else 1.0) for k, v in parts.items()}

    if not a.taught:
        run(
            "teacher",
            trainer,
            feed,
            a.teacher_seconds,
            a.teacher_epochs,
            learn,
            lambda: evaluate(teacher, data, mpnet, wide),
            a.every,
            0.995,
        )
        torch.save(teacher.state_dict(), a.work / "teacher.pt")
    del trainer
    teacher.eval().requires_grad_(False)

    shares = {"train": 1.0, "raw": 1.0, "own": a.own, "more": 1.0, "more/gmb": 0.6, "plain": 0.7}
    feed = Feed(data, shares, a.student_batch, a.seed + 7, 0.35)
    trainer = Trainer(student, a.student_lr, 1e-3, 0.95)

    def copy(batch: dict) -> dict[str, Tensor]:
        with torch.no_grad():
            taught = scores(teacher, batch, mpnet(batch["ids"]))
        out = scores(student, batch, batch["ids"], taught["heads"])
        hard, soft = gold_losses(out, batch), soft_losses(out, taught, batch)
        loud = {"ner": 1.5}
        return {k: loud.get(k, 1.0) * (0.4 * hard[k] + soft[k]) for k in hard}

    run(
        "student",
        trainer,
        feed,
        a.student_seconds,
        1000,
        copy,
        lambda: evaluate(student, data, bert, wide),
        a.every,
        0.999,
    )
    save(trainer.state(), a.out, 4)
    torch.save(trainer.state(), a.work / "student.pt")
    print(f"all {time.time() - began:.0f}s", flush=True)


if __name__ == "__main__":
    main()
