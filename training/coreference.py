"""Learn the network of coreference from GUM's training part, LitBank and GAP's development part.

    python -m training.coreference ../shared/corpora [--keep FILE] [--attention]

The texts are parsed by the shipped pipeline from raw text, as they will be in use; the gold
clusters of GUM and LitBank and the two marked names of GAP decide which candidate is right (where
GAP says that neither is, any other choice is). The encoder's states are taken as they are. The loss
is the negative log of the summed chances of the right choices; Adam, a few minutes on one core,
numpy only. A new encoder asks for this once more; nothing else has to be changed.

Because GAP's development part is learned from, its score is a five-fold one: `fit` without a fold
gives the network that has not seen it (``benchmarks/quality/coreference.py``).
"""

from __future__ import annotations

import argparse
import pickle
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from corpora.gap import gap_rows
from corpora.gum import GoldMention, gum
from corpora.litbank import litbank
from kg.analysis import analysis_of
from kg.nlp.coreference.entities import Entity
from kg.nlp.coreference.features import kind_of
from kg.nlp.coreference.links import Reader, weighed
from kg.nlp.coreference.names import link_names
from kg.nlp.coreference.network import (
    FILE,
    FINE,
    FINEST,
    HEADS,
    KINDS,
    Choice,
    Network,
    as_network,
    attended,
)
from kg.nlp.mentions import Candidate, candidates

FOLDS = 5
#: How much a choice of a corpus counts.
WEIGHT = {"gum": 1.0, "talks": 1.0, "litbank": 0.4, "gap": 1.5}
#: The same for the weights of features alone, which are learned first.
LINEAR = {"gum": 1.0, "talks": 1.0, "litbank": 0.0, "gap": 2.0}
#: The same for attention, which is read in what is written alone.
WRITTEN = {"gum": 1.0, "talks": 0.0, "litbank": 0.0, "gap": 2.0}
#: The genres of GUM in which people talk.
TALKS = frozenset({"interview", "vlog"})
LINEAR_EPOCHS, PULL = 60, 0.0003
#: The same for levels of attention, learned last; the kinds of mentions that have any, all pronouns.
ATTENDED_EPOCHS, ATTENDED_PULL = 60, 0.3
#: Scores of the rest are so much nearer to each other then: a network is too sure of the unseen.
CALM = 0.7
ATTEND = tuple(KINDS.index(kind) for kind in "pit")
SIZE, WIDTH, PRINCIPAL, MEMBERS = 24, 16, 64, 3
EPOCHS, BATCH, RATE, DECAY, DROP, BLIND = 5, 64, 4e-3, 0.1, 0.2, 0.15
VIEWS = ("as_mention", "as_entity", "as_entity", "as_name")
LEAST = 8  # a feature seen less often is left out


@dataclass(slots=True)
class Example:
    """A choice with the right answers (rows; the last is "nothing") and the states of its places."""

    corpus: str
    kind: int
    features: list[list[str]]
    right: list[int]
    states: Any
    mention: int
    heads: list[list[int]]
    names: list[list[int]]
    attended: Any
    fold: int = -1


def example(choice: Choice, right: list[int], corpus: str, fold: int = -1) -> Example:
    """The choice without the Doc."""
    doc = choice.mention.head.doc
    used = {
        choice.mention.i,
        *(i for rows in (choice.heads, choice.names) for r in rows for i in r),
    }
    places = sorted(used)
    at = {i: n for n, i in enumerate(places)}
    states = analysis_of(doc).states[places]
    return Example(
        corpus, KINDS.index(kind_of(choice.mention)), choice.features, right, states,
        at[choice.mention.i], [[at[i] for i in row] for row in choice.heads],
        [[at[i] for i in row] for row in choice.names],
        attended(choice, analysis_of(doc).attention).astype(np.uint8), fold,
    )  # fmt: skip


