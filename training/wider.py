"""More text for training, for ``data.py``: names of other annotation schemes, and unlabelled text.

Everything is turned back into running text and cut into words by the tokenizer of the run time, so
that the network learns on the words it will see. Spans that do not fit those words are left open.
"""

from __future__ import annotations

import collections
import csv
import io
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy

from kg.nlp.tokenize import english_tokenizer
from training.data import (
    FINE,
    TITLES,
    TYPES,
    Hints,
    bio,
    chunks,
    detokenize,
    outside,
    read,
)  # fmt: skip

#: A span of characters and the types its name may have: none, "no name"; None, nothing is known.
Span = tuple[int, int, list[str] | None]
NATION = re.compile(r"(?:an|ese|ish|i|ch|ss|ek)s?$")
#: How long a run of words a development text may share with a training sentence.
SHARED = 8


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())


def grams(words: list[str]) -> Iterator[str]:
    for i in range(len(words) - SHARED + 1):
        yield " ".join(words[i : i + SHARED])


class Wider:
    """Reads the further corpora; ``held`` are runs of words that stand in development texts."""

    def __init__(self, corpora: Path, hints: Hints, held: Iterable[str]) -> None:
        self.corpora, self.hints = corpora, hints
        self.held = {g for text in held for g in grams(words_of(text))}
        self.tokenizer = english_tokenizer(spacy.blank("en"))
        self.left_out: collections.Counter[str] = collections.Counter()

    def lines(self, path: str) -> Iterator[dict]:
        for line in read(self.corpora / path).splitlines():
            yield json.loads(line)

    def sentence(
        self, text: str, spans: list[Span] | None, doc: str, corpus: str, lacks: list[str], par: int
    ) -> dict | None:
        """A sentence or a paragraph; ``spans`` None: nothing is known of its names.

        None for what is too long or shares a long run of words with a development text.
        """
        tokens = [t for t in self.tokenizer(text) if not t.is_space]
        if not 2 <= len(tokens) <= 400:
            return None
        if any(g in self.held for g in grams(words_of(text))):
            self.left_out[corpus] += 1
            return None
        words = [t.text for t in tokens]
        out = {"words": words, "sp": [bool(t.whitespace_) for t in tokens], "doc": doc, "par": par}
        out["corpus"] = corpus
        if spans is None:
            return out
        tags: list[list[str] | None] = list(outside(words, self.hints, lacks))
        at = {t.idx: i for i, t in enumerate(tokens)}
        end = {t.idx + len(t): i + 1 for i, t in enumerate(tokens)}
        for a, b, kinds in spans:
            i, j = at.get(a), end.get(b)
            if kinds is None or i is None or j is None:
                for k, t in enumerate(tokens):
                    if t.idx < b and a < t.idx + len(t):
                        tags[k] = None
                continue
            free = "O" in kinds
            types = [k for k in kinds if k != "O"]
            tags[i:j] = bio(types, j - i, outside=free) if types else [["O"]] * (j - i)
        out["ner"] = tags
        return out

    def joined(
        self, words: list[str], spans: list[tuple[int, int, list[str] | None]]
    ) -> tuple[str, list[Span]]:
        """Words of another tokenizer as running text, with spans of words as spans of characters."""
        words = [{"``": '"', "''": '"', "-LRB-": "(", "-RRB-": ")"}.get(w, w) for w in words]
        spaces = detokenize(words)
        for i in range(1, len(words) - 1):
            if words[i] == "-" and words[i - 1].isalnum() and words[i + 1].isalnum():
                spaces[i - 1] = spaces[i] = False
        starts, text = [], ""
        for w, space in zip(words, spaces, strict=True):
            starts.append(len(text))
            text += w + " " * space
        return text.rstrip(), [
            (starts[a], starts[b - 1] + len(words[b - 1]), k) for a, b, k in spans
        ]

    def place(self, words: list[str]) -> list[str]:
        """Types of a place that may also be a nationality."""
        if len(words) == 1:
            if self.hints.is_norp(words[0]):
                return ["NORP"]
            if words[0].lower() not in self.hints.gpe and NATION.search(words[0]):
                return ["NORP", *self.hints.place(words)]
        return self.hints.place(words)

    # -- names --

    def gmb(self) -> Iterator[dict]:
        rows = [
            ([w for w, *_ in row], chunks([t for *_, t in row]))
            for row in three_columns(self.corpora / "gmb/train.iob2.gz")
        ]
        as_place: collections.Counter[str] = collections.Counter()
        for words, spans in rows:
            for a, b, kind in spans:
                as_place[" ".join(words[a:b])] += {"geo": 1, "org": -1}.get(kind, 0)
        for i, (words, spans) in enumerate(rows):
            known: list[tuple[int, int, list[str] | None]] = []
            for start, b, kind in spans:
                a = start
                while kind == "per" and a < b and words[a].lower() in TITLES:
                    a += 1
                if a > start:
                    known.append((start, a, []))
                if a == b:
                    continue
                name = words[a:b]
                kinds: list[str] | None = None
                if kind == "per":
                    kinds = ["PERSON"]
                elif kind == "geo":
                    kinds = self.place(name)
                elif kind == "gpe":
                    kinds = ["NORP"] if self.hints.is_norp(name[0]) else ["NORP", "GPE"]
                    if " ".join(name).lower() in self.hints.gpe:
                        kinds = ["GPE"]
                elif kind == "org":
                    often = as_place[" ".join(name)] > 0
                    kinds = ["ORG", "GPE", "NORP"] if often else ["ORG"]
                elif kind == "tim":
                    kinds = []
                known.append((a, b, kinds))
            text, found = self.joined(words, known)
            lacks = ["PRODUCT", "WORK_OF_ART", "EVENT", "LAW", "FAC"]
            yield self.sentence(text, found, f"gmb/{i // 6}", "gmb", lacks, 0)

    def redocred(self) -> Iterator[dict]:
        for n, r in enumerate(self.lines("redocred/docred_entities.jsonl.gz")):
            by_sentence = collections.defaultdict(list)
            for e in r["entities"]:
                for s, a, b in e["mentions"]:
                    by_sentence[s].append((a, b, e["type"]))
            for s, words in enumerate(r["sents"]):
                known: list[tuple[int, int, list[str] | None]] = []
                for a, b, kind in sorted(by_sentence[s]):
                    if known and a < known[-1][1]:
                        continue
                    kinds: list[str] | None = []
                    if kind in ("PER", "ORG"):
                        kinds = FINE[kind]
                    elif kind == "LOC":
                        kinds = self.place(words[a:b])
                    elif kind == "MISC":
                        one = b - a == 1 and self.hints.is_norp(words[a])
                        kinds = ["NORP"] if one else FINE["misc"]
                    known.append((a, b, kinds))
                text, found = self.joined(words, known)
                yield self.sentence(text, found, f"redocred/{n}", "redocred", [], 0)

    def re3d(self) -> Iterator[dict]:
        types = {"Organisation": ["ORG"], "Person": ["PERSON"], "Nationality": ["NORP"]}
        for r in self.lines("re3d/train.jsonl.gz"):
            for par, (start, end) in enumerate(paragraphs(r["text"])):
                spans: list[Span] = []
                for a, b, kind, *_ in r["entities"]:
                    words = r["text"][a:b].split()
                    if not words or a < start or b > end or kind not in (*types, "Location"):
                        continue
                    if not all(w[:1].isupper() or w in ("of", "for") for w in words):
                        continue
                    if words[0].lower() in TITLES or any(a < y and x < b for x, y, _ in spans):
                        continue
                    kinds = types.get(kind) or self.place(words)
                    if kinds == ["ORG"] and " ".join(words).lower() in self.hints.gpe:
                        kinds = ["GPE", "ORG"]
                    spans.append((a - start, b - start, kinds))
                text = r["text"][start:end]
                yield self.sentence(text, spans, "re3d/" + r["id"], "re3d", TYPES, par)

    def own(self, names: list[dict], texts: dict[tuple[str, str], str]) -> Iterator[dict]:
        """Paragraphs of news with all names of the ten types."""
        for r in names:
            for i, p in enumerate(r["paragraphs"] if r["part"] == "train" else ()):
                text = texts[r["set"], r["id"]][p["start"] : p["end"]]
                spans: list[Span] = [
                    (a - p["start"], b - p["start"], [kind]) for a, b, kind in p["names"]
                ]
                yield self.sentence(text, spans, r["set"] + r["id"], "own", [], i)

    def named(self) -> list[dict]:
        return [s for part in (self.gmb(), self.redocred(), self.re3d()) for s in part if s]

    # -- text alone --

    def plain(self, texts: dict[tuple[str, str], str], known: set[tuple[str, str]]) -> list[dict]:
        """News, encyclopaedia and a little fiction; ``known`` texts are left out."""
        return [s for s in self._plain(texts, known) if s]

    def _plain(self, texts, known) -> Iterator[dict | None]:
        for (name, key), text in texts.items():
            if name.startswith("wikinews") and (name, key) not in known:
                for par, (a, b) in enumerate(paragraphs(text)):
                    yield self.sentence(text[a:b], None, name + key, "wikinews", [], par)
        seen: set[str] = set()
        for row in csv.DictReader(io.StringIO(read(self.corpora / "qanom/train.csv.gz"))):
            if row["sentence"] not in seen:
                seen.add(row["sentence"])
                text = self.joined(row["sentence"].split(), [])[0]
                yield self.sentence(text, None, "qanom/" + row["qasrl_id"], "qanom", [], 0)
        for r in self.lines("qadiscourse/wikinews_train.jsonl.gz"):
            if r["sentence"] not in seen:
                seen.add(r["sentence"])
                text = self.joined(r["sentence"].split(), [])[0]
                yield self.sentence(text, None, "qad/" + r["id"], "qadiscourse", [], 0)
        for i, r in enumerate(self.lines("fewrel/val_wiki.jsonl.gz")):
            text = self.joined(r["tokens"], [])[0]
            yield self.sentence(text, None, f"fewrel/{i}", "fewrel", [], 0)
        for r in self.lines("litbank/train.jsonl.gz"):
            for words in r["sents"][:40]:
                text = self.joined(words, [])[0]
                yield self.sentence(text, None, "litbank/" + r["doc"], "litbank", [], 0)


def three_columns(path: Path) -> Iterator[list[list[str]]]:
    for block in read(path).split("\n\n"):
        rows = [line.split("\t") for line in block.split("\n") if line.count("\t") == 2]
        if rows:
            yield rows


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for m in re.finditer(r"[^\n]+", text):
        if m[0].strip():
            yield m.start(), m.end()


def raw_texts(corpora: Path) -> dict[tuple[str, str], str]:
    """The texts that our own names were marked in, by set and id."""
    out = {}
    for name in ("wikinews_2019", "wikinews_2020_half", "current_events"):
        for line in read(corpora / f"raw/{name}.jsonl.gz").splitlines():
            r = json.loads(line)
            out[name, r["id"]] = r["text"]
    return out
