"""What a governing verb, noun or adjective does to the clause that it governs: it is told, planned,
possible, denied. The words are in ``words/en/status.toml``."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from spacy.tokens import Token

from kg.extract.factuality.modality import is_generic_source, is_question, source_standing
from kg.extract.factuality.negation import is_negative
from kg.extract.factuality.standing import ASSERTED, Standing, lists, standing, weaker
from kg.extract.grammar.annotations import mention_at
from kg.extract.grammar.arguments import named_head
from kg.extract.grammar.coordination import NOMINAL
from kg.extract.grammar.index import relation
from kg.extract.grammar.labels import type_hint
from kg.extract.grammar.subjects import (
    agent,
    helping_verbs,
    is_infinitive,
    is_passive,
    own_subject,
    subject,
)
from kg.extract.grammar.tree import child, children, preposition
from kg.extract.speech.speakers import speaker_of
from kg.extract.words.cues import cue_words, lemma
from kg.extract.words.load import rule_words
from kg.extract.words.pronouns import PRONOUNS

_OWN: Final = rule_words("governors")

#: "heard the claim that": whoever does it has not made the claim.
_TAKING: Final = _OWN["taking"]


def is_speech(verb: Token) -> bool:
    """Whether it is a verb of saying."""
    return verb.pos_ == "VERB" and lists()["clause"].get(verb.lemma_) in ("claim", "factive")


def kind_of(head: Token, *, infinitive: bool) -> str | None:
    """The kind of a governing verb, noun or adjective."""
    words = lists()
    lemma = head.lemma_.lower()
    if head.pos_ in ("ADJ", "ADV"):
        found = words["adjectives"].get(lemma)
    elif head.pos_ in ("NOUN", "PROPN"):
        found = words["nouns"].get(lemma)
    elif infinitive:
        found = words["infinitive"].get(lemma) or words["clause"].get(lemma)
    else:
        found = words["clause"].get(lemma)
        if found is None:
            found = words["infinitive"].get(lemma)
    return None if found is None else str(found)


def default_kind(verb: Token, head: Token, *, infinitive: bool) -> str:
    """An unknown governor: a to-infinitive is at best a plan, a finite clause a claim of the one
    who governs it; participles and small clauses are as true as the governor."""
    if head.pos_ in ("ADJ", "ADV"):
        return "transparent" if not is_infinitive(verb) else "possible"
    if head.pos_ in ("NOUN", "PROPN"):
        return "transparent"
    if infinitive:
        return "planned" if is_infinitive(verb) else "transparent"
    who = subject(head)
    return "claim" if who is not None and who.pos_ in NOMINAL else "transparent"


def _who_says_so(verb: Token, thinker: Token, above: Standing) -> Token:
    """The speaker of "Lopez said *she* believes that", whomever else "she" has been taken for."""
    who = above.attribution
    if who is None or relation(verb) != "ccomp" or speaker_of(verb.head) != who:
        return thinker
    own = thinker.lower_ in _OWN["thinking_of_oneself"] and thinker.i > who.i
    if not own or cue_words().verbs.get(lemma(verb)) != "thought":
        return thinker
    told, word = mention_at(who), thinker.lower_
    others = {"m": PRONOUNS.female, "f": PRONOUNS.male}.get(told.gender if told else "", ())
    return thinker if word in others else who


def claimed(
    verb: Token, head: Token, above: Standing, *, infinitive: bool, negated: bool
) -> Standing:
    """What somebody says, under the verb ``head``: claimed by its subject or agent."""
    told = standing("claimed")
    if is_question(head):
        return weaker(standing("hypothetical"), above)  # "Who says that he sold it?"
    if infinitive and is_passive(head):  # "is said to", "was believed to be"
        who = agent(head)
        if who is None:
            return weaker(standing("possible"), above)
        return weaker(replace(told, attribution=who), above)
    speaker = speaker_of(head)
    if negated or (speaker is not None and is_negative(speaker)):
        return weaker(standing("hypothetical"), speech_only(above))  # "never said that"
    if speaker is None:
        perhaps = is_passive(head) or _impersonal(head)
        return weaker(standing("possible", certainty=0.6) if perhaps else told, above)
    if is_generic_source(speaker):
        sourced = weaker(source_standing(speaker), above)
        guess = head.lemma_ in _OWN["speculating"]
        return weaker(standing("possible", certainty=0.6), sourced) if guess else sourced
    if head.lemma_ in _OWN["vague"] and not _somebody(speaker):
        return weaker(standing("possible", certainty=0.6), above)
    speaker = _who_says_so(head, speaker, above)
    outer = above if above.status not in ("planned", "possible") else speech_only(above)
    if outer.status == "denied":
        outer = speech_only(outer)
    return replace(weaker(told, outer), attribution=speaker)


def _somebody(token: Token) -> bool:
    """Whether a speaker is a person or a body, not a thing that "suggests"."""
    if token.pos_ in ("PROPN", "PRON") or named_head(token) is not None:
        return True
    return type_hint(token) in ("Person", "Group", "Organization")


def _impersonal(head: Token) -> bool:
    who = own_subject(head)
    return child(head, "expl") is not None or (who is not None and who.dep_ == "expl")


def of_kind(kind: str, head: Token, above: Standing) -> Standing:
    """``above``, weakened by the kind of what governs."""
    if kind == "enable" and not (is_past(head) or is_after(head)):
        return weaker(standing("possible"), above)
    if kind in ("planned", "possible", "hypothetical", "denied"):
        return weaker(standing(kind), above)
    return above


def is_past(head: Token) -> bool:
    """Whether the verb group tells of the past, without a modal."""
    helping = helping_verbs(head)
    if any(a.tag_ == "MD" for a in helping):
        return False
    return head.tag_ in ("VBD", "VBN") or any(a.tag_ == "VBD" for a in helping)


def is_after(head: Token) -> bool:
    """Whether a gerund tells of what was before something that is told as past: "*after letting* him go,
    the club signed Lund"."""
    after = any(c.lower_ in _OWN["afterwards"] for c in children(head, "mark"))
    return after and head.tag_ == "VBG" and (is_past(head.head) or head.head.tag_ in ("VBZ", "VBP"))


