"""Who the parties of the turns are, by the parse of the article.

`part` tells the parser where turns begin; `named` finds the name of an interviewee whom only the
text before the first turn names, and puts the mentions of the article in order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kg.extract.speech.turns import INTERVIEWEE, Speaker, Turn, words
from kg.extract.words.load import rule_words
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Article, Mention

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

_ABOUT: Final = re.compile(r"\b(?:about|on|over|called)\b")
_REPORTERS: Final = rule_words("parties")["reporters"]


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
    nobody is "he" or "the mayor" in their own words."""
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
    doc._.kg_mentions = _mentions(doc._.kg_mentions, turns, article.publisher or "")
    return turns


def _introduced(doc: Doc, article: Article, turns: tuple[Turn, ...]) -> Speaker | None:
    """The one person whom the text before the first turn says it talked to: named where the lead,
    or the paragraph before the first question, tells so; where it says "she", the one named most;
    else the only one. None where it may be several."""
    if all(turn.asks or turn.speaker.named for turn in turns):
        return None
    first = min(turn.mark[0] if turn.mark else turn.parts[0][0] for turn in turns)
    people = [ent for ent in doc.ents if ent.label_ == "PERSON" and ent.end_char <= first]
    people = [ent for ent in people if not _is_reporter(ent, article)]
    count = Counter(_surname(ent) for ent in people)
    telling = list(_telling(article, doc, first))
    alone = len(count) == 1 and not any(_is_topic(e, s) for e in people for s in telling)
    told = people if alone else _told_of(people, telling)
    if not told:
        return None
    best = max(count[_surname(ent)] for ent in told)
    most = [ent for ent in told if count[_surname(ent)] == best]
    if len({_surname(ent) for ent in most}) > 1:
        return None
    known = [ent for ent in people if _surname(ent) == _surname(most[0])]
    full = max(known, key=lambda ent: (len(ent), -ent.start))
    return Speaker(full.text, full.start_char, full.end_char, named=True)


def _told_of(people: list[Span], sentences: Iterable[Span]) -> list[Span]:
    """Of the people those who can be meant by the first sentence that tells of a talk. A headline
    that names nobody ("Interview with a bar owner") decides nothing."""
    for sentence in sentences:
        named_here = [ent for ent in people if _is_told_of(ent, sentence)]
        if named_here or "\n" in sentence.doc.text[: sentence.start_char]:
            whom = any(token.lower_ in PRONOUNS.third for token in sentence)
            return named_here or (people if whom else [])
    return []


def _telling(article: Article, doc: Doc, first: int) -> Iterator[Span]:
    """The sentences of the headline, the first and the last two paragraphs before a place, that
    tell of a talk with somebody."""
    before = [block for block in article.blocks if block.end <= first]
    plain = [block for block in before if block.kind in ("paragraph", "keypoint")]
    heads = [block for block in before if block.kind == "headline"]
    places = [(b.start, b.end) for b in (*heads, *plain[:1], *plain[-2:])]
    for sentence in doc.sents:
        here = any(start <= sentence.start_char < end for start, end in places)
        if here and words().cues.search(sentence.text):
            yield sentence


def _is_told_of(ent: Span, sentence: Span) -> bool:
    """Whether the sentence may say that this person was talked to."""
    return sentence.start <= ent.start < sentence.end and not _is_topic(ent, sentence)


def _is_topic(ent: Span, sentence: Span) -> bool:
    """Whether the talk that the sentence tells of was *about* this person."""
    if not sentence.start <= ent.start < sentence.end:
        return False
    between = sentence.text[: ent.start_char - sentence.start_char]
    cue = words().cues.search(between)
    return cue is not None and _ABOUT.search(between, cue.end()) is not None


def _surname(ent: Span) -> str:
    return str(ent.text.removesuffix("'s").removesuffix("’s").split()[-1].casefold())


def _is_reporter(ent: Span, article: Article) -> bool:
    before = ent.doc[max(0, ent.start - 2) : ent.start]
    named_so = any(token.lower_ in _REPORTERS for token in before)
    return named_so or any(_surname(ent) in author.casefold() for author in article.authors)


def _mentions(
    mentions: Sequence[Mention], turns: Sequence[Turn], outlet: str
) -> tuple[Mention, ...]:
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
    present = _present(turns, clusters)
    whole = tuple(place for turn in turns for place in turn.parts)
    present += [(whole, cluster) for cluster in _clusters_of(outlet, mentions)]
    kept = [m for m in kept if m.kind == "name" or not _is_present(m, present)]
    return tuple(sorted([*kept, *places.values()], key=lambda m: (m.start, m.end, m.cluster)))


def _cluster(name: str, mentions: Sequence[Mention], new: int) -> int:
    """The cluster in which a mention has just this name, or ``new``."""
    same = (
        m.cluster for m in mentions if m.kind == "name" and m.text.casefold() == name.casefold()
    )
    return next(same, new)


def _clusters_of(outlet: str, mentions: Sequence[Mention]) -> set[int]:
    """The clusters in which a name is the outlet's, who is no "council" of its interview."""
    name = outlet.casefold().removeprefix("the ")
    named_so = (m for m in mentions if m.kind == "name" and name)
    return {m.cluster for m in named_so if m.text.casefold().removeprefix("the ") == name}


def _present(
    turns: Sequence[Turn], clusters: dict[str, int]
) -> list[tuple[tuple[tuple[int, int], ...], int]]:
    """The words of each turn, with the cluster of the one who speaks there or is asked."""
    found = []
    for turn, following in zip(turns, [*turns[1:], None], strict=True):
        party = following if turn.asks and following is not None else turn
        if party.speaker.name in clusters:
            found.append((turn.parts, clusters[party.speaker.name]))
    return found


def _is_present(
    mention: Mention, present: Sequence[tuple[tuple[tuple[int, int], ...], int]]
) -> bool:
    """Whether it would mean somebody who is "I" or "you" there: nobody is "he" or "the mayor" in
    their own words."""
    return any(
        mention.cluster == cluster and any(s <= mention.start < e for s, e in parts)
        for parts, cluster in present
    )
