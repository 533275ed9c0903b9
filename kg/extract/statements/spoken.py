"""What it means that words stand in somebody's turn: they are theirs.

`voice` gives what was extracted to its speakers. What the one who asks says is left out; what an
answer says is claimed by its speaker, and the turn is a quotation. "Yes" and "No" take over what
was asked where that is one whole clause. Passages in another language say nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kg.extract.factuality.standing import standing
from kg.extract.grammar.annotations import mentions_of, text_of
from kg.extract.grammar.stretches import Stretches
from kg.extract.speech.page import INTERVIEWEE, INTERVIEWEES, Speaker, Turn, asks, words
from kg.extract.statements.blocks import block_of
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Argument, Article, Claim, Quote, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: The role of an argument that is whoever has the turn: known in this article only, if not by name.
TURN: Final = "turn"
#: The words of a quotation that says something: "Yeah, exactly." does not.
_LEAST: Final = 4
#: Different words with a sense of their own, where no noun, name or number is among them.
_TELLING: Final = 2
_LONGEST_QUESTION: Final = 40  # words of a question that is told with its answer
_BROKEN: Final = 12  # words with which an answer that is broken off says something
_LEAVE: Final = 10  # words of an answer that takes leave and says nothing else
_PAUSES: Final = ("...", "…", "--", "—")
_LEADS: Final = frozenset({"leads", "founded", "chiefExecutiveOf"})
_NUMBER: Final = re.compile(r"^\d{1,2}[.)]\s+(?=\S)")
_SENTENCE: Final = re.compile(r"[^.!?]+[.!?]*\s*")


@dataclass(frozen=True, slots=True)
class Voiced:
    """Claims and quotes with their speakers; ``first_person`` maps the offset of an "I" or "we"
    (in a question that is taken over: a "you") to whom it means."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    first_person: dict[int, Argument]


def voice(
    doc: Doc,
    article: Article,
    turns: Sequence[Turn],
    claims: Iterable[Claim],
    quotes: Iterable[Quote],
) -> Voiced:
    """The claims and quotes of an article whose turns these are, each as its speaker's."""
    other = [(b.start, b.end) for b in article.blocks if b.language is not None]
    claims = tuple(c for c in claims if not any(s <= c.predicate.start < e for s, e in other))
    quotes = tuple(q for q in quotes if not any(s <= q.start < e for s, e in other))
    if not turns:
        return Voiced(claims, quotes, {})
    quoted = [q for q in quotes if q.speech == "direct" and q.speaker is not None]
    links = _first_person(doc, turns, quoted, claims)
    taken: dict[str, Claim] = {}
    for turn, following in pairwise(turns):
        if turn.asks and not following.asks:
            for claim in _taken_over(doc, turn, following, claims):
                taken[claim.key] = claim
                links |= _addressed(doc, turn, following)
    turn_at = _finder(turns)
    asked = Stretches(t.mark for t in turns if t.asks and t.mark is not None)
    marks = Stretches(t.mark for t in turns if t.mark is not None)
    said: list[Claim | None] = []
    for claim in claims:
        place = claim.predicate.start
        own = turn_at(place)
        if claim.key in taken:
            said.append(taken[claim.key])
        elif own is not None:
            said.append(_said(doc, own, quoted, claim))
        elif marks.touch(place, place + 1) and _is_title(article.text, claim):
            continue
        elif not asked.touch(place, place + 1) and not _is_of_talk(article.text, turns, claim):
            said.append(claim)
    outside = [q for q in quotes if turn_at(q.start) is None]
    spoken = [
        _quotation(article, turn, _question(doc, asked))
        for turn, asked in _with_questions(turns)
        if _tells(doc, turn)
    ]
    return Voiced(
        tuple(claim for claim in said if claim is not None),
        tuple(sorted([*outside, *spoken], key=lambda q: (q.start, q.end, q.key))),
        links,
    )


def _finder(turns: Sequence[Turn]) -> Callable[[int], Turn | None]:
    """Whose turn a place is in, None outside of all."""
    owners = [turn for turn in turns for _ in turn.parts]
    places = Stretches(place for turn in turns for place in turn.parts)

    def turn_at(place: int) -> Turn | None:
        found = places.touching(place, place + 1)
        return owners[found[0]] if found else None

    return turn_at


