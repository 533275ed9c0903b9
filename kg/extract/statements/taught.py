"""Relations that a user taught by examples, read by what the network learned of them (`kg.taught`).

A pair of ends in one sentence is described by four rows of the encoder's states (each end, what stands
between them, the words on the path that joins them in the tree; the mean of each) and by features with
a name: what kinds of ends they are, what lists of places know of them, which comes first, the words
between and on the path. A logistic regression over these judges it; ``kg.teaching`` finds its weights.
What it finds is told as possible, for of whole documents most of it is wrong; as the sentence has it only from the score on
from which it was right often enough (``docs/quality.md``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import numpy as np
from spacy.tokens import Doc, Token

from kg.analysis import analysis_of
from kg.extract.factuality.standing import standing, weaker
from kg.extract.factuality.status import presupposed, status
from kg.extract.grammar.annotations import name_at
from kg.extract.grammar.arguments import argument
from kg.extract.grammar.index import above, tagged, tokens_of
from kg.extract.grammar.noun_phrases import char_range
from kg.extract.grammar.tree import sentence_of
from kg.extract.statements.blocks import in_block
from kg.extract.statements.claims import make_claim
from kg.extract.statements.pair_features import Place, places
from kg.extract.statements.related import related
from kg.lexicon import property_label
from kg.model import Article, Claim, Predicate
from kg.places import known_place
from kg.taught import Taught

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float32]

EXTRACTOR: Final = "taught"
NOUN: Final = "noun"
_FARTHEST: Final = 40  # words between the two
_MOST_BETWEEN: Final = (12, 4)  # words between that count, the first and the last
_SHORT: Final = 4  # words between that are taken as they stand
_STEPS: Final = 32.0  # a state of 1.0 is so many (kg.nlp.parser)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two ends of a sentence. ``path`` are the words that join them in the tree, from the subject's
    side; ``top`` is the word under which both stand."""

    subject: Place
    object: Place
    path: tuple[Token, ...]
    top: Token | None


@dataclass(frozen=True, slots=True)
class Told:
    """A relation that is told of a pair, with its score; ``firm`` as the sentence has it, not as possible."""

    relation: Taught
    score: float
    firm: bool

    @property
    def confidence(self) -> float:
        """The share that was right of what is told so."""
        return self.relation.confidence(self.score, self.firm)


def pair(subject: Place, object_: Place) -> Pair:
    """The pair with what joins it."""
    up, down = above(subject.head), above(object_.head)
    place = {token.i: n for n, token in enumerate(down)}
    ends = (subject.head.i, object_.head.i)
    for n, token in enumerate(up):
        if token.i in place:
            joined = (*up[:n], token, *reversed(down[: place[token.i]]))
            return Pair(subject, object_, tuple(t for t in joined if t.i not in ends), token)
    return Pair(subject, object_, (), None)


def ends(doc: Doc) -> list[Place]:
    """What can be an end: names, dates and the nouns beside them, in text order."""
    found = [place for place in places(doc) if place.label != "PRON"]
    taken = {i for place in found for i in range(place.start, place.end)}
    for token in (t for t in tagged(doc, ("NOUN",)) if t.i not in taken):
        if token.dep_ not in ("compound", "flat", "fixed", "goeswith"):
            found.append(noun(token))
    return sorted(found, key=lambda p: (p.start, p.end))


def noun(token: Token) -> Place:
    """A noun with what stands before it and belongs to it: "lyric soprano"."""
    start = token.i
    while start and token.doc[start - 1].head.i == token.i and token.doc[start - 1].dep_ in (
        "compound",
        "amod",
    ):  # fmt: skip
        start -= 1
    return Place(start, token.i + 1, NOUN, token)


def end_at(doc: Doc, start: int, stop: int) -> Place | None:
    """The end that stands at this range of characters, of the kind that `ends` would give it."""
    span = doc.char_span(start, stop, alignment_mode="expand")
    if span is None or not len(span):
        return None
    head = span.root
    near = [p for p in ends(doc) if p.start < span.end and span.start < p.end]
    kind = next(
        (p.label for p in near if p.start <= head.i < p.end), near[-1].label if near else NOUN
    )
    return Place(span.start, span.end, kind, head)


def pairs_of(group: Sequence[Place]) -> Iterator[Pair]:
    """All ordered pairs of the ends of one sentence that stand apart and near enough."""
    for one in group:
        for other in group:
            apart = one.end <= other.start or other.end <= one.start
            if apart and abs(one.start - other.start) <= _FARTHEST:
                yield pair(one, other)


def rows(one: Pair, states: Floats) -> list[Floats]:
    """The mean states of the subject, the object, what is between them, and the path that joins them;
    nought where a part has no words."""
    subject, object_ = one.subject, one.object
    first, second = sorted((subject, object_), key=lambda p: p.start)
    none = np.zeros(states.shape[1], np.float32)

    def mean(indices: Iterable[int]) -> Floats:
        at = list(indices)
        found: Floats = states[at].mean(axis=0) if at else none
        return found

    return [
        mean(range(subject.start, subject.end)),
        mean(range(object_.start, object_.end)),
        mean(range(first.end, second.start)),
        mean(token.i for token in one.path),
    ]


def states_of(doc: Doc) -> Floats | None:
    """The encoder's states of a document; None where its pipeline has none."""
    found = analysis_of(doc).states
    return None if found is None or not found.shape[1] else found.astype(np.float32) / _STEPS


