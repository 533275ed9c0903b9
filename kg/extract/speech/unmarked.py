"""Speech without quotation marks: what somebody says of "I", "we" and "our", and whole statements.

Many texts have lost their marks. Three shapes are told from the narrator's words:

- a *statement*: what stands under a line that ends with "X said:", with no marks, up to where the
  narrator is heard again; and after "X said:" within a paragraph, as far as somebody speaks of "I";
- *sentences of somebody*: "I", "we", "my", "our" outside marks are never the narrator's, unless
  somebody else is told to say the words. They are said by whom the sentence right before or right
  after them in the paragraph tells to speak;
- where nobody can be told, the words are nobody's: `unheard` has them, and the gate
  (`kg.extract.statements.gate`) lets nothing of them pass.

"Our planet" is everybody's, "told us" the narrator's own; the words are in ``words/en/cues.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.analysis import analysis_of
from kg.extract.grammar.annotations import name_at, text_of
from kg.extract.grammar.index import above, relation, spelled, tokens_of
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.tree import sentence_of
from kg.extract.speech.cues import Cue, Piece, inside_any, is_cue, issued, verb_cue
from kg.extract.speech.indirect import told_by
from kg.extract.speech.quotation_marks import Marked, quoted_spans
from kg.extract.speech.speakers import speaker_of
from kg.extract.words.cues import cue_words
from kg.extract.words.pronouns import PRONOUNS

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_SELF: Final = PRONOUNS.speaker | PRONOUNS.group
_LINE: Final = re.compile(r"[^\n]*\S[^\n]*")
_COLON: Final = re.compile(r":(?=\s+[^\W\d_a-z])")
_OPENS: Final = "\"“„‟«``'‘‹"
_SHORT: Final = 6  # words of a line that is no sentence: "Notes to editors"


@dataclass(frozen=True, slots=True)
class Heard:
    """The pieces of speech, and where "I" and "we" stand in sentences that nobody is known to say."""

    pieces: tuple[Piece, ...]
    unheard: tuple[tuple[int, int], ...] = ()


def with_unmarked(doc: Doc, pieces: list[Piece]) -> Heard:
    """The pieces, and those without marks whose speaker is known, in text order and apart."""
    if not _may_speak(doc):
        return Heard(tuple(pieces))
    statements = list(_statements(doc, pieces))
    whole = Stretches((p.marked.start, p.marked.end) for p in statements)
    kept = [p for p in pieces if not whole.touch(p.marked.outer_start, p.marked.outer_end)]
    pieces = sorted([*kept, *statements], key=_place)
    unheard: list[tuple[int, int]] = []
    found = sorted([*pieces, *_of_somebody(doc, pieces, unheard)], key=_place)
    return Heard(tuple(found), tuple(unheard))


def is_unmarked(piece: Piece) -> bool:
    """Whether the piece stands without marks."""
    return not piece.marked.mark


def _place(piece: Piece) -> int:
    return piece.marked.outer_start


def _may_speak(doc: Doc) -> bool:
    return ":" in text_of(doc) or bool(spelled(doc, _SELF))


def _piece(doc: Doc, start: int, end: int, cue: Cue) -> Piece | None:
    span = doc.char_span(start, end, alignment_mode="contract")
    tokens = [t for t in span or () if not t.is_space]
    if not tokens:
        return None
    paragraph = text_of(doc).count("\n", 0, start) + 1
    return Piece(Marked(start, end, start, end, 0, ""), tokens, paragraph, cue, speech=True)


# --- statements --------------------------------------------------------------------------------


def _statements(doc: Doc, pieces: list[Piece]) -> Iterator[Piece]:
    text = text_of(doc)
    lines = [(found.start(), found.end()) for found in _LINE.finditer(text)]
    number = 0
    while number < len(lines):
        start, end = lines[number]
        number += 1
        if _in_turn(doc, start):
            continue
        if text[:end].endswith(":"):
            cue = _cue_at_colon(doc, start, end - 1)
            parts = _block(doc, pieces, cue, lines[number:]) if cue is not None else []
            number += len(parts)
        else:
            cue, parts = _within_line(doc, pieces, start, end)
        yield from _joined(doc, parts, cue)


def _joined(doc: Doc, parts: Sequence[tuple[int, int]], cue: Cue | None) -> Iterator[Piece]:
    """A piece for each part, all of one quotation."""
    if cue is None:
        return
    first = True
    for start, end in parts:
        piece = _piece(doc, start, end, cue)
        if piece is not None:
            piece.joined, first = not first, False
            yield piece


def _cue_at_colon(doc: Doc, start: int, colon: int) -> Cue | None:
    """The cue of a line that a colon ends, with somebody who speaks."""
    span = doc.char_span(start, colon, alignment_mode="contract")
    for token in reversed(span or ()):
        given = issued(token)
        if given is not None:
            return given
        if is_cue(token) and token.tag_ in ("VBD", "VBZ", "VBP"):
            cue = verb_cue(token, confidence=0.8)
            known = cue.speaker is not None and cue.speaker.lower_ not in _SELF
            return cue if known and cue.strong and not _far(token, colon) else None
    return None


def _far(verb: Token, colon: int) -> bool:
    """Whether something else than the one who speaks, a time or an occasion follows the verb."""
    return text_of(verb.doc).count(" ", verb.idx, colon) > 12


def _block(
    doc: Doc, pieces: list[Piece], cue: Cue | None, lines: Sequence[tuple[int, int]]
) -> list[tuple[int, int]]:
    """The lines of a statement: all up to where the narrator is heard again. Where that is before
    the end of the article, only the first and those up to the last that somebody speaks in."""
    text = text_of(doc)
    if cue is None or not lines or not _begins(text[slice(*lines[0])]):
        return []
    found: list[tuple[int, int]] = []
    last = 0
    for start, end in lines:
        if _is_narrated(doc, pieces, cue, start, end):
            return found[: max(last, 1)]
        found.append((start, end))
        if _speaks(doc, pieces, start, end):
            last = len(found)
    return found


def _begins(line: str) -> bool:
    """Whether the line can begin a statement: a sentence without a mark, and no item of a list."""
    return line[0].isalnum() and line.rstrip()[-1] in ".!?…"


def _is_narrated(doc: Doc, pieces: list[Piece], cue: Cue, start: int, end: int) -> bool:
    """Whether the line is the narrator's: marks open it, it is a heading or another cue, or tells
    of the speaker, or of what somebody said."""
    text = text_of(doc)
    words = text[start:end].split()
    if text[start] in _OPENS or text[:end].endswith(":"):
        return True
    if len(words) <= _SHORT and text[end - 1] not in ".!?…":
        return True
    if _is_named(cue, text[start:end]):
        return True
    span = doc.char_span(start, end, alignment_mode="contract")
    return any(
        token.tag_ == "VBD"
        and token.lower_ in cue_words().narrating
        and not inside_any(token, pieces)
        and _speaker_of_another(token)
        for token in span or ()
    )


def _is_named(cue: Cue, words: str) -> bool:
    """Whether the words have the name of the one who speaks."""
    name = name_at(cue.speaker) if cue.speaker is not None else None
    if name is None or name[2] != "PERSON" or cue.speaker is None:
        return False
    surname = text_of(cue.speaker.doc)[name[0] : name[1]].split()[-1]
    return re.search(rf"\b{re.escape(surname)}\b", words) is not None


def _speaker_of_another(verb: Token) -> bool:
    who = speaker_of(verb)
    return who is not None and who.lower_ not in _SELF


def _within_line(
    doc: Doc, pieces: list[Piece], start: int, end: int
) -> tuple[Cue | None, list[tuple[int, int]]]:
    """ "X said: We will. They may not. We hope so. ..." up to the last "we"."""
    text = text_of(doc)
    found = _COLON.search(text, start, end)
    if found is None or text[found.end() :].lstrip()[:1] in _OPENS:
        return None, []
    sign = found.start()
    at = _first_sentence(doc, start)
    cue = _cue_at_colon(doc, start, sign) if at is None or sign < at else None
    if cue is None:
        return None, []
    begin = sign + 1 + len(text[sign + 1 :]) - len(text[sign + 1 :].lstrip())
    mine = [t for t in _selves(doc, pieces) if begin <= t.idx < end]
    if not mine:
        return None, []
    last = tokens_of(doc)[sentence_of(mine[-1])[1] - 1]
    return cue, [(begin, min(end, last.idx + len(last.text)))]


def _first_sentence(doc: Doc, start: int) -> int | None:
    """Where the second sentence of a line begins."""
    tokens = tokens_of(doc)
    at = bisect_right(tokens, start, key=lambda token: token.idx) - 1
    stop = sentence_of(tokens[max(at, 0)])[1]
    return tokens[stop].idx if stop < len(tokens) else None


# --- sentences of somebody ---------------------------------------------------------------------


def _selves(doc: Doc, pieces: list[Piece]) -> list[Token]:
    """The "I", "we", "our" that stand outside marks and turns, and in nobody else's words."""
    known = analysis_of(doc).known[_all_selves]
    return [token for token in known if not inside_any(token, pieces)]


