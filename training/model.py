"""The network: MiniLM or MPNet with case shapes, and all heads on it in one pass over a chunk."""

from __future__ import annotations

import json
import math
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from kg.nlp.wordpieces import SHAPE_IDS


class Layer(nn.Module):
    def __init__(self, width: int, heads: int, inner: int, dropout: float, eps: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.norm1 = nn.LayerNorm(width, eps=eps)
        self.up = nn.Linear(width, inner)
        self.down = nn.Linear(inner, width)
        self.norm2 = nn.LayerNorm(width, eps=eps)
        self.p = dropout

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, t, w = x.shape
        q, k, v = self.qkv(x).view(b, t, 3, self.heads, w // self.heads).permute(2, 0, 3, 1, 4)
        p = self.p if self.training else 0.0
        a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask, dropout_p=p)
        a = self.out(a.transpose(1, 2).reshape(b, t, w))
        x = self.norm1(x + F.dropout(a, p, self.training))
        h = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, p, self.training))


class Encoder(nn.Module):
    """BERT. ``mask``: true where a piece may be looked at."""

    first_place = 0
    #: What the file calls queries, keys, values, what comes out and its norm.
    attention = ("self.query", "self.key", "self.value", "output.dense", "output.LayerNorm")

    def __init__(self, config: dict, dropout: float) -> None:
        super().__init__()
        width, eps = config["hidden_size"], config["layer_norm_eps"]
        self.word = nn.Embedding(config["vocab_size"], width)
        self.place = nn.Embedding(config["max_position_embeddings"], width)
        self.shape = nn.Embedding(SHAPE_IDS, width)
        self.norm = nn.LayerNorm(width, eps=eps)
        self.layers = nn.ModuleList(
            Layer(width, config["num_attention_heads"], config["intermediate_size"], dropout, eps)
            for _ in range(config["num_hidden_layers"])
        )
        self.p = dropout

    def bias(self, mask: Tensor) -> Tensor:
        """What is added to each score of attention (or which of them count)."""
        return mask

    def forward(self, ids: Tensor, shapes: Tensor, mask: Tensor) -> list[Tensor]:
        place = torch.arange(ids.shape[1], device=ids.device) + self.first_place
        x = self.norm(self.word(ids) + self.place(place) + self.shape(shapes))
        x = F.dropout(x, self.p, self.training)
        out = [x]
        bias = self.bias(mask)
        for layer in self.layers:
            x = layer(x, bias)
            out.append(x)
        return out

    def load_bert(self, path: Path) -> None:
        """Take the weights of a BERT in safetensors form."""
        w = {k.removeprefix("bert."): v for k, v in load_file(path / "model.safetensors").items()}
        e = "embeddings."
        own = {
            "word.weight": w[e + "word_embeddings.weight"],
            "place.weight": w[e + "position_embeddings.weight"],
            "norm.weight": w[e + "LayerNorm.weight"],
            "norm.bias": w[e + "LayerNorm.bias"],
        }
        kind = w[e + "token_type_embeddings.weight"][0]
        own["shape.weight"] = kind + 0.1 * kind.std() * torch.randn(SHAPE_IDS, len(kind))
        self.load_state_dict(own | self.layers_of(w))

    def layers_of(self, w: dict[str, Tensor]) -> dict[str, Tensor]:
        """The layers' weights under our names; the file calls those of attention by `attention`."""
        *qkv, out, norm = (f"attention.{name}" for name in self.attention)
        plain = {
            "out": out, "norm1": norm, "up": "intermediate.dense", "down": "output.dense",
            "norm2": "output.LayerNorm",
        }  # fmt: skip
        own = {}
        for i in range(len(self.layers)):
            theirs, ours = f"encoder.layer.{i}.", f"layers.{i}."
            for s in ("weight", "bias"):
                own[f"{ours}qkv.{s}"] = torch.cat([w[f"{theirs}{name}.{s}"] for name in qkv])
                for name, known in plain.items():
                    own[f"{ours}{name}.{s}"] = w[f"{theirs}{known}.{s}"]
        return own


