"""What is not worth stating is left out here, with the reason, before anything is made of it.

`gate` goes over the claims and quotations of an article. Left out are

- ``tautology``: both ends are the same thing ("a deal is a deal", a place in itself);
- ``generic``: nobody and nothing is told at either end ("they want it", "people like things");
- ``question``: an end is what is asked for ("which minister signed it is unclear");
- ``half``: the object is only a promise of content ("expressed its willingness"), or the one who
  gets it is missing (`kg.extract.statements.complements` takes along what the text tells);
- ``condition``: unnamed things under "if" or "unless" ("unless residents need help"), and wishes
  ("may they recover");
- ``figure of speech``: the words mean something else ("buried in debt");
- ``no speaker``: said by what cannot speak, such as a storm or a strike, only thought by nobody
  in particular ("some speculated that"), or said by a "he" who is not the man whom the sentence before
  is about ("Ruiz spoke for him. He said");
- ``unheard``: said of "I" or "we" without marks, and nobody is told to say it
  (`kg.extract.speech.unmarked`).

A claim whose object is a claim that is left out goes, too. The words are in ``words/en/gate.toml``.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

from spacy.tokens import Doc, Token

from kg.countries import is_country
from kg.extract.factuality.negation import is_relative
from kg.extract.grammar.adjuncts import is_time
from kg.extract.grammar.annotations import mention_at, mentions_of, name_at, text_of
from kg.extract.grammar.index import below, kids, relation, tokens_of, top_of
from kg.extract.grammar.labels import topic_label, type_hint
from kg.extract.grammar.noun_phrases import ranked
from kg.extract.grammar.stretches import Stretches
from kg.extract.grammar.subjects import is_passive, own_subject, subject
from kg.extract.grammar.tree import child, children, is_plural, preposition, sentence_of
from kg.extract.speech.direct import unheard
from kg.extract.statements.complements import completed
from kg.extract.statements.nominals import frames
from kg.extract.statements.predicates import class_of
from kg.extract.words.cues import cue_words, whole_lemma
from kg.extract.words.load import rule_words, word_table
from kg.extract.words.phrases import phrase_words
from kg.extract.words.pronouns import PRONOUNS
from kg.lexicon import lexicon_of
from kg.model import Argument, Claim, Literal, Mention, Quote

#: What makes a noun specific.
_SPECIFIC: Final = frozenset({"amod", "compound", "nmod", "nummod", "acl", "appos", "flat"})
_TALKING: Final = PRONOUNS.speaker | PRONOUNS.group | PRONOUNS.hearer
_SELF: Final = tuple(rule_words("gate")["self"])
_SCORE: Final = re.compile(r"\d+ ?[-–] ?\d+\b")
_PLACES: Final = frozenset({"GPE", "LOC", "FAC"})
_DATED: Final = re.compile(r"([A-Z][a-z]{2}) ?[-–] ?\d+\b")
_SPEAKS: Final = frozenset({"Person", "Group", "Organization", "Place"})


#: In words: of a longer clause the label would be a sentence.
_LONGEST_CLAUSE: Final = 9


@dataclass(frozen=True, slots=True)
class Refused:
    """Where something was left out, why, and the claim that was (None for a quotation)."""

    start: int
    end: int
    reason: str
    claim: Claim | None = None


@dataclass(frozen=True, slots=True)
class Gated:
    """What is stated, in its order, and what is not."""

    claims: tuple[Claim, ...]
    quotes: tuple[Quote, ...]
    refused: tuple[Refused, ...] = ()


@dataclass(frozen=True, slots=True)
class _Words:
    generic: frozenset[str]
    speech_voices: frozenset[str]
    speech_silent: frozenset[str]
    crowds: frozenset[str]
    guesses: frozenset[str]
    figures_verbs: frozenset[str]
    figures_nouns: frozenset[str]
    figures_idioms: frozenset[str]
    asking: frozenset[str]
    standing_in: frozenset[str]
    among_others: frozenset[str]
    conditions: frozenset[str]
    counting: frozenset[str]
    restricting: frozenset[str]
    comparing: frozenset[str]
    members: frozenset[str]
    cut: frozenset[str]
    cut_one: frozenset[str]
    having: frozenset[str]
    being: frozenset[str]
    being_so: frozenset[str]
    months: frozenset[str]
    casualties_deadly: frozenset[str]
    casualties_hurting: frozenset[str]
    casualties_apart: frozenset[str]
    casualties_body: frozenset[str]
    wordings: frozenset[str]
    of_somebody: frozenset[str]
    complement_spent: frozenset[str]
    days: frozenset[str]
    striving: frozenset[str]
    spent_with: frozenset[str]
    nested_after: frozenset[str]
    nested_marks: frozenset[str]
    calling: frozenset[str]
    settings: frozenset[str]
    formerly: frozenset[str]
    lasting: frozenset[str]
    of_words: frozenset[str]


@cache
def _words() -> _Words:
    own = word_table(_Words, "gate")
    return replace(own, generic=own.generic | phrase_words().generic)


def gate(
    doc: Doc,
    claims: Iterable[Claim],
    quotes: Iterable[Quote],
    first_person: Collection[int] = (),
) -> Gated:
    """The claims and quotations that say something, completed where they need it.

    ``first_person`` are the offsets of those "I" and "we" that somebody is known for.
    """
    text = _Text(doc, first_person)
    kept: list[Claim] = []
    refused: dict[str, Refused] = {}
    for claim in claims:
        found, reason = _judged(claim, text)
        if found is None:
            refused[claim.key] = Refused(claim.start, claim.end, reason, claim)
        else:
            kept.append(found)
    out = dict(refused)
    while True:
        more = [c for c in kept if c.key not in out and c.object.claim in out]
        if not more:
            break
        out |= {c.key: Refused(c.start, c.end, out[c.object.claim or ""].reason, c) for c in more}
    silent = [
        q
        for q in quotes
        if q.speaker is not None
        and (
            text.is_mute(q.speaker)
            or (text.is_crowd(q.speaker) and text.is_guess(q))
            or text.is_passed_over(q.speaker)
        )
    ]
    nobody = [q for q in quotes if text.is_unheard(q.start, q.speaker)]
    unheard = {q.key for q in (*silent, *nobody)}
    return Gated(
        tuple(_unlinked(c, out) for c in kept if c.key not in out),
        tuple(_at_second_hand((q for q in quotes if q.key not in unheard), text)),
        (
            *out.values(),
            *(Refused(q.evidence_start, q.evidence_end, "no speaker") for q in silent),
            *(Refused(q.evidence_start, q.evidence_end, "unheard") for q in nobody),
        ),
    )


def _at_second_hand(quotes: Iterable[Quote], text: _Text) -> Iterator[Quote]:
    """The quotations; one that somebody else's words tell of is only claimed: "Lund said the
    ministry *had told him that* it was over"."""
    quotes = tuple(quotes)
    cued = [(q.cue_start, q) for q in quotes if q.cue_start is not None]
    saying = Stretches((cue, cue + 1) for cue, _ in cued)
    told = {
        inner.key
        for cue, outer in cued
        if not (outer.cue or "")
        .lower()
        .startswith("according")  # "Lund says so, *according to* a source"
        for part in outer.parts
        for at, inner in map(cued.__getitem__, saying.touching(*part))
        if text.in_one(cue, at) and not text.is_same(outer.speaker, inner.speaker)
    }
    for quote in quotes:
        second = quote.status == "asserted" and quote.key in told
        yield replace(quote, status="claimed") if second else quote


