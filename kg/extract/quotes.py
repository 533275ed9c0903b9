"""Who said what: direct, indirect and mixed speech with its speaker.

`mark` runs early and notes where speech in quotation marks stands (``doc.spans["kg_quotes"]``);
scare quotes and titles in quotation marks are not speech. `quotes` yields a `Quote` for

- **direct** speech: the words between the marks; a quotation that "he said" splits is one quote
  with several ``parts``;
- **mixed** speech: a reported clause of which only a part stands in marks (said the tool was
  "amazing"); the content is the whole clause. Words in marks under another verb (called it
  "lousy") are a quote of these words;
- **indirect** speech: a clause under a verb of saying, around a parenthesis ("it would, he said,
  rain") or with "according to".

The speaker is an `Argument` whose head span is looked up among the mentions, so a pronoun means
whom its cluster means; a quotation without a cue of its own goes on with the speaker before it
when nothing stands between; otherwise ``speaker`` is None: unknown, and said so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.extract.attribution import (
    addressee_of,
    as_argument,
    can_speak,
    children,
    cue_range,
    cue_words,
    lemma,
    occasion_of,
    speaker_of,
)
from kg.extract.quotation_marks import Marked, quoted_spans
from kg.extract.reported import Reported, reported_clauses, second_subject
from kg.model import Argument, Article, BlockKind, Quote, Speech

SPANS: Final = "kg_quotes"
_STOPS: Final = ".!?…"
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
_SMALL: Final = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "and",
        "or",
        "but",
        "nor",
        "by",
        "with",
        "from",
        "as",
        "is",
        "vs",
        "it",
        "de",
        "la",
        "le",
        "el",
        "der",
    ]
)
_SINGULAR: Final = frozenset({"i", "me", "my", "mine", "myself"})
_PLURAL: Final = frozenset({"we", "us", "our", "ours", "ourselves"})


@dataclass(slots=True)
class _Cue:
    """What brings a piece in. ``own`` is False where the speaker was carried over."""

    verb: Token | None
    speaker: Token | None
    start: int
    end: int
    fragment: bool = False
    strong: bool = True
    confidence: float = 0.9
    argument: Argument | None = None


@dataclass(slots=True)
class _Piece:
    """A stretch between marks and what is known of it."""

    marked: Marked
    tokens: list[Token]
    paragraph: int
    cue: _Cue | None = None
    speech: bool = False
    title: bool = False  # looks like the name of a work
    joined: bool = False  # to the piece before it
    confidence: float = 0.9
    clause: tuple[int, int] | None = None  # a mixed quote's whole reported clause
    extra: list[tuple[int, int]] = field(default_factory=list)


def mark(doc: Doc) -> Doc:
    """The same doc, with the contents of speech in marks in ``doc.spans["kg_quotes"]``; each has
    the head word of its speaker, or None, in ``span._.kg_speaker``."""
    if not Span.has_extension("kg_speaker"):
        Span.set_extension("kg_speaker", default=None)
    spans = []
    for piece in _pieces(doc):
        if piece.speech and piece.tokens:
            span = doc[piece.tokens[0].i : piece.tokens[-1].i + 1]
            span._.kg_speaker = piece.cue.speaker if piece.cue else None
            spans.append(span)
    doc.spans[SPANS] = spans
    return doc


def quotes(doc: Doc, article: Article) -> Iterator[Quote]:
    """The quotes of an article in text order."""
    pieces = _pieces(doc)
    found = list(_direct(doc, article, pieces))
    taken = [(s, e) for q in found for s, e in q.parts]
    used = {q.cue_start for q in found}
    inside = [(p.marked.start, p.marked.end) for p in pieces if p.speech and not p.clause]
    for clause in reported_clauses(doc, inside):
        if clause.cue_start in used or _overlaps(clause.parts, taken):
            continue
        partly = any(
            s <= p.marked.start and p.marked.end <= e
            for p in pieces
            if not p.title
            for s, e in clause.parts
        )
        found.append(_indirect(doc, article, clause, "mixed" if partly else "indirect"))
    yield from sorted(found, key=lambda q: (q.start, q.end, q.cue_start or 0))


def first_person_links(doc: Doc, found: Iterable[Quote]) -> dict[int, Argument]:
    """Offset of each "I", "me", "my" inside marks -> the speaker it means.

    "We" and "our" mean a group, so they are linked only to a speaker that is one (an ``ORG``).
    """
    links: dict[int, Argument] = {}
    groups = {(e.start_char, e.end_char) for e in doc.ents if e.label_ == "ORG"}
    marks = [(m.start, m.end) for m in quoted_spans(doc.text) if m.depth == 0]
    for quote in found:
        if quote.speaker is None or quote.speech == "indirect":
            continue
        group = (quote.speaker.head_start, quote.speaker.head_end) in groups
        for start, end in quote.parts:
            inside = doc.char_span(start, end, alignment_mode="expand")
            for token in inside or ():
                if token.lower_ not in _SINGULAR and not (group and token.lower_ in _PLURAL):
                    continue
                if quote.speech == "mixed" and not any(s <= token.idx < e for s, e in marks):
                    continue
                links[token.idx] = quote.speaker
    return links


# --- pieces ----------------------------------------------------------------------------------


def _pieces(doc: Doc) -> list[_Piece]:
    text = doc.text
    starts = [0] + [i + 1 for i, c in enumerate(text) if c == "\n"]
    pieces: list[_Piece] = []
    for marked in quoted_spans(text):
        if marked.depth or any(
            p.marked.outer_start <= marked.start < p.marked.outer_end for p in pieces
        ):
            continue
        span = doc.char_span(marked.start, marked.end, alignment_mode="contract")
        tokens = [t for t in span or () if not t.is_space]
        if not tokens:
            continue
        paragraph = sum(1 for s in starts if s <= marked.start)
        pieces.append(_Piece(marked, tokens, paragraph))
    for number, piece in enumerate(pieces):
        before = pieces[number - 1] if number else None
        after = pieces[number + 1] if number + 1 < len(pieces) else None
        piece.cue = _find_cue(doc, piece, before, after, pieces)
        piece.title = _is_title(piece)
        piece.speech = _is_speech(text, piece)
        if not piece.speech:
            piece.cue = None
    _carry_over(doc, pieces)
    return pieces


def _find_cue(
    doc: Doc, piece: _Piece, before: _Piece | None, after: _Piece | None, pieces: list[_Piece]
) -> _Cue | None:
    cue = (
        _according(doc, piece)
        or _cue_after(doc, piece, after)
        or _cue_by_tree(piece, pieces)
        or _cue_before(doc, piece, before)
        or _person_before_colon(doc, piece)
    )
    if cue is not None and cue.speaker is not None and _inside(cue.speaker, pieces):
        cue.speaker = None  # "we" of the quotation itself
    return cue


def _verb_cue(verb: Token, *, fragment: bool = False, confidence: float = 0.9) -> _Cue:
    start, end = cue_range(verb)
    speaker = speaker_of(verb)
    if not can_speak(speaker):
        speaker = None
    return _Cue(
        verb,
        speaker,
        start,
        end,
        fragment,
        lemma(verb) not in cue_words().weak,
        confidence,
    )


def _is_cue(token: Token) -> bool:
    return token.pos_ == "VERB" and lemma(token) in cue_words().verbs


def _inside(token: Token, pieces: list[_Piece]) -> bool:
    return any(p.marked.outer_start <= token.idx < p.marked.outer_end for p in pieces)


def _cue_after(doc: Doc, piece: _Piece, after: _Piece | None) -> _Cue | None:
    """``"...," said X``: the first verb after the closing mark, before anything ends."""
    text = doc.text
    last = text[piece.marked.end - 1]
    at = piece.marked.outer_end
    if not piece.marked.closed or (last in ".…" and text[at : at + 1] not in (",", ":")):
        if not (last == "…" or text[at - 4 : at - 1] == "..."):
            return None
    limit = after.marked.outer_start if after else len(text)
    window: list[Token] = []
    for token in doc[piece.tokens[-1].i + 1 : piece.tokens[-1].i + 30]:
        if token.idx < at:
            continue
        if token.idx >= limit or "\n" in text[at : token.idx] or token.text in (".", ";"):
            break
        window.append(token)
    comma = last in ",!?…-–—" or (bool(window) and window[0].text in (",", "-", "–", "—", ":"))
    colon = bool(window) and window[0].text == ":"
    for token in window:
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "acl", "compound"):
            if not _is_cue(token):
                if token.dep_.startswith("acl"):
                    continue
                return None
            before_it = [t for t in window if t.i < token.i and t.is_alpha]
            if colon or comma or not before_it or _quoted_object(token, piece):
                if not comma and not colon and before_it and _is_complement_verb(token):
                    return None
                return _with_neighbour(_verb_cue(token), window)
            return None
        if token.lower_ in ("and", "but", "that", "which", "because", "while") and not colon:
            return None
    return None


def _quoted_object(verb: Token, piece: _Piece) -> bool:
    return any(t.head == verb or verb.head == t for t in piece.tokens)


def _is_complement_verb(verb: Token) -> bool:
    return verb.dep_.split(":")[0] in ("xcomp", "ccomp", "advcl", "acl")


def _with_neighbour(cue: _Cue, window: list[Token]) -> _Cue:
    """``said X``, ``X said`` where the parser found no subject: the name or pronoun beside it."""
    if cue.speaker is not None or cue.verb is None:
        return cue
    verb = cue.verb
    close = [t for t in window if abs(t.i - verb.i) <= 8 and t != verb]
    close.sort(key=lambda t: (abs(t.i - verb.i), t.i))
    for token in close:
        if token.pos_ in ("PROPN", "PRON", "NOUN") and can_speak(token):
            head = token
            while head.head in close and head.head != head:
                if head.head.pos_ not in ("PROPN", "NOUN"):
                    break
                head = head.head
            if any(c.dep_ == "case" for c in head.children):
                continue
            cue.speaker, cue.confidence = head, 0.7
            break
    return cue


def _cue_by_tree(piece: _Piece, pieces: list[_Piece]) -> _Cue | None:
    """The verb of saying above the piece's topmost word, or beside it as parenthesis."""
    words = cue_words()
    inside = set(piece.tokens)
    tops = [t for t in piece.tokens if t.head not in inside and not t.is_punct]
    for top in sorted(tops, key=lambda t: (t.pos_ not in ("VERB", "AUX"), t.i)):
        for child in top.children:
            if child.dep_ == "parataxis" and child not in inside and _is_cue(child):
                if not _inside(child, pieces):
                    return _verb_cue(child)
        at, through_clause = top, False
        for _ in range(8):
            relation, head = at.dep_.split(":")[0], at.head
            if head == at:
                break
            if head.pos_ in ("NOUN", "PROPN") and relation in ("acl", "appos", "ccomp"):
                owner = _noun_cue(head)
                plain = not (relation == "appos" and _after_colon(head.doc.text, piece))
                if owner is not None and at.dep_ != "acl:relcl" and plain:
                    return owner
            if head.i > piece.tokens[-1].i and _ended(piece):
                break  # "... I may do it." Trump also said
            if _is_cue(head) and head not in inside and not _inside(head, pieces):
                name = lemma(head)
                if relation in ("ccomp", "parataxis"):
                    return _verb_cue(head)
                if relation in ("xcomp", "obj", "obl", "dep", "advcl", "iobj") and (
                    not through_clause or words.kind.get(name) == "directive"
                ):
                    fragment = name in words.naming or relation == "xcomp" or at != top
                    if relation == "obl" and not (fragment or _cased(at, "as", "with")):
                        break
                    cue = _verb_cue(head, fragment=fragment)
                    if cue.speaker is not None or not fragment:
                        return cue
                    break
            through_clause = through_clause or relation in ("ccomp", "advcl", "acl")
            at = head
    return None