def features(one: Pair) -> list[str]:
    """The features with a name, sorted."""
    subject, object_ = one.subject, one.object
    order = "<" if subject.start < object_.start else ">"
    first, second = (subject, object_) if order == "<" else (object_, subject)
    tokens = [t for t in tokens_of(subject.head.doc)[first.end : second.start] if not t.is_space]
    near, last = _MOST_BETWEEN
    words = tokens if len(tokens) <= near + last else [*tokens[:near], *tokens[-last:]]
    found = {
        f"subject:{subject.label}",
        f"object:{object_.label}",
        f"kinds:{subject.label}|{object_.label}",
        f"order:{order}",
        f"far:{order}{min(len(tokens), 12) // 3}",
        f"steps:{min(len(one.path), 8)}",
    }
    found |= _kinds(one, order) | _gap(one, order, [t.lower_ for t in tokens])
    for side, end in (("subject", subject), ("object", object_)):
        if end.label != "PERSON":  # a given name says nothing of others
            found.add(f"{side} word:{end.head.lemma_.lower()}")
    found |= {f"between:{t.lemma_.lower()}" for t in words}
    found |= {f"path:{t.lemma_.lower()}" for t in one.path}
    if one.top is not None:
        found.add(f"top:{one.top.lemma_.lower()}")
    if len(one.path) <= 3:
        found.add(
            f"shape:{order}{' '.join(t.dep_ for t in (subject.head, *one.path, object_.head))}"
        )
    return sorted(found)


def _kinds(one: Pair, order: str) -> set[str]:
    """What the two are, finer than their labels, and whether they are of one country."""
    (subject, own), (object_, other) = (_known(end) for end in (one.subject, one.object))
    found = {
        f"subject is:{subject}",
        f"object is:{object_}",
        f"are:{subject}|{object_}",
        f"are:{order}{subject}|{object_}",
    }
    if own and other:
        land = "same" if own == other else "other"
        found |= {f"land:{land}", f"land:{land} {subject}|{object_}"}
    return found


def _known(end: Place) -> tuple[str, str]:
    """The kind of an end and the letters of its country; its label where no list has its name, or it is
    a person, who may be called as a town."""
    words = end.head.doc[end.start : end.end].text
    place = known_place(words) if end.label != "PERSON" else None
    return (place.kind, place.land) if place is not None else (end.label, "")


def _gap(one: Pair, order: str, words: Sequence[str]) -> set[str]:
    """A short stretch between the two as it stands, alone and with the kind of each; the first word of
    any and the last."""
    found = {f"first:{order}{words[0]}", f"last:{order}{words[-1]}"} if words else set()
    if len(words) <= _SHORT:
        gap = f"gap:{order}{' '.join(words)}"
        found |= {gap, *(f"{gap}|{_known(end)[0]}" for end in (one.subject, one.object))}
    return found


def score(known: Taught, states: Sequence[Floats], named: Iterable[str]) -> float:
    """The log odds of a pair with these rows and features."""
    total = known.bias + sum(known.words.get(name, 0.0) for name in named)
    for weights, middle, row in zip(_weights(known), known.middles, states, strict=True):
        if row.any():
            total += float(weights @ row) - middle
    return total


@lru_cache(maxsize=64)
def _weights(known: Taught) -> Floats:
    return np.array(known.states, np.float32)


def taught(doc: Doc, article: Article) -> Iterator[Claim]:
    """The claims of relations that were taught, in text order; none where nothing was."""
    lessons = analysis_of(doc).taught
    states = states_of(doc) if lessons is not None else None
    if lessons is None or states is None:
        return
    groups: dict[tuple[int, int], list[Place]] = {}
    for place in ends(doc):
        groups.setdefault(sentence_of(place.head), []).append(place)
    for group in groups.values():
        for one in pairs_of(group):
            for one_told in found(lessons.relations, one, states):
                claim = _claim(one_told, one)
                if claim is not None:
                    yield in_block(claim, article)


def found(relations: Sequence[Taught], one: Pair, states: Floats) -> list[Told]:
    """The relations that are told of a pair."""
    kinds = (one.subject.label, one.object.label)
    if not any(suits(known, kinds) for known in relations):
        return []
    return told(relations, kinds, rows(one, states), features(one))


def suits(known: Taught, kinds: tuple[str, str]) -> bool:
    """Whether ends of these kinds can stand in the relation."""
    return kinds[0] in known.subjects and kinds[1] in known.objects


def told(
    relations: Iterable[Taught],
    kinds: tuple[str, str],
    parts: Sequence[Floats],
    named: Sequence[str],
) -> list[Told]:
    """The same of a pair with these kinds, rows and features."""
    suited = [known for known in relations if suits(known, kinds)]
    any_ = related().score(kinds, parts, named) if any(known.related for known in suited) else 0.0
    scored = [(known, score(known, parts, named)) for known in suited]
    made = [Told(known, total, known.is_sure(total, any_)) for known, total in scored]
    return [one for one in made if one.firm or one.relation.is_told(one.score)]


def _claim(told_: Told, one: Pair) -> Claim | None:
    known = told_.relation
    subject, object_ = argument(one.subject.head, "subject"), argument(one.object.head, "object")
    if subject is None or object_ is None or subject.kind == "literal":
        return None
    if subject.head_start < object_.head_end and object_.head_start < subject.head_end:
        return None
    trigger = _trigger(one)
    start, end = char_range([trigger])
    said = status(trigger) if trigger.pos_ == "VERB" else presupposed(trigger)
    return make_claim(
        subject,
        Predicate(property_label(known.relation), trigger.text, start, end, known.relation),
        object_,
        said if told_.firm else weaker(said, standing("possible")),
        extractor=EXTRACTOR,
        confidence=told_.confidence,
    )


def _trigger(one: Pair) -> Token:
    """The word that tells it best: a verb or noun on the path, the one under which both stand first."""
    path = [t for t in (one.top, *one.path) if t is not None and name_at(t) is None]
    for tags in (("VERB",), ("NOUN", "ADJ")):
        for token in path:
            if token.pos_ in tags:
                return token
    return one.object.head