def _unlinked(claim: Claim, out: Mapping[str, Refused]) -> Claim:
    if not any(a.claim in out for a in claim.arguments):
        return claim
    further = (replace(a, claim=None) if a.claim in out else a for a in claim.arguments)
    return replace(claim, arguments=tuple(further))


def _judged(claim: Claim, text: _Text) -> tuple[Claim | None, str]:
    """The claim as it may be stated, or None and the reason."""
    for reason, holds in _REASONS:
        if holds(claim, text):
            return None, reason
    verb, noun = text.verb(claim), text.head(claim.object)
    if claim.extractor == "relations":
        found = completed(claim, verb, noun)
        if found is None:
            return None, "half"
        claim = found
    own = tuple(
        a
        for a in claim.arguments
        if not (_strays(a, claim, text) or _open_end(a) or _frames(a, text) or text.is_anybody(a))
    )
    claim = claim if own == claim.arguments else replace(claim, arguments=own)
    return _of_some(_once(_of_one_kind(_with_own_name(claim, text), text), text), text), ""


def _with_own_name(claim: Claim, text: _Text) -> Claim:
    """The claim with what a thing is called as words: "a drink called *Rasmussen*" is nobody."""
    called = claim.predicate.property == "knownAs" or claim.predicate.label in _words().calling
    if not called or claim.object.kind != "mention":
        return claim
    name, noun = name_at(text.head(claim.object)), text.head(claim.subject)
    if name is None or name[2] != "PERSON" or noun.pos_ != "NOUN" or name_at(noun) is not None:
        return claim
    if class_of(claim.subject, noun) in ("Person", "Group"):
        return claim
    return replace(claim, object=replace(claim.object, kind="topic", type=None))