def _all_selves(doc: Doc) -> tuple[Token, ...]:
    marks = _marks(doc)
    tokens = tokens_of(doc)
    return tuple(
        token
        for token in map(tokens.__getitem__, spelled(doc, _SELF))
        if _speaks_of_self(token)
        and not marks.touch(token.idx, token.idx + 1)
        and not _in_turn(doc, token.idx)
        and not _is_told(token)
    )


def _marks(doc: Doc) -> Stretches:
    return Stretches((m.outer_start, m.outer_end) for m in quoted_spans(text_of(doc)))


def _speaks_of_self(token: Token) -> bool:
    """Whether the word means who speaks: no name ("US", "World War I"), not everybody ("our
    planet"), nor the writer to whom something was told ("told us")."""
    if token.pos_ not in ("PRON", "DET") or name_at(token) is not None or token.text == "US":
        return False
    if token.text == "I" and token.i and token.nbor(-1).ent_type_ == "PERSON":
        return False  # "George I"
    if token.lower_ in ("us", "me") and token.head.lemma_ in cue_words().telling_us:
        return False
    shared = cue_words().shared
    return not (token.tag_ == "PRP$" and token.head.lemma_.lower() in shared)


def _is_told(token: Token) -> bool:
    """Whether somebody else is told to say it: in a reported clause, or under a verb of saying
    ("stressed the need to train our nurses")."""
    clause = told_by(token)
    if clause is not None and clause.speaker is not None:
        return clause.speaker.lower_ not in _SELF
    for verb in above(token)[1:]:
        if is_cue(verb):
            who = speaker_of(verb)
            return who is not None and who.lower_ not in _SELF and who != token
    return False


