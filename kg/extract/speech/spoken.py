"""What it means that words stand in somebody's turn: whose they are, and that they are theirs.

`part` tells the pipeline where turns begin, before it parses; `named` finds out who an interviewee
without a name is; `voice` gives what was extracted to its speakers. What the one who asks says is
left out; what an answer says is claimed by its speaker, and the turn is a quotation. "Yes" and "No"
take over what was asked where that is one whole clause.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kg.extract.speech.turns import INTERVIEWEE, Speaker, Turn, asks, words
from kg.extract.standing import standing
from kg.model import Argument, Article, Claim, Mention, Quote

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

#: The role of an argument that is whoever has the turn: known in this article only, if not by name.
TURN: Final = "turn"
_SINGULAR: Final = frozenset({"i", "me", "my", "mine", "myself"})
_PLURAL: Final = frozenset({"we", "us", "our", "ours", "ourselves"})
_YOU: Final = frozenset({"you", "your", "yours", "yourself"})
_THIRD: Final = frozenset({"he", "him", "his", "himself", "she", "her", "hers", "herself"})
_BODY: Final = frozenset({"worksFor", "memberOf", "leads", "founded"})
_SENTENCE: Final = re.compile(r"[^.!?]+[.!?]*\s*")
_REPORTERS: Final = frozenset({"reporter", "correspondent", "journalist", "editor", "host"})


@dataclass(frozen=True, slots=True)
class Voiced:
    """Claims and quotes with their speakers; ``first_person`` maps the offset of an "I" or "we"
    (in a question that is taken over: a "you") to whom it means."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    first_person: dict[int, Argument]


def part(doc: Doc, turns: Iterable[Turn]) -> None:
    """Make the words of each turn begin a sentence, so that no mark is parsed as a part of it."""
    starts = {start for turn in turns for start, _ in turn.parts}
    if starts:
        for token in doc:
            if token.idx in starts and token.i:
                token.is_sent_start = True


