"""A document as the gate asks about it: heads of phrases, what pronouns stand for, who can speak."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable
from typing import Final

from spacy.tokens import Doc, Token

from kg.countries import is_country
from kg.extract.grammar.annotations import mention_at, mentions_of, name_at, text_of
from kg.extract.grammar.index import kids, relation, tokens_of, top_of
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.subjects import subject
from kg.extract.grammar.tree import children, possessor, preposition, sentence_of
from kg.extract.speech.direct import unheard
from kg.extract.statements.gate.words import gate_words
from kg.extract.statements.nominals import frames
from kg.extract.words.cues import cue_words, whole_lemma
from kg.extract.words.pronouns import PRONOUNS
from kg.lexicon import lexicon_of
from kg.model import Argument, Claim, Mention, Quote

_TALKING: Final = PRONOUNS.speaker | PRONOUNS.group | PRONOUNS.hearer
_SCORE: Final = re.compile(r"\d+ ?[-–] ?\d+\b")
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_DATED: Final = re.compile(r"([A-Z][a-z]{2}) ?[-–] ?\d+\b")
_SPEAKS: Final = frozenset({"Person", "Group", "Organization", "Place"})
#: What makes a noun specific.
SPECIFIC: Final = frozenset({"amod", "compound", "nmod", "nummod", "acl", "appos", "flat"})


class Text:
    """A document as the reasons ask about it: heads of phrases, and what pronouns stand for."""

    def __init__(self, doc: Doc, first_person: Collection[int]) -> None:
        self.doc = doc
        self.events = frames(lexicon_of(doc))
        self._text = text_of(doc)
        self._known = first_person
        self._unheard = Stretches(unheard(doc))
        mentions = mentions_of(doc)
        self.cluster, self._told = _clusters(mentions)
        self._mentions = mentions
        self._named = {m.cluster for m in mentions if m.kind == "name"}
        self._towns = {m.cluster for m in mentions if m.kind == "name" and m.label in _PLACES}
        self._towns -= {m.cluster for m in mentions if m.kind == "name" and is_country(m.text)}
        self._tops = _Tops(doc)

    def head(self, one: Argument) -> Token:
        """The head word of a participant."""
        return self._tops[one.head_start, one.head_end]

    def verb(self, claim: Claim) -> Token:
        """The head word of the predicate."""
        return self._tops[claim.predicate.start, claim.predicate.end]

    def is_generic(self, one: Argument) -> bool:
        """Whether it is nobody and nothing in particular."""
        if one.kind in ("literal", "clause"):
            return False
        token = self.head(one)
        if name_at(token) is not None or token.pos_ in ("PROPN", "NUM"):
            return False
        if token.pos_ == "PRON":
            if token.is_upper and len(token.text) > 1:
                return False  # "WHO"
            return not (
                one.head_start in self._known or self.cluster.get(one.head_start) in self._told
            )
        if token.lemma_.lower() not in gate_words().generic:
            return False
        return self.cluster.get(one.head_start) not in self._told and not any(
            relation(c) in SPECIFIC for c in kids(token)
        )

    def is_anybody(self, one: Argument) -> bool:
        """Whether it is a bare "us", "our" or "you" of which nobody tells whom it means."""
        if one.kind in ("literal", "clause") or one.head_start in self._known:
            return False
        words = self._text[one.start : one.end]
        return words.lower() in _TALKING and words != "US"

    def is_unnamed(self, one: Argument) -> bool:
        """Whether no name stands in it, nor for it."""
        token = self.head(one)
        return (
            one.kind in ("topic", "mention")
            and name_at(token) is None
            and self.cluster.get(one.head_start) not in self._named
            and not any(c.isupper() for c in one.label[1:])
        )

    def is_rest(self, one: Argument) -> bool:
        """Whether it is but the others of those that were told of: "the *other* guys"."""
        head = self.head(one)
        told = [c for c in kids(head) if relation(c) in SPECIFIC]
        rest = [c for c in told if c.lower_ in gate_words().restricting]
        return bool(rest) and rest == told and head.lemma_.lower() in gate_words().generic

    def is_whose(self, one: Argument) -> bool:
        """Whether it is that of some who have no name: "14 people *whose homes* burned"."""
        if one.kind in ("literal", "clause"):
            return False
        whose = possessor(self.head(one))
        if whose is None or whose.lower_ != "whose" or name_at(self.head(one)) is not None:
            return False
        return self.cluster.get(whose.idx) not in self._named

    def is_score(self, one: Argument) -> bool:
        """Whether it begins with wins and losses, or runs and wickets: "284-286 lifetime", "Apr-28"."""
        if _SCORE.match(self._text, one.start):
            return True
        dated = _DATED.match(self._text, one.start)
        return dated is not None and dated[1] in gate_words().months

    def is_town(self, one: Argument) -> bool:
        """Whether an "it" has been taken for a place that is no country."""
        return self.cluster.get(one.head_start) in self._towns and self.head(one).lower_ == "it"

    def is_unheard(self, place: int, speaker: Argument | None) -> bool:
        """Whether it is said of "I" or "we" by nobody who is known, or by this "I" or "we"."""
        if not self._unheard.touch(place, place + 1):
            return False
        own = PRONOUNS.speaker | PRONOUNS.group
        return speaker is None or (
            speaker.head_start not in self._known and self.head(speaker).lower_ in own
        )

    def in_one(self, one: int, other: int) -> bool:
        """Whether two offsets lie in one sentence."""
        tops = self._tops
        return sentence_of(tops[one, one + 1]) == sentence_of(tops[other, other + 1])

    def is_same(self, one: Argument | None, other: Argument | None) -> bool:
        """Whether both are nobody, or may be the same one."""
        if one is None or other is None:
            return one is other
        clusters = [self.cluster.get(a.head_start) for a in (one, other)]
        return one.head_start == other.head_start or (
            clusters[0] is not None and clusters[0] == clusters[1]
        )

    def is_crowd(self, one: Argument) -> bool:
        """Whether it is nobody in particular: "*some*, including Lund", but not "some of the guards"."""
        token = self.head(one)
        of_whom = any(preposition(c) == "of" for c in children(token, "nmod"))
        return token.lower_ in gate_words().crowds and not of_whom

    def is_passed_over(self, one: Argument) -> bool:
        """Whether a "he" is somebody of whom the sentence before tells only beside another man, who is its
        subject: "Ruiz testified on *his* behalf. *He* told the jury"."""
        token = self.head(one)
        own, start = mention_at(token), sentence_of(token)[0]
        if token.lower_ not in PRONOUNS.male | PRONOUNS.female or own is None or not start:
            return False
        first = sentence_of(self.doc[start - 1])[0]
        top = next((t for t in self.doc[first:start] if relation(t) == "root"), None)
        who = subject(top) if top is not None else None
        other = mention_at(who) if who is not None else None
        if other is None or other.label != "PERSON" or other.cluster == own.cluster:
            return False
        if own.gender and other.gender and own.gender != other.gender:
            return False
        low, high, here = self.doc[first].idx, self.doc[start].idx, token.idx
        told = [m for m in self._mentions if m.cluster == own.cluster and low <= m.start < here]
        return bool(told) and all(m.kind == "pronoun" and m.start < high for m in told)

    def is_guess(self, quote: Quote) -> bool:
        """Whether it was no more than thought."""
        if quote.cue_start is None:
            return False
        cue = whole_lemma(self._tops[quote.cue_start, quote.cue_start + 1], gate_words().guesses)
        return cue in gate_words().guesses or cue_words().verbs.get(cue) == "thought"

    def is_mute(self, one: Argument) -> bool:
        """Whether it cannot speak."""
        token = self.head(one)
        name = name_at(token)
        if name is not None:
            return name[2] == "EVENT"
        if token.pos_ != "NOUN":
            return False
        lemma, words = token.lemma_.lower(), gate_words()
        if lemma in words.speech_voices:
            return False
        if lemma in words.speech_silent:
            return True
        kind = type_hint(token)
        if kind is not None:
            return kind not in _SPEAKS and lemma != "party"
        return lemma in self.events and lemma not in cue_words().nouns


class _Tops(dict[tuple[int, int], Token]):
    """The highest word of each stretch of characters, found when it is asked for."""

    def __init__(self, doc: Doc) -> None:
        super().__init__()
        self._doc = doc
        self._starts = [token.idx for token in tokens_of(doc)]

    def __missing__(self, place: tuple[int, int]) -> Token:
        start, end = place
        first = max(0, bisect_right(self._starts, start) - 1)
        last = max(first + 1, bisect_right(self._starts, max(start, end - 1)))
        found = self[place] = top_of(self._doc, first, last)
        return found


def _clusters(mentions: Iterable[Mention]) -> tuple[dict[int, int], set[int]]:
    """The cluster of the mention at each offset, and the clusters that a name or noun tells."""
    at: dict[int, int] = {}
    told: set[int] = set()
    for one in mentions:
        at[one.start] = one.cluster
        if one.kind == "name" or (
            one.kind == "noun" and one.text.rsplit(" ", 1)[-1].lower() not in gate_words().generic
        ):
            told.add(one.cluster)
    return at, told