def _ended(piece: _Piece) -> bool:
    """Whether a full stop inside the marks ends the sentence, so that what follows is another."""
    text = piece.tokens[0].doc.text
    after = text[piece.marked.outer_end :].lstrip()
    return text[piece.marked.end - 1] == "." and after[:1].isupper()


def _cased(token: Token, *words: str) -> bool:
    return any(c.dep_ == "case" and c.lower_ in words for c in token.children)


def _noun_cue(noun: Token) -> _Cue | None:
    """``X's assertion that "..."``."""
    if noun.lemma_.lower() not in cue_words().nouns:
        return None
    owners = [c for c in children(noun, "nmod") if c.dep_ == "nmod:poss"]
    owners += [c for c in children(noun, "compound") if _cased(c, "'s", "’s", "’", "'")]
    owners += [c for c in children(noun, "nmod") if _cased(c, "of", "by", "from")]
    if not owners and noun.dep_ == "obj" and noun.head.pos_ == "VERB":
        speaker = speaker_of(noun.head)  # "repeated the claim that"
        owners = [speaker] if speaker is not None and can_speak(speaker) else []
    if not owners:
        return None
    return _Cue(None, owners[0], noun.idx, noun.idx + len(noun.text), confidence=0.85)


def _cue_before(doc: Doc, piece: _Piece, before: _Piece | None) -> _Cue | None:
    """``X said, "...``: the last verb before the opening mark, with no other one between."""
    text = doc.text
    floor = before.marked.outer_end if before else 0
    floor = max(floor, text.rfind("\n", 0, piece.marked.outer_start) + 1)
    window: list[Token] = []
    for token in reversed(doc[max(0, piece.tokens[0].i - 45) : piece.tokens[0].i]):
        if token.idx >= piece.marked.outer_start:
            continue
        if token.idx < floor or (token.text in _STOPS and token.whitespace_):
            break
        window.append(token)
    if not window:
        return None
    lead = window[0].text
    colon, comma = lead == ":", lead in (",", "–", "—", "-")
    far = 25 if colon or comma else 12
    for distance, token in enumerate(window[:far]):
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound"):
            if _is_cue(token) and (
                colon or comma or distance == 0 or window[0].lower_ == "that"
                or lemma(token) not in cue_words().weak
            ):  # fmt: skip
                between = window[:distance]
                if (
                    comma
                    and lemma(token) in cue_words().weak
                    and any(t.dep_ == "obj" for t in between)
                ):
                    return None  # "began a course on it, 'The ...'"
                if (
                    not (colon or comma)
                    and any(t.pos_ in ("NOUN", "PROPN", "ADJ") and t.dep_ != "obl" for t in between)
                    and lemma(token) not in cue_words().addressee_object
                    and not any(
                        t.ent_type_ in ("DATE", "TIME") or t.dep_.startswith("obl") for t in between
                    )
                ):
                    return None
                return _with_neighbour(_verb_cue(token), list(reversed(window)))
            if not colon:
                return None
        elif token.lemma_.lower() in cue_words().nouns and distance <= 3:
            owner = _noun_cue(token)
            # "opposed Macron's statement: ..." are not Macron's words
            if owner is not None and (lead == "that" or token.dep_.startswith("nsubj")):
                return owner
    return _colon_subject(window) if colon else None


