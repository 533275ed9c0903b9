"""Weights of both networks, small enough to carry: ``python training/weights.py WORK MPNET MINILM``.

Writes ``WORK/teacher`` (all-mpnet-base-v2 without the wordpieces that no text of ``WORK/pack.npz`` has)
and ``WORK/student`` (the shipped weights, or all-MiniLM-L6-v2 with ``--anew``): matrices as one byte a
number with a scale a row, packed. Training on mends what the rounding costs.
"""

from __future__ import annotations

import argparse
import json
import sys
import zlib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

BLOCK = 8_000_000


def squeeze(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15, 9, zlib.Z_HUFFMAN_ONLY)
    return packer.compress(data) + packer.flush()


def pack(folder: Path, config: dict, state: dict[str, Tensor], most: int = 127) -> None:
    """Write a folder of ``index.json`` and ``NNN.bin``, each some eight megabytes or less.

    ``most`` is the largest whole number of a row: fewer numbers pack better.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob("*.bin"):
        old.unlink()
    index = []
    number = 0
    for name, tensor in state.items():
        x = tensor.detach().cpu()
        entry = {"name": name, "shape": list(x.shape), "files": []}
        if x.is_floating_point() and x.ndim == 2 and x.numel() > 5000:
            w = x.double().numpy()
            scale = (np.maximum(np.abs(w).max(1, keepdims=True), 1e-8) / most).astype(np.float32)
            q = np.clip(np.round(w / scale), -most, most).astype(np.int8)
            parts, entry["kind"] = [scale.tobytes(), q.tobytes()], "rows"
        elif x.is_floating_point():
            parts, entry["kind"] = [x.float().numpy().tobytes()], "floats"
        else:
            parts, entry["kind"] = [x.int().numpy().tobytes()], "ints"
        data = b"".join(parts)
        for at in range(0, len(data), BLOCK):
            file = f"{number:03d}.bin"
            (folder / file).write_bytes(squeeze(data[at : at + BLOCK]))
            entry["files"].append(file)
            number += 1
        index.append(entry)
    (folder / "index.json").write_text(json.dumps({"config": config, "tensors": index}))


def unpack(folder: Path, only: tuple[str, ...] = ()) -> tuple[dict, dict[str, Tensor]]:
    """The configuration and the weights (or ``only`` some) that `pack` wrote."""
    index = json.loads((folder / "index.json").read_text())
    wanted = [e for e in index["tensors"] if not only or e["name"] in only]

    def read(entry: dict) -> Tensor:
        data = b"".join(zlib.decompress((folder / f).read_bytes(), -15) for f in entry["files"])
        shape = entry["shape"]
        if entry["kind"] == "rows":
            scale = np.frombuffer(data, np.float32, shape[0])
            q = np.frombuffer(data, np.int8, offset=4 * shape[0]).reshape(shape)
            return torch.from_numpy(q * scale[:, None])
        kind = np.float32 if entry["kind"] == "floats" else np.int32
        return torch.from_numpy(np.frombuffer(data, kind).reshape(shape).copy())

    with ThreadPoolExecutor(8) as pool:
        tensors = list(pool.map(read, wanted))
    return index["config"], {e["name"]: t for e, t in zip(wanted, tensors, strict=True)}


def main() -> None:
    from kg.nlp.load import SHIPPED
    from training.model import Encoder, MPNetEncoder, Parser, load_config
    from training.requantise import stored

    p = argparse.ArgumentParser(description=__doc__)
    p.add_argument("work", type=Path)
    p.add_argument("mpnet", type=Path)
    p.add_argument("minilm", type=Path)
    p.add_argument(
        "--anew", action="store_true", help="the student from MiniLM, not from the shipped weights"
    )
    a = p.parse_args()
    torch.manual_seed(1)
    z = np.load(a.work / "pack.npz")
    used = np.union1d(np.unique(z["ids"]), np.unique(z["curly"])).astype(np.int64)
    config = load_config(a.mpnet)
    encoder = MPNetEncoder(config, 0.0)
    encoder.load_bert(a.mpnet)
    state = {"encoder." + k: v for k, v in encoder.state_dict().items()}
    rows = torch.from_numpy(np.concatenate([[0, 1, 2], used + 4]))
    state["encoder.word.weight"] = state["encoder.word.weight"][rows]
    table = torch.zeros(30522, dtype=torch.int64)
    table[torch.from_numpy(used)] = torch.arange(len(used)) + 3
    table[0], table[101], table[102] = 1, 0, 2
    keep = ("model_type", "hidden_size", "layer_norm_eps", "max_position_embeddings",
            "num_attention_heads", "num_hidden_layers", "intermediate_size",
            "relative_attention_num_buckets")  # fmt: skip
    small = {k: config[k] for k in keep} | {"vocab_size": len(rows)}
    pack(a.work / "teacher", small, {"table": table} | state, most=90)
    config = load_config(a.minilm)
    if a.anew:
        encoder = Encoder(config, 0.0)
        encoder.load_bert(a.minilm)
        state = {"encoder." + k: v for k, v in encoder.state_dict().items()}
    else:
        labels = json.loads((a.work / "labels.json").read_text())
        whole = stored(SHIPPED / "kg_parser")
        state = {k: torch.tensor(whole[k]).float() for k in Parser(config, labels).state_dict()}
    pack(a.work / "student", config, state)
    for name in ("teacher", "student"):
        size = sum(f.stat().st_size for f in (a.work / name).iterdir())
        print(name, f"{size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
