"""What brings a quotation in: a verb, a noun, a colon or a source beside it.

`find_cue` looks, in this order, for "according to X" beside the piece, the first verb after the
closing mark, the verb of saying above it in the tree, the last verb before the opening mark, and
the subject of a sentence that a colon ends.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from typing import Final

from spacy.tokens import Doc, Token

from kg.extract.grammar.annotations import text_of
from kg.extract.grammar.index import kids, tokens_of
from kg.extract.grammar.labels import means_people
from kg.extract.grammar.tree import children, has_case, sentence_of
from kg.extract.speech.according_to import source_of
from kg.extract.speech.indirect import fenced, unsaid
from kg.extract.speech.quotation_marks import Marked, sign_before
from kg.extract.speech.speakers import can_speak, cue_range, speaker_of
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.load import rule_words

_OWN: Final = rule_words("cues")

STOPS: Final = ".!?…"
_PARTING: Final = (",", "–", "—", "-")
#: Where marked words stand that are a part of what a verb of saying says.
_OBJECTS: Final = ("xcomp", "obj", "obl", "dep", "advcl", "iobj")
_PLACES: Final = ("GPE", "LOC")
_SIGN: Final = re.compile(r"\S")


@dataclass(slots=True)
class Cue:
    """What brings a piece in. ``own`` is False where the speaker was carried over."""

    verb: Token | None
    speaker: Token | None
    start: int
    end: int
    fragment: bool = False
    strong: bool = True
    confidence: float = 0.9
    own: bool = True


@dataclass(slots=True)
class Piece:
    """A stretch between marks and what is known of it."""

    marked: Marked
    tokens: list[Token]
    paragraph: int
    cue: Cue | None = None
    speech: bool = False
    title: bool = False  # looks like the name of a work
    joined: bool = False  # to the piece before it
    clause: tuple[int, int] | None = None  # a mixed quote's whole reported clause


def find_cue(
    doc: Doc, piece: Piece, before: Piece | None, after: Piece | None, pieces: list[Piece]
) -> Cue | None:
    """The cue of a piece, or None. ``before`` and ``after`` are its neighbours."""
    if _interrupted(doc, piece, pieces):
        return None
    cue = (
        _according(doc, piece)
        or _right_before(doc, piece)
        or _cue_after(doc, piece, after)
        or _cue_by_tree(piece, pieces)
        or _cue_before(doc, piece, before)
        or _person_before_colon(doc, piece)
        or _line_above(doc, piece)
    )
    if cue is not None and cue.speaker is not None and inside_any(cue.speaker, pieces):
        cue.speaker = None  # "we" of the quotation itself
    if cue is not None and cue.verb is not None and cue.speaker is not None:
        short = not any(t.pos_ in ("VERB", "AUX") for t in piece.tokens)
        if short and unsaid(cue.verb, cue.speaker):
            return None  # 'could ask for "something funny"'
    return cue


def _interrupted(doc: Doc, piece: Piece, pieces: list[Piece]) -> bool:
    """``The plan was, X said, "quite dead"``: the whole sentence is told, not the marked words."""
    first = piece.tokens[0]
    start, tokens = sentence_of(first)[0], tokens_of(doc)
    for token in tokens[start : first.i]:
        if not is_cue(token) or inside_any(token, pieces):
            continue
        speakers = [c for c in children(token, "nsubj") if fenced(token, c)]
        if not speakers:
            continue
        ahead = list(tokens[start : speakers[0].left_edge.i])
        for i in range(len(ahead) - 1, -1, -1):
            if ahead[i].text in (":", ";"):
                ahead = ahead[i + 1 :]
                break
        words = [t for t in ahead if t.is_alpha and not inside_any(t, pieces)]
        if len(words) == sum(t.is_alpha for t in ahead) and any(
            t.pos_ in ("NOUN", "PROPN", "PRON") for t in words
        ):
            return not any(t.dep_.startswith("nsubj") for t in piece.tokens)
    return False


def _right_before(doc: Doc, piece: Piece) -> Cue | None:
    """``stating, "...``: a verb of saying with nothing but a comma or colon between."""
    at = piece.tokens[0].i - 1
    seen_comma = False
    while at >= 0 and (doc[at].is_quote or doc[at].text in (",", ":")):
        seen_comma = seen_comma or doc[at].text in (",", ":")
        at -= 1
    if (
        at < 0
        or not seen_comma
        or not is_cue(doc[at])
        or "\n" in text_of(doc)[doc[at].idx : piece.marked.start]
    ):
        return None
    cue = verb_cue(doc[at])
    return cue if cue.speaker is not None and cue.strong else None


