"""The spaCy component ``kg_parser``: sentences, tags, morphology, lemmas, trees and entities.

One pass of the network over each chunk of a paragraph gives everything. Chunks never cross a
paragraph's end, each is run alone, and nothing is averaged over a batch, so the parse of a text is
the same in any batch, order and number of threads.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import srsly
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, TAG
from spacy.language import Language
from spacy.parts_of_speech import IDS as POS_IDS
from spacy.pipeline import Pipe
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.analysis import analysis_of, keep
from kg.budget import check
from kg.errors import ConfigError
from kg.nlp.encoder import Encoder, Ints, Levels
from kg.nlp.entities import best_tags, tag_chances
from kg.nlp.lemmas import Lemmas
from kg.nlp.mentions import PRONOUNS
from kg.nlp.segment import hard_breaks
from kg.nlp.trees import Floats, chances, tree
from kg.steps import step

_NEEDED = ("encoder.onnx", "labels.onnx", "tokenizer.json", "labels.json")
_FILES = (*_NEEDED, "lemmas.json", "attention.onnx")
_ATTRIBUTES = [TAG, POS, MORPH, LEMMA, DEP, HEAD, ENT_IOB, ENT_TYPE]
#: A state of 1.0 is so many.
_STEPS = 32
#: Wordpieces a window takes when a sentence is longer than the usual limit.
_LONGEST = 440


@dataclass(slots=True)
class _Block:
    """Words between two hard breaks. ``forced``: 1 a sentence starts here, -1 none does. ``asking``:
    the pronouns whose attention is read."""

    tokens: list[int]
    words: list[str]
    glued: list[bool]
    forced: list[int]
    asking: list[int]


@dataclass(slots=True)
class _Parse:
    """Label indices and heads (in the block; a root is its own head) of a block's words, and how
    probable each head (``sure``) and each entity tag (``named``) is; the encoder's states; for each
    pronoun where its window begins, and its attention."""

    upos: Ints
    xpos: Ints
    feats: Ints
    lemma: Ints
    heads: Ints
    rels: Ints
    names: Ints
    sure: Floats
    named: Floats
    states: Any
    attention: dict[int, tuple[int, Levels]]


@Language.factory(
    "kg_parser",
    default_config={"limit": 128, "threads": 0},
    assigns=[
        "token.tag", "token.pos", "token.morph", "token.lemma", "token.dep", "token.head",
        "token.is_sent_start", "token.ent_iob", "token.ent_type", "doc.ents", "doc.sents",
    ],
)  # fmt: skip
def make_parser(nlp: Language, name: str, limit: int, threads: int) -> KGParser:
    """A parser without weights; ``from_disk`` or ``from_parts`` gives it some."""
    return KGParser(nlp.vocab, name, limit=limit, threads=threads)


class KGParser(Pipe):
    """Parses documents in place.

    ``limit`` is the usual size of a window in wordpieces; ``threads`` how many windows are parsed
    at once (0: one for each processor this process may use, at most 4). Words and sentence starts
    that a document already has are kept.
    """

    def __init__(
        self, vocab: Vocab, name: str = "kg_parser", *, limit: int = 128, threads: int = 0
    ) -> None:
        self.vocab = vocab
        self.name = name
        self.limit = limit
        self.threads = threads
        self._parts: dict[str, bytes] = {}
        self._encoder: Encoder | None = None
        self._pool: ThreadPoolExecutor | None = None

    # -- parsing --

    def __call__(self, doc: Doc) -> Doc:
        """Parse one document; its paragraphs are parsed side by side."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 32) -> Iterator[Doc]:
        """Parse documents in their order."""
        docs = iter(stream)
        while batch := list(islice(docs, batch_size)):
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: list[Doc]) -> None:
        blocks = [self._blocks(doc) for doc in docs]
        todo = [block for own in blocks for block in own]
        # the longest first, so that no thread is left with a long one at the end
        order = sorted(range(len(todo)), key=lambda i: -len(todo[i].words))
        parses: list[_Parse | None] = [None] * len(todo)
        found = zip(order, self._map(self._block, [todo[i] for i in order]), strict=True)
        for done, (i, parse) in enumerate(found, 1):
            parses[i] = parse
            check()
            step("paragraphs parsed", done, len(todo))
        at = 0
        for doc, own in zip(docs, blocks, strict=True):
            parsed = [p for p in parses[at : at + len(own)] if p is not None]
            at += len(own)
            self._write(doc, own, parsed)

    def _map(self, do: Callable[[_Block], _Parse], todo: list[_Block]) -> Iterator[_Parse]:
        threads = self.threads or min(4, _processors())
        if threads < 2 or len(todo) < 2:
            return map(do, todo)
        if self._pool is None:
            self._pool = ThreadPoolExecutor(threads, thread_name_prefix="kg-parser")
        return self._pool.map(do, todo)

    def _blocks(self, doc: Doc) -> list[_Block]:
        blocks: list[_Block] = []
        breaks = iter(hard_breaks(doc.text))
        cut = next(breaks, None)
        block: _Block | None = None
        glued = False
        told = _told(doc)
        for token in doc:
            text = token.text
            if text.isspace() or not text:
                glued = False
                continue
            new = block is None
            while cut is not None and cut <= token.idx:
                new = True
                cut = next(breaks, None)
            if new or block is None:
                block = _Block([], [], [], [], [])
                blocks.append(block)
                glued = False
            start = token.is_sent_start
            if text.lower() in PRONOUNS and told[token.idx]:
                block.asking.append(len(block.words))
            block.tokens.append(token.i)
            block.words.append(text)
            block.glued.append(glued)
            block.forced.append(0 if start is None else 1 if start else -1)
            glued = not token.whitespace_
        return blocks

    def _block(self, block: _Block) -> _Parse:
        encoder = self.encoder
        pieces = [len(encoder.pieces.word(w)[0]) for w in block.words]
        n = len(pieces)
        done: list[_Parse] = []
        at, limit = 0, self.limit
        while at < n:
            end, size = at, 0
            while end < n and (end == at or size + pieces[end] <= limit):
                size += pieces[end]
                end += 1
            known = end == n
            given = _given_end(block.forced, pieces, at)
            if given:
                end, known = given, True
            words = block.words[at:end]
            asking = [i - at for i in block.asking if at <= i < end]
            scores = encoder.chunk(words, [False, *block.glued[at + 1 : end]], asking)
            starts_here = [0]
            for i in range(1, end - at):
                forced = block.forced[at + i]
                if forced == 1 or (forced == 0 and scores.start[i] > 0):
                    starts_here.append(i)
            keep = end - at
            if not known:
                if len(starts_here) > 1:
                    keep = starts_here.pop()
                elif limit < _LONGEST:
                    limit = _LONGEST
                    continue
                else:
                    keep = _cut(words)
            limit = self.limit
            bounds = [*starts_here, keep]
            heads = np.arange(keep)
            names = np.zeros(keep, np.int64)
            sure, named = np.ones(keep, np.float32), np.ones(keep, np.float32)
            for a, b in pairwise(bounds):
                arcs = scores.arcs[a:b, a:b]
                found = tree(arcs)
                heads[a:b] = found + a
                sure[a:b] = chances(arcs, found)
                names[a:b] = best_tags(scores.names[a:b], self._names)
                named[a:b] = tag_chances(scores.names[a:b], names[a:b])
            rels = encoder.relations(scores.dep[:keep], scores.head[:keep], heads)
            rels[heads == np.arange(keep)] = -1
            done.append(
                _Parse(
                    scores.upos[:keep], scores.xpos[:keep], scores.feats[:keep],
                    scores.lemma[:keep], heads + at, rels, names, sure, named,
                    _small(scores.states[:keep]),
                    {
                        at + i: (at, rows[:keep])
                        for i, rows in zip(asking, scores.attention, strict=False)
                        if i < keep
                    },
                )
            )  # fmt: skip
            at += keep
        return done[0] if len(done) == 1 else _joined(done)

    def _write(self, doc: Doc, blocks: list[_Block], parses: list[_Parse]) -> None:
        n = len(doc)
        if not n:
            return
        out: Any = np.zeros((n, len(_ATTRIBUTES)), np.uint64)
        head = np.zeros(n, np.int64)
        words = np.zeros(n, bool)
        sure, named = np.ones(n), np.ones(n)
        states = np.zeros((n, parses[0].states.shape[1] if parses else 0), np.int8)
        attention: dict[int, tuple[int, Levels]] = {}
        strings = self.vocab.strings
        for block, parse in zip(blocks, parses, strict=True):
            at = np.array(block.tokens)
            words[at] = True
            out[at, 0] = self._tag_ids[parse.xpos]
            out[at, 1] = self._pos_ids[parse.upos]
            out[at, 2] = self._morph_ids[parse.feats]
            out[at, 3] = [
                strings.add(self._lemmas(w, s, x))
                for w, s, x in zip(
                    block.words, parse.lemma.tolist(), parse.xpos.tolist(), strict=True
                )
            ]
            out[at, 4] = self._rel_ids[parse.rels]
            head[at] = at[parse.heads] - at
            sure[at], named[at] = parse.sure, parse.named
            states[at] = parse.states
            for i, (start, rows) in parse.attention.items():
                attention[block.tokens[i]] = _spread(rows, at[start : start + len(rows)])
            out[at, 6] = self._iob_ids[parse.names]
            out[at, 7] = self._ent_ids[parse.names]
        if not words.all():
            self._spaces(out, head, words)
        out[:, 5] = head.astype(np.uint64)
        doc.from_array(_ATTRIBUTES, out)
        keep(
            replace(
                analysis_of(doc),
                arcs=tuple(np.round(sure, 2).tolist()),
                names=tuple(np.round(named, 2).tolist()),
                states=states if states.size else None,
                attention=attention,
            )
        )

    def _spaces(self, out: Any, head: Any, words: Any) -> None:
        """White space hangs on the word before it (at the start, on the first word)."""
        add = self.vocab.strings.add
        known = np.flatnonzero(words)
        first = int(known[0]) if len(known) else 0
        before = -1
        for i in range(len(words)):
            if words[i]:
                before = i
                continue
            out[i, :4] = add("_SP"), POS_IDS["SPACE"], self.vocab.morphology.add(""), add(" ")
            out[i, 4] = add("dep")
            # Within a name ("Roger  Ferguson") it is part of it: spaCy knows no name with a gap.
            place = int(np.searchsorted(known, i))
            after = known[place] if place < len(known) else i
            out[i, 6], out[i, 7] = (1, out[after, 7]) if out[after, 6] == 1 else (2, 0)
            head[i] = (before if before >= 0 else first) - i
            if not len(known) and i == 0:
                out[i, 4] = add("ROOT")

    # -- weights --

    @property
    def encoder(self) -> Encoder:
        """The network; a ConfigError if no weights were loaded."""
        if self._encoder is None:
            raise ConfigError(
                "the component 'kg_parser' has no weights: load a pipeline folder with spacy.load "
                "or kg.nlp.load.load_pipeline instead of adding it to a blank pipeline."
            )
        return self._encoder

    @property
    def network(self) -> str:
        """16 hex digits of the weights that states depend on, and of how text is cut for them."""
        digest = sha256()
        for name in ("encoder.onnx", "tokenizer.json"):
            digest.update(self._parts.get(name, b""))
        return digest.hexdigest()[:16]

    def from_parts(self, folder: str | Path) -> KGParser:
        """Load the weights from a folder of ONNX and JSON files."""
        folder = Path(folder)
        self._set({f: (folder / f).read_bytes() for f in _FILES if (folder / f).is_file()})
        return self

    def to_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights to a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._parts.items():
            (folder / name).write_bytes(data)

    def from_disk(self, path: str | Path, *, exclude: Iterable[str] = ()) -> KGParser:
        """Load the weights from a folder that :meth:`to_disk` wrote."""
        return self.from_parts(path)

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights as bytes."""
        data: bytes = srsly.msgpack_dumps(self._parts)
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> KGParser:
        """Load the weights from :meth:`to_bytes`."""
        self._set(srsly.msgpack_loads(data))
        return self

    def __getstate__(self) -> dict[str, Any]:
        return {
            "vocab": self.vocab, "name": self.name, "limit": self.limit,
            "threads": self.threads, "parts": self._parts,
        }  # fmt: skip

    def __setstate__(self, state: dict[str, Any]) -> None:
        KGParser.__init__(
            self, state["vocab"], state["name"], limit=state["limit"], threads=state["threads"]
        )
        if state["parts"]:
            self._set(state["parts"])

    def _set(self, parts: dict[str, bytes]) -> None:
        missing = [f for f in _NEEDED if f not in parts]
        if missing:
            raise ConfigError(f"the pipeline folder lacks {', '.join(missing)}: is it complete?")
        self._parts = parts
        labels = json.loads(parts["labels.json"])
        self._encoder = Encoder(
            parts["encoder.onnx"], parts["labels.onnx"], parts["tokenizer.json"],
            parts.get("attention.onnx", b""),
        )  # fmt: skip
        add, morphology = self.vocab.strings.add, self.vocab.morphology
        self._lemmas = Lemmas(
            labels["lemma"],
            labels["xpos"],
            json.loads(parts.get("lemmas.json", b"{}")),
            self._encoder.pieces.words(),
        )
        self._tag_ids = _ids(add(x) for x in labels["xpos"])
        self._pos_ids = _ids(POS_IDS[x] for x in labels["upos"])
        self._morph_ids = _ids(morphology.add("" if x == "_" else x) for x in labels["feats"])
        # the last one, index -1, is the root's
        self._rel_ids = _ids(add(x) for x in [*labels["rel"], "ROOT"])
        self._names: list[str] = labels["ner"]
        self._iob_ids = _ids({"O": 2, "B": 3, "I": 1}[x[0]] for x in self._names)
        self._ent_ids = _ids(add(x[2:]) if x != "O" else 0 for x in self._names)


def _ids(values: Iterable[int]) -> Any:
    return np.array(list(values), np.uint64)


def _told(doc: Doc) -> bytes:
    """1 for every character of what is told, 0 in a turn of a talk: there attention misleads as often
    as it helps, in GUM's interviews and vlogs (``training/README.md``)."""
    told = bytearray(b"\1" * len(analysis_of(doc).text))
    for start, end in analysis_of(doc).turns:
        told[start:end] = bytes(end - start)
    return bytes(told)


