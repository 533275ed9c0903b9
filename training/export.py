"""A checkpoint to the shipped folder: ``python training/export.py WORK MINILM CHECKPOINT FOLDER``.

Writes the encoder and its heads as ONNX (int8 weights for the big matrices, per channel; int8 word
embeddings, per row) and saves a spaCy pipeline around them. ``--fp32`` keeps all weights as floats
(to measure what int8 costs). CHECKPOINT may be several, with commas: their mean is taken; a folder is one in several files. ``--no-name``
is added to the score of "no name": the corpora lack types, so the network says too many names.

The graph gives the same bits on every x86-64 processor with AVX2: its bytes are unsigned (`ZERO`),
and no operator is used whose sums run in an order of the processor's own (`Graph.attention`). Why
so: ``docs/decisions/same-on-every-processor.md``.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

MS = "com.microsoft"
#: What stands for 0 in the bytes of a matrix. They are unsigned: products of unsigned by signed
#: bytes saturate on processors without VNNI.
ZERO = 128


class Graph:
    """An ONNX graph under construction: every method adds a node and returns its output's name."""

    def __init__(self, weights: dict[str, np.ndarray], *, int8: bool) -> None:
        self.w, self.int8 = weights, int8
        self.nodes: list = []
        self.constants: dict[str, np.ndarray] = {}
        self.count = 0

    def constant(self, name: str, value: np.ndarray) -> str:
        self.constants[name] = value
        return name

    def op(self, kind: str, *inputs: str, out: str = "", domain: str = "", n: int = 1, **attr):
        self.count += 1
        names = (
            [out or f"{kind}_{self.count}"]
            if n == 1
            else [f"{kind}_{self.count}_{i}" for i in range(n)]
        )
        self.nodes.append(helper.make_node(kind, list(inputs), names, domain=domain, **attr))
        return names[0] if n == 1 else names

    def linear(self, x: str, name: str, *, out: str = "", exact: bool = False) -> str:
        """``x @ W.T + b`` with the weights of a torch Linear."""
        w, b = self.w[name + ".weight"].T, self.w[name + ".bias"]
        bias = self.constant(name + ".bias", b)
        if not self.int8 or exact:
            y = self.op("MatMul", x, self.constant(name + ".weight", np.ascontiguousarray(w)))
            return self.op("Add", y, bias, out=out)
        q, scale = rows(w.T)
        unsigned = (q.T.astype(np.int16) + ZERO).astype(np.uint8)
        return self.op(
            "DynamicQuantizeMatMul",
            x,
            self.constant(name + ".uint8", np.ascontiguousarray(unsigned)),
            self.constant(name + ".scale", scale[:, 0]),
            self.constant(name + ".zero", np.full(len(scale), ZERO, np.uint8)),
            bias,
            out=out,
            domain=MS,
        )

    def attention(self, qkv: str, heads: int, width: int) -> str:
        """Attention, given queries, keys and values side by side.

        Written out, because `Softmax` (and so `MultiHeadAttention`) adds up in another order where
        registers are wider; `ReduceSum` and `MatMul` do not.
        """
        size = width // heads
        last = self.constant("last_axis", np.array([-1], np.int64))
        split = self.constant("by_head", np.array([0, 3 * heads, size], np.int64))
        x = self.op("Transpose", self.op("Reshape", qkv, split), perm=[1, 0, 2])
        q, k, v = self.op("Split", x, n=3, axis=0, num_outputs=3)
        fits = self.op("FusedMatMul", q, k, domain=MS, transB=1, alpha=size**-0.5)
        fits = self.op("Exp", self.op("Sub", fits, self.op("ReduceMax", fits, last)))
        x = self.op("Div", self.op("MatMul", fits, v), self.op("ReduceSum", fits, last))
        joined = self.constant("joined", np.array([0, width], np.int64))
        return self.op("Reshape", self.op("Transpose", x, perm=[1, 0, 2]), joined)

    def norm(self, x: str, name: str) -> str:
        return self.op(
            "LayerNormalization",
            x,
            self.constant(name + ".weight", self.w[name + ".weight"]),
            self.constant(name + ".bias", self.w[name + ".bias"]),
            axis=-1,
            epsilon=1e-12,
        )

    def save(self, path: Path, inputs: dict, outputs: dict) -> None:
        graph = helper.make_graph(
            self.nodes,
            "kg",
            [helper.make_tensor_value_info(k, t, s) for k, (t, s) in inputs.items()],
            [helper.make_tensor_value_info(k, t, s) for k, (t, s) in outputs.items()],
            [numpy_helper.from_array(v, k) for k, v in self.constants.items()],
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", 20), helper.make_opsetid(MS, 1)],
            ir_version=9,
            producer_name="kg",
        )
        onnx.save(model, path)