def verb_cue(verb: Token, *, fragment: bool = False, confidence: float = 0.9) -> Cue:
    """The cue that a verb of saying is, with its speaker where one can be."""
    start, end = cue_range(verb)
    speaker = speaker_of(verb)
    if not can_speak(speaker):
        speaker = None
    return Cue(
        verb,
        speaker,
        start,
        end,
        fragment,
        lemma(verb) not in cue_words().weak,
        confidence,
    )


def issued(noun: Token) -> Cue | None:
    """``X released the following statement``: X says what stands there."""
    verb = noun.head
    if noun.dep_ != "obj" or noun.lemma_.lower() not in cue_words().nouns:
        return None
    if lemma(verb) not in cue_words().issuing or verb.tag_ not in ("VBD", "VBZ", "VBP"):
        return None
    cue = replace(verb_cue(verb, confidence=0.7), strong=True)
    return cue if cue.speaker is not None else None


def is_cue(token: Token) -> bool:
    """Whether the token is a verb that can bring in speech."""
    return token.pos_ == "VERB" and lemma(token) in cue_words().verbs


def inside_any(token: Token, pieces: list[Piece]) -> bool:
    """Whether the token stands between quotation marks."""
    return piece_at(token, pieces) is not None


def piece_at(token: Token, pieces: list[Piece]) -> Piece | None:
    """The piece between whose marks the token stands. Pieces are in text order and apart."""
    at = bisect_right(pieces, token.idx, key=lambda piece: piece.marked.outer_start) - 1
    return pieces[at] if at >= 0 and token.idx < pieces[at].marked.outer_end else None


def _cue_after(doc: Doc, piece: Piece, after: Piece | None) -> Cue | None:
    """``"...," said X``: the first verb after the closing mark, before anything ends."""
    last = _last(text_of(doc), piece)
    if _stopped(text_of(doc), piece, last):
        return None
    window = _words_after(doc, piece, after)
    lead = window[0].text if window else ""
    colon = lead == ":"
    parted = last in ",!?…-–—" or lead in (",", "-", "–", "—", ":")
    alpha = [t for t in window if t.is_alpha]
    if parted and alpha and alpha[0].tag_ in ("VBD", "VBZ") and is_cue(alpha[0]):
        return _with_neighbour(verb_cue(alpha[0]), window)  # whatever the tree makes of it
    verb = _first_verb(window, past_joining=colon)
    if verb is None or not is_cue(verb):
        return None
    next_to_it = parted or not any(t.i < verb.i for t in alpha)
    if next_to_it or (_quoted_object(verb, piece) and not _is_complement_verb(verb)):
        return _with_neighbour(verb_cue(verb), window)
    return None


def _stopped(text: str, piece: Piece, last: str) -> bool:
    """Whether the sentence ends with the piece, so that what follows brings in something else."""
    at = piece.marked.outer_end
    stopped = not piece.marked.closed or (last in ".…" and text[at : at + 1] not in (",", ":"))
    return stopped and last != "…" and text[at - 4 : at - 1] != "..."


def _words_after(doc: Doc, piece: Piece, after: Piece | None) -> list[Token]:
    """The words behind the closing mark as far as the next piece, line or sentence."""
    text, at = text_of(doc), piece.marked.outer_end
    limit = after.marked.outer_start if after else len(text)
    window: list[Token] = []
    for token in doc[piece.tokens[-1].i + 1 : piece.tokens[-1].i + 30]:
        if token.idx < at:
            continue
        if token.idx >= limit or "\n" in text[at : token.idx] or token.text in (".", ";"):
            break
        window.append(token)
    return window


