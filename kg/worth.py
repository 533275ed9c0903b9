"""How likely an editor wants a statement in a graph, 0 to 1, told with its article open.

A logistic regression (``worth.toml``), learned from statements that readers marked as wanted, marginal or
noise (``training/worth.py``). Of a claim it weighs what it rests on (`kg.extract.statements.features`), how sure
it is, and who is at its ends: named, of which class, how often told of, holder of a post. Of a quotation
it weighs who speaks, and what is in it: names, numbers, days, "I" and "you", adjectives, a statement
that is sure by itself. `kg.limits` asks for it.
"""

from __future__ import annotations

import tomllib
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from typing import Final

from spacy.tokens import Doc, Span, Token

from kg.analysis import analysis_of
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.tree import sentence_starts
from kg.extract.statements.confidence import chance
from kg.extract.statements.features import Features, Reader, words_of
from kg.extract.words.load import word_sets
from kg.extract.words.pronouns import PRONOUNS
from kg.model import Claim, LinkedClaim, LinkedQuote, LocalEntity, Quote
from kg.resolve.within import Resolved

#: Quotations of a speaker whose post is told.
_HEARD: Final = 3
#: Those most told of.
_FEW: Final = 3
#: Quotations of fewer words are short, of more are long.
_SHORT: Final = 8
_LONG: Final = 45
#: Sentences after these are as far from the beginning.
_LATE: Final = 10
#: Further arguments that tell when, where, how much and what else.
_ROLES: Final = frozenset(("amount", "clause", "place", "purpose", "since", "time"))


@dataclass(frozen=True, slots=True)
class Weights:
    """The logistic regression of claims, or of quotations."""

    intercept: float
    weights: Mapping[str, float]

    def chance(self, features: Features) -> float:
        """0 to 1; a feature that has no weight says nothing."""
        return chance(features, self.intercept, self.weights)


@cache
def load_weights() -> Mapping[str, Weights]:
    """The shipped weights: ``claims`` and ``quotations``."""
    data = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
    return {kind: Weights(data[kind]["intercept"], data[kind]["weights"]) for kind in data}


