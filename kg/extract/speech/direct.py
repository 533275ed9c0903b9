"""The stretches between quotation marks: which are speech, and whose.

Scare quotes and titles in quotation marks are not speech; a piece without a cue of its own goes on
with the speaker before it when nothing stands between.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import replace
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.extract.grammar.annotations import text_of
from kg.extract.grammar.tree import FINITE, features
from kg.extract.speech.cues import STOPS, Cue, Piece, find_cue, inside_any, is_cue, issued, verb_cue
from kg.extract.speech.indirect import never_said, told_by
from kg.extract.speech.quotation_marks import quoted_spans, sign_before
from kg.extract.speech.unmarked import Heard, with_unmarked
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.pronouns import PRONOUNS

_DASH: Final = re.compile(r"[ \n]*(—|–|--)")
_SHORT: Final = 8  # words of a sentence that only brings in what somebody says


def pieces_of(doc: Doc) -> list[Piece]:
    """Every stretch between outermost marks, with its cue and whether it is speech.

    They are found once a document; what a caller adds to its pieces stays with it."""
    return [replace(piece) for piece in analysis_of(doc).known[_found].pieces]


def unheard(doc: Doc) -> tuple[tuple[int, int], ...]:
    """The sentences of "I" and "we" that nobody is known to say."""
    return analysis_of(doc).known[_found].unheard


def _found(doc: Doc) -> Heard:
    text = text_of(doc)
    starts = [0, *(found.end() for found in re.finditer("\n", text))]
    pieces: list[Piece] = []
    for marked in quoted_spans(text):
        if marked.depth or (pieces and marked.start < pieces[-1].marked.outer_end):
            continue
        span = doc.char_span(marked.start, marked.end, alignment_mode="contract")
        tokens = [t for t in span or () if not t.is_space]
        if not tokens:
            continue
        paragraph = bisect_right(starts, marked.start)
        pieces.append(Piece(marked, tokens, paragraph))
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        piece.cue = find_cue(doc, piece, before, after, pieces)
        piece.title = _is_title(piece)
        piece.speech = _is_speech(text, piece)
        if not piece.speech:
            piece.cue = None
    _carry_back(pieces)
    _carry_over(doc, pieces)
    return with_unmarked(doc, pieces)


# --- is it speech? -----------------------------------------------------------------------------


def _is_title(piece: Piece) -> bool:
    words = [t for t in piece.tokens if any(c.isalpha() for c in t.text)]
    return (
        bool(words)
        and len(words) <= 10
        and all(t.text[0].isupper() or t.lower_ in cue_words().small for t in words)
        and any(t.text[0].isupper() for t in words)
    )


def _is_speech(text: str, piece: Piece) -> bool:
    words = [t for t in piece.tokens if any(c.isalpha() for c in t.text)]
    if not words:
        return False
    if piece.cue is not None:
        return not _is_astray(piece, piece.cue) and _is_said(text, piece, piece.cue, words)
    lead = sign_before(text, piece.marked.outer_start)
    sentence = words[0].text[0].isupper() or lead in (":", ",") or piece.marked.continues
    long = len(words) >= (3 if text[piece.marked.end - 1] in ".!?" else 5)
    return not piece.title and sentence and long and _is_finite(words)


def _is_astray(piece: Piece, cue: Cue) -> bool:
    """'won't tell you about the "quiet clerk who ...', which nothing ends."""
    if piece.marked.closed or piece.marked.continues or cue.verb is None or cue.speaker is None:
        return False
    return never_said(cue.verb, cue.speaker)