def _colon_subject(window: list[Token]) -> _Cue | None:
    """``X opposed the statement: "..."`` and ``X: "..."``: the sentence's subject speaks."""
    roots = [t for t in window if t.head not in window or t.head == t]
    roots = [t for t in roots if not t.is_punct]
    for root in roots:
        subject = root if root.pos_ == "PROPN" else speaker_of(root)
        if subject is not None and can_speak(subject):
            colon = window[0]
            return _Cue(None, subject, colon.idx, colon.idx + 1, confidence=0.75)
    return None


def _person_before_colon(doc: Doc, piece: _Piece) -> _Cue | None:
    """``X did not mince his words: the method took "half the time of ..."``."""
    if len(piece.tokens) < 6 or not any(t.pos_ in ("VERB", "AUX") for t in piece.tokens):
        return None
    sentence = piece.tokens[0].sent
    ahead = [t for t in sentence if t.idx < piece.marked.outer_start]
    colon = next((t for t in reversed(ahead) if t.text == ":"), None)
    if colon is None:
        return None
    for token in ahead:
        if (
            token.i < colon.i
            and token.dep_ == "nsubj"
            and (token.ent_type_ == "PERSON" or token.lower_ in ("he", "she"))
        ):
            return _Cue(None, token, colon.idx, colon.idx + 1, fragment=True, confidence=0.5)
    return None