def _in_turn(doc: Doc, place: int) -> bool:
    return analysis_of(doc).known[_turns].touch(place, place + 1)


def _turns(doc: Doc) -> Stretches:
    return Stretches(analysis_of(doc).turns)


def _speaks(doc: Doc, pieces: list[Piece], start: int, end: int) -> bool:
    """Whether somebody speaks of himself in these characters, outside marks."""
    known = analysis_of(doc).known[_all_selves]
    low = bisect_left(known, start, key=lambda token: token.idx)
    high = bisect_left(known, end, key=lambda token: token.idx)
    return any(not inside_any(token, pieces) for token in known[low:high])


def _is_writers(doc: Doc, selves: Sequence[Token]) -> bool:
    """Whether the one who writes the article may be "I" or "we" in it: "told me", "I met her"."""
    marks = _marks(doc)
    mine = [tokens_of(doc)[place] for place in spelled(doc, ("me", "us")) if place]
    told = any(
        token.nbor(-1).lemma_ in cue_words().telling_us
        and not _in_turn(doc, token.idx)
        and not marks.touch(token.idx, token.idx + 1)
        for token in mine
    )
    return told or any(
        relation(token) == "nsubj" and token.head.lemma_ in cue_words().writing for token in selves
    )


def _of_somebody(doc: Doc, pieces: list[Piece], unheard: list[tuple[int, int]]) -> Iterator[Piece]:
    """The sentences of "I" and "we" whose speaker is known; ``unheard`` takes up the others."""
    selves = _selves(doc, pieces)
    sentences = sorted({sentence_of(token) for token in selves})
    writers = bool(selves) and _is_writers(doc, selves)
    known: dict[int, Cue] = {}
    starts = {start for start, _ in sentences}
    cues = [p.cue for p in pieces if p.speech and p.cue is not None]
    frames = Stretches((cue.start, cue.start + 1) for cue in cues), cues
    marked = Stretches((p.marked.outer_start, p.marked.outer_end) for p in pieces)
    for start, end in sentences:
        cue = known.get(start) or _before(doc, pieces, start, frames)
        cue = cue or _after(doc, end, starts)
        first, last, ended = _edges(doc, start, end)
        unsure = writers or marked.touch(first, last)
        if cue is not None and (unsure or _is_named(cue, text_of(doc)[first:last])):
            cue = None
        piece = _piece(doc, first, last, cue) if cue is not None else None
        if piece is None:
            unheard.append((first, last))
            continue
        if not ended and cue is not None:
            known[end] = cue
        yield piece