def _of_some(claim: Claim, text: _Text) -> Claim:
    """The claim with the words that tell of which of them it is so: "*candidates endorsed by the
    Front* have won" says nothing of candidates in general."""
    verb = text.verb(claim)
    subject, other = (_restricted(one, verb, text) for one in (claim.subject, claim.object))
    if subject is claim.subject and other is claim.object:
        return claim
    return replace(claim, subject=subject, object=other)


def _restricted(one: Argument, verb: Token | None, text: _Text) -> Argument:
    """The bare plural in the subject of ``verb`` with the clause that stands right behind it."""
    if verb is None or one.kind not in ("mention", "topic"):
        return one
    noun = text.head(one)
    clause = next((c for c in children(noun, "acl") if c.left_edge.i == noun.i + 1), None)
    if clause is None or not _is_bare_plural(noun):
        return one
    words = [*below(clause)]
    end = max(t.i for t in words) + 1
    if end > verb.i or len(words) > _LONGEST_CLAUSE or any(t.text in ',;:“”"' for t in words):
        return one
    told = " ".join(noun.doc[noun.i + 1 : end].text.split())
    finite = clause.dep_.endswith("relcl")
    return replace(one, kind="topic", label=f"{topic_label(noun, counted=finite)} {told}")


def _is_bare_plural(noun: Token) -> bool:
    """ "*candidates* endorsed by the Front have won": not the candidates, nor two of them."""
    more = {relation(c) for c in kids(noun)} & {"det", "nummod", "nmod", "appos", "conj", "case"}
    return noun.tag_ == "NNS" and relation(noun) == "nsubj" and not more and name_at(noun) is None


def _once(claim: Claim, text: _Text) -> Claim:
    """The claim with the word that says that it is over: "Lund *was* a candidate", "*formerly* a clerk"."""
    if claim.predicate.property != "isA" or claim.object.kind == "literal":
        return claim
    noun = text.head(claim.object)
    over = [c for c in children(noun, "advmod") if c.lower_ in _words().formerly and c.i < noun.i]
    word, label = (over[0], "former") if over else (child(noun, "cop"), "then")
    if word is None or (not over and not _has_passed(claim, word, noun, text)):
        return claim
    if any(a.role == "time" for a in claim.arguments):
        return claim
    start, end = word.idx, word.idx + len(word.text)
    said = Literal(label, "xsd:string", label)
    time = Argument("time", "literal", start, end, start, end, label, None, said)
    return replace(claim, arguments=(*claim.arguments, time))


def _has_passed(claim: Claim, be: Token, noun: Token, text: _Text) -> bool:
    """Whether somebody "was" what one can cease to be, and nobody else tells it."""
    if be.tag_ != "VBD" or claim.attribution is not None or claim.status != "asserted":
        return False
    lasting = ranked(noun) or noun.lemma_.lower() in _words().lasting
    kind = class_of(claim.subject, text.head(claim.subject))
    return not lasting and kind in ("Person", "Organization", "Place")