class Worth:
    """Tells of an article's statements what they are worth, and by which features."""

    def __init__(self, doc: Doc, resolved: Resolved) -> None:
        self._doc = doc
        self._reader = analysis_of(doc).known[Reader]
        self._turns = Stretches(analysis_of(doc).turns)
        self._sentences = [doc[start].idx for start in sentence_starts(doc)]
        self._entities = {entity.key: entity for entity in resolved.entities}
        named = sorted(
            (entity for entity in resolved.entities if entity.named),
            key=lambda entity: (-len(entity.mentions), entity.mentions[:1]),
        )
        self._most = max((len(entity.mentions) for entity in named), default=0) or 1
        self._central = frozenset(entity.key for entity in named[:_FEW])
        self._posts = frozenset(
            linked.subject
            for linked in resolved.claims
            if linked.claim.predicate.property in word_sets("features")["post"]
        )
        self._spoken = Counter(linked.speaker for linked in resolved.quotes)
        self._claims = sorted((linked.claim for linked in resolved.claims), key=_place)
        self._starts = [claim.start for claim in self._claims]

    def of_claim(self, linked: LinkedClaim) -> float:
        """How likely an editor wants this claim."""
        return load_weights()["claims"].chance(self.claim(linked))

    def of_quote(self, linked: LinkedQuote) -> float:
        """How likely an editor wants this quotation."""
        return load_weights()["quotations"].chance(self.quote(linked))

    def wanted(self, quotes: Iterable[LinkedQuote], least: float) -> frozenset[str]:
        """The keys of the quotations that are worth ``least``; and of each speaker whose name and post the
        article tells those three that are worth most, if they are worth two thirds of that, the first if it is
        worth half: who is asked for his post is heard."""
        worth = [(self.of_quote(linked), linked) for linked in quotes]
        kept = {linked.quote.key for value, linked in worth if value >= least}
        of_speaker: defaultdict[str, list[tuple[float, str]]] = defaultdict(list)
        for value, linked in worth:
            speaker = self._entity(linked.speaker)
            if speaker is not None and speaker.named and speaker.key in self._posts:
                of_speaker[speaker.key].append((value, linked.quote.key))
        for heard in of_speaker.values():
            first, *others = sorted(heard, reverse=True)[:_HEARD]
            kept |= {first[1]} if first[0] >= least / 2 else set()
            kept |= {key for value, key in others if value >= least * 2 / 3}
        return frozenset(kept)

    def claim(self, linked: LinkedClaim) -> Features:
        """What is weighed of a claim: 1 where it holds, and the ``Features`` of what it rests on.

        ``subject share``: how often it is told of, of the one most told of. ``object leads``: it stands
        in the first sentence. ``further:time``: with a time beside it.
        """
        claim = linked.claim
        one, other = self._entity(linked.subject), self._entity(linked.object)
        out = self._reader.features(claim) | {"sure": claim.confidence}
        out |= self._end("subject", one) | self._end("object", other)
        out |= {f"further:{a.role}": 1.0 for a in claim.arguments if a.role in _ROLES}
        return out | _holding(self._of_ends(one, other)) | _holding(self._of_words(claim))

    def _of_ends(self, one: LocalEntity | None, other: LocalEntity | None) -> dict[str, bool]:
        if one is None or other is None:
            return {}
        names = (one.label.casefold(), other.label.casefold())
        return {
            "both named": one.named and other.named,
            "none named": not one.named and not other.named,
            "two places": one.type == other.type == "Place",
            "repeats": names[0] in names[1] or names[1] in names[0],
        }

    def _of_words(self, claim: Claim) -> dict[str, bool]:
        target = words_of(self._doc, claim.object)
        further = [word for a in claim.arguments for word in words_of(self._doc, a)]
        verb = self._span(claim.predicate.start, claim.predicate.end).root
        return {
            "numbers": any(_is_number(word) for word in (*target, *further))
            or any(a.role == "amount" for a in claim.arguments),
            "further names": any(_is_name(word) for word in further),
            "object names": any(_is_name(word) for word in target),
            "object adjective": any(word.pos_ == "ADJ" for word in target),
            "object indefinite": bool(target) and target[0].lower_ in ("a", "an"),
            "negative": claim.polarity == "negative",
            "present": verb.tag_ in ("VBP", "VBZ"),
        }

    def quote(self, linked: LinkedQuote) -> Features:
        """What is weighed of a quotation. ``proper``, ``adjectives``, ``pronouns``: their share of its words;
        ``claim``: how sure the surest statement in it is; ``spoken``: how often the speaker is quoted."""
        quote = linked.quote
        words = [word for word in self._words(quote) if not word.is_punct]
        lower = {word.lower_ for word in words}
        sentence = bisect_right(self._sentences, quote.start) - 1
        out = {
            "sure": quote.confidence,
            "claim": max((claim.confidence for claim in self._inside(quote)), default=0.0),
            "late": min(sentence, _LATE) / _LATE,
            "spoken": log1p(self._spoken[linked.speaker]),
            f"speech:{quote.speech}": 1.0,
            "adjectives": _share(words, ("ADJ", "ADV")),
            "pronouns": _share(words, ("PRON",)),
            "proper": _share(words, ("PROPN",)),
        }
        held = {
            "turn": self._turns.touch(quote.start, quote.end),
            "short": len(words) < _SHORT,
            "long": len(words) > _LONG,
            "question": "?" in quote.text,
            "addressee": quote.addressee is not None,
            "occasion": quote.occasion is not None,
            "I": bool(lower & PRONOUNS.speaker),
            "we": bool(lower & PRONOUNS.group),
            "you": bool(lower & PRONOUNS.hearer),
            "advice": bool(lower & word_sets("features")["advice"]),
            "not": any(
                word.dep_ == "neg" or word.lower_ in ("not", "no", "never") for word in words
            ),
            "opens with pronoun": bool(words) and words[0].pos_ == "PRON",
            "names:place": any(word.ent_type_ == "GPE" for word in words),
            "names:body": any(word.ent_type_ == "ORG" for word in words),
            "nothing firm": not any(_is_name(w) or _is_number(w) or _is_day(w) for w in words),
        }
        return out | _holding(held) | self._end("speaker", self._entity(linked.speaker))

    def _end(self, name: str, entity: LocalEntity | None) -> Features:
        if entity is None:
            return {}
        share = len(entity.mentions) / self._most if entity.named else 0.0
        second = self._sentences[1] if len(self._sentences) > 1 else len(self._doc.text)
        held = {
            f"{name} named": entity.named,
            f"{name} central": entity.key in self._central,
            f"{name} leads": bool(entity.mentions) and entity.mentions[0][0] < second,
            f"{name} post": entity.key in self._posts,
            f"{name} is:{entity.type}": True,
        }
        return {f"{name} share": share} | _holding(held)

    def _entity(self, key: str | None) -> LocalEntity | None:
        return self._entities.get(key) if key is not None else None

    def _inside(self, quote: Quote) -> Iterator[Claim]:
        for claim in self._claims[bisect_right(self._starts, quote.start - 1) :]:
            if claim.start >= quote.end:
                return
            if claim.end <= quote.end + 1:
                yield claim

    def _words(self, quote: Quote) -> Iterator[Token]:
        for start, end in quote.parts or ((quote.start, quote.end),):
            yield from (word for word in self._span(start, end) if not word.is_space)

    def _span(self, start: int, end: int) -> Span:
        found = self._doc.char_span(start, end, alignment_mode="expand")
        assert found is not None  # what stands in the text has words
        return found


def _place(claim: Claim) -> tuple[int, int, str]:
    return claim.start, claim.end, claim.key


def _holding(held: Mapping[str, bool]) -> Features:
    return {name: 1.0 for name, holds in held.items() if holds}


def _share(words: Sequence[Token], tags: tuple[str, ...]) -> float:
    return sum(word.pos_ in tags for word in words) / max(1, len(words))


def _is_name(word: Token) -> bool:
    return word.ent_type_ in word_sets("features")["names"]


def _is_number(word: Token) -> bool:
    numbers = word.ent_type_ in word_sets("features")["numbers"] or word.like_num
    return numbers and not _is_day(word) and word.lower_ != "one"


def _is_day(word: Token) -> bool:
    return word.ent_type_ in ("DATE", "TIME")