def examples(doc: Doc, group: Mapping[int, str], corpus: str, fold: int = -1) -> list[Example]:
    """The choices of a text; ``group`` tells whom the word that starts at a character means."""
    found = candidates(doc)
    rows: list[Example] = []

    def decide(choice: Choice) -> Entity | None:
        mine = group.get(choice.mention.head.idx)
        right = [
            i
            for i, entity in enumerate(choice.entities)
            if mine is not None and any(group.get(m.head.idx) == mine for m in entity.mentions)
        ]
        if corpus == "litbank":  # has people, places and bodies alone
            usable = mine is not None and (right or kind_of(choice.mention) in "pt")
        else:
            usable = choice.mention.pronoun or mine is not None
        if usable:
            rows.append(example(choice, right or [len(choice.entities)], corpus, fold))
        return choice.entities[right[0]] if right else None

    Reader(doc, found, link_names(doc, found), decide).read()
    return rows


def meant(gold: Iterable[GoldMention]) -> dict[int, str]:
    """Whom each head of GUM means."""
    inner = sorted(gold, key=lambda m: m.start - m.end)
    return {head: m.group for m in inner for head in m.heads}


def meant_in_novel(doc: Doc, gold: Iterable[tuple[int, int, str]]) -> dict[int, str]:
    """Whom each head of LitBank means."""
    spans = (
        (doc.char_span(start, end, alignment_mode="expand"), group)
        for start, end, group in sorted(gold, key=lambda m: m[0] - m[1])
    )
    return {span.root.idx: group for span, group in spans if span is not None}


def gap_examples(doc: Doc, row: Mapping[str, str], known: Network, fold: int) -> list[Example]:
    """The choice of a GAP snippet; its other pronouns are resolved by ``known``."""
    at = int(row["Pronoun-offset"])
    names = [
        (int(row[f"{x}-offset"]), len(row[x]), row[f"{x}-coref"].upper() == "TRUE") for x in "AB"
    ]
    rows: list[Example] = []
    found = candidates(doc)
    usual = weighed(known, doc, found)

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
                rows.append(example(choice, sorted(right - wrong), "gap", fold))
        return usual(choice)

    Reader(doc, found, link_names(doc, found), decide).read()
    return rows


def _over(mention: Candidate, start: int, end: int) -> bool:
    span = mention.head.doc[mention.start : mention.end]
    return span.start_char < end and start < span.end_char


@dataclass(slots=True)
class Table:
    """Examples as arrays: a row a candidate (``first`` says where those of an example begin)."""

    features: Any  # numbers of features, one candidate after another
    ends: Any  # where each candidate's end
    mention: Any
    entity: Any
    right: Any
    nothing: Any
    first: Any
    kind: Any
    weight: Any
    linear: Any
    written: Any
    fold: Any
    attended: Any  # a row a candidate: levels less their mean, in their spread; in the window?


class Space:
    """What turns examples into numbers: the features that are known, and the directions in which
    states differ most."""

    def __init__(self, data: Sequence[Example]) -> None:
        count = Counter(f for e in data for row in e.features for f in row)
        self.names = sorted(f for f, n in count.items() if n >= LEAST)
        self.number = {f: n for n, f in enumerate(self.names)}
        known = [e.states for e in data if e.corpus in ("gum", "talks")]
        states = np.concatenate(known).astype(np.float64)
        self.mean = states.mean(0)
        spread, axes = np.linalg.eigh(np.cov((states - self.mean).T))
        self.axes = (axes[:, ::-1] / np.sqrt(spread[::-1]))[:, :PRINCIPAL]
        levels = np.concatenate([e.attended[e.attended[:, -1] > 0, :-1] for e in data])
        self.level, self.spread = levels.mean(0), levels.std(0) + 1.0

    def table(self, data: Sequence[Example]) -> Table:
        """The examples as arrays."""
        flat: list[int] = []
        ends, mention, entity, right, nothing, first = [], [], [], [], [], [0]
        blank = np.zeros(3 * PRINCIPAL)
        for e in data:
            seen = (e.states - self.mean) @ self.axes
            mention.append(seen[e.mention])
            for row, features in enumerate(e.features):
                flat += [self.number[f] for f in features if f in self.number]
                ends.append(len(flat))
                right.append(row in e.right)
                nothing.append(row == len(e.heads))
                if row < len(e.heads):
                    heads, names = seen[e.heads[row]], seen[e.names[row]]
                    called = names.mean(0) if len(names) else blank[:PRINCIPAL]
                    entity.append(np.concatenate([heads[-1], heads.mean(0), called]))
                    entity[-1] = np.concatenate([entity[-1], [1.0, float(len(names) > 0)]])
                else:
                    entity.append(np.concatenate([blank, [0.0, 0.0]]))
            first.append(len(ends))
        return Table(
            np.array(flat), np.array(ends), np.array(mention, np.float32),
            np.array(entity, np.float32), np.array(right), np.array(nothing), np.array(first),
            np.array([e.kind for e in data]), np.array([WEIGHT[e.corpus] for e in data], np.float32),
            np.array([LINEAR[e.corpus] for e in data]), np.array([WRITTEN[e.corpus] for e in data]),
            np.array([e.fold for e in data]),
            self._attended(np.concatenate([e.attended for e in data])),
        )  # fmt: skip

    def _attended(self, levels: Any) -> Any:
        near = levels[:, -1:].astype(np.float32)
        scaled = (levels[:, :-1] - self.level.astype(np.float32)) / self.spread.astype(np.float32)
        return np.concatenate([scaled * near, near], axis=1)

    def by_level(self, weights: Any) -> Any:
        """The weights of scaled levels as weights of levels; the last is that of being near."""
        plain = weights[:, :-1] / self.spread
        return np.concatenate([plain, weights[:, -1:] - plain @ self.level[:, None]], axis=1)


