"""Whose words a word is part of, by its place alone: quotation marks, what somebody is reported to
have said, a sentence that opens with "Reportedly", a position that somebody holds."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.analysis import analysis_of
from kg.extract.factuality.governors import kind_of, noun_kind
from kg.extract.factuality.modality import (
    is_generic_source,
    own_standing,
    source_standing,
)
from kg.extract.factuality.negation import is_negated
from kg.extract.factuality.standing import ASSERTED, Standing, lists, standing
from kg.extract.grammar.index import kids, relation, standing_as, tokens_of
from kg.extract.grammar.labels import means_people
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.tree import children, is_clausal, preposition, sentence_of
from kg.extract.speech.direct import pieces_of
from kg.extract.speech.indirect import told_by
from kg.extract.words.load import rule_words

_OWN: Final = rule_words("quoted_words")
_PARTS: Final = frozenset({"obj", "obl", "nsubj", "nmod", "iobj"})


def in_marks(token: Token) -> Standing | None:
    """Inside a quotation: claimed by its speaker."""
    stretches, speakers = analysis_of(token.doc).known[_quotes]
    here = stretches.touching(token.i, token.i + 1)
    return replace(standing("claimed"), attribution=speakers[here[0]]) if here else None


def _quotes(doc: Doc) -> tuple[Stretches, list[Token | None]]:
    """Where speech stands, in tokens, and the head word of each speaker."""
    spoken = [piece for piece in pieces_of(doc) if piece.speech and piece.tokens]
    return (
        Stretches((piece.tokens[0].i, piece.tokens[-1].i + 1) for piece in spoken),
        [piece.cue.speaker if piece.cue else None for piece in spoken],
    )


def in_told_words(token: Token) -> Standing:
    """By its place alone: inside the words that somebody is reported to have said, wherever the
    parser hung them ("The Herald reported | three bridges in Leeds were damaged")."""
    if not clausal(token) and relation(token) not in _PARTS:
        return ASSERTED  # "said X, son of the late Y, was killed": everybody knows whose son
    clause = told_by(token)
    if clause is None or clause.speaker is None or token == clause.verb:
        return ASSERTED
    verb = clause.verb
    if verb is not None and _while(token, verb):
        return ASSERTED  # "*Speaking about the film*, Polak said"
    if verb is None:
        return source_standing(clause.speaker)
    if (
        kind_of(verb, infinitive=False) != "claim"
        or is_negated(verb)
        or own_standing(verb) != ASSERTED
    ):
        return ASSERTED
    if is_generic_source(clause.speaker):
        return source_standing(clause.speaker)
    return replace(standing("claimed"), attribution=clause.speaker)


def _while(token: Token, verb: Token) -> bool:
    """Whether the token stands in a participle before the verb, of the one who speaks."""
    at = token
    while at.head not in (at, verb):
        at = at.head
    return at.head == verb and relation(at) == "advcl" and at.tag_ == "VBG" and at.i < verb.i


def in_source(token: Token) -> bool:
    """Whether it is part of the words that name a source: "according to *police in Baytown*". These
    are the narrator's."""
    sources = analysis_of(token.doc).known[_sources]
    at = token
    for _ in range(12 if sources else 0):
        if at.i in sources:
            return True
        if at.head == at:
            return False
        at = at.head
    return False


def _sources(doc: Doc) -> set[int]:
    """Where the phrases with "according to" have their heads."""
    return {
        token.i
        for token in standing_as(doc, ("obl", "nmod", "advmod"))
        if (preposition(token) or "").startswith("according")
    }


def in_reports(token: Token) -> Standing:
    """ "Reportedly, two died in a blast that ...": the first word covers the whole sentence."""
    start, end = sentence_of(token)
    tokens = tokens_of(token.doc)
    certainty = lists()["possibly"].get(tokens[start].lower_)
    if certainty is None or end - start < 3 or tokens[start + 1].text != ",":
        return ASSERTED
    if not clausal(token) and relation(token) not in _PARTS:
        return ASSERTED
    return standing("possible", certainty=float(certainty))


def in_headline(token: Token) -> Standing:
    """ "*Sheriff*: fire kills two", "*Report*: Rovers offer Bravo a million": who tells the headline."""
    if not clausal(token) and relation(token) not in _PARTS:
        return ASSERTED
    teller = analysis_of(token.doc).known[_headlines].get(sentence_of(token)[0])
    if teller is None or token.i <= teller.i:
        return ASSERTED
    if _is_paper(teller):
        return replace(standing("claimed"), sourcing=teller.text)
    return replace(standing("claimed"), attribution=teller)


def _headlines(doc: Doc) -> dict[int, Token]:
    """Who tells the headlines that say so, by the first token of the sentence."""
    found: dict[int, Token] = {}
    for sentence in doc.sents:
        words = list(islice((t for t in sentence if not t.is_space), 4))
        colon = next((n for n, t in enumerate(words) if t.text == ":"), 0)
        line = "\n" in doc[sentence.start - 1].text if sentence.start else True
        if not colon or not line or not _closes(sentence, words[colon].i):
            continue
        *before, last = words[:colon]
        plain = all(t.pos_ in ("NOUN", "ADJ") and not t.ent_type_ for t in (*before, last))
        tells = _is_paper(last) or means_people(last)
        if plain and tells and last.pos_ == "NOUN" and words[0].is_title:
            found[sentence.start] = last
    return found


def _is_paper(teller: Token) -> bool:
    """Whether what tells a headline is nobody: "*Report*: ...", "*Study*: ..."."""
    word = teller.lemma_.lower()
    return word in lists()["sources"] or word in _OWN["studies"]


def _closes(sentence: Span, colon: int) -> bool:
    """Whether the words behind the colon are a headline's: without a full stop on their line."""
    last = _last_on_line(sentence.doc[colon + 1 : sentence.end])
    return last is not None and not last.is_punct


def has_full_stop(token: Token) -> bool:
    """Whether a full stop or the like ends the token's line or sentence, as it ends no headline."""
    last = _last_on_line(token.doc[token.i + 1 : sentence_of(token)[1]])
    return last is not None and last.is_punct


def _last_on_line(words: Span) -> Token | None:
    last = None
    for token in words:
        if "\n" in token.text:
            break
        last = last if token.is_space else token
    return last


def in_position(token: Token) -> Standing:
    """ "X's argument was that Y is Z": the parser makes Z the head and both nouns its subjects."""
    subjects = [c for c in kids(token) if c.dep_.startswith("nsubj")]
    if len(subjects) < 2 or subjects[0].pos_ != "NOUN" or subjects[0].i > token.i:
        return ASSERTED
    if not any(c.lower_ == "that" and c.i > subjects[0].i for c in children(token, "mark")):
        return ASSERTED
    return noun_kind(subjects[0], lists()["nouns"].get(subjects[0].lemma_.lower()), ASSERTED)


def clausal(token: Token) -> bool:
    """Whether it heads a clause."""
    return token.pos_ in ("VERB", "AUX") or is_clausal(token)