def _according(doc: Doc, piece: _Piece) -> _Cue | None:
    """``according to X`` right before or right after the piece."""
    first, last = piece.tokens[0].i, piece.tokens[-1].i
    for token in doc[max(0, first - 14) : min(len(doc), last + 5)]:
        if token.lower_ != "according" or token.i + 2 >= len(doc):
            continue
        if doc[token.i + 1].lower_ != "to" or first <= token.i <= last:
            continue
        if token.i > last:
            gap = doc.text[piece.marked.outer_end : token.idx]
            if gap.strip(" ,") or not token.text.islower():
                continue  # "..." According to Y, the next sentence begins
        else:
            gap = doc.text[token.idx : piece.marked.start]
            if not gap.rstrip("\"“'‘« ").endswith(","):
                continue
            if "\n" in gap or any(s + " " in gap for s in _STOPS):
                continue
        source = _source(token)
        if source is not None and not first <= source.i <= last:
            return _Cue(None, source, token.idx, doc[token.i + 1].idx + 2)
    return None


def _source(according: Token) -> Token | None:
    from kg.extract.reported import source_of

    return source_of(according)


# --- is it speech? -----------------------------------------------------------------------------


def _is_title(piece: _Piece) -> bool:
    words = [t for t in piece.tokens if any(c.isalpha() for c in t.text)]
    return (
        bool(words)
        and len(words) <= 10
        and all(t.text[0].isupper() or t.lower_ in _SMALL for t in words)
        and any(t.text[0].isupper() for t in words)
    )