Params = dict[str, Any]


def alone(table: Table, chosen: Any, features: int) -> Any:
    """The weights of features that by themselves make the right choices of GUM and GAP likely (a
    convex problem; full-batch RPROP)."""
    b = take(table, chosen[table.linear[chosen] > 0])
    own = b["example"]
    weight = b["linear"][own] / b["linear"].sum()
    w, step, last = np.zeros(features), np.full(features, 0.05), np.zeros(features)
    for _ in range(LINEAR_EPOCHS):
        chance, wanted = chances(np.bincount(b["of"], w[b["features"]], len(own)), b)
        off = ((chance - wanted) * weight)[b["of"]]
        gradient = np.bincount(b["features"], off, features) + PULL * w
        w, step, last = down(w, gradient, step, last)
    return w.astype(np.float32)


def down(w: Any, gradient: Any, step: Any, last: Any) -> tuple[Any, Any, Any]:
    """A step of RPROP: the weights, the steps and the gradient of before."""
    sign = gradient * last
    step = np.clip(np.where(sign > 0, step * 1.2, np.where(sign < 0, step * 0.5, step)), 1e-6, 0.5)
    last = np.where(sign < 0, 0, gradient)
    return w - np.sign(last) * step, step, last


def start(features: int, rng: Any) -> Params:
    """Small random weights."""
    shapes = {
        "joint": (features, SIZE), "kinds": (len(KINDS), SIZE), "hidden": (7 * WIDTH, SIZE),
        "as_mention": (PRINCIPAL, WIDTH), "as_entity": (PRINCIPAL, WIDTH), "as_name": (PRINCIPAL, WIDTH),
    }  # fmt: skip
    made = {k: rng.normal(0, 0.05, shape) for k, shape in shapes.items()}
    for k in ("as_mention", "as_entity", "as_name"):
        made[k] *= 2.5
        made[k + "_shift"] = np.zeros(WIDTH)
    made |= {"out": np.zeros(SIZE)}
    return {k: v.astype(np.float32) for k, v in made.items()}


def take(table: Table, chosen: Any) -> dict[str, Any]:
    """The rows of some examples."""
    sizes = table.first[chosen + 1] - table.first[chosen]
    rows = np.concatenate([np.arange(table.first[i], table.first[i + 1]) for i in chosen])
    begin = np.where(rows > 0, table.ends[rows - 1], 0)
    length = table.ends[rows] - begin
    inside = np.arange(length.sum()) - np.repeat(np.cumsum(length) - length, length)
    return {
        "features": table.features[np.repeat(begin, length) + inside],
        "starts": np.cumsum(length) - length,
        "of": np.repeat(np.arange(len(rows)), length),
        "mention": table.mention[chosen],
        "entity": table.entity[rows],
        "right": table.right[rows],
        "attended": table.attended[rows],
        "example": np.repeat(np.arange(len(chosen)), sizes),
        "first": np.cumsum(sizes) - sizes,
        "kind": table.kind[chosen],
        "weight": table.weight[chosen],
        "linear": table.linear[chosen],
        "written": table.written[chosen],
    }


