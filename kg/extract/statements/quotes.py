"""Who said what: direct, indirect and mixed speech with its speaker.

Scare quotes and titles in quotation marks are not speech. `quotes` yields a `Quote` for

- **direct** speech: the words between the marks; a quotation that "he said" splits is one quote
  with several ``parts``;
- **mixed** speech: a reported clause of which only a part stands in marks (said the tool was
  "amazing"); the content is the whole clause. Words in marks under another verb (called it
  "lousy") are a quote of these words;
- **indirect** speech: a clause under a verb of saying, around a parenthesis ("it would, he said,
  rain") or with "according to".

What somebody denies ("X denied that Y") is a quote of negative polarity: X did not say it.

The speaker is an `Argument` whose head span is looked up among the mentions, so a pronoun means
whom its cluster means; a quotation without a cue of its own goes on with the speaker before it
when nothing stands between; otherwise ``speaker`` is None: unknown, and said so.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.factuality.below_verbs import is_advised
from kg.extract.factuality.evidence import denies
from kg.extract.factuality.status import status
from kg.extract.grammar.annotations import closed_end, names_of, text_of
from kg.extract.grammar.index import below, kids, relation
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.tree import FINITE, children
from kg.extract.speech.cues import Cue, Piece, after_colon, piece_at
from kg.extract.speech.direct import pieces_of
from kg.extract.speech.indirect import never_said, reported_clauses
from kg.extract.speech.quotation_marks import quoted_spans, sign_before
from kg.extract.speech.reported_span import (
    Reported,
    content_start,
    contrasts,
    has_that,
    narrated,
    second_subject,
    with_speech,
)
from kg.extract.speech.speakers import addressee_of, as_argument, occasion_of
from kg.extract.speech.unmarked import is_unmarked
from kg.extract.statements.blocks import block_of
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Argument, Article, Quote, Speech

#: Words so short tell no headline, and a headline has so many others.
_SMALL: Final = 3
#: What may stand between a stop and the next words of a quotation.
_BEFORE_WORDS: Final = " \n\"“‘'`"
_HEADLINE: Final = 5


def quotes(doc: Doc, article: Article) -> Iterator[Quote]:
    """The quotes of an article in text order."""
    pieces = pieces_of(doc)
    found = list(_direct(doc, article, pieces))
    taken = Stretches(part for q in found for part in q.parts)
    marked = [(p.marked.start, p.marked.end) for p in pieces if not p.title and not is_unmarked(p)]
    used = {p.cue.start for p in pieces if p.speech and p.cue is not None and p.cue.own}
    inside = [(p.marked.start, p.marked.end) for p in pieces if p.speech and not p.clause]
    for clause in reported_clauses(doc, inside):
        if clause.cue_start in used or any(taken.touch(s, e) for s, e in clause.parts):
            continue
        if clause.verb is not None and _says_nothing(clause.verb):
            continue
        if is_glued(doc, clause.parts[0][0], clause.parts[-1][1]) or _lacks_who(doc, clause):
            continue
        partly = any(
            end <= e
            for s, e in clause.parts
            for _, end in marked[bisect_left(marked, (s,)) : bisect_left(marked, (e,))]
        )
        found.append(_indirect(doc, article, clause, "mixed" if partly else "indirect"))
    yield from sorted(found, key=lambda q: (q.start, q.end, q.cue_start or 0))


def _lacks_who(doc: Doc, clause: Reported) -> bool:
    """Whether it begins behind whom it is told of: "Lund, *who* police say *had left*"; not "said who had left"."""
    words = doc.char_span(*clause.parts[0], alignment_mode="expand")
    first = next((t for t in words or () if t.is_alpha), None)
    if first is None:
        return False
    who = first.tag_ in ("WP", "WDT") and relation(first.head) == "acl"
    return who or (first.tag_ in FINITE and first.i > 0 and _is_relative_subject(first))


def _is_relative_subject(verb: Token) -> bool:
    """Whether its subject is a "who" that stands before another's words."""
    head = verb.head if relation(verb).startswith("aux") or relation(verb) == "cop" else verb
    subjects = [c for c in kids(head) if relation(c) == "nsubj"]
    return any(c.tag_ in ("WP", "WDT") and c.i < verb.i for c in subjects)