def _given_end(forced: list[int], pieces: list[int], at: int) -> int:
    """Where the sentence at ``at`` ends if that is given (it is then read alone: trees of a
    sentence alone are a little better than of one in a run); 0 if it is not, or is too far."""
    size = pieces[at]
    for i in range(at + 1, len(forced)):
        if forced[i] == 1:
            return i
        size += pieces[i]
        if forced[i] == 0 or size > _LONGEST:
            return 0
    return len(forced) if len(forced) > at + 1 else 0


def _cut(words: list[str]) -> int:
    """Where to cut a run of words that has no sentence end: after its last stop or comma."""
    for marks in ((";", ".", "!", "?", ":"), (",",)):
        for i in range(len(words) - 1, len(words) // 2, -1):
            if words[i - 1] in marks:
                return i
    return len(words)


def _small(states: Floats) -> Any:
    """The encoder's states as small integers: a long text has a hundred thousand of them."""
    return np.clip(np.rint(states * _STEPS), -127, 127).astype(np.int8)


def _joined(parses: list[_Parse]) -> _Parse:
    joined: dict[str, Any] = {
        f: np.concatenate([getattr(p, f) for p in parses])
        for f in _Parse.__slots__
        if f != "attention"
    }
    attention = {i: rows for parse in parses for i, rows in parse.attention.items()}
    return _Parse(**joined, attention=attention)


def _spread(rows: Levels, places: Ints) -> tuple[int, Levels]:
    """Where a window begins in the document, and its rows, with empty ones where white space is."""
    first, size = int(places[0]), int(places[-1] - places[0]) + 1
    if size == len(rows):
        return first, rows
    spread = np.zeros((size, rows.shape[1]), np.uint8)
    spread[places - first] = rows
    return first, spread


def _processors() -> int:
    try:
        return len(os.sched_getaffinity(0))
    except AttributeError:  # not on this system
        return os.cpu_count() or 1