def scores(w: Params, b: dict[str, Any]) -> Any:
    """The score of each row, as the network has it before its numbers are rounded."""
    own = b["example"]
    is_entity, is_named = b["entity"][:, -2:-1], b["entity"][:, -1:]
    inputs = [b["mention"], *np.split(b["entity"][:, :-2], 3, axis=1)]
    me, *others = (
        np.clip(x @ w[n] + w[n + "_shift"], -1, 1) for n, x in zip(VIEWS, inputs, strict=True)
    )
    me = me[own]
    others = [o * m for o, m in zip(others, (is_entity, is_entity, is_named), strict=True)]
    table = np.concatenate([me, *(me * o for o in others), *others], axis=1)
    layer = np.add.reduceat(w["joint"][b["features"]], b["starts"]) + table @ w["hidden"]
    layer += w["kinds"][b["kind"]][own]
    return np.add.reduceat(w["alone"][b["features"]], b["starts"]) + np.maximum(layer, 0) @ w["out"]


def step(w: Params, fixed: Any, b: dict[str, Any], rng: Any) -> tuple[float, Params]:
    """The loss of a batch and the gradient, states and layers dropped at random; ``fixed`` are the
    weights of the features alone."""
    keep = 1 - DROP
    own = b["example"]

    def drop(shape: tuple[int, ...]) -> Any:
        return (rng.random(shape, np.float32) < keep).astype(np.float32) / np.float32(keep)

    sighted = (rng.random(len(b["mention"])) >= BLIND).astype(np.float32)
    mention = b["mention"] * drop(b["mention"].shape)
    entity = b["entity"][:, :-2] * drop((len(own), 3 * PRINCIPAL))
    is_entity, is_named = b["entity"][:, -2:-1], b["entity"][:, -1:]
    masks = [
        sighted[:, None],
        *(m * sighted[own][:, None] for m in (is_entity, is_entity, is_named)),
    ]
    inputs = [mention, *np.split(entity, 3, axis=1)]
    raw = [x @ w[n] + w[n + "_shift"] for x, n in zip(inputs, VIEWS, strict=True)]
    seen = [np.clip(r, -1, 1) * m for r, m in zip(raw, masks, strict=True)]
    me, others = seen[0][own], seen[1:]
    table = np.concatenate([me, *(me * o for o in others), *others], axis=1)
    dropped = drop(table.shape)
    joint = np.add.reduceat(w["joint"][b["features"]], b["starts"])
    layer = joint + w["kinds"][b["kind"]][own] + (table * dropped) @ w["hidden"]
    lost = drop(layer.shape)
    active = np.maximum(layer, 0) * lost
    score = np.add.reduceat(fixed[b["features"]], b["starts"]) + active @ w["out"]
    chance, wanted = chances(score, b)
    good = np.add.reduceat(chance * b["right"], b["first"])
    loss = float(-(np.log(good + 1e-9) * b["weight"]).sum() / BATCH)

    g: Params = {}
    d = ((chance - wanted) * b["weight"][own] / BATCH).astype(np.float32)
    g["out"] = active.T @ d
    dlayer = d[:, None] * w["out"] * lost * (layer > 0)
    order = np.argsort(b["features"], kind="stable")
    numbers, where = np.unique(b["features"][order], return_index=True)
    per = b["of"][order]
    g["joint"] = np.zeros_like(w["joint"])
    g["joint"][numbers] = np.add.reduceat(dlayer[per], where)
    per_example = np.add.reduceat(dlayer, b["first"])
    g["kinds"] = np.zeros_like(w["kinds"])
    np.add.at(g["kinds"], b["kind"], per_example)
    g["hidden"] = (table * dropped).T @ dlayer
    dtable = np.split((dlayer @ w["hidden"].T) * dropped, 7, axis=1)
    dme = dtable[0] + sum(t * o for t, o in zip(dtable[1:4], others, strict=True))
    dseen = [np.add.reduceat(dme, b["first"])]
    dseen += [t * me + direct for t, direct in zip(dtable[1:4], dtable[4:], strict=True)]
    for n in set(VIEWS):
        g[n], g[n + "_shift"] = np.zeros_like(w[n]), np.zeros_like(w[n + "_shift"])
    for n, x, r, m, ds in zip(VIEWS, inputs, raw, masks, dseen, strict=True):
        draw = ds * m * (np.abs(r) < 1)
        g[n] += x.T @ draw
        g[n + "_shift"] += draw.sum(0)
    return loss, g