def _edges(doc: Doc, start: int, end: int) -> tuple[int, int, bool]:
    """Where the words of a sentence begin and end, and whether a stray mark ends it."""
    words = [t for t in tokens_of(doc)[start:end] if not t.is_space]
    bare = [t for t in words if not t.is_quote] or words
    return bare[0].idx, bare[-1].idx + len(bare[-1].text), words[-1].is_quote


def _before(
    doc: Doc, pieces: list[Piece], start: int, frames: tuple[Stretches, list[Cue]]
) -> Cue | None:
    """Who is told to speak in the sentence right before, in a frame of marked words or around a
    clause."""
    if not start or not _same_line(doc, start):
        return None
    tokens = tokens_of(doc)
    first, end = sentence_of(tokens[start - 1])
    places, cues = frames
    here = places.touching(tokens[first].idx, tokens[end - 1].idx + 1)
    found = {cues[number].start: cues[number] for number in here}
    for token in tokens[first:end]:
        clause = told_by(token)
        if clause is not None and clause.verb is not None and not inside_any(clause.verb, pieces):
            found.setdefault(clause.cue_start, verb_cue(clause.verb, confidence=0.6))
    if len({cue.speaker for cue in found.values()}) != 1:
        return None
    cue = next(iter(found.values()))
    if not _is_somebody(cue):
        return None
    return replace(cue, own=False, confidence=min(cue.confidence, 0.6))


def _after(doc: Doc, end: int, selves: set[int]) -> Cue | None:
    """Who is told to speak in the sentence right after, whose words go on: "We won. It was late, Bo
    said"."""
    tokens = tokens_of(doc)
    if end >= len(tokens) or not _same_line(doc, end) or end in selves:
        return None
    begin, stop = sentence_of(tokens[end])
    for token in tokens[begin:stop]:
        clause = told_by(token)
        if (
            clause is not None
            and clause.verb is not None
            and clause.parts[0][0] == tokens[begin].idx
        ):
            cue = verb_cue(clause.verb, confidence=0.6)
            return replace(cue, own=False) if _is_somebody(cue) else None
    return None


def _same_line(doc: Doc, place: int) -> bool:
    """Whether no line ends right before this token."""
    tokens = tokens_of(doc)
    before = tokens[place - 1]
    return "\n" not in text_of(doc)[before.idx : tokens[place].idx + 1]


def _is_somebody(cue: Cue) -> bool:
    return cue.speaker is not None and cue.speaker.lower_ not in _SELF