def _argument(speaker: Speaker) -> Argument:
    return Argument(
        role=TURN,
        kind="mention" if speaker.named else "topic",
        start=speaker.start,
        end=speaker.end,
        head_start=speaker.start,
        head_end=speaker.end,
        label=speaker.name,
        type="Group" if speaker.name == INTERVIEWEES else "Person",
    )


def _one_of(speaker: Speaker) -> Argument:
    """Whom "I" means: of several that nothing tells apart, one."""
    one = _argument(speaker)
    if speaker.name != INTERVIEWEES:
        return one
    return replace(one, label=INTERVIEWEE, type="Person")


def _with_others(speaker: Speaker) -> Argument:
    """Whom "we" means at least."""
    one = _argument(speaker)
    return replace(one, kind="topic", label=f"{one.label} and others", type="Group")


def _said(doc: Doc, turn: Turn, quoted: Sequence[Quote], claim: Claim) -> Claim | None:
    """The claim as its speaker's, or as that of somebody whom the speaker cites by name or word for
    word (``quoted``); None where who asks says it."""
    if turn.asks or _is_own_name(claim, text_of(doc)):
        return None
    inner = claim.attribution
    kept = inner is not None and (
        _is_named(doc, inner) or _is_within(quoted, claim) or _is_told_of_me(doc, inner, claim)
    )
    return replace(
        claim,
        status="claimed" if claim.status == "asserted" else claim.status,
        certainty=min(claim.certainty, standing("claimed").certainty),
        attribution=inner if kept else _argument(turn.speaker),
    )


def _is_title(text: str, claim: Claim) -> bool:
    """Whether it tells no more of somebody than the title before the name in a mark: "CHIEF"."""
    told = text[claim.object.start : claim.object.end].casefold().strip(" .")
    return told in words().titles


def _is_of_talk(text: str, turns: Sequence[Turn], claim: Claim) -> bool:
    """Whether the narrator tells before the first turn that somebody talked to those who answer
    there, or they to those who ask, or where from: no more than that there was this interview."""
    first = turns[0].mark or turns[0].parts[0]
    verb = text[claim.predicate.start : claim.predicate.end]
    if claim.predicate.start > first[0] or not words().talking.search(verb):
        return False
    asking, answering = (
        {t.speaker.name.split()[-1].casefold() for t in turns if t.speaker.name and t.asks is asked}
        for asked in (True, False)
    )
    answering |= PRONOUNS.third
    subject, target = (
        set(re.findall(r"[\w-]+", text[one.start : one.end].casefold())[-1:])
        for one in (claim.subject, claim.object)
    )
    alone = bool(target & (asking | words().askers)) or verb.endswith(("from", "by"))
    return bool(target & answering) or (alone and bool(subject & answering))


def _is_own_name(claim: Claim, text: str) -> bool:
    """ "I'm Anna Rask": it tells who speaks, and nothing of them."""
    subject = text[claim.subject.head_start : claim.subject.head_end].casefold()
    own = (
        subject in PRONOUNS.speaker
        or text[claim.subject.start : claim.subject.end].casefold() == "my name"
    )
    return own and claim.predicate.property == "isA" and claim.object.kind == "mention"


def _is_named(doc: Doc, inner: Argument) -> bool:
    """Whether whom a speaker cites has a name: "the mayor said", "it shows", "some say" are no
    better known than what the speaker says."""
    mentions = mentions_of(doc)
    names = {m.cluster for m in mentions if m.kind == "name"}
    return any(
        m.cluster in names and m.start <= inner.head_start and inner.head_end <= m.end
        for m in mentions
    )


def _is_told_of_me(doc: Doc, inner: Argument, claim: Claim) -> bool:
    """ "*My sister* said I had sold the farm", "*they* said I did": who speaks has not said so."""
    text, own = text_of(doc), PRONOUNS.speaker | PRONOUNS.group
    subject = text[claim.subject.head_start : claim.subject.head_end].casefold()
    return subject in own and text[inner.head_start : inner.head_end].casefold() not in own


def _is_within(quoted: Sequence[Quote], claim: Claim) -> bool:
    place = claim.predicate.start
    return any(s <= place < e for quote in quoted for s, e in quote.parts)


def _with_questions(turns: Iterable[Turn]) -> Iterator[tuple[Turn, Turn | None]]:
    """Each turn that answers, with the turn right before it, where that asks."""
    before: Turn | None = None
    for turn in turns:
        if not turn.asks:
            yield turn, before if before is not None and before.asks else None
        before = turn