def is_glued(doc: Doc, start: int, end: int) -> bool:
    """Whether a headline and the sentence below it stand in one, as where a page's lines were joined:
    "Mother Killed In Leeds Shooting A mother of two was killed in"."""
    words = [t for t in doc.char_span(start, end, alignment_mode="expand") or () if t.is_alpha]
    small = cue_words().small
    high = next(
        (n for n, t in enumerate(words) if not t.text[0].isupper() and t.lower_ not in small),
        len(words),
    )
    titled = [t for t in words[:high] if len(t) > _SMALL and t.text[0].isupper()]
    plain = [t for t in words[high:] if len(t) > _SMALL and t.is_lower]
    named = sum(bool(t.ent_type_) for t in titled)
    return len(titled) >= _HEADLINE and len(plain) >= 2 and 2 * named < len(titled)


def _says_nothing(verb: Token) -> bool:
    """ "rather than *say* that", "refused to *admit* that"; "*suggested* farmers plant trees": advice."""
    denied = status(verb).status == "denied"
    return denied or any(is_advised(clause, verb) for clause in children(verb, "ccomp"))


def first_person_links(doc: Doc, found: Iterable[Quote]) -> dict[int, Argument]:
    """Offset of each "I", "me", "my" inside marks -> the speaker it means.

    "We" and "our" mean a group, so they are linked only to a speaker that is one (an ``ORG``).
    """
    links: dict[int, Argument] = {}
    groups = {(e.start_char, e.end_char) for e in names_of(doc) if e.label_ == "ORG"}
    marks = Stretches((m.start, m.end) for m in quoted_spans(text_of(doc)) if m.depth == 0)
    for quote in found:
        if quote.speaker is None or quote.speech == "indirect":
            continue
        group = (quote.speaker.head_start, quote.speaker.head_end) in groups
        for start, end in quote.parts:
            inside = doc.char_span(start, end, alignment_mode="expand")
            for token in inside or ():
                if token.lower_ not in PRONOUNS.speaker and not (
                    group and token.lower_ in PRONOUNS.group
                ):
                    continue
                if quote.speech == "mixed" and not marks.touch(token.idx, token.idx + 1):
                    continue
                links[token.idx] = quote.speaker
    return links


# --- building ----------------------------------------------------------------------------------


def _direct(doc: Doc, article: Article, pieces: list[Piece]) -> Iterator[Quote]:
    groups: list[list[Piece]] = []
    for piece in pieces:
        if not piece.speech:
            continue
        clause = _mixed_clause(doc, piece, pieces)
        if _is_torn(piece, clause):
            continue
        if clause is not None:
            piece.clause = clause
            last = groups[-1][-1] if groups else None
            if (
                last is not None
                and last.clause
                and last.clause[0] <= piece.marked.start < max(last.clause[1], last.marked.end)
            ):
                groups[-1].append(piece)
                continue
        last = groups[-1][-1] if groups else None
        if last is not None and last.clause is not None and not piece.clause:
            covered = last.clause[0] <= piece.marked.start and piece.marked.end <= last.clause[1]
            if covered and _same_verb(last, piece):
                continue  # 'said it was "cowardly" and "cruel"'
        if piece.joined and groups and not piece.clause:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        if not _is_unsaid(group[0].cue):
            yield _quote(doc, article, group)


def _is_unsaid(cue: Cue | None) -> bool:
    """'*never said* "I will leave"'."""
    if cue is None or cue.verb is None or cue.speaker is None:
        return False
    return never_said(cue.verb, cue.speaker)


def _is_torn(piece: Piece, clause: tuple[int, int] | None) -> bool:
    """Whether the marks hold no more than the end of a clause: 'rivals who “wanted it,” he said, Berg
    sold', where the parse hangs another on it, or 'claims that they are “*going back*”'."""
    cue, inside = piece.cue, {token.i for token in piece.tokens}
    if clause is not None:
        return cue is not None and piece.marked.end <= cue.start < clause[1]
    first = next((t for t in piece.tokens if not (t.is_punct or t.is_space)), None)
    if first is None or first.tag_ not in ("VBG", "VBN") or not first.is_lower:
        return False
    return any(c.i not in inside and c.i < first.i for c in children(first, "aux"))