class MPNetEncoder(Encoder):
    """MPNet: places from 2, and a bias for how far apart two pieces stand, shared by all layers."""

    first_place = 2
    attention = ("attn.q", "attn.k", "attn.v", "attn.o", "LayerNorm")

    def __init__(self, config: dict, dropout: float) -> None:
        super().__init__(config, dropout)
        self.buckets = config["relative_attention_num_buckets"]
        self.far = nn.Embedding(self.buckets, config["num_attention_heads"])

    def bias(self, mask: Tensor) -> Tensor:
        # Not learned on: the fused attention of some devices has no gradient for it.
        far = self.far.weight.detach()[self.bucket(mask.shape[-1], mask.device)].permute(2, 0, 1)
        return far[None].masked_fill(~mask, -1e4)

    def bucket(self, t: int, device: torch.device, most: int = 128) -> Tensor:
        """Bucket of each pair (row asks, column is asked): half of them for each direction."""
        at = torch.arange(t, device=device)
        away = at[:, None] - at[None, :]
        half = self.buckets // 2
        exact = half // 2
        n = away.abs()
        log = torch.log(n.clamp(min=1).float() / exact) / math.log(most / exact)
        large = (exact + (log * (half - exact)).long()).clamp(max=half - 1)
        return (away < 0) * half + torch.where(n < exact, n, large)

    def load_bert(self, path: Path) -> None:
        """Take the weights of an MPNet in safetensors form."""
        w = {k.removeprefix("mpnet."): v for k, v in load_file(path / "model.safetensors").items()}
        e = "embeddings."
        own = {
            "word.weight": w[e + "word_embeddings.weight"],
            "place.weight": w[e + "position_embeddings.weight"],
            "norm.weight": w[e + "LayerNorm.weight"],
            "norm.bias": w[e + "LayerNorm.bias"],
            "far.weight": w["encoder.relative_attention_bias.weight"],
        }
        width = own["word.weight"].shape[1]
        own["shape.weight"] = 0.1 * own["place.weight"].std() * torch.randn(SHAPE_IDS, width)
        self.load_state_dict(own | self.layers_of(w))


class Mix(nn.Module):
    """A learned average of the layers, at the first piece of each word plus a share of the last."""

    def __init__(self, layers: int, width: int) -> None:
        super().__init__()
        start = torch.linspace(-2, 0, layers)
        self.weights = nn.Parameter(start)
        self.scale = nn.Parameter(torch.ones(1))
        self.share = nn.Parameter(torch.zeros(width))

    def forward(self, layers: list[Tensor], first: Tensor, last: Tensor) -> Tensor:
        share = torch.softmax(self.weights.float(), 0)
        x = sum(s * h for s, h in zip(share, layers, strict=True)) * self.scale
        x = x.reshape(-1, x.shape[-1])
        return x[first] + self.share * x[last]


class Parser(nn.Module):
    """Scores for everything. Words are rows of one matrix; ``first``/``last`` are flat indices."""

    def __init__(self, config: dict, labels: dict[str, list[str]], dropout: float = 0.1) -> None:
        super().__init__()
        self.labels = labels
        mpnet = config.get("model_type") == "mpnet"
        self.encoder = (MPNetEncoder if mpnet else Encoder)(config, dropout)
        width, n = config["hidden_size"], config["num_hidden_layers"] + 1
        self.mix_tags, self.mix_tree, self.mix_names = (Mix(n, width) for _ in range(3))
        self.drop = nn.Dropout(0.33)
        self.tags_in = nn.Linear(width, width)
        kinds = ("upos", "xpos", "feats", "lemma")
        self.tags_out = nn.ModuleDict({k: nn.Linear(width, len(labels[k])) for k in kinds})
        self.start = nn.Linear(width, 2)
        self.names_in = nn.Linear(width, width)
        self.names_out = nn.Linear(width, len(labels["ner"]))
        arc, rel = 320, 128
        self.arc_dep, self.arc_head = nn.Linear(width, arc), nn.Linear(width, arc)
        self.arc_root = nn.Linear(width, 1)
        self.arc = nn.Parameter(torch.zeros(arc, arc))
        self.arc_bias = nn.Parameter(torch.zeros(arc))
        nn.init.normal_(self.arc, std=0.02)
        self.rel_dep, self.rel_head = nn.Linear(width, 2 * rel), nn.Linear(width, 2 * rel)
        self.rel_out = nn.Linear(2 * rel, len(labels["rel"]))

    def encode(self, ids, shapes, mask, first, last):
        layers = self.encoder(ids, shapes, mask)
        return (m(layers, first, last) for m in (self.mix_tags, self.mix_tree, self.mix_names))

    def tag_scores(self, x: Tensor) -> dict[str, Tensor]:
        x = self.drop(x)
        h = self.drop(F.gelu(self.tags_in(x)))
        out = {k: m(h) for k, m in self.tags_out.items()}
        out["start"] = self.start(h)
        return out

    def name_scores(self, x: Tensor) -> Tensor:
        return self.names_out(self.drop(F.gelu(self.names_in(self.drop(x)))))

    def arc_parts(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        """Dependent side (already turned), head side, root score."""
        x = self.drop(x)
        dep = self.drop(F.gelu(self.arc_dep(x))) @ self.arc + self.arc_bias
        head = self.drop(F.gelu(self.arc_head(x)))
        return dep, head, self.arc_root(x).squeeze(-1)

    def rel_parts(self, x: Tensor) -> tuple[Tensor, Tensor]:
        x = self.drop(x)
        return self.rel_dep(x), self.rel_head(x)

    def rel_scores(self, dep: Tensor, head: Tensor) -> Tensor:
        """Label scores for rows of dependents and of their heads."""
        a, c = dep.chunk(2, -1)
        b, d = head.chunk(2, -1)
        return self.rel_out(self.drop(torch.cat([F.gelu(a + b), c * d], -1)))


def load_config(minilm: Path) -> dict:
    return json.loads((minilm / "config.json").read_text())
