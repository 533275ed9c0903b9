"""spaCy Docs without a model: from a compact table, or from CoNLL-U text (`corpora.conllu`).

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

from itertools import pairwise

from spacy.tokens import Doc

from corpora.conllu import Entities, Row, doc_of, sentences, vocab

__all__ = ["Entities", "make_doc", "vocab"]

_NO_SPACE_BEFORE = {".", ",", ";", ":", "!", "?", ")", "]", "}", "%", "”", "’", "…", "n't", "n’t"}
_CLITICS = ("'s", "’s", "'re", "’re", "'ve", "’ve", "'ll", "’ll", "'d", "’d", "'m", "’m")
_NO_SPACE_AFTER = {"(", "[", "{", "$", "£", "€", "“", "‘", "#"}


def make_doc(
    rows: str, ents: Entities = (), *, text: str | None = None, date: str | None = None
) -> Doc:
    """The Doc of a compact table or of CoNLL-U text (ten columns, tabs).

    ``ents`` maps words to a label (every occurrence; longer ones first), or lists
    (first token, end token, label). ``date`` becomes ``doc._.kg_date``.
    """
    if any(line.count("\t") >= 9 for line in rows.splitlines()):
        table = [row for sentence in sentences(rows.splitlines()) for row in sentence[1]]
    else:
        table = _compact(rows)
    if text is not None:
        _space_like(table, text)
    doc = doc_of(table, ents)
    if text is not None and doc.text.rstrip() != text.rstrip():
        raise ValueError(f"the words give {doc.text!r}, not {text!r}")
    if date is not None:
        if not Doc.has_extension("kg_date"):
            Doc.set_extension("kg_date", default=None)
        doc._.kg_date = date
    return doc


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
