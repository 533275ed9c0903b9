"""Sentences that come cut into words: parsed with those words, PTB escapes undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from spacy.language import Language
from spacy.tokens import Doc

from kg.extract import extract
from kg.model import Argument, Article, Block, Claim, Predicate, Quote

_ESCAPES = {
    "``": "“", "''": "”", "-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]",
    "-LCB-": "{", "-RCB-": "}",
}  # fmt: skip


def docs(nlp: Language, sentences: Iterable[Sequence[str]]) -> Iterator[Doc]:
    """A parsed Doc for each sentence; token ``i`` is the sentence's word ``i``."""
    made = (
        Doc(nlp.vocab, words=[_ESCAPES.get(word, word) for word in words]) for words in sentences
    )
    yield from nlp.pipe(made, batch_size=64)


def claims(doc: Doc, extractors: Sequence[str]) -> tuple[Claim, ...]:
    """The claims of a Doc as an article of one block; a quotation stands as the claim of its
    speaker, cue and content.

    What "I" or "we" say counts as well: an article states it only where it is known who speaks, and
    the sentences that would tell are not here.
    """
    article = Article(
        id="", source="", text=doc.text, blocks=(Block("paragraph", 0, len(doc.text)),)
    )
    found = extract(doc, article, extractors)
    unheard = (r.claim for r in found.refused if r.reason == "unheard" and r.claim is not None)
    said = (c for q in found.quotes if (c := _as_claim(doc, q)) is not None)
    return (*found.claims, *unheard, *said)


def _as_claim(doc: Doc, quote: Quote) -> Claim | None:
    if quote.speaker is None or quote.cue_start is None or quote.cue_end is None:
        return None
    words = doc.text[quote.cue_start : quote.cue_end]
    content = Argument(
        "object", "clause", quote.start, quote.end, quote.start, quote.end, quote.text
    )
    further = () if quote.addressee is None else (quote.addressee,)
    return Claim(
        quote.key, quote.speaker, Predicate("said", words, quote.cue_start, quote.cue_end), content,
        quote.evidence_start, quote.evidence_end, "quotes", further,
    )  # fmt: skip


def tokens_of(doc: Doc, start: int, end: int) -> set[int]:
    """Indices of the words that a range of characters touches."""
    return {t.i for t in doc if t.idx < end and t.idx + len(t.text) > start}
