"""Which name, mention or value of the article stands at a token."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.analysis import KEY, analysis_of
from kg.model import Literal, Mention

NAMES: Final = frozenset(
    [
        "PERSON",
        "ORG",
        "GPE",
        "LOC",
        "FAC",
        "NORP",
        "PRODUCT",
        "WORK_OF_ART",
        "EVENT",
        "LAW",
        "LANGUAGE",
    ]
)


@dataclass(slots=True)
class Marked:
    """Which mention and which value stands at a token (by ``token.i``)."""

    names: Sequence[Span]
    starts: Sequence[int]  # the first token of each name
    name: dict[int, tuple[int, int, str]]  # every token of a name -> (start, end) char, label
    mention: dict[int, Mention]  # the syntactic head of a mention -> the mention
    value: dict[int, Literal]  # every token of a value that heads nothing outside it
    value_span: dict[int, tuple[int, int]]


def marked(doc: Doc) -> Marked:
    """What is marked in ``doc``, read once."""
    return analysis_of(doc).known[_read]


def mentions_of(doc: Doc) -> tuple[Mention, ...]:
    """The mentions of ``doc`` by place; none where no coreference was in the pipeline."""
    return (doc._.kg_mentions or ()) if Doc.has_extension("kg_mentions") else ()


def _read(doc: Doc) -> Marked:
    index = Marked(doc.ents, [ent.start for ent in doc.ents], {}, {}, {}, {})
    for ent in index.names:
        if ent.label_ in NAMES:
            for token in ent:
                index.name[token.i] = (ent.start_char, ent.end_char, ent.label_)
    for mention in mentions_of(doc):
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or not len(span):
            continue
        if mention.kind == "name":
            for token in span:
                known = index.name.get(token.i)
                if known is None or known[1] - known[0] <= mention.end - mention.start:
                    index.name[token.i] = (mention.start, mention.end, mention.label or "")
        index.mention.setdefault(span.root.i, mention)
    for span in doc.spans.get("kg_values", ()):
        literal = span._.kg_value if Span.has_extension("kg_value") else None
        if isinstance(literal, Literal):
            for token in span:
                index.value[token.i] = literal
                index.value_span[token.i] = (span.start_char, span.end_char)
    return index


def change_mentions(doc: Doc, mentions: tuple[Mention, ...]) -> None:
    """Give ``doc`` other mentions, when all else that was remembered of it stays true."""
    doc._.kg_mentions = mentions
    analysis_of(doc).known.pop(_read, None)


def text_of(doc: Doc) -> str:
    """``doc.text``, made once: spaCy puts it together anew each time."""
    return analysis_of(doc).text


def names_of(doc: Doc) -> Sequence[Span]:
    """``doc.ents``, made once."""
    return marked(doc).names


def label_within(doc: Doc, start: int, end: int) -> str | None:
    """The label of the first name that lies within these characters (and the words they cut)."""
    span = doc.char_span(start, end, alignment_mode="expand")
    if span is None:
        return None
    found = marked(doc)
    place = bisect_left(found.starts, span.start)
    inside = place < len(found.names) and found.names[place].end <= span.end
    return found.names[place].label_ if inside else None


def name_at(token: Token) -> tuple[int, int, str] | None:
    """``(start, end, label)`` of the name that covers this token, in characters, or None."""
    try:
        found: Marked = token.doc.user_data[KEY].known[_read]
    except KeyError:  # nothing was asked of this document before
        found = marked(token.doc)
    return found.name.get(token.i)


def mention_at(token: Token) -> Mention | None:
    """The mention (name, noun or pronoun) whose head is this token, or None."""
    return analysis_of(token.doc).known[_read].mention.get(token.i)


def value_at(token: Token) -> Literal | None:
    """The date, money, number... that this token is part of, or None."""
    return analysis_of(token.doc).known[_read].value.get(token.i)


def is_score(token: Token) -> bool:
    """Whether this token is part of a score: "won *3-1*"."""
    value = value_at(token)
    return value is not None and value.unit == "score"


def closed_end(text: str, start: int, end: int) -> int:
    """``end``, with the mark right behind it that closes what the words open: 'the plan was "dead"'."""
    words, closing = text[start:end], text[end : end + 1]
    opened = words.count('"') % 2 == 1 if closing == '"' else words.count("“") > words.count("”")
    return end + 1 if closing in ('"', "”") and opened else end