def is_let(verb: Token) -> bool:
    """Whether somebody was let do it: "let him *go*"."""
    above = verb.head
    enabled = lists()["infinitive"].get(above.lemma_) == "enable" and relation(verb) == "xcomp"
    return enabled and (is_past(above) or is_after(above))


def noun_kind(head: Token, kind: str | None, speaker: Standing) -> Standing:
    """What a noun does to its clause: "the plan to", "the claim that"."""
    if kind in ("planned", "possible", "hypothetical", "denied"):
        return weaker(standing(kind), speaker)
    if kind == "claim":
        who = child(head, "nmod:poss") or next(
            (c for c in children(head, "nmod") if preposition(c) in _OWN["makers"]), None
        )
        makes = head.head.pos_ == "VERB" and head.head.lemma_ not in _TAKING
        if who is None and relation(head) == "obj" and makes:
            who = subject(head.head)
            if lists()["clause"].get(head.head.lemma_) == "denied" and who is not None:
                # "rejected claims that it laundered money"
                return replace(weaker(standing("denied"), speaker), attribution=who)
        if who is None:
            return weaker(standing("possible", certainty=0.6), speaker)
        return replace(weaker(standing("claimed"), speaker), attribution=who)
    return speaker


def speech_only(above: Standing) -> Standing:
    """What a clause of its own (relative, "because ...") keeps of ``above``: who says so, nothing
    else."""
    if above.attribution is not None:
        return replace(standing("claimed"), attribution=above.attribution, sourcing=above.sourcing)
    return replace(ASSERTED, sourcing=above.sourcing) if above.sourcing else ASSERTED
