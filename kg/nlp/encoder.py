"""The network at run time: one chunk of words in, scores for every head out.

One chunk a call, never a padded batch: dynamic quantisation takes its activation range over all
that a call sees, so a padded batch would let a sentence's neighbours change its parse.

The matrices are stored as unsigned bytes, whose products are exact on every processor. Where those
of signed ones are exact too (`signed_is_exact`: processors with VNNI), the same numbers are given
as signed bytes: the same bits come out, in two thirds of the time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kg.nlp.runtime import onnxruntime as ort
from kg.nlp.wordpieces import Wordpieces

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
Levels = npt.NDArray[np.uint8]
_WANTED: Final = (
    "upos", "xpos", "feats", "lemma", "start", "arcs", "root", "names", "rel_dep", "rel_head",
)  # fmt: skip
#: One product of the largest numbers; ``training/export.py`` makes it.
_PROBE: Final = Path(__file__).with_name("probe.onnx")
#: Attention below one in 2 ** 13 is none; a twofold one is so many levels higher (a power of two).
_OCTAVES: Final = 13
_PER_OCTAVE: Final = 8
#: In an ONNX file, a matrix of unsigned bytes or its zeros: type 2, the name, how many bytes follow.
_UNSIGNED: Final = re.compile(
    rb"\x10\x02\x42.[\w.]+\.(?:uint8|zero)\x4a([\x80-\xff]*[\x00-\x7f])", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Scores:
    """What the network says of the words of one chunk; a row a word.

    ``start``: does a sentence begin here (log odds); ``arcs[i, j]``: is ``j`` the head of ``i``,
    ``arcs[i, i]``: is ``i`` a root; ``names``: a score for each entity tag; ``dep`` and ``head``:
    the two sides from which relations are told (:meth:`Encoder.relations`); ``states``: what the
    encoder makes of the word, for whoever learns from it (no columns in a graph without them).
    ``attention``: for each word that was asked for a row a word, of small numbers: how much each
    head attends to it from the asking word, and back (no rows in a graph that does not tell).
    """

    upos: Ints
    xpos: Ints
    feats: Ints
    lemma: Ints
    start: Floats
    arcs: Floats
    names: Floats
    dep: Floats
    head: Floats
    states: Floats
    attention: Levels


class Encoder:
    """The two ONNX graphs: the encoder with its heads, and the labels of arcs."""

    def __init__(
        self, encoder: bytes, labels: bytes, tokenizer: bytes, attention: bytes = b""
    ) -> None:
        from tokenizers import Tokenizer

        self.pieces = Wordpieces(Tokenizer.from_buffer(tokenizer))
        graph = signed(encoder) if signed_is_exact() else encoder
        self._encoder = _session(graph + attention)  # one after another they are one message
        self._labels = _session(labels)
        self._states = any(o.name == "states" for o in self._encoder.get_outputs())
        self._attends = bool(attention)

    def chunk(
        self, words: Sequence[str], glued: Sequence[bool], asking: Sequence[int] = ()
    ) -> Scores:
        """Scores for the words of one chunk (at most some 500 pieces), and the attention of those
        at the places ``asking``. Safe to call in threads."""
        ids, shapes, first, last = self.pieces.chunk(words, glued)
        given = {"ids": ids, "shapes": shapes, "first": first, "last": last}
        wanted = [*_WANTED]
        if self._attends:
            given["asking"] = [last[i] for i in asking]
            wanted.append("attention")
        if self._states:
            wanted.append("states")
        found = self._encoder.run(wanted, {k: np.array(v, np.int64) for k, v in given.items()})
        upos, xpos, feats, lemma, start, arcs, root, names, dep, head, *more = found
        np.fill_diagonal(arcs, root)
        states = more[-1] if self._states else np.zeros((len(words), 0), np.float32)
        attention = more[0] if self._attends else np.zeros((0, 0, len(words)), np.float32)
        return Scores(
            upos, xpos, feats, lemma, start[:, 1] - start[:, 0], arcs, names, dep, head, states,
            levels(attention.transpose(1, 2, 0)),
        )  # fmt: skip

    def relations(self, dep: Floats, head: Floats, heads: Ints) -> Ints:
        """The best label of the arc from each word to its head (roots: any, ignore it)."""
        found: Ints = self._labels.run(["rel"], {"dep": dep, "head": head, "heads": heads})[0]
        return found


def levels(shares: Floats) -> Levels:
    """The logarithm of shares of one as small whole numbers, by the bits of the floats: no function
    that processors compute each in its way.

    >>> levels(np.array([0.0, 1e-5, 0.001, 0.25, 0.5, 1.0], np.float32)).tolist()
    [0, 0, 24, 88, 96, 104]
    """
    least = (127 - _OCTAVES) * _PER_OCTAVE  # 127: the exponent that means 1
    bits = np.ascontiguousarray(shares).view(np.int32) >> 23 - _PER_OCTAVE.bit_length() + 1
    found: Levels = np.clip(bits - least, 0, _OCTAVES * _PER_OCTAVE).astype(np.uint8)
    return found


@cache
def signed_is_exact() -> bool:
    """Whether this processor's products of unsigned by signed bytes are right, by trying it.

    Without VNNI the sum of two products must fit into sixteen bits, and becomes 32767 if it
    does not.
    """
    unsigned = _PROBE.read_bytes()
    right, tried = _session(unsigned), _session(signed(unsigned))
    # a single row goes another way than several
    ones = [np.ones((rows, 32), np.float32) for rows in (1, 16)]
    return all(
        np.array_equal(right.run(["y"], {"x": x})[0], tried.run(["y"], {"x": x})[0]) for x in ones
    )


def signed(model: bytes) -> bytes:
    """The same ONNX graph with signed bytes for unsigned ones: the same numbers, 0 for 128."""
    out = bytearray(model)
    for found in _UNSIGNED.finditer(model):
        out[found.start() + 1] = 3
        size = sum((byte & 127) << 7 * i for i, byte in enumerate(found[1]))
        np.frombuffer(out, np.uint8, size, found.end())[:] ^= 128
    return bytes(out)


def _session(model: bytes) -> ort.InferenceSession:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    return ort.InferenceSession(model, options, providers=["CPUExecutionProvider"])