def _first_verb(window: list[Token], *, past_joining: bool) -> Token | None:
    """The first verb that can be the sentence's; None where a participle or, unless ``past_joining``,
    a joining word comes before it."""
    for token in window:
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "acl", "compound"):
            if token.tag_ in ("VBG", "VBN") and not any(
                c.dep_.startswith(("aux", "nsubj")) for c in kids(token)
            ):
                return None  # 'called it "amazing," noting that ...'
            if is_cue(token) or not token.dep_.startswith("acl"):
                return token
        elif token.lower_ in _OWN["joining"] and not past_joining:
            return None
    return None


def _last(text: str, piece: Piece) -> str:
    """The last sign inside the marks; of an altered one ("a friend[.]") the one in the brackets."""
    inside = text[piece.marked.start : piece.marked.end]
    return inside[-2] if inside[-2:-1] in ".,!?…" and inside.endswith("]") else inside[-1]


def _quoted_object(verb: Token, piece: Piece) -> bool:
    return any(t.head == verb or verb.head == t for t in piece.tokens)


def _is_complement_verb(verb: Token) -> bool:
    return verb.dep_.split(":")[0] in ("xcomp", "ccomp", "advcl", "acl")


def _with_neighbour(cue: Cue, window: list[Token]) -> Cue:
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
            if any(c.dep_ == "case" for c in kids(head)):
                continue
            cue.speaker, cue.confidence = head, 0.7
            break
    return cue


def _cue_by_tree(piece: Piece, pieces: list[Piece]) -> Cue | None:
    """The verb of saying above the piece's topmost word, or beside it as parenthesis."""
    inside = set(piece.tokens)
    tops = [t for t in piece.tokens if t.head not in inside and not t.is_punct]
    for top in sorted(tops, key=lambda t: (t.pos_ not in ("VERB", "AUX"), t.i)):
        for child in kids(top):
            beside = child.dep_ == "parataxis" and child not in inside and is_cue(child)
            if beside and not inside_any(child, pieces):
                return verb_cue(child)
        found = _cue_above(top, inside, piece, pieces)
        if found is not None:
            return found
    return None


def _cue_above(top: Token, inside: set[Token], piece: Piece, pieces: list[Piece]) -> Cue | None:
    """The nearest verb or noun of saying on the way from the piece's topmost word to the root."""
    at, through_clause = top, False
    for _ in range(8):
        relation, head = at.dep_.split(":")[0], at.head
        if head == at:
            return None
        if head.pos_ in ("NOUN", "PROPN") and relation in ("acl", "appos", "ccomp"):
            owner = _noun_cue(head)
            plain = not (relation == "appos" and after_colon(text_of(head.doc), piece))
            if owner is not None and at.dep_ != "acl:relcl" and plain:
                return owner
        if head.i > piece.tokens[-1].i and _ended(piece):
            return None  # "... I may do it." Trump also said
        outside = head not in inside and not inside_any(head, pieces)
        if outside and is_cue(head):
            if relation in ("ccomp", "parataxis"):
                return verb_cue(_outer(head))
            if relation in _OBJECTS and (not through_clause or _orders(head)):
                return _cue_of_object(head, at, top)
        through_clause = through_clause or relation in ("ccomp", "advcl", "acl")
        at = head
    return None


def _orders(verb: Token) -> bool:
    """Whether what is said may stand deep below it: "told them to ask whether ...", "accuse"."""
    return cue_words().verbs.get(lemma(verb)) == "directive" or lemma(verb) == "accuse"


def _cue_of_object(verb: Token, at: Token, top: Token) -> Cue | None:
    """The cue that a verb of saying is for marked words in its object or a phrase beside it."""
    words, name, relation = cue_words(), lemma(verb), at.dep_.split(":")[0]
    if relation == "obj" and at != top and name not in (*words.naming, "accuse"):
        return None  # "add the question, 'Is ...'"
    fragment = name in words.naming or relation == "xcomp" or at != top
    if relation == "obl" and not (fragment or has_case(at, "as", "with")):
        return None
    if verb.dep_ == "ccomp" and lemma(verb.head) in words.indirect:
        return verb_cue(verb.head)  # 'told them he considered himself "an artist"'
    cue = verb_cue(verb, fragment=fragment)
    return cue if cue.speaker is not None or not fragment else None