def _is_speech(text: str, piece: _Piece) -> bool:
    words = [t for t in piece.tokens if any(c.isalpha() for c in t.text)]
    if not words:
        return False
    last = text[piece.marked.end - 1]
    lead = text[: piece.marked.outer_start].rstrip()[-1:]
    finite = any(t.tag_ in _FINITE or "Fin" in t.morph.get("VerbForm", []) for t in words)
    title = piece.title
    stopped = last in "!?" or (last == "." and len(words) > 3)
    cue = piece.cue
    if cue is not None:
        if cue.fragment:
            return cue.speaker is not None and not title
        framed = lead in (",", ":") or last == ","
        if len(words) == 1 and piece.marked.single:
            return False
        if title and not (stopped or (framed and cue.strong and finite)):
            return False
        if not cue.strong and not (framed or stopped or finite):
            return False
        return len(words) > 1 or framed or stopped or cue.strong
    if title:
        return False
    sentence = words[0].text[0].isupper() or lead in (":", ",") or piece.marked.continues
    return finite and sentence and len(words) >= (3 if last in ".!?" else 5)


# --- who goes on speaking ----------------------------------------------------------------------


def _carry_over(doc: Doc, pieces: list[_Piece]) -> None:
    text = doc.text
    previous: _Piece | None = None
    for piece in pieces:
        if not piece.speech:
            continue
        if piece.cue is not None:
            if previous is not None and _split(text, previous, piece, pieces):
                piece.joined = True
            previous = piece
            continue
        between = text[previous.marked.outer_end : piece.marked.outer_start] if previous else ""
        cue: _Cue | None = None
        if previous is not None and previous.cue is not None:
            same = previous.paragraph == piece.paragraph
            if previous.marked.continues and piece.paragraph == previous.paragraph + 1:
                piece.joined, cue = True, previous.cue
            elif not between.strip() and (same or piece.paragraph <= previous.paragraph + 2):
                piece.joined, cue = same, _weaker(previous.cue, 0.95 if same else 0.8)
            elif same and _only_frame(doc, previous, piece):
                piece.joined, cue = True, previous.cue
        piece.cue = cue or _dash_name(doc, piece) or _sentence_before(doc, piece, pieces)
        previous = piece


def _weaker(cue: _Cue, by: float) -> _Cue:
    return _Cue(
        cue.verb, cue.speaker, cue.start, cue.end, cue.fragment, cue.strong, cue.confidence * by
    )


def _split(text: str, previous: _Piece, piece: _Piece, pieces: list[_Piece]) -> bool:
    """Whether ``"A," he said, "B"``: one frame between two pieces, and no more."""
    if previous.cue is None or piece.cue is None or previous.paragraph != piece.paragraph:
        return False
    if previous.cue.start != piece.cue.start:
        return False
    low, high = previous.marked.outer_end, piece.marked.outer_start
    return low <= piece.cue.start < high


