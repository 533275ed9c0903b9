"""Shipped weights through `export.build` anew: ``python training/requantise.py OLD NEW``.

For a change of the graph or of the quantisation where the checkpoints are gone. OLD and NEW are
folders with ``encoder.onnx`` and ``labels.onnx``. A matrix of bytes becomes its numbers times its
scale, so what `export.rows` made it gives again to the bit. The shipped file (0.2.1) was made so out
of 0.2.0, whose bytes were signed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import onnx
from onnx import numpy_helper

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from training.export import build

#: all-MiniLM-L6-v2.
CONFIG = {"num_attention_heads": 12, "num_hidden_layers": 6}
MIXES = ("mix_tags", "mix_tree", "mix_names")


def stored(folder: Path) -> dict[str, np.ndarray]:
    """The weights under the names they have in a checkpoint."""
    c: dict[str, np.ndarray] = {}
    for file in ("labels.onnx", "encoder.onnx"):
        c |= {t.name: numpy_helper.to_array(t) for t in onnx.load(folder / file).graph.initializer}
    w = {k: v.T if k.endswith(".weight") and v.ndim == 2 else v for k, v in c.items()}
    for name in (k.removesuffix(".zero") for k in c if k.endswith(".zero")):
        q = c[name + (".uint8" if name + ".uint8" in c else ".int8")].astype(np.float64)
        q -= c[name + ".zero"]
        w[name + ".weight"] = (q * c[name + ".scale"]).T
    w["encoder.word.weight"] = c["word"] * c["word.scale"].astype(np.float64)
    for name in ("place", "shape"):
        w[f"encoder.{name}.weight"] = c[name]
    for name in MIXES:
        parts = [c[f"{name}.{i}"] for i in range(CONFIG["num_hidden_layers"] + 1)]
        share = np.concatenate(parts).astype(np.float64)
        w |= {name + ".weights": np.log(share), name + ".scale": share.sum(keepdims=True)}
    return w


def main() -> None:
    old, new = map(Path, sys.argv[1:])
    build(stored(old), new, CONFIG, int8=True)


if __name__ == "__main__":
    main()