def _is_said(text: str, piece: Piece, cue: Cue, words: list[Token]) -> bool:
    """Whether the cue makes speech of the piece, and not of some words in the narrator's sentence."""
    if cue.fragment:
        named = cue.verb is not None and lemma(cue.verb) in cue_words().naming
        return cue.speaker is not None and not piece.title and (cue.strong or named)
    if len(words) == 1 and piece.marked.single:
        return False
    last = text[piece.marked.end - 1]
    framed = last == "," or sign_before(text, piece.marked.outer_start) in (",", ":")
    split = _opens_sentence(text, piece) and last == "," and cue.start > piece.marked.end
    if split and cue.strong:
        return True  # '"Overall," he continued, "the ..."'
    stopped = last in "!?" or (last == "." and len(words) > 3)
    finite = _is_finite(words)
    if piece.title and not (stopped or (framed and cue.strong and finite)):
        return False
    if cue.strong:
        return True
    if not (stopped or finite or (framed and len(words) > 6)):
        return False
    if not (finite or framed) and cue.verb is not None and cue.verb.tag_ == "VB":
        return False  # 'hopes to address "a gap in their training."'
    return len(words) > 1 or framed or stopped


def _is_finite(words: list[Token]) -> bool:
    return any(t.tag_ in FINITE or "VerbForm=Fin" in features(t) for t in words)


def _opens_sentence(text: str, piece: Piece) -> bool:
    at = piece.marked.outer_start
    while at and text[at - 1] == " ":
        at -= 1
    return not at or text[at - 1] in '.!?\n"”'


# --- who goes on speaking ----------------------------------------------------------------------


def _carry_back(pieces: list[Piece]) -> None:
    """A quotation of several paragraphs has one cue, which often stands after the last of them."""
    for piece, after in reversed(list(pairwise(pieces))):
        if _goes_on(piece, after):
            piece.speech = piece.speech or after.speech
            if piece.speech and piece.cue is None:
                piece.cue = after.cue


def _carry_over(doc: Doc, pieces: list[Piece]) -> None:
    text = text_of(doc)
    previous: Piece | None = None
    for piece in pieces:
        if not piece.speech:
            continue
        if piece.cue is not None:
            if previous is not None:
                _with_previous(text, piece, piece.cue, previous, pieces)
            previous = piece
            continue
        between = text[previous.marked.outer_end : piece.marked.outer_start] if previous else ""
        cue: Cue | None = None
        if previous is not None and previous.cue is not None:
            same = previous.paragraph == piece.paragraph
            if _goes_on(previous, piece):
                piece.joined, cue = True, previous.cue
            elif not between.strip() and (same or piece.paragraph <= previous.paragraph + 2):
                piece.joined, cue = same, _weaker(previous.cue, 0.95 if same else 0.8)
            elif same and _only_frame(doc, previous, piece):
                piece.joined, cue = True, previous.cue
        piece.cue = cue or _dash_name(doc, piece) or _sentence_before(doc, piece, pieces)
        previous = piece


def _with_previous(text: str, piece: Piece, cue: Cue, previous: Piece, pieces: list[Piece]) -> None:
    """What a piece with a cue of its own has from the piece before it."""
    before = previous.cue
    participle = cue.verb is not None and cue.verb.tag_ == "VBG"
    if cue.speaker is None and participle and before and previous.paragraph == piece.paragraph:
        cue.speaker = before.speaker  # 'said "A", adding "B"'
    if _goes_on(previous, piece):
        piece.joined = True
        if before is not None and _is_plainer(before, cue):
            piece.cue = before
    elif _split(text, previous, piece, pieces):
        piece.joined = True


def _goes_on(previous: Piece, piece: Piece) -> bool:
    """Whether this is the next paragraph of the same quotation."""
    return previous.marked.continues and piece.paragraph <= previous.paragraph + 2


def _is_plainer(cue: Cue, other: Cue) -> bool:
    """Whether the one names who speaks and the other says "he"."""
    return (
        cue.speaker is not None
        and cue.speaker.lower_ not in PRONOUNS.subject
        and (other.speaker is None or other.speaker.lower_ in PRONOUNS.subject)
    )


def _weaker(cue: Cue, by: float) -> Cue:
    return replace(cue, confidence=cue.confidence * by, own=False)


def _split(text: str, previous: Piece, piece: Piece, pieces: list[Piece]) -> bool:
    """Whether ``"A," he said, "B"``: one frame between two pieces, and no more."""
    if previous.cue is None or piece.cue is None or previous.paragraph != piece.paragraph:
        return False
    if previous.cue.start != piece.cue.start:
        return False
    low, high = previous.marked.outer_end, piece.marked.outer_start
    return low <= piece.cue.start < high