def _only_frame(doc: Doc, previous: _Piece, piece: _Piece) -> bool:
    """Whether between the pieces stands one sentence, and it holds the first one's cue."""
    low, high = previous.marked.outer_end, piece.marked.outer_start
    if previous.cue is None or not low <= previous.cue.start < high:
        return False
    stops = [
        t for t in doc[previous.tokens[-1].i : piece.tokens[0].i]
        if low <= t.idx < high and t.text in (".", "!", "?", "...")
    ]  # fmt: skip
    return len(stops) <= 1


def _dash_name(doc: Doc, piece: _Piece) -> _Cue | None:
    """A line ``—Name`` under the quotation."""
    rest = doc.text[piece.marked.outer_end :]
    tail = rest.lstrip()
    if not tail.startswith(("—", "–", "--")) or rest[: len(rest) - len(tail)].strip(" \n"):
        return None
    at = len(doc.text) - len(tail)
    for token in doc[piece.tokens[-1].i + 1 : piece.tokens[-1].i + 12]:
        if token.idx > at and token.pos_ == "PROPN":
            head = token
            while head.head.pos_ == "PROPN" and head.head.i - token.i in range(-6, 7):
                if head.head == head:
                    break
                head = head.head
            return _Cue(None, head, at, at + 1, confidence=0.7)
    return None


def _sentence_before(doc: Doc, piece: _Piece, pieces: list[_Piece]) -> _Cue | None:
    """The speaker of the sentence just before, in the same paragraph: ``..., X said. "..."``, or
    its subject, if that is a person."""
    text = doc.text
    floor = text.rfind("\n", 0, piece.marked.outer_start) + 1
    tokens: list[Token] = []
    for token in reversed(doc[max(0, piece.tokens[0].i - 80) : piece.tokens[0].i]):
        if token.idx >= piece.marked.outer_start or token.is_space:
            continue
        if token.idx < floor:
            break
        if token.text in (".", "!", "?") and tokens and any(t.is_alpha for t in tokens):
            break
        tokens.append(token)
    tokens.reverse()
    for token in reversed(tokens):
        if _is_cue(token) and not _inside(token, pieces):
            cue = _verb_cue(token, confidence=0.6)
            if cue.speaker is not None:
                return cue
    for token in tokens:
        if token.dep_ == "nsubj" and not _inside(token, pieces):
            if token.ent_type_ == "PERSON" or token.lower_ in ("he", "she"):
                return _Cue(None, token, token.idx, token.idx, confidence=0.5)
            break
    return None


# --- building ----------------------------------------------------------------------------------


def _direct(doc: Doc, article: Article, pieces: list[_Piece]) -> Iterator[Quote]:
    groups: list[list[_Piece]] = []
    for piece in pieces:
        if not piece.speech:
            continue
        clause = _mixed_clause(doc, piece, pieces)
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
        if piece.joined and groups and not piece.clause:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    for group in groups:
        yield _quote(doc, article, group)


def _mixed_clause(doc: Doc, piece: _Piece, pieces: list[_Piece]) -> tuple[int, int] | None:
    """The whole reported clause, when a part of it stands outside the marks."""
    cue = piece.cue
    if cue is None or cue.verb is None or cue.fragment:
        return None
    verb = cue.verb
    inside = {t.i for t in piece.tokens}
    for clause in children(verb, "ccomp", "xcomp", "parataxis"):
        subtree = [t for t in clause.subtree if not t.is_space]
        if not any(t.i in inside for t in subtree) or verb in subtree:
            continue
        subtree = sorted([*subtree, *second_subject(verb, clause)], key=lambda t: t.i)
        tokens = _trim([t for t in subtree if not (t.dep_ == "mark" and t.head == clause)])
        if tokens and tokens[0].lower_ == "that" and tokens[0].pos_ == "SCONJ":
            tokens = _trim(tokens[1:])
        words = [t for t in tokens if not t.is_punct]
        if _complete(doc.text, piece, clause) is False and _in_complete(clause, piece, pieces):
            return None  # 'said "A" and "B"', where B hangs on A
        outside = [t for t in words if t.i not in inside]
        if not words:
            continue
        if piece.tokens[0].i > verb.i:
            outside = [t for t in outside if t.i > verb.i]
            words = [t for t in words if t.i > verb.i]
        if not outside or not ({t.i for t in words} & inside):
            return None
        if _complete(doc.text, piece, clause) and (
            outside[0].i > piece.tokens[-1].i or _after_colon(doc.text, piece)
        ):
            return None  # "We will," said X, the minister; what follows is not his
        framed = doc.text[: piece.marked.outer_start].rstrip()[-1:] == ","
        if framed and piece.tokens[0].text[0].isupper() and outside[-1].i < piece.tokens[0].i:
            return None  # 'said at a conference after it, "My heart ..."'
        if len(outside) == 1 and outside[0].pos_ in ("CCONJ", "SCONJ", "ADV"):
            return None
        if any(outside[0].idx <= p < outside[-1].idx for p in _breaks(doc.text, words)):
            return None
        start = min(words[0].idx, piece.marked.start)
        end = max(words[-1].idx + len(words[-1].text), piece.marked.end)
        return start, end
    return None