def _question(doc: Doc, asked: Turn | None) -> str | None:
    """What was asked: the end of a turn, where it is a question; "Right?" and "Or was it later?"
    with what stands before them."""
    if asked is None:
        return None
    start, end = asked.parts[-1]
    span = doc.char_span(start, end, alignment_mode="contract")
    if not span or not asks(span.text):
        return None
    first = span[-1].sent.start
    while first > span.start and (
        len(doc[first : span.end]) < _LEAST or doc[first].lower_ in words().short["joining"]
    ):
        first = doc[first - 1].sent.start
    question = " ".join(doc[max(first, span.start) : span.end].text.split())
    question = _NUMBER.sub("", question)
    return f"asked “{question}”" if len(question.split()) <= _LONGEST_QUESTION else None


def _tells(doc: Doc, turn: Turn) -> bool:
    """Whether an answer says something: not "I sure do, I sure do.", "Have a good day." nor what
    another one goes on with ("than for her own ...")."""
    said = [token for token in _tokens(doc, turn.parts) if token.is_alpha or token.like_num]
    if len(said) <= _LEAVE and words().farewells.search(text_of(doc)[: turn.parts[-1][1]].rstrip()):
        return False
    known = words().short["empty"]
    telling = {
        token.lemma_.lower(): token.pos_ in ("NOUN", "PROPN", "NUM")
        for token in said
        if token.pos_ in ("NOUN", "PROPN", "NUM", "VERB", "ADJ")
        and token.lemma_.lower() not in known
    }
    if len(said) < _LEAST or not (any(telling.values()) or len(telling) >= _TELLING):
        return False
    whole = text_of(doc)[turn.parts[0][0] : turn.parts[-1][1]].strip()
    return len(said) >= _BROKEN or not (whole.startswith(_PAUSES) or whole.endswith(_PAUSES))


def _quotation(article: Article, turn: Turn, question: str | None) -> Quote:
    text = article.text
    start, end = turn.parts[0][0], turn.parts[-1][1]
    mark = turn.mark
    return Quote(
        key=f"q{start}-{end}",
        text=" ".join(" ".join(text[s:e].split()) for s, e in turn.parts),
        start=start,
        end=end,
        parts=turn.parts,
        speech="direct",
        speaker=_argument(turn.speaker),
        cue=text[slice(*mark)].strip() if mark else None,
        evidence_start=min(start, mark[0]) if mark else start,
        evidence_end=end,
        cue_start=mark[0] if mark else None,
        cue_end=mark[1] if mark else None,
        occasion=question,
        confidence=_how_sure(turn),
        extractor="turns",
        block=block_of(article, start),
    )


def _how_sure(turn: Turn) -> float:
    if not turn.speaker.named and turn.speaker.name in (INTERVIEWEE, INTERVIEWEES):
        return 0.5  # that it was said is sure, but not by whom
    return 0.95 if turn.mark else 0.85


# --- I, we, you --------------------------------------------------------------------------------


def _first_person(
    doc: Doc, turns: Sequence[Turn], quoted: Sequence[Quote], claims: Iterable[Claim]
) -> dict[int, Argument]:
    """Each "I" of an answer is its speaker; "we", of what has been done, the body that the speaker
    leads, else the speaker and others. What the speaker quotes is left out."""
    bodies = _bodies(doc, turns, claims)
    links: dict[int, Argument] = {}
    for turn in turns:
        group = bodies.get(turn.speaker.name)
        if group is None and turn.speaker.named:
            group = _with_others(turn.speaker)
        for token in () if turn.asks else _tokens(doc, turn.parts):
            if any(s <= token.idx < e for quote in quoted for s, e in quote.parts):
                continue
            if token.lower_ in PRONOUNS.speaker:
                links[token.idx] = _one_of(turn.speaker)
            elif group is not None and token.lower_ in PRONOUNS.group and _is_done(token):
                links[token.idx] = group
    return links


def _addressed(doc: Doc, question: Turn, answer: Turn) -> dict[int, Argument]:
    """Each "you" of a question -> who answers it."""
    return {
        token.idx: _argument(answer.speaker)
        for token in _tokens(doc, question.parts)
        if token.lower_ in PRONOUNS.hearer
    }


