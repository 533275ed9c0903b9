"""The abstention report: sentences that gave nothing, and why.

A sentence that no claim and no quote touches is listed with the first reason that holds, in this
order: ``other language`` (its block is clearly not in the article's), ``table`` (a row of one),
``interviewer`` (words of
somebody who only asks: `kg.extract.speech.turns`; a question of theirs is a ``question``),
``unsure`` (it gave claims, but none sure enough: `kg.extract.statements.confidence`),
``tautology``, ``question``, ``generic``, ``figure of speech``, ``half``, ``no speaker``, ``unheard`` (it gave claims
that say nothing: `kg.extract.statements.gate`), ``no words`` (a
rule, a lone mark), ``heading`` (a headline or subheading without a verb), ``no verb`` (a fragment),
``question``, ``order`` (an imperative), ``no subject``, ``generic`` (subject and objects are words
like "this", "there", "it"), ``no second participant`` ("The plan failed."), ``too long`` (more than
120 words: the parse is not to be trusted), else ``not understood``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.extract.grammar.annotations import text_of
from kg.extract.grammar.index import kids
from kg.extract.grammar.stretches import Stretches
from kg.extract.speech.page import asks
from kg.extract.speech.turns import turns_in
from kg.extract.statements.gate import Refused
from kg.extract.words.load import rule_words
from kg.model import Abstention, Article, Claim, Quote

#: Every reason, in the order in which they are tried.
REASONS: Final = (
    "other language",
    "table",
    "interviewer",
    "unsure",
    "tautology",
    "condition",
    "figure of speech",
    "half",
    "no speaker",
    "unheard",
    "no words",
    "heading",
    "no verb",
    "too long",
    "question",
    "order",
    "no subject",
    "generic",
    "no second participant",
    "not understood",
)
_LONGEST: Final = 120
_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass", "csubj", "csubj:pass", "nsubj:outer"})
_EMPTY: Final = rule_words("abstain")["empty"]


def abstentions(
    doc: Doc,
    article: Article,
    claims: Iterable[Claim],
    quotes: Iterable[Quote],
    unsure: Iterable[Claim] = (),
    refused: Iterable[Refused] = (),
    untold: Iterable[Quote] = (),
) -> Iterator[Abstention]:
    """The sentences that gave nothing, in text order. Offsets leave out outer white space.

    ``unsure`` and ``untold`` are the claims and quotations that were left out because they are not sure
    enough for what they say, ``refused`` what the gate did not let pass.
    """
    said: list[tuple[int, int]] = []
    for claim in claims:
        said.append((claim.start, claim.end))
        said.append((claim.predicate.start, claim.predicate.end))
    for quote in quotes:
        said += quote.parts
        said.append((quote.evidence_start, quote.evidence_end))
    told = Stretches(said)
    doubted = Stretches(
        (
            *((claim.predicate.start, claim.predicate.end) for claim in unsure),
            *(part for quote in untold for part in quote.parts),
        )
    )
    headings = Stretches(
        (b.start, b.end) for b in article.blocks if b.kind in ("headline", "subheading")
    )
    other = Stretches((b.start, b.end) for b in article.blocks if b.language is not None)
    rows = Stretches((b.start, b.end) for b in article.blocks if b.kind == "table")
    asked = Stretches(
        place
        for turn in turns_in(doc, article)
        if turn.asks
        for place in (turn.mark, *turn.parts)
        if place
    )
    gated = sorted(refused, key=lambda one: (one.start, one.end, one.reason))
    text = text_of(doc)
    for sentence in doc.sents:
        start, end = _trimmed(sentence, text)
        if start >= end or told.touch(start, end):
            continue
        if other.touch(start, start + 1):
            yield Abstention(start, end, "other language")
            continue
        if rows.touch(start, start + 1):
            yield Abstention(start, end, "table")
            continue
        if asked.touch(start, start + 1) and not asks(sentence.text):
            yield Abstention(start, end, "interviewer")
            continue
        if doubted.touch(start, end):
            yield Abstention(start, end, "unsure")
            continue
        why = next((r.reason for r in gated if r.start < end and start < r.end), None)
        if why is not None:
            yield Abstention(start, end, why)
            continue
        heading = headings.touch(start, start + 1)
        yield Abstention(start, end, reason(sentence, heading=heading))


def _trimmed(sentence: Span, text: str) -> tuple[int, int]:
    said = text[sentence.start_char : sentence.end_char]
    start = sentence.end_char - len(said.lstrip())
    return start, sentence.start_char + len(said.rstrip())


def reason(sentence: Span, *, heading: bool = False) -> str:
    """Why this sentence may have given nothing: one of `REASONS`."""
    words = [t for t in sentence if any(c.isalnum() for c in t.text)]
    if not words:
        return "no words"
    verbs = [t for t in words if t.pos_ in ("VERB", "AUX")]
    if not verbs:
        return "heading" if heading else "no verb"
    if len(words) > _LONGEST:
        return "too long"
    if sentence.text.rstrip().rstrip("\"'”’)").endswith("?"):
        return "question"
    root = sentence.root
    subjects = [t for t in words if t.dep_ in _SUBJECTS]
    if not subjects:
        return "order" if _orders(root) else "no subject"
    objects = [
        t
        for t in words
        if t.dep_.split(":")[0] in ("obj", "iobj", "obl", "xcomp", "ccomp", "nmod")
        or (t == root and t.pos_ in ("NOUN", "PROPN"))
    ]
    if all(t.lower_ in _EMPTY for t in subjects):
        return "generic"
    if not objects:
        return "no second participant"
    return "not understood"


def _orders(root: Token) -> bool:
    mood = root.morph.get("Mood", [])
    return "Imp" in mood or (root.tag_ == "VB" and not any(c.dep_ == "aux" for c in kids(root)))