def named(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """The turns, with the name of an interviewee whom only the text before them names, and with
    the mentions of ``doc`` in order: a speaker's mark is a mention, that of who asks is none, and
    nobody says "he" of themselves."""
    if not turns:
        return turns
    whom = _introduced(doc, article, turns)
    if whom is not None:
        turns = tuple(
            replace(turn, speaker=whom)
            if turn.speaker.name == INTERVIEWEE and not turn.asks
            else turn
            for turn in turns
        )
    doc._.kg_mentions = _mentions(doc._.kg_mentions, turns)
    return turns


def _introduced(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> Speaker | None:
    """The one person whom the text before the first turn says it talked to: named in the sentence
    that tells so, or there "she", and named most. None where it may be several."""
    if all(turn.asks or turn.speaker.named for turn in turns):
        return None
    first = min(turn.mark[0] if turn.mark else turn.parts[0][0] for turn in turns)
    people = [ent for ent in doc.ents if ent.label_ == "PERSON" and ent.end_char <= first]
    people = [ent for ent in people if not _is_reporter(ent, article)]
    cued = [ent for ent in people if words().cues.search(ent.sent.text)]
    told = cued or people
    count = Counter(_surname(ent) for ent in people)
    if not told:
        return None
    best = max(count[_surname(ent)] for ent in told)
    most = [ent for ent in told if count[_surname(ent)] == best]
    if len({_surname(ent) for ent in most}) > 1:
        return None
    known = [ent for ent in people if _surname(ent) == _surname(most[0])]
    full = max(known, key=lambda ent: (len(ent), -ent.start))
    return Speaker(full.text, full.start_char, full.end_char, named=True)


def _surname(ent: Span) -> str:
    return str(ent.text.removesuffix("'s").removesuffix("’s").split()[-1].casefold())


def _is_reporter(ent: Span, article: Article) -> bool:
    before = ent.doc[max(0, ent.start - 2) : ent.start]
    named_so = any(token.lower_ in _REPORTERS for token in before)
    return named_so or any(_surname(ent) in author.casefold() for author in article.authors)


def _mentions(mentions: Sequence[Mention], turns: Sequence[Turn]) -> tuple[Mention, ...]:
    marks = [turn.mark for turn in turns if turn.mark is not None]
    kept = [
        m for m in mentions
        if not any(start <= m.start < end for start, end in marks)
    ]  # fmt: skip
    number = max((m.cluster for m in mentions), default=-1) + 1
    clusters: dict[str, int] = {}
    places: dict[tuple[int, int], Mention] = {}
    for turn in turns:
        who = turn.speaker
        if turn.asks or not who.named:
            continue
        if who.name not in clusters:
            clusters[who.name] = _cluster(who.name, kept, number)
            number = max(number, clusters[who.name]) + 1
        if not any(m.start <= who.start and who.end <= m.end and m.kind == "name" for m in kept):
            place = (who.start, who.end)
            places[place] = Mention(*place, who.name, "name", "PERSON", clusters[who.name])
    own = [(turn, clusters[turn.speaker.name]) for turn in turns if turn.speaker.name in clusters]
    kept = [m for m in kept if not _of_themselves(m, own)]
    return tuple(sorted([*kept, *places.values()], key=lambda m: (m.start, m.end, m.cluster)))


def _cluster(name: str, mentions: Sequence[Mention], new: int) -> int:
    """The cluster in which a mention has just this name, or ``new``."""
    same = (m.cluster for m in mentions if m.kind == "name" and m.text.casefold() == name.casefold())
    return next(same, new)


def _of_themselves(mention: Mention, own: Sequence[tuple[Turn, int]]) -> bool:
    """A "he" in a turn of the one that it would mean."""
    return mention.text.casefold() in _THIRD and any(
        mention.cluster == cluster and any(s <= mention.start < e for s, e in turn.parts)
        for turn, cluster in own
    )


# --- what was extracted ------------------------------------------------------------------------


def voice(
    doc: Doc, turns: Sequence[Turn], claims: Iterable[Claim], quotes: Iterable[Quote]
) -> Voiced:
    """The claims and quotes of an article whose turns these are, each as its speaker's."""
    claims, quotes = tuple(claims), tuple(quotes)
    if not turns:
        return Voiced(claims, quotes, {})
    quoted = [q for q in quotes if q.speech == "direct" and q.speaker is not None]
    links = _first_person(doc, turns, quoted, claims)
    taken: dict[str, Claim] = {}
    for turn, following in zip(turns, turns[1:], strict=False):
        if turn.asks and not following.asks:
            for claim in _taken_over(doc, turn, following, claims):
                taken[claim.key] = claim
                links |= _addressed(doc, turn, following)
    said = [taken.get(c.key) or _said(doc, turns, quoted, c) for c in claims]
    outside = [q for q in quotes if _turn_at(turns, q.start) is None]
    spoken = [_quotation(doc, turn) for turn in turns if not turn.asks]
    return Voiced(
        tuple(claim for claim in said if claim is not None),
        tuple(sorted([*outside, *spoken], key=lambda q: (q.start, q.end, q.key))),
        links,
    )


def _turn_at(turns: Sequence[Turn], place: int) -> Turn | None:
    """The turn in whose words this place is."""
    return next((t for t in turns for s, e in t.parts if s <= place < e), None)


def _argument(speaker: Speaker) -> Argument:
    return Argument(
        role=TURN,
        kind="mention" if speaker.named else "topic",
        start=speaker.start,
        end=speaker.end,
        head_start=speaker.start,
        head_end=speaker.end,
        label=speaker.name,
        type="Person",
    )


def _said(
    doc: Doc, turns: Sequence[Turn], quoted: Sequence[Quote], claim: Claim
) -> Claim | None:
    """The claim as its speaker's, or as that of somebody whom the speaker cites by name or word for
    word (``quoted``); None where who asks says it, or the mark of who asks."""
    turn = _turn_at(turns, claim.predicate.start)
    if turn is None:
        marks = (t.mark for t in turns if t.asks and t.mark is not None)
        return None if any(s <= claim.predicate.start < e for s, e in marks) else claim
    if turn.asks:
        return None
    inner = claim.attribution
    kept = inner is not None and (_is_named(doc, inner) or _is_within(quoted, claim))
    return replace(
        claim,
        status="claimed" if claim.status == "asserted" else claim.status,
        certainty=min(claim.certainty, standing("claimed").certainty),
        attribution=inner if kept else _argument(turn.speaker),
    )


def _is_named(doc: Doc, inner: Argument) -> bool:
    """Whether whom a speaker cites has a name: "the mayor said", "it shows", "some say" are no
    better known than what the speaker says."""
    names = {m.cluster for m in doc._.kg_mentions if m.kind == "name"}
    return any(
        m.cluster in names and m.start <= inner.head_start and inner.head_end <= m.end
        for m in doc._.kg_mentions
    )


def _is_within(quoted: Sequence[Quote], claim: Claim) -> bool:
    place = claim.predicate.start
    return any(s <= place < e for quote in quoted for s, e in quote.parts)


def _quotation(doc: Doc, turn: Turn) -> Quote:
    text = doc.text
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
        confidence=0.95 if mark else 0.85,
        extractor="turns",
    )


# --- I, we, you --------------------------------------------------------------------------------


def _first_person(
    doc: Doc, turns: Sequence[Turn], quoted: Sequence[Quote], claims: Iterable[Claim]
) -> dict[int, Argument]:
    """Each "I" of an answer is its speaker; "we", of what has been done, the speaker's body, where
    the article tells one. What the speaker quotes is left out."""
    bodies = _bodies(doc, turns, claims)
    links: dict[int, Argument] = {}
    for turn in turns:
        body = bodies.get(turn.speaker.name)
        for token in () if turn.asks else _tokens(doc, turn.parts):
            if any(s <= token.idx < e for quote in quoted for s, e in quote.parts):
                continue
            if token.lower_ in _SINGULAR:
                links[token.idx] = _argument(turn.speaker)
            elif body is not None and token.lower_ in _PLURAL and _is_done(token):
                links[token.idx] = body
    return links


def _addressed(doc: Doc, question: Turn, answer: Turn) -> dict[int, Argument]:
    """Each "you" of a question -> who answers it."""
    return {
        token.idx: _argument(answer.speaker)
        for token in _tokens(doc, question.parts)
        if token.lower_ in _YOU
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


def _bodies(
    doc: Doc, turns: Sequence[Turn], claims: Iterable[Claim]
) -> dict[str, Argument]:
    """The one body that the article says a speaker works for, is a member of, or leads."""
    text = doc.text
    found: dict[str, dict[str, Argument]] = {}
    speakers = {t.speaker.name: t.speaker for t in turns if not t.asks}
    for claim in claims:
        if claim.status != "asserted":
            continue
        subject = text[claim.subject.head_start : claim.subject.head_end]
        turn = _turn_at(turns, claim.subject.head_start)
        for name, speaker in speakers.items():
            if turn is None:
                own = speaker.named and subject.split()[-1:] == name.split()[-1:]
            else:
                own = turn.speaker.name == name and subject.casefold() == "i"
            for body in _body(claim) if own else ():
                found.setdefault(name, {})[body.label.casefold()] = body
    return {name: next(iter(of.values())) for name, of in found.items() if len(of) == 1}


def _body(claim: Claim) -> Iterator[Argument]:
    if claim.predicate.property in _BODY and claim.object.kind == "mention":
        yield claim.object
    if claim.predicate.property == "hasRole":
        yield from (a for a in claim.arguments if a.role in ("at", "of") and a.kind == "mention")


# --- yes and no --------------------------------------------------------------------------------


def _taken_over(
    doc: Doc, question: Turn, answer: Turn, claims: Iterable[Claim]
) -> Iterator[Claim]:
    """What a question asks, as the answer's: where that begins with a bare yes or no, and the last
    sentence is one clause that can be answered so."""
    agrees = _short(doc.text[slice(*answer.parts[0])])
    if agrees is None:
        return
    start, end = question.parts[-1]
    span = doc.char_span(start, end, alignment_mode="expand")
    sentence = list(span.sents)[-1] if span else None
    clause = _asked(sentence) if sentence is not None else None
    if sentence is None or clause is None:
        return
    status = words().short["asking"][_first_word(sentence).lower_] if agrees else "denied"
    for claim in claims:
        if claim.predicate.start <= clause.idx < claim.predicate.end and sentence.start_char <= claim.start:
            yield replace(
                claim,
                status=status,
                polarity="positive" if agrees else "negative",
                certainty=standing(status).certainty,
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


def _first_word(sentence: Span) -> Token:
    return next((t for t in sentence if t.is_alpha), sentence[0])


def _asked(sentence: Span) -> Token | None:
    """The head of the clause that a question of yes or no is about; None where it asks for
    something else, offers a choice, or is negative itself."""
    if not asks(sentence.text) or _first_word(sentence).lower_ not in words().short["asking"]:
        return None
    if any(t.lower_ in ("or", "not", "n't", "n’t", "never", "ever", "any", "if") for t in sentence):
        return None
    root = sentence.root
    if root.lemma_ in ("true", "right", "correct"):
        inner = [c for c in root.children if c.dep_ in ("ccomp", "csubj", "advcl")]
        return inner[0] if len(inner) == 1 else None
    return root
