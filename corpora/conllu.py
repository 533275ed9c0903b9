"""CoNLL-U files as spaCy Docs with their gold trees; no model is needed."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

_VOCAB: list[Vocab] = []

#: Words to a label (every occurrence; longer ones first), or (first token, end token, label).
Entities = Mapping[str, str] | Iterable[tuple[int, int, str]]


@dataclass
class Row:
    """One word: ``head`` is an index in the document (its own for a root)."""

    form: str
    lemma: str
    upos: str
    xpos: str
    feats: str
    head: int
    dep: str
    space: bool
    sent_start: bool
    misc: dict[str, str] = field(default_factory=dict)
    paragraph: bool = False


def vocab() -> Vocab:
    """One English vocabulary for all Docs made here (stop words, norms; no vectors)."""
    if not _VOCAB:
        _VOCAB.append(spacy.blank("en").vocab)
    return _VOCAB[0]


def docs_from_conllu(path: str | Path) -> Iterator[Doc]:
    """The documents of a CoNLL-U file (``.gz`` too) with their gold trees.

    Cut at ``# newdoc``; a paragraph (``# newpar``) is set off by a white space token ``\\n\\n``.
    ``doc.user_data["id"]`` is the document's id, ``["misc"]`` the MISC column of each token
    (a dict; empty for white space), ``["meta"]`` the ``meta::`` comments.
    """
    path = Path(path)
    data = path.read_bytes()
    data = gzip.decompress(data) if path.suffix == ".gz" else data
    table: list[Row] = []
    meta: dict[str, str] = {}
    for comments, sentence in sentences(data.decode("utf-8").split("\n")):
        if "newdoc id" in comments or "newdoc" in comments:
            if table:
                yield _gold(table, meta)
            table, meta = [], {}
        meta |= {k: v for k, v in comments.items() if k.startswith(("meta::", "newdoc"))}
        if table and any(k.startswith("newpar") for k in comments):
            table[-1].paragraph = True
        base = len(table)
        for row in sentence:
            row.head += base
        table += sentence
    if table:
        yield _gold(table, meta)


def _gold(table: list[Row], meta: dict[str, str]) -> Doc:
    doc = doc_of(table, ())
    doc.user_data["id"] = meta.get("newdoc id", "")
    doc.user_data["meta"] = meta
    return doc


def sentences(lines: Iterable[str]) -> Iterator[tuple[dict[str, str], list[Row]]]:
    """The sentences of CoNLL-U lines: comments, and words whose heads count within the sentence."""
    comments: dict[str, str] = {}
    rows: list[Row] = []
    glued_until, glued_space = 0, True
    for raw in [*lines, ""]:
        line = raw.rstrip("\r\n")
        if line.startswith("#"):
            key, _, value = line[1:].partition("=")
            comments[key.strip()] = value.strip()
        elif line.strip():
            cells = line.split("\t")
            misc = dict(part.partition("=")[::2] for part in cells[9].split("|") if part != "_")
            if "-" in cells[0]:
                glued_until = int(cells[0].split("-")[1])
                glued_space = misc.get("SpaceAfter") != "No"
                continue
            if "." in cells[0]:
                continue
            number, head = int(cells[0]), int(cells[6])
            space = misc.get("SpaceAfter") != "No"
            if number <= glued_until:
                space = glued_space if number == glued_until else False
            rows.append(
                Row(
                    form=cells[1], lemma=cells[2], upos=cells[3], xpos=cells[4], feats=cells[5],
                    head=(head or number) - 1, dep=cells[7], space=space,
                    sent_start=not rows, misc=misc,
                )
            )  # fmt: skip
        elif rows:
            yield comments, rows
            comments, rows, glued_until = {}, [], 0


def doc_of(table: list[Row], ents: Entities = ()) -> Doc:
    """The Doc of these words; ``ents`` as `Entities` says: words to a label, or places."""
    rows: list[Row] = []
    place: list[int] = []
    for row in table:
        place.append(len(rows))
        rows.append(row)
        if row.paragraph:
            rows.append(Row("\n\n", "\n\n", "SPACE", "_SP", "_", -1, "dep", False, False))
    if rows:
        rows[-1].space = False
    heads: list[int] = []
    for i, row in enumerate(rows):
        if row.upos == "SPACE":
            rows[i - 1].space = False
        heads.append(i - 1 if row.upos == "SPACE" else place[row.head])
    doc = Doc(
        vocab(),
        words=[r.form for r in rows],
        spaces=[r.space for r in rows],
        tags=["" if r.xpos == "_" else r.xpos for r in rows],
        pos=[r.upos for r in rows],
        morphs=["" if r.feats == "_" else r.feats for r in rows],
        lemmas=[r.form if r.lemma == "_" else r.lemma for r in rows],
        heads=heads,
        deps=["ROOT" if r.dep == "root" else r.dep for r in rows],
        sent_starts=[r.sent_start for r in rows],
    )
    doc.user_data["misc"] = [r.misc for r in rows]
    doc.set_ents(_spans(doc, ents), default="outside")
    return doc


def _spans(doc: Doc, ents: Entities) -> list[Span]:
    if not isinstance(ents, Mapping):
        return [Span(doc, start, end, label=label) for start, end, label in ents]
    taken = [False] * len(doc)
    spans: list[Span] = []
    for words in sorted(ents, key=lambda w: (-len(w), w)):
        at, found = doc.text.find(words), False
        while at >= 0:
            span = doc.char_span(at, at + len(words), label=ents[words])
            if span is not None and not any(taken[span.start : span.end]):
                taken[span.start : span.end] = [True] * len(span)
                spans.append(span)
            found = found or span is not None
            at = doc.text.find(words, at + 1)
        if not found:
            raise ValueError(f"no {words!r} in {doc.text!r}")
    return spans
