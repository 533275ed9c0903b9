"""Who speaks in a direct quotation, as far as the parse alone tells it.

"He" in somebody's own words is somebody else; finding speakers in earnest is the work of
`kg.extract.speech`, which needs coreference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from spacy.tokens import Doc, Token

from kg.nlp.coreference.features import subject
from kg.nlp.coreference.lexicon import lexicon
from kg.nlp.mentions import quoted

#: So many words may stand between two parts of one quotation ('..." Ann Lee said. "...').
_BETWEEN = 12


def speakers(doc: Doc) -> dict[int, int]:
    """The head of the speaker's name (or pronoun) for every word within quotation marks that a verb
    of speech reports, or any verb that has a whole clause in quotation marks beside it."""
    told: dict[int, int] = {}
    before: tuple[int, int] | None = None  # where the last reported quotation ended, and whose
    for start, end in _stretches(quoted(doc)):
        who = _speaker(doc, start, end)
        between = doc[before[0] : start].text if before else ""
        if who is None and before and start - before[0] <= _BETWEEN and "\n" not in between:
            who = before[1]
        if who is not None:
            told.update(dict.fromkeys(range(start, end), who))
            before = end, who
        else:
            before = None
    return told


def _stretches(inside: Sequence[int]) -> Iterator[tuple[int, int]]:
    for within, places in groupby(range(len(inside)), key=inside.__getitem__):
        if within:
            found = list(places)
            yield found[0], found[-1] + 1


def _speaker(doc: Doc, start: int, end: int) -> int | None:
    for token in doc[start:end]:
        for verb in _around(token, start, end):
            if verb.lemma_.lower() in lexicon().speech or _introduces(verb, token, start, end):
                who = subject(verb)
                if who is not None and not start <= who.i < end:
                    return who.i
    return None


def _introduces(verb: Token, token: Token, start: int, end: int) -> bool:
    """Whether a verb, whatever it means, gives these words as somebody's own: 'Ann Lee grumbled:
    "He left."', '"He left," grumbled Ann Lee.'"""
    doc = verb.doc
    beside = token.dep_ in ("ccomp", "parataxis") or verb.dep_ == "parataxis"
    if verb.pos_ != "VERB" or not beside:
        return False
    if verb.i < start:
        return start >= 2 and doc[start - 2].text in (":", ",")
    return doc[end - 1].text in (",", "?", "!", "…") or doc[end : end + 2].text[-1:] == ","


def _around(token: Token, start: int, end: int) -> Iterator[Token]:
    """The words outside a stretch that govern a word of it, or hang on it."""
    if not start <= token.head.i < end:
        yield token.head
    if token.dep_ == "ROOT" or not start <= token.head.i < end:
        yield from (c for c in token.children if c.dep_ == "parataxis" and not start <= c.i < end)
