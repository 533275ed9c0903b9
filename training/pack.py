"""Examples to arrays that a graphics card can read whole: ``python training/pack.py WORK MINILM``.

Reads ``WORK/data.json.gz`` (see ``data.py``); writes ``WORK/pack.npz`` (sentences one after the other:
wordpieces, case shapes, labels as numbers, allowed entity tags as bits), ``WORK/gold.json`` (names of
the development sets) and ``WORK/labels.json``. Texts that come whole are cut into sentences by the
shipped pipeline, since trees are learned within sentences.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import sys
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from spacy.tokens import Doc

from kg.nlp.lemmas import script
from kg.nlp.load import SHIPPED
from kg.nlp.wordpieces import Wordpieces, shape
from training.data import FINE
from training.train import EXAM, KINDS, inventories

#: Parts of the data, in the order of their numbers.
PARTS = (
    "train", "raw", "own", "more", "plain", "ewt_dev", "gum_dev", "names_dev", "redocred_dev",
)  # fmt: skip
WHOLE = {"raw", "own", "re3d", "wikinews"}
MOST_PIECES = 400
DOCRED = {"PER": "PER", "ORG": "ORG", "LOC": "LOC"}


def split(nlp, sents: list[dict]) -> list[dict]:
    """The sentences of texts, each with its share of the tags."""
    out = []
    docs = [Doc(nlp.vocab, words=s["words"], spaces=s["sp"]) for s in sents]
    for doc, s in zip(nlp.pipe(docs), sents, strict=True):
        for sent in doc.sents:
            a, b = sent.start, sent.end
            part = {"words": s["words"][a:b], "sp": s["sp"][a:b], "doc": s["doc"], "par": s["par"]}
            if "ner" in s:
                part["ner"] = s["ner"][a:b]
            out.append(part | {"corpus": s["corpus"]})
    return out


def exam_spans(name: str, spans: list) -> list:
    """Names of a development sentence: start, end, type; None where a type is not asked for."""
    out = []
    for a, b, kind in spans:
        if name == "redocred_dev":
            if kind in DOCRED:
                out.append([a, b, DOCRED[kind]])
            elif kind == "MISC":
                out.append([a, b, None])
            continue
        kinds = {EXAM.get(k) for k in FINE[kind]}
        if kind in ("misc", "award") or len(kinds) > 1:
            out.append([a, b, None])
        elif FINE[kind] != ["O"]:
            out.append([a, b, kinds.pop()])
    return out


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("work", type=Path)
    p.add_argument("minilm", type=Path)
    p.add_argument("--labels", type=Path, help="labels.json of the weights to go on from")
    a = p.parse_args()
    with gzip.open(a.work / "data.json.gz", "rt", encoding="utf-8") as f:
        data = json.load(f)
    labels = json.loads(a.labels.read_text()) if a.labels else inventories(data["train"])
    (a.work / "labels.json").write_text(json.dumps(labels, ensure_ascii=False))
    index = {k: {x: i for i, x in enumerate(v)} for k, v in labels.items()}
    bit = {t: 1 << i for i, t in enumerate(labels["ner"])}
    import spacy

    nlp = spacy.load(SHIPPED)
    for name in PARTS[1:5]:
        whole = [s for s in data[name] if s["corpus"] in WHOLE]
        rest = [s for s in data[name] if s["corpus"] not in WHOLE]
        data[name] = split(nlp, whole) + rest
    pieces = Wordpieces.from_file(a.minilm / "tokenizer.json")
    mark = {c: pieces.word(c)[0][0] for c in ("'", "’", '"', "“", "”")}
    w: dict[str, list] = collections.defaultdict(list)
    s_: dict[str, list] = collections.defaultdict(list)
    ids: list[int] = []
    curly: list[int] = []
    docs: dict[str, int] = {}
    corpora: list[str] = []
    gold: dict[str, list] = {}
    dropped = 0
    for part, name in enumerate(PARTS):
        before: dict | None = None
        for s in data[name]:
            own = [pieces.word(x)[0] for x in s["words"]]
            if sum(map(len, own)) > MOST_PIECES and not name.endswith("dev"):
                dropped += 1
                continue
            n = len(own)
            near = before is not None and (before["doc"], before["par"]) == (s["doc"], s["par"])
            if "gold_spans" in s:
                gold.setdefault(name, []).append([len(s_["n"]), exam_spans(name, s["gold_spans"])])
            corpus = s.get("corpus", name)
            if corpus not in corpora:
                corpora.append(corpus)
            s_["n"].append(n)
            s_["pieces"].append(sum(map(len, own)))
            s_["doc"].append(docs.setdefault(name + s["doc"], len(docs)))
            s_["par"].append(s["par"])
            s_["part"].append(part)
            s_["corpus"].append(corpora.index(corpus))
            s_["tree"].append("head" in s)
            w["glued"] += [bool(near and not before["sp"][-1]), *(not x for x in s["sp"][:-1])]
            w["pieces"] += map(len, own)
            w["shape"] += map(shape, s["words"])
            w["lower"] += (shape(x.lower()) for x in s["words"])
            w["upper"] += (shape(x.upper()) for x in s["words"])
            w["title"] += (shape(x[:1].upper() + x[1:]) for x in s["words"])
            opened = False
            for x, ps in zip(s["words"], own, strict=True):
                ids += ps
                if x == '"':
                    curly.append(mark["”" if opened else "“"])
                    opened = not opened
                else:
                    curly += (mark["’"] if y == mark["'"] else y for y in ps)
            if "head" in s:
                for k in KINDS:
                    values = map(script, s["words"], s["lemma"]) if k == "lemma" else s[k]
                    w[k] += (index[k].get(v, -100) for v in values)
                w["head"] += (i if h < 0 else h for i, h in enumerate(s["head"]))
                w["rel"] += (index["rel"].get(r, -100) for r in s["rel"])
            else:
                for k in (*KINDS, "head", "rel"):
                    w[k] += [-100] * n
            w["allowed"] += (
                sum(bit[t] for t in tags) if tags is not None else 0
                for tags in s.get("ner") or [None] * n
            )
            before = s
    assert len(ids) == len(curly) == sum(w["pieces"])
    small = {"glued", "pieces", "shape", "lower", "upper", "title"}
    out = {
        f"w_{k}": np.array(v, np.uint8 if k in small else np.int16)
        for k, v in w.items()
        if k != "allowed"
    }
    out["w_allowed"] = np.array(w["allowed"], np.int32)
    out |= {f"s_{k}": np.array(v, np.int32) for k, v in s_.items()}
    out |= {"ids": np.array(ids, np.uint16), "curly": np.array(curly, np.uint16)}
    np.savez_compressed(a.work / "pack.npz", **out)
    (a.work / "gold.json").write_text(
        json.dumps({"corpora": corpora, "parts": PARTS, "gold": gold})
    )
    size = (a.work / "pack.npz").stat().st_size
    count = collections.Counter(s_["part"])
    print(
        {PARTS[k]: n for k, n in count.items()},
        len(ids),
        "pieces",
        dropped,
        "dropped",
        f"{size / 1e6:.1f} MB",
    )


if __name__ == "__main__":
    main()