def _outer(verb: Token) -> Token:
    """For "said she felt ...", the saying rather than the feeling."""
    thought = cue_words().verbs.get(lemma(verb)) == "thought"
    if thought and verb.dep_ == "ccomp" and lemma(verb.head) in cue_words().indirect:
        return verb.head
    return verb


def _ended(piece: Piece) -> bool:
    """Whether a full stop inside the marks ends the sentence, so that what follows is another."""
    text = text_of(piece.tokens[0].doc)
    after = _SIGN.search(text, piece.marked.outer_end)
    return _last(text, piece) == "." and after is not None and after[0].isupper()


def _noun_cue(noun: Token) -> Cue | None:
    """``X's assertion that "..."``."""
    if noun.lemma_.lower() not in cue_words().nouns or noun.lower_ == "word":
        return None  # 'uses the word "marriage"'
    owners = [c for c in children(noun, "nmod") if c.dep_ == "nmod:poss"]
    owners += [c for c in children(noun, "compound") if has_case(c, "'s", "’s", "’", "'")]
    owners += [c for c in children(noun, "nmod") if has_case(c, "of", "by", "from")]
    if not owners and noun.dep_ == "obj" and noun.head.pos_ == "VERB":
        speaker = speaker_of(noun.head)  # "repeated the claim that"
        owners = [speaker] if speaker is not None and can_speak(speaker) else []
    if not owners:
        return None
    return Cue(None, owners[0], noun.idx, noun.idx + len(noun.text), confidence=0.85)


def _cue_before(doc: Doc, piece: Piece, before: Piece | None) -> Cue | None:
    """``X said, "...``: the last verb before the opening mark, with no other one between."""
    text = text_of(doc)
    floor = before.marked.outer_end if before else 0
    floor = max(floor, text.rfind("\n", 0, piece.marked.outer_start) + 1)
    window: list[Token] = []
    for token in reversed(doc[max(0, piece.tokens[0].i - 45) : piece.tokens[0].i]):
        if token.idx >= piece.marked.outer_start:
            continue
        if token.idx < floor or (token.text in STOPS and token.whitespace_):
            break
        window.append(token)
    if not window:
        return None
    lead = window[0].text
    colon = lead == ":"
    far = 25 if lead in (":", *_PARTING) else 12
    for distance, token in enumerate(window[:far]):
        if token.pos_ == "VERB" and token.dep_ not in ("amod", "compound"):
            if is_cue(token) and _leads_up(token, distance, window[0]):
                if _has_its_object(token, window[:distance], lead):
                    return None
                return _with_neighbour(verb_cue(token), list(reversed(window)))
            if not colon:
                return None
        elif token.lemma_.lower() in cue_words().nouns and distance <= (9 if colon else 3):
            owner = _noun_cue(token)
            # "opposed Macron's statement: ..." are not Macron's words
            if owner is not None and (
                lead == "that" or token.dep_.startswith("nsubj") or _from_whom(owner)
            ):
                return owner
    return _colon_subject(window) if colon else None


def _leads_up(verb: Token, distance: int, lead: Token) -> bool:
    """Whether a verb so far before the opening mark, with ``lead`` right before it, can bring in what
    stands there."""
    if lead.text in (":", *_PARTING) or lead.lower_ == "that" or distance == 0:
        return True
    return lemma(verb) not in cue_words().weak


def _has_its_object(verb: Token, between: list[Token], lead: str) -> bool:
    """Whether what the verb says or does stands before the mark: "began a course on it, 'The ...'"."""
    if lead in _PARTING:
        weak = lemma(verb) in cue_words().weak
        return weak and any(t.dep_ == "obj" for t in between)
    if lead == ":" or lemma(verb) in cue_words().addressee_object:
        return False
    return any(t.pos_ in ("NOUN", "PROPN", "ADJ") and t.dep_ != "obl" for t in between) and not any(
        t.ent_type_ in ("DATE", "TIME") or t.dep_.startswith("obl") for t in between
    )


def _from_whom(cue: Cue) -> bool:
    """ "issued a statement from X: ..." """
    return cue.speaker is not None and has_case(cue.speaker, "from", "by")


