"""The component ``kg_entity_consistency``: one name, one type within an article.

The network sees a sentence or two at a time; an article says its names often. Three corrections,
in this order:

1. A span that ends with a word for a kind of body ("AI firm", "Netflix series") is no name but a
   description; a name before that word stays ("Netflix").
2. Spans with the same words take the type that most of them have (the first type where two are
   level); a longer name votes for nothing but itself.
3. A proper noun that is exactly a name found elsewhere in the article is that name too.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from pathlib import Path
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

_KINDS: Final = frozenset(
    tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))["kinds"]
)
#: Types that the vote may exchange: a date or a number is never outvoted.
_VOTED: Final = frozenset(
    {"PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "PRODUCT", "WORK_OF_ART", "EVENT", "LAW"}
)


@Language.component("kg_entity_consistency", assigns=["doc.ents"], requires=["token.pos"])
def entity_consistency(doc: Doc) -> Doc:
    """Correct ``doc.ents`` from all the article says; the same Doc comes back."""
    spans = [trimmed for span in doc.ents if (trimmed := _trim(span)) is not None]
    votes: dict[str, Counter[str]] = {}
    for span in spans:
        if span.label_ in _VOTED:
            votes.setdefault(span.text, Counter())[span.label_] += 1
    best = {text: counts.most_common(1)[0][0] for text, counts in votes.items()}
    spans = [_typed(span, best.get(span.text, span.label_)) for span in spans]
    doc.ents = tuple(filter_spans([*spans, *_missed(doc, spans, best)]))
    return doc


def _typed(span: Span, label: str) -> Span:
    return span if span.label_ == label else Span(span.doc, span.start, span.end, label)


def _trim(span: Span) -> Span | None:
    end = span.end
    while (
        end > span.start and span.doc[end - 1].pos_ == "NOUN" and span.doc[end - 1].text in _KINDS
    ):
        end -= 1
    if end == span.end:
        return span
    if not any(token.pos_ == "PROPN" for token in span.doc[span.start : end]):
        return None
    return Span(span.doc, span.start, end, span.label_)


def _missed(doc: Doc, spans: list[Span], best: dict[str, str]) -> list[Span]:
    """Places where a name of the article stands without being one, as proper nouns."""
    taken = {token.i for span in spans for token in span}
    shapes: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for text, span in {span.text: span for span in reversed(spans) if span.text in best}.items():
        words = tuple(token.text for token in span)
        shapes.setdefault(words[0], []).append((words, best[text]))
    found = []
    for token in doc:
        if token.i in taken or token.pos_ != "PROPN":
            continue
        for words, label in shapes.get(token.text, ()):
            end = token.i + len(words)
            run = doc[token.i : end]
            if tuple(word.text for word in run) != words or any(w.i in taken for w in run):
                continue
            after = doc[end] if end < len(doc) else None
            if after is not None and after.pos_ == "PROPN" and after.head.i < end:
                continue  # a longer name: "Apple" in "Apple Records"
            found.append(Span(doc, token.i, end, label))
    return found