def _only_frame(doc: Doc, previous: Piece, piece: Piece) -> bool:
    """Whether between the pieces stands one sentence, and it holds the first one's cue."""
    low, high = previous.marked.outer_end, piece.marked.outer_start
    if previous.cue is None or not low <= previous.cue.start < high:
        return False
    stops = [
        t for t in doc[previous.tokens[-1].i : piece.tokens[0].i]
        if low <= t.idx < high and t.text in (".", "!", "?", "...")
    ]  # fmt: skip
    return len(stops) <= 1


def _dash_name(doc: Doc, piece: Piece) -> Cue | None:
    """A line ``—Name`` under the quotation."""
    line = _DASH.match(text_of(doc), piece.marked.outer_end)
    if line is None:
        return None
    at = line.start(1)
    for token in doc[piece.tokens[-1].i + 1 : piece.tokens[-1].i + 12]:
        if token.idx > at and token.pos_ == "PROPN":
            head = token
            while head.head.pos_ == "PROPN" and head.head.i - token.i in range(-6, 7):
                if head.head == head:
                    break
                head = head.head
            return Cue(None, head, at, at + 1, confidence=0.7)
    return None


def _sentence_before(doc: Doc, piece: Piece, pieces: list[Piece]) -> Cue | None:
    """The speaker of the sentence just before: ``..., X said. "..."``, or its subject, if that is a
    person. Before a piece that begins a paragraph it is the last sentence of the one above, whose
    subject alone tells little unless it is short: ``X was blunt.``"""
    text = text_of(doc)
    opens = sign_before(text, piece.marked.outer_start) in STOPS and _begins_line(text, piece)
    tokens = _last_sentence(doc, piece, above=opens)
    by = 0.8 if opens else 1.0
    for token in reversed(tokens):
        if inside_any(token, pieces):
            continue
        if _is_within_speech(token):
            continue  # "said it was dear as owners *began* to plan": not the owners' words
        cue = issued(token) or (_told_cue(token) if is_cue(token) else None)
        if cue is not None and cue.speaker is not None and (cue.strong or not opens):
            return _weaker(replace(cue, confidence=0.6), by)
    if opens and len(tokens) > _SHORT:
        return None
    for token in tokens:
        if token.dep_ == "nsubj" and not inside_any(token, pieces):
            if _is_within_speech(token):
                continue
            if token.ent_type_ == "PERSON" or token.lower_ in ("he", "she"):
                return Cue(None, token, token.idx, token.idx, confidence=0.5 * by, own=False)
            break
    return None


def _is_within_speech(token: Token) -> bool:
    """Whether a verb of the narrator's says what the token is a part of."""
    clause = told_by(token)
    return clause is not None and clause.verb is not None and clause.speaker is not None


def _told_cue(verb: Token) -> Cue | None:
    """The cue that a verb is which tells of a talk; not of a thought ("with more expecting it")."""
    thought = cue_words().verbs.get(lemma(verb)) == "thought"
    return None if thought or verb.tag_ in ("VBG", "VB") else verb_cue(verb)


def _begins_line(text: str, piece: Piece) -> bool:
    before = text[: piece.marked.outer_start].rstrip(" ")
    return before.endswith("\n")


def _last_sentence(doc: Doc, piece: Piece, *, above: bool) -> list[Token]:
    """The words of the sentence right before a piece, in its paragraph or the one above."""
    text = text_of(doc)
    stop = piece.marked.outer_start
    floor = text.rfind("\n", 0, len(text[:stop].rstrip()) if above else stop) + 1
    tokens: list[Token] = []
    for token in reversed(doc[max(0, piece.tokens[0].i - 80) : piece.tokens[0].i]):
        if token.idx >= stop or token.is_space:
            continue
        if token.idx < floor:
            break
        if token.text in (".", "!", "?") and tokens and any(t.is_alpha for t in tokens):
            break
        tokens.append(token)
    tokens.reverse()
    return tokens