def _tokens(doc: Doc, parts: Iterable[tuple[int, int]]) -> Iterator[Token]:
    for start, end in parts:
        yield from doc.char_span(start, end, alignment_mode="expand") or ()


def _is_done(token: Token) -> bool:
    """Whether the verb above tells of something done: "we know", "we see" may be everybody."""
    verb = token
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    return verb.tag_ == "VBD" or (
        verb.tag_ in ("VBN", "VBG") and any(c.pos_ == "AUX" for c in verb.children)
    )


def _bodies(doc: Doc, turns: Sequence[Turn], claims: Iterable[Claim]) -> dict[str, Argument]:
    """The one body that the article says a speaker leads or speaks for."""
    text = text_of(doc)
    found: dict[str, dict[str, Argument]] = {}
    speakers = {t.speaker.name: t.speaker for t in turns if not t.asks}
    turn_at = _finder(turns)
    for claim in claims:
        if claim.status != "asserted":
            continue
        subject = text[claim.subject.head_start : claim.subject.head_end]
        turn = turn_at(claim.subject.head_start)
        for name, speaker in speakers.items():
            if turn is None:
                own = speaker.named and subject.split()[-1:] == name.split()[-1:]
            else:
                own = turn.speaker.name == name and subject.casefold() == "i"
                own = own and claim.predicate.property != "founded"  # one of many, long ago
            for body in _body(claim) if own else ():
                found.setdefault(name, {})[body.label.casefold()] = body
    return {name: next(iter(of.values())) for name, of in found.items() if len(of) == 1}


def _body(claim: Claim) -> Iterator[Argument]:
    if claim.predicate.property in _LEADS and claim.object.kind == "mention":
        yield claim.object
    if claim.predicate.property == "hasRole" and "spokes" in claim.object.label:
        yield from (a for a in claim.arguments if a.role in ("at", "of") and a.kind == "mention")


# --- yes and no --------------------------------------------------------------------------------


def _taken_over(doc: Doc, question: Turn, answer: Turn, claims: Iterable[Claim]) -> Iterator[Claim]:
    """What a question asks, as the answer's: where that begins with a bare yes or no, and the last
    sentence is one clause that can be answered so."""
    agrees = _short(text_of(doc)[slice(*answer.parts[0])])
    start, end = question.parts[-1]
    sentences = [s for s in doc.sents if start <= s.start_char < end]
    clause = _asked(sentences[-1]) if sentences else None
    if agrees is None or clause is None:
        return
    status = _asks_whether(sentences[-1]) if agrees else "denied"
    for claim in claims:
        here = claim.start >= sentences[-1].start_char
        if here and claim.predicate.start <= clause.idx < claim.predicate.end:
            yield replace(
                claim,
                status=status or claim.status,
                polarity="positive" if agrees else "negative",
                certainty=standing(status or claim.status).certainty,
                attribution=_argument(answer.speaker),
            )


def _short(text: str) -> bool | None:
    """Whether an answer begins with a bare yes (true) or no (false); None: it doesn't."""
    sentences = [found[0].strip() for found in _SENTENCE.finditer(text)]
    known = words().short
    if not sentences:
        return None
    if len(sentences) > 1 and sentences[1].split()[0].casefold().strip(",") in known["unless"]:
        return None
    first = sentences[0].casefold().replace("’", "'").rstrip(".! ")
    return True if first in known["yes"] else False if first in known["no"] else None


def _asks_whether(sentence: Span) -> Status | None:
    """How what the sentence asks stands when the answer is yes, by its first word; None where it
    is no question that yes or no answers."""
    first = next((token for token in sentence if token.is_alpha), None)
    known: dict[str, Status] = words().short["asking"]
    return known.get(first.lower_) if first is not None else None


def _asked(sentence: Span) -> Token | None:
    """The head of the clause that a question of yes or no is about; None where it asks for
    something else, offers a choice, or is negative itself."""
    if not asks(sentence.text) or _asks_whether(sentence) is None:
        return None
    if any(token.lower_ in words().short["open"] for token in sentence):
        return None
    root = sentence.root
    if root.lemma_ in words().short["whether"]:
        inner = [c for c in root.children if c.dep_ in ("ccomp", "csubj", "advcl")]
        return inner[0] if len(inner) == 1 else None
    return root
