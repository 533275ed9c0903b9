"""spaCy Docs without a model: from a compact table, or from CoNLL-U with gold trees.

The compact table has one word a line, ``FORM UPOS HEAD DEP [LEMMA] [FEATS]``; heads count from 1
within the sentence, 0 is the root; a blank line ends the sentence, a line ``¶`` the paragraph::

    make_doc('''
        Netflix  PROPN  2  nsubj
        used     VERB   0  root   use    Tense=Past|VerbForm=Fin
        Runway   PROPN  2  obj
        .        PUNCT  2  punct
    ''', ents={"Netflix": "ORG", "Runway": "ORG"})

``FEATS`` may carry ``XPOS=VBD`` and ``SpaceAfter=No``. Spacing is otherwise that of the usual
English typography, or that of ``text`` when it is given.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import spacy
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

_NO_SPACE_BEFORE = {".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "…", "n't", "n’t"}
_CLITICS = ("'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m")
_NO_SPACE_AFTER = {"(", "[", "{", "$", "£", "€", "“", "‘", "#"}
_VOCAB: list[Vocab] = []

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


def make_doc(
    rows: str, ents: Entities = (), *, text: str | None = None, date: str | None = None
) -> Doc:
    """The Doc of a compact table or of CoNLL-U text (ten columns, tabs).

    ``ents`` maps words to a label (every occurrence; longer ones first), or lists
    (first token, end token, label). ``date`` becomes ``doc._.kg_date``.
    """
    if any(line.count("\t") >= 9 for line in rows.splitlines()):
        table = [row for sentence in _conllu(rows.splitlines()) for row in sentence[1]]
    else:
        table = _compact(rows)
    if text is not None:
        _space_like(table, text)
    doc = _doc(table, ents)
    if text is not None and doc.text.rstrip() != text.rstrip():
        raise ValueError(f"the words give {doc.text!r}, not {text!r}")
    if date is not None:
        if not Doc.has_extension("kg_date"):
            Doc.set_extension("kg_date", default=None)
        doc._.kg_date = date
    return doc


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
    for comments, sentence in _conllu(data.decode("utf-8").split("\n")):
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
    doc = _doc(table, ())
    doc.user_data["id"] = meta.get("newdoc id", "")
    doc.user_data["meta"] = meta
    return doc


def _conllu(lines: Iterable[str]) -> Iterator[tuple[dict[str, str], list[Row]]]:
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


def _compact(text: str) -> list[Row]:
    table: list[Row] = []
    start = 0
    for raw in [*text.splitlines(), ""]:
        line = raw.strip()
        if not line or line == "¶":
            start = len(table)
            if line and table:
                table[-1].paragraph = True
            continue
        cells = line.split()
        if not 4 <= len(cells) <= 6:
            raise ValueError(f"FORM UPOS HEAD DEP [LEMMA] [FEATS], not {line!r}")
        form, upos, head, dep = cells[:4]
        lemma = cells[4] if len(cells) > 4 and cells[4] != "_" else ""
        feats = cells[5] if len(cells) > 5 else "_"
        kept = [f for f in feats.split("|") if not f.startswith(("XPOS=", "SpaceAfter="))]
        given = dict(f.partition("=")[::2] for f in feats.split("|"))
        number = len(table) - start + 1
        table.append(
            Row(
                form=form, lemma=lemma or (form if upos == "PROPN" else form.lower()), upos=upos,
                xpos=given.get("XPOS", "_"), feats="|".join(kept) or "_",
                head=start + (int(head) or number) - 1, dep=dep,
                space=given.get("SpaceAfter") != "No", sent_start=len(table) == start,
            )
        )  # fmt: skip
    opened = False
    for row, after in pairwise(table):
        if after.form in _NO_SPACE_BEFORE or after.form.lower() in _CLITICS:
            row.space = False
        if row.form in _NO_SPACE_AFTER:
            row.space = False
        if row.form == '"':
            opened = not opened
            row.space = row.space and not opened
        if after.form == '"' and opened:
            row.space = False
    return table


def _space_like(table: list[Row], text: str) -> None:
    at = 0
    for row in table:
        at = text.index(row.form, at) + len(row.form)
        row.space = text[at : at + 1].isspace()


def _doc(table: list[Row], ents: Entities) -> Doc:
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