def rows(w: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Symmetric int8 of each row, and the scales as a column."""
    scale = (np.maximum(np.abs(w).max(1, keepdims=True), 1e-8) / 127).astype(np.float32)
    return np.clip(np.round(w / scale), -127, 127).astype(np.int8), scale


def softmax(x: np.ndarray) -> np.ndarray:
    e = np.exp(x - x.max())
    return e / e.sum()


def build(w: dict[str, np.ndarray], folder: Path, config: dict, *, int8: bool) -> None:
    g = Graph(w, int8=int8)
    heads = config["num_attention_heads"]
    table = w["encoder.word.weight"]
    if int8:
        q, scale = rows(table)
        word = g.op("Cast", g.op("Gather", g.constant("word", q), "ids"), to=TensorProto.FLOAT)
        word = g.op("Mul", word, g.op("Gather", g.constant("word.scale", scale), "ids"))
    else:
        word = g.op("Gather", g.constant("word", table), "ids")
    zero, one = (
        g.constant("zero", np.array([0], np.int64)),
        g.constant("one", np.array([1], np.int64)),
    )
    length = g.op("Shape", "ids")
    place = g.op("Slice", g.constant("place", w["encoder.place.weight"]), zero, length, zero)
    shape = g.op("Gather", g.constant("shape", w["encoder.shape.weight"]), "shapes")
    x = g.norm(g.op("Add", g.op("Add", word, shape), place), "encoder.norm")
    layers = [x]
    for i in range(config["num_hidden_layers"]):
        p = f"encoder.layers.{i}."
        a = g.linear(g.attention(g.linear(x, p + "qkv"), heads, table.shape[1]), p + "out")
        x = g.norm(g.op("Add", x, a), p + "norm1")
        h = g.op("Gelu", g.linear(x, p + "up"), domain=MS)
        x = g.norm(g.op("Add", x, g.linear(h, p + "down")), p + "norm2")
        layers.append(x)
    g.op("Add", g.op("Gather", x, "first"), g.op("Gather", x, "last"), out="states")

    def mix(name: str) -> str:
        share = softmax(w[name + ".weights"]) * w[name + ".scale"]
        total = ""
        for i, layer in enumerate(layers):
            part = g.constant(f"{name}.{i}", share[i : i + 1].astype(np.float32))
            term = g.op("Mul", layer, part)
            total = g.op("Add", total, term) if total else term
        sums = [g.op("Gather", total, at) for at in ("first", "last")]
        tail = g.op("Mul", sums[1], g.constant(name + ".share", w[name + ".share"]))
        return g.op("Add", sums[0], tail)

    def best(x: str, name: str) -> str:
        return g.op("ArgMax", x, axis=-1, keepdims=0, out=name)

    tags = mix("mix_tags")
    h = g.op("Gelu", g.linear(tags, "tags_in"), domain=MS)
    for kind in ("upos", "xpos", "feats", "lemma"):
        best(g.linear(h, "tags_out." + kind, exact=True), kind)
    g.linear(h, "start", out="start", exact=True)
    names = mix("mix_names")
    h = g.op("Gelu", g.linear(names, "names_in"), domain=MS)
    g.linear(h, "names_out", out="names", exact=True)
    tree = mix("mix_tree")
    dep = g.op("Gelu", g.linear(tree, "arc_dep"), domain=MS)
    dep = g.op(
        "Add",
        g.op("MatMul", dep, g.constant("arc", w["arc"])),
        g.constant("arc_bias", w["arc_bias"]),
    )
    head = g.op("Gelu", g.linear(tree, "arc_head"), domain=MS)
    g.op("MatMul", dep, g.op("Transpose", head, perm=[1, 0]), out="arcs")
    g.op("Squeeze", g.linear(tree, "arc_root", exact=True), g.op("Neg", one), out="root")
    g.linear(tree, "rel_dep", out="rel_dep")
    g.linear(tree, "rel_head", out="rel_head")
    i64, f32 = TensorProto.INT64, TensorProto.FLOAT
    outputs = {k: (i64, ["w"]) for k in ("upos", "xpos", "feats", "lemma")}
    outputs |= {k: (f32, ["w", None]) for k in ("start", "names", "rel_dep", "rel_head")}
    outputs |= {"arcs": (f32, ["w", "w"]), "root": (f32, ["w"]), "states": (f32, ["w", None])}
    g.save(
        folder / "encoder.onnx",
        {"ids": (i64, ["t"]), "shapes": (i64, ["t"]), "first": (i64, ["w"]), "last": (i64, ["w"])},
        outputs,
    )
    g = Graph(w, int8=False)
    n = w["rel_out.weight"].shape[1] // 2
    split = g.constant("split", np.array([n, n], np.int64))
    a, c = g.op("Split", "dep", split, n=2, axis=-1)
    b, d = g.op("Split", g.op("Gather", "head", "heads"), split, n=2, axis=-1)
    h = g.op("Concat", g.op("Gelu", g.op("Add", a, b), domain=MS), g.op("Mul", c, d), axis=-1)
    best(g.linear(h, "rel_out"), "rel")
    g.save(
        folder / "labels.onnx",
        {"dep": (f32, ["w", 2 * n]), "head": (f32, ["w", 2 * n]), "heads": (i64, ["w"])},
        {"rel": (i64, ["w"])},
    )


def probe(path: Path) -> None:
    """A product of bytes that saturates where that of unsigned by signed ones does."""
    g = Graph(
        {"probe.weight": np.ones((16, 32)), "probe.bias": np.zeros(16, np.float32)}, int8=True
    )
    g.linear("x", "probe", out="y")
    f32 = TensorProto.FLOAT
    g.save(path, {"x": (f32, ["n", 32])}, {"y": (f32, ["n", 16])})


def joined(folder: Path) -> dict[str, np.ndarray]:
    """A checkpoint in several files, as `distil.py` writes it; ``NAME#0``, ``NAME#1`` are rows of one."""
    parts: dict[str, np.ndarray] = {}
    for path in sorted(folder.glob("*.safetensors")):
        parts |= {k: v.astype(np.float32) for k, v in load_file(path).items()}
    rows_of: dict[str, list[np.ndarray]] = {}
    for key in sorted(parts):
        rows_of.setdefault(key.split("#")[0], []).append(parts[key])
    return {k: np.concatenate(v) if len(v) > 1 else v[0] for k, v in rows_of.items()}


def mean(checkpoints: list[Path], no_name: float) -> dict[str, np.ndarray]:
    """The mean of the weights ("model soup", Wortsman et al. 2022); ``O`` is the first tag."""
    loaded = [joined(path) if path.is_dir() else load_file(path) for path in checkpoints]
    weights = {k: np.mean([w[k] for w in loaded], 0, dtype=np.float32) for k in loaded[0]}
    weights["names_out.bias"][0] += np.float32(no_name)
    return weights


def main() -> None:
    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("work", type=Path)
    p.add_argument("minilm", type=Path)
    p.add_argument("checkpoint", type=lambda paths: [Path(x) for x in paths.split(",")])
    p.add_argument("folder", type=Path)
    p.add_argument("--fp32", action="store_true")
    p.add_argument("--no-name", type=float, default=0.5)
    p.add_argument("--version", default="0.1.0")
    a = p.parse_args()
    labels = json.loads((a.work / "labels.json").read_text())
    config = json.loads((a.minilm / "config.json").read_text())
    parts = a.work / "parts"
    parts.mkdir(exist_ok=True)
    build(mean(a.checkpoint, a.no_name), parts, config, int8=not a.fp32)
    probe(Path(__file__).resolve().parent.parent / "kg" / "nlp" / "probe.onnx")
    (parts / "labels.json").write_text(json.dumps(labels, ensure_ascii=False, indent=0) + "\n")
    (parts / "tokenizer.json").write_text((a.minilm / "tokenizer.json").read_text())
    (parts / "lemmas.json").write_text((a.work / "lemmas.json").read_text())

    from kg.nlp.load import blank_pipeline

    nlp = blank_pipeline()
    nlp.get_pipe("kg_parser").from_parts(parts)
    meta = json.loads((Path(__file__).parent / "meta.json").read_text())
    nlp.meta.update(meta | {"version": a.version})
    a.folder.mkdir(parents=True, exist_ok=True)
    nlp.to_disk(a.folder)
    size = sum(f.stat().st_size for f in a.folder.rglob("*") if f.is_file())
    print(f"{a.folder}: {size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