def _of_one_kind(claim: Claim, text: _Text) -> Claim:
    """The claim without a person for what says what a body, country or thing is ("Norland is a
    major oil *producer*", "acts as *trustee*"), nor for a post."""
    known = claim.object.type
    if known not in ("Person", "Group"):
        return claim
    if claim.predicate.property == "hasRole":
        return replace(claim, object=replace(claim.object, type=None))
    what = claim.predicate.property == "isA" or claim.predicate.label in _words().being
    if not what or name_at(text.head(claim.object)) is not None:
        return claim
    named = class_of(claim.subject, text.head(claim.subject))
    if named in ("Place", "Organization", "Product", "CreativeWork", "Event", "Law"):
        fitting = None
    elif (
        named == "Person"
        and phrase_words().types.get(text.head(claim.object).lemma_.lower()) == "Group"
    ):
        fitting = "Person"  # "one of her guests"
    else:
        return claim
    return claim if known == fitting else replace(claim, object=replace(claim.object, type=fitting))


class _Text:
    """A document as the reasons ask about it: heads of phrases, and what pronouns stand for."""

    def __init__(self, doc: Doc, first_person: Collection[int]) -> None:
        self.doc = doc
        self.events = frames(lexicon_of(doc))
        self._text = text_of(doc)
        self._starts = [token.idx for token in tokens_of(doc)]
        self._known = first_person
        self._unheard = Stretches(unheard(doc))
        mentions = mentions_of(doc)
        self.cluster, self._told = _clusters(mentions)
        self._mentions = mentions
        self._named = {m.cluster for m in mentions if m.kind == "name"}
        self._towns = {m.cluster for m in mentions if m.kind == "name" and m.label in _PLACES}
        self._towns -= {m.cluster for m in mentions if m.kind == "name" and is_country(m.text)}
        self._tops: dict[tuple[int, int], Token] = {}

    def head(self, one: Argument) -> Token:
        """The head word of a participant."""
        return self._top(one.head_start, one.head_end)

    def verb(self, claim: Claim) -> Token:
        """The head word of the predicate."""
        return self._top(claim.predicate.start, claim.predicate.end)

    def _top(self, start: int, end: int) -> Token:
        place = (start, end)
        found = self._tops.get(place)
        if found is None:
            first = max(0, bisect_right(self._starts, start) - 1)
            last = max(first + 1, bisect_right(self._starts, max(start, end - 1)))
            found = self._tops[place] = top_of(self.doc, first, last)
        return found

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
        if token.lemma_.lower() not in _words().generic:
            return False
        return self.cluster.get(one.head_start) not in self._told and not any(
            relation(c) in _SPECIFIC for c in kids(token)
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

    def is_score(self, one: Argument) -> bool:
        """Whether it begins with wins and losses, or runs and wickets: "284-286 lifetime", "Apr-28"."""
        if _SCORE.match(self._text, one.start):
            return True
        dated = _DATED.match(self._text, one.start)
        return dated is not None and dated[1] in _words().months

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
        return sentence_of(self._top(one, one + 1)) == sentence_of(self._top(other, other + 1))

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
        return token.lower_ in _words().crowds and not of_whom

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
        cue = whole_lemma(self._top(quote.cue_start, quote.cue_start + 1), _words().guesses)
        return cue in _words().guesses or cue_words().verbs.get(cue) == "thought"

    def is_mute(self, one: Argument) -> bool:
        """Whether it cannot speak."""
        token = self.head(one)
        name = name_at(token)
        if name is not None:
            return name[2] == "EVENT"
        if token.pos_ != "NOUN":
            return False
        lemma, words = token.lemma_.lower(), _words()
        if lemma in words.speech_voices:
            return False
        if lemma in words.speech_silent:
            return True
        kind = type_hint(token)
        if kind is not None:
            return kind not in _SPEAKS and lemma != "party"
        return lemma in self.events and lemma not in cue_words().nouns


def _clusters(mentions: Iterable[Mention]) -> tuple[dict[int, int], set[int]]:
    """The cluster of the mention at each offset, and the clusters that a name or noun tells."""
    at: dict[int, int] = {}
    told: set[int] = set()
    for one in mentions:
        at[one.start] = one.cluster
        if one.kind == "name" or (
            one.kind == "noun" and one.text.rsplit(" ", 1)[-1].lower() not in _words().generic
        ):
            told.add(one.cluster)
    return at, told


# --- the reasons -------------------------------------------------------------------------------


def _tautology(claim: Claim, text: _Text) -> bool:
    subject, object_ = claim.subject, claim.object
    if object_.kind in ("literal", "clause"):
        return False
    words = object_.label.casefold()
    if words.endswith(_SELF):
        return False
    if text.head(object_).pos_ == "PRON" or text.head(subject).pos_ == "PRON":
        return False
    return words == subject.label.casefold()


def _generic(claim: Claim, text: _Text) -> bool:
    if claim.extractor == "attributes" and claim.predicate.property == "isA":
        said, words = claim.object.label.lower(), _words()  # "topics including Peru"
        last, one = said.rsplit(" ", 1)[-1], not is_plural(text.head(claim.object))
        of_nobody = one and (last in words.wordings or last in words.of_somebody)
        return said in words.generic or of_nobody
    if _is_setting(claim, text) or any(_of_two(end, text) for end in (claim.subject, claim.object)):
        return True
    if not text.is_generic(claim.object):
        return False
    if claim.predicate.property == "isA" and not is_plural(text.head(claim.object)):
        return True  # "she was a child"
    return text.is_generic(claim.subject) and all(
        a.kind == "clause" or text.is_generic(a) for a in claim.arguments
    )


def _is_setting(claim: Claim, text: _Text) -> bool:
    """ "*It* was a festive atmosphere": it stands for nothing."""
    if claim.predicate.property != "isA" or claim.object.kind == "literal":
        return False
    noun = text.head(claim.object)
    return text.head(claim.subject).lower_ == "it" and noun.lemma_.lower() in _words().settings


def _of_two(one: Argument, text: _Text) -> bool:
    """ "the *elder* Mr. Hale": one of two of a name, and not the one whom the name alone means."""
    if one.kind == "literal":
        return False
    head = text.head(one)
    name = name_at(head)
    if name is None or name[2] != "PERSON":
        return False
    before = head.doc[head.left_edge.i : head.i]
    return any(t.lower_ in ("elder", "younger") for t in before)


def _question(claim: Claim, text: _Text) -> bool:
    if _asked(claim.subject, text, whole=True):
        return True
    if claim.object.kind != "literal" and claim.object.label.rsplit(" ", 1)[-1] in _words().asking:
        return True  # "a reminder of what"
    # "shows which advertisements they see": they see some
    return _asked(claim.object, text, whole=claim.predicate.label in ("is", "is a"))


def _open_end(one: Argument) -> bool:
    """ "as a candidate for *what*": the text goes on where the argument ends."""
    return one.kind != "literal" and one.label.rsplit(" ", 1)[-1].lower() in _words().asking


def _frames(one: Argument, text: _Text) -> bool:
    """Whether a further argument only places the sentence among others ("*in the deadliest attack*, a
    bomb killed four"), or points at what is not named ("moved from a prison in Leeds *to one* in York")."""
    if one.label.lower() in _words().standing_in and one.role not in ("amount", "time"):
        return True
    if one.kind in ("literal", "clause"):
        return False
    head = text.head(one)
    if one.role != "in" or name_at(head) is not None or not _happens(head, text):
        return False
    return any(c.tag_ == "JJS" or c.lower_ in _words().among_others for c in kids(head))


def _asked(one: Argument, text: _Text, *, whole: bool) -> bool:
    if one.kind in ("literal", "clause"):
        return False
    head = text.head(one)
    if name_at(head) is not None:
        return False
    if any(c.lower_ == "what" and c.dep_ == "det" for c in kids(head)):
        return True  # "had not confirmed what work the ship did"
    if whole and any(relation(c) == "det" and c.lower_ in _words().asking for c in kids(head)):
        return relation(head) not in ("nmod",)
    return head.lower_ in ("what", "whatever") or (
        head.lower_ == "who" and head.head.dep_ in ("ccomp", "csubj", "ROOT")
    )


def _half(claim: Claim, text: _Text) -> bool:
    """ "is among the airlines", "are those planets": which ones the text goes on to tell."""
    if (
        _only_when(claim, text)
        or _shares_feat(claim, text)
        or claim.predicate.label in ("be located using", "be located by")
    ):
        return True  # "is located two hours by train from Orsk"
    if text.is_score(claim.object) and claim.predicate.label in _words().being_so:
        return True  # "the Bulls are 7-3", "was 284-286 lifetime"
    if claim.object.kind == "literal":
        return _bare_number(claim, text)
    noun = text.head(claim.object)
    people = name_at(noun)
    if (
        people is not None
        and people[2] == "NORP"
        and claim.object.kind != "clause"
        and ranked(noun)
    ):
        return True  # "became the *first* Norwegian to win it"
    if claim.object.kind == "clause" or name_at(noun) is not None or noun.pos_ != "NOUN":
        return False
    pointing = any(c.lower_ == "following" for c in children(noun, "amod"))
    if pointing and child(noun, "nmod") is None:
        return True  # "released the following statement"
    if claim.predicate.label == "be among":
        return not any(relation(c) in _SPECIFIC and c.i < noun.i for c in kids(noun))
    return _part_missing(claim, noun)


def _part_missing(claim: Claim, noun: Token) -> bool:
    """Whether what makes the noun that one stands outside of the object, or nowhere."""
    if any(c.lower_ in _words().comparing for c in children(noun, "amod")):
        return _than_what(claim, noun)
    told, lemma = child(noun, "acl"), noun.lemma_.lower()
    goes_on = told is not None and told.idx > claim.object.end
    if goes_on and lemma in _words().cut and child(noun, "compound", "nummod") is None:
        return True  # "are the best ways", "identified some ways"
    if told is not None and goes_on and _had_of_a_kind(noun, told):
        return True
    if claim.predicate.property != "isA" and claim.predicate.label not in ("become", "be"):
        return False
    if lemma in _words().members and ranked(noun) and _is_alone(noun):
        return True  # "became the third country"
    return goes_on and any(c.lower_ in _words().restricting for c in kids(noun))


def _had_of_a_kind(noun: Token, told: Token) -> bool:
    """ "uses a counting *system* that differs from ours": that it uses one says nothing."""
    one = any(c.lower_ in ("a", "an") for c in children(noun, "det"))
    kind = noun.lemma_.lower() in _words().cut_one and noun.head.lemma_ in _words().having
    return one and kind and relation(noun) == "obj" and is_relative(told)


def _is_alone(noun: Token) -> bool:
    """Whether no more than an article and a number stand with the noun, or what follows is apart."""
    return not any(
        relation(c) in ("compound", "nmod", "appos", "flat") or c.dep_ == "nmod:poss"
        for c in kids(noun)
    ) and not any(relation(c) == "acl" and c.left_edge.i == noun.i + 1 for c in kids(noun))


def _than_what(claim: Claim, noun: Token) -> bool:
    """ "has more voters" than what?"""
    doc, (_, end) = noun.doc, sentence_of(noun)
    behind = [t for t in doc[noun.i + 1 : min(end, noun.i + 12)] if t.lower_ == "than"]
    return bool(behind) and behind[0].idx > claim.object.end


def _only_when(claim: Claim, text: _Text) -> bool:
    """ "struggled *Monday* to restore power", "spent *the last decade* out and about": the object
    is only when or how long, and what was done is missing."""
    if claim.extractor != "relations" or claim.object.kind == "clause":
        return False
    verb, noun, words = text.verb(claim), text.head(claim.object), _words()
    if verb.lemma_.lower() in words.complement_spent and is_time(noun):
        return not any(a.role in words.spent_with for a in claim.arguments)
    return (
        noun.lower_ in words.days
        and verb.lemma_.lower() in words.striving
        and child(verb, "xcomp", "advcl") is not None
    )


def _shares_feat(claim: Claim, text: _Text) -> bool:
    """ "joined Berg *as the only players* with three goals": nobody was joined, but did the same."""
    if text.verb(claim).lemma_.lower() != "join":
        return False
    of_both = [a for a in claim.arguments if a.role == "as" and a.kind != "literal"]
    return any(is_plural(head) or ranked(head) for head in map(text.head, of_both))


def _bare_number(claim: Claim, text: _Text) -> bool:
    """ "tested 7": of what isn't told; but "killed 7", "won 7"."""
    value = claim.object.literal
    return (
        claim.extractor == "relations"
        and value is not None
        and value.datatype == "xsd:integer"
        and not value.unit
        and text.verb(claim).lemma_.lower() not in _words().counting
        and text.verb(claim).pos_ == "VERB"
    )


def _condition(claim: Claim, text: _Text) -> bool:
    verb = text.verb(claim)
    if verb.pos_ == "AUX":
        verb = verb.head  # "if it *were* a source"
    if any(c.lower_ == "may" and c.is_sent_start for c in children(verb, "aux")):
        return True
    return (
        any(c.lower_ in _words().conditions for c in children(verb, "mark"))
        and text.is_unnamed(claim.subject)
        and text.is_unnamed(claim.object)
    )


def _figure(claim: Claim, text: _Text) -> bool:
    if claim.object.kind == "literal":
        return False
    noun = text.head(claim.object)
    said = f"{claim.predicate.label} {noun.lemma_.lower()}"
    if said in _words().figures_idioms and claim.object.label.count(" ") == 0:
        return True
    return (
        text.head(claim.object).lemma_.lower() in _words().figures_nouns
        and text.verb(claim).lemma_.lower() in _words().figures_verbs
    )


def _part_of_body(claim: Claim, text: _Text) -> bool:
    """ "played with bone chips *in his knee*": the knee is nothing that one takes part in."""
    known = claim.predicate.property in _words().casualties_apart and claim.object.kind == "topic"
    return known and text.head(claim.object).lemma_.lower() in _words().casualties_body


def _place_kills(claim: Claim, text: _Text) -> bool:
    """ "A quake shook Tarn, a town of 900. *It killed* six": the quake did."""
    words, verb = _words(), text.verb(claim).lemma_.lower()
    deadly = verb in words.casualties_deadly or verb in words.casualties_hurting
    return deadly and text.is_town(claim.subject)


def _or_hurt(claim: Claim, text: _Text) -> bool:
    """ "20 people were *killed or wounded*", "it killed and wounded 20": not 20 dead, nor 20 wounded."""
    verb = text.verb(claim)
    beside = [*children(verb, "conj"), *([verb.head] if relation(verb) == "conj" else [])]
    return any(_as_one(verb, other) for other in beside)


def _as_one(verb: Token, other: Token) -> bool:
    """Whether killing and hurting are told of the same ones."""
    words = _words()
    pair = {verb.lemma_.lower(), other.lemma_.lower()}
    if not (pair & words.casualties_deadly and pair & words.casualties_hurting):
        return False
    first, second = sorted((verb, other), key=lambda t: t.i)
    if is_passive(first):
        return own_subject(second) is None
    return (child(first, "obj") is None) != (child(second, "obj") is None)


def _points_at_words(claim: Claim, text: _Text) -> bool:
    """ "He denies *it*": what was said before, and no thing that the text has named."""
    noun = text.head(claim.object)
    return (
        claim.predicate.property in _words().of_words
        and noun.pos_ == "PRON"
        and noun.lower_ in PRONOUNS.thing
    )


def _no_speaker(claim: Claim, text: _Text) -> bool:
    return claim.attribution is not None and text.is_mute(claim.attribution)


def _unheard(claim: Claim, text: _Text) -> bool:
    return text.is_unheard(claim.predicate.start, claim.attribution)


_REASONS: Final[tuple[tuple[str, Callable[[Claim, _Text], bool]], ...]] = (
    ("tautology", _tautology),
    ("question", _question),
    ("generic", _generic),
    ("condition", _condition),
    ("half", _half),
    ("figure of speech", _figure),
    ("half", _points_at_words),
    ("half", _or_hurt),
    ("figure of speech", _part_of_body),
    ("generic", _place_kills),
    ("no speaker", _no_speaker),
    ("unheard", _unheard),
)


def _strays(one: Argument, claim: Claim, text: _Text) -> bool:
    """Whether a further argument is not the claim's: a place that repeats an end, or what belongs
    to the happening before it ("following the resignation of Ross *for family reasons*")."""
    if one.role == "place":
        return one.label.casefold() in (
            claim.subject.label.casefold(),
            claim.object.label.casefold(),
        )
    if one.role not in _words().nested_marks:
        return False
    return any(
        a.role in _words().nested_after
        and a.end < one.start <= a.end + 12
        and child(text.head(a), "nmod") is not None
        and _happens(text.head(a), text)
        for a in claim.arguments
    )


def _happens(noun: Token, text: _Text) -> bool:
    lemma = noun.lemma_.lower()
    return lemma in text.events or type_hint(noun) == "Event"