def _same_verb(one: Piece, other: Piece) -> bool:
    return one.cue is not None and other.cue is not None and one.cue.verb == other.cue.verb


def _mixed_clause(doc: Doc, piece: Piece, pieces: list[Piece]) -> tuple[int, int] | None:
    """The whole reported clause, when a part of it stands outside the marks."""
    cue = piece.cue
    if cue is None or cue.verb is None or cue.fragment or is_unmarked(piece):
        return None
    verb = cue.verb
    for clause in children(verb, "ccomp", "xcomp", "parataxis"):
        words = _clause_words(verb, clause, piece)
        if words is None:
            continue
        if not _complete(text_of(doc), piece, clause) and _in_complete(clause, piece, pieces):
            return None  # 'said "A" and "B"', where B hangs on A
        if words:
            return _clause_around(doc, piece, verb, clause, words)
    return _clause_by_place(doc, piece)


def _clause_words(verb: Token, clause: Token, piece: Piece) -> list[Token] | None:
    """The words of a clause under the verb, without signs and what is not told; None where the piece
    has no part in it."""
    inside = {t.i for t in piece.tokens}
    subtree = [t for t in below(clause) if not t.is_space]
    if not any(t.i in inside for t in subtree) or verb in subtree:
        return None
    subtree = sorted([*subtree, *second_subject(verb, clause)], key=lambda t: t.i)
    cut = {
        t
        for c in subtree
        if with_speech(c) or contrasts(clause, c) or narrated(verb, clause, c)
        for t in below(c)
    }
    told = [t for t in subtree if t not in cut or t.i in inside]
    tokens = _trim([t for t in told if not (t.dep_ == "mark" and t.head == clause)])
    if tokens and tokens[0].lower_ == "that" and tokens[0].pos_ == "SCONJ":
        tokens = _trim(tokens[1:])
    return [t for t in tokens if not t.is_punct]


def _clause_around(
    doc: Doc, piece: Piece, verb: Token, clause: Token, words: list[Token]
) -> tuple[int, int] | None:
    """From where to where the told clause goes; None where the marks hold all that is told."""
    inside = {t.i for t in piece.tokens}
    if piece.tokens[0].i > verb.i:
        words = [t for t in words if t.i > verb.i]
    if not any(t.i in inside for t in words):
        return None
    begin = content_start(verb, clause) if clause.i > verb.i else None
    if begin is not None and doc[begin].is_quote:
        # 'said on Friday "We ..."': the day is the saying's
        words = [t for t in words if t.i > begin]
    outside = [t for t in words if t.i not in inside]
    if not outside or _marks_hold_all(doc, piece, verb, clause, outside):
        return None
    if any(outside[0].idx <= p < outside[-1].idx for p in _breaks(text_of(doc), words)):
        return None
    start = min(words[0].idx, piece.marked.start)
    end = max(words[-1].idx + len(words[-1].text), piece.marked.end)
    framed = sign_before(text_of(doc), piece.marked.outer_start) == ","
    plain = not framed and has_that(clause) is None and not _mark_in(doc, verb.i, words[0].i)
    if begin is not None and plain:
        start = min(piece.marked.start, doc[begin].idx)
    return start, end


def _marks_hold_all(
    doc: Doc, piece: Piece, verb: Token, clause: Token, outside: list[Token]
) -> bool:
    """Whether what the parse hangs on the marked words is not told with them."""
    text, first = text_of(doc), piece.tokens[0]
    ahead = [t for t in outside if t.i < first.i and t.lower_ != "that"]
    complete = _complete(text, piece, clause)
    if not ahead and text[piece.marked.end - 1] in ",.":
        return True  # '"that is real work," framing it as ...'
    if complete and (not ahead or after_colon(text, piece)) and not _goes_on(doc, piece, verb):
        return True  # "We will," said X, the minister; what follows is not his
    framed = sign_before(text, piece.marked.outer_start) == ","
    whole = first.text[0].isupper() or complete
    if framed and whole and outside[-1].i < first.i:
        return True  # 'said at a conference after it, "My heart ..."'
    return len(outside) == 1 and outside[0].pos_ in ("CCONJ", "SCONJ", "ADV")