def chances(score: Any, b: dict[str, Any]) -> tuple[Any, Any]:
    """The chances of each row, and what they should be."""
    own, first = b["example"], b["first"]
    power = np.exp(score - np.maximum.reduceat(score, first)[own])
    chance = power / np.add.reduceat(power, first)[own]
    good = chance * b["right"]
    return chance, good / (np.add.reduceat(good, first)[own] + 1e-9)


def batches(table: Table, chosen: Any, rng: Any) -> Iterator[tuple[float, Any]]:
    """The examples of all epochs in a random order, each with how far training is."""
    each = [
        np.array_split(rng.permutation(chosen), max(1, len(chosen) // BATCH)) for _ in range(EPOCHS)
    ]
    flat = [rows for epoch in each for rows in epoch]
    for n, rows in enumerate(flat):
        yield n / len(flat), rows


def train(table: Table, chosen: Any, fixed: Any, seed: int) -> Params:
    """What the layer adds to the features: Adam with decay, the rate up and down once."""
    rng = np.random.default_rng(seed)
    w = start(len(fixed), rng)
    first = {k: np.zeros_like(v) for k, v in w.items()}
    second = {k: np.zeros_like(v) for k, v in w.items()}
    for n, (done, rows) in enumerate(batches(table, chosen, rng), 1):
        _, g = step(w, fixed, take(table, rows), rng)
        norm = float(np.sqrt(sum(float((x * x).sum()) for x in g.values())))
        shape = min(done / 0.1, 1.0) * 0.5 * (1 + np.cos(np.pi * max(0.0, (done - 0.1) / 0.9)))
        for k, raw in g.items():
            x = raw * min(1.0, 5.0 / (norm + 1e-9))
            first[k] = 0.9 * first[k] + 0.1 * x
            second[k] = 0.999 * second[k] + 0.001 * x * x
            move = (first[k] / (1 - 0.9**n)) / (np.sqrt(second[k] / (1 - 0.999**n)) + 1e-8)
            w[k] = (w[k] - RATE * shape * (move + DECAY * w[k])).astype(np.float32)
    return w | {"alone": fixed}


def joined(members: Sequence[Params]) -> Params:
    """Networks side by side as one, whose score is the mean of theirs."""
    count = len(members)
    hidden = np.zeros((7, count, WIDTH, count, SIZE), np.float32)
    for n, w in enumerate(members):
        hidden[:, n, :, n] = w["hidden"].reshape(7, WIDTH, SIZE)
    side = {k: np.concatenate([w[k] for w in members], axis=-1) for k in members[0]}
    return side | {
        "hidden": hidden.reshape(7 * count * WIDTH, count * SIZE),
        "out": side["out"] / count,
        "alone": np.mean([w["alone"] for w in members], axis=0),
    }


def rounded(w: Params, space: Space) -> dict[str, Any]:
    """The weights as they are shipped: small whole numbers."""
    names = ("as_mention", "as_entity", "as_name")
    views = np.concatenate([space.axes @ w[n] for n in names], axis=1)
    shift = np.concatenate([w[n + "_shift"] for n in names]) - space.mean @ views
    scale = np.abs(views).max(0) / 127
    fine = {
        k: np.clip(np.rint(w[k].astype(np.float64) * FINE), -32767, 32767).astype(np.int16)
        for k in ("alone", "joint", "kinds", "hidden", "out")
    }
    return {
        "features": np.frombuffer("\n".join(space.names).encode(), np.uint8),
        "views": np.rint(views / scale).astype(np.int8),
        "scale": np.round(scale, 9), "shift": np.round(shift, 6), **fine,
    }  # fmt: skip


def learned(table: Table, chosen: Any, features: int, members: int) -> Params:
    """The features and the layers, of these examples."""
    fixed = alone(table, chosen, features)
    return joined([train(table, chosen, fixed, seed) for seed in range(1, members + 1)])


def attention(table: Table, chosen: Any, features: int) -> Any:
    """What attention adds to the rest (a convex problem; full-batch RPROP): a row of weights for each
    kind, the mean of all pronouns and its own part, both pulled to nought. The rest is that of networks
    that have not seen the example, because one that has leaves too little to be added."""
    rows = []
    for part in range(FOLDS):
        own = (table.fold[chosen] == part) & (table.linear[chosen] > 0)
        b = take(table, chosen[own])
        rows.append((b, CALM * scores(learned(table, chosen[~own], features, 1), b)))
    total = sum(float(b["written"].sum()) for b, _ in rows)
    w = np.zeros((len(KINDS) + 1, HEADS + 1))  # the last row is shared
    step, last = np.full(w.shape, 0.005), np.zeros(w.shape)
    for _ in range(ATTENDED_EPOCHS):
        gradient = ATTENDED_PULL * w
        for b, rest in rows:
            kind = b["kind"][b["example"]]
            weights = np.where(np.isin(np.arange(len(KINDS)), ATTEND)[:, None], w[:-1] + w[-1], 0)
            chance, wanted = chances(rest + (b["attended"] * weights[kind]).sum(1), b)
            off = (chance - wanted) * b["written"][b["example"]] / total
            for k in ATTEND:
                own = kind == k
                gradient[[k, -1]] += off[own] @ b["attended"][own]
        w, step, last = down(w, gradient, step, last)
    return weights / CALM


def fit(data: Sequence[Example], fold: int | None = None) -> dict[str, Any]:
    """What is learned from all but one fold of GAP (None: from all)."""
    space = Space(data)
    table = space.table(data)
    held = np.array([e.corpus == "gap" and e.fold == fold for e in data])
    chosen = np.flatnonzero(~held)
    network = rounded(learned(table, chosen, len(space.names), MEMBERS), space)
    return network | with_attention(table, chosen, space)


def with_attention(table: Table, chosen: Any, space: Space) -> dict[str, Any]:
    """The weights of attention as they are shipped."""
    weights = space.by_level(attention(table, chosen, len(space.names)))
    return {"attended": np.rint(weights * FINEST).astype(np.int32)}


def collect(nlp: Language, corpora: Path) -> list[Example]:
    """The choices of GUM, of every fourth novel of LitBank and of GAP."""
    data: list[Example] = []
    with nlp.select_pipes(disable=["kg_coreference"]):
        texts = sorted((corpora / "gum/train").glob("*.conllu.gz"))
        for n, (path, (gold_doc, gold)) in enumerate(
            zip(texts, gum(corpora / "gum/train"), strict=True)
        ):
            corpus = "talks" if path.name.split("_")[1] in TALKS else "gum"
            data += examples(nlp(gold_doc.text), meant(gold), corpus, n % FOLDS)
        for text, mentions in list(litbank(corpora))[::4]:
            doc = nlp(text)
            data += examples(doc, meant_in_novel(doc, mentions), "litbank")
        known = as_network(fit(data))
        rows = gap_rows(corpora)
        for n, (row, doc) in enumerate(zip(rows, nlp.pipe(r["Text"] for r in rows), strict=True)):
            data += gap_examples(doc, row, known, n % FOLDS)
    return data


def main() -> None:
    """Parse, learn, write the network."""
    p = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    p.add_argument("corpora", type=Path)
    p.add_argument("--keep", type=Path, help="keep the choices here, or take those that are there")
    p.add_argument(
        "--attention",
        action="store_true",
        help="learn only what attention adds to the shipped network",
    )
    a = p.parse_args()
    from kg.nlp.load import load_pipeline

    if a.keep and a.keep.is_file():
        data = pickle.loads(a.keep.read_bytes())
    else:
        data = collect(load_pipeline(), a.corpora)
        if a.keep:
            a.keep.write_bytes(pickle.dumps(data))
    if a.attention:
        space = Space(data)
        with np.load(FILE) as shipped:
            network = dict(shipped)
        network |= with_attention(space.table(data), np.arange(len(data)), space)
    else:
        network = fit(data)
    np.savez_compressed(FILE, **network)
    count = Counter(e.corpus for e in data)
    print(f"{dict(count)} choices, {FILE.stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    # by its own name, so that what `--keep` writes can be read by the exam
    from training.coreference import main as run

    run()