def _complete(text: str, piece: _Piece, clause: Token) -> bool:
    """Whether the piece is a sentence by itself, so that what the parser hangs on it is not."""
    if _after_colon(text, piece):
        return True
    inside = {t.i for t in piece.tokens}
    return clause.i in inside and any(
        t.i in inside for t in clause.children if t.dep_.startswith(("nsubj", "expl"))
    )


def _in_complete(clause: Token, piece: _Piece, pieces: list[_Piece]) -> bool:
    """Whether the clause stands whole in another piece."""
    return any(
        p is not piece and p.speech and clause in p.tokens and p.paragraph == piece.paragraph
        for p in pieces
    )


def _after_colon(text: str, piece: _Piece) -> bool:
    return text[: piece.marked.outer_start].rstrip().endswith(":")


def _breaks(text: str, words: list[Token]) -> list[int]:
    low, high = words[0].idx, words[-1].idx
    return [i for i in range(low, high) if text[i] == "\n"]


def _trim(tokens: list[Token]) -> list[Token]:
    while tokens and (tokens[0].is_punct or tokens[0].dep_ == "cc"):
        tokens = tokens[1:]
    while tokens and tokens[-1].is_punct:
        tokens = tokens[:-1]
    return tokens


def _quote(doc: Doc, article: Article, group: list[_Piece]) -> Quote:
    text = doc.text
    first = group[0]
    cue = first.cue
    speech: Speech = "direct"
    if first.clause:
        start = min(p.clause[0] for p in group if p.clause)
        end = max(max(p.clause[1], p.marked.end) for p in group if p.clause)
        parts: tuple[tuple[int, int], ...] = ((start, end),)
        speech = "mixed"
    else:
        parts = tuple((p.marked.start, p.marked.end) for p in group)
        if cue is not None and cue.fragment:
            speech = "mixed"
        start, end = parts[0][0], parts[-1][1]
    joined = " ".join(_words(text[s:e]) for s, e in parts)
    return _build(doc, article, joined, parts, speech, cue)


def _words(text: str) -> str:
    return " ".join(text.split())


def _build(
    doc: Doc,
    article: Article,
    text: str,
    parts: tuple[tuple[int, int], ...],
    speech: Speech,
    cue: _Cue | None,
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
                occasion = doc.text[where[0] : where[1]]
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
        cue=doc.text[cue.start : cue.end] if cue and cue.end > cue.start else None,
        evidence_start=low,
        evidence_end=high,
        cue_start=cue.start if cue else None,
        cue_end=cue.end if cue else None,
        addressee=addressee,
        occasion=occasion,
        confidence=round(cue.confidence, 3) if cue and speaker else 0.4,
        block=_block(article, start),
    )


def _indirect(doc: Doc, article: Article, clause: Reported, speech: Speech) -> Quote:
    cue = _Cue(clause.verb, clause.speaker, clause.cue_start, clause.cue_end, confidence=0.85)
    joined = " ".join(_words(doc.text[s:e]) for s, e in clause.parts)
    return _build(doc, article, joined, clause.parts, speech, cue)


def _overlaps(parts: tuple[tuple[int, int], ...], taken: list[tuple[int, int]]) -> bool:
    return any(s < e2 and s2 < e for s, e in parts for s2, e2 in taken)


def _block(article: Article, offset: int) -> BlockKind:
    for block in article.blocks:
        if block.start <= offset < block.end:
            return block.kind
    return "paragraph"