def _goes_on(doc: Doc, piece: Piece, verb: Token) -> bool:
    """``he added, "no doors are locked" where they sleep``: nothing parts the marks from the rest."""
    text, end = text_of(doc), piece.marked.outer_end
    after = next((t for t in doc[piece.tokens[-1].i + 1 :] if not t.is_quote), None)
    return (
        verb.i < piece.tokens[0].i
        and text[piece.marked.end - 1] not in ",.!?"
        and text[end : end + 1] == " "
        and after is not None
        and after.dep_ in ("mark", "advmod", "case", "nsubj")
        and after.is_lower
        and after.head.pos_ != "NOUN"
    )


def _clause_by_place(doc: Doc, piece: Piece) -> tuple[int, int] | None:
    """``said the plan was "dead"`` where the parser has no clause under "said": all from the cue to
    the closing mark."""
    verb = piece.cue.verb if piece.cue is not None else None
    first = piece.tokens[0]
    if verb is None or verb.i >= first.i or first.sent != verb.sent:
        return None
    if lemma(verb) not in cue_words().indirect or lemma(verb) in cue_words().naming:
        return None
    begin = content_start(verb)
    ahead = [t for t in doc[begin : first.i] if not t.is_quote] if begin is not None else []
    if begin is None or not ahead or _mark_in(doc, verb.i, begin):
        return None
    if ahead[0].pos_ == "ADP" and ahead[0].head.i >= first.i:
        return None  # 'warned of "serious consequences"'
    set_apart = sign_before(text_of(doc), piece.marked.outer_start) in (",", ":", ";", "—")
    if set_apart or any(t.text in (";", ":") for t in ahead):
        return None
    after = _rest_of_clause(doc, piece)
    words = [*ahead, *piece.tokens, *after]
    named = any(t.pos_ in ("NOUN", "PROPN", "PRON") for t in words)
    if not named or not any(t.tag_ in ("VBD", "VBZ", "VBP", "MD") for t in words):
        return None
    end = max(piece.marked.end, after[-1].idx + len(after[-1].text) if after else 0)
    return doc[begin].idx, end


def _rest_of_clause(doc: Doc, piece: Piece) -> list[Token]:
    """The words after the closing mark up to the next comma or full stop."""
    if text_of(doc)[piece.marked.end - 1] in ".,!?":
        return []
    at = piece.tokens[-1].i + 1
    while at < len(doc) and doc[at].is_quote:
        at += 1
    rest: list[Token] = []
    for token in doc[at : piece.tokens[-1].sent.end]:
        if token.is_punct or token.is_space or token.is_quote or token.dep_ == "cc":
            break
        rest.append(token)
    return rest


def _mark_in(doc: Doc, low: int, high: int) -> bool:
    return any(t.is_quote for t in doc[low:high])


def _complete(text: str, piece: Piece, clause: Token) -> bool:
    """Whether the piece is a sentence by itself, so that what the parser hangs on it is not."""
    if after_colon(text, piece):
        return True
    inside = {t.i for t in piece.tokens}
    return clause.i in inside and any(
        t.i in inside for t in kids(clause) if t.dep_.startswith(("nsubj", "expl"))
    )


def _in_complete(clause: Token, piece: Piece, pieces: list[Piece]) -> bool:
    """Whether the clause stands whole in another piece."""
    other = piece_at(clause, pieces)
    return (
        other is not None
        and other is not piece
        and other.speech
        and other.paragraph == piece.paragraph
        and clause in other.tokens
    )


def _breaks(text: str, words: list[Token]) -> list[int]:
    low, high = words[0].idx, words[-1].idx
    return [i for i in range(low, high) if text[i] == "\n"]