def _colon_subject(window: list[Token]) -> Cue | None:
    """``X opposed the statement: "..."`` and ``X: "..."``: the sentence's subject speaks; no dateline
    does (``LEEDS: "..."``)."""
    if all(t.is_upper and t.ent_type_ in _PLACES for t in window[1:]):
        return None
    roots = [t for t in window if t.head not in window or t.head == t]
    roots = [t for t in roots if not t.is_punct]
    for root in roots:
        subject = root if root.pos_ == "PROPN" else speaker_of(root)
        if subject is not None and can_speak(subject):
            colon = window[0]
            return Cue(None, subject, colon.idx, colon.idx + 1, confidence=0.75)
    return None


def _person_before_colon(doc: Doc, piece: Piece) -> Cue | None:
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
            return Cue(None, token, colon.idx, colon.idx + 1, fragment=True, confidence=0.5)
    return None


def _line_above(doc: Doc, piece: Piece) -> Cue | None:
    """``In a message to staff, Karl Brandt wrote:`` or ``From the desk of the director:`` above a
    paragraph that the piece begins."""
    text = text_of(doc)
    above = text[: piece.marked.outer_start].rstrip()
    if not above.endswith((":", ";")) or "\n" not in text[len(above) : piece.marked.outer_start]:
        return None
    line = [
        token
        for token in doc[max(0, piece.tokens[0].i - 60) : piece.tokens[0].i]
        if above.rfind("\n") < token.idx < len(above) and not token.is_space
    ]
    for token in reversed(line):
        given = issued(token)
        if given is not None:
            return given
        if is_cue(token):
            cue = verb_cue(token, confidence=0.8)
            sure = cue.strong or lemma(token) in _OWN["cited"]
            return cue if cue.speaker is not None and sure else None
    if any(token.pos_ in ("VERB", "AUX") for token in line):
        return None
    for token in reversed(line):
        named = token.ent_type_ == "PERSON" or (token.pos_ == "NOUN" and means_people(token))
        if named and any(c.lower_ in _OWN["from_whom"] for c in children(token, "case")):
            return Cue(None, token, len(above) - 1, len(above), confidence=0.6)
    return None


def _according(doc: Doc, piece: Piece) -> Cue | None:
    """``according to X`` right before or right after the piece."""
    first, last = piece.tokens[0].i, piece.tokens[-1].i
    for token in doc[max(0, first - 14) : min(len(doc), last + 5)]:
        if token.lower_ != "according" or token.i + 2 >= len(doc):
            continue
        if doc[token.i + 1].lower_ != "to" or first <= token.i <= last:
            continue
        if token.i > last:
            gap = text_of(doc)[piece.marked.outer_end : token.idx]
            if gap.strip(" ,") or not token.text.islower():
                continue  # "..." According to Y, the next sentence begins
            if _within_clause(doc, piece):
                continue  # 'came in "far too fast" according to X': the whole clause is X's
        else:
            gap = text_of(doc)[token.idx : piece.marked.start]
            if not gap.rstrip("\"“'‘« ").endswith(","):
                continue
            if "\n" in gap or any(s + " " in gap for s in STOPS):
                continue
            opens = token.i == token.sent.start or doc[token.i - 1].is_quote
            if not opens and not any(t.pos_ in ("VERB", "AUX") for t in piece.tokens):
                continue  # 'was, according to X, "quite safe"'
        source = source_of(token)
        if source is not None and not first <= source.i <= last:
            return Cue(None, source, token.idx, doc[token.i + 1].idx + 2)
    return None


def _within_clause(doc: Doc, piece: Piece) -> bool:
    """Whether the piece is a part of the narrator's clause, not set off from it."""
    at = piece.tokens[0].i - 1
    while at >= 0 and doc[at].is_quote:
        at -= 1
    if at < 0 or doc[at].text in (",", ":", ";", "—", "–", *STOPS) or doc[at].is_space:
        return False
    return doc[at].sent == piece.tokens[0].sent


def after_colon(text: str, piece: Piece) -> bool:
    """Whether a colon stands before the opening mark."""
    return sign_before(text, piece.marked.outer_start) == ":"