def _trim(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].is_punct or tokens[0].dep_ == "cc"):
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct:
        tokens = tokens[:-1]
    return tokens


def _quote(doc: Doc, article: Article, group: list[Piece]) -> Quote:
    text = text_of(doc)
    first = group[0]
    cue = first.cue
    speech: Speech = "direct"
    if first.clause:
        start = min(p.clause[0] for p in group if p.clause)
        end = max(max(p.clause[1], p.marked.end) for p in group if p.clause)
        parts: tuple[tuple[int, int], ...] = _closed(text, ((start, end),))
        speech = "mixed"
    else:
        parts = tuple((p.marked.start, p.marked.end) for p in group)
        *others, (start, end) = parts
        parts = (*others, (start, end - (text[end - 1] == ",")))  # the comma is the reporter's
        if cue is not None and cue.fragment:
            speech = "mixed"
        start, end = parts[0][0], parts[-1][1]
    quote = _build(doc, article, _joined(text, parts), parts, speech, cue)
    return _denied(quote, cue) if first.clause or _after_that(doc, first) else quote


def _after_that(doc: Doc, piece: Piece) -> bool:
    """'denied that "we robbed it"'."""
    before = [t for t in doc[max(piece.tokens[0].i - 2, 0) : piece.tokens[0].i] if not t.is_quote]
    return bool(before) and before[-1].lower_ == "that"


def _denied(quote: Quote, cue: Cue | None) -> Quote:
    """The quote, negative where its speaker says that it is not so."""
    negative = cue is not None and cue.verb is not None and denies(cue.verb)
    return replace(quote, polarity="negative") if negative else quote


def _joined(text: str, parts: Sequence[tuple[int, int]]) -> str:
    """The words of all parts; the comma before "she said" is a stop where the sentence of "she said"
    ends before the next part."""
    words = [" ".join(text[start:end].split()) for start, end in parts]
    for at, ((_, end), (start, _)) in enumerate(pairwise(parts)):
        if words[at].endswith(",") and text[end:start].rstrip(_BEFORE_WORDS).endswith((".", ":")):
            words[at] = f"{words[at][:-1]}."
    return " ".join(words)


def _build(
    doc: Doc,
    article: Article,
    text: str,
    parts: tuple[tuple[int, int], ...],
    speech: Speech,
    cue: Cue | None,
) -> Quote:
    start, end = parts[0][0], parts[-1][1]
    speaker = as_argument(cue.speaker, "speaker") if cue and cue.speaker is not None else None
    addressee, occasion = None, None
    low, high = start, end
    if cue is not None:
        low, high = min(low, cue.start), max(high, cue.end)
        if cue.verb is not None:
            to = addressee_of(cue.verb)
            if to is not None and not any(s <= to.idx < e for s, e in parts):
                addressee = as_argument(to, "addressee")
            where = occasion_of(cue.verb)
            if where is not None and not any(s <= where[0] < e for s, e in parts):
                occasion = text_of(doc)[where[0] : where[1]]
    if speaker is not None:
        low, high = min(low, speaker.start), max(high, speaker.end)
    return Quote(
        key=f"q{start}-{end}",
        text=text,
        start=start,
        end=end,
        parts=parts,
        speech=speech,
        speaker=speaker,
        cue=text_of(doc)[cue.start : cue.end] if cue and cue.end > cue.start else None,
        evidence_start=low,
        evidence_end=high,
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        addressee=addressee,
        occasion=occasion,
        confidence=round(cue.confidence, 3) if cue and speaker else 0.4,
        block=block_of(article, start),
    )


def _indirect(doc: Doc, article: Article, clause: Reported, speech: Speech) -> Quote:
    cue = Cue(clause.verb, clause.speaker, clause.cue_start, clause.cue_end, confidence=0.85)
    text = text_of(doc)
    parts = _closed(text, clause.parts)
    return _denied(_build(doc, article, _joined(text, parts), parts, speech, cue), cue)


def _closed(text: str, parts: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """The parts, with the mark that closes what the last one opens."""
    *others, (start, end) = parts
    return (*others, (start, closed_end(text, start, end)))
